//! Shops as the app shows them.

use super::{
    Catalog,
    market::{Market, Shelf, picture_address},
    reply::Reply,
};
use crate::platform::problem::{Problem, ProblemBody};
use actix_web::{HttpRequest, HttpResponse, get, web};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

const MAX_SHOPS: usize = 100;
const SHOPS_A_PAGE: usize = 60;

/// A niche shop with its own face.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Shop {
    pub slug: String,
    pub name: String,
    pub tagline: String,
    pub story: String,
    /// Where the goods leave, ISO 3166-1 alpha-2.
    pub country: String,
    pub place: String,
    /// `#RRGGBB`, light.
    pub tint: String,
    /// Address of a picture.
    pub icon: Option<String>,
    pub product_count: usize,
    /// A year.
    pub founded: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ShopPage {
    pub items: Vec<Shop>,
    pub next_cursor: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShopQuery {
    /// At most 100, 60 unless told
    pub limit: Option<usize>,
    /// `next_cursor` of the page before
    pub cursor: Option<String>,
}

/// The shops, by slug
#[utoipa::path(tag = "catalogue", params(ShopQuery), responses((status = 200, body = ShopPage), (status = 304, description = "As before")))]
#[get("/shops")]
pub async fn list_shops(
    request: HttpRequest,
    catalog: web::Data<Catalog>,
    query: web::Query<ShopQuery>,
) -> Result<HttpResponse, Problem> {
    let market = catalog.market().await?;
    let reply = catalog.kept(&market, format!("shops {query:?}"), || {
        Ok(page(&market, &query))
    })?;
    Ok(reply.answer(&request))
}

/// One shop
#[utoipa::path(tag = "catalogue", responses((status = 200, body = Shop), (status = 304, description = "As before"), (status = 404, body = ProblemBody)))]
#[get("/shops/{slug}")]
pub async fn show_shop(
    request: HttpRequest,
    catalog: web::Data<Catalog>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let market = catalog.market().await?;
    let shelf = market.shelves.get(slug.as_str());
    let shop = shop(shelf.ok_or_else(|| Problem::not_found("shop"))?);
    Ok(Reply::of(&shop)?.answer(&request))
}

impl Catalog {
    /// A page of shops.
    pub async fn shops(&self, query: &ShopQuery) -> Result<ShopPage, DbErr> {
        let market = self.market().await?;
        Ok(page(&market, query))
    }

    /// A shop by its slug.
    pub async fn shop(&self, slug: &str) -> Result<Option<Shop>, DbErr> {
        let market = self.market().await?;
        Ok(market.shelves.get(slug).map(|shelf| shop(shelf)))
    }
}

pub(super) fn page(market: &Market, query: &ShopQuery) -> ShopPage {
    let limit = query.limit.unwrap_or(SHOPS_A_PAGE).clamp(1, MAX_SHOPS);
    let after = query.cursor.as_deref().unwrap_or("");
    let mut items: Vec<Shop> = market
        .shelves
        .values()
        .filter(|shelf| shelf.shop.slug.as_str() > after)
        .take(limit + 1)
        .map(|shelf| shop(shelf))
        .collect();
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = items.last().filter(|_| more).map(|shop| shop.slug.clone());
    ShopPage { items, next_cursor }
}

pub(super) fn shop(shelf: &Shelf) -> Shop {
    let record = &shelf.shop;
    let listed = shelf
        .products
        .iter()
        .filter(|product| product.face().is_some());
    Shop {
        slug: record.slug.clone(),
        name: record.name.clone(),
        tagline: record.tagline.clone(),
        story: record.story.clone(),
        country: record.country.clone(),
        place: record.place.clone(),
        tint: record.tint.clone(),
        icon: record.icon.as_deref().map(picture_address),
        product_count: listed.count(),
        founded: record.founded.clone(),
    }
}
