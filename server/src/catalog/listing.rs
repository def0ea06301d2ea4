//! A variant on offer, as carts, quotes and orders need it.

use sampan_engine::{money::Money, trade::Sku};
use serde::Serialize;

/// One variant with its offer, in the seller's currency.
#[derive(Clone, Debug)]
pub struct Listing {
    pub sku: Sku,
    pub title: String,
    /// Address of the first picture, if there is one.
    pub image: Option<String>,
    pub shop_id: uuid::Uuid,
    pub shop: ListingShop,
    pub category: String,
    /// Rising by `minimum_quantity`; the first is the smallest quantity sold.
    pub tiers: Vec<Tier>,
    pub pack_step: i64,
    pub max_per_order: Option<i64>,
    /// ISO 3166-1 alpha-2 of where it was made.
    pub origin: String,
    pub hs6: Option<String>,
    pub weight_grams: i64,
    /// One piece, packed: length, width, height; None unless all three are known.
    pub dimensions_mm: Option<[i64; 3]>,
    /// UN number when a carrier must know.
    pub dangerous_goods: Option<String>,
    pub lead_time_days: i64,
    /// False once the shop has taken it off; carts still know its title and picture.
    pub is_listed: bool,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq, utoipa::ToSchema)]
pub struct ListingShop {
    pub slug: String,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// `#RRGGBB`
    pub tint: String,
    /// Town and region, for what leaves from there; not told with every line.
    #[serde(skip)]
    pub place: String,
}

/// From this quantity on, a piece costs this much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Tier {
    pub minimum_quantity: i64,
    pub price: Money,
}

impl Listing {
    pub fn minimum_quantity(&self) -> i64 {
        self.tiers.first().map_or(1, |tier| tier.minimum_quantity)
    }
}

/// The price of a piece at this quantity: the highest tier reached, or the first one below the minimum.
pub fn unit_price(tiers: &[Tier], quantity: i64) -> Option<Money> {
    let reached = tiers
        .iter()
        .rev()
        .find(|tier| tier.minimum_quantity <= quantity);
    reached.or(tiers.first()).map(|tier| tier.price)
}
