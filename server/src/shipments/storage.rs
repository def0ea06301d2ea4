//! Parcels and events in the database.

use crate::{
    platform::db::{self, Tx},
    scope::{Change, Revision, Telling, Viewer, uuid_bound},
    shipments::{
        carriers::poll::EXPIRED_EVENT,
        lane::{Lane, Trip},
        model::{EtaBasis, NewParcel, ParcelRow, Report},
        trips,
        view::{EventRow, event_value, parcel_value},
    },
};
use sampan_engine::{parcel::ParcelState, protocol::Position, time::Timestamp};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

const PARCEL: &str = "scope_id, id, rev, order_id, batch_id, carrier, number, state, origin, destination, crosses_border, \
                      eta_from, eta_to, last_event_at, events, lane_origin, lane_destination, service, shop_slug, \
                      shipped_at, eta_trips, eta_share";
const EVENT: &str = "id, rev, parcel_id, at, state, place, text";

/// Writes a new parcel with its first event.
pub async fn create(
    tx: &Tx,
    revision: Revision,
    parcel: &NewParcel,
    first: &Report,
    received_at: i64,
) -> Result<ParcelRow, DbErr> {
    let in_days = |days| Timestamp::from_micros(first.at).plus_days(days).micros();
    let row = ParcelRow {
        scope_id: revision.scope_id,
        id: parcel.id,
        order_id: parcel.order_id,
        batch_id: parcel.batch_id,
        carrier: parcel.carrier.clone(),
        number: parcel.number.clone(),
        state: first.state,
        origin: parcel.origin.clone(),
        destination: parcel.destination.clone(),
        crosses_border: parcel.crosses_border,
        eta_from: in_days(parcel.expected.days_from),
        eta_to: in_days(parcel.expected.days_to),
        eta_basis: parcel.expected.told(),
        lane: Some(parcel.lane.clone()),
        shipped_at: Some(first.at),
        shop: parcel.shop.clone(),
        last_event_at: first.at,
        events: 1,
    };
    let text = format!(
        "INSERT INTO parcel ({PARCEL}) VALUES {}",
        db::rows(tx, 1, 22)
    );
    let values = [
        row.scope_id.into(),
        row.id.into(),
        revision.rev.into(),
        row.order_id.into(),
        row.batch_id.into(),
        row.carrier.as_str().into(),
        row.number.as_str().into(),
        row.state.as_str().into(),
        row.origin.as_str().into(),
        row.destination.as_str().into(),
        i64::from(row.crosses_border).into(),
        row.eta_from.into(),
        row.eta_to.into(),
        row.last_event_at.into(),
        row.events.into(),
        parcel.lane.origin.as_str().into(),
        parcel.lane.destination.as_str().into(),
        parcel.lane.service.as_str().into(),
        row.shop.as_str().into(),
        row.shipped_at.into(),
        row.eta_basis.trips.into(),
        row.eta_basis.share_percent.into(),
    ];
    db::execute(tx, &text, values).await?;
    let directory =
        "INSERT INTO parcel_directory (number, parcel_id, scope_id) VALUES ($1, $2, $3)";
    let values = [
        row.number.as_str().into(),
        row.id.into(),
        row.scope_id.into(),
    ];
    db::execute(tx, directory, values).await?;
    insert_event(tx, revision, &row, first, 1, received_at).await?;
    Ok(row)
}

