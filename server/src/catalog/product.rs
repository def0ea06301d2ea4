//! One product's page: a variant with everything about it, its siblings beside it, and stock as of now.

use super::{
    Catalog, Tier,
    market::{Market, Product, Variant},
    products::currency,
    rates::Rates,
    reply::Reply,
};
use crate::platform::{
    Platform,
    problem::{Problem, ProblemBody},
};
use crate::stock::Coming;
use actix_web::{HttpRequest, HttpResponse, get, web};
use sampan_engine::money::Currency;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use utoipa::IntoParams;

/// A variant on its own page.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProductDetail {
    pub sku: String,
    pub title: String,
    pub description: String,
    pub shop: ProductShop,
    pub category: String,
    /// In the currency asked for; the seller's, where no rate is known.
    pub tiers: Vec<Tier>,
    /// As the seller wrote them.
    pub seller_tiers: Vec<Tier>,
    /// The rate between the two; null when they are the same.
    pub fx: Option<FxNote>,
    pub minimum_quantity: i64,
    /// Quantities are multiples of it.
    pub pack_step: i64,
    pub max_per_order: Option<i64>,
    /// What one of quantity is: `piece`.
    pub unit: &'static str,
    /// Six digits of the Harmonised System; null when not known.
    pub hs6: Option<String>,
    /// Country of origin, ISO 3166-1 alpha-2.
    pub origin: String,
    /// One piece, packed.
    pub weight_grams: i64,
    /// One piece, packed: length, width, height; null when not known.
    pub dimensions_mm: Option<[i64; 3]>,
    /// UN number, such as UN3481; null for goods that are not dangerous.
    pub dangerous_goods: Option<String>,
    pub lead_time_days: i64,
    pub image: Option<String>,
    pub images: Vec<String>,
    pub stock: StockAnswer,
    pub options: BTreeMap<String, String>,
    pub variants: Vec<ProductVariant>,
    pub safety: Safety,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProductShop {
    pub slug: String,
    pub name: String,
    pub country: String,
    pub place: String,
    pub tint: String,
}

/// Where a converted price comes from.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FxNote {
    /// The seller's currency, then the buyer's, as in `EUR/GBP`.
    pub pair: String,
    /// What one unit of the seller's buys, ten digits after the point.
    pub rate: String,
    pub source: String,
    /// `YYYY-MM-DD`
    pub date: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StockAnswer {
    pub available: i64,
    /// What comes and may be ordered already; null: nothing.
    pub coming: Option<Coming>,
    pub warehouse: Warehouse,
    pub lead_time_days: i64,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Warehouse {
    pub country: String,
    pub place: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProductVariant {
    pub sku: String,
    pub options: BTreeMap<String, String>,
    pub available: i64,
    /// What comes and may be ordered already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coming: Option<Coming>,
}

/// Who answers for the product, and what to beware of.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Safety {
    pub manufacturer: String,
    pub address: String,
    pub warnings: Option<String>,
}

#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductDetailQuery {
    /// The buyer's currency, EUR unless told
    pub currency: Option<String>,
}

/// One variant, whole
#[utoipa::path(tag = "catalogue", params(ProductDetailQuery), responses((status = 200, body = ProductDetail), (status = 304, description = "As before"), (status = 404, body = ProblemBody)))]
#[get("/products/{sku}")]
pub async fn show_product(
    request: HttpRequest,
    catalog: web::Data<Catalog>,
    sku: web::Path<String>,
    query: web::Query<ProductDetailQuery>,
) -> Result<HttpResponse, Problem> {
    let currency = currency(query.currency.as_deref())?;
    let product = catalog.product(&sku, currency).await?;
    let product = product.ok_or_else(|| Problem::not_found("product"))?;
    Ok(Reply::of(&product)?.answer(&request))
}

