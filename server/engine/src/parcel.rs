//! Where a batch and its parcel stand, and which step may follow which.

use serde::{Deserialize, Serialize};

/// A batch of an order, from plan to settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    Planned,
    AwaitingPayment,
    Paid,
    Packed,
    Shipped,
    Delivered,
    Settled,
    Cancelled,
    Returned,
    Disputed,
}

/// A parcel, as our own words for what carriers report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParcelState {
    InfoReceived,
    PickedUp,
    InTransit,
    Customs,
    CustomsHeld,
    CustomsCleared,
    OutForDelivery,
    AvailableForPickup,
    DeliveryFailed,
    Delivered,
    Returning,
    Returned,
    Exception,
    Expired,
}

impl BatchState {
    pub const ALL: [BatchState; 10] = [
        BatchState::Planned,
        BatchState::AwaitingPayment,
        BatchState::Paid,
        BatchState::Packed,
        BatchState::Shipped,
        BatchState::Delivered,
        BatchState::Settled,
        BatchState::Cancelled,
        BatchState::Returned,
        BatchState::Disputed,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            BatchState::Planned => "planned",
            BatchState::AwaitingPayment => "awaiting_payment",
            BatchState::Paid => "paid",
            BatchState::Packed => "packed",
            BatchState::Shipped => "shipped",
            BatchState::Delivered => "delivered",
            BatchState::Settled => "settled",
            BatchState::Cancelled => "cancelled",
            BatchState::Returned => "returned",
            BatchState::Disputed => "disputed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// May a batch go from here to `next`? One exhaustive match: a new state must be decided here.
    pub const fn may_become(self, next: BatchState) -> bool {
        use BatchState::*;
        match self {
            Planned => matches!(next, AwaitingPayment | Cancelled),
            AwaitingPayment => matches!(next, Paid | Cancelled),
            Paid => matches!(next, Packed | Shipped | Cancelled),
            Packed => matches!(next, Shipped | Cancelled),
            Shipped => matches!(next, Delivered | Returned | Disputed),
            Delivered => matches!(next, Settled | Returned | Disputed),
            Disputed => matches!(next, Settled | Returned),
            Settled | Cancelled | Returned => false,
        }
    }
}

impl ParcelState {
    pub const ALL: [ParcelState; 14] = [
        ParcelState::InfoReceived,
        ParcelState::PickedUp,
        ParcelState::InTransit,
        ParcelState::Customs,
        ParcelState::CustomsHeld,
        ParcelState::CustomsCleared,
        ParcelState::OutForDelivery,
        ParcelState::AvailableForPickup,
        ParcelState::DeliveryFailed,
        ParcelState::Delivered,
        ParcelState::Returning,
        ParcelState::Returned,
        ParcelState::Exception,
        ParcelState::Expired,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            ParcelState::InfoReceived => "info_received",
            ParcelState::PickedUp => "picked_up",
            ParcelState::InTransit => "in_transit",
            ParcelState::Customs => "customs",
            ParcelState::CustomsHeld => "customs_held",
            ParcelState::CustomsCleared => "customs_cleared",
            ParcelState::OutForDelivery => "out_for_delivery",
            ParcelState::AvailableForPickup => "available_for_pickup",
            ParcelState::DeliveryFailed => "delivery_failed",
            ParcelState::Delivered => "delivered",
            ParcelState::Returning => "returning",
            ParcelState::Returned => "returned",
            ParcelState::Exception => "exception",
            ParcelState::Expired => "expired",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// How far along the way this is. A parcel's state only moves to a later event of at least the same rank, or of
    /// a state that may interrupt at any point; a late scan of an earlier step is kept in the history without harm.
    pub const fn rank(self) -> u8 {
        match self {
            ParcelState::InfoReceived => 0,
            ParcelState::PickedUp => 10,
            ParcelState::InTransit => 20,
            ParcelState::Customs => 30,
            ParcelState::CustomsHeld => 31,
            ParcelState::CustomsCleared => 40,
            ParcelState::Exception => 45,
            ParcelState::OutForDelivery => 50,
            ParcelState::DeliveryFailed => 51,
            ParcelState::AvailableForPickup => 52,
            ParcelState::Returning => 60,
            ParcelState::Expired => 70,
            ParcelState::Delivered => 80,
            ParcelState::Returned => 90,
        }
    }

    /// The state a set of events adds up to, whatever order they came in: the highest rank, and within one
    /// rank the latest. None without events.
    pub fn of_events(events: impl IntoIterator<Item = (i64, ParcelState)>) -> Option<ParcelState> {
        events
            .into_iter()
            .max_by_key(|(at, state)| (state.rank(), *at))
            .map(|(_, state)| state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn states_are_written_and_read_alike() {
        for state in BatchState::ALL {
            assert_eq!(BatchState::parse(state.as_str()), Some(state));
        }
        for state in ParcelState::ALL {
            assert_eq!(ParcelState::parse(state.as_str()), Some(state));
            assert_eq!(
                serde_json::to_value(state).expect("a string"),
                state.as_str()
            );
        }
    }

    #[test]
    fn a_finished_batch_goes_nowhere() {
        for next in BatchState::ALL {
            assert!(
                !BatchState::Cancelled.may_become(next) && !BatchState::Settled.may_become(next)
            );
        }
        assert!(
            BatchState::Paid.may_become(BatchState::Packed)
                && !BatchState::Paid.may_become(BatchState::Delivered)
        );
    }

    /// The eight scans of a parcel that customs held, one of them told twice, and one of the same moment as another.
    const JOURNEY: [(i64, ParcelState); 8] = [
        (1, ParcelState::InfoReceived),
        (2, ParcelState::PickedUp),
        (3, ParcelState::InTransit),
        (5, ParcelState::Customs),
        (5, ParcelState::CustomsHeld),
        (6, ParcelState::CustomsCleared),
        (7, ParcelState::OutForDelivery),
        (8, ParcelState::Delivered),
    ];

    /// All orders of so many things (Heap's algorithm).
    fn orders(count: usize, visit: &mut impl FnMut(&[usize])) {
        let mut order: Vec<usize> = (0..count).collect();
        let mut turns = vec![0; count];
        visit(&order);
        let mut at = 0;
        while at < count {
            if turns[at] < at {
                order.swap(if at % 2 == 0 { 0 } else { turns[at] }, at);
                visit(&order);
                turns[at] += 1;
                at = 0;
            } else {
                turns[at] = 0;
                at += 1;
            }
        }
    }

    #[test]
    fn in_any_order_and_with_repeats_a_journey_ends_alike_and_tells_each_state_once() {
        let mut seen = 0;
        orders(JOURNEY.len(), &mut |order| {
            seen += 1;
            let mut known: Vec<(i64, ParcelState)> = Vec::new();
            let mut told: Vec<ParcelState> = Vec::new();
            let repeats = order.iter().rev().step_by(2);
            for at in order.iter().chain(repeats) {
                let event = JOURNEY[*at];
                if !known.contains(&event) {
                    known.push(event);
                }
                let state = ParcelState::of_events(known.iter().copied()).expect("an event");
                if told.last() != Some(&state) {
                    told.push(state);
                }
            }
            assert_eq!(told.last(), Some(&ParcelState::Delivered));
            assert!(
                told.windows(2).all(|pair| pair[0].rank() < pair[1].rank()),
                "{order:?} told {told:?}"
            );
        });
        assert_eq!(seen, 40_320);
    }

    proptest! {
        #[test]
        fn the_order_in_which_events_arrive_does_not_matter(
            events in proptest::collection::vec((0_i64..1000, 0_usize..14), 1..8).prop_shuffle()
        ) {
            let events: Vec<_> = events.into_iter().map(|(at, index)| (at, ParcelState::ALL[index])).collect();
            let mut sorted = events.clone();
            sorted.sort();
            prop_assert_eq!(ParcelState::of_events(events), ParcelState::of_events(sorted));
        }
    }
}
