//! The catalogue format: one row a variant. Every cell is checked here; what passes is an [`Offer`].

use super::{
    ImportError, Importer, MAX_MISTAKES, Pictures, Report,
    catalogue_map::Map,
    cells::Cells,
    table::{self, Columns},
    write,
};
use crate::platform::db::{self, Tx};
use sampan_engine::money::Currency;
use std::collections::{BTreeMap, HashMap};

pub const COLUMNS: Columns = Columns {
    required: &[
        "sku",
        "title",
        "category",
        "currency",
        "tier1_min",
        "tier1_price",
        "origin",
        "weight_grams",
    ],
    optional: &[
        "product",
        "description",
        "options",
        "tier2_min",
        "tier2_price",
        "tier3_min",
        "tier3_price",
        "pack_step",
        "max_per_order",
        "hs6",
        "length_mm",
        "width_mm",
        "height_mm",
        "dangerous_goods",
        "lead_time_days",
        "stock",
        "picture",
        "warnings",
        "gtin",
    ],
};
const MAX_QUANTITY: i64 = 1_000_000;
const MAX_STOCK: i64 = 1_000_000_000;
const DEFAULT_LEAD_TIME_DAYS: i64 = 5;

/// One file for one shop.
pub struct CatalogueImport {
    pub shop: String,
    pub bytes: Vec<u8>,
    pub map: Option<Map>,
    pub pictures: Pictures,
    /// Take off what the file does not name.
    pub replace: bool,
    /// Check and report, write nothing.
    pub dry_run: bool,
}

/// A row that passed every check.
#[derive(Clone, Debug)]
pub struct Offer {
    pub line: u64,
    pub sku: String,
    /// Groups the variants of one product.
    pub product: String,
    pub title: String,
    pub description: String,
    pub category: String,
    pub options: BTreeMap<String, String>,
    pub currency: Currency,
    /// Lower bound and price in minor units, rising.
    pub tiers: Vec<(i64, i64)>,
    pub pack_step: i64,
    pub max_per_order: Option<i64>,
    pub hs6: Option<String>,
    pub origin: String,
    pub weight_grams: i64,
    pub length_mm: Option<i64>,
    pub width_mm: Option<i64>,
    pub height_mm: Option<i64>,
    pub dangerous_goods: Option<String>,
    pub lead_time_days: i64,
    /// None when the file does not tell: the shelf stays as it is.
    pub stock: Option<i64>,
    pub picture: Option<String>,
    pub warnings: Option<String>,
    /// Fourteen digits. None when the file does not tell: a number told before stays.
    pub gtin: Option<String>,
}

pub(super) async fn run(
    importer: &Importer,
    tx: &Tx,
    import: &CatalogueImport,
) -> Result<Report, ImportError> {
    let text = "SELECT * FROM shop WHERE slug = $1";
    let Some(row) = db::fetch_one(tx, text, [import.shop.as_str().into()]).await? else {
        return Err(ImportError::UnknownShop(import.shop.clone()));
    };
    let shop = super::super::market::shop_record(&row)?;
    let offers = check(&import.bytes, import.map.as_ref(), shop.currency)?;
    write::save(importer, tx, &shop, &offers, import).await
}

/// Reads and checks a whole file.
pub fn check(
    bytes: &[u8],
    map: Option<&Map>,
    currency: Currency,
) -> Result<Vec<Offer>, ImportError> {
    let table = table::read(bytes, &COLUMNS, map)?;
    let mut offers: Vec<Offer> = Vec::with_capacity(table.rows.len());
    let mut mistakes = Vec::new();
    let (mut skus, mut products, mut gtins) = (HashMap::new(), HashMap::new(), HashMap::new());
    for row in &table.rows {
        let mut cells = Cells {
            row,
            mistakes: &mut mistakes,
        };
        let Some(offer) = offer(&mut cells, currency) else {
            if mistakes.len() >= MAX_MISTAKES {
                break;
            }
            continue;
        };
        if let Some(first) = skus.insert(offer.sku.clone(), offer.line) {
            cells.wrong(
                "sku",
                format!(
                    "{} stands in line {first} already. Give each variant its own.",
                    offer.sku
                ),
            );
        }
        let gtin = offer.gtin.clone();
        if let Some(first) = gtin.and_then(|gtin| gtins.insert(gtin, offer.line)) {
            cells.wrong(
                "gtin",
                format!("Line {first} bears this number already. Each variant has its own."),
            );
        }
        let first = *products
            .entry(offer.product.clone())
            .or_insert(offers.len());
        if let Some(first) = offers.get(first) {
            let shared = [
                ("title", &first.title, &offer.title),
                ("description", &first.description, &offer.description),
                ("category", &first.category, &offer.category),
            ];
            for (column, one, other) in shared {
                if one != other {
                    let product = &offer.product;
                    cells.wrong(column, format!(
                        "differs from line {} of the same product {product}. Make them equal, or change product.", first.line
                    ));
                }
            }
        }
        offers.push(offer);
    }
    if mistakes.is_empty() {
        Ok(offers)
    } else {
        mistakes.truncate(MAX_MISTAKES);
        Err(ImportError::Rows(mistakes))
    }
}

