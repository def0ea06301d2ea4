//! Which steps are told, to whom, how urgently and for how long.

use sampan_engine::parcel::{BatchState, ParcelState};
use serde::{Deserialize, Serialize};
use web_push::Urgency;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// How much a shopper wants to hear on one phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PushLevel)]
pub enum Level {
    /// What changes when the goods come, or needs the shopper.
    #[default]
    Important,
    EveryStep,
    /// The steps that the shopper ticked.
    Chosen,
    None,
}

/// What is told by mail when no phone of a person can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PushMailLevel)]
pub enum MailLevel {
    /// What changes when the goods come, or needs the shopper.
    #[default]
    Important,
    None,
}

/// Something that happened to an order and that a push can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PushStep)]
pub enum Step {
    /// Goods that were sold before they came will come later than was said.
    Delayed,
    Packed,
    Shipped,
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
    Cancelled,
    /// Asked for by the shopper, to see that it arrives.
    Test,
}

impl Level {
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Important => "important",
            Level::EveryStep => "every_step",
            Level::Chosen => "chosen",
            Level::None => "none",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [
            Level::Important,
            Level::EveryStep,
            Level::Chosen,
            Level::None,
        ]
        .into_iter()
        .find(|level| level.as_str() == text)
    }

    /// `chosen` are the steps that the shopper ticked.
    pub fn wants(self, step: Step, chosen: &[Step]) -> bool {
        match self {
            Level::None => step == Step::Test,
            Level::EveryStep => true,
            Level::Chosen => step == Step::Test || chosen.contains(&step),
            Level::Important => step.is_important(),
        }
    }
}

impl MailLevel {
    pub const fn as_str(self) -> &'static str {
        match self {
            MailLevel::Important => "important",
            MailLevel::None => "none",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [MailLevel::Important, MailLevel::None]
            .into_iter()
            .find(|level| level.as_str() == text)
    }

    pub const fn wants(self, step: Step) -> bool {
        match self {
            MailLevel::Important => step.is_important() && !matches!(step, Step::Test),
            MailLevel::None => false,
        }
    }
}

impl Step {
    pub const ALL: [Step; 17] = [
        Step::Delayed,
        Step::Packed,
        Step::Shipped,
        Step::PickedUp,
        Step::InTransit,
        Step::Customs,
        Step::CustomsHeld,
        Step::CustomsCleared,
        Step::OutForDelivery,
        Step::AvailableForPickup,
        Step::DeliveryFailed,
        Step::Delivered,
        Step::Returning,
        Step::Returned,
        Step::Exception,
        Step::Cancelled,
        Step::Test,
    ];

    /// What a batch's new state tells. From *shipped* on the parcel speaks, so that nothing is told twice.
    pub const fn of_batch(state: BatchState) -> Option<Self> {
        match state {
            BatchState::Packed => Some(Step::Packed),
            BatchState::Shipped => Some(Step::Shipped),
            BatchState::Cancelled => Some(Step::Cancelled),
            BatchState::Planned
            | BatchState::AwaitingPayment
            | BatchState::Paid
            | BatchState::Delivered
            | BatchState::Settled
            | BatchState::Returned
            | BatchState::Disputed => None,
        }
    }

    /// What a parcel's new state tells. A number that a carrier has heard of is the batch's *shipped* again.
    pub const fn of_parcel(state: ParcelState) -> Option<Self> {
        match state {
            ParcelState::InfoReceived | ParcelState::Expired => None,
            ParcelState::PickedUp => Some(Step::PickedUp),
            ParcelState::InTransit => Some(Step::InTransit),
            ParcelState::Customs => Some(Step::Customs),
            ParcelState::CustomsHeld => Some(Step::CustomsHeld),
            ParcelState::CustomsCleared => Some(Step::CustomsCleared),
            ParcelState::OutForDelivery => Some(Step::OutForDelivery),
            ParcelState::AvailableForPickup => Some(Step::AvailableForPickup),
            ParcelState::DeliveryFailed => Some(Step::DeliveryFailed),
            ParcelState::Delivered => Some(Step::Delivered),
            ParcelState::Returning => Some(Step::Returning),
            ParcelState::Returned => Some(Step::Returned),
            ParcelState::Exception => Some(Step::Exception),
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Step::Delayed => "delayed",
            Step::Packed => "packed",
            Step::Shipped => "shipped",
            Step::PickedUp => "picked_up",
            Step::InTransit => "in_transit",
            Step::Customs => "customs",
            Step::CustomsHeld => "customs_held",
            Step::CustomsCleared => "customs_cleared",
            Step::OutForDelivery => "out_for_delivery",
            Step::AvailableForPickup => "available_for_pickup",
            Step::DeliveryFailed => "delivery_failed",
            Step::Delivered => "delivered",
            Step::Returning => "returning",
            Step::Returned => "returned",
            Step::Exception => "exception",
            Step::Cancelled => "cancelled",
            Step::Test => "test",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == text)
    }

