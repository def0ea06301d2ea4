//! The seller's hand: batches to pack and ship, on a phone.
//!
//! Invariant: a seller reaches the batches of shops they are a member of and no others; membership is part of every
//! query. What they change belongs to a shopper, so it takes that shopper's revision.

mod barcode;
mod carry;
mod documents;
mod forward;
mod goods;
mod lanes;
mod missing;
mod picks;
mod routes;
mod ship;
mod stock;
mod storage;
mod transfers;

pub use routes::routes;

use crate::{
    landed_cost::LandedCost,
    platform::{
        Platform,
        outbox::{Job, JobEnd, JobError},
    },
};

/// Runs a job of this room.
pub async fn run(
    platform: &Platform,
    landed_cost: &LandedCost,
    job: &Job,
) -> Result<JobEnd, JobError> {
    match job.kind.as_str() {
        "sellers.carry" => carry::carry(platform, job).await,
        "sellers.demo_pack" => forward::pack(platform, landed_cost, job).await,
        kind => Err(JobError(format!("sellers has no job {kind}"))),
    }
}
