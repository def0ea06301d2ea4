//! The journal: why a count is what it is.

use crate::platform::db::{self, Tx};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

/// What happened to pieces of a variant in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// First count of a variant, or taken in from a transfer.
    Received,
    /// Counted anew.
    Adjusted,
    /// Held for an order group.
    Reserved,
    /// No longer held, and still there.
    Released,
    /// Left with a batch.
    Shipped,
    /// Left for another place.
    Transferred,
    /// Sold out of what is promised.
    BackOrdered,
    /// Given back to what is promised.
    BackReleased,
    /// Came: no longer promised, and held on the shelf from then on.
    BackServed,
}

impl Movement {
    pub const fn as_str(self) -> &'static str {
        match self {
            Movement::Received => "received",
            Movement::Adjusted => "adjusted",
            Movement::Reserved => "reserved",
            Movement::Released => "released",
            Movement::Shipped => "shipped",
            Movement::Transferred => "transferred",
            Movement::BackOrdered => "back_ordered",
            Movement::BackReleased => "back_released",
            Movement::BackServed => "back_served",
        }
    }
}

/// A variant in a place.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    pub shop_id: Uuid,
    pub sku: &'a str,
    pub warehouse: Uuid,
}

impl Spot<'_> {
    /// `shop_id`, `sku`, `warehouse`: the key of its rows.
    pub fn key(self) -> [Value; 3] {
        [self.shop_id.into(), self.sku.into(), self.warehouse.into()]
    }
}

/// Writes that so many pieces came (or, below zero, went) because of `reference`; false if that was written before.
pub async fn once(
    tx: &Tx,
    spot: Spot<'_>,
    kind: Movement,
    reference: Uuid,
    quantity: i64,
    now_micros: i64,
) -> Result<bool, DbErr> {
    let text = "INSERT INTO stock_movement (shop_id, sku, warehouse, kind, reference, quantity, created_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shop_id, sku, warehouse, kind, reference) DO NOTHING";
    let values = values(spot, kind, reference, quantity, now_micros);
    Ok(db::execute(tx, text, values).await? == 1)
}

/// Writes it on top of what the same reference did before: an order group may hold, give back and hold again.
pub async fn more(
    tx: &Tx,
    spot: Spot<'_>,
    kind: Movement,
    reference: Uuid,
    quantity: i64,
    now_micros: i64,
) -> Result<(), DbErr> {
    let text = "INSERT INTO stock_movement (shop_id, sku, warehouse, kind, reference, quantity, created_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shop_id, sku, warehouse, kind, reference) \
                DO UPDATE SET quantity = stock_movement.quantity + excluded.quantity, created_at = excluded.created_at";
    let values = values(spot, kind, reference, quantity, now_micros);
    db::execute(tx, text, values).await.map(|_| ())
}

fn values(
    spot: Spot<'_>,
    kind: Movement,
    reference: Uuid,
    quantity: i64,
    now_micros: i64,
) -> [Value; 7] {
    [
        spot.shop_id.into(),
        spot.sku.into(),
        spot.warehouse.into(),
        kind.as_str().into(),
        reference.into(),
        quantity.into(),
        now_micros.into(),
    ]
}
