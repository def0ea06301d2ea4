//! A checkout: its states, how it can end, what it keeps.

use crate::{
    landed_cost::Quote,
    orders::{Contact, ShipTo},
    payments::PaymentMethod,
};
use sampan_engine::money::Money;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How far a checkout has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing taken yet; may still be withdrawn.
    Queued,
    /// The cart is closed for it; stock comes next.
    Reserving,
    /// Stock is held; the payment is on its way or waits for the shopper's bank.
    Authorising,
    Placed,
    /// Ended without an order; nothing charged, the lines are back in the open cart.
    Cancelled,
    /// Called off by the shopper before it began.
    Withdrawn,
}

impl State {
    pub const ALL: [State; 6] = [
        State::Queued,
        State::Reserving,
        State::Authorising,
        State::Placed,
        State::Cancelled,
        State::Withdrawn,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Reserving => "reserving",
            State::Authorising => "authorising",
            State::Placed => "placed",
            State::Cancelled => "cancelled",
            State::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    pub const fn is_terminal(self) -> bool {
        matches!(self, State::Placed | State::Cancelled | State::Withdrawn)
    }
}

/// Why a checkout ended without an order, in the words of the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It would cost more than the shopper has seen.
    PriceChanged,
    Stock,
    /// The bank wants to hear from the shopper, who is not there.
    Authenticate,
    Declined,
    QuoteExpired,
    /// The cart holds less than was ordered, or a quantity is no longer sold.
    CartChanged,
    CartOrdered,
    /// Something in it is no longer sold, or not sent there.
    Closed,
}

impl Why {
    const ALL: [Why; 8] = [
        Why::PriceChanged,
        Why::Stock,
        Why::Authenticate,
        Why::Declined,
        Why::QuoteExpired,
        Why::CartChanged,
        Why::CartOrdered,
        Why::Closed,
    ];

    /// As sync says it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Why::PriceChanged => "price_changed",
            Why::Stock => "stock",
            Why::Authenticate => "authenticate",
            Why::Declined => "declined",
            Why::QuoteExpired => "quote_expired",
            Why::CartChanged => "cart_changed",
            Why::CartOrdered => "cart_ordered",
            Why::Closed => "closed",
        }
    }

    /// As a problem says it, and what to do about it.
    pub const fn problem(self) -> (&'static str, &'static str) {
        match self {
            Why::PriceChanged => (
                "price-changed",
                "The price has changed. Nothing was charged; look at the new price and order again.",
            ),
            Why::Stock => (
                "stock",
                "There is not enough left of something. Nothing was charged.",
            ),
            Why::Authenticate => (
                "authenticate",
                "Your bank wants to hear from you. Nothing was charged yet.",
            ),
            Why::Declined => (
                "declined",
                "The payment was declined. Nothing was charged; try another way to pay.",
            ),
            Why::QuoteExpired => (
                "quote-expired",
                "The price was held until its time ran out. Ask for a new quote.",
            ),
            Why::CartChanged => (
                "cart-changed",
                "The cart no longer holds what was to be ordered. Ask for a new quote.",
            ),
            Why::CartOrdered => ("cart-ordered", "This cart has been ordered already."),
            Why::Closed => (
                "closed",
                "Something in it is no longer sold, or not sent there. Nothing was charged.",
            ),
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == text)
    }
}

/// What was asked for, kept with the checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub quote_id: Option<Uuid>,
    /// SKU and quantity.
    pub lines: Vec<(String, i64)>,
    pub ship_to: ShipTo,
    pub contact: Contact,
    pub payment_method: PaymentMethod,
    /// What the shopper has seen and accepted; its currency is the order's.
    pub max_total: Money,
}

/// A checkout as stored.
#[derive(Clone, Debug)]
pub struct Checkout {
    pub scope_id: Uuid,
    /// Chosen by the phone; the key of order, reservation and payment.
    pub intent: String,
    pub state: State,
    pub why: Option<Why>,
    /// The queued op that waits for the end; None when it came by REST.
    pub op_id: Option<Uuid>,
    pub request_hash: Vec<u8>,
    pub request: Request,
    pub cart_id: Uuid,
    pub order_group: Uuid,
    pub payment_id: Uuid,
    /// What is ordered, at the price it was ordered for.
    pub quote: Option<Quote>,
    pub created_at: i64,
}

impl Checkout {
    /// A shopper who is there can answer their bank; a queued op cannot.
    pub const fn shopper_is_there(&self) -> bool {
        self.op_id.is_none()
    }
}
