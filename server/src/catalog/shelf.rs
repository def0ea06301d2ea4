//! A shop's whole catalogue for the phone's pocket, or what changed since a version.

use super::{
    Catalog, Tier,
    market::{Market, Product, Shelf, Variant},
    product::shown_tiers,
    products::currency,
    reply::Reply,
};
use crate::platform::{
    Platform,
    problem::{Problem, ProblemBody},
};
use actix_web::{HttpRequest, HttpResponse, get, web};
use sampan_engine::money::Currency;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};
use utoipa::IntoParams;

/// How old the stock answers of a shelf may be; a product's own page is always fresh.
const STOCK_AGE: Duration = Duration::from_secs(30);

/// What a shop sells, or what changed of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ShelfReply {
    /// The shop's slug.
    pub shop: String,
    /// To be sent as `since` next time; opaque.
    pub version: String,
    /// True when `items` is all there is, and anything else is gone.
    pub full: bool,
    pub items: Vec<ShelfItem>,
    /// SKUs taken off since the version sent.
    pub removed: Vec<String>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ShelfItem {
    pub sku: String,
    pub title: String,
    pub description: String,
    pub category: String,
    pub options: BTreeMap<String, String>,
    pub tiers: Vec<Tier>,
    pub minimum_quantity: i64,
    pub pack_step: i64,
    pub max_per_order: Option<i64>,
    pub lead_time_days: i64,
    pub image: Option<String>,
    pub origin: String,
    /// With the weight, the room and the danger what a phone needs to work out a landed price offline.
    pub hs6: Option<String>,
    pub weight_grams: i64,
    /// One piece, packed: length, width, height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimensions_mm: Option<[i64; 3]>,
    /// UN number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dangerous_goods: Option<String>,
    pub available: i64,
}

#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShelfQuery {
    /// A shop's slug
    pub shop: String,
    /// `version` of the reply before; all of the shelf when left out
    pub since: Option<String>,
    /// The buyer's currency, EUR unless told
    pub currency: Option<String>,
}

/// A shop's whole catalogue, or what changed since a version
#[utoipa::path(tag = "catalogue", params(ShelfQuery), responses((status = 200, body = ShelfReply), (status = 304, description = "As before"), (status = 404, body = ProblemBody)))]
#[get("/shelf")]
pub async fn show_shelf(
    request: HttpRequest,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    query: web::Query<ShelfQuery>,
) -> Result<HttpResponse, Problem> {
    let currency = currency(query.currency.as_deref())?;
    let reader = platform.db.reader();
    let market = catalog.market().await?;
    let asked = format!("shelf {query:?}");
    if let Some(reply) = catalog.found(&market, &asked) {
        return Ok(reply.answer(&request));
    }
    let shelf = market
        .shelves
        .get(&query.shop)
        .ok_or_else(|| Problem::not_found("shop"))?;
    let skus: Vec<&str> = variants(shelf)
        .map(|(_, variant)| variant.listing.sku.as_str())
        .collect();
    let available = catalog.available(reader, &skus).await?;
    let reply = reply(&market, shelf, query.since.as_deref(), currency, &available);
    let reply =
        catalog
            .shared
            .replies
            .keep(market.version, asked, Reply::of(&reply)?, Some(STOCK_AGE));
    Ok(reply.answer(&request))
}

fn reply(
    market: &Market,
    shelf: &Shelf,
    since: Option<&str>,
    currency: Currency,
    available: &HashMap<String, i64>,
) -> ShelfReply {
    let prices = format!("{currency}.{}", market.rates.as_of());
    let known = since.and_then(|since| {
        let (version, their_prices) = since.split_once('.')?;
        let version = version
            .parse()
            .ok()
            .filter(|version| (1..=shelf.shop.version).contains(version))?;
        (their_prices == prices).then_some(version)
    });
    let after: i64 = known.unwrap_or(0);
    let changed = || variants(shelf).filter(|(_, variant)| variant.version > after);
    let items = changed()
        .filter(|(_, variant)| variant.listing.is_listed)
        .map(|(product, variant)| item(market, product, variant, currency, available))
        .collect();
    let removed = changed()
        .filter(|(_, variant)| known.is_some() && !variant.listing.is_listed)
        .map(|(_, variant)| variant.listing.sku.as_str().to_owned())
        .collect();
    ShelfReply {
        shop: shelf.shop.slug.clone(),
        version: format!("{}.{prices}", shelf.shop.version),
        full: known.is_none(),
        items,
        removed,
    }
}

fn variants(shelf: &Shelf) -> impl Iterator<Item = (&Product, &Variant)> {
    let products = shelf.products.iter();
    products.flat_map(|product| {
        product
            .variants
            .iter()
            .map(move |variant| (&**product, variant))
    })
}

fn item(
    market: &Market,
    product: &Product,
    variant: &Variant,
    currency: Currency,
    available: &HashMap<String, i64>,
) -> ShelfItem {
    let listing = &variant.listing;
    ShelfItem {
        sku: listing.sku.as_str().to_owned(),
        title: listing.title.clone(),
        description: product.description.clone(),
        category: listing.category.clone(),
        options: variant.options.clone(),
        tiers: shown_tiers(&market.rates, &listing.tiers, currency),
        minimum_quantity: listing.minimum_quantity(),
        pack_step: listing.pack_step,
        max_per_order: listing.max_per_order,
        lead_time_days: listing.lead_time_days,
        image: listing.image.clone(),
        origin: listing.origin.clone(),
        hs6: listing.hs6.clone(),
        weight_grams: listing.weight_grams,
        dimensions_mm: listing.dimensions_mm,
        dangerous_goods: listing.dangerous_goods.clone(),
        available: available.get(listing.sku.as_str()).copied().unwrap_or(0),
    }
}
