//! Stock that was held for a payment which never came goes back to the shelf.

use crate::{
    platform::{Platform, db},
    stock::{promise, storage},
};
use sea_orm::DbErr;
use uuid::Uuid;

/// The id of the recurring job, so that it exists once.
pub const SWEEP_JOB: Uuid = Uuid::from_u128(0x5a4d_5057_5357_4550_0000_0000_0000_0002);
/// How often it looks.
pub const SWEEP_SECONDS: i64 = 60;
/// Order groups a transaction.
const GROUPS_AT_ONCE: u32 = 100;

/// The job `stock.sweep`. A checkout that still goes on holds its lines anew before it places an order.
pub async fn sweep(platform: &Platform) -> Result<(), DbErr> {
    let now = platform.now().micros();
    let due = "SELECT 1 AS one FROM reservation WHERE state = 'held' AND until < $1 LIMIT 1";
    if db::fetch_one(platform.db.reader(), due, [now.into()])
        .await?
        .is_none()
    {
        return Ok(());
    }
    let outbox = platform.outbox.clone();
    platform
        .db
        .write(move |tx| {
            let outbox = outbox.clone();
            Box::pin(async move {
                let served = storage::release_expired(tx, now, GROUPS_AT_ONCE).await?;
                promise::tell(&outbox, tx, served).await
            })
        })
        .await
}
