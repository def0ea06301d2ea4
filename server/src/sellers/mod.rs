//! The seller's hand: batches to pack and ship, on a phone.
//!
//! Invariant: a seller reaches the batches of shops they are a member of and no others; membership is part of every
//! query. What they change belongs to a shopper, so it takes that shopper's revision.

mod carry;
mod documents;
mod goods;
mod lanes;
mod routes;
mod ship;
mod stock;
mod storage;
mod transfers;

pub use carry::carry;
pub use routes::routes;
