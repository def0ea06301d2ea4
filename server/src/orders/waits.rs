//! What a batch waits for: goods that were sold before they came. Until all of them lie on the shelf it bears the day they
//! are expected, and can neither be packed nor shipped.

use crate::{
    platform::{
        Platform,
        db::{self, Tx},
        outbox::{Job, JobEnd, JobError},
    },
    scope::{Revision, ScopeError, in_scope_tx},
    stock,
};
use sampan_engine::time::{Day, Timestamp};
use sea_orm::{ConnectionTrait, DbErr, Value};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Which order group an `orders.waits` is about.
#[derive(Deserialize)]
struct Waiting {
    order_group: Uuid,
}

struct WaitingBatch {
    order_id: Uuid,
    planned_for: Option<i64>,
    now_for: Option<i64>,
}

/// The job `orders.waits`: goods came, or come on another day. It looks how things stand now, so it may run twice.
pub async fn waits(platform: &Platform, job: &Job) -> Result<JobEnd, JobError> {
    let Waiting { order_group } = job.payload()?;
    let text = "SELECT scope_id FROM order_group WHERE id = $1 AND state = 'placed'";
    let row = db::fetch_one(platform.db.reader(), text, [order_group.into()]).await?;
    let Some(row) = row else {
        // Not placed yet: placing it looks for itself.
        return Ok(JobEnd::Done);
    };
    let scope_id: Uuid = row.try_get("", "scope_id")?;
    let room = platform.clone();
    let told = in_scope_tx(platform, scope_id, move |tx, revision| {
        let platform = room.clone();
        Box::pin(async move {
            Ok::<_, ScopeError>(plan(&platform, tx, revision, order_group, true).await?)
        })
    });
    match told.await {
        Ok(()) | Err(ScopeError::Unknown) => Ok(JobEnd::Done),
        Err(error) => Err(JobError(error.to_string())),
    }
}

/// Writes on each batch of the group that is not packed yet the day its goods are expected, or that all are there. A day
/// that moved back keeps the one it was before, so that the shopper sees the change. `is_news`: they hear of it, too; of the
/// day they ordered with they know.
pub async fn plan(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    order_group: Uuid,
    is_news: bool,
) -> Result<(), DbErr> {
    let waits = stock::waits(tx, order_group).await?;
    for (batch_id, batch) in batches(tx, revision.scope_id, order_group, &waits).await? {
        if batch.planned_for == batch.now_for {
            continue;
        }
        let is_later = batch.now_for > batch.planned_for;
        let text = "UPDATE batch SET planned_for = $3, planned_before = $4, updated_at = $5 WHERE scope_id = $1 AND id = $2";
        let before = batch.planned_for.filter(|_| is_later);
        let values: [Value; 5] = [
            revision.scope_id.into(),
            batch_id.into(),
            batch.now_for.into(),
            before.into(),
            platform.now().micros().into(),
        ];
        db::execute(tx, text, values).await?;
        let text = "UPDATE shop_order SET rev = $3 WHERE scope_id = $1 AND id = $2";
        let values: [Value; 3] = [
            revision.scope_id.into(),
            batch.order_id.into(),
            revision.rev.into(),
        ];
        db::execute(tx, text, values).await?;
        if let Some(day) = batch.now_for.filter(|_| is_later && is_news) {
            let push = serde_json::json!({
                "scope_id": revision.scope_id,
                "order_id": batch.order_id,
                "batch_id": batch_id,
                "state": "delayed",
                "event_id": format!("delayed/{day}"),
            });
            platform.outbox.enqueue(tx, "push.delayed", &push).await?;
        }
    }
    Ok(())
}

async fn batches(
    tx: &Tx,
    scope_id: Uuid,
    order_group: Uuid,
    waits: &HashMap<String, Day>,
) -> Result<BTreeMap<Uuid, WaitingBatch>, DbErr> {
    let text = "SELECT b.id, b.order_id, b.planned_for, l.sku FROM shop_order o \
                JOIN batch b ON b.scope_id = o.scope_id AND b.order_id = o.id \
                JOIN order_line l ON l.scope_id = o.scope_id AND l.order_id = o.id \
                WHERE o.scope_id = $1 AND o.order_group = $2 AND b.state = 'paid'";
    let mut found: BTreeMap<Uuid, WaitingBatch> = BTreeMap::new();
    for row in db::fetch_all(tx, text, [scope_id.into(), order_group.into()]).await? {
        let sku: String = row.try_get("", "sku")?;
        let batch = WaitingBatch {
            order_id: row.try_get("", "order_id")?,
            planned_for: row.try_get("", "planned_for")?,
            now_for: None,
        };
        let batch = found.entry(row.try_get("", "id")?).or_insert(batch);
        batch.now_for = batch.now_for.max(waits.get(&sku).map(|day| noon(*day)));
    }
    Ok(found)
}

/// When the last goods of an order are expected that were sold before they came; None: all are there.
pub async fn expected(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    order_id: Uuid,
) -> Result<Option<Timestamp>, DbErr> {
    let text = "SELECT MAX(planned_for) AS planned_for FROM batch WHERE scope_id = $1 AND order_id = $2 AND state = 'paid'";
    let row = db::fetch_one(connection, text, [scope_id.into(), order_id.into()]).await?;
    let planned_for: Option<i64> = match row {
        Some(row) => row.try_get("", "planned_for")?,
        None => None,
    };
    Ok(planned_for.map(Timestamp::from_micros))
}

/// Noon in UTC is the same day nearly everywhere.
fn noon(day: Day) -> i64 {
    let noon = Timestamp::parse_rfc3339(&format!("{day}T12:00:00Z"));
    noon.map_or(0, Timestamp::micros)
}
