//! From a cart to a placed order, online or queued on the phone, by one state machine.
//!
//! `queued → reserving → authorising → placed | cancelled` (or `withdrawn` while queued). Invariant: every step is
//! idempotent and starts from the stored state, so a crash, a repeat or two drivers at once place one order and take
//! one payment, and a checkout that ends otherwise leaves nothing charged and gives the lines back.

mod command;
mod machine;
mod model;
mod request;
mod routes;
mod storage;

pub use command::command;
pub use model::{State, Why};
pub use routes::routes;
pub use storage::changes;

use crate::{
    landed_cost::LandedCost,
    payments::Payments,
    platform::{
        Platform,
        outbox::{Job, JobEnd, JobError},
    },
};
use machine::Next;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long a job waits for a shopper or a provider before it looks again.
const LOOK_AGAIN_SECONDS: i64 = 5;

/// The room's handle.
#[derive(Clone)]
pub struct Checkouts {
    platform: Platform,
    landed_cost: LandedCost,
    payments: Payments,
}

/// Which checkout a `checkout.step` is about.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Stepping {
    pub scope_id: Uuid,
    pub intent: String,
}

impl Checkouts {
    pub fn new(platform: Platform, landed_cost: LandedCost, payments: Payments) -> Self {
        Self {
            platform,
            landed_cost,
            payments,
        }
    }

    /// The job `checkout.step`: goes on until there is nothing left to do, or somebody else must act first.
    pub async fn run(&self, job: &Job) -> Result<JobEnd, JobError> {
        let Stepping { scope_id, intent } = job.payload()?;
        loop {
            match self.step(scope_id, &intent).await? {
                Next::Again => {}
                Next::Shopper | Next::Provider => {
                    return Ok(JobEnd::Again {
                        seconds: LOOK_AGAIN_SECONDS,
                    });
                }
                Next::End => return Ok(JobEnd::Done),
            }
        }
    }
}
