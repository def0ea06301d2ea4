//! Our own record of a payment.

use crate::payments::provider::Standing;
use crate::platform::problem::FieldError;
use sampan_engine::money::Money;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const MAX_TOKEN_CHARS: usize = 200;

/// How the shopper pays.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentMethod {
    /// `sandbox`
    pub provider: String,
    /// The sandbox's cards: `ok`, `declined`, `challenge` or `timeout`.
    pub token: String,
}

/// A payment about to begin.
#[derive(Clone, Debug)]
pub struct NewPayment {
    pub id: Uuid,
    pub intent: String,
    pub method: PaymentMethod,
    pub amount: Money,
}

/// What we know of a payment.
#[derive(Clone, Debug)]
pub struct Payment {
    pub id: Uuid,
    pub intent: String,
    pub method: PaymentMethod,
    pub state: PaymentState,
    pub amount: Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// The provider was not asked yet.
    Created,
    /// The provider is being asked, or was when we last heard.
    Processing,
    RequiresAction,
    Authorised,
    Captured,
    Declined,
    Cancelled,
    /// The provider did not answer; it is asked after.
    Unknown,
}

impl PaymentMethod {
    pub fn problems(&self) -> Vec<FieldError> {
        let error = |field: &str, detail: &str| FieldError {
            pointer: format!("/payment_method/{field}"),
            detail: detail.to_owned(),
        };
        let mut problems = Vec::new();
        if self.provider != "sandbox" {
            problems.push(error("provider", "Only sandbox can be paid with."));
        } else if !["ok", "declined", "challenge", "timeout"].contains(&self.token.as_str()) {
            problems.push(error(
                "token",
                "One of the sandbox's cards: ok, declined, challenge or timeout.",
            ));
        }
        if self.token.len() > MAX_TOKEN_CHARS {
            problems.push(error("token", "At most 200 characters."));
        }
        problems
    }
}

impl PaymentState {
    const ALL: [PaymentState; 8] = [
        PaymentState::Created,
        PaymentState::Processing,
        PaymentState::RequiresAction,
        PaymentState::Authorised,
        PaymentState::Captured,
        PaymentState::Declined,
        PaymentState::Cancelled,
        PaymentState::Unknown,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            PaymentState::Created => "created",
            PaymentState::Processing => "processing",
            PaymentState::RequiresAction => "requires_action",
            PaymentState::Authorised => "authorised",
            PaymentState::Captured => "captured",
            PaymentState::Declined => "declined",
            PaymentState::Cancelled => "cancelled",
            PaymentState::Unknown => "unknown",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

impl From<Standing> for PaymentState {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::RequiresAction => PaymentState::RequiresAction,
            Standing::Authorised => PaymentState::Authorised,
            Standing::Captured => PaymentState::Captured,
            Standing::Declined => PaymentState::Declined,
            Standing::TakenBack => PaymentState::Cancelled,
            Standing::Unknown => PaymentState::Unknown,
        }
    }
}
