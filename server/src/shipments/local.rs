//! The demo's own carrier: a believable route, one step at a time.

use crate::{
    platform::ids::Ids,
    shipments::model::{ParcelRow, Report},
};
use sampan_engine::parcel::ParcelState;

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

/// The steps of a parcel's route, in order.
pub fn route(crosses_border: bool) -> &'static [ParcelState] {
    if crosses_border {
        &ACROSS_A_BORDER
    } else {
        &WITHIN_A_TERRITORY
    }
}

/// The step that comes next; None for other carriers and at the end of the way.
pub fn next_state(parcel: &ParcelRow) -> Option<ParcelState> {
    if parcel.carrier != LOCAL_CARRIER {
        return None;
    }
    let steps = route(parcel.crosses_border);
    steps
        .iter()
        .copied()
        .find(|step| step.rank() > parcel.state.rank())
}

/// What the carrier says at the next step. Its id names parcel and step, so a step is taken once.
pub fn next_report(parcel: &ParcelRow, now: i64) -> Option<Report> {
    next_state(parcel).map(|state| report(parcel, state, now))
}

/// What the carrier says at this step.
pub fn report(parcel: &ParcelRow, state: ParcelState, now: i64) -> Report {
    Report {
        event_id: format!("{}:{}", parcel.number, state.as_str()),
        at: now,
        state,
        place: Some(place(parcel, state)),
        text: Some(words(state).to_owned()),
    }
}

/// A number of the demo's carrier: `SL` and twelve digits.
pub fn tracking_number(ids: &dyn Ids) -> String {
    let mut bytes = [0; 8];
    ids.fill(&mut bytes);
    format!("SL{:012}", u64::from_be_bytes(bytes) % 1_000_000_000_000)
}

fn place(parcel: &ParcelRow, state: ParcelState) -> String {
    let country = match state {
        ParcelState::InfoReceived | ParcelState::PickedUp | ParcelState::InTransit => {
            &parcel.origin
        }
        _ => &parcel.destination,
    };
    match hub(country) {
        Some(city) => format!("{city}, {country}"),
        None => country.clone(),
    }
}

fn words(state: ParcelState) -> &'static str {
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
