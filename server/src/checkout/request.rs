//! Reading what is asked for, over REST or in an op, and keeping it under its intent.

use crate::{
    checkout::model::Request,
    orders::{Contact, ShipTo},
    payments::PaymentMethod,
    platform::problem::FieldError,
};
use sampan_engine::{money::Money, protocol::MAX_QUANTITY, trade::Sku};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

const MAX_LINES: usize = 200;

/// `POST /checkouts`
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckoutRequest {
    pub cart_id: Uuid,
    pub quote_id: Uuid,
    pub ship_to: ShipTo,
    pub contact: Contact,
    pub payment_method: PaymentMethod,
}

/// The fields of `checkout.place`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceOp {
    pub intent: String,
    /// None: the open one.
    #[serde(default)]
    pub cart: Option<Uuid>,
    #[serde(default)]
    pub quote_id: Option<Uuid>,
    pub lines: Vec<PlaceLine>,
    pub ship_to: ShipTo,
    pub contact: Contact,
    pub payment_method: PaymentMethod,
    pub max_total: Money,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceLine {
    #[serde(alias = "line")]
    pub sku: Sku,
    pub quantity: i64,
}

/// The fields of `checkout.withdraw`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawOp {
    pub intent: String,
}

/// A UUID, or 8 to 64 letters, digits, dots, underscores and hyphens.
pub fn is_intent(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (8..=64).contains(&text.len()) && text.bytes().all(allowed)
}

impl CheckoutRequest {
    pub fn problems(&self) -> Vec<FieldError> {
        problems(&self.ship_to, &self.contact, &self.payment_method)
    }

    /// The cart is left out: after an order it is another, and the quote says what is bought.
    pub fn hash(&self) -> Vec<u8> {
        hash(&(
            "rest",
            self.quote_id,
            &self.ship_to,
            &self.contact,
            &self.payment_method,
        ))
    }
}

impl PlaceOp {
    pub fn problems(&self) -> Vec<FieldError> {
        let error = |pointer: &str, detail: &str| FieldError {
            pointer: pointer.to_owned(),
            detail: detail.to_owned(),
        };
        let mut found = problems(&self.ship_to, &self.contact, &self.payment_method);
        if !is_intent(&self.intent) {
            found.push(error("/intent", "A UUID, or 8 to 64 letters and digits."));
        }
        let bounds = 1..=MAX_QUANTITY;
        let counts = |line: &PlaceLine| bounds.contains(&line.quantity);
        if !(1..=MAX_LINES).contains(&self.lines.len()) || !self.lines.iter().all(counts) {
            found.push(error(
                "/lines",
                "1 to 200 lines of 1 to 1,000,000 pieces each.",
            ));
        }
        if self.max_total.minor < 0 {
            found.push(error("/max_total", "An amount, not less than nothing."));
        }
        found
    }

    pub fn into_request(self) -> Request {
        let lines = self.lines.into_iter();
        Request {
            quote_id: self.quote_id,
            lines: lines
                .map(|line| (line.sku.as_str().to_owned(), line.quantity))
                .collect(),
            ship_to: self.ship_to,
            contact: self.contact,
            payment_method: self.payment_method,
            max_total: self.max_total,
        }
    }
}

/// Tells one request from another under the same intent.
pub fn hash(request: &impl serde::Serialize) -> Vec<u8> {
    let text = serde_json::to_vec(request).unwrap_or_default();
    Sha256::digest(text).to_vec()
}

fn problems(ship_to: &ShipTo, contact: &Contact, method: &PaymentMethod) -> Vec<FieldError> {
    let mut found = ship_to.problems();
    if !ship_to.country.is_assigned() {
        found.push(FieldError {
            pointer: "/ship_to/country".to_owned(),
            detail: "Not a country; send its ISO 3166-1 code, such as PT.".to_owned(),
        });
    }
    found.extend(contact.problems());
    found.extend(method.problems());
    found
}

#[cfg(test)]
mod tests {
    use super::is_intent;

    #[test]
    fn an_intent_is_a_uuid_or_a_token() {
        assert!(is_intent("0193c0de-0000-7000-8000-000000000001") && is_intent("order-01"));
        assert!(!is_intent("short") && !is_intent("with space") && !is_intent(&"x".repeat(65)));
    }
}
