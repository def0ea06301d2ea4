//! Carriers that do not call us and are asked instead: when, how often, and what an answer may be.

mod json;

pub use json::{JsonPoll, PollMistake};

use crate::{
    platform::Platform,
    shipments::{
        carriers::Scan,
        model::{ParcelRow, Report},
    },
};
use sampan_engine::{parcel::ParcelState, time::Timestamp};
use std::{future::Future, pin::Pin};
use uuid::Uuid;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// Without news for so long, a parcel is given up.
const SILENCE: i64 = 60 * DAY;
/// Of each pause so much, one part in this, is drawn from the parcel's id.
const JITTER_PART: i64 = 8;
/// Our own event of giving up; a carrier's words do not count as ours.
pub const EXPIRED_EVENT: &str = "sampan:expired";

/// What a carrier answered.
#[derive(Clone, Debug)]
pub enum Asked {
    /// All scans it knows, oldest first, each of the parcel that was asked for.
    Said(Vec<Scan>),
    /// It does not know the number, yet.
    NotKnown,
}

/// Why a carrier gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PollError {
    /// It wants a pause, is in one, or is asked by enough others right now; the parcel's turn comes after so many seconds.
    #[error("asked again in {seconds} s")]
    Wait { seconds: i64 },
    /// It did not answer, or could not; not before so many seconds again.
    #[error("no answer; asked again in {seconds} s")]
    Failed { seconds: i64 },
    /// An answer that cannot be used; the next may be better.
    #[error("{0}")]
    Unusable(String),
}

/// The answer to a question.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Result<Asked, PollError>> + Send + 'a>>;

/// A carrier that can be asked.
pub trait Poll: Send + Sync {
    /// Does this carrier, as a seller wrote it, take the question?
    fn is_of(&self, carrier: &str) -> bool;

    /// Seconds until a parcel is asked for again; None when it has arrived, or was silent for too long. `heard_at`: when
    /// its carrier last told us something new.
    fn next(&self, parcel: &ParcelRow, heard_at: Timestamp, now: Timestamp) -> Option<i64> {
        pace(parcel, heard_at, now)
    }

    /// One question for one number, as [`sampan_engine::tracking_number::normal`] writes it. It takes well under the
    /// time of an outbox claim.
    fn ask<'a>(&'a self, number: &'a str) -> Asking<'a>;
}

/// Do parcels of this carrier get asked for?
pub fn is_polled(platform: &Platform, carrier: &str) -> bool {
    let polled = platform.config.poll_carrier.as_deref();
    polled.is_some_and(|polled| is_same(polled, carrier))
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Seconds until the first question for a parcel that was handed over just now.
pub fn first_pause(parcel_id: Uuid) -> i64 {
    jittered(2 * HOUR, parcel_id)
}

/// Every two hours for three days from the hand-over, every six for two weeks, daily afterwards.
pub fn pace(parcel: &ParcelRow, heard_at: Timestamp, now: Timestamp) -> Option<i64> {
    if has_arrived(parcel) || now.seconds() - heard_at.seconds() >= SILENCE {
        return None;
    }
    let since = Timestamp::from_micros(parcel.shipped_at.unwrap_or(parcel.last_event_at));
    let pause = match now.seconds() - since.seconds() {
        age if age < 3 * DAY => 2 * HOUR,
        age if age < 14 * DAY => 6 * HOUR,
        _ => DAY,
    };
    Some(jittered(pause, parcel.id))
}

pub const fn has_arrived(parcel: &ParcelRow) -> bool {
    matches!(parcel.state, ParcelState::Delivered | ParcelState::Returned)
}

/// A pause, longer by a part that is always the same for the same parcel: parcels handed over together are not asked for
/// together.
pub fn jittered(pause: i64, parcel_id: Uuid) -> i64 {
    let most = pause / JITTER_PART;
    let chance = (parcel_id.as_u128() & 0xffff_ffff) as i64;
    pause + chance % (most + 1)
}

/// What we say of a parcel that is given up.
pub fn given_up(now: Timestamp) -> Report {
    Report {
        event_id: EXPIRED_EVENT.to_owned(),
        at: now.micros(),
        state: ParcelState::Expired,
        place: None,
        text: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shipments::model::EtaBasis;

    const SHIPPED: Timestamp = Timestamp::from_seconds(1_795_464_000);

    fn parcel(id: u128, state: ParcelState) -> ParcelRow {
        let id = Uuid::from_u128(id);
        let at = SHIPPED.micros();
        ParcelRow {
            scope_id: id,
            id,
            order_id: id,
            batch_id: id,
            carrier: "CTT".to_owned(),
            number: "RR123456785PT".to_owned(),
            state,
            origin: "PT".to_owned(),
            destination: "ES".to_owned(),
            crosses_border: false,
            eta_from: at,
            eta_to: at,
            eta_basis: EtaBasis {
                trips: None,
                share_percent: None,
            },
            lane: None,
            shipped_at: Some(at),
            shop: String::new(),
            last_event_at: at,
            events: 1,
        }
    }

    #[test]
    fn the_pause_grows_with_age_and_ends_with_arrival_or_silence() {
        let travelling = parcel(0, ParcelState::InTransit);
        let after = |seconds| SHIPPED.plus_seconds(seconds);
        for (age, heard, expected) in [
            (0, 0, Some(2 * HOUR)),
            (3 * DAY - 1, 0, Some(2 * HOUR)),
            (3 * DAY, 0, Some(6 * HOUR)),
            (14 * DAY - 1, 0, Some(6 * HOUR)),
            (14 * DAY, 0, Some(DAY)),
            (60 * DAY - 1, 0, Some(DAY)),
            (60 * DAY, 0, None),
            (60 * DAY, 1, Some(DAY)),
            (119 * DAY, 60 * DAY, Some(DAY)),
        ] {
            assert_eq!(
                pace(&travelling, after(heard), after(age)),
                expected,
                "{age}"
            );
        }
        for state in [ParcelState::Delivered, ParcelState::Returned] {
            assert_eq!(pace(&parcel(0, state), SHIPPED, SHIPPED), None);
        }
        let lost = parcel(0, ParcelState::Expired);
        assert!(pace(&lost, SHIPPED, SHIPPED).is_some());
    }

    #[test]
    fn parcels_handed_over_together_are_asked_for_apart() {
        let pauses: std::collections::BTreeSet<i64> = (0..50_u128)
            .map(|at| first_pause(Uuid::from_u128(at * 1_000_003)))
            .collect();
        assert!(pauses.len() > 40, "{pauses:?}");
        assert!(pauses.iter().all(|pause| (7_200..=8_100).contains(pause)));
    }
}
