//! What lies where, and what is held for whom: with the maker, and in shared warehouses near the buyer.
//!
//! Invariant: `0 <= reserved <= on_hand` for every variant in every place, kept by conditional updates alone; nobody
//! reads a count and writes it back. A reservation is a row keyed by `(order group, sku)`, so reserving, releasing and
//! shipping may be repeated and take effect once. Every change is a typed movement, and the counters are proved anew
//! from them every day.
//!
//! What is not there yet may be promised: `0 <= back_ordered <= promised`, kept the same way. A line is taken whole from
//! one pool, from what is on hand where that is enough, else from the promise; what comes goes to those who wait first,
//! oldest first.

mod ageing;
mod missing;
mod movement;
mod promise;
mod prove;
mod storage;
mod sweep;
pub mod transfer;
mod warehouse;

pub use ageing::{Ages, Held, of_shop};
pub use missing::{Missing, miss};
pub use movement::Movement;
pub use promise::{
    Coming, MAX_DAYS_AHEAD, Promise, TOLD_JOB, arrive, coming, may_come, promise, promises, tell,
    waits, withdraw,
};
pub use prove::{PROVE_JOB, PROVE_SECONDS, prove};
pub use storage::{
    Count, Wanted, available, keep, release, release_expired, reserve, set_low_mark, set_on_hand,
    ship,
};
pub use sweep::{SWEEP_JOB, SWEEP_SECONDS, sweep};
pub use warehouse::{Shelf, Warehouse, find, list, open, shelves};

/// A line cannot be held: so many are left in the place that has most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    pub sku: String,
    pub available: i64,
}
