//! Shops and what they sell. Stock answers are read at every use; everything else comes from a picture in memory that
//! follows the catalogue's version.
//!
//! Invariant: whoever writes a shop, an offer or a rate moves the version in the same transaction, so no server shows
//! an old price for longer than [`VERSION_CHECK`].

mod classify;
mod import;
mod listing;
mod market;
mod media;
mod members;
mod product;
mod products;
mod rates;
mod reply;
mod search;
mod shelf;
mod shops;
pub mod words;

pub use import::{
    CatalogueImport, FxReport, ImportError, Importer, Pictures, Report, RowError, StockImport,
    StockReport, catalogue_map::Map,
};
pub use listing::{Listing, ListingShop, Tier, unit_price};
pub use members::{MemberShop, add_member, add_member_of_all, shops_of};
pub use product::ProductDetail;
pub use products::{ProductItem, ProductPage, ProductQuery, ProductSort};
pub use rates::{CrossRate, Rates};
pub use shops::{Shop, ShopPage, ShopQuery};

use crate::platform::{Platform, problem::Problem};
use actix_web::web;
use market::Market;
use reply::{Replies, Reply};
use sea_orm::{ConnectionTrait, DbErr};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use utoipa_actix_web::service_config::ServiceConfig;

/// How old the picture in memory may be.
pub const VERSION_CHECK: Duration = Duration::from_secs(1);
/// No check was made yet, or somebody in this process wrote.
const NEVER: u64 = u64::MAX;

/// The catalogue as other rooms ask it; cheap to clone.
#[derive(Clone)]
pub struct Catalog {
    platform: Platform,
    shared: Arc<Shared>,
}

/// Goods codes, countries of origin, countries that parcels leave from, and UN numbers.
#[derive(Clone, Debug, Default)]
pub struct Sold {
    pub hs6: BTreeSet<String>,
    pub origins: BTreeSet<String>,
    pub ships_from: BTreeSet<String>,
    pub dangerous_goods: BTreeSet<String>,
}

/// A maker as papers name it.
#[derive(Clone, Debug)]
pub struct Maker {
    pub name: String,
    /// Street and place, then after `; ` an electronic address.
    pub address: String,
}

struct Shared {
    market: RwLock<Arc<Market>>,
    refresh: tokio::sync::Mutex<()>,
    started: Instant,
    /// Milliseconds after `started` of the last look at the version.
    checked: AtomicU64,
    replies: Replies,
    pictures: media::Shown,
}

impl Catalog {
    pub fn new(platform: Platform) -> Self {
        let shared = Shared {
            market: RwLock::default(),
            refresh: tokio::sync::Mutex::default(),
            started: Instant::now(),
            checked: AtomicU64::new(NEVER),
            replies: Replies::default(),
            pictures: media::Shown::default(),
        };
        Self {
            platform,
            shared: Arc::new(shared),
        }
    }

    /// Known variants, listed or not. Unknown SKUs are absent.
    pub async fn listings(&self, skus: &[&str]) -> Result<HashMap<String, Arc<Listing>>, DbErr> {
        let mut market = self.market().await?;
        if skus.iter().any(|sku| market.listing(sku).is_none()) {
            market = self.newest().await?;
        }
        let found = skus.iter().filter_map(|sku| {
            let listing = market.listing(sku)?.clone();
            Some(((*sku).to_owned(), listing))
        });
        Ok(found.collect())
    }

    /// Who makes and sends a shop's goods, as papers name them; None for a shop that nobody knows.
    pub async fn maker(&self, shop: &str) -> Result<Option<Maker>, DbErr> {
        let market = self.market().await?;
        Ok(market.shelves.get(shop).map(|shelf| Maker {
            name: shelf.shop.manufacturer.clone(),
            address: shelf.shop.address.clone(),
        }))
    }

    /// Units on hand minus reserved, by SKU.
    pub async fn available(
        &self,
        connection: &impl ConnectionTrait,
        skus: &[&str],
    ) -> Result<HashMap<String, i64>, DbErr> {
        crate::stock::available(connection, skus).await
    }

