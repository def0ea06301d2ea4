//! What is promised: more of a variant comes to a place on a day, and so many of it may be sold before it is there.
//!
//! Whoever changes how much of a promise is sold, or who waits for it, holds the promise's row locked until the transaction
//! ends, and takes it before that variant's shelf.

use super::{
    Movement,
    movement::{self, Spot},
};
use crate::platform::{
    db::{self, Tx},
    outbox::Outbox,
};
use sampan_engine::time::Day;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// The job that works out anew what an order group waits for.
pub const TOLD_JOB: &str = "orders.waits";
/// How far ahead goods may be promised.
pub const MAX_DAYS_AHEAD: i64 = 180;
const SKUS_AT_ONCE: usize = 100;
/// Back-orders that one receipt looks at in one round.
const WAITING_AT_ONCE: i64 = 100;

/// What comes and may be sold already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Coming {
    /// `YYYY-MM-DD`: the day it is expected.
    pub on: String,
    /// Pieces that may still be sold of it.
    pub available: i64,
}

impl Coming {
    /// Is it still ahead, and enough?
    pub fn serves(&self, quantity: i64, today: Day) -> bool {
        self.available >= quantity && Day::parse(&self.on).is_some_and(|on| on > today)
    }
}

/// A promise as its seller sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = StockPromise)]
pub struct Promise {
    /// `YYYY-MM-DD`
    pub expected_on: String,
    /// Pieces that come, those that are sold already among them.
    pub pieces: i64,
    /// Pieces of them that orders wait for.
    pub waiting: i64,
}

/// May goods be promised for this day?
pub fn may_come(day: Day, today: Day) -> bool {
    (1..=MAX_DAYS_AHEAD).contains(&today.days_until(day))
}

/// Says that so many pieces come to a place on a day; never fewer than orders wait for. Answers the order groups that wait.
pub async fn promise(
    tx: &Tx,
    (shop_id, warehouse): (Uuid, Uuid),
    sku: &str,
    expected_on: &str,
    pieces: i64,
) -> Result<Vec<Uuid>, DbErr> {
    let text = "INSERT INTO promise (shop_id, sku, warehouse, expected_on, promised, back_ordered) \
                VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (shop_id, sku, warehouse) DO UPDATE \
                SET expected_on = excluded.expected_on, promised = CASE WHEN excluded.promised > promise.back_ordered \
                THEN excluded.promised ELSE promise.back_ordered END";
    let values: [Value; 5] = [
        shop_id.into(),
        sku.into(),
        warehouse.into(),
        expected_on.into(),
        pieces.into(),
    ];
    db::execute(tx, text, values).await?;
    let spot = Spot {
        shop_id,
        sku,
        warehouse,
    };
    groups(tx, spot).await
}

/// Nothing more is sold of what comes; who waits goes on waiting.
pub async fn withdraw(tx: &Tx, (shop_id, warehouse): (Uuid, Uuid), sku: &str) -> Result<(), DbErr> {
    let text = "UPDATE promise SET promised = back_ordered WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    let values: [Value; 3] = [shop_id.into(), sku.into(), warehouse.into()];
    db::execute(tx, text, values).await.map(|_| ())
}

/// All promises of a shop, by SKU and place.
pub async fn promises(
    connection: &impl ConnectionTrait,
    shop_id: Uuid,
) -> Result<HashMap<(String, Uuid), Promise>, DbErr> {
    let text = "SELECT sku, warehouse, expected_on, promised, back_ordered FROM promise WHERE shop_id = $1";
    let rows = db::fetch_all(connection, text, [shop_id.into()]).await?;
    rows.iter()
        .map(|row| {
            let promise = Promise {
                expected_on: row.try_get("", "expected_on")?,
                pieces: row.try_get("", "promised")?,
                waiting: row.try_get("", "back_ordered")?,
            };
            Ok((
                (row.try_get("", "sku")?, row.try_get("", "warehouse")?),
                promise,
            ))
        })
        .collect()
}

