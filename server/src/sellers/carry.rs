//! The demo's own carrier on the move: a state at a tap, or scan by scan on a clock.

use crate::{
    orders,
    platform::{
        Platform,
        db::{self, Tx},
        outbox::{Job, JobEnd, JobError},
    },
    scope::{Revision, in_scope_tx},
    sellers::ship::SellerError,
    shipments::{self, ParcelRow, Report},
};
use sampan_engine::parcel::ParcelState;
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which parcel a `sellers.carry` moves.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Carrying {
    pub scope_id: Uuid,
    pub parcel_id: Uuid,
    /// The days of the freight that was paid for.
    #[serde(default = "usual_days")]
    pub days: (i64, i64),
}

const fn usual_days() -> (i64, i64) {
    (5, 9)
}

/// The job `sellers.carry`: says what has happened by now, unless a tap was faster; then again until the parcel is
/// delivered.
pub async fn carry(platform: &Platform, job: &Job) -> Result<JobEnd, JobError> {
    let carrying: Carrying = job.payload()?;
    let reader = platform.db.reader();
    let parcel = shipments::find_by_id(reader, carrying.scope_id, carrying.parcel_id).await?;
    let Some(parcel) = parcel.filter(|parcel| shipments::next_state(parcel).is_some()) else {
        return Ok(JobEnd::Done);
    };
    let since = parcel.shipped_at.unwrap_or(parcel.last_event_at);
    let now = platform.now().micros();
    let (reports, wait) = shipments::by_the_clock(&parcel, since, carrying.days, now);
    let news = shipments::news(reader, &parcel, reports.clone()).await?;
    if !news.is_empty() {
        say(
            platform,
            carrying.scope_id,
            carrying.parcel_id,
            move |_, _| Ok(reports.clone()),
        )
        .await?;
    }
    Ok(wait.map_or(JobEnd::Done, |seconds| JobEnd::Again { seconds }))
}

/// Moves a parcel of the demo's carrier to its next state. `meant` is where it should be afterwards: there already, it
/// stays.
pub async fn step(
    platform: &Platform,
    scope_id: Uuid,
    parcel_id: Uuid,
    meant: Option<ParcelState>,
) -> Result<(), SellerError> {
    say(platform, scope_id, parcel_id, move |parcel, now| {
        if meant.is_some_and(|meant| meant == parcel.state) {
            return Ok(Vec::new());
        }
        let reports = shipments::reports_to_next(parcel, now);
        if reports.is_empty() {
            return Err(SellerError::AtTheEnd);
        }
        Ok(reports)
    })
    .await
}

/// Takes the scan called `key`, if it is the parcel's next; otherwise it has been taken, and nothing happens.
pub async fn take(
    platform: &Platform,
    scope_id: Uuid,
    parcel_id: Uuid,
    key: &str,
) -> Result<(), SellerError> {
    let key = key.to_owned();
    let reader = platform.db.reader();
    let parcel = shipments::find_by_id(reader, scope_id, parcel_id).await?;
    let parcel = parcel.ok_or(SellerError::NoSuchBatch)?;
    let next = next_leg(reader, &parcel).await?;
    let Some(leg) = next.filter(|leg| leg.key == key) else {
        return Ok(());
    };
    say(platform, scope_id, parcel_id, move |parcel, now| {
        let is_ahead = leg.state.rank() >= parcel.state.rank();
        Ok(is_ahead
            .then(|| shipments::report_of(parcel, leg, now))
            .into_iter()
            .collect())
    })
    .await
}

/// The scan that comes next on the way this parcel goes.
pub async fn next_leg(
    connection: &impl ConnectionTrait,
    parcel: &ParcelRow,
) -> Result<Option<shipments::Leg>, DbErr> {
    let known = shipments::known_events(connection, parcel).await?;
    let mut legs = shipments::legs_ahead(parcel).into_iter();
    Ok(legs.find(|leg| !known.contains(&leg.event_id(&parcel.number))))
}

/// Files what the carrier says, chosen by where the parcel is and what time it is once nobody else can move it. What is
/// said of one moment is spread over the time since the last event.
async fn say<F>(
    platform: &Platform,
    scope_id: Uuid,
    parcel_id: Uuid,
    choose: F,
) -> Result<(), SellerError>
where
    F: Fn(&ParcelRow, i64) -> Result<Vec<Report>, SellerError> + Clone + Send + Sync + 'static,
{
    let room = platform.clone();
    in_scope_tx(platform, scope_id, move |tx, revision| {
        let (platform, choose) = (room.clone(), choose.clone());
        Box::pin(async move {
            let parcel = own(tx, revision, parcel_id).await?;
            let now = platform.now().micros();
            let mut reports = shipments::news(tx, &parcel, choose(&parcel, now)?).await?;
            if reports.is_empty() {
                return Ok(());
            }
            if reports.iter().all(|report| report.at == now) {
                shipments::spread(&parcel, &mut reports, now);
            }
            orders::report(&platform, tx, revision, &parcel, &reports).await?;
            Ok(())
        })
    })
    .await
}

async fn own(tx: &Tx, revision: Revision, parcel_id: Uuid) -> Result<ParcelRow, SellerError> {
    let parcel = shipments::find_by_id(tx, revision.scope_id, parcel_id).await?;
    parcel.ok_or(SellerError::NoSuchBatch)
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
