//! Sampan: small-batch cross-border commerce on a phone.
//!
//! The rooms in reading order. `scope` says whose data it is, `sync` is the heart's I/O, the rest is the trade.
//! Direction: `main → app → sync → rooms → scope → platform → engine`.

pub mod planted;

pub mod platform;

pub mod scope;

pub mod sync;

pub mod accounts;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod hooks;
pub mod landed_cost;
pub mod orders;
pub mod payments;
pub mod registers;
pub mod sellers;
pub mod shipments;
pub mod stock;

pub mod push;

pub mod app;
