//! Carts: what a shopper wants, merged from every phone, and what the market answers today.
//!
//! Invariant: `quantity = winning set + adds that no set had seen`, never below zero; the merge never sees stock or
//! limits, and prices come from the catalogue at every read, never from a phone. A scope has exactly one open cart.

mod lifecycle;
mod line;
mod op;
mod routes;
mod storage;
mod synced;

pub use lifecycle::{
    CartClosed, CartRefusal, absorb, ensure_open, give_back, lines, notes, take_for_order,
};
pub use op::Op;
pub use routes::routes;

use crate::{catalog::Catalog, planted::Planted};

/// The cart room; asks the catalogue for products, prices and stock.
#[derive(Clone)]
pub struct Carts {
    catalog: Catalog,
    planted: Planted,
}

impl Carts {
    pub fn new(catalog: Catalog, planted: Planted) -> Self {
        Self { catalog, planted }
    }
}