/// Adds events to a parcel's history, moves its state if they say something newer, and keeps its trip once it has arrived.
/// Answers the state it moved to, and
/// the report that says so; None when the events were known or change nothing but the history.
pub async fn record<'a>(
    tx: &Tx,
    revision: Revision,
    parcel: &ParcelRow,
    reports: &'a [Report],
    received_at: i64,
) -> Result<Option<(ParcelState, &'a Report)>, DbErr> {
    let text =
        "SELECT event_id, at, state FROM parcel_event WHERE scope_id = $1 AND parcel_id = $2";
    let mut known = HashSet::new();
    let mut events = Vec::new();
    for row in db::fetch_all(tx, text, [parcel.scope_id.into(), parcel.id.into()]).await? {
        known.insert(row.try_get::<String>("", "event_id")?);
        events.push((row.try_get("", "at")?, read_state(&row)?));
    }
    let (mut number, mut last) = (parcel.events, parcel.last_event_at);
    for report in reports {
        if !known.insert(report.event_id.clone()) {
            continue;
        }
        number += 1;
        last = last.max(report.at);
        insert_event(tx, revision, parcel, report, number, received_at).await?;
        events.push((report.at, report.state));
    }
    if number == parcel.events {
        return Ok(None);
    }
    if let Some(trip) = Trip::of(parcel, &events) {
        trips::keep(tx, parcel, &trip, received_at).await?;
    }
    let state = ParcelState::of_events(events).unwrap_or(parcel.state);
    let text = "UPDATE parcel SET rev = $3, state = $4, last_event_at = $5, events = $6 WHERE scope_id = $1 AND id = $2";
    let values = [
        parcel.scope_id.into(),
        parcel.id.into(),
        revision.rev.into(),
        state.as_str().into(),
        last.into(),
        number.into(),
    ];
    db::execute(tx, text, values).await?;
    let said = reports.iter().rev().find(|report| report.state == state);
    Ok(said
        .filter(|_| state != parcel.state)
        .map(|report| (state, report)))
}

/// The carrier's ids of a parcel's events.
pub async fn known_events(
    connection: &impl ConnectionTrait,
    parcel: &ParcelRow,
) -> Result<HashSet<String>, DbErr> {
    let text = "SELECT event_id FROM parcel_event WHERE scope_id = $1 AND parcel_id = $2";
    let rows = db::fetch_all(connection, text, [parcel.scope_id.into(), parcel.id.into()]).await?;
    rows.iter().map(|row| row.try_get("", "event_id")).collect()
}

/// When a parcel's carrier last told us something new, or it was handed over.
pub async fn heard_at(
    connection: &impl ConnectionTrait,
    parcel: &ParcelRow,
) -> Result<Timestamp, DbErr> {
    let text = "SELECT MAX(received_at) AS heard_at FROM parcel_event WHERE scope_id = $1 AND parcel_id = $2 AND event_id <> $3";
    let values = [
        parcel.scope_id.into(),
        parcel.id.into(),
        EXPIRED_EVENT.into(),
    ];
    let row = db::fetch_one(connection, text, values).await?;
    let heard_at: Option<i64> = row
        .map(|row| row.try_get("", "heard_at"))
        .transpose()?
        .flatten();
    Ok(Timestamp::from_micros(
        heard_at.unwrap_or(parcel.last_event_at),
    ))
}

/// The reports that say nothing the parcel's history holds already.
pub async fn news(
    connection: &impl ConnectionTrait,
    parcel: &ParcelRow,
    reports: Vec<Report>,
) -> Result<Vec<Report>, DbErr> {
    let known = known_events(connection, parcel).await?;
    Ok(reports
        .into_iter()
        .filter(|report| !known.contains(&report.event_id))
        .collect())
}

