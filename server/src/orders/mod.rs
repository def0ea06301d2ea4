//! Orders: what was bought, of whom, and how far each batch has come.
//!
//! One order group a checkout, one order a shop, one batch an order for now. Invariant: a batch only moves as
//! `engine::parcel` allows, and each move takes the shopper's revision and bumps the order, so every phone sees it.

mod model;
mod number;
mod storage;

pub use model::{Contact, Order, OrderAddress, OrderBatch, OrderLine, OrderShop, ShipTo};
pub use storage::{changes, shop_name};
