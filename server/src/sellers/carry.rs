//! The demo's own carrier on the move: a step at a tap, or on a clock.

use crate::{
    orders,
    platform::{
        Platform,
        db::{self, Tx},
        outbox::{Job, JobEnd, JobError},
    },
    scope::{Revision, in_scope_tx},
    sellers::ship::SellerError,
    shipments::{self, ParcelRow},
};
use sampan_engine::parcel::ParcelState;
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const HOUR_SECONDS: i64 = 3_600;

/// Which parcel a `sellers.carry` moves, and how often.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Carrying {
    pub scope_id: Uuid,
    pub parcel_id: Uuid,
    pub every_seconds: i64,
}

/// Seconds between two steps, so that the whole way takes about as long as the lane says; 2 to 24 hours.
pub fn pace(parcel: &ParcelRow, transit_days: i64) -> i64 {
    let steps = shipments::steps_left(parcel).max(1);
    (transit_days * 24 * HOUR_SECONDS / steps).clamp(2 * HOUR_SECONDS, 24 * HOUR_SECONDS)
}

/// The job `sellers.carry`: one step, unless a tap was faster; then again until the parcel is delivered.
pub async fn carry(platform: &Platform, job: &Job) -> Result<JobEnd, JobError> {
    let carrying: Carrying = job.payload()?;
    let reader = platform.db.reader();
    let parcel = shipments::find_by_id(reader, carrying.scope_id, carrying.parcel_id).await?;
    let Some(parcel) = parcel.filter(|parcel| shipments::next_state(parcel).is_some()) else {
        return Ok(JobEnd::Done);
    };
    let since = platform.now().micros() - parcel.last_event_at;
    if since >= carrying.every_seconds * 1_000_000 {
        let next = shipments::next_state(&parcel);
        step(platform, parcel.scope_id, parcel.id, next).await?;
    }
    Ok(JobEnd::Again {
        seconds: carrying.every_seconds,
    })
}

/// Moves a parcel of the demo's carrier one step. `meant` is where it should be afterwards: there already, it stays.
pub async fn step(
    platform: &Platform,
    scope_id: Uuid,
    parcel_id: Uuid,
    meant: Option<ParcelState>,
) -> Result<(), SellerError> {
    let room = platform.clone();
    in_scope_tx(platform, scope_id, move |tx, revision| {
        let platform = room.clone();
        Box::pin(async move { step_in(&platform, tx, revision, parcel_id, meant).await })
    })
    .await
}

async fn step_in(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    parcel_id: Uuid,
    meant: Option<ParcelState>,
) -> Result<(), SellerError> {
    let parcel = shipments::find_by_id(tx, revision.scope_id, parcel_id)
        .await?
        .ok_or(SellerError::NoSuchBatch)?;
    if meant.is_some_and(|meant| meant == parcel.state) {
        return Ok(());
    }
    let now = platform.now().micros();
    let report = shipments::next_report(&parcel, now).ok_or(SellerError::AtTheEnd)?;
    orders::report(platform, tx, revision, &parcel, &[report]).await?;
    Ok(())
}

/// Scope and batch of a parcel, if it is of one of the seller's shops.
pub async fn find(
    connection: &impl ConnectionTrait,
    seller: Uuid,
    parcel_id: Uuid,
) -> Result<Option<(Uuid, Uuid)>, DbErr> {
    let text = "SELECT p.scope_id, p.batch_id FROM parcel_directory f \
                JOIN parcel p ON p.scope_id = f.scope_id AND p.id = f.parcel_id \
                JOIN batch_directory d ON d.batch_id = p.batch_id JOIN shop s ON s.slug = d.shop_slug \
                JOIN shop_member m ON m.shop_id = s.id WHERE m.scope_id = $1 AND f.parcel_id = $2";
    let row = db::fetch_one(connection, text, [seller.into(), parcel_id.into()]).await?;
    row.map(|row| Ok((row.try_get("", "scope_id")?, row.try_get("", "batch_id")?)))
        .transpose()
}
