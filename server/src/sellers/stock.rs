//! What lies where, as the seller sees and counts it.

use crate::{
    catalog::{Catalog, ImportError, StockImport, StockReport},
    platform::{
        Platform,
        extract::{Body, FileBody},
        problem::{FieldError, Problem},
    },
    scope::Actor,
    sellers::goods::{private, shops},
    stock::{self, Ages, Held, Warehouse},
};
use actix_web::{HttpResponse, get, post, put, web};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

const PAGE: usize = 50;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct SellerStockQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// True: only what is low.
    #[serde(default)]
    pub low: bool,
    /// Words of the title or the beginning of the SKU.
    pub q: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SellerStockPage {
    pub items: Vec<SellerStock>,
    pub next_cursor: Option<String>,
    /// Variants that are low somewhere.
    pub low: usize,
    /// The shared warehouses one may send to.
    pub warehouses: Vec<WarehouseView>,
}

/// A variant and where it lies.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SellerStock {
    pub sku: String,
    pub title: String,
    pub image: Option<String>,
    pub shop: String,
    pub places: Vec<StockPlace>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StockPlace {
    /// Slug of the shared warehouse; null: the maker's own.
    pub warehouse: Option<String>,
    pub on_hand: i64,
    pub reserved: i64,
    pub free: i64,
    /// From so few free pieces on it counts as low; 0: never.
    pub low_mark: i64,
    pub is_low: bool,
    /// What comes and may be sold before it is there.
    pub promise: Option<stock::Promise>,
    pub ages: Ages,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SharedWarehouse)]
pub struct WarehouseView {
    pub slug: String,
    pub name: String,
    pub country: String,
    pub place: String,
    pub handling_days: i64,
}

/// A count, with or without a mark and what comes.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountRequest {
    /// Slug of the shared warehouse; null: the maker's own.
    #[serde(default)]
    pub warehouse: Option<String>,
    pub on_hand: i64,
    #[serde(default)]
    pub low_mark: Option<i64>,
    /// `YYYY-MM-DD`, from tomorrow to 180 days ahead: when more comes.
    #[serde(default)]
    pub expected_on: Option<String>,
    /// Pieces that come then, those sold already among them; 0 without a day: nothing more is sold of what comes.
    #[serde(default)]
    pub coming: Option<i64>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct StockImportQuery {
    /// True: only look what would change.
    #[serde(default)]
    pub dry_run: bool,
}

/// What lies where of the shops one works for
#[utoipa::path(tag = "seller", params(SellerStockQuery), responses((status = 200, body = SellerStockPage), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/seller/stock")]
pub async fn list(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    query: web::Query<SellerStockQuery>,
) -> Result<HttpResponse, Problem> {
    let shops = shops(&platform, &actor).await?;
    let reader = platform.db.reader();
    let warehouses = stock::list(reader).await?;
    let all = variants(&platform, &catalog, &shops, &warehouses).await?;
    let low = all.iter().filter(|variant| variant.is_low()).count();
    let after = query.cursor.as_deref().unwrap_or_default();
    let mut wanted = all
        .into_iter()
        .filter(|variant| variant.sku.as_str() > after && (!query.low || variant.is_low()))
        .filter(|variant| {
            query
                .q
                .as_deref()
                .is_none_or(|words| variant.is_called(words))
        });
    let items: Vec<SellerStock> = wanted.by_ref().take(PAGE).collect();
    let next_cursor = wanted.next().and(items.last()).map(|last| last.sku.clone());
    Ok(private(&SellerStockPage {
        items,
        next_cursor,
        low,
        warehouses: warehouses.into_iter().map(WarehouseView::from).collect(),
    }))
}

/// Counts a variant in a place, and marks from where on it is low
#[utoipa::path(tag = "seller", request_body = CountRequest, responses((status = 200, body = StockReport), (status = 404, body = crate::platform::problem::ProblemBody), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[put("/seller/stock/{sku}")]
pub async fn count(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    sku: web::Path<String>,
    body: Body<CountRequest>,
) -> Result<HttpResponse, Problem> {
    let shops = shops(&platform, &actor).await?;
    let body = body.0;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mark = body.low_mark.map(|mark| mark.to_string());
    let coming = body.coming.map(|pieces| pieces.to_string());
    let written = writer
        .write_record([
            "sku",
            "warehouse",
            "on_hand",
            "low_mark",
            "expected_on",
            "coming",
        ])
        .and_then(|()| {
            writer.write_record([
                sku.as_str(),
                body.warehouse.as_deref().unwrap_or_default(),
                &body.on_hand.to_string(),
                mark.as_deref().unwrap_or_default(),
                body.expected_on.as_deref().unwrap_or_default(),
                coming.as_deref().unwrap_or_default(),
            ])
        });
    let bytes = written.ok().and_then(|()| writer.into_inner().ok());
    let import = StockImport {
        bytes: bytes.unwrap_or_default(),
        shops: Some(shops),
        dry_run: false,
    };
    let report = catalog.importer().stock(&platform.db, import).await;
    Ok(private(&report.map_err(|error| refused(error, false))?))
}

