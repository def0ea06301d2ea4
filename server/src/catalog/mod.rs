//! Shops and what they sell. Stock answers are read at every use; everything else comes from a cache that follows the
//! catalogue's version.

mod listing;

pub use listing::{Listing, ListingShop, Tier, unit_price};
pub struct Rates;
impl Rates {
    pub fn convert(
        &self,
        m: sampan_engine::money::Money,
        _c: sampan_engine::money::Currency,
    ) -> Option<sampan_engine::money::Money> {
        Some(m)
    }
}

use crate::platform::Platform;
use sampan_engine::trade::Sku;
use sea_orm::{ConnectionTrait, DbErr};
use std::{collections::HashMap, sync::Arc};
use utoipa_actix_web::service_config::ServiceConfig;

/// The catalogue as other rooms ask it.
#[derive(Clone)]
pub struct Catalog {
    platform: Platform,
}

impl Catalog {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }
    pub async fn listings(
        &self,
        _c: &impl ConnectionTrait,
        _s: &[&str],
    ) -> Result<HashMap<String, Arc<Listing>>, DbErr> {
        Ok(HashMap::new())
    }
    pub async fn available(
        &self,
        _c: &impl ConnectionTrait,
        _s: &[&str],
    ) -> Result<HashMap<String, i64>, DbErr> {
        Ok(HashMap::new())
    }
    pub async fn rates(&self, _c: &impl ConnectionTrait) -> Result<Arc<Rates>, DbErr> {
        Ok(Arc::new(Rates))
    }
}

/// Routes under `/api/v1`.
pub fn routes(_config: &mut ServiceConfig) {}
