//! Pieces that should lie on the shelf and do not: found when an order is packed.

use super::{
    Movement, Shortage,
    movement::{self, Spot},
    promise,
};
use crate::platform::db::{self, Tx};
use sampan_engine::time::Day;
use sea_orm::{DbErr, Value};
use uuid::Uuid;

/// What was found.
#[derive(Clone, Debug)]
pub struct Missing {
    /// Names the find; told again it changes nothing.
    pub id: Uuid,
    pub sku: String,
    /// At least one.
    pub pieces: i64,
    /// When as many more come.
    pub expected_on: Day,
}

/// Takes pieces that were held for this group off the count. Free ones of the same shelf are held in their place; where
/// there are none, the group waits, first in line, for as many that come. Answers the order groups whose wait may have
/// changed. A shortage says how many are held on the shelf when those are fewer; then nothing that was written may stay.
pub async fn miss(
    tx: &Tx,
    order_group: Uuid,
    missing: &Missing,
    now_micros: i64,
) -> Result<Result<Vec<Uuid>, Shortage>, DbErr> {
    let Missing {
        id, sku, pieces, ..
    } = missing;
    let text = "SELECT shop_id, warehouse, quantity - shipped - waiting AS held FROM reservation \
                WHERE order_group = $1 AND sku = $2 AND state = 'held'";
    let values: [Value; 2] = [order_group.into(), sku.as_str().into()];
    let short = |available| Shortage {
        sku: sku.clone(),
        available,
    };
    let Some(row) = db::fetch_one(tx, text, values).await? else {
        return Ok(Err(short(0)));
    };
    let spot = Spot {
        shop_id: row.try_get("", "shop_id")?,
        sku,
        warehouse: row.try_get("", "warehouse")?,
    };
    if !movement::once(tx, spot, Movement::Adjusted, *id, -pieces, now_micros).await? {
        return Ok(Ok(Vec::new()));
    }
    promise::lock_or_make(tx, spot, missing.expected_on).await?;
    let short_of = take_off(tx, spot, *pieces).await?;
    let text = "UPDATE reservation SET waiting = waiting + $5 WHERE shop_id = $1 AND sku = $2 AND order_group = $3 \
                AND state = 'held' AND quantity - shipped - waiting >= $4";
    let values: [Value; 5] = [
        spot.shop_id.into(),
        sku.as_str().into(),
        order_group.into(),
        (*pieces).into(),
        short_of.into(),
    ];
    if db::execute(tx, text, values).await? == 0 {
        return Ok(Err(short(row.try_get("", "held")?)));
    }
    if short_of == 0 {
        return Ok(Ok(Vec::new()));
    }
    promise::owe(tx, spot, short_of, missing.expected_on).await?;
    for (kind, pieces) in [
        (Movement::Released, -short_of),
        (Movement::BackOrdered, short_of),
    ] {
        movement::more(tx, spot, kind, order_group, pieces, now_micros).await?;
    }
    // The day may be another for all who wait.
    let mut told = promise::groups(tx, spot).await?;
    told.push(order_group);
    Ok(Ok(told))
}

/// Takes held pieces off the count, and holds free ones in their place; answers for how many there are none.
async fn take_off(tx: &Tx, spot: Spot<'_>, pieces: i64) -> Result<i64, DbErr> {
    // From here on the row is ours, and what is free stays so.
    let text = "UPDATE stock SET on_hand = on_hand - $4, reserved = reserved - $4 \
                WHERE shop_id = $1 AND sku = $2 AND warehouse = $3 AND reserved >= $4";
    let [shop_id, sku, warehouse] = spot.key();
    db::execute(tx, text, [shop_id, sku, warehouse, pieces.into()]).await?;
    let text = "SELECT on_hand - reserved AS free FROM stock WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    let free: i64 = match db::fetch_one(tx, text, spot.key()).await? {
        Some(row) => row.try_get("", "free")?,
        None => 0,
    };
    let replaced = pieces.min(free);
    let text = "UPDATE stock SET reserved = reserved + $4 WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    let [shop_id, sku, warehouse] = spot.key();
    db::execute(tx, text, [shop_id, sku, warehouse, replaced.into()]).await?;
    Ok(pieces - replaced)
}
