//! The demo's own carrier: a believable route, by taps or on a clock.
//!
//! Everything that chance would decide is read out of a digest of the parcel's number, so the same parcel always goes the
//! same way and a repeated job says the same. One of eight parcels that cross a border is held at customs for a day, at
//! one of eight doors nobody opens and the parcel waits a day at a pick-up point.

mod hubs;

use crate::{
    platform::ids::Ids,
    shipments::model::{NewParcel, ParcelRow, Report},
};
use sampan_engine::{parcel::ParcelState, time::Timestamp, tracking_number, trade::CountryCode};
use sha2::{Digest, Sha256};

/// The carrier whose parcels move by a tap, or on a clock in the demo market.
pub const LOCAL_CARRIER: &str = "sampan-local";

const HOUR_SECONDS: i64 = 3_600;
const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;
/// Vans leave in the morning, told in UTC as the demo knows no town's own time.
const VANS_LEAVE_HOUR: i64 = 8;
const VANS_RETURN_HOUR: i64 = 18;

/// One scan of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Names the scan within its route.
    pub key: &'static str,
    pub state: ParcelState,
    is_abroad: bool,
    /// Thousandths of the way to the delivery van; what comes after goes by the hour.
    share: i64,
    text: &'static str,
}

const fn leg(
    key: &'static str,
    state: ParcelState,
    is_abroad: bool,
    share: i64,
    text: &'static str,
) -> Leg {
    Leg {
        key,
        state,
        is_abroad,
        share,
        text,
    }
}

const ANNOUNCED: Leg = leg(
    "info_received",
    ParcelState::InfoReceived,
    false,
    0,
    "The shipment was announced by the seller.",
);
const PICKED_UP: Leg = leg(
    "picked_up",
    ParcelState::PickedUp,
    false,
    40,
    "The parcel was picked up from the seller.",
);
const SORTED: Leg = leg(
    "sorted",
    ParcelState::InTransit,
    false,
    140,
    "The parcel was sorted for its way.",
);
const LEFT: Leg = leg(
    "left",
    ParcelState::InTransit,
    false,
    260,
    "The parcel left the country of origin.",
);
const ARRIVED: Leg = leg(
    "arrived",
    ParcelState::InTransit,
    true,
    620,
    "The parcel arrived near its destination.",
);
const CUSTOMS: Leg = leg(
    "customs",
    ParcelState::Customs,
    true,
    680,
    "The parcel was presented to customs.",
);
const HELD: Leg = leg(
    "customs_held",
    ParcelState::CustomsHeld,
    true,
    720,
    "Customs asked the carrier for more information.",
);
const CLEARED: Leg = leg(
    "customs_cleared",
    ParcelState::CustomsCleared,
    true,
    800,
    "Customs released the parcel.",
);
const ON_THE_VAN: Leg = leg(
    "out_for_delivery",
    ParcelState::OutForDelivery,
    true,
    1_000,
    "The parcel is on the delivery van.",
);
const NOBODY_HOME: Leg = leg(
    "delivery_failed",
    ParcelState::DeliveryFailed,
    true,
    1_000,
    "Nobody could take the parcel.",
);
const AT_PICKUP: Leg = leg(
    "available_for_pickup",
    ParcelState::AvailableForPickup,
    true,
    1_000,
    "The parcel waits to be picked up.",
);
const DELIVERED: Leg = leg(
    "delivered",
    ParcelState::Delivered,
    true,
    1_000,
    "The parcel was handed over.",
);

const ACROSS_A_BORDER: [Leg; 9] = [
    ANNOUNCED, PICKED_UP, SORTED, LEFT, ARRIVED, CUSTOMS, CLEARED, ON_THE_VAN, DELIVERED,
];
const WITHIN_A_TERRITORY: [Leg; 6] = [ANNOUNCED, PICKED_UP, SORTED, ARRIVED, ON_THE_VAN, DELIVERED];

