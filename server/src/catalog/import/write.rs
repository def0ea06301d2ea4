//! Writing a checked catalogue: what changed is written, what did not keeps its version, so that phones fetch little.

use super::{
    CatalogueImport, ImportError, Importer, MAX_MISTAKES, Report, RowError, catalogue::Offer,
    move_version, pictures,
};
use crate::{
    catalog::{market::ShopRecord, search, words},
    platform::{
        db::{self, Tx},
        outbox::Outbox,
    },
    stock,
};
use sea_orm::{DbErr, Value};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// SQLite looks a statement's `$n` up one by one, so a statement of thousands is slower than several of hundreds.
const ROWS_AT_ONCE: usize = 40;

struct KnownProduct {
    id: Uuid,
    created_at: i64,
    fields: (String, String, String, i64),
}

struct KnownVariant {
    fingerprint: String,
    is_listed: bool,
    place: (Uuid, i64),
    picture: Option<String>,
    version: i64,
}

/// A variant's row as it shall be.
struct Wanted<'a> {
    offer: &'a Offer,
    product_id: Uuid,
    position: i64,
    picture: Option<String>,
    fingerprint: String,
    version: i64,
}

/// Brings a shop's rows in line with the file.
pub async fn save(
    importer: &Importer,
    tx: &Tx,
    shop: &ShopRecord,
    offers: &[Offer],
    import: &CatalogueImport,
) -> Result<Report, ImportError> {
    let now = importer.clock.now();
    let version = next_version(tx, shop.id).await?;
    refuse_foreign(tx, shop.id, offers).await?;
    let named = offers.iter().filter_map(|offer| {
        Some(pictures::Named {
            line: offer.line,
            column: "picture",
            name: offer.picture.as_deref()?,
        })
    });
    let hashes = pictures::store(tx, &import.pictures, named, now.micros()).await?;
    let known_products = known_products(tx, shop.id).await?;
    let known = known_variants(tx, shop.id).await?;
    let gtins = gtins(tx, shop.id, offers).await?;

    let mut products: BTreeMap<&str, (Uuid, i64)> = BTreeMap::new();
    let mut grouped: Vec<(&Offer, Uuid, i64)> = Vec::new();
    let mut report = Report {
        rows: offers.len(),
        ..Report::default()
    };
    let (mut changed, mut touched) = (Vec::new(), HashSet::new());
    for (position, offer) in (0_i64..).zip(offers) {
        let (product_id, _) = *products.entry(&offer.product).or_insert_with(|| {
            let known = known_products.get(&offer.product);
            let id = known.map_or_else(|| importer.ids.v7(now), |known| known.id);
            let place = grouped.len() as i64;
            let created_at = known.map_or(now.micros(), |known| known.created_at);
            let fields = (&offer.title, &offer.description, &offer.category, &place);
            let same = known.is_some_and(|known| {
                let (title, description, category, position) = &known.fields;
                (title, description, category, position) == fields
            });
            if !same {
                touched.insert(id);
            }
            grouped.push((offer, id, created_at));
            (id, place)
        });
        let before = known.get(&offer.sku);
        let named = offer.picture.as_ref();
        let picture = match named {
            None => None,
            Some(name) => hashes
                .get(name)
                .cloned()
                .or_else(|| before.and_then(|known| known.picture.clone())),
        };
        let fingerprint = fingerprint(offer, picture.as_deref());
        let is_told_anew = offer.gtin.is_some() && offer.gtin.as_ref() != gtins.get(&offer.sku);
        let same = !is_told_anew
            && before.is_some_and(|known| known.is_listed && known.fingerprint == fingerprint);
        let moved = before.is_some_and(|known| known.place != (product_id, position));
        match (before, same) {
            (None, _) => report.added += 1,
            (Some(_), true) => report.unchanged += 1,
            (Some(_), false) => report.updated += 1,
        }
        if !same || moved {
            touched.insert(product_id);
            changed.push(Wanted {
                offer,
                product_id,
                position,
                picture,
                fingerprint,
                version: before
                    .filter(|_| same)
                    .map_or(version, |known| known.version),
            });
        }
    }
    report.products = products.len();
    let gone = if import.replace {
        gone(&known, offers)
    } else {
        Vec::new()
    };
    report.unlisted = gone.len();

    let touched_products: Vec<(i64, &(&Offer, Uuid, i64))> = (0..)
        .zip(&grouped)
        .filter(|(_, (_, id, _))| touched.contains(id))
        .collect();
    write_products(tx, shop.id, &touched_products).await?;
    write_directory(tx, shop.id, &changed).await?;
    write_variants(tx, shop.id, &changed).await?;
    write_gtins(tx, shop.id, offers, &gtins).await?;
    write_tiers(tx, shop.id, &changed).await?;
    unlist(tx, shop.id, &gone, version).await?;
    write_words(tx, shop, offers, &products, &touched).await?;
    if !touched.is_empty() || !gone.is_empty() {
        let text = "UPDATE shop SET version = $1 WHERE id = $2";
        db::execute(tx, text, [version.into(), shop.id.into()]).await?;
        move_version(tx).await?;
    }
    let counts: Vec<stock::Count> = offers
        .iter()
        .filter_map(|offer| {
            Some(stock::Count {
                sku: offer.sku.clone(),
                on_hand: offer.stock?,
            })
        })
        .collect();
    if !counts.is_empty() {
        let served = stock::set_on_hand(
            tx,
            (shop.id, shop.id),
            &counts,
            importer.ids.v7(now),
            now.micros(),
        )
        .await?;
        let outbox = Outbox::new(importer.clock.clone(), importer.ids.clone());
        stock::tell(&outbox, tx, served).await?;
    }
    Ok(report)
}

