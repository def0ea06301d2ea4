//! Technique: what every room stands on. Knows no table but its own (jobs, assets, idempotency keys).
//!
//! [`Platform`] is the one handle that rooms take: database, clock, ids, keys, configuration.

pub mod assets;
pub mod clock;
pub mod config;
pub mod crash;
pub mod db;
pub mod events;
pub mod extract;
pub mod ids;
pub mod keys;
pub mod mail;
pub mod outbox;
pub mod outward;
pub mod problem;
pub mod signature;
pub mod smtp;
pub mod texts;
pub mod token;

use crate::planted::Planted;
use std::sync::Arc;

/// Everything that comes from outside, in one cheap-to-clone handle.
#[derive(Clone)]
pub struct Platform {
    pub db: db::Db,
    pub clock: Arc<dyn clock::Clock>,
    pub ids: Arc<dyn ids::Ids>,
    pub keys: Arc<keys::Keys>,
    pub config: Arc<config::Config>,
    pub outbox: outbox::Outbox,
    pub events: Arc<dyn events::Events>,
    pub mailer: Arc<dyn mail::Mailer>,
    /// The bug that a test planted; none in a shipped server.
    pub planted: Planted,
}

impl Platform {
    /// The present time, as the injected clock tells it.
    pub fn now(&self) -> sampan_engine::time::Timestamp {
        self.clock.now()
    }

    /// A new UUIDv7 for a row: ordered by time, unguessable enough for an id, never for a secret.
    pub fn new_id(&self) -> uuid::Uuid {
        self.ids.v7(self.clock.now())
    }
}
