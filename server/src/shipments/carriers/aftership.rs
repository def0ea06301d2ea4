//! AfterShip's web hook of a tracking: <https://www.aftership.com/docs/tracking/webhook>, statuses and sub-statuses of
//! <https://www.aftership.com/docs/tracking/enum/delivery-sub-statuses>.

use super::{Adapter, Scan, Unreadable, mac, moment, name_of, place, words};
use crate::{platform::signature::SignatureError, shipments::model::Report};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::Mac;
use sampan_engine::{parcel::ParcelState, time::Timestamp, tracking_number};
use serde::Deserialize;

/// `base64(HMAC-SHA256(secret, raw body))`
pub fn verify(secret: &str, signature: &str, body: &[u8]) -> Result<(), SignatureError> {
    let told = STANDARD
        .decode(signature.trim())
        .map_err(|_| SignatureError::Unreadable)?;
    mac(secret.as_bytes(), body)
        .verify_slice(&told)
        .map_err(|_| SignatureError::Mismatch)
}

#[derive(Deserialize)]
struct Notice {
    msg: Tracking,
    /// Seconds since 1970.
    #[serde(default)]
    ts: Option<i64>,
}

#[derive(Deserialize)]
struct Tracking {
    tracking_number: String,
    #[serde(default)]
    tag: Option<String>,
    #[serde(default)]
    subtag: Option<String>,
    #[serde(default)]
    checkpoints: Vec<Checkpoint>,
}

#[derive(Deserialize)]
struct Checkpoint {
    #[serde(default)]
    checkpoint_time: Option<String>,
    #[serde(default)]
    tag: Option<String>,
    #[serde(default)]
    subtag: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    location: Option<String>,
}

pub fn read(body: &[u8], received: Timestamp) -> Result<Vec<Scan>, Unreadable> {
    let notice: Notice = serde_json::from_slice(body).map_err(|error| Unreadable::json(&error))?;
    let tracking = notice.msg;
    let Some(number) = tracking_number::normal(&tracking.tracking_number) else {
        return Ok(Vec::new());
    };
    let scan = |report| Scan {
        number: number.clone(),
        report,
    };
    if tracking.checkpoints.is_empty() {
        let at = notice.ts.map_or(received, Timestamp::from_seconds);
        let state = state_of(tracking.tag.as_deref(), tracking.subtag.as_deref());
        // Without checkpoints the tag alone is told, once.
        let report = state.map(|state| Report {
            event_id: name_of(Adapter::AfterShip, &[state.as_str()]),
            at: at.micros(),
            state,
            place: None,
            text: None,
        });
        return Ok(report.map(scan).into_iter().collect());
    }
    Ok(tracking
        .checkpoints
        .iter()
        .filter_map(report_of)
        .map(scan)
        .collect())
}

fn report_of(checkpoint: &Checkpoint) -> Option<Report> {
    let time = checkpoint.checkpoint_time.as_deref()?;
    let (tag, subtag) = (checkpoint.tag.as_deref(), checkpoint.subtag.as_deref());
    let (message, location) = (
        checkpoint.message.as_deref(),
        checkpoint.location.as_deref(),
    );
    let parts = [Some(time), tag, subtag, message, location].map(Option::unwrap_or_default);
    Some(Report {
        event_id: name_of(Adapter::AfterShip, &parts),
        at: moment(time)?.micros(),
        state: state_of(tag, subtag)?,
        place: place(&[location]),
        text: words(message),
    })
}

/// A sub-status where it says more than its status; None for what is not about the parcel yet.
fn state_of(tag: Option<&str>, subtag: Option<&str>) -> Option<ParcelState> {
    let state = match (tag?, subtag.unwrap_or_default()) {
        ("InTransit", "InTransit_002") => ParcelState::PickedUp,
        ("InTransit", "InTransit_005") => ParcelState::CustomsCleared,
        ("InTransit", "InTransit_006") => ParcelState::Customs,
        ("Exception", "Exception_004" | "Exception_018") => ParcelState::CustomsHeld,
        ("Exception", "Exception_010") => ParcelState::Returning,
        ("Exception", "Exception_011") => ParcelState::Returned,
        ("InfoReceived", _) => ParcelState::InfoReceived,
        ("InTransit", _) => ParcelState::InTransit,
        ("OutForDelivery", _) => ParcelState::OutForDelivery,
        ("AttemptFail", _) => ParcelState::DeliveryFailed,
        ("AvailableForPickup", _) => ParcelState::AvailableForPickup,
        ("Delivered", _) => ParcelState::Delivered,
        ("Exception", _) => ParcelState::Exception,
        ("Expired", _) => ParcelState::Expired,
        _ => return None,
    };
    Some(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_checkpoint_is_a_scan_with_a_lasting_name() {
        let body = json!({"event": "tracking_update", "ts": 1_760_000_000, "msg": {"tracking_number": "rb 123456785 gb", "tag": "InTransit",
            "checkpoints": [
                {"checkpoint_time": "2026-05-04T08:00:00+02:00", "tag": "InTransit", "subtag": "InTransit_006", "message": "At customs", "location": "Leipzig, DEU"},
                {"checkpoint_time": "2026-05-02T08:00:00", "tag": "InTransit", "subtag": "InTransit_002", "message": "Accepted", "location": null},
                {"checkpoint_time": "2026-05-01T08:00:00", "tag": "Pending"},
                {"tag": "Delivered"},
            ]}})
        .to_string();
        let read = || {
            Adapter::AfterShip
                .read(body.as_bytes(), Timestamp::default())
                .expect("a message")
        };
        let scans = read();
        let told: Vec<_> = scans
            .iter()
            .map(|scan| {
                (
                    scan.number.as_str(),
                    scan.report.state,
                    scan.report.place.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("RB123456785GB", ParcelState::PickedUp, None),
                ("RB123456785GB", ParcelState::Customs, Some("Leipzig, DEU")),
            ]
        );
        let names = |scans: &[Scan]| -> Vec<String> {
            scans
                .iter()
                .map(|scan| scan.report.event_id.clone())
                .collect()
        };
        assert_eq!(names(&scans), names(&read()));
        assert_ne!(names(&scans)[0], names(&scans)[1]);
    }
}
