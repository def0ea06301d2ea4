//! 17TRACK's web hook, version 2: <https://asset.17track.net/api/document/v2.2_en/index.html>, with its main and sub
//! statuses.

use super::{Adapter, Scan, Unreadable, moment, name_of, place, words};
use crate::{platform::signature::SignatureError, shipments::model::Report};
use sampan_engine::{parcel::ParcelState, tracking_number};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// `hex(SHA-256(raw body + "/" + key))`: a plain hash, as 17TRACK has it.
pub fn verify(secret: &str, signature: &str, body: &[u8]) -> Result<(), SignatureError> {
    let told = hex::decode(signature.trim()).map_err(|_| SignatureError::Unreadable)?;
    let due = Sha256::new()
        .chain_update(body)
        .chain_update(b"/")
        .chain_update(secret)
        .finalize();
    if bool::from(due.as_slice().ct_eq(&told)) {
        Ok(())
    } else {
        Err(SignatureError::Mismatch)
    }
}

#[derive(Deserialize)]
struct Notice {
    data: Tracking,
}

#[derive(Deserialize)]
struct Tracking {
    number: String,
    #[serde(default)]
    track_info: Option<TrackInfo>,
}

#[derive(Deserialize)]
struct TrackInfo {
    #[serde(default)]
    tracking: Option<Providers>,
    #[serde(default)]
    latest_event: Option<Event>,
}

#[derive(Deserialize)]
struct Providers {
    #[serde(default)]
    providers: Vec<Provider>,
}

#[derive(Deserialize)]
struct Provider {
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    time_utc: Option<String>,
    #[serde(default)]
    time_iso: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    location: Option<String>,
    #[serde(default)]
    sub_status: Option<String>,
}

pub fn read(body: &[u8]) -> Result<Vec<Scan>, Unreadable> {
    let notice: Notice = serde_json::from_slice(body).map_err(|error| Unreadable::json(&error))?;
    let Some(number) = tracking_number::normal(&notice.data.number) else {
        return Ok(Vec::new());
    };
    let Some(info) = notice.data.track_info else {
        return Ok(Vec::new());
    };
    let told = info
        .tracking
        .into_iter()
        .flat_map(|tracking| tracking.providers);
    let mut events: Vec<Event> = told.flat_map(|provider| provider.events).collect();
    if events.is_empty() {
        events.extend(info.latest_event);
    }
    let reports = events.iter().filter_map(report_of);
    Ok(reports
        .map(|report| Scan {
            number: number.clone(),
            report,
        })
        .collect())
}

fn report_of(event: &Event) -> Option<Report> {
    let time = event.time_utc.as_deref().or(event.time_iso.as_deref())?;
    let status = event.sub_status.as_deref()?;
    let (text, location) = (event.description.as_deref(), event.location.as_deref());
    let parts = [Some(time), Some(status), text, location].map(Option::unwrap_or_default);
    Some(Report {
        event_id: name_of(Adapter::SeventeenTrack, &parts),
        at: moment(time)?.micros(),
        state: state_of(status)?,
        place: place(&[location]),
        text: words(text),
    })
}

fn state_of(status: &str) -> Option<ParcelState> {
    let state = match status {
        "InTransit_PickedUp" => ParcelState::PickedUp,
        "InTransit_CustomsProcessing" => ParcelState::Customs,
        "InTransit_CustomsRequiringInformation" => ParcelState::CustomsHeld,
        "InTransit_CustomsReleased" => ParcelState::CustomsCleared,
        "Exception_Returning" => ParcelState::Returning,
        "Exception_Returned" => ParcelState::Returned,
        _ => match status.split('_').next().unwrap_or_default() {
            "InfoReceived" => ParcelState::InfoReceived,
            "InTransit" => ParcelState::InTransit,
            "AvailableForPickup" => ParcelState::AvailableForPickup,
            "OutForDelivery" => ParcelState::OutForDelivery,
            "DeliveryFailure" => ParcelState::DeliveryFailed,
            "Delivered" => ParcelState::Delivered,
            "Exception" => ParcelState::Exception,
            "Expired" => ParcelState::Expired,
            _ => return None,
        },
    };
    Some(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sampan_engine::time::Timestamp;
    use serde_json::json;

    #[test]
    fn events_of_all_carriers_on_the_way_are_told_oldest_first() {
        let event = |time: &str, status: &str| json!({"time_utc": time, "sub_status": status, "description": "Said", "location": "Lyon"});
        let body = json!({"event": "TRACKING_UPDATED", "data": {"number": "RA473124829FI", "carrier": 3011, "track_info": {"tracking": {"providers": [
            {"events": [event("2026-05-04T08:00:00Z", "InTransit_CustomsReleased"), event("2026-05-03T08:00:00Z", "InTransit_CustomsRequiringInformation")]},
            {"events": [event("2026-05-05T08:00:00Z", "NotFound_Other"), event("2026-05-02T08:00:00Z", "InTransit_Departure")]},
        ]}}}});
        let scans = Adapter::SeventeenTrack
            .read(body.to_string().as_bytes(), Timestamp::default())
            .expect("a message");
        let states: Vec<ParcelState> = scans.iter().map(|scan| scan.report.state).collect();
        assert_eq!(
            states,
            [
                ParcelState::InTransit,
                ParcelState::CustomsHeld,
                ParcelState::CustomsCleared
            ]
        );
        assert_eq!(scans[0].report.place.as_deref(), Some("Lyon"));
    }
}