async fn insert_event(
    tx: &Tx,
    revision: Revision,
    parcel: &ParcelRow,
    report: &Report,
    number: i64,
    received_at: i64,
) -> Result<(), DbErr> {
    let text = "INSERT INTO parcel_event (scope_id, id, rev, parcel_id, event_id, at, state, place, text, received_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = [
        parcel.scope_id.into(),
        format!("{}/{number}", parcel.id).into(),
        revision.rev.into(),
        parcel.id.into(),
        report.event_id.as_str().into(),
        report.at.into(),
        report.state.as_str().into(),
        report.place.clone().into(),
        report.text.clone().into(),
        received_at.into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

/// Parcels and events behind `after`: of each kind the first `limit` at most, in `(rev, kind, id)` order.
pub async fn changes(
    tx: &Tx,
    viewer: &Viewer,
    after: &Position,
    limit: u32,
) -> Result<Vec<Change>, DbErr> {
    let (rev, bound) = after.bound("parcel");
    let text = format!(
        "SELECT {PARCEL} FROM parcel WHERE scope_id = $1 AND rev >= $2 AND (rev > $2 OR id > $3) ORDER BY rev, id LIMIT $4"
    );
    let values = [
        viewer.scope_id.into(),
        rev.into(),
        uuid_bound(bound).into(),
        i64::from(limit).into(),
    ];
    let mut found = Vec::new();
    for row in db::fetch_all(tx, &text, values).await? {
        let parcel = read(&row)?;
        found.push(Change {
            kind: "parcel",
            id: parcel.id.to_string(),
            rev: row.try_get("", "rev")?,
            value: Some(parcel_value(&parcel)),
        });
    }
    let (rev, bound) = after.bound("parcel_event");
    let text = format!(
        "SELECT {EVENT} FROM parcel_event WHERE scope_id = $1 AND rev >= $2 AND (rev > $2 OR id > $3) ORDER BY rev, id LIMIT $4"
    );
    let values = [
        viewer.scope_id.into(),
        rev.into(),
        bound.into(),
        i64::from(limit).into(),
    ];
    for row in db::fetch_all(tx, &text, values).await? {
        let event = read_event(&row, Telling::Sync)?;
        found.push(Change {
            kind: "parcel_event",
            id: event.id.clone(),
            rev: row.try_get("", "rev")?,
            value: Some(event_value(&event)),
        });
    }
    found.sort_by(|a, b| (a.rev, a.kind, &a.id).cmp(&(b.rev, b.kind, &b.id)));
    Ok(found)
}

/// The parcel of a batch, if it was handed over.
pub async fn find_of_batch(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    batch_id: Uuid,
) -> Result<Option<ParcelRow>, DbErr> {
    let text = format!("SELECT {PARCEL} FROM parcel WHERE scope_id = $1 AND batch_id = $2");
    let row = db::fetch_one(connection, &text, [scope_id.into(), batch_id.into()]).await?;
    row.as_ref().map(read).transpose()
}

pub async fn find_by_id(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    parcel_id: Uuid,
) -> Result<Option<ParcelRow>, DbErr> {
    let text = format!("SELECT {PARCEL} FROM parcel WHERE scope_id = $1 AND id = $2");
    let row = db::fetch_one(connection, &text, [scope_id.into(), parcel_id.into()]).await?;
    row.as_ref().map(read).transpose()
}

/// Scope and id of every parcel that travels under this number, in scope order.
pub async fn find_by_number(
    connection: &impl ConnectionTrait,
    number: &str,
) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    let text = "SELECT scope_id, parcel_id FROM parcel_directory WHERE number = $1 ORDER BY scope_id, parcel_id LIMIT 50";
    let rows = db::fetch_all(connection, text, [number.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "scope_id")?, row.try_get("", "parcel_id")?)))
        .collect()
}

/// All parcels of these orders of these scopes, oldest first.
pub(super) async fn parcels_of(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_ids: &[Uuid],
) -> Result<Vec<ParcelRow>, DbErr> {
    let filter = "order_id IN ({ids}) ORDER BY id";
    let rows = of_scopes(connection, ("parcel", PARCEL), scopes, order_ids, filter).await?;
    rows.iter().map(read).collect()
}

/// All events of these parcels of these scopes, by the time they happened.
pub(super) async fn events_of(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    parcel_ids: &[Uuid],
    telling: Telling,
) -> Result<Vec<EventRow>, DbErr> {
    let filter = "parcel_id IN ({ids}) ORDER BY at, rev";
    let rows = of_scopes(
        connection,
        ("parcel_event", EVENT),
        scopes,
        parcel_ids,
        filter,
    )
    .await?;
    rows.iter().map(|row| read_event(row, telling)).collect()
}

/// Rows of these scopes in a table; `{ids}` in the filter stands for the list.
async fn of_scopes(
    connection: &impl ConnectionTrait,
    (table, columns): (&str, &str),
    scopes: &[Uuid],
    ids: &[Uuid],
    filter: &str,
) -> Result<Vec<QueryResult>, DbErr> {
    if scopes.is_empty() || ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = scopes.iter().map(|id| (*id).into()).collect();
    let scope_list = db::in_list(1, &mut values);
    let mut wanted = ids.iter().map(|id| (*id).into()).collect();
    let filter = filter.replace("{ids}", &db::in_list(values.len() + 1, &mut wanted));
    values.extend(wanted);
    let text =
        format!("SELECT {columns} FROM {table} WHERE scope_id IN ({scope_list}) AND {filter}");
    db::fetch_all(connection, &text, values).await
}

