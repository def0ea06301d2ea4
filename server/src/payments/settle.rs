//! Asking the provider, and asking after what it did not answer.

use crate::{
    payments::{
        Payments,
        model::{Payment, PaymentState},
        provider::{Asked, Charge, PaymentProvider, Standing},
        storage,
    },
    platform::{Platform, crash::crash_point, outbox::JobError},
};
use sea_orm::DbErr;
use std::time::Duration;
use uuid::Uuid;

/// A provider that has not answered by then counts as unknown.
const ANSWER_DEADLINE: Duration = Duration::from_secs(3);

impl Payments {
    /// Takes the payment as far as it goes now: authorised and captured, declined, waiting for the shopper, or unknown.
    /// May be repeated, also side by side.
    pub async fn settle(&self, scope_id: Uuid, payment_id: Uuid) -> Result<Standing, DbErr> {
        let Some(payment) = storage::find(self.platform.db.reader(), scope_id, payment_id).await?
        else {
            return Ok(Standing::Unknown);
        };
        let Some(provider) = self.provider(&payment.method.provider) else {
            return Ok(Standing::Declined);
        };
        match payment.state {
            PaymentState::Captured => return Ok(Standing::Captured),
            PaymentState::Declined => return Ok(Standing::Declined),
            PaymentState::Cancelled => return Ok(Standing::TakenBack),
            _ => {}
        }
        let charge = Charge {
            payment_id,
            token: payment.method.token.clone(),
            amount: payment.amount,
        };
        let mut standing = self.ask(scope_id, &payment, provider, &charge).await?;
        if standing == Standing::Authorised {
            standing = in_time(provider.capture(&charge), Standing::Unknown).await;
        }
        crash_point("payments.charged");
        storage::record(&self.platform, scope_id, payment_id, standing).await?;
        Ok(standing)
    }

    /// The first time the provider is asked; later it is asked after, and asked again only if it never heard of it.
    async fn ask(
        &self,
        scope_id: Uuid,
        payment: &Payment,
        provider: &dyn PaymentProvider,
        charge: &Charge,
    ) -> Result<Standing, DbErr> {
        if payment.state != PaymentState::Created {
            let known = in_time(provider.look_up(payment.id), Some(Standing::Unknown)).await;
            if let Some(standing) = known {
                return Ok(standing);
            }
        }
        storage::processing(&self.platform, scope_id, payment.id).await?;
        Ok(in_time(provider.authorise(charge), Standing::Unknown).await)
    }

    /// Gives back whatever was held or taken: the job `payments.take_back`.
    pub async fn take_back(&self, scope_id: Uuid, payment_id: Uuid) -> Result<(), JobError> {
        let payment = storage::find(self.platform.db.reader(), scope_id, payment_id).await?;
        let Some(payment) = payment else {
            return Ok(());
        };
        let Some(provider) = self.provider(&payment.method.provider) else {
            return Ok(());
        };
        match in_time(provider.refund(payment_id), Standing::Unknown).await {
            Standing::Unknown => Err(JobError("the provider did not answer".to_owned())),
            standing => Ok(storage::record(&self.platform, scope_id, payment_id, standing).await?),
        }
    }
}

/// Something happened to a payment: its checkout goes on. Unknown payments are ignored.
pub async fn heard_of(platform: &Platform, payment_id: Uuid) -> Result<(), DbErr> {
    let reader = platform.db.reader();
    let Some(scope_id) = storage::scope_of(reader, payment_id).await? else {
        return Ok(());
    };
    let Some(payment) = storage::find(reader, scope_id, payment_id).await? else {
        return Ok(());
    };
    let step = serde_json::json!({ "scope_id": scope_id, "intent": payment.intent });
    let outbox = platform.outbox.clone();
    platform
        .db
        .write(move |tx| {
            let (outbox, step) = (outbox.clone(), step.clone());
            Box::pin(async move { outbox.enqueue(tx, "checkout.step", &step).await })
        })
        .await
}

async fn in_time<T>(asked: Asked<'_, T>, silence: T) -> T {
    tokio::time::timeout(ANSWER_DEADLINE, asked)
        .await
        .unwrap_or(silence)
}
