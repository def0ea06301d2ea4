//! Our own shape, for carriers that write to us directly.

use super::{MAX_PLACE_CHARS, Scan, Unreadable};
use crate::shipments::model::Report;
use sampan_engine::{parcel::ParcelState, protocol::holds_nul, time::Timestamp, tracking_number};
use serde::{Deserialize, de::DeserializeOwned};

const MAX_EVENT_ID_CHARS: usize = 200;

/// What the generic carrier hook says of a parcel.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarrierEvent {
    /// The carrier's own id; a repeat changes nothing.
    pub event_id: String,
    pub tracking_number: String,
    pub state: ParcelState,
    #[schema(value_type = String)]
    pub at: Timestamp,
    #[serde(default)]
    pub place: Option<String>,
}

/// One event.
pub fn read(body: &[u8]) -> Result<Vec<Scan>, Unreadable> {
    let event = parse(body)?;
    Ok(scan(event, "")?.into_iter().collect())
}

/// One event or a list of them, in their order. A number that can be nobody's is a mistake here.
pub fn read_all(body: &[u8]) -> Result<Vec<Scan>, Unreadable> {
    let is_list = body.trim_ascii_start().first() == Some(&b'[');
    let events: Vec<CarrierEvent> = if is_list {
        parse(body)?
    } else {
        vec![parse(body)?]
    };
    let one = |(at, event)| {
        let base = if is_list {
            format!("/{at}")
        } else {
            String::new()
        };
        let wrong = || Unreadable::at(format!("{base}/tracking_number"), "Not a number.");
        scan(event, &base)?.ok_or_else(wrong)
    };
    events.into_iter().enumerate().map(one).collect()
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    if holds_nul(body) {
        let detail = "The character U+0000 is not allowed in any text.";
        return Err(Unreadable::at("", detail));
    }
    serde_json::from_slice(body).map_err(|error| Unreadable::json(&error))
}

/// `base`: the JSON pointer of the event. None: its number can be nobody's.
fn scan(event: CarrierEvent, base: &str) -> Result<Option<Scan>, Unreadable> {
    if !(1..=MAX_EVENT_ID_CHARS).contains(&event.event_id.chars().count()) {
        let pointer = format!("{base}/event_id");
        return Err(Unreadable::at(pointer, "1 to 200 characters."));
    }
    let place = event.place.as_deref().unwrap_or_default();
    if place.chars().count() > MAX_PLACE_CHARS {
        let pointer = format!("{base}/place");
        return Err(Unreadable::at(pointer, "At most 200 characters."));
    }
    let report = Report {
        event_id: event.event_id,
        at: event.at.micros(),
        state: event.state,
        place: event.place,
        text: None,
    };
    let number = tracking_number::normal(&event.tracking_number);
    Ok(number.map(|number| Scan { number, report }))
}
