//! The built-in provider: cards that work, are declined, ask their owner, or answer too late.
//!
//! It plays a provider on the other side of the network, so it keeps its own table and never shares a transaction
//! with ours.

use crate::{
    payments::provider::{Asked, Charge, PaymentProvider, Standing, WebhookError},
    platform::{Platform, db, signature},
};
use sampan_engine::time::Timestamp;
use sea_orm::{DbErr, Value};
use serde::Deserialize;
use uuid::Uuid;

pub const NAME: &str = "sandbox";

/// The sandbox's side of the counter.
pub struct Sandbox {
    platform: Platform,
}

/// What its web hook says: look at this payment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    payment_id: Uuid,
}

impl Sandbox {
    pub fn new(platform: Platform) -> Self {
        Self { platform }
    }

    /// The shopper's answer to their bank.
    pub async fn confirm(&self, payment_id: Uuid, accept: bool) -> Result<(), DbErr> {
        let state = if accept { "authorised" } else { "declined" };
        let text = "UPDATE sandbox_payment SET state = $2 WHERE payment_id = $1 AND state = 'requires_action'";
        self.write(text, vec![payment_id.into(), state.into()])
            .await
            .map(|_| ())
    }

    async fn take(&self, charge: &Charge) -> Result<Standing, DbErr> {
        let state = match charge.token.as_str() {
            "ok" | "timeout" => "authorised",
            "challenge" => "requires_action",
            _ => "declined",
        };
        let text = "INSERT INTO sandbox_payment (payment_id, token, state, amount_minor, currency, captured_minor, \
                    refunded_minor, charges) VALUES ($1, $2, $3, $4, $5, 0, 0, 0) ON CONFLICT (payment_id) DO NOTHING";
        let values = vec![
            charge.payment_id.into(),
            charge.token.as_str().into(),
            state.into(),
            charge.amount.minor.into(),
            charge.amount.currency.as_str().into(),
        ];
        let is_new = self.write(text, values).await? == 1;
        if is_new && charge.token == "timeout" {
            // Done at the provider, and then the line goes dead.
            return std::future::pending().await;
        }
        Ok(self
            .standing(charge.payment_id)
            .await?
            .unwrap_or(Standing::Unknown))
    }

    async fn standing(&self, payment_id: Uuid) -> Result<Option<Standing>, DbErr> {
        let text = "SELECT state FROM sandbox_payment WHERE payment_id = $1";
        let row = db::fetch_one(self.platform.db.reader(), text, [payment_id.into()]).await?;
        row.map(|row| {
            let state: String = row.try_get("", "state")?;
            Ok(match state.as_str() {
                "requires_action" => Standing::RequiresAction,
                "authorised" => Standing::Authorised,
                "captured" => Standing::Captured,
                "taken_back" => Standing::TakenBack,
                _ => Standing::Declined,
            })
        })
        .transpose()
    }

    /// Runs the statement, then tells where the payment stands.
    async fn change(&self, payment_id: Uuid, text: &'static str) -> Result<Standing, DbErr> {
        self.write(text, vec![payment_id.into()]).await?;
        Ok(self
            .standing(payment_id)
            .await?
            .unwrap_or(Standing::Unknown))
    }

    async fn write(&self, text: &'static str, values: Vec<Value>) -> Result<u64, DbErr> {
        self.platform
            .db
            .write(move |tx| {
                let values = values.clone();
                Box::pin(async move { db::execute(tx, text, values).await })
            })
            .await
    }
}

impl PaymentProvider for Sandbox {
    fn name(&self) -> &'static str {
        NAME
    }

    fn authorise<'a>(&'a self, charge: &'a Charge) -> Asked<'a, Standing> {
        Box::pin(async { self.take(charge).await.unwrap_or(Standing::Unknown) })
    }

    fn capture<'a>(&'a self, charge: &'a Charge) -> Asked<'a, Standing> {
        let text = "UPDATE sandbox_payment SET state = 'captured', captured_minor = amount_minor, charges = charges + 1 \
                    WHERE payment_id = $1 AND state = 'authorised'";
        Box::pin(async move {
            self.change(charge.payment_id, text)
                .await
                .unwrap_or(Standing::Unknown)
        })
    }

    fn refund(&self, payment_id: Uuid) -> Asked<'_, Standing> {
        let text = "UPDATE sandbox_payment SET state = 'taken_back', refunded_minor = captured_minor \
                    WHERE payment_id = $1 AND state IN ('requires_action', 'authorised', 'captured')";
        Box::pin(async move {
            match self.change(payment_id, text).await {
                Ok(Standing::Unknown) => Standing::TakenBack,
                Ok(standing) => standing,
                Err(_) => Standing::Unknown,
            }
        })
    }

    fn look_up(&self, payment_id: Uuid) -> Asked<'_, Option<Standing>> {
        Box::pin(async move {
            self.standing(payment_id)
                .await
                .unwrap_or(Some(Standing::Unknown))
        })
    }

    fn parse_webhook(
        &self,
        signature: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Uuid, WebhookError> {
        let secrets = &self.platform.keys.webhooks;
        let secret = secrets.get(NAME).or_else(|| secrets.get("generic"));
        let secret = secret.ok_or(WebhookError::Forged)?;
        signature::verify(secret, signature, body, now).map_err(|_| WebhookError::Forged)?;
        serde_json::from_slice(body)
            .map(|notice: Notice| notice.payment_id)
            .map_err(|_| WebhookError::Unreadable)
    }
}
