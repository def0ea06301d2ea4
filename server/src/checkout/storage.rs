//! Checkouts in the database.

use crate::{
    checkout::model::State,
    platform::db::{self, Tx},
    scope::{Change, Viewer},
};
use sampan_engine::protocol::Position;
use sea_orm::{DbErr, QueryResult};
use serde_json::{Value, json};
use uuid::Uuid;

/// Checkouts behind `after`, in `(rev, id)` order; a withdrawn one is gone.
pub async fn changes(
    tx: &Tx,
    viewer: &Viewer,
    after: &Position,
    limit: u32,
) -> Result<Vec<Change>, DbErr> {
    let (rev, bound) = after.bound("checkout");
    let text = "SELECT intent, rev, state, order_group, quote FROM checkout \
                WHERE scope_id = $1 AND rev >= $2 AND (rev > $2 OR intent > $3) ORDER BY rev, intent LIMIT $4";
    let values = [
        viewer.scope_id.into(),
        rev.into(),
        bound.into(),
        i64::from(limit).into(),
    ];
    let rows = db::fetch_all(tx, text, values).await?;
    rows.iter().map(read_change).collect()
}

fn read_change(row: &QueryResult) -> Result<Change, DbErr> {
    let state = read_state(row)?;
    let order_group: Uuid = row.try_get("", "order_group")?;
    let quote: Option<Value> = row
        .try_get::<Option<String>>("", "quote")?
        .and_then(|quote| serde_json::from_str(&quote).ok());
    let value = json!({
        "state": state.as_str(),
        "order_group": (state == State::Placed).then_some(order_group),
        "quote": quote,
    });
    Ok(Change {
        kind: "checkout",
        id: row.try_get("", "intent")?,
        rev: row.try_get("", "rev")?,
        value: (state != State::Withdrawn).then_some(value),
    })
}

pub(super) fn read_state(row: &QueryResult) -> Result<State, DbErr> {
    let state: String = row.try_get("", "state")?;
    State::parse(&state)
        .ok_or_else(|| DbErr::Custom(format!("no checkout state is called {state}")))
}
