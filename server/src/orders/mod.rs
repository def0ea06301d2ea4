//! Orders: what was bought, of whom, and how far each batch has come.
//!
//! One order group a checkout, one order a shop, one batch an order for now. Invariant: a batch only moves as
//! `engine::parcel` allows, is not packed before its goods came, and each move takes the shopper's revision and bumps the
//! order, so every phone sees it.

mod batch;
mod letter;
mod link;
mod model;
mod number;
mod place;
mod routes;
mod storage;
mod waits;

pub use batch::{BatchRefusal, batch_state, move_batch, report};
pub use letter::{Correspondent, correspondent, mail};
pub use model::{
    Contact, Order, OrderAddress, OrderBatch, OrderDetail, OrderLine, OrderShop, ShipTo,
};
pub use place::{Placing, cancel_group, open_group, place};
pub use routes::routes;
pub use storage::{changes, find, of_group, shop_name};
pub use waits::{expected, plan, waits};