/// None when anything in the row is wrong.
fn offer(cells: &mut Cells, currency: Currency) -> Option<Offer> {
    let before = cells.mistakes.len();
    let sku = cells.code("sku");
    let product = if cells.get("product").is_empty() {
        sku.clone()
    } else {
        cells.code("product")
    };
    if cells.get("currency") != currency.as_str() {
        let given = cells.get("currency").to_owned();
        cells.wrong(
            "currency",
            format!("{given:?}: the shop sells in {currency}. Write {currency}, and its prices."),
        );
    }
    let pack_step = cells.number("pack_step", 1, MAX_QUANTITY).unwrap_or(1);
    let tiers = tiers(cells, currency, pack_step);
    let offer = Offer {
        line: cells.row.line,
        product,
        sku,
        title: cells.text("title", 1, 60),
        description: cells.text("description", 0, 2000),
        category: cells.category(),
        options: cells.options(),
        currency,
        pack_step,
        max_per_order: max_per_order(cells, pack_step, tiers.first().map_or(1, |tier| tier.0)),
        tiers,
        hs6: cells.hs6(),
        origin: cells.country("origin"),
        weight_grams: cells.required_number("weight_grams", 1, MAX_QUANTITY),
        length_mm: cells.number("length_mm", 1, 20_000),
        width_mm: cells.number("width_mm", 1, 20_000),
        height_mm: cells.number("height_mm", 1, 20_000),
        dangerous_goods: cells.dangerous_goods(),
        lead_time_days: cells
            .number("lead_time_days", 1, 365)
            .unwrap_or(DEFAULT_LEAD_TIME_DAYS),
        stock: cells
            .row
            .has("stock")
            .then(|| cells.required_number("stock", 0, MAX_STOCK)),
        picture: cells.picture("picture"),
        warnings: Some(cells.text("warnings", 0, 500)).filter(|text| !text.is_empty()),
        gtin: cells.gtin(),
    };
    (cells.mistakes.len() == before).then_some(offer)
}

/// Lower bounds rise in whole packs, prices fall.
fn tiers(cells: &mut Cells, currency: Currency, pack_step: i64) -> Vec<(i64, i64)> {
    let columns = [
        ("tier1_min", "tier1_price"),
        ("tier2_min", "tier2_price"),
        ("tier3_min", "tier3_price"),
    ];
    let mut tiers: Vec<(i64, i64)> = Vec::new();
    for (min_column, price_column) in columns {
        let first = min_column == "tier1_min";
        if !first && cells.get(min_column).is_empty() && cells.get(price_column).is_empty() {
            continue;
        }
        let bound = cells.required_number(min_column, 1, MAX_QUANTITY);
        let price = cells.price(price_column, currency);
        if bound % pack_step != 0 {
            cells.wrong(
                min_column,
                format!("{bound} is not a multiple of pack_step {pack_step}."),
            );
        }
        if let Some((last_bound, last_price)) = tiers.last().copied() {
            if bound <= last_bound {
                cells.wrong(
                    min_column,
                    format!("{bound} must be more than {last_bound} of the tier before."),
                );
            }
            if price >= last_price && price > 0 {
                cells.wrong(
                    price_column,
                    "must be lower than the price of the tier before.".to_owned(),
                );
            }
        }
        tiers.push((bound, price));
    }
    tiers
}

