//! The demo's own carrier: a believable route, one step at a time.

use crate::{
    platform::ids::Ids,
    shipments::model::{NewParcel, ParcelRow, Report},
};
use sampan_engine::{parcel::ParcelState, tracking_number, trade::CountryCode};

/// The carrier whose parcels move by a tap, or on a clock in the demo market.
pub const LOCAL_CARRIER: &str = "sampan-local";

const ACROSS_A_BORDER: [ParcelState; 7] = [
    ParcelState::InfoReceived,
    ParcelState::PickedUp,
    ParcelState::InTransit,
    ParcelState::Customs,
    ParcelState::CustomsCleared,
    ParcelState::OutForDelivery,
    ParcelState::Delivered,
];
const WITHIN_A_TERRITORY: [ParcelState; 5] = [
    ParcelState::InfoReceived,
    ParcelState::PickedUp,
    ParcelState::InTransit,
    ParcelState::OutForDelivery,
    ParcelState::Delivered,
];

/// The step that comes next; None for other carriers and at the end of the way.
pub fn next_state(parcel: &ParcelRow) -> Option<ParcelState> {
    steps_ahead(parcel).next()
}

/// How many steps the parcel still has before it.
pub fn steps_left(parcel: &ParcelRow) -> i64 {
    steps_ahead(parcel).count() as i64
}

/// What the carrier says at the next step. Its id names parcel and step, so a step is taken once.
pub fn next_report(parcel: &ParcelRow, now: i64) -> Option<Report> {
    let state = next_state(parcel)?;
    Some(Report {
        event_id: format!("{}:{}", parcel.number, state.as_str()),
        at: now,
        state,
        place: Some(place(parcel, state)),
        text: Some(words(state).to_owned()),
    })
}

/// The first event of any parcel: the seller told the carrier of it.
pub fn announced(parcel: &NewParcel, now: i64) -> Report {
    let state = ParcelState::InfoReceived;
    Report {
        event_id: format!("{}:{}", parcel.number, state.as_str()),
        at: now,
        state,
        place: Some(hub_of(&parcel.origin)),
        text: Some(words(state).to_owned()),
    }
}

fn steps_ahead(parcel: &ParcelRow) -> impl Iterator<Item = ParcelState> {
    let steps: &[ParcelState] = match (parcel.carrier == LOCAL_CARRIER, parcel.crosses_border) {
        (false, _) => &[],
        (true, true) => &ACROSS_A_BORDER,
        (true, false) => &WITHIN_A_TERRITORY,
    };
    let rank = parcel.state.rank();
    steps.iter().copied().filter(move |step| step.rank() > rank)
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

fn place(parcel: &ParcelRow, state: ParcelState) -> String {
    match state {
        ParcelState::InfoReceived | ParcelState::PickedUp | ParcelState::InTransit => {
            hub_of(&parcel.origin)
        }
        _ => hub_of(&parcel.destination),
    }
}

fn hub_of(country: &str) -> String {
    match hub(country) {
        Some(city) => format!("{city}, {country}"),
        None => country.to_owned(),
    }
}

/// What we say of a step ourselves.
pub(super) fn words(state: ParcelState) -> &'static str {
    match state {
        ParcelState::InfoReceived => "The shipment was announced by the seller.",
        ParcelState::PickedUp => "The parcel was picked up from the seller.",
        ParcelState::InTransit => "The parcel left the country of origin.",
        ParcelState::Customs => "The parcel was presented to customs.",
        ParcelState::CustomsCleared => "Customs released the parcel.",
        ParcelState::OutForDelivery => "The parcel is on the delivery van.",
        ParcelState::Delivered => "The parcel was handed over.",
        ParcelState::CustomsHeld => "Customs asked for more information.",
        ParcelState::AvailableForPickup => "The parcel waits to be picked up.",
        ParcelState::DeliveryFailed => "Nobody could take the parcel.",
        ParcelState::Returning => "The parcel is on its way back.",
        ParcelState::Returned => "The parcel is back with the seller.",
        ParcelState::Exception => "The parcel needs attention.",
        ParcelState::Expired => "Nothing was heard of the parcel for a long time.",
    }
}

/// The city where a country's parcels are sorted.
fn hub(country: &str) -> Option<&'static str> {
    let hubs = [
        ("AE", "Dubai"),
        ("AT", "Vienna"),
        ("AU", "Sydney"),
        ("BE", "Brussels"),
        ("BG", "Sofia"),
        ("BR", "São Paulo"),
        ("CA", "Toronto"),
        ("CH", "Zurich"),
        ("CN", "Shenzhen"),
        ("CO", "Bogotá"),
        ("CY", "Nicosia"),
        ("CZ", "Prague"),
        ("DE", "Leipzig"),
        ("DK", "Copenhagen"),
        ("EE", "Tallinn"),
        ("ES", "Madrid"),
        ("FI", "Helsinki"),
        ("FR", "Paris"),
        ("GB", "Coventry"),
        ("GH", "Accra"),
        ("GR", "Athens"),
        ("HK", "Hong Kong"),
        ("HR", "Zagreb"),
        ("HU", "Budapest"),
        ("IE", "Dublin"),
        ("IN", "Delhi"),
        ("IT", "Milan"),
        ("JP", "Tokyo"),
        ("KR", "Incheon"),
        ("LT", "Vilnius"),
        ("LU", "Luxembourg"),
        ("LV", "Riga"),
        ("MA", "Casablanca"),
        ("MT", "Luqa"),
        ("MX", "Mexico City"),
        ("NL", "Rotterdam"),
        ("NO", "Oslo"),
        ("NP", "Kathmandu"),
        ("NZ", "Auckland"),
        ("PE", "Lima"),
        ("PL", "Warsaw"),
        ("PT", "Lisbon"),
        ("RO", "Bucharest"),
        ("SE", "Stockholm"),
        ("SG", "Singapore"),
        ("SI", "Ljubljana"),
        ("SK", "Bratislava"),
        ("TR", "Istanbul"),
        ("US", "New York"),
        ("VN", "Hanoi"),
        ("ZA", "Johannesburg"),
    ];
    hubs.iter()
        .find(|(code, _)| *code == country)
        .map(|(_, city)| *city)
}
