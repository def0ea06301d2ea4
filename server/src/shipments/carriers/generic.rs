//! Our own shape, for carriers that write to us directly.

use super::{MAX_PLACE_CHARS, Scan, Unreadable};
use crate::shipments::model::Report;
use sampan_engine::{parcel::ParcelState, protocol::holds_nul, time::Timestamp, tracking_number};
use serde::Deserialize;

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

pub fn read(body: &[u8]) -> Result<Vec<Scan>, Unreadable> {
    if holds_nul(body) {
        let detail = "The character U+0000 is not allowed in any text.";
        return Err(Unreadable::at("", detail));
    }
    let event: CarrierEvent =
        serde_json::from_slice(body).map_err(|error| Unreadable::json(&error))?;
    if !(1..=MAX_EVENT_ID_CHARS).contains(&event.event_id.chars().count()) {
        return Err(Unreadable::at("/event_id", "1 to 200 characters."));
    }
    let place = event.place.as_deref().unwrap_or_default();
    if place.chars().count() > MAX_PLACE_CHARS {
        return Err(Unreadable::at("/place", "At most 200 characters."));
    }
    let Some(number) = tracking_number::normal(&event.tracking_number) else {
        return Ok(Vec::new());
    };
    let report = Report {
        event_id: event.event_id,
        at: event.at.micros(),
        state: event.state,
        place: event.place,
        text: None,
    };
    Ok(vec![Scan { number, report }])
}