/// What comes soonest of each variant after `today`, wherever it comes. Variants of which nothing comes are absent.
pub async fn coming(
    connection: &impl ConnectionTrait,
    skus: &[&str],
    today: Day,
) -> Result<HashMap<String, Coming>, DbErr> {
    let mut found: HashMap<String, Coming> = HashMap::new();
    for chunk in skus.chunks(SKUS_AT_ONCE) {
        let mut values = chunk.iter().map(|sku| (*sku).into()).collect();
        let list = db::in_list(1, &mut values);
        let today_at = values.len() + 1;
        values.push(today.to_string().into());
        let text = format!(
            "SELECT p.sku, p.expected_on, p.promised - p.back_ordered AS coming FROM sku_directory d \
             JOIN promise p ON p.shop_id = d.shop_id AND p.sku = d.sku WHERE d.sku IN ({list}) \
             AND p.expected_on > ${today_at} AND p.promised > p.back_ordered ORDER BY p.expected_on DESC, p.warehouse"
        );
        for row in db::fetch_all(connection, &text, values).await? {
            if let Some(coming) = read(&row)? {
                found.insert(row.try_get("", "sku")?, coming);
            }
        }
    }
    Ok(found)
}

/// The day each variant of an order group is waited for; variants that are on the shelf are absent.
pub async fn waits(tx: &Tx, order_group: Uuid) -> Result<HashMap<String, Day>, DbErr> {
    let text = "SELECT r.sku, p.expected_on FROM reservation r JOIN promise p ON p.shop_id = r.shop_id \
                AND p.sku = r.sku AND p.warehouse = r.warehouse WHERE r.order_group = $1 AND r.waiting > 0";
    let mut found = HashMap::new();
    for row in db::fetch_all(tx, text, [order_group.into()]).await? {
        let day: String = row.try_get("", "expected_on")?;
        let day = Day::parse(&day).ok_or_else(|| DbErr::Custom(format!("a promise for {day}")))?;
        found.insert(row.try_get("", "sku")?, day);
    }
    Ok(found)
}

/// All that is promised where this group waits comes at once. Answers the order groups that it served.
pub async fn arrive(tx: &Tx, order_group: Uuid, now_micros: i64) -> Result<Vec<Uuid>, DbErr> {
    let text = "SELECT shop_id, sku, warehouse FROM reservation WHERE order_group = $1 AND waiting > 0 ORDER BY sku";
    let mut served = Vec::new();
    for row in db::fetch_all(tx, text, [order_group.into()]).await? {
        let sku: String = row.try_get("", "sku")?;
        let spot = Spot {
            shop_id: row.try_get("", "shop_id")?,
            sku: &sku,
            warehouse: row.try_get("", "warehouse")?,
        };
        lock(tx, spot).await?;
        let text =
            "SELECT promised FROM promise WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
        let Some(row) = db::fetch_one(tx, text, spot.key()).await? else {
            continue;
        };
        let pieces: i64 = row.try_get("", "promised")?;
        let text = "UPDATE stock SET on_hand = on_hand + $4 WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
        let [shop_id, sku, warehouse] = spot.key();
        db::execute(tx, text, [shop_id, sku, warehouse, pieces.into()]).await?;
        let received = Movement::Received;
        movement::more(tx, spot, received, order_group, pieces, now_micros).await?;
        served.extend(came(tx, spot, pieces, now_micros).await?);
    }
    Ok(served)
}

/// Has these order groups told what they wait for now, in the transaction that changed it.
pub async fn tell(outbox: &Outbox, tx: &Tx, mut order_groups: Vec<Uuid>) -> Result<(), DbErr> {
    order_groups.sort_unstable();
    order_groups.dedup();
    for order_group in order_groups {
        let about = serde_json::json!({ "order_group": order_group });
        outbox.enqueue(tx, TOLD_JOB, &about).await?;
    }
    Ok(())
}

