//! Parcels on their way: what carriers report, and what it adds up to.
//!
//! Invariant: a parcel's state is what all its events add up to, whatever order they came in. An event counts once by
//! its id; a late scan joins the history and moves nothing back.

pub mod carriers;
mod local;
mod model;
mod storage;
mod view;

pub use local::{LOCAL_CARRIER, announced, next_report, next_state, steps_left, tracking_number};
pub use model::{NewParcel, ParcelRow, Report};
pub use storage::{
    arrival, changes, create, find_by_id, find_by_number, find_of_batch, news, record,
};
pub use view::{ParcelEventView, ParcelView, of_orders};