    /// What comes soonest of each variant and may be sold already.
    pub async fn coming(
        &self,
        connection: &impl ConnectionTrait,
        skus: &[&str],
    ) -> Result<HashMap<String, crate::stock::Coming>, DbErr> {
        crate::stock::coming(connection, skus, self.platform.now().day()).await
    }

    /// The latest reference rates.
    pub async fn rates(&self) -> Result<Arc<Rates>, DbErr> {
        Ok(self.market().await?.rates.clone())
    }

    /// What goods the market offers today, as far as a border looks at them.
    pub async fn sold(&self) -> Result<Sold, DbErr> {
        let market = self.market().await?;
        let mut sold = Sold::default();
        for variant in market.products().flat_map(|product| product.listed()) {
            let listing = &variant.listing;
            sold.hs6.extend(listing.hs6.clone());
            sold.origins.insert(listing.origin.clone());
            sold.ships_from.insert(listing.shop.country.clone());
            sold.dangerous_goods.extend(listing.dangerous_goods.clone());
        }
        Ok(sold)
    }

    /// Takes files in; call [`Catalog::written`] after.
    pub fn importer(&self) -> Importer {
        Importer::of(&self.platform)
    }

    /// The catalogue, at most [`VERSION_CHECK`] old.
    async fn market(&self) -> Result<Arc<Market>, DbErr> {
        let now = self.shared.started.elapsed().as_millis() as u64;
        let checked = self.shared.checked.load(Ordering::Acquire);
        let due = checked == NEVER || now >= checked + VERSION_CHECK.as_millis() as u64;
        if !due {
            return Ok(self.present());
        }
        self.newest().await
    }

    /// The catalogue as it is now: one small query, and a refresh when it moved. Many may wait for the one who looks,
    /// some of them inside a transaction, so it looks over a connection that none of them can hold.
    async fn newest(&self) -> Result<Arc<Market>, DbErr> {
        let _one_at_a_time = self.shared.refresh.lock().await;
        let connection = self.platform.db.apart();
        let now = self.shared.started.elapsed().as_millis() as u64;
        let checked = self.shared.checked.load(Ordering::Acquire);
        let version = market::version(connection).await?;
        let present = self.present();
        let current =
            if version < present.version || (version == present.version && checked != NEVER) {
                present
            } else {
                let today = self.platform.now().date();
                let fresh = Arc::new(present.refreshed(connection, version, &today).await?);
                *self
                    .shared
                    .market
                    .write()
                    .unwrap_or_else(PoisonError::into_inner) = fresh.clone();
                fresh
            };
        // Somebody who wrote meanwhile wants another look.
        let _ =
            self.shared
                .checked
                .compare_exchange(checked, now, Ordering::AcqRel, Ordering::Acquire);
        Ok(current)
    }

    fn present(&self) -> Arc<Market> {
        self.shared
            .market
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// An answer given before at this version.
    fn found(&self, market: &Market, asked: &str) -> Option<Arc<Reply>> {
        self.shared.replies.find(market.version, asked)
    }

    /// The answer given before at this version, or a new one, kept for the next.
    fn kept<T: serde::Serialize>(
        &self,
        market: &Market,
        asked: String,
        make: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<Arc<Reply>, Problem> {
        match self.found(market, &asked) {
            Some(reply) => Ok(reply),
            None => {
                let reply = Reply::of(&make()?)?;
                Ok(self.shared.replies.keep(market.version, asked, reply, None))
            }
        }
    }

    /// This process wrote the catalogue: the next reader looks at once.
    pub fn written(&self) {
        self.shared.checked.store(NEVER, Ordering::Release);
    }
}

/// Routes under `/api/v1`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(shops::list_shops)
        .service(shops::show_shop)
        .service(products::list_products)
        .service(product::show_product)
        .service(shelf::show_shelf);
}

/// `/media/<hash>.webp`
pub fn media_routes(config: &mut web::ServiceConfig) {
    config.route("/media/{name}", web::get().to(media::serve));
}
