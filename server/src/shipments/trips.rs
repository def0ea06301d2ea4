//! Trips in the database: one for each parcel that arrived, the newest of each lane.

use crate::{
    platform::db::{self, Tx},
    shipments::{
        lane::{Expected, KEPT_DAYS, KEPT_TRIPS, Lane, LaneFigures, RANGE_TRIPS, Trip},
        model::ParcelRow,
    },
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use uuid::Uuid;

const DAY: i64 = 86_400_000_000;

/// A lane with what is known of it.
#[derive(Clone, Debug)]
pub struct LaneHistory {
    pub lane: Lane,
    pub newest_at: i64,
    pub figures: LaneFigures,
}

/// When a parcel that leaves now should arrive: by its lane's own trips, else by the freight row's days.
pub async fn expect(
    connection: &impl ConnectionTrait,
    lane: &Lane,
    now: i64,
    freight_days: (i64, i64),
) -> Result<Expected, DbErr> {
    let trips = trips_of(connection, lane, None, now, RANGE_TRIPS).await?;
    Ok(Expected::of(&trips, freight_days))
}

/// Keeps a parcel's trip, once. An earlier delivery that is heard of later corrects it; nothing else does, as the promise
/// and the hand-over are the parcel's and do not change.
pub(super) async fn keep(tx: &Tx, parcel: &ParcelRow, trip: &Trip, now: i64) -> Result<(), DbErr> {
    let Some(lane) = &parcel.lane else {
        return Ok(());
    };
    insert(tx, lane, &parcel.shop, &[(parcel.id, *trip)]).await?;
    prune(tx, lane, now).await
}

/// Writes trips of one lane and shop, each under its id; `trips` must not be empty.
pub(super) async fn insert(
    tx: &Tx,
    lane: &Lane,
    shop: &str,
    trips: &[(Uuid, Trip)],
) -> Result<(), DbErr> {
    let text = format!(
        "INSERT INTO trip (origin, destination, carrier, service, shop_slug, parcel_id, promised_from, promised_to, \
         shipped_at, delivered_at) VALUES {} ON CONFLICT (parcel_id) DO UPDATE SET delivered_at = excluded.delivered_at, \
         shipped_at = excluded.shipped_at, promised_from = excluded.promised_from, promised_to = excluded.promised_to \
         WHERE excluded.delivered_at < trip.delivered_at",
        db::rows(tx, trips.len(), 10)
    );
    let values = trips.iter().flat_map(|(id, trip)| -> [Value; 10] {
        let [origin, destination, carrier, service] = key(lane);
        [
            origin,
            destination,
            carrier,
            service,
            shop.into(),
            (*id).into(),
            trip.promised_from.into(),
            trip.promised_to.into(),
            trip.shipped_at.into(),
            trip.delivered_at.into(),
        ]
    });
    db::execute(tx, &text, values).await.map(|_| ())
}

/// Leaves the newest trips of the last year.
async fn prune(tx: &Tx, lane: &Lane, now: i64) -> Result<(), DbErr> {
    let text = "DELETE FROM trip WHERE origin = $1 AND destination = $2 AND carrier = $3 AND service = $4 \
                AND (delivered_at < $5 OR parcel_id IN (SELECT parcel_id FROM trip WHERE origin = $1 AND destination = $2 \
                AND carrier = $3 AND service = $4 ORDER BY delivered_at DESC, parcel_id DESC LIMIT 1000 OFFSET $6))";
    let [origin, destination, carrier, service] = key(lane);
    let values: [Value; 6] = [
        origin,
        destination,
        carrier,
        service,
        since(now).into(),
        KEPT_TRIPS.into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

/// Lanes with trips of the last year, the busiest first, `limit` at most after the first `skip`. With shops, only what
/// their own parcels took: nothing for nobody's shops.
pub async fn lanes(
    connection: &impl ConnectionTrait,
    shops: Option<&[String]>,
    now: i64,
    (skip, limit): (i64, i64),
) -> Result<Vec<LaneHistory>, DbErr> {
    let mut values: Vec<Value> = vec![since(now).into(), limit.into(), skip.into()];
    let text = format!(
        "SELECT origin, destination, carrier, service, COUNT(*) AS trips, MAX(delivered_at) AS newest_at FROM trip \
         WHERE delivered_at >= $1{} GROUP BY origin, destination, carrier, service \
         ORDER BY trips DESC, origin, destination, carrier, service LIMIT $2 OFFSET $3",
        of_shops(shops, &mut values)
    );
    let mut found = Vec::new();
    for row in db::fetch_all(connection, &text, values).await? {
        let lane = read_lane(&row)?;
        let trips = trips_of(connection, &lane, shops, now, KEPT_TRIPS).await?;
        // Between the two statements the last trip may have gone.
        if let Some(figures) = LaneFigures::of(&trips) {
            found.push(LaneHistory {
                lane,
                newest_at: row.try_get("", "newest_at")?,
                figures,
            });
        }
    }
    Ok(found)
}

/// The newest trips of a lane in the last year.
async fn trips_of(
    connection: &impl ConnectionTrait,
    lane: &Lane,
    shops: Option<&[String]>,
    now: i64,
    limit: i64,
) -> Result<Vec<Trip>, DbErr> {
    let mut values: Vec<Value> = key(lane).into();
    values.extend([since(now).into(), limit.into()]);
    let text = format!(
        "SELECT promised_from, promised_to, shipped_at, delivered_at FROM trip \
         WHERE origin = $1 AND destination = $2 AND carrier = $3 AND service = $4 AND delivered_at >= $5{} \
         ORDER BY delivered_at DESC, parcel_id DESC LIMIT $6",
        of_shops(shops, &mut values)
    );
    let rows = db::fetch_all(connection, &text, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Trip {
                promised_from: row.try_get("", "promised_from")?,
                promised_to: row.try_get("", "promised_to")?,
                shipped_at: row.try_get("", "shipped_at")?,
                delivered_at: row.try_get("", "delivered_at")?,
            })
        })
        .collect()
}

/// ` AND shop_slug IN (…)`, or nothing for all shops.
fn of_shops(shops: Option<&[String]>, values: &mut Vec<Value>) -> String {
    let Some(shops) = shops else {
        return String::new();
    };
    if shops.is_empty() {
        return " AND 1 = 0".to_owned();
    }
    let mut slugs = shops.iter().map(|slug| slug.as_str().into()).collect();
    let list = db::in_list(values.len() + 1, &mut slugs);
    values.extend(slugs);
    format!(" AND shop_slug IN ({list})")
}

fn since(now: i64) -> i64 {
    now.saturating_sub(KEPT_DAYS * DAY)
}

fn key(lane: &Lane) -> [Value; 4] {
    [
        lane.origin.as_str().into(),
        lane.destination.as_str().into(),
        lane.carrier.as_str().into(),
        lane.service.as_str().into(),
    ]
}

fn read_lane(row: &QueryResult) -> Result<Lane, DbErr> {
    Ok(Lane {
        origin: row.try_get("", "origin")?,
        destination: row.try_get("", "destination")?,
        carrier: row.try_get("", "carrier")?,
        service: row.try_get("", "service")?,
    })
}
