//! What is on a shop's shelf and what is held for whom. One warehouse a shop.
//!
//! Invariant: `0 <= reserved <= on_hand` for every variant, kept by conditional updates alone; nobody reads a count and
//! writes it back. A reservation is a row keyed by `(order group, sku)`, so reserving, releasing and shipping may be
//! repeated and take effect once.

mod storage;
mod sweep;

pub use storage::{Count, available, keep, release, release_expired, reserve, set_on_hand, ship};
pub use sweep::{SWEEP_JOB, SWEEP_SECONDS, sweep};

/// A line cannot be held: so many are left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    pub sku: String,
    pub available: i64,
}

/// How pieces came to a shelf or left it. Pieces that are only held move nothing: that is a reservation's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// First count of a variant.
    Received,
    /// Counted anew.
    Adjusted,
    Shipped,
}

impl Movement {
    fn as_str(self) -> &'static str {
        match self {
            Movement::Received => "received",
            Movement::Adjusted => "adjusted",
            Movement::Shipped => "shipped",
        }
    }
}
