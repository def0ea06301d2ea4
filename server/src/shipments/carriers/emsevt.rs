//! Postal operators' events, in the codes of the UPU's EMSEVT messages (UPU M17), as JSON or as CSV.
//!
//! JSON: `{"events": [{"item": "RB123456785GB", "event": "EMD", "at": "2026-05-02T08:00:00Z", "office": "GBLALA"}]}`.
//! CSV: a head of `item,event,at,office` and a row an event. Both are signed as our own shape is.

use super::{Adapter, Scan, Unreadable, moment, name_of, place};
use crate::shipments::model::Report;
use sampan_engine::{parcel::ParcelState, tracking_number};
use serde::Deserialize;

#[derive(Deserialize)]
struct Message {
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    /// S10 number.
    item: String,
    /// EMSEVT code.
    event: String,
    at: String,
    /// IMPC code or name of the office.
    #[serde(default)]
    office: Option<String>,
}

pub fn read(body: &[u8]) -> Result<Vec<Scan>, Unreadable> {
    let is_json = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let events = if is_json {
        let message: Message =
            serde_json::from_slice(body).map_err(|error| Unreadable::json(&error))?;
        message.events
    } else {
        rows(body)?
    };
    let mut scans = Vec::with_capacity(events.len());
    for (at, event) in events.iter().enumerate() {
        let pointer = |field: &str| format!("/events/{at}/{field}");
        let time = moment(&event.at).ok_or_else(|| {
            Unreadable::at(
                pointer("at"),
                format!("{:?} is no time; send 2026-05-02T08:00:00Z.", event.at),
            )
        })?;
        let code = event.event.trim().to_ascii_uppercase();
        let state = state_of(&code).ok_or_else(|| {
            Unreadable::at(
                pointer("event"),
                format!("{code:?} is no code of EMSEVT; send one such as EMD."),
            )
        })?;
        let Some(number) = tracking_number::normal(&event.item) else {
            return Err(Unreadable::at(
                pointer("item"),
                "A number such as RB123456785GB.",
            ));
        };
        let office = event.office.as_deref();
        let parts = [&*event.at, &*code, office.unwrap_or_default()];
        let report = Report {
            event_id: name_of(Adapter::Emsevt, &parts),
            at: time.micros(),
            state,
            place: place(&[office]),
            text: Some(meaning(&code).to_owned()),
        };
        scans.push(Scan { number, report });
    }
    Ok(scans)
}

fn rows(body: &[u8]) -> Result<Vec<Event>, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(body);
    let events: Result<Vec<Event>, csv::Error> = reader.deserialize().collect();
    let events = events.map_err(|error| {
        let line = error.position().map_or(1, csv::Position::line);
        Unreadable::at(
            "",
            format!("Line {line} is not of the form item,event,at,office."),
        )
    })?;
    if events.is_empty() {
        return Err(Unreadable::at(
            "",
            "There is no event: a head item,event,at,office and a row an event.",
        ));
    }
    Ok(events)
}

/// Our word for a code. EMSEVT has more legs than a shopper needs: arriving and leaving offices are all *in transit*.
fn state_of(code: &str) -> Option<ParcelState> {
    let state = match code {
        "EMA" => ParcelState::PickedUp,
        "EMB" | "EXC" | "EMC" | "EMJ" | "EMK" | "EMD" | "EMF" | "EDD" | "EDE" | "EMG" => {
            ParcelState::InTransit
        }
        "EXA" | "EDB" => ParcelState::Customs,
        "EXB" | "EME" => ParcelState::CustomsHeld,
        "EDC" => ParcelState::CustomsCleared,
        "EXD" | "EXX" | "EDA" | "EDF" | "EDX" => ParcelState::Exception,
        "EDG" => ParcelState::OutForDelivery,
        "EDH" => ParcelState::AvailableForPickup,
        "EMH" => ParcelState::DeliveryFailed,
        "EMI" => ParcelState::Delivered,
        _ => return None,
    };
    Some(state)
}

/// What the code stands for, as posts print it on their own tracking pages.
fn meaning(code: &str) -> &'static str {
    match code {
        "EMA" => "Posted",
        "EMB" => "At the outward office of exchange",
        "EXA" => "Shown to export customs",
        "EXB" => "Held by export customs",
        "EXC" => "Back from export customs",
        "EXD" => "Held at the outward office of exchange",
        "EXX" => "Export called off",
        "EMC" => "Left the outward office of exchange",
        "EMJ" => "At the transit office of exchange",
        "EMK" => "Left the transit office of exchange",
        "EMD" => "At the inward office of exchange",
        "EDA" => "Held at the inward office of exchange",
        "EDB" => "Shown to import customs",
        "EME" => "Held by import customs",
        "EDC" => "Back from import customs",
        "EMF" => "Left the inward office of exchange",
        "EDD" => "At the sorting centre",
        "EDE" => "Left the sorting centre",
        "EMG" => "At the delivery office",
        "EDF" => "Held at the delivery office",
        "EDG" => "Out for delivery",
        "EDH" => "At the collection point",
        "EMH" => "Delivery tried in vain",
        "EMI" => "Delivered",
        "EDX" => "Import ended",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sampan_engine::time::Timestamp;

    const CODES: [&str; 25] = [
        "EMA", "EMB", "EXA", "EXB", "EXC", "EXD", "EXX", "EMC", "EMJ", "EMK", "EMD", "EDA", "EDB",
        "EME", "EDC", "EMF", "EDD", "EDE", "EMG", "EDF", "EDG", "EDH", "EMH", "EMI", "EDX",
    ];

    #[test]
    fn every_code_has_a_state_and_a_meaning() {
        for code in CODES {
            assert!(
                state_of(code).is_some() && !meaning(code).is_empty(),
                "{code}"
            );
        }
    }

    #[test]
    fn csv_and_json_say_the_same_and_a_bad_row_is_named() {
        let read = |body: &str| Adapter::Emsevt.read(body.as_bytes(), Timestamp::default());
        let csv = read(
            "item,event,at,office\nRB123456785GB,EMD,2026-05-02T08:00:00Z,GBLALA\nRB 123456785 GB,EMI,2026-05-03T08:00:00Z,\n",
        );
        let json = read(
            r#"{"events": [{"item": "RB123456785GB", "event": "EMD", "at": "2026-05-02T08:00:00Z", "office": "GBLALA"},
                           {"item": "RB123456785GB", "event": "emi", "at": "2026-05-03T08:00:00Z"}]}"#,
        );
        let told = |scans: Vec<Scan>| -> Vec<String> {
            scans.iter().map(|scan| format!("{scan:?}")).collect()
        };
        assert_eq!(told(csv.expect("rows")), told(json.expect("events")));
        let error = read("item,event,at,office\nRB123456785GB,ZZZ,2026-05-02T08:00:00Z,\n");
        assert_eq!(error.expect_err("no code").pointer, "/events/0/event");
        let error = read("item,event\nRB123456785GB,EMD\n").expect_err("no time");
        assert!(error.detail.starts_with("Line 2"), "{error}");
    }
}
