//! Parcels on their way: what carriers report, and what it adds up to.
//!
//! Invariant: a parcel's state is what all its events add up to, whatever order they came in. An event counts once by
//! its id; a late scan joins the history and moves nothing back. A parcel that has arrived is one trip of its lane, from
//! the hand-over to its earliest delivery, and what is promised to the next parcel rests on those.

pub mod carriers;
mod history;
mod lane;
mod local;
mod model;
mod routes;
mod storage;
mod stranger;
mod trips;
mod view;

pub use history::{HistoryError, import as import_history};
pub use lane::{Expected, Lane};
pub use local::{
    LOCAL_CARRIER, Leg, announced, by_the_clock, legs_ahead, next_state, report_of,
    reports_to_next, spread, tracking_number,
};
pub use model::{NewParcel, ParcelRow, Report};
pub use routes::{LanePage, LanesQuery, page as lane_page, routes};
pub use storage::{
    arrival, changes, create, ended, find_by_id, find_by_number, find_of_batch, heard_at,
    known_events, news, record,
};
pub use trips::expect;
pub use view::{ParcelEventView, ParcelView, of_orders};
