//! What it costs to send a parcel: carriers' cards by zone and chargeable weight, and what carriers refuse.
//!
//! The life of an offer: a parcel (`Parcel`) meets the cards that hold on its day (`Tariffs`); each service of each carrier
//! answers with a price for the chargeable weight, or with the reason why it does not take it (`Refusal`).
//!
//! Weights are whole grams, room whole cubic millimetres, money whole minor units; nothing here is a float.

mod dangerous_goods;
mod offer;
mod tariffs;
#[cfg(test)]
mod tests;

pub use dangerous_goods::{DangerousGoods, Taking};
pub use offer::{Offer, Parcel, Piece, Refusal, chargeable_grams, offers};
pub use tariffs::{AdvanceFee, Card, Service, Tariffs, Zone};
