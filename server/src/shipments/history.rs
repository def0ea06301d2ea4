//! Trips from a file: what a lane took before this market knew it. They belong to no parcel and to nobody.

use crate::{
    platform::db::Tx,
    shipments::{
        lane::{Lane, Trip},
        trips,
    },
};
use sea_orm::DbErr;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

const DAY: i64 = 86_400_000_000;
const MAX_ROWS: usize = 1_000;
const MAX_TRIPS_A_ROW: usize = 500;
/// The trips of one row arrived in this many days before the import, evenly.
const SPREAD_DAYS: i64 = 90;
const LONGEST_DAYS: f64 = 180.0;

/// Why a file of trips cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    #[error("{0}")]
    Row(String),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// One lane of one shop; server/demo/FORMAT.md tells the columns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LaneRow {
    shop: String,
    origin: String,
    destination: String,
    carrier: String,
    service: String,
    promised_from_days: i64,
    promised_to_days: i64,
    /// `6.4;7.1;…`, the newest last.
    actual_days: String,
}

/// Takes a file of trips in, dated before `now`; answers how many. The same file again changes nothing.
pub async fn import(tx: &Tx, bytes: &[u8], now: i64) -> Result<usize, HistoryError> {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut count = 0;
    for (at, row) in reader.deserialize::<LaneRow>().enumerate() {
        let line = at + 2;
        let wrong = |detail: String| HistoryError::Row(format!("line {line}: {detail}"));
        if at >= MAX_ROWS {
            return Err(wrong(format!("at most {MAX_ROWS} lanes a file.")));
        }
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let lane = Lane::new(&row.origin, &row.destination, &row.carrier, &row.service);
        let took = took(&row).map_err(wrong)?;
        let gap = SPREAD_DAYS * DAY / took.len() as i64;
        let dated = took.iter().enumerate().map(|(place, micros)| {
            let delivered_at = now - gap * (took.len() - place) as i64;
            let shipped_at = delivered_at - micros;
            let trip = Trip {
                promised_from: shipped_at + row.promised_from_days * DAY,
                promised_to: shipped_at + row.promised_to_days * DAY,
                shipped_at,
                delivered_at,
            };
            (id(&row, place), trip)
        });
        let dated: Vec<(Uuid, Trip)> = dated.collect();
        trips::insert(tx, &lane, &row.shop, &dated).await?;
        count += dated.len();
    }
    Ok(count)
}

/// What each parcel took, in microseconds.
fn took(row: &LaneRow) -> Result<Vec<i64>, String> {
    if row.promised_from_days < 0 || row.promised_to_days < row.promised_from_days {
        return Err("the promised days must rise from 0.".to_owned());
    }
    let read = |text: &str| {
        let days: f64 = text.trim().parse().ok()?;
        (0.0..=LONGEST_DAYS)
            .contains(&days)
            .then_some((days * DAY as f64) as i64)
    };
    let took: Option<Vec<i64>> = row.actual_days.split(';').map(read).collect();
    took.filter(|took| took.len() <= MAX_TRIPS_A_ROW)
        .ok_or_else(|| {
            format!("actual_days are 1 to {MAX_TRIPS_A_ROW} numbers from 0 to 180, with ; between.")
        })
}

/// The same for the same trip of the same lane, and no parcel's: those are UUIDv7.
fn id(row: &LaneRow, place: usize) -> Uuid {
    let parts = [
        &row.shop,
        &row.origin,
        &row.destination,
        &row.carrier,
        &row.service,
    ];
    let name = format!("trip {} {place}", parts.map(String::as_str).join("\u{1f}"));
    let hash = Sha256::digest(name);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
