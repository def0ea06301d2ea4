//! A line as the shopper sees it: what they want, the product, and what the market answers as of now.

use crate::stock::Coming;
use crate::{
    cart::storage::LineRow,
    catalog::{Catalog, Listing, ListingShop, Rates, Tier, unit_price},
};
use sampan_engine::money::{Currency, Money};
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use std::{collections::HashMap, sync::Arc};

/// `cart_line` in sync and in `GET /carts/{id}`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CartLineValue {
    pub quantity: i64,
    pub note: Option<String>,
    /// None when the product is no longer known at all.
    pub product: Option<CartProduct>,
    pub market: MarketAnswer,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CartProduct {
    pub title: String,
    pub image: Option<String>,
    /// A piece at this quantity, in the shopper's currency.
    pub price: Money,
    pub tiers: Vec<Tier>,
    pub shop: ListingShop,
}

/// What the market says to the wish; it never changes the wish.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MarketAnswer {
    pub available: i64,
    /// What comes and may be ordered already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coming: Option<Coming>,
    pub minimum_quantity: i64,
    pub pack_step: i64,
    pub max_per_order: Option<i64>,
    /// The price a piece when the shopper last touched the line, if it was another.
    pub price_changed_from: Option<Money>,
    /// `unlisted`, `below_minimum`, `not_in_steps`, `above_maximum` or `short_stock`.
    pub problem: Option<&'static str>,
}

/// What is needed to value lines, fetched once for many of them.
pub struct Market {
    listings: HashMap<String, Arc<Listing>>,
    available: HashMap<String, i64>,
    coming: HashMap<String, Coming>,
    rates: Arc<Rates>,
}

impl Market {
    pub async fn ask(
        catalog: &Catalog,
        connection: &impl ConnectionTrait,
        skus: &[&str],
    ) -> Result<Self, DbErr> {
        if skus.is_empty() {
            let rates = catalog.rates().await?;
            return Ok(Self {
                listings: HashMap::new(),
                available: HashMap::new(),
                coming: HashMap::new(),
                rates,
            });
        }
        Ok(Self {
            listings: catalog.listings(skus).await?,
            available: catalog.available(connection, skus).await?,
            coming: catalog.coming(connection, skus).await?,
            rates: catalog.rates().await?,
        })
    }

    /// The line in the shopper's currency; the seller's, where no rate is known.
    pub fn value(&self, row: &LineRow, currency: Currency) -> CartLineValue {
        let quantity = row.merge.quantity();
        let listing = self.listings.get(&row.line);
        let shown = |money: Money| self.rates.convert(money, currency).unwrap_or(money);
        let product = listing.and_then(|listing| {
            let tier = |tier: &Tier| Tier {
                price: shown(tier.price),
                ..*tier
            };
            Some(CartProduct {
                title: listing.title.clone(),
                image: listing.image.clone(),
                price: shown(unit_price(&listing.tiers, quantity)?),
                tiers: listing.tiers.iter().map(tier).collect(),
                shop: listing.shop.clone(),
            })
        });
        CartLineValue {
            quantity,
            note: row.note.clone(),
            product,
            market: self.answer(row, quantity, listing, shown),
        }
    }

    fn answer(
        &self,
        row: &LineRow,
        quantity: i64,
        listing: Option<&Arc<Listing>>,
        shown: impl Fn(Money) -> Money,
    ) -> MarketAnswer {
        let Some(listing) = listing else {
            return MarketAnswer {
                available: 0,
                coming: None,
                minimum_quantity: 1,
                pack_step: 1,
                max_per_order: None,
                price_changed_from: None,
                problem: Some("unlisted"),
            };
        };
        let available = self.available.get(&row.line).copied().unwrap_or(0).max(0);
        let coming = self.coming.get(&row.line);
        let minimum_quantity = listing.minimum_quantity();
        let problem = if !listing.is_listed {
            Some("unlisted")
        } else if quantity < minimum_quantity {
            Some("below_minimum")
        } else if listing
            .max_per_order
            .is_some_and(|maximum| quantity > maximum)
        {
            Some("above_maximum")
        } else if quantity % listing.pack_step.max(1) != 0 {
            Some("not_in_steps")
        } else if quantity > available && coming.is_none_or(|coming| coming.available < quantity) {
            Some("short_stock")
        } else {
            None
        };
        let first_price = listing.tiers.first().map(|tier| tier.price);
        let seen = row
            .seen_price
            .as_ref()
            .and_then(|(minor, currency)| Some(Money::new(*minor, Currency::parse(currency)?)));
        MarketAnswer {
            available,
            coming: coming.cloned(),
            minimum_quantity,
            pack_step: listing.pack_step,
            max_per_order: listing.max_per_order,
            price_changed_from: seen
                .filter(|seen| first_price.is_some_and(|price| price != *seen))
                .map(shown),
            problem,
        }
    }
}

/// The seller's price a shopper sees when they touch a line.
pub fn price_seen(listing: &Listing) -> Option<(i64, String)> {
    listing
        .tiers
        .first()
        .map(|tier| (tier.price.minor, tier.price.currency.to_string()))
}
