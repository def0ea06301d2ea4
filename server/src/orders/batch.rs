//! How batches move, and what carriers' reports do to them.

use crate::{
    orders::storage,
    platform::{
        Platform,
        db::{self, Tx},
    },
    scope::Revision,
    shipments::{self, ParcelRow, Report},
};
use sampan_engine::{
    parcel::{BatchState, ParcelState},
    time::Timestamp,
};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

/// Why a batch stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchRefusal {
    NoSuchBatch,
    /// The step is not allowed from here.
    Stands(BatchState),
    /// Its goods are expected at this time and have not come.
    Waits(Timestamp),
}

/// As the transaction sees it; under the scope's lock it stays so.
pub async fn batch_state(
    tx: &Tx,
    scope_id: Uuid,
    batch_id: Uuid,
) -> Result<Option<BatchState>, DbErr> {
    let text = "SELECT state FROM batch WHERE scope_id = $1 AND id = $2";
    let row = db::fetch_one(tx, text, [scope_id.into(), batch_id.into()]).await?;
    row.as_ref().map(storage::batch_state).transpose()
}

/// Moves a batch of this revision's scope, and tells the shopper's phones. A batch that is there already stays.
pub async fn move_batch(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    batch_id: Uuid,
    next: BatchState,
) -> Result<Result<(), BatchRefusal>, DbErr> {
    let text = "SELECT order_id, state, planned_for FROM batch WHERE scope_id = $1 AND id = $2";
    let values = [revision.scope_id.into(), batch_id.into()];
    let Some(row) = db::fetch_one(tx, text, values).await? else {
        return Ok(Err(BatchRefusal::NoSuchBatch));
    };
    let state = storage::batch_state(&row)?;
    if state == next {
        return Ok(Ok(()));
    }
    if !state.may_become(next) {
        return Ok(Err(BatchRefusal::Stands(state)));
    }
    let planned_for: Option<i64> = row.try_get("", "planned_for")?;
    if let Some(at) = planned_for
        && matches!(next, BatchState::Packed | BatchState::Shipped)
    {
        return Ok(Err(BatchRefusal::Waits(Timestamp::from_micros(at))));
    }
    let order_id: Uuid = row.try_get("", "order_id")?;
    let text = "UPDATE batch SET state = $3, updated_at = $4 WHERE scope_id = $1 AND id = $2";
    let values: [Value; 4] = [
        revision.scope_id.into(),
        batch_id.into(),
        next.as_str().into(),
        platform.now().micros().into(),
    ];
    db::execute(tx, text, values).await?;
    let text = "UPDATE shop_order SET rev = $3 WHERE scope_id = $1 AND id = $2";
    let values = [
        revision.scope_id.into(),
        order_id.into(),
        revision.rev.into(),
    ];
    db::execute(tx, text, values).await?;
    // Which of the states is news for whom, `push` decides.
    let push = serde_json::json!({
        "scope_id": revision.scope_id, "order_id": order_id, "batch_id": batch_id, "state": next,
    });
    platform.outbox.enqueue(tx, "push.batch", &push).await?;
    Ok(Ok(()))
}

/// Takes a carrier's reports: the history grows, the parcel and its batch move if they say something newer, and the
/// shopper is told once, of the newest. Answers the state the parcel moved to.
pub async fn report(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    parcel: &ParcelRow,
    reports: &[Report],
) -> Result<Option<ParcelState>, DbErr> {
    let now = platform.now().micros();
    let moved = shipments::record(tx, revision, parcel, reports, now).await?;
    let Some((state, report)) = moved else {
        return Ok(None);
    };
    let batch_state = match state {
        ParcelState::Delivered => Some(BatchState::Delivered),
        ParcelState::Returned => Some(BatchState::Returned),
        _ => None,
    };
    if let Some(next) = batch_state {
        // A batch that was settled or called off meanwhile stays so; the parcel's history tells the rest.
        let _ = move_batch(platform, tx, revision, parcel.batch_id, next).await?;
    }
    let push = serde_json::json!({
        "scope_id": parcel.scope_id, "order_id": parcel.order_id, "parcel_id": parcel.id, "state": state,
        "event_id": report.event_id,
    });
    platform.outbox.enqueue(tx, "push.parcel", &push).await?;
    Ok(Some(state))
}
