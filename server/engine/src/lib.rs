//! The heart of Sampan: rules without I/O.
//!
//! The life of an op, in the order the modules stand here: a phone writes an op (`protocol`), the server
//! puts it in its place (`sequence`), the cart decides what it means (`cart_merge`), and the phone hears
//! what became of it (`outcome`). Around it stand the words of the trade: `money`, `trade`, `parcel`, `time`.
//!
//! Nothing here reads a clock, makes an id, or talks to a database: everything comes in as a value,
//! so every rule can be replayed and checked against golden vectors.

pub mod cart_merge;
pub mod freight;
pub mod gtin;
pub mod landed_cost;
pub mod money;
pub mod outcome;
pub mod parcel;
pub mod protocol;
pub mod sequence;
pub mod time;
pub mod tracking_number;
pub mod trade;
