//! The stock format, one row a count: `sku`, `on_hand`, and `warehouse` where it is not the maker's own; `expected_on` and
//! `coming` where more comes that may be sold before it is there: the pieces that come in all, those sold already among
//! them. And the warehouses format, one row a shared warehouse.

use super::{
    ImportError, Importer, MAX_MISTAKES,
    cells::Cells,
    table::{self, Columns, Row},
};
use crate::{
    platform::{
        db::{self, Db, Tx},
        outbox::Outbox,
    },
    stock::{self, Count, Promise, Warehouse},
};
use sampan_engine::{time::Day, trade::CountryCode};
use sea_orm::DbErr;
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use uuid::Uuid;

const STOCK: Columns = Columns {
    required: &["sku", "on_hand"],
    optional: &["warehouse", "low_mark", "expected_on", "coming"],
};
const WAREHOUSES: Columns = Columns {
    required: &["slug", "name", "country", "place", "handling_days"],
    optional: &[],
};
const MAX_PIECES: i64 = 10_000_000;
const MAX_HANDLING_DAYS: i64 = 30;

/// A file of counts.
#[derive(Clone, Debug)]
pub struct StockImport {
    pub bytes: Vec<u8>,
    /// Whose goods it may count; None: anybody's.
    pub shops: Option<Vec<Uuid>>,
    pub dry_run: bool,
}

/// What a file of counts did, or would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StockReport {
    pub rows: usize,
    /// Rows that told something new.
    pub changed: usize,
}

/// What is known of a variant in a place before the file.
struct Known {
    on_hand: i64,
    reserved: i64,
    low_mark: i64,
    promise: Option<Promise>,
}

struct Counted {
    shop_id: Uuid,
    sku: String,
    warehouse: Uuid,
    on_hand: i64,
    low_mark: Option<i64>,
    coming: Option<Promised>,
}

/// What comes, as a row says it.
enum Promised {
    On(Day, i64),
    Nothing,
}

impl Importer {
    /// Takes counts in, all or none; a dry run is rolled back and still answers its report.
    pub async fn stock(&self, db: &Db, import: StockImport) -> Result<StockReport, ImportError> {
        let (importer, import) = (self.clone(), Arc::new(import));
        let result = db
            .write(move |tx| {
                let (importer, import) = (importer.clone(), import.clone());
                Box::pin(async move {
                    let report = importer.stock_in(tx, &import).await?;
                    if import.dry_run {
                        return Err(ImportError::StockDryRun(report));
                    }
                    Ok(report)
                })
            })
            .await;
        match result {
            Err(ImportError::StockDryRun(report)) => Ok(report),
            result => result,
        }
    }

    /// The same in the caller's transaction, whether dry or not.
    pub async fn stock_in(
        &self,
        tx: &Tx,
        import: &StockImport,
    ) -> Result<StockReport, ImportError> {
        let table = table::read(&import.bytes, &STOCK, None)?;
        let warehouses = stock::list(tx).await?;
        let owners = owners(tx, &table.rows).await?;
        let known = known(tx, owners.values().copied().collect()).await?;
        let mut mistakes = Vec::new();
        let mut seen = HashSet::new();
        let mut counts: BTreeMap<(Uuid, Uuid), Vec<Counted>> = BTreeMap::new();
        let mut changed = 0;
        for row in &table.rows {
            let mut cells = Cells {
                row,
                mistakes: &mut mistakes,
            };
            let own = import.shops.as_deref();
            let places = (&warehouses[..], &owners);
            let Some(counted) = read(&mut cells, places, own, self.clock.now().day()) else {
                continue;
            };
            let spot = (counted.sku.clone(), counted.warehouse);
            if !seen.insert(spot.clone()) {
                cells.wrong("sku", format!("{:?} is counted twice there.", spot.0));
                continue;
            }
            let before = known.get(&spot);
            if let Some(before) = before.filter(|before| counted.on_hand < before.reserved) {
                let held = before.reserved;
                cells.wrong(
                    "on_hand",
                    format!("{held} are held for orders; at least so many must be there."),
                );
                continue;
            }
            let waiting = before.and_then(|before| before.promise.as_ref());
            let waiting = waiting.map_or(0, |promise| promise.waiting);
            if let Some(Promised::On(_, pieces)) = counted.coming
                && pieces < waiting
            {
                cells.wrong(
                    "coming",
                    format!("Orders wait for {waiting}; at least so many must come."),
                );
                continue;
            }
            let is_new = before.is_none_or(|before| {
                before.on_hand != counted.on_hand
                    || counted.promises_anew(before.promise.as_ref())
                    || counted.low_mark.is_some_and(|mark| mark != before.low_mark)
            });
            changed += usize::from(is_new);
            let place = (counted.shop_id, counted.warehouse);
            counts.entry(place).or_default().push(counted);
        }
        if !mistakes.is_empty() {
            mistakes.truncate(MAX_MISTAKES);
            return Err(ImportError::Rows(mistakes));
        }
        self.write_counts(tx, counts).await?;
        Ok(StockReport {
            rows: table.rows.len(),
            changed,
        })
    }

