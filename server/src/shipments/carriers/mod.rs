//! What carriers' messages say: each adapter knows one scheme of signatures and one shape of body, and tells scans in our
//! own words.
//!
//! Invariant: nothing is read before its signature holds. A scan that says nothing in our words is left out; texts that
//! are too long are cut, as a carrier would only send them again.

mod aftership;
mod easypost;
mod emsevt;
mod generic;
pub mod poll;
mod seventeen_track;

pub use generic::CarrierEvent;

use crate::{
    platform::signature::{self, SignatureError},
    shipments::model::Report,
};
use hmac::{Hmac, Mac};
use sampan_engine::time::Timestamp;
use sha2::{Digest, Sha256};
use std::{borrow::Cow, collections::BTreeMap};

/// The most scans that are taken from one message; the newest of longer histories.
const SCANS_AT_MOST: usize = 500;
const MAX_PLACE_CHARS: usize = 200;
const MAX_TEXT_CHARS: usize = 500;

/// Who may call the carriers' hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adapter {
    /// Our own shape, for carriers that write to us directly.
    Generic,
    AfterShip,
    SeventeenTrack,
    EasyPost,
    /// Postal operators' EMSEVT events, as JSON or CSV.
    Emsevt,
}

/// One scan of the parcel with this number.
#[derive(Clone, Debug)]
pub struct Scan {
    /// As [`tracking_number::normal`] writes it.
    pub number: String,
    pub report: Report,
}

/// Why a signed body cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Unreadable {
    /// JSON pointer of what to change; empty for the whole body.
    pub pointer: String,
    pub detail: String,
}

impl Adapter {
    pub const ALL: [Adapter; 5] = [
        Adapter::Generic,
        Adapter::AfterShip,
        Adapter::SeventeenTrack,
        Adapter::EasyPost,
        Adapter::Emsevt,
    ];

    /// In the hook's address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Adapter::Generic => "generic",
            Adapter::AfterShip => "aftership",
            Adapter::SeventeenTrack => "17track",
            Adapter::EasyPost => "easypost",
            Adapter::Emsevt => "emsevt",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|adapter| adapter.as_str() == name)
    }

    /// The secret among the keys' `webhooks`. Posts that send EMSEVT share the generic one unless they have their own.
    pub fn secret(self, webhooks: &BTreeMap<String, String>) -> Option<&str> {
        let own = webhooks.get(self.as_str());
        let shared = || webhooks.get(Adapter::Generic.as_str());
        let found = match self {
            Adapter::Emsevt => own.or_else(shared),
            _ => own,
        };
        found.map(String::as_str)
    }

    /// The header that carries the signature.
    pub const fn header(self) -> &'static str {
        match self {
            Adapter::Generic | Adapter::Emsevt => signature::HEADER,
            Adapter::AfterShip => "aftership-hmac-sha256",
            Adapter::SeventeenTrack => "sign",
            Adapter::EasyPost => "x-hmac-signature",
        }
    }

    /// Does the header's value hold for this body? Compared in constant time. Only our own scheme signs a time.
    pub fn verify(
        self,
        secret: &str,
        signature: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), SignatureError> {
        match self {
            Adapter::Generic | Adapter::Emsevt => signature::verify(secret, signature, body, now),
            Adapter::AfterShip => aftership::verify(secret, signature, body),
            Adapter::SeventeenTrack => seventeen_track::verify(secret, signature, body),
            Adapter::EasyPost => easypost::verify(secret, signature, body),
        }
    }

    /// What the body says, oldest scan first. `received` stands for times that a body leaves out.
    pub fn read(self, body: &[u8], received: Timestamp) -> Result<Vec<Scan>, Unreadable> {
        let mut scans = match self {
            Adapter::Generic => generic::read(body)?,
            Adapter::AfterShip => aftership::read(body, received)?,
            Adapter::SeventeenTrack => seventeen_track::read(body)?,
            Adapter::EasyPost => easypost::read(body, received)?,
            Adapter::Emsevt => emsevt::read(body)?,
        };
        scans.sort_by_key(|scan| scan.report.at);
        let too_many = scans.len().saturating_sub(SCANS_AT_MOST);
        scans.drain(..too_many);
        Ok(scans)
    }
}

impl Unreadable {
    fn json(error: &serde_json::Error) -> Self {
        Self {
            pointer: String::new(),
            detail: format!("The body is not one of this carrier's messages: {error}."),
        }
    }

    fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            detail: detail.into(),
        }
    }
}