    /// How far on the way it is, to tell which of two steps at the same moment came later.
    pub fn on_the_way(self) -> usize {
        Self::ALL
            .into_iter()
            .position(|step| step == self)
            .unwrap_or(0)
    }

    /// Rings in quiet hours too. Nothing that a parcel goes through can be acted upon before the morning.
    pub const fn rings_at_night(self) -> bool {
        matches!(self, Step::Test)
    }

    const fn is_important(self) -> bool {
        match self {
            Step::Packed
            | Step::PickedUp
            | Step::InTransit
            | Step::Customs
            | Step::CustomsCleared => false,
            Step::Delayed
            | Step::Shipped
            | Step::CustomsHeld
            | Step::OutForDelivery
            | Step::AvailableForPickup
            | Step::DeliveryFailed
            | Step::Delivered
            | Step::Returning
            | Step::Returned
            | Step::Exception
            | Step::Cancelled
            | Step::Test => true,
        }
    }

    /// High wakes a sleeping phone: only where the shopper can do something today.
    pub const fn urgency(self) -> Urgency {
        match self {
            Step::OutForDelivery
            | Step::AvailableForPickup
            | Step::CustomsHeld
            | Step::DeliveryFailed
            | Step::Test => Urgency::High,
            Step::Delayed
            | Step::Shipped
            | Step::Delivered
            | Step::Returning
            | Step::Returned
            | Step::Exception
            | Step::Cancelled => Urgency::Normal,
            Step::Packed
            | Step::PickedUp
            | Step::InTransit
            | Step::Customs
            | Step::CustomsCleared => Urgency::Low,
        }
    }

    /// After this time the news is stale, and is not told any more.
    pub const fn lives_seconds(self) -> i64 {
        match self {
            Step::Test => HOUR,
            Step::OutForDelivery => 12 * HOUR,
            Step::Packed
            | Step::PickedUp
            | Step::InTransit
            | Step::Customs
            | Step::CustomsCleared => DAY,
            Step::Delayed
            | Step::Shipped
            | Step::CustomsHeld
            | Step::AvailableForPickup
            | Step::DeliveryFailed
            | Step::Delivered
            | Step::Returning
            | Step::Returned
            | Step::Exception
            | Step::Cancelled => 3 * DAY,
        }
    }

    /// Does its text say when the goods will come, or leave?
    pub const fn tells_when(self) -> bool {
        matches!(
            self,
            Step::Delayed
                | Step::Shipped
                | Step::PickedUp
                | Step::InTransit
                | Step::Customs
                | Step::CustomsCleared
        )
    }

    /// Is it news each time? All else happens to an order once, as far as a letter tells.
    pub const fn comes_again(self) -> bool {
        matches!(self, Step::Delayed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_more_than_they_asked_for() {
        for step in Step::ALL {
            assert_eq!(Step::parse(step.as_str()), Some(step));
            assert!(Level::EveryStep.wants(step, &[]) && step.lives_seconds() > 0);
            assert_eq!(Level::None.wants(step, &Step::ALL), step == Step::Test);
            let is_written = Level::Important.wants(step, &[]) && step != Step::Test;
            assert_eq!(MailLevel::Important.wants(step), is_written);
            assert!(!MailLevel::None.wants(step));
            let chosen = Level::Chosen.wants(step, &[Step::Customs]);
            assert_eq!(chosen, matches!(step, Step::Customs | Step::Test));
        }
        let important = |step| Level::Important.wants(step, &[]);
        assert!(important(Step::Shipped) && !important(Step::InTransit));
    }

    #[test]
    fn a_parcels_journey_is_told_once() {
        assert_eq!(Step::of_batch(BatchState::Delivered), None);
        assert_eq!(
            Step::of_parcel(ParcelState::Delivered),
            Some(Step::Delivered)
        );
        assert_eq!(Step::of_parcel(ParcelState::InfoReceived), None);
    }
}