    async fn write_counts(
        &self,
        tx: &Tx,
        counts: BTreeMap<(Uuid, Uuid), Vec<Counted>>,
    ) -> Result<(), DbErr> {
        let now = self.clock.now();
        for (place, counted) in counts {
            let counts: Vec<Count> = counted
                .iter()
                .map(|count| Count {
                    sku: count.sku.clone(),
                    on_hand: count.on_hand,
                })
                .collect();
            let reference = self.ids.v7(now);
            let mut told = stock::set_on_hand(tx, place, &counts, reference, now.micros()).await?;
            for count in &counted {
                match &count.coming {
                    Some(Promised::On(day, pieces)) => {
                        let day = day.to_string();
                        told.extend(stock::promise(tx, place, &count.sku, &day, *pieces).await?);
                    }
                    Some(Promised::Nothing) => stock::withdraw(tx, place, &count.sku).await?,
                    None => {}
                }
                if let Some(mark) = count.low_mark {
                    stock::set_low_mark(tx, place, &count.sku, mark).await?;
                }
            }
            let outbox = Outbox::new(self.clock.clone(), self.ids.clone());
            stock::tell(&outbox, tx, told).await?;
        }
        Ok(())
    }

    /// Opens shared warehouses in the caller's transaction; known ones are updated. Answers how many there were.
    pub async fn warehouses_in(&self, tx: &Tx, bytes: &[u8]) -> Result<usize, ImportError> {
        let table = table::read(bytes, &WAREHOUSES, None)?;
        let mut mistakes = Vec::new();
        let mut warehouses = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut cells = Cells {
                row,
                mistakes: &mut mistakes,
            };
            warehouses.push(Warehouse {
                id: self.ids.v7(self.clock.now()),
                slug: slug(&mut cells),
                name: cells.text("name", 1, 60),
                country: country(&mut cells),
                place: cells.text("place", 1, 60),
                handling_days: cells.required_number("handling_days", 0, MAX_HANDLING_DAYS),
            });
        }
        if !mistakes.is_empty() {
            mistakes.truncate(MAX_MISTAKES);
            return Err(ImportError::Rows(mistakes));
        }
        for warehouse in &warehouses {
            stock::open(tx, warehouse).await?;
        }
        Ok(warehouses.len())
    }

    /// The same in a transaction of its own.
    pub async fn warehouses(&self, db: &Db, bytes: Vec<u8>) -> Result<usize, ImportError> {
        let (importer, bytes) = (self.clone(), Arc::new(bytes));
        db.write(move |tx| {
            let (importer, bytes) = (importer.clone(), bytes.clone());
            Box::pin(async move { importer.warehouses_in(tx, &bytes).await })
        })
        .await
    }
}

/// None when anything in the row is wrong.
fn read(
    cells: &mut Cells,
    (warehouses, owners): (&[Warehouse], &HashMap<String, Uuid>),
    own: Option<&[Uuid]>,
    today: Day,
) -> Option<Counted> {
    let before = cells.mistakes.len();
    let sku = cells.get("sku").to_owned();
    let owner = owners.get(&sku).copied();
    let owner = owner.filter(|shop| own.is_none_or(|own| own.contains(shop)));
    if owner.is_none() {
        cells.wrong("sku", format!("{sku:?} is no product of the shop."));
    }
    let slug = cells.get("warehouse").to_owned();
    let warehouse = match slug.as_str() {
        "" => owner,
        slug => warehouses
            .iter()
            .find(|warehouse| warehouse.slug == slug)
            .map(|warehouse| warehouse.id),
    };
    if warehouse.is_none() && !slug.is_empty() {
        let known: Vec<&str> = warehouses.iter().map(|each| each.slug.as_str()).collect();
        cells.wrong(
            "warehouse",
            format!(
                "There is no warehouse {slug:?}. Leave it empty for the maker's own, or write one of: {}.",
                known.join(", ")
            ),
        );
    }
    let on_hand = cells.required_number("on_hand", 0, MAX_PIECES);
    let low_mark = cells.number("low_mark", 0, MAX_PIECES);
    let coming = coming(cells, today);
    (cells.mistakes.len() == before).then_some(Counted {
        shop_id: owner?,
        sku,
        warehouse: warehouse?,
        on_hand,
        low_mark,
        coming,
    })
}

