//! Hands each job of the outbox to its room.

use crate::{
    accounts,
    app::{Rooms, erasure},
    hooks, landed_cost, orders,
    platform::outbox::{Job, JobEnd, JobError, Lane, Runs},
    push, sellers, stock, sync,
};
use std::{future::Future, pin::Pin};

/// What waits for a service outside, and for which nothing else waits.
const MESSAGES: &[&str] = &[
    "push.send",
    "push.mail",
    "orders.mail",
    "accounts.mail",
    "shipments.poll",
];
/// One worker each: a push service or a mail relay that hangs holds up no checkout.
pub const LANES: [Lane; 2] = [Lane::Except(MESSAGES), Lane::Only(MESSAGES)];

/// Knows which room owns which kind of job.
pub struct Runner(pub Rooms);

impl Runs for Runner {
    fn is_vital(&self, kind: &str) -> bool {
        matches!(
            kind,
            "sync.sweep"
                | "stock.sweep"
                | "stock.prove"
                | "landed_cost.sweep"
                | "checkout.step"
                | "orders.waits"
                | "payments.take_back"
                | "app.erase"
                | "shipments.poll"
        )
    }

    fn run<'a>(
        &'a self,
        job: &'a Job,
    ) -> Pin<Box<dyn Future<Output = Result<JobEnd, JobError>> + Send + 'a>> {
        let room = job.kind.split('.').next().unwrap_or_default();
        Box::pin(async move {
            match room {
                "push" => push::run(&self.0.push, job).await,
                "accounts" => accounts::run_job(&self.0.platform, job).await,
                "app" => erasure::run_job(&self.0.platform, job).await,
                "sync" => {
                    sync::sweep(&self.0.platform).await?;
                    Ok(JobEnd::Again { seconds: 86_400 })
                }
                "checkout" => self.0.checkouts.run(job).await,
                "orders" if job.kind == stock::TOLD_JOB => {
                    orders::waits(&self.0.platform, job).await
                }
                "orders" => orders::mail(&self.0.platform, job).await,
                "payments" => self.0.payments.run(job).await,
                "stock" if job.kind == "stock.prove" => {
                    stock::prove(&self.0.platform).await?;
                    Ok(JobEnd::Again {
                        seconds: stock::PROVE_SECONDS,
                    })
                }
                "stock" => {
                    stock::sweep(&self.0.platform).await?;
                    Ok(JobEnd::Again {
                        seconds: stock::SWEEP_SECONDS,
                    })
                }
                "landed_cost" => {
                    landed_cost::sweep(&self.0.platform).await?;
                    Ok(JobEnd::Again {
                        seconds: landed_cost::SWEEP_SECONDS,
                    })
                }
                "sellers" => sellers::run(&self.0.platform, &self.0.landed_cost, job).await,
                "shipments" => hooks::poll(&self.0.platform, self.0.polled.as_deref(), job).await,
                _ => Err(JobError(format!("no room takes {}", job.kind))),
            }
        })
    }
}
