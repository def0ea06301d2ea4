//! The heart's I/O: one round trip that takes a phone's ops and tells it what changed.
//!
//! ```text
//! routes ──► batcher ──► batch: one transaction ──► reply
//!              │            revision · devices · ops · rooms · outcomes · commit
//!              └─ while one commits, the next exchanges gather (at most 64, one a scope, no timer)
//! ```
//!
//! Invariants: effects, op rows, outcomes and revision commit together; an op takes effect at most once; a bad op is
//! an outcome of that op alone; a reply shows the effects of all acked ops. A database error acks nothing.

mod batch;
mod batcher;
mod devices;
mod exchange;
mod live;
mod op;
mod ops;
mod outcomes;
mod plan;
mod pull;
mod reply;
mod routes;
mod sweep;

pub use batcher::MAX_EXCHANGES;
pub use routes::routes;
pub use sweep::{SWEEP_JOB, sweep};

use crate::{cart::Carts, platform::Platform, registers::Registers};
use std::sync::{Arc, atomic::AtomicUsize};

/// The rooms that take part in sync.
#[derive(Clone)]
pub struct SyncedRooms {
    pub carts: Carts,
    pub registers: Registers,
    outcomes: outcomes::Outcomes,
}

/// Sync as handlers ask it: the rooms and the batcher in front of them.
#[derive(Clone)]
pub struct Sync {
    platform: Platform,
    rooms: SyncedRooms,
    batcher: batcher::Batcher,
    /// Live streams open on this node.
    streams: Arc<AtomicUsize>,
}

impl SyncedRooms {
    pub fn new(carts: Carts) -> Self {
        Self {
            carts,
            registers: Registers,
            outcomes: outcomes::Outcomes,
        }
    }
}

impl SyncedRooms {
    /// An op that runs alone, inside the exchange's transaction.
    async fn command(
        &self,
        _tx: &crate::platform::db::Tx,
        _at: &crate::scope::OpContext,
        _revision: crate::scope::Revision,
        _kind: &str,
        _rest: serde_json::Map<String, serde_json::Value>,
    ) -> Result<sampan_engine::outcome::Outcome, sea_orm::DbErr> {
        Ok(sampan_engine::outcome::Outcome::rejected("unknown_kind"))
    }
}

impl Sync {
    /// Starts the batcher; it stops when the last handle is dropped. Must be called inside the server's runtime.
    /// A batch holds at most `max_exchanges`.
    pub fn start(platform: Platform, rooms: SyncedRooms, max_exchanges: usize) -> Self {
        let batcher = batcher::Batcher::start(platform.clone(), rooms.clone(), max_exchanges);
        Self {
            platform,
            rooms,
            batcher,
            streams: Arc::default(),
        }
    }
}