/// The version this import will have; the shop's row stays locked until the transaction ends.
async fn next_version(tx: &Tx, shop_id: Uuid) -> Result<i64, DbErr> {
    let lock = "UPDATE shop SET version = version WHERE id = $1";
    db::execute(tx, lock, [shop_id.into()]).await?;
    let text = "SELECT version FROM shop WHERE id = $1";
    let row = db::fetch_one(tx, text, [shop_id.into()]).await?;
    row.map_or(Ok(1), |row| Ok(row.try_get::<i64>("", "version")? + 1))
}

/// A SKU is unique in the whole market.
async fn refuse_foreign(tx: &Tx, shop_id: Uuid, offers: &[Offer]) -> Result<(), ImportError> {
    let lines: HashMap<&str, u64> = offers
        .iter()
        .map(|offer| (offer.sku.as_str(), offer.line))
        .collect();
    let mut mistakes = Vec::new();
    for chunk in offers.chunks(ROWS_AT_ONCE) {
        let mut values = chunk
            .iter()
            .map(|offer| offer.sku.as_str().into())
            .collect();
        let list = db::in_list(2, &mut values);
        values.insert(0, shop_id.into());
        let text = format!(
            "SELECT sku FROM sku_directory WHERE shop_id <> $1 AND sku IN ({list}) ORDER BY sku"
        );
        for row in db::fetch_all(tx, &text, values).await? {
            let sku: String = row.try_get("", "sku")?;
            mistakes.push(RowError {
                line: lines.get(sku.as_str()).copied().unwrap_or(0),
                column: "sku".to_owned(),
                detail: format!("{sku} belongs to another shop. Choose one of your own."),
            });
        }
    }
    if mistakes.is_empty() {
        Ok(())
    } else {
        mistakes.sort_by_key(|mistake| mistake.line);
        Err(ImportError::Rows(mistakes))
    }
}

async fn known_products(tx: &Tx, shop_id: Uuid) -> Result<HashMap<String, KnownProduct>, DbErr> {
    let text = "SELECT id, key, title, description, category, position, created_at FROM product WHERE shop_id = $1";
    db::fetch_all(tx, text, [shop_id.into()])
        .await?
        .iter()
        .map(|row| {
            let known = KnownProduct {
                id: row.try_get("", "id")?,
                created_at: row.try_get("", "created_at")?,
                fields: (
                    row.try_get("", "title")?,
                    row.try_get("", "description")?,
                    row.try_get("", "category")?,
                    row.try_get("", "position")?,
                ),
            };
            Ok((row.try_get("", "key")?, known))
        })
        .collect()
}

async fn known_variants(tx: &Tx, shop_id: Uuid) -> Result<HashMap<String, KnownVariant>, DbErr> {
    let text = "SELECT sku, product_id, fingerprint, is_listed, position, picture, version FROM variant WHERE shop_id = $1";
    db::fetch_all(tx, text, [shop_id.into()])
        .await?
        .iter()
        .map(|row| {
            let known = KnownVariant {
                fingerprint: row.try_get("", "fingerprint")?,
                is_listed: row.try_get::<i64>("", "is_listed")? != 0,
                place: (row.try_get("", "product_id")?, row.try_get("", "position")?),
                picture: row.try_get("", "picture")?,
                version: row.try_get("", "version")?,
            };
            Ok((row.try_get("", "sku")?, known))
        })
        .collect()
}

