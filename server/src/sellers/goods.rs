//! What a seller's goods are to a border: their codes, and those that still have none.

use crate::{
    catalog::{self, Catalog, Listing},
    landed_cost,
    platform::{Platform, extract::Body, problem::Problem},
    scope::Actor,
    sellers::barcode,
};
use actix_web::{HttpResponse, get, put, web};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const PAGE: usize = 40;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct SellerGoodsQuery {
    /// True: only goods without a code.
    #[serde(default)]
    pub missing: bool,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// A variant as a border sees it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SellerGood {
    pub sku: String,
    pub title: String,
    pub image: Option<String>,
    /// The shop's name.
    pub shop: String,
    pub origin: String,
    pub weight_grams: i64,
    /// Six digits; null: nobody has classified it, and its duty is not known.
    pub hs6: Option<String>,
    /// What the code stands for, from the chapter down; empty where the texts at hand do not have it.
    pub meaning: Vec<String>,
    /// The number under its barcode, fourteen digits; null: nobody has told it.
    pub gtin: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SellerGoodsPage {
    pub items: Vec<SellerGood>,
    /// Of all goods.
    pub missing: usize,
    pub total: usize,
    pub next_cursor: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    /// Six digits of the Harmonized System; null takes the code away.
    pub hs6: Option<String>,
}

/// Goods of the shops one works for, with their codes
#[utoipa::path(tag = "seller", params(SellerGoodsQuery), responses((status = 200, body = SellerGoodsPage), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/seller/goods")]
pub async fn list(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    query: web::Query<SellerGoodsQuery>,
) -> Result<HttpResponse, Problem> {
    let goods = catalog.goods_of(&shops(&platform, &actor).await?).await?;
    let missing = goods.iter().filter(|listing| listing.hs6.is_none()).count();
    let total = goods.len();
    let after = query.cursor.as_deref().unwrap_or_default();
    let mut wanted = goods.iter().filter(|listing| {
        listing.sku.as_str() > after && (!query.missing || listing.hs6.is_none())
    });
    let mut items: Vec<SellerGood> = wanted
        .by_ref()
        .take(PAGE)
        .map(|listing| view(listing))
        .collect();
    let next_cursor = wanted.next().and(items.last()).map(|last| last.sku.clone());
    add_barcodes(&platform, &mut items).await?;
    Ok(private(&SellerGoodsPage {
        items,
        missing,
        total,
        next_cursor,
    }))
}

/// Gives goods their code
#[utoipa::path(tag = "seller", request_body = CodeRequest, responses((status = 200, body = SellerGood), (status = 404, body = crate::platform::problem::ProblemBody), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[put("/seller/goods/{sku}/code")]
pub async fn classify(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    sku: web::Path<String>,
    body: Body<CodeRequest>,
) -> Result<HttpResponse, Problem> {
    let plain =
        |text: String| -> String { text.chars().filter(|sign| !" .".contains(*sign)).collect() };
    let hs6 = body.0.hs6.map(plain);
    let is_code = |hs6: &str| hs6.len() == 6 && hs6.bytes().all(|byte| byte.is_ascii_digit());
    if hs6.as_deref().is_some_and(|hs6| !is_code(hs6)) {
        return Err(Problem::field(
            "/hs6",
            "Six digits of the Harmonized System, such as 691200.",
        ));
    }
    let shops = shops(&platform, &actor).await?;
    let found = catalog.listings(&[sku.as_str()]).await?;
    let listing = found
        .get(sku.as_str())
        .filter(|listing| shops.contains(&listing.shop_id));
    let listing = listing.ok_or_else(|| Problem::not_found("product"))?;
    catalog
        .classify(listing.shop_id, &sku, hs6.as_deref())
        .await?;
    let found = catalog.listings(&[sku.as_str()]).await?;
    let listing = found
        .get(sku.as_str())
        .ok_or_else(|| Problem::not_found("product"))?;
    let mut good = [view(listing)];
    add_barcodes(&platform, &mut good).await?;
    let [good] = good;
    Ok(private(&good))
}

/// The shops of somebody who works for at least one.
pub(super) async fn shops(platform: &Platform, actor: &Actor) -> Result<Vec<Uuid>, Problem> {
    let shops = catalog::shops_of(platform.db.reader(), actor.scope_id).await?;
    if shops.is_empty() {
        return Err(Problem::forbidden(
            "This is for people who work for a shop.",
        ));
    }
    Ok(shops.into_iter().map(|shop| shop.shop_id).collect())
}

async fn add_barcodes(platform: &Platform, goods: &mut [SellerGood]) -> Result<(), DbErr> {
    let skus: Vec<&str> = goods.iter().map(|good| good.sku.as_str()).collect();
    let gtins = barcode::of_goods(platform.db.reader(), &skus).await?;
    for good in goods {
        good.gtin = gtins.get(&good.sku).cloned();
    }
    Ok(())
}

fn view(listing: &Listing) -> SellerGood {
    let meaning = listing.hs6.as_deref().map(landed_cost::meaning_of_code);
    SellerGood {
        sku: listing.sku.as_str().to_owned(),
        title: listing.title.clone(),
        image: listing.image.clone(),
        shop: listing.shop.name.clone(),
        origin: listing.origin.clone(),
        weight_grams: listing.weight_grams,
        hs6: listing.hs6.clone(),
        meaning: meaning.unwrap_or_default(),
        gtin: None,
    }
}

pub(super) fn private(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(body)
}
