//! EasyPost's event of a tracker: <https://docs.easypost.com/docs/trackers>.

use super::{Adapter, Scan, Unreadable, mac, moment, name_of, place, words};
use crate::{platform::signature::SignatureError, shipments::model::Report};
use hmac::Mac;
use sampan_engine::{parcel::ParcelState, time::Timestamp, tracking_number};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// `"hmac-sha256-hex=" + hex(HMAC-SHA256(NFKD(secret), raw body))`
pub fn verify(secret: &str, signature: &str, body: &[u8]) -> Result<(), SignatureError> {
    let told = signature
        .trim()
        .strip_prefix("hmac-sha256-hex=")
        .and_then(|text| hex::decode(text).ok())
        .ok_or(SignatureError::Unreadable)?;
    let secret: String = secret.nfkd().collect();
    mac(secret.as_bytes(), body)
        .verify_slice(&told)
        .map_err(|_| SignatureError::Mismatch)
}

#[derive(Deserialize)]
struct Notice {
    result: Tracker,
}

/// Events of other objects come to the same hook, and are none of ours.
#[derive(Deserialize)]
struct Tracker {
    object: String,
    #[serde(default)]
    tracking_code: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    status_detail: Option<String>,
    #[serde(default)]
    updated_at: Option<String>,
    #[serde(default)]
    tracking_details: Vec<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(default)]
    datetime: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    status_detail: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    tracking_location: Option<Location>,
}

#[derive(Deserialize)]
struct Location {
    #[serde(default)]
    city: Option<String>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    country: Option<String>,
}

pub fn read(body: &[u8], received: Timestamp) -> Result<Vec<Scan>, Unreadable> {
    let notice: Notice = serde_json::from_slice(body).map_err(|error| Unreadable::json(&error))?;
    let tracker = notice.result;
    let number = tracker
        .tracking_code
        .as_deref()
        .and_then(tracking_number::normal);
    let Some(number) = number.filter(|_| tracker.object == "Tracker") else {
        return Ok(Vec::new());
    };
    let scan = |report| Scan {
        number: number.clone(),
        report,
    };
    if tracker.tracking_details.is_empty() {
        let at = tracker.updated_at.as_deref().and_then(moment);
        let state = state_of(tracker.status.as_deref(), tracker.status_detail.as_deref());
        let report = state.map(|state| Report {
            event_id: name_of(Adapter::EasyPost, &[state.as_str()]),
            at: at.unwrap_or(received).micros(),
            state,
            place: None,
            text: None,
        });
        return Ok(report.map(scan).into_iter().collect());
    }
    Ok(tracker
        .tracking_details
        .iter()
        .filter_map(report_of)
        .map(scan)
        .collect())
}

fn report_of(detail: &Detail) -> Option<Report> {
    let time = detail.datetime.as_deref()?;
    let (status, more) = (detail.status.as_deref(), detail.status_detail.as_deref());
    let message = detail.message.as_deref();
    let parts = [Some(time), status, more, message].map(Option::unwrap_or_default);
    let location = detail.tracking_location.as_ref();
    Some(Report {
        event_id: name_of(Adapter::EasyPost, &parts),
        at: moment(time)?.micros(),
        state: state_of(status, more)?,
        place: location.and_then(|location| {
            place(&[
                location.city.as_deref(),
                location.state.as_deref(),
                location.country.as_deref(),
            ])
        }),
        text: words(message),
    })
}

fn state_of(status: Option<&str>, detail: Option<&str>) -> Option<ParcelState> {
    let state = match (status?, detail.unwrap_or_default()) {
        ("in_transit", "received_at_origin_facility") => ParcelState::PickedUp,
        ("pre_transit", _) => ParcelState::InfoReceived,
        ("in_transit", _) => ParcelState::InTransit,
        ("out_for_delivery", _) => ParcelState::OutForDelivery,
        ("available_for_pickup", _) => ParcelState::AvailableForPickup,
        ("delivered", _) => ParcelState::Delivered,
        ("return_to_sender", _) => ParcelState::Returning,
        ("failure" | "error", _) => ParcelState::Exception,
        _ => return None,
    };
    Some(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn details_are_scans_with_their_place_and_events_of_other_objects_none() {
        let body = json!({"description": "tracker.updated", "result": {"object": "Tracker", "tracking_code": "EZ1000000001", "status": "in_transit",
        "tracking_details": [
            {"datetime": "2026-05-02T08:00:00Z", "status": "pre_transit", "message": "Label made"},
            {"datetime": "2026-05-03T08:00:00Z", "status": "in_transit", "status_detail": "received_at_origin_facility",
             "tracking_location": {"city": "Porto", "state": null, "country": "PT"}},
            {"datetime": "2026-05-04T08:00:00Z", "status": "unknown"},
        ]}});
        let read = |body: &serde_json::Value| {
            Adapter::EasyPost
                .read(body.to_string().as_bytes(), Timestamp::default())
                .expect("a message")
        };
        let scans = read(&body);
        let told: Vec<_> = scans
            .iter()
            .map(|scan| (scan.report.state, scan.report.place.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (ParcelState::InfoReceived, None),
                (ParcelState::PickedUp, Some("Porto, PT"))
            ]
        );
        assert!(read(&json!({"result": {"object": "Batch", "id": "batch_1"}})).is_empty());
    }
}