fn gone(known: &HashMap<String, KnownVariant>, offers: &[Offer]) -> Vec<String> {
    let kept: HashSet<&str> = offers.iter().map(|offer| offer.sku.as_str()).collect();
    let mut gone: Vec<String> = known
        .iter()
        .filter(|(sku, variant)| variant.is_listed && !kept.contains(sku.as_str()))
        .map(|(sku, _)| sku.clone())
        .collect();
    gone.sort();
    gone
}

/// What tells one offer from another; stock and place in the file are not part of it.
fn fingerprint(offer: &Offer, picture: Option<&str>) -> String {
    let told = Offer {
        line: 0,
        stock: None,
        picture: picture.map(str::to_owned),
        gtin: None,
        ..offer.clone()
    };
    hex::encode(&Sha256::digest(format!("{told:?}"))[..16])
}

async fn write_products(
    tx: &Tx,
    shop_id: Uuid,
    products: &[(i64, &(&Offer, Uuid, i64))],
) -> Result<(), DbErr> {
    for chunk in products.chunks(ROWS_AT_ONCE) {
        let values = chunk
            .iter()
            .flat_map(|(position, (offer, id, created_at))| {
                [
                    shop_id.into(),
                    (*id).into(),
                    offer.product.as_str().into(),
                    offer.title.as_str().into(),
                    offer.description.as_str().into(),
                    offer.category.as_str().into(),
                    (*position).into(),
                    (*created_at).into(),
                ]
            });
        let text = format!(
            "INSERT INTO product (shop_id, id, key, title, description, category, position, created_at) VALUES {} \
             ON CONFLICT (shop_id, id) DO UPDATE SET title = excluded.title, description = excluded.description, \
             category = excluded.category, position = excluded.position",
            db::rows(tx, chunk.len(), 8)
        );
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

async fn write_directory(tx: &Tx, shop_id: Uuid, changed: &[Wanted<'_>]) -> Result<(), DbErr> {
    for chunk in changed.chunks(ROWS_AT_ONCE) {
        let values = chunk
            .iter()
            .flat_map(|wanted| [wanted.offer.sku.as_str().into(), shop_id.into()]);
        let text = format!(
            "INSERT INTO sku_directory (sku, shop_id) VALUES {} ON CONFLICT (sku) DO NOTHING",
            db::rows(tx, chunk.len(), 2)
        );
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

async fn write_variants(tx: &Tx, shop_id: Uuid, changed: &[Wanted<'_>]) -> Result<(), DbErr> {
    const COLUMNS: [&str; 20] = [
        "product_id",
        "options",
        "currency",
        "pack_step",
        "max_per_order",
        "hs6",
        "origin",
        "weight_grams",
        "length_mm",
        "width_mm",
        "height_mm",
        "dangerous_goods",
        "lead_time_days",
        "picture",
        "warnings",
        "is_listed",
        "position",
        "fingerprint",
        "version",
        "sku",
    ];
    let updates: Vec<String> = COLUMNS[..19]
        .iter()
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    for chunk in changed.chunks(ROWS_AT_ONCE) {
        let values = chunk.iter().flat_map(|wanted| {
            let offer = wanted.offer;
            let options = serde_json::to_string(&offer.options).unwrap_or_default();
            let row: [Value; 21] = [
                shop_id.into(),
                wanted.product_id.into(),
                options.into(),
                offer.currency.as_str().into(),
                offer.pack_step.into(),
                offer.max_per_order.into(),
                offer.hs6.clone().into(),
                offer.origin.as_str().into(),
                offer.weight_grams.into(),
                offer.length_mm.into(),
                offer.width_mm.into(),
                offer.height_mm.into(),
                offer.dangerous_goods.clone().into(),
                offer.lead_time_days.into(),
                wanted.picture.clone().into(),
                offer.warnings.clone().into(),
                1_i64.into(),
                wanted.position.into(),
                wanted.fingerprint.as_str().into(),
                wanted.version.into(),
                offer.sku.as_str().into(),
            ];
            row
        });
        let text = format!(
            "INSERT INTO variant (shop_id, {}) VALUES {} ON CONFLICT (shop_id, sku) DO UPDATE SET {}",
            COLUMNS.join(", "),
            db::rows(tx, chunk.len(), 21),
            updates.join(", ")
        );
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

/// The shop's numbers by SKU. What bears one of the file's and is not told another by it stands in the way.
async fn gtins(
    tx: &Tx,
    shop_id: Uuid,
    offers: &[Offer],
) -> Result<HashMap<String, String>, ImportError> {
    let wanted: HashMap<&str, &Offer> = offers
        .iter()
        .filter_map(|offer| Some((offer.gtin.as_deref()?, offer)))
        .collect();
    let told: HashSet<&str> = wanted.values().map(|offer| offer.sku.as_str()).collect();
    let text = "SELECT sku, gtin FROM variant WHERE shop_id = $1 AND gtin IS NOT NULL ORDER BY sku";
    let (mut found, mut mistakes) = (HashMap::new(), Vec::new());
    for row in db::fetch_all(tx, text, [shop_id.into()]).await? {
        let sku: String = row.try_get("", "sku")?;
        let gtin: String = row.try_get("", "gtin")?;
        if let Some(offer) = wanted.get(gtin.as_str())
            && !told.contains(sku.as_str())
        {
            mistakes.push(RowError {
                line: offer.line,
                column: "gtin".to_owned(),
                detail: format!("{sku} bears this number already. Take it away there first."),
            });
        }
        found.insert(sku, gtin);
    }
    if mistakes.is_empty() {
        Ok(found)
    } else {
        mistakes.truncate(MAX_MISTAKES);
        Err(ImportError::Rows(mistakes))
    }
}

async fn write_gtins(
    tx: &Tx,
    shop_id: Uuid,
    offers: &[Offer],
    known: &HashMap<String, String>,
) -> Result<(), DbErr> {
    let changed: Vec<&Offer> = offers
        .iter()
        .filter(|offer| offer.gtin.is_some() && offer.gtin.as_ref() != known.get(&offer.sku))
        .collect();
    // Two variants may change their numbers with each other: all are free first.
    for is_told in [false, true] {
        for offer in &changed {
            let text = "UPDATE variant SET gtin = $3 WHERE shop_id = $1 AND sku = $2";
            let gtin = offer.gtin.clone().filter(|_| is_told);
            let values: [Value; 3] = [shop_id.into(), offer.sku.as_str().into(), gtin.into()];
            db::execute(tx, text, values).await?;
        }
    }
    Ok(())
}

async fn write_tiers(tx: &Tx, shop_id: Uuid, changed: &[Wanted<'_>]) -> Result<(), DbErr> {
    for chunk in changed.chunks(ROWS_AT_ONCE) {
        let mut values = chunk
            .iter()
            .map(|wanted| wanted.offer.sku.as_str().into())
            .collect();
        let list = db::in_list(2, &mut values);
        values.insert(0, shop_id.into());
        let text = format!("DELETE FROM tier WHERE shop_id = $1 AND sku IN ({list})");
        db::execute(tx, &text, values).await?;
        let tiers: Vec<(&str, i64, i64)> = chunk
            .iter()
            .flat_map(|wanted| {
                let sku = wanted.offer.sku.as_str();
                wanted
                    .offer
                    .tiers
                    .iter()
                    .map(move |(bound, price)| (sku, *bound, *price))
            })
            .collect();
        let values = tiers.iter().flat_map(|(sku, bound, price)| {
            [
                shop_id.into(),
                (*sku).into(),
                (*bound).into(),
                (*price).into(),
            ]
        });
        let text = format!(
            "INSERT INTO tier (shop_id, sku, minimum_quantity, price_minor) VALUES {}",
            db::rows(tx, tiers.len(), 4)
        );
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

async fn unlist(tx: &Tx, shop_id: Uuid, skus: &[String], version: i64) -> Result<(), DbErr> {
    for chunk in skus.chunks(ROWS_AT_ONCE) {
        let mut values = chunk.iter().map(|sku| sku.as_str().into()).collect();
        let list = db::in_list(3, &mut values);
        values.splice(0..0, [version.into(), shop_id.into()]);
        let text = format!(
            "UPDATE variant SET is_listed = 0, version = $1 WHERE shop_id = $2 AND sku IN ({list})"
        );
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

/// A product is found by its title, words, category, shop, options and codes.
async fn write_words(
    tx: &Tx,
    shop: &ShopRecord,
    offers: &[Offer],
    products: &BTreeMap<&str, (Uuid, i64)>,
    touched: &HashSet<Uuid>,
) -> Result<(), DbErr> {
    let mut texts: BTreeMap<Uuid, String> = BTreeMap::new();
    for offer in offers {
        let Some((id, _)) = products.get(offer.product.as_str()) else {
            continue;
        };
        if !touched.contains(id) {
            continue;
        }
        let text = texts.entry(*id).or_insert_with(|| {
            format!(
                "{} {} {} {}",
                offer.title, offer.category, shop.name, offer.description
            )
        });
        for value in offer.options.values() {
            text.push(' ');
            text.push_str(value);
        }
        text.push(' ');
        text.push_str(&offer.sku);
    }
    let entries: Vec<search::Entry> = texts
        .into_iter()
        .map(|(id, text)| search::Entry {
            search_id: search::search_id(id),
            words: words::indexed(&text),
        })
        .collect();
    search::index(tx, &entries).await
}
