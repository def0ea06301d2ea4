//! The states of a checkout.

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