/// What a parcel's number decides.
struct Fate {
    is_held: bool,
    is_missed: bool,
    /// 0 to 255: how much of the lane's spare days it takes.
    slowness: i64,
    /// Minutes after the vans' hour.
    van_minute: i64,
    /// Hours from the van to the door, 1 to 8.
    van_hours: i64,
}

impl Fate {
    fn of(number: &str) -> Self {
        let digest = Sha256::digest(number.as_bytes());
        let byte = |position: usize| i64::from(digest[position]);
        Self {
            is_held: byte(0) % 8 == 0,
            is_missed: byte(1) % 8 == 0,
            slowness: byte(2),
            van_minute: byte(3) % 100,
            van_hours: 1 + byte(4) % 8,
        }
    }
}

impl Leg {
    /// What the carrier says of it. Its id names parcel and scan, so it counts once.
    fn report(self, number: &str, (origin, destination): (&str, &str), at: i64) -> Report {
        Report {
            event_id: self.event_id(number),
            at,
            state: self.state,
            place: Some(hub_of(if self.is_abroad { destination } else { origin })),
            text: Some(self.text.to_owned()),
        }
    }

    pub fn event_id(self, number: &str) -> String {
        format!("{number}:{}", self.key)
    }

    /// The city it happens in.
    pub fn place(self, parcel: &ParcelRow) -> String {
        hub_of(if self.is_abroad {
            &parcel.destination
        } else {
            &parcel.origin
        })
    }
}

/// The plain way, without a mishap.
fn plain(parcel: &ParcelRow) -> &'static [Leg] {
    match (parcel.carrier == LOCAL_CARRIER, parcel.crosses_border) {
        (false, _) => &[],
        (true, true) => &ACROSS_A_BORDER,
        (true, false) => &WITHIN_A_TERRITORY,
    }
}

/// The way this parcel goes, with the seconds from its hand-over to each scan. `days` are the lane's.
fn way(parcel: &ParcelRow, handed_over_at: i64, days: (i64, i64)) -> Vec<(Leg, i64)> {
    let fate = Fate::of(&parcel.number);
    let spare = (days.1 - days.0).max(0) * DAY_SECONDS;
    let whole = days.0.max(1) * DAY_SECONDS + spare * fate.slowness / 255;
    // The last day is the van's.
    let to_the_van = (whole - DAY_SECONDS / 2).max(DAY_SECONDS / 2);
    let mut late = 0;
    let mut found: Vec<(Leg, i64)> = Vec::new();
    for leg in plain(parcel) {
        if *leg == CLEARED && fate.is_held {
            found.push((HELD, to_the_van * HELD.share / 1_000));
            late = DAY_SECONDS;
        }
        if *leg == ON_THE_VAN {
            let van = on_a_morning(handed_over_at, to_the_van + late, fate.van_minute);
            let mut door = van + fate.van_hours * HOUR_SECONDS;
            found.push((ON_THE_VAN, van));
            if fate.is_missed {
                found.push((NOBODY_HOME, door));
                found.push((AT_PICKUP, door + HOUR_SECONDS));
                door += DAY_SECONDS;
            }
            found.push((DELIVERED, door));
            break;
        }
        found.push((*leg, to_the_van * leg.share / 1_000 + late));
    }
    found
}

/// The first time at or after `seconds` from the hand-over at which a van leaves.
fn on_a_morning(handed_over_at: i64, seconds: i64, minute: i64) -> i64 {
    let start = Timestamp::from_micros(handed_over_at).seconds();
    let at = start + seconds;
    let hour = at.rem_euclid(DAY_SECONDS) / HOUR_SECONDS;
    if (VANS_LEAVE_HOUR..VANS_RETURN_HOUR).contains(&hour) {
        return seconds;
    }
    let midnight = at - at.rem_euclid(DAY_SECONDS);
    let day = if hour < VANS_LEAVE_HOUR {
        midnight
    } else {
        midnight + DAY_SECONDS
    };
    day + VANS_LEAVE_HOUR * HOUR_SECONDS + minute * 60 - start
}

