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

use crate::{
    cart::Carts,
    checkout::{self, Checkouts},
    planted::Planted,
    platform::{Platform, db::Tx},
    registers::Registers,
    scope::{OpContext, Revision},
};
use sampan_engine::outcome::Outcome;
use sea_orm::DbErr;
use serde_json::{Map, Value};
use std::sync::{Arc, atomic::AtomicUsize};

/// The rooms that take part in sync.
#[derive(Clone)]
pub struct SyncedRooms {
    pub carts: Carts,
    pub registers: Registers,
    checkouts: Checkouts,
    outcomes: outcomes::Outcomes,
    planted: Planted,
    #[cfg(feature = "planted")]
    late_ops: Arc<std::sync::Mutex<Vec<ops::OpRow>>>,
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
    pub fn new(carts: Carts, checkouts: Checkouts, planted: Planted) -> Self {
        Self {
            carts,
            registers: Registers,
            checkouts,
            outcomes: outcomes::Outcomes { planted },
            planted,
            #[cfg(feature = "planted")]
            late_ops: Arc::default(),
        }
    }

    /// With the bug that writes op rows after the commit: keeps them until then.
    #[cfg(feature = "planted")]
    fn put_off(&self, rows: &[ops::OpRow]) -> bool {
        let is_planted = self
            .planted
            .is(crate::planted::Bug::OpRowOutsideTransaction);
        if is_planted {
            self.late_ops
                .lock()
                .expect("BUG: nobody panics with it")
                .extend(rows.iter().cloned());
        }
        is_planted
    }

    /// What [`Self::put_off`] kept, in a transaction of its own.
    #[cfg(feature = "planted")]
    async fn write_late_ops(&self, platform: &Platform) -> Result<(), DbErr> {
        let late = std::mem::take(&mut *self.late_ops.lock().expect("BUG: nobody panics with it"));
        let late = Arc::new(late);
        platform
            .db
            .write(move |tx| {
                let late = late.clone();
                Box::pin(async move { ops::insert(tx, &late).await })
            })
            .await
    }

    #[cfg(not(feature = "planted"))]
    const fn put_off(&self, _: &[ops::OpRow]) -> bool {
        false
    }

    /// An op that runs alone, inside the exchange's transaction.
    async fn command(
        &self,
        tx: &Tx,
        at: &OpContext,
        revision: Revision,
        kind: &str,
        rest: Map<String, Value>,
    ) -> Result<Outcome, DbErr> {
        checkout::command(&self.checkouts, tx, at, revision, kind, rest).await
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