/// Takes a CSV of counts in, whole or not at all; the body is the file
#[utoipa::path(tag = "seller", params(StockImportQuery), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = StockReport), (status = 403, body = crate::platform::problem::ProblemBody), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[post("/seller/stock/imports")]
pub async fn import_counts(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    query: web::Query<StockImportQuery>,
    body: FileBody,
) -> Result<HttpResponse, Problem> {
    let shops = shops(&platform, &actor).await?;
    let import = StockImport {
        bytes: body.text().await?.into_bytes(),
        shops: Some(shops),
        dry_run: query.dry_run,
    };
    let report = catalog.importer().stock(&platform.db, import).await;
    Ok(private(&report.map_err(|error| refused(error, true))?))
}

impl SellerStock {
    fn is_low(&self) -> bool {
        self.places.iter().any(|place| place.is_low)
    }

    fn is_called(&self, words: &str) -> bool {
        let title = self.title.to_lowercase();
        let sku = self.sku.to_lowercase();
        let words = words.trim().to_lowercase();
        sku.starts_with(&words) || words.split_whitespace().all(|word| title.contains(word))
    }
}

impl From<Warehouse> for WarehouseView {
    fn from(warehouse: Warehouse) -> Self {
        Self {
            slug: warehouse.slug,
            name: warehouse.name,
            country: warehouse.country,
            place: warehouse.place,
            handling_days: warehouse.handling_days,
        }
    }
}

/// All variants of these shops with their places, by SKU.
async fn variants(
    platform: &Platform,
    catalog: &Catalog,
    shops: &[Uuid],
    warehouses: &[Warehouse],
) -> Result<Vec<SellerStock>, DbErr> {
    let now = platform.now().micros();
    let mut held: HashMap<String, Vec<Held>> = HashMap::new();
    let mut promises = HashMap::new();
    for shop in shops {
        promises.extend(stock::promises(platform.db.reader(), *shop).await?);
        for each in stock::of_shop(platform.db.reader(), *shop, now).await? {
            held.entry(each.sku.clone()).or_default().push(each);
        }
    }
    let goods = catalog.goods_of(shops).await?;
    Ok(goods
        .iter()
        .map(|listing| {
            let held = held.remove(listing.sku.as_str()).unwrap_or_default();
            let mut places: Vec<StockPlace> = held
                .iter()
                .map(|each| place(each, warehouses, &mut promises))
                .collect();
            places.sort_by(|a, b| a.warehouse.cmp(&b.warehouse));
            SellerStock {
                sku: listing.sku.as_str().to_owned(),
                title: listing.title.clone(),
                image: listing.image.clone(),
                shop: listing.shop.name.clone(),
                places,
            }
        })
        .collect())
}

fn place(
    held: &Held,
    warehouses: &[Warehouse],
    promises: &mut HashMap<(String, Uuid), stock::Promise>,
) -> StockPlace {
    let free = held.on_hand - held.reserved;
    let warehouse = warehouses.iter().find(|each| each.id == held.warehouse);
    StockPlace {
        warehouse: warehouse.map(|warehouse| warehouse.slug.clone()),
        on_hand: held.on_hand,
        reserved: held.reserved,
        free,
        low_mark: held.low_mark,
        is_low: held.low_mark > 0 && free <= held.low_mark,
        promise: promises
            .remove(&(held.sku.clone(), held.warehouse))
            .filter(|promise| promise.pieces > 0),
        ages: held.ages,
    }
}

/// `is_file`: mistakes name their line; else they name the field.
fn refused(error: ImportError, is_file: bool) -> Problem {
    match error {
        ImportError::Database(error) => error.into(),
        ImportError::Rows(mistakes) => {
            let told = mistakes.into_iter().map(|mistake| FieldError {
                pointer: if is_file {
                    format!("/{}/{}", mistake.line, mistake.column)
                } else {
                    format!("/{}", mistake.column)
                },
                detail: mistake.detail,
            });
            Problem::invalid(told.collect())
        }
        other => Problem::field("/file", other.to_string()),
    }
}