/// None when the row says nothing of it, or says it wrongly.
fn coming(cells: &mut Cells, today: Day) -> Option<Promised> {
    let pieces = cells.number("coming", 0, MAX_PIECES);
    let written = cells.get("expected_on").to_owned();
    let day = Day::parse(&written);
    if !written.is_empty() && !day.is_some_and(|day| stock::may_come(day, today)) {
        cells.wrong(
            "expected_on",
            format!(
                "{written:?}: write a day from tomorrow to {} days ahead, such as 2027-01-31.",
                stock::MAX_DAYS_AHEAD
            ),
        );
        return None;
    }
    match (day, pieces) {
        (Some(day), Some(pieces)) => Some(Promised::On(day, pieces)),
        (None, Some(0)) => Some(Promised::Nothing),
        (None, Some(_)) => {
            cells.wrong("expected_on", "Write the day they come.".to_owned());
            None
        }
        (Some(_), None) => {
            cells.wrong("coming", "Write how many come that day.".to_owned());
            None
        }
        (None, None) => None,
    }
}

impl Counted {
    /// Does the row say of what comes anything but what is known?
    fn promises_anew(&self, known: Option<&Promise>) -> bool {
        match (&self.coming, known) {
            (None, _) => false,
            (Some(Promised::Nothing), known) => {
                known.is_some_and(|promise| promise.pieces > promise.waiting)
            }
            (Some(Promised::On(day, pieces)), known) => known.is_none_or(|promise| {
                promise.expected_on != day.to_string() || promise.pieces != *pieces
            }),
        }
    }
}

fn slug(cells: &mut Cells) -> String {
    let slug = cells.text("slug", 1, 40);
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !slug.bytes().all(plain) {
        cells.wrong(
            "slug",
            format!("{slug:?}: use small letters, digits and hyphens."),
        );
    }
    slug
}

fn country(cells: &mut Cells) -> String {
    let country = cells.get("country").to_owned();
    if !CountryCode::parse(&country).is_some_and(|code| code.is_assigned()) {
        cells.wrong(
            "country",
            format!("{country:?}: write a country's two letters, such as NL."),
        );
    }
    country
}

/// Whose each variant is.
async fn owners(tx: &Tx, rows: &[Row]) -> Result<HashMap<String, Uuid>, DbErr> {
    let skus: Vec<&str> = rows.iter().map(|row| row.get("sku")).collect();
    let mut owners = HashMap::new();
    for chunk in skus.chunks(500) {
        let mut values = chunk.iter().map(|sku| (*sku).into()).collect();
        let list = db::in_list(1, &mut values);
        let text = format!("SELECT sku, shop_id FROM sku_directory WHERE sku IN ({list})");
        for row in db::fetch_all(tx, &text, values).await? {
            owners.insert(row.try_get("", "sku")?, row.try_get("", "shop_id")?);
        }
    }
    Ok(owners)
}

/// All counts of these shops, by variant and place.
async fn known(tx: &Tx, shops: HashSet<Uuid>) -> Result<HashMap<(String, Uuid), Known>, DbErr> {
    let mut found = HashMap::new();
    for shop in shops {
        let mut promises = stock::promises(tx, shop).await?;
        let text =
            "SELECT sku, warehouse, on_hand, reserved, low_mark FROM stock WHERE shop_id = $1";
        for row in db::fetch_all(tx, text, [shop.into()]).await? {
            let spot = (row.try_get("", "sku")?, row.try_get("", "warehouse")?);
            let known = Known {
                promise: promises.remove(&spot),
                on_hand: row.try_get("", "on_hand")?,
                reserved: row.try_get("", "reserved")?,
                low_mark: row.try_get("", "low_mark")?,
            };
            found.insert(spot, known);
        }
    }
    Ok(found)
}
