//! The API as clients see it. Each test starts the real server on a free port, over its own database.

mod accounts;
mod app;
mod backup;
mod bad_days;
mod carriers;
mod catalog;
mod catalog_import;
mod checkout;
mod contract;
pub mod device;
mod forward;
mod health;
mod interleaving;
mod landed_cost;
mod lanes;
mod linked;
mod links;
mod mail;
mod market;
mod nodes;
mod notes;
mod orders;
mod outbox;
mod packing;
mod papers;
pub mod phone;
mod polling;
mod push;
mod quotes;
mod shell;
mod shipments;
mod sync;
mod trade;
mod traps;
mod warehouses;

pub use app::{TestApp, spawn_app, spawn_app_with};
