//! From a cart to a placed order, online or queued on the phone, by one state machine.
//!
//! `queued → reserving → authorising → placed | cancelled` (or `withdrawn` while queued). Invariant: every step is
//! idempotent and starts from the stored state, so a crash, a repeat or two drivers at once place one order and take
//! one payment, and a checkout that ends otherwise leaves nothing charged and gives the lines back.

mod model;
mod storage;

pub use model::State;
pub use storage::changes;
