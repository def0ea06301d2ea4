//! Taking money through a provider. Card data never touches us: a token stands for the card.
//!
//! Invariant: one payment an intent. The provider is asked outside any transaction, under the payment's own id, and
//! whatever it did not answer is asked after before anything is asked again: nobody is charged twice.

mod model;
mod provider;
mod routes;
mod sandbox;
mod settle;
mod storage;

pub use model::{NewPayment, PaymentMethod, PaymentState};
pub use provider::{Charge, PaymentProvider, Standing, WebhookError};
pub use routes::{PaymentView, routes};
pub use settle::heard_of;
pub use storage::{find, open};

use crate::platform::{
    Platform,
    outbox::{Job, JobEnd, JobError},
};
use sandbox::Sandbox;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// The room's handle.
#[derive(Clone)]
pub struct Payments {
    platform: Platform,
    sandbox: Arc<Sandbox>,
}

impl Payments {
    pub fn new(platform: Platform) -> Self {
        Self {
            sandbox: Arc::new(Sandbox::new(platform.clone())),
            platform,
        }
    }

    /// The provider of this name.
    pub fn provider(&self, name: &str) -> Option<&dyn PaymentProvider> {
        (name == self.sandbox.name()).then_some(&*self.sandbox as &dyn PaymentProvider)
    }

    /// The job `payments.take_back`: gives back whatever was held or taken.
    pub async fn run(&self, job: &Job) -> Result<JobEnd, JobError> {
        let TakingBack {
            scope_id,
            payment_id,
        } = job.payload()?;
        self.take_back(scope_id, payment_id).await?;
        Ok(JobEnd::Done)
    }
}

#[derive(Deserialize)]
struct TakingBack {
    scope_id: Uuid,
    payment_id: Uuid,
}