/// The state that a tap leads to; None for other carriers and at the end of the way. Taps go the plain way.
pub fn next_state(parcel: &ParcelRow) -> Option<ParcelState> {
    let rank = parcel.state.rank();
    let mut states = plain(parcel).iter().map(|leg| leg.state);
    states.find(|state| state.rank() > rank)
}

/// What the carrier says at a tap: the next state, after the scans that lie between. Known ones may be among them.
pub fn reports_to_next(parcel: &ParcelRow, now: i64) -> Vec<Report> {
    let Some(next) = next_state(parcel) else {
        return Vec::new();
    };
    let legs = plain(parcel);
    let end = legs.iter().position(|leg| leg.state == next);
    let rank = parcel.state.rank();
    legs[..=end.unwrap_or(0)]
        .iter()
        .filter(|leg| leg.state.rank() >= rank)
        .map(|leg| leg.report(&parcel.number, ends(parcel), now))
        .collect()
}

/// The scans still ahead on the way this parcel goes; some of the first may be known.
pub fn legs_ahead(parcel: &ParcelRow) -> Vec<Leg> {
    let rank = parcel.state.rank();
    way(parcel, 0, (1, 1))
        .into_iter()
        .map(|(leg, _)| leg)
        .filter(|leg| leg.state.rank() >= rank)
        .collect()
}

/// One scan, told as happening now.
pub fn report_of(parcel: &ParcelRow, leg: Leg, now: i64) -> Report {
    leg.report(&parcel.number, ends(parcel), now)
}

/// What has happened by `now`, as far as it may still move the parcel, and the seconds until something more does.
pub fn by_the_clock(
    parcel: &ParcelRow,
    handed_over_at: i64,
    days: (i64, i64),
    now: i64,
) -> (Vec<Report>, Option<i64>) {
    let rank = parcel.state.rank();
    let mut reports = Vec::new();
    for (leg, seconds) in way(parcel, handed_over_at, days) {
        let at = handed_over_at + seconds * 1_000_000;
        if at > now {
            return (reports, Some((at - now) / 1_000_000 + 1));
        }
        if leg.state.rank() >= rank {
            reports.push(leg.report(&parcel.number, ends(parcel), at));
        }
    }
    (reports, None)
}

/// Lets reports that were made in one moment follow each other, from the parcel's last event until now.
pub fn spread(parcel: &ParcelRow, reports: &mut [Report], now: i64) {
    let (since, count) = (parcel.last_event_at.min(now), reports.len() as i64);
    for (number, report) in (1..).zip(reports.iter_mut()) {
        report.at = since + (now - since) * number / count;
    }
}

/// The first event of any parcel: the seller told the carrier of it.
pub fn announced(parcel: &NewParcel, now: i64) -> Report {
    ANNOUNCED.report(&parcel.number, (&parcel.origin, &parcel.destination), now)
}

fn ends(parcel: &ParcelRow) -> (&str, &str) {
    (&parcel.origin, &parcel.destination)
}

/// A number of the demo's carrier, in the form of the posts: `CS` (a parcel), eight digits and their check digit, and the
/// country it leaves from.
pub fn tracking_number(ids: &dyn Ids, origin: &str) -> String {
    let mut bytes = [0; 4];
    ids.fill(&mut bytes);
    let serial = u32::from_be_bytes(bytes) % 100_000_000;
    CountryCode::parse(origin)
        .and_then(|country| tracking_number::s10("CS", serial, country))
        .unwrap_or_else(|| format!("CS{serial:08}"))
}

fn hub_of(country: &str) -> String {
    match hubs::hub(country) {
        Some(city) => format!("{city}, {country}"),
        None => country.to_owned(),
    }
}

/// What a seller's hand-over says of every parcel, whoever carries it.
pub(super) const ANNOUNCEMENT: &str = ANNOUNCED.text;

#[cfg(test)]
mod tests;
