//! The catalogue in memory: one immutable picture of all shops, products and offers, replaced when the version of the
//! catalogue moves. Only shops whose own version moved are read again.

use super::{
    listing::{Listing, ListingShop, Tier},
    rates::Rates,
    search, words,
};
use crate::platform::db;
use sampan_engine::{
    money::{Currency, Money},
    trade::Sku,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// Everything on offer at one version of the catalogue.
#[derive(Default)]
pub struct Market {
    pub version: i64,
    /// By slug.
    pub shelves: BTreeMap<String, Arc<Shelf>>,
    pub rates: Arc<Rates>,
    variants: HashMap<String, (Arc<Product>, usize)>,
    by_search_id: HashMap<i64, Arc<Product>>,
}

/// A shop and all its products, those taken off included.
pub struct Shelf {
    pub shop: ShopRecord,
    pub products: Vec<Arc<Product>>,
}

/// A shop as its row tells it.
#[derive(Clone, Debug)]
pub struct ShopRecord {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub tagline: String,
    pub story: String,
    pub country: String,
    pub place: String,
    pub tint: String,
    pub icon: Option<String>,
    pub founded: String,
    pub currency: Currency,
    pub manufacturer: String,
    pub address: String,
    pub version: i64,
}

/// A product with its variants in the seller's order.
pub struct Product {
    pub search_id: i64,
    pub title: String,
    pub title_words: Vec<String>,
    pub description: String,
    pub category: String,
    pub position: i64,
    pub created_at: i64,
    pub shop: Arc<ShopRecord>,
    pub variants: Vec<Variant>,
}

/// One variant: what carts need (`listing`), and what only its page and the shelf show.
pub struct Variant {
    pub listing: Arc<Listing>,
    pub options: BTreeMap<String, String>,
    pub warnings: Option<String>,
    /// The shop's version at which it last changed.
    pub version: i64,
}

impl Product {
    /// The variant that stands for the product in lists: the first that may be bought.
    pub fn face(&self) -> Option<&Variant> {
        self.listed().next()
    }

    /// The variants that may be bought, in the seller's order.
    pub fn listed(&self) -> impl Iterator<Item = &Variant> {
        self.variants
            .iter()
            .filter(|variant| variant.listing.is_listed)
    }
}

impl Market {
    pub fn listing(&self, sku: &str) -> Option<&Arc<Listing>> {
        let (product, index) = self.variants.get(sku)?;
        Some(&product.variants[*index].listing)
    }

    /// A variant with its product.
    pub fn variant(&self, sku: &str) -> Option<(&Arc<Product>, &Variant)> {
        let (product, index) = self.variants.get(sku)?;
        Some((product, &product.variants[*index]))
    }

    pub fn by_search_id(&self, search_id: i64) -> Option<&Arc<Product>> {
        self.by_search_id.get(&search_id)
    }

    /// Products with at least one variant that may be bought.
    pub fn products(&self) -> impl Iterator<Item = &Arc<Product>> {
        let all = self.shelves.values().flat_map(|shelf| &shelf.products);
        all.filter(|product| product.face().is_some())
    }

    /// The present version; what did not change since `self` is kept.
    pub async fn refreshed(
        &self,
        connection: &impl ConnectionTrait,
        version: i64,
        today: &str,
    ) -> Result<Market, DbErr> {
        let mut shelves = BTreeMap::new();
        let mut changed = Vec::new();
        for row in db::fetch_all(connection, "SELECT * FROM shop ORDER BY slug", []).await? {
            let shop = shop_record(&row)?;
            match self.shelves.get(&shop.slug) {
                Some(shelf) if shelf.shop.id == shop.id && shelf.shop.version == shop.version => {
                    shelves.insert(shop.slug, shelf.clone());
                }
                _ => changed.push(shop),
            }
        }
        for shop in changed {
            let shelf = shelf(connection, shop).await?;
            shelves.insert(shelf.shop.slug.clone(), Arc::new(shelf));
        }
        let mut variants = HashMap::new();
        let mut by_search_id = HashMap::new();
        for product in shelves
            .values()
            .flat_map(|shelf: &Arc<Shelf>| &shelf.products)
        {
            by_search_id.insert(product.search_id, product.clone());
            for (index, variant) in product.variants.iter().enumerate() {
                let sku = variant.listing.sku.as_str().to_owned();
                variants.insert(sku, (product.clone(), index));
            }
        }
        Ok(Market {
            version,
            shelves,
            rates: Arc::new(Rates::load(connection, today).await?),
            variants,
            by_search_id,
        })
    }
}

/// The present version of the catalogue: one row, read often.
pub async fn version(connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let text = "SELECT version FROM catalogue_version WHERE id = 1";
    let row = db::fetch_one(connection, text, []).await?;
    row.map_or(Ok(0), |row| row.try_get("", "version"))
}

/// The address of a picture.
pub fn picture_address(hash: &str) -> String {
    format!("/media/{hash}.webp")
}

async fn shelf(connection: &impl ConnectionTrait, shop: ShopRecord) -> Result<Shelf, DbErr> {
    let shared = Arc::new(shop.clone());
    let mut tiers = tiers(connection, &shop).await?;
    let text = "SELECT p.id, p.title, p.description, p.category, p.position AS product_position, p.created_at, \
                v.sku, v.options, v.pack_step, v.max_per_order, v.hs6, v.origin, v.weight_grams, v.length_mm, v.width_mm, v.height_mm, \
                v.dangerous_goods, v.lead_time_days, \
                v.picture, v.warnings, v.is_listed, v.version \
                FROM variant v JOIN product p ON p.shop_id = v.shop_id AND p.id = v.product_id \
                WHERE v.shop_id = $1 ORDER BY p.position, p.id, v.position, v.sku";
    let mut products: Vec<(Uuid, Product)> = Vec::new();
    for row in db::fetch_all(connection, text, [shop.id.into()]).await? {
        let id: Uuid = row.try_get("", "id")?;
        if products.last().is_none_or(|(last, _)| *last != id) {
            products.push((id, product(&row, id, &shared)?));
        }
        if let Some((_, product)) = products.last_mut() {
            let variant = variant(&row, product, &mut tiers)?;
            product.variants.extend(variant);
        }
    }
    let products = products
        .into_iter()
        .map(|(_, product)| Arc::new(product))
        .collect();
    Ok(Shelf { shop, products })
}

fn product(row: &QueryResult, id: Uuid, shop: &Arc<ShopRecord>) -> Result<Product, DbErr> {
    let title: String = row.try_get("", "title")?;
    Ok(Product {
        search_id: search::search_id(id),
        title_words: words::indexed(&title),
        title,
        description: row.try_get("", "description")?,
        category: row.try_get("", "category")?,
        position: row.try_get("", "product_position")?,
        created_at: row.try_get("", "created_at")?,
        shop: shop.clone(),
        variants: Vec::new(),
    })
}

/// None for a row that no importer could have written.
fn variant(
    row: &QueryResult,
    product: &Product,
    tiers: &mut HashMap<String, Vec<Tier>>,
) -> Result<Option<Variant>, DbErr> {
    let sku: String = row.try_get("", "sku")?;
    let Some(sku) = Sku::parse(&sku) else {
        return Ok(None);
    };
    let shop = &product.shop;
    let picture: Option<String> = row.try_get("", "picture")?;
    let options: String = row.try_get("", "options")?;
    let listing = Listing {
        tiers: tiers.remove(sku.as_str()).unwrap_or_default(),
        sku,
        shop_id: shop.id,
        title: product.title.clone(),
        image: picture.as_deref().map(picture_address),
        shop: ListingShop {
            slug: shop.slug.clone(),
            name: shop.name.clone(),
            country: shop.country.clone(),
            tint: shop.tint.clone(),
            place: shop.place.clone(),
        },
        category: product.category.clone(),
        pack_step: row.try_get("", "pack_step")?,
        max_per_order: row.try_get("", "max_per_order")?,
        origin: row.try_get("", "origin")?,
        hs6: row.try_get("", "hs6")?,
        weight_grams: row.try_get("", "weight_grams")?,
        dimensions_mm: dimensions(row)?,
        dangerous_goods: row.try_get("", "dangerous_goods")?,
        lead_time_days: row.try_get("", "lead_time_days")?,
        is_listed: row.try_get::<i64>("", "is_listed")? != 0,
    };
    Ok(Some(Variant {
        listing: Arc::new(listing),
        options: serde_json::from_str(&options).unwrap_or_default(),
        warnings: row.try_get("", "warnings")?,
        version: row.try_get("", "version")?,
    }))
}

/// Length, width and height; None unless all three are known.
fn dimensions(row: &QueryResult) -> Result<Option<[i64; 3]>, DbErr> {
    let side = |column| row.try_get::<Option<i64>>("", column);
    let (length, width, height) = (side("length_mm")?, side("width_mm")?, side("height_mm")?);
    Ok(length
        .zip(width)
        .zip(height)
        .map(|((length, width), height)| [length, width, height]))
}

async fn tiers(
    connection: &impl ConnectionTrait,
    shop: &ShopRecord,
) -> Result<HashMap<String, Vec<Tier>>, DbErr> {
    let text = "SELECT sku, minimum_quantity, price_minor FROM tier WHERE shop_id = $1 ORDER BY sku, minimum_quantity";
    let values: [Value; 1] = [shop.id.into()];
    let mut tiers: HashMap<String, Vec<Tier>> = HashMap::new();
    for row in db::fetch_all(connection, text, values).await? {
        let tier = Tier {
            minimum_quantity: row.try_get("", "minimum_quantity")?,
            price: Money::new(row.try_get("", "price_minor")?, shop.currency),
        };
        tiers.entry(row.try_get("", "sku")?).or_default().push(tier);
    }
    Ok(tiers)
}

pub(super) fn shop_record(row: &QueryResult) -> Result<ShopRecord, DbErr> {
    let currency: String = row.try_get("", "currency")?;
    Ok(ShopRecord {
        id: row.try_get("", "id")?,
        slug: row.try_get("", "slug")?,
        name: row.try_get("", "name")?,
        tagline: row.try_get("", "tagline")?,
        story: row.try_get("", "story")?,
        country: row.try_get("", "country")?,
        place: row.try_get("", "place")?,
        tint: row.try_get("", "tint")?,
        icon: row.try_get("", "icon")?,
        founded: row.try_get("", "founded")?,
        currency: Currency::parse(&currency).unwrap_or(Currency::EUR),
        manufacturer: row.try_get("", "manufacturer")?,
        address: row.try_get("", "address")?,
        version: row.try_get("", "version")?,
    })
}
