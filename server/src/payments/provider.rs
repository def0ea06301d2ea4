//! What any payment provider must be able to do.

use sampan_engine::{money::Money, time::Timestamp};
use std::{future::Future, pin::Pin};
use uuid::Uuid;

/// A provider's answer on its way.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What is to be paid. The payment's id is the key under which the provider does it once.
#[derive(Clone, Debug)]
pub struct Charge {
    pub payment_id: Uuid,
    /// Stands for the card; made by the provider's own page or app.
    pub token: String,
    pub amount: Money,
}

/// Where a payment stands at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The shopper's bank wants to hear from the shopper.
    RequiresAction,
    /// The money is held on the card.
    Authorised,
    /// The money is ours.
    Captured,
    Declined,
    /// Let go before capture, or paid back after.
    TakenBack,
    /// No answer, or none that says anything: ask after it.
    Unknown,
}

/// Why a web hook is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    #[error("the signature does not hold")]
    Forged,
    #[error("the body is not one of this provider's")]
    Unreadable,
}

/// A way to take money. Every call may be repeated and takes effect once.
pub trait PaymentProvider: Send + Sync {
    fn name(&self) -> &'static str;

    /// Holds the amount on the card.
    fn authorise<'a>(&'a self, charge: &'a Charge) -> Asked<'a, Standing>;

    /// Takes what is held.
    fn capture<'a>(&'a self, charge: &'a Charge) -> Asked<'a, Standing>;

    /// Lets go of what is held, or pays back what was taken.
    fn refund(&self, payment_id: Uuid) -> Asked<'_, Standing>;

    /// Where a payment stands; None when the provider never heard of it.
    fn look_up(&self, payment_id: Uuid) -> Asked<'_, Option<Standing>>;

    /// Checks a web hook and tells which payment it is about; its standing is then looked up.
    fn parse_webhook(
        &self,
        signature: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Uuid, WebhookError>;
}
