//! What lies where, and what is held for whom: with the maker, and in shared warehouses near the buyer.
//!
//! Invariant: `0 <= reserved <= on_hand` for every variant in every place, kept by conditional updates alone; nobody
//! reads a count and writes it back. A reservation is a row keyed by `(order group, sku)`, so reserving, releasing and
//! shipping may be repeated and take effect once. Every change is a typed movement, and both counters are proved anew
//! from them every day.

mod ageing;
mod movement;
mod prove;
mod storage;
mod sweep;
pub mod transfer;
mod warehouse;

pub use ageing::{Ages, Held, of_shop};
pub use movement::Movement;
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