fn max_per_order(cells: &mut Cells, pack_step: i64, minimum: i64) -> Option<i64> {
    let most = cells.number("max_per_order", 1, MAX_QUANTITY)?;
    if most < minimum || most % pack_step != 0 {
        cells.wrong(
            "max_per_order",
            format!("{most} must be a multiple of pack_step {pack_step} and at least {minimum}."),
        );
    }
    Some(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "sku,product,title,category,options,currency,tier1_min,tier1_price,tier2_min,tier2_price,pack_step,max_per_order,hs6,origin,weight_grams,picture";
    const GOOD: &str =
        "A-1,A,Tea bowl,tableware,colour=red,EUR,6,9.80,24,8.70,6,48,691200,PT,510,bowl.webp";

    fn mistakes(rows: &[&str]) -> Vec<(u64, String, String)> {
        let file = format!("{HEADER}\n{}\n", rows.join("\n"));
        match check(file.as_bytes(), None, Currency::EUR) {
            Ok(_) => Vec::new(),
            Err(ImportError::Rows(rows)) => rows
                .into_iter()
                .map(|row| (row.line, row.column, row.detail))
                .collect(),
            Err(error) => vec![(0, "file".into(), error.to_string())],
        }
    }

    #[test]
    fn a_good_row_is_read_whole() {
        let file = format!("\u{feff}{HEADER}\n{GOOD}\n");
        let offers = check(file.as_bytes(), None, Currency::EUR).expect("no mistakes");
        assert_eq!(offers[0].tiers, [(6, 980), (24, 870)]);
        assert_eq!(offers[0].options["colour"], "red");
        assert_eq!((offers[0].stock, offers[0].lead_time_days), (None, 5));
    }

    #[test]
    fn each_mistake_names_its_line_and_column() {
        let table = [
            ("A 1,A,Tea bowl,tableware,,EUR,6,9.80,,,6,,,PT,510,", "sku"),
            ("A-1,A,,tableware,,EUR,6,9.80,,,6,,,PT,510,", "title"),
            (
                "A-1,A,Tea bowl,Table ware,,EUR,6,9.80,,,6,,,PT,510,",
                "category",
            ),
            (
                "A-1,A,Tea bowl,tableware,red,EUR,6,9.80,,,6,,,PT,510,",
                "options",
            ),
            (
                "A-1,A,Tea bowl,tableware,,GBP,6,9.80,,,6,,,PT,510,",
                "currency",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,5,9.80,,,6,,,PT,510,",
                "tier1_min",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,6,\"9,80\",,,6,,,PT,510,",
                "tier1_price",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,6,9.80,6,8.70,6,,,PT,510,",
                "tier2_min",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,6,9.80,12,9.80,6,,,PT,510,",
                "tier2_price",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,6,9.80,,,6,20,,PT,510,",
                "max_per_order",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,6,9.80,,,6,,6912,PT,510,",
                "hs6",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,6,9.80,,,6,,,Portugal,510,",
                "origin",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,6,9.80,,,6,,,PT,,",
                "weight_grams",
            ),
            (
                "A-1,A,Tea bowl,tableware,,EUR,6,9.80,,,6,,,PT,510,../x.webp",
                "picture",
            ),
            ("A-1,A,Tea bowl,tableware,,EUR,6,9.80", "row"),
        ];
        for (row, column) in table {
            let found = mistakes(&["Z-1,Z,Cup,tableware,,EUR,1,2,,,1,,,PT,9,", row]);
            let told: Vec<_> = found
                .iter()
                .map(|(line, column, _)| (*line, column.as_str()))
                .collect();
            assert_eq!(told, [(3, column)], "{row}: {found:?}");
        }
    }

    #[test]
    fn rows_that_contradict_each_other_are_told_apart() {
        let found = mistakes(&[
            GOOD,
            GOOD,
            "A-2,A,Another title,tableware,,EUR,6,9.80,,,6,,,PT,510,",
        ]);
        let told: Vec<_> = found
            .iter()
            .map(|(line, column, _)| (*line, column.as_str()))
            .collect();
        assert_eq!(told, [(3, "sku"), (4, "title")]);
    }

    #[test]
    fn a_header_with_strange_or_missing_columns_is_refused() {
        let told = |header: &str| {
            check(header.as_bytes(), None, Currency::EUR)
                .err()
                .map(|error| error.to_string())
        };
        assert!(told("sku,farbe\n").is_some_and(|text| text.contains("farbe")));
        assert!(told("sku,title\n").is_some_and(|text| text.contains("category")));
        assert!(
            check(b"sku\n\xff", None, Currency::EUR)
                .is_err_and(|error| error.to_string().contains("Line 2"))
        );
    }
}