fn read(row: &QueryResult) -> Result<ParcelRow, DbErr> {
    let carrier: String = row.try_get("", "carrier")?;
    let perhaps = |column| row.try_get::<Option<String>>("", column);
    let lane = match (perhaps("lane_origin")?, perhaps("lane_destination")?) {
        (Some(origin), Some(destination)) => {
            let service = perhaps("service")?.unwrap_or_default();
            Some(Lane::new(&origin, &destination, &carrier, &service))
        }
        _ => None,
    };
    Ok(ParcelRow {
        scope_id: row.try_get("", "scope_id")?,
        id: row.try_get("", "id")?,
        order_id: row.try_get("", "order_id")?,
        batch_id: row.try_get("", "batch_id")?,
        carrier,
        number: row.try_get("", "number")?,
        state: read_state(row)?,
        origin: row.try_get("", "origin")?,
        destination: row.try_get("", "destination")?,
        crosses_border: row.try_get::<i64>("", "crosses_border")? != 0,
        eta_from: row.try_get("", "eta_from")?,
        eta_to: row.try_get("", "eta_to")?,
        eta_basis: EtaBasis {
            trips: row.try_get("", "eta_trips")?,
            share_percent: row.try_get("", "eta_share")?,
        },
        lane,
        shipped_at: row.try_get("", "shipped_at")?,
        shop: perhaps("shop_slug")?.unwrap_or_default(),
        last_event_at: row.try_get("", "last_event_at")?,
        events: row.try_get("", "events")?,
    })
}

fn read_event(row: &QueryResult, telling: Telling) -> Result<EventRow, DbErr> {
    Ok(EventRow {
        parcel_id: row.try_get("", "parcel_id")?,
        id: row.try_get("", "id")?,
        at: telling.moment(row.try_get("", "at")?),
        state: read_state(row)?,
        place: row.try_get("", "place")?,
        text: row.try_get("", "text")?,
    })
}

/// Orders of which every parcel has come to its end, with the microsecond at which the last one did. A carrier's clock
/// that runs ahead counts from when we heard of it.
pub async fn ended(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_ids: &[Uuid],
) -> Result<HashMap<Uuid, i64>, DbErr> {
    let columns = "order_id, id, state, (SELECT MIN(CASE WHEN e.at < e.received_at THEN e.at ELSE e.received_at END) \
                   FROM parcel_event e WHERE e.scope_id = parcel.scope_id AND e.parcel_id = parcel.id \
                   AND e.state IN ('delivered', 'returned')) AS ended_at";
    let filter = "order_id IN ({ids}) ORDER BY id";
    let rows = of_scopes(connection, ("parcel", columns), scopes, order_ids, filter).await?;
    let mut found: HashMap<Uuid, Option<i64>> = HashMap::new();
    for row in &rows {
        let has_ended = matches!(
            read_state(row)?,
            ParcelState::Delivered | ParcelState::Returned
        );
        let at: Option<i64> = row.try_get("", "ended_at")?;
        let at = at.filter(|_| has_ended);
        found
            .entry(row.try_get("", "order_id")?)
            .and_modify(|last| *last = last.zip(at).map(|(a, b)| a.max(b)))
            .or_insert(at);
    }
    Ok(found
        .into_iter()
        .filter_map(|(order_id, at)| Some((order_id, at?)))
        .collect())
}

/// When the last parcel of an order should arrive: from and to, in microseconds.
pub async fn arrival(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    order_id: Uuid,
) -> Result<Option<(i64, i64)>, DbErr> {
    let text = "SELECT eta_from, eta_to FROM parcel WHERE scope_id = $1 AND order_id = $2 ORDER BY eta_to DESC, id LIMIT 1";
    let row = db::fetch_one(connection, text, [scope_id.into(), order_id.into()]).await?;
    row.map(|row| Ok((row.try_get("", "eta_from")?, row.try_get("", "eta_to")?)))
        .transpose()
}

fn read_state(row: &QueryResult) -> Result<ParcelState, DbErr> {
    let state: String = row.try_get("", "state")?;
    ParcelState::parse(&state)
        .ok_or_else(|| DbErr::Custom(format!("no parcel state is called {state}")))
}
