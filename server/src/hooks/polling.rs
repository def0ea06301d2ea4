//! The job `shipments.poll`: asks the carrier of one parcel again and again, until it has arrived or was silent for too
//! long.

use super::record::record;
use crate::{
    platform::{
        Platform,
        db::Tx,
        outbox::{Job, JobEnd, JobError},
    },
    shipments::{
        self, ParcelRow, Report,
        carriers::poll::{self, Asked, Poll, PollError},
    },
};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const DAY: i64 = 86_400;

/// Which parcel a `shipments.poll` asks for.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
struct Polling {
    scope_id: Uuid,
    parcel_id: Uuid,
}

/// From the hand-over on a parcel is asked for, if its carrier is one that is asked.
pub async fn begin(platform: &Platform, tx: &Tx, parcel: &ParcelRow) -> Result<(), DbErr> {
    if !poll::is_polled(platform, &parcel.carrier) {
        return Ok(());
    }
    let polling = Polling {
        scope_id: parcel.scope_id,
        parcel_id: parcel.id,
    };
    let (outbox, first) = (&platform.outbox, poll::first_pause(parcel.id));
    outbox
        .enqueue_in(tx, "shipments.poll", &polling, first)
        .await
}

/// One question, and when the next one comes. `carrier`: None while no carrier is asked, which may be so for a day only.
pub async fn run(
    platform: &Platform,
    carrier: Option<&dyn Poll>,
    job: &Job,
) -> Result<JobEnd, JobError> {
    let polling: Polling = job.payload()?;
    let Some(parcel) = find(platform, polling).await? else {
        return Ok(JobEnd::Done);
    };
    if poll::has_arrived(&parcel) {
        return Ok(JobEnd::Done);
    }
    let Some(carrier) = carrier.filter(|carrier| carrier.is_of(&parcel.carrier)) else {
        let heard_at = shipments::heard_at(platform.db.reader(), &parcel).await?;
        let next = poll::pace(&parcel, heard_at, platform.now());
        return Ok(next.map_or(JobEnd::Done, |_| JobEnd::Again { seconds: DAY }));
    };
    let mut at_least = 0;
    match carrier.ask(&parcel.number).await {
        Ok(Asked::Said(scans)) => {
            let reports: Vec<Report> = scans.into_iter().map(|scan| scan.report).collect();
            record(platform, parcel.scope_id, parcel.id, &reports).await?;
        }
        Ok(Asked::NotKnown) | Err(PollError::Unusable(_)) => {}
        Err(PollError::Wait { seconds }) => return Ok(again(&parcel, seconds)),
        Err(PollError::Failed { seconds }) => at_least = seconds,
    }
    let Some(parcel) = find(platform, polling).await? else {
        return Ok(JobEnd::Done);
    };
    let heard_at = shipments::heard_at(platform.db.reader(), &parcel).await?;
    let now = platform.now();
    match carrier.next(&parcel, heard_at, now) {
        Some(_) if at_least > 0 => Ok(again(&parcel, at_least)),
        Some(seconds) => Ok(JobEnd::Again { seconds }),
        None if poll::has_arrived(&parcel) => Ok(JobEnd::Done),
        None => {
            let expired = [poll::given_up(now)];
            record(platform, parcel.scope_id, parcel.id, &expired).await?;
            Ok(JobEnd::Done)
        }
    }
}

fn again(parcel: &ParcelRow, seconds: i64) -> JobEnd {
    let seconds = poll::jittered(seconds, parcel.id);
    JobEnd::Again { seconds }
}

async fn find(platform: &Platform, polling: Polling) -> Result<Option<ParcelRow>, DbErr> {
    let Polling {
        scope_id,
        parcel_id,
    } = polling;
    shipments::find_by_id(platform.db.reader(), scope_id, parcel_id).await
}
