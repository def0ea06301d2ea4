//! Shops and what they sell. Stock answers are read at every use; everything else comes from a cache that follows the
//! catalogue's version.

mod listing;

pub use listing::{Listing, ListingShop, Tier};

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
}

/// Routes under `/api/v1`.
pub fn routes(_config: &mut ServiceConfig) {}