/// `expected_on` and `coming` of a row; None where nothing is promised.
pub(super) fn read(row: &QueryResult) -> Result<Option<Coming>, DbErr> {
    let on: Option<String> = row.try_get("", "expected_on")?;
    let available: Option<i64> = row.try_get("", "coming")?;
    let coming = on.zip(available);
    Ok(coming.map(|(on, available)| Coming { on, available }))
}

/// All who wait here, oldest first.
pub(super) async fn groups(tx: &Tx, spot: Spot<'_>) -> Result<Vec<Uuid>, DbErr> {
    let text = "SELECT order_group FROM reservation WHERE shop_id = $1 AND sku = $2 AND warehouse = $3 \
                AND waiting > 0 ORDER BY since, order_group";
    let rows = db::fetch_all(tx, text, spot.key()).await?;
    rows.iter()
        .map(|row| row.try_get("", "order_group"))
        .collect()
}

/// So many more pieces come on a day, and are sold already. For all who wait here it is the day from now on.
pub(super) async fn owe(tx: &Tx, spot: Spot<'_>, pieces: i64, day: Day) -> Result<(), DbErr> {
    let text = "UPDATE promise SET expected_on = $4, promised = promised + $5, back_ordered = back_ordered + $5 \
                WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    let [shop_id, sku, warehouse] = spot.key();
    let day = day.to_string().into();
    let values = [shop_id, sku, warehouse, day, pieces.into()];
    db::execute(tx, text, values).await.map(|_| ())
}

/// Keeps everybody else from the promise until the transaction ends; false if there is none. Whoever finds none leaves a
/// promise that is made meanwhile alone: by then they hold the shelf, and would wait for it the wrong way round.
pub(super) async fn lock(tx: &Tx, spot: Spot<'_>) -> Result<bool, DbErr> {
    let text =
        "UPDATE promise SET promised = promised WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    Ok(db::execute(tx, text, spot.key()).await? == 1)
}

/// As [`lock`]; where nothing is promised, that nothing is.
pub(super) async fn lock_or_make(tx: &Tx, spot: Spot<'_>, day: Day) -> Result<(), DbErr> {
    let text = "INSERT INTO promise (shop_id, sku, warehouse, expected_on, promised, back_ordered) \
                VALUES ($1, $2, $3, $4, 0, 0) ON CONFLICT (shop_id, sku, warehouse) DO UPDATE \
                SET promised = promise.promised";
    let [shop_id, sku, warehouse] = spot.key();
    let values = [shop_id, sku, warehouse, day.to_string().into()];
    db::execute(tx, text, values).await.map(|_| ())
}

/// Sells so many pieces of what is promised for this day or sooner; false if not so many are left.
pub(super) async fn take(tx: &Tx, spot: Spot<'_>, quantity: i64, day: &str) -> Result<bool, DbErr> {
    let text = "UPDATE promise SET back_ordered = back_ordered + $4 \
                WHERE shop_id = $1 AND sku = $2 AND warehouse = $3 AND promised - back_ordered >= $4 AND expected_on <= $5";
    let [shop_id, sku, warehouse] = spot.key();
    let values = [shop_id, sku, warehouse, quantity.into(), day.into()];
    Ok(db::execute(tx, text, values).await? == 1)
}

/// Pieces that were sold may be sold again.
pub(super) async fn give_back(tx: &Tx, spot: Spot<'_>, quantity: i64) -> Result<(), DbErr> {
    let text = "UPDATE promise SET back_ordered = back_ordered - $4 \
                WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    let [shop_id, sku, warehouse] = spot.key();
    let values = [shop_id, sku, warehouse, quantity.into()];
    db::execute(tx, text, values).await.map(|_| ())
}