impl Catalog {
    /// A variant's page; None when it is unknown or taken off.
    pub async fn product(
        &self,
        sku: &str,
        currency: Currency,
    ) -> Result<Option<ProductDetail>, Problem> {
        let platform: &Platform = &self.platform;
        let market = self.market().await?;
        let Some((product, variant)) = market.variant(sku) else {
            return Ok(None);
        };
        if !variant.listing.is_listed {
            return Ok(None);
        }
        let skus: Vec<&str> = product
            .listed()
            .map(|each| each.listing.sku.as_str())
            .collect();
        let available = self.available(platform.db.reader(), &skus).await?;
        let coming = self.coming(platform.db.reader(), &skus).await?;
        let stock = (&available, &coming);
        Ok(Some(detail(&market, product, variant, stock, currency)))
    }
}

fn detail(
    market: &Market,
    product: &Product,
    variant: &Variant,
    (available, coming): (&HashMap<String, i64>, &HashMap<String, Coming>),
    currency: Currency,
) -> ProductDetail {
    let (listing, shop) = (&variant.listing, &product.shop);
    let left = |sku: &str| available.get(sku).copied().unwrap_or(0);
    let siblings = || product.listed().map(|each| &each.listing);
    let mut images: Vec<String> = listing.image.iter().cloned().collect();
    for image in siblings().filter_map(|each| each.image.as_ref()) {
        if !images.contains(image) {
            images.push(image.clone());
        }
    }
    ProductDetail {
        sku: listing.sku.as_str().to_owned(),
        title: listing.title.clone(),
        description: product.description.clone(),
        shop: ProductShop {
            slug: shop.slug.clone(),
            name: shop.name.clone(),
            country: shop.country.clone(),
            place: shop.place.clone(),
            tint: shop.tint.clone(),
        },
        category: listing.category.clone(),
        tiers: shown_tiers(&market.rates, &listing.tiers, currency),
        seller_tiers: listing.tiers.clone(),
        fx: note(&market.rates, shop.currency, currency),
        minimum_quantity: listing.minimum_quantity(),
        pack_step: listing.pack_step,
        max_per_order: listing.max_per_order,
        unit: "piece",
        hs6: listing.hs6.clone(),
        origin: listing.origin.clone(),
        weight_grams: listing.weight_grams,
        dimensions_mm: listing.dimensions_mm,
        dangerous_goods: listing.dangerous_goods.clone(),
        lead_time_days: listing.lead_time_days,
        image: listing.image.clone(),
        images,
        stock: StockAnswer {
            available: left(listing.sku.as_str()),
            coming: coming.get(listing.sku.as_str()).cloned(),
            warehouse: Warehouse {
                country: shop.country.clone(),
                place: shop.place.clone(),
            },
            lead_time_days: listing.lead_time_days,
        },
        options: variant.options.clone(),
        variants: product
            .listed()
            .map(|each| ProductVariant {
                sku: each.listing.sku.as_str().to_owned(),
                options: each.options.clone(),
                available: left(each.listing.sku.as_str()),
                coming: coming.get(each.listing.sku.as_str()).cloned(),
            })
            .collect(),
        safety: Safety {
            manufacturer: shop.manufacturer.clone(),
            address: shop.address.clone(),
            warnings: variant.warnings.clone(),
        },
    }
}

/// Tiers in the buyer's currency, or as they are where no rate is known.
pub(super) fn shown_tiers(rates: &Rates, tiers: &[Tier], currency: Currency) -> Vec<Tier> {
    let shown = |tier: &Tier| Tier {
        price: rates.convert(tier.price, currency).unwrap_or(tier.price),
        ..*tier
    };
    tiers.iter().map(shown).collect()
}

fn note(rates: &Rates, from: Currency, to: Currency) -> Option<FxNote> {
    if from == to {
        return None;
    }
    let cross = rates.cross(from, to)?;
    Some(FxNote {
        pair: cross.pair,
        rate: cross.decimal,
        source: cross.source,
        date: cross.date,
    })
}