/// HMAC-SHA256 of a body, to be compared in constant time.
fn mac(secret: &[u8], body: &[u8]) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret).expect("BUG: HMAC takes keys of any length");
    mac.update(body);
    mac
}

/// A name for a scan whose carrier gives none: the same for the same scan, however often it is told.
fn name_of(adapter: Adapter, parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\u{1f}"));
    format!("{}:{}", adapter.as_str(), hex::encode(&hash[..12]))
}

/// RFC 3339, or a time without a zone, which is taken as UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim().replacen(' ', "T", 1);
    Timestamp::parse_rfc3339(&text).or_else(|| Timestamp::parse_rfc3339(&format!("{text}Z")))
}

/// The parts that are there, as one place.
fn place(parts: &[Option<&str>]) -> Option<String> {
    let known: Vec<&str> = parts
        .iter()
        .filter_map(|part| part.map(str::trim))
        .filter(|part| !part.is_empty())
        .collect();
    let place = clean(&known.join(", "), MAX_PLACE_CHARS);
    (!place.is_empty()).then_some(place)
}

fn words(text: Option<&str>) -> Option<String> {
    let text = clean(text?, MAX_TEXT_CHARS);
    (!text.is_empty()).then_some(text)
}

/// Without control characters, cut to so many characters.
fn clean(text: &str, most: usize) -> String {
    let plain: Cow<'_, str> = if text.chars().any(char::is_control) {
        text.replace(char::is_control, " ").into()
    } else {
        text.into()
    };
    plain.trim().chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const NOW: Timestamp = Timestamp::from_seconds(1_760_000_000);

    fn vectors() -> Vec<Value> {
        let file = include_str!("../../../../tests/vectors/web-hooks.json");
        serde_json::from_str(file).expect("the vectors")
    }

    #[test]
    fn known_signatures_hold_and_any_other_byte_breaks_them() {
        let mut seen = 0;
        for vector in vectors() {
            let text = |name: &str| vector[name].as_str().expect("a text").to_owned();
            let Some(adapter) = Adapter::parse(&text("provider")) else {
                continue;
            };
            seen += 1;
            assert!(text("header").eq_ignore_ascii_case(adapter.header()));
            let (secret, signature, body) = (text("secret"), text("signature"), text("body"));
            let check = |secret: &str, signature: &str, body: &str| {
                adapter.verify(secret, signature, body.as_bytes(), NOW)
            };
            assert_eq!(check(&secret, &signature, &body), Ok(()), "{adapter:?}");
            for (secret, signature, body) in [
                (format!("{secret}x"), signature.clone(), body.clone()),
                (secret.clone(), signature.clone(), format!("{body} ")),
                (secret.clone(), String::new(), body.clone()),
                (secret.clone(), signature[1..].to_owned(), body.clone()),
            ] {
                assert!(check(&secret, &signature, &body).is_err(), "{adapter:?}");
            }
        }
        assert_eq!(seen, 3);
    }

    #[test]
    fn the_vectors_bodies_are_read() {
        for vector in vectors() {
            let Some(adapter) = Adapter::parse(vector["provider"].as_str().expect("a name")) else {
                continue;
            };
            let body = vector["body"].as_str().expect("a body");
            let scans = adapter.read(body.as_bytes(), NOW).expect("a message");
            let states: Vec<&str> = scans
                .iter()
                .map(|scan| scan.report.state.as_str())
                .collect();
            let told: &[&str] = match adapter {
                Adapter::AfterShip | Adapter::EasyPost => &["in_transit"],
                _ => &[],
            };
            assert_eq!(states, told, "{adapter:?}");
        }
    }

    #[test]
    fn a_body_of_another_shape_is_said_to_be_one() {
        for adapter in Adapter::ALL {
            for body in ["", "[]", "{}", "null", "{\"msg\":1}"] {
                let error = adapter.read(body.as_bytes(), NOW).expect_err(body);
                assert!(!error.detail.is_empty());
            }
        }
    }

    #[test]
    fn texts_are_cut_and_times_without_a_zone_are_utc() {
        assert_eq!(clean(" a\u{0}b\n", 2), "a ");
        assert_eq!(
            place(&[Some("Lyon"), Some(" "), None, Some("FR")]).as_deref(),
            Some("Lyon, FR")
        );
        assert_eq!(
            moment("2026-05-01 10:00:00"),
            moment("2026-05-01T12:00:00+02:00")
        );
        assert_eq!(moment("yesterday"), None);
    }
}