/// So many pieces came: those who wait are served, and so many fewer are promised. Answers whom it served.
pub(super) async fn came(
    tx: &Tx,
    spot: Spot<'_>,
    pieces: i64,
    now_micros: i64,
) -> Result<Vec<Uuid>, DbErr> {
    let served = serve(tx, spot, now_micros).await?;
    let text = "UPDATE promise SET promised = CASE WHEN promised - $4 > back_ordered THEN promised - $4 ELSE back_ordered END \
                WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    let [shop_id, sku, warehouse] = spot.key();
    let values = [shop_id, sku, warehouse, pieces.into()];
    db::execute(tx, text, values).await?;
    Ok(served)
}

/// What is free on the shelf goes to those who wait, oldest first. Answers their order groups.
pub(super) async fn serve(tx: &Tx, spot: Spot<'_>, now_micros: i64) -> Result<Vec<Uuid>, DbErr> {
    let mut served = Vec::new();
    if !lock(tx, spot).await? {
        return Ok(served);
    }
    loop {
        let waiting = waiting(tx, spot).await?;
        if waiting.is_empty() {
            return Ok(served);
        }
        for (order_group, pieces) in waiting {
            let pieces = pieces.min(free(tx, spot).await?);
            if pieces <= 0 {
                return Ok(served);
            }
            if serve_one(tx, spot, order_group, pieces, now_micros).await? {
                served.push(order_group);
            }
        }
    }
}

/// Moves pieces from the promise to the shelf's held ones; false if somebody bought them off the shelf meanwhile.
async fn serve_one(
    tx: &Tx,
    spot: Spot<'_>,
    order_group: Uuid,
    pieces: i64,
    now_micros: i64,
) -> Result<bool, DbErr> {
    let text = "UPDATE stock SET reserved = reserved + $4 \
                WHERE shop_id = $1 AND sku = $2 AND warehouse = $3 AND on_hand - reserved >= $4";
    let [shop_id, sku, warehouse] = spot.key();
    let values = [shop_id, sku, warehouse, pieces.into()];
    if db::execute(tx, text, values).await? == 0 {
        return Ok(false);
    }
    let text = "UPDATE reservation SET waiting = waiting - $4 \
                WHERE shop_id = $1 AND sku = $2 AND warehouse = $3 AND waiting >= $4 AND order_group = $5";
    let [shop_id, sku, warehouse] = spot.key();
    let values = [shop_id, sku, warehouse, pieces.into(), order_group.into()];
    if db::execute(tx, text, values).await? == 0 {
        let moved = "a back-order moved although its promise was locked";
        return Err(DbErr::Custom(moved.to_owned()));
    }
    give_back(tx, spot, pieces).await?;
    let kinds = [
        (Movement::BackServed, -pieces),
        (Movement::Reserved, pieces),
    ];
    for (kind, pieces) in kinds {
        movement::more(tx, spot, kind, order_group, pieces, now_micros).await?;
    }
    Ok(true)
}

/// Who waits here and for how many, oldest first.
async fn waiting(tx: &Tx, spot: Spot<'_>) -> Result<Vec<(Uuid, i64)>, DbErr> {
    let text = "SELECT order_group, waiting FROM reservation WHERE shop_id = $1 AND sku = $2 AND warehouse = $3 \
                AND waiting > 0 ORDER BY since, order_group LIMIT $4";
    let [shop_id, sku, warehouse] = spot.key();
    let values = [shop_id, sku, warehouse, WAITING_AT_ONCE.into()];
    let rows = db::fetch_all(tx, text, values).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "order_group")?, row.try_get("", "waiting")?)))
        .collect()
}

async fn free(tx: &Tx, spot: Spot<'_>) -> Result<i64, DbErr> {
    let text = "SELECT on_hand - reserved AS free FROM stock WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    let row = db::fetch_one(tx, text, spot.key()).await?;
    row.map_or(Ok(0), |row| row.try_get("", "free"))
}
