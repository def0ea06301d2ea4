//! What a parcel is, and how an event moves it.

use crate::shipments::lane::{Expected, Lane};
use sampan_engine::parcel::ParcelState;
use uuid::Uuid;

/// A parcel as stored.
#[derive(Clone, Debug)]
pub struct ParcelRow {
    pub scope_id: Uuid,
    pub id: Uuid,
    pub order_id: Uuid,
    pub batch_id: Uuid,
    pub carrier: String,
    pub number: String,
    pub state: ParcelState,
    /// ISO 3166-1 alpha-2 of where it was handed over.
    pub origin: String,
    /// ISO 3166-1 alpha-2 of where it goes.
    pub destination: String,
    /// Passes a customs border.
    pub crosses_border: bool,
    /// As promised at the hand-over; never changed.
    pub eta_from: i64,
    pub eta_to: i64,
    pub eta_basis: EtaBasis,
    /// None for parcels that were handed over before lanes were kept.
    pub lane: Option<Lane>,
    pub shipped_at: Option<i64>,
    /// Whose goods it holds, by slug; empty for parcels older than lanes.
    pub shop: String,
    pub last_event_at: i64,
    /// How many events it has; the next one gets this number plus one.
    pub events: i64,
}

/// What a parcel's range rests on, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EtaBasis {
    /// Trips the lane had at the hand-over; None for parcels older than lanes.
    pub trips: Option<i64>,
    /// Of a hundred of them so many lie in the range; None: the freight row's days.
    pub share_percent: Option<i64>,
}

/// A parcel about to be handed over.
#[derive(Clone, Debug)]
pub struct NewParcel {
    pub id: Uuid,
    pub order_id: Uuid,
    pub batch_id: Uuid,
    pub carrier: String,
    /// As [`sampan_engine::tracking_number::normal`] writes it.
    pub number: String,
    pub origin: String,
    pub destination: String,
    pub crosses_border: bool,
    pub lane: Lane,
    /// Slug of the shop whose goods it holds.
    pub shop: String,
    pub expected: Expected,
}

/// One scan of a carrier.
#[derive(Clone, Debug)]
pub struct Report {
    /// The carrier's own id; a repeat of it changes nothing.
    pub event_id: String,
    pub at: i64,
    pub state: ParcelState,
    pub place: Option<String>,
    /// The carrier's words, a plain sentence.
    pub text: Option<String>,
}
