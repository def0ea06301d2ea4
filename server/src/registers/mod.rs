//! The small things a shopper sets: wishlist items, addresses, preferences. Each is a register, a whole value that the
//! last decision wins, by the rule of `set` in the merge.
//!
//! Invariant: of two decisions that had not seen each other all phones keep the same one, and no phone wins by its clock.

mod op;
mod storage;

use crate::{
    platform::db::Tx,
    scope::{Change, OpContext, Reason, Revision, ScopedOp, Synced, Touched, Viewer, Viewers},
};
pub use op::{KINDS, Op};
use sampan_engine::{cart_merge::Place, outcome::Outcome, protocol::Position};
use sea_orm::DbErr;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};
use storage::RegisterRow;
use uuid::Uuid;

/// The room; it needs nothing but the database.
#[derive(Clone, Copy, Default)]
pub struct Registers;

type Key = (Uuid, &'static str, String);

/// The registers a batch touches.
#[derive(Default)]
pub struct State {
    rows: HashMap<Key, RegisterRow>,
    touched: BTreeSet<Key>,
}

impl Synced for Registers {
    type Op = Op;
    type State = State;

    fn parse(&self, kind: &str, rest: Map<String, Value>) -> Result<Op, Reason> {
        op::parse(kind, rest)
    }

    async fn load(&self, tx: &Tx, ops: &[ScopedOp<Op>]) -> Result<State, DbErr> {
        let rows = storage::named(tx, ops).await?;
        let keyed = rows
            .into_iter()
            .map(|row| ((row.scope_id, row.kind, row.id.clone()), row));
        Ok(State {
            rows: keyed.collect(),
            touched: BTreeSet::new(),
        })
    }

    fn apply(&self, state: &mut State, at: &mut OpContext, op: Op) -> Outcome {
        let key = (at.scope_id, op.kind, op.id.clone());
        let present = state.rows.get(&key).map(|row| row.stamp);
        let Some(stamp) = at.place.decide(present.as_ref(), &mut at.last_eff) else {
            return Outcome::superseded()
                .with("register", op.id)
                .actions(&["dismiss"]);
        };
        let row = RegisterRow {
            scope_id: at.scope_id,
            kind: op.kind,
            id: op.id,
            rev: at.place.rev,
            stamp,
            value: op.value,
        };
        state.rows.insert(key.clone(), row);
        state.touched.insert(key);
        Outcome::applied()
    }

    async fn save(&self, tx: &Tx, state: State, _: &Viewers) -> Result<Vec<Touched>, DbErr> {
        let rows: Vec<&RegisterRow> = state
            .touched
            .iter()
            .filter_map(|key| state.rows.get(key))
            .collect();
        storage::save(tx, &rows).await?;
        storage::follow_preferences(tx, &rows).await?;
        Ok(rows
            .into_iter()
            .map(|row| Touched {
                scope_id: row.scope_id,
                change: row.to_change(),
            })
            .collect())
    }

    async fn changes(
        &self,
        tx: &Tx,
        viewer: &Viewer,
        after: &Position,
        limit: u32,
    ) -> Result<Vec<Change>, DbErr> {
        let mut changes = Vec::new();
        for kind in KINDS {
            let rows = storage::after(tx, viewer.scope_id, kind, after.bound(kind), limit).await?;
            changes.extend(rows.iter().map(RegisterRow::to_change));
        }
        Ok(changes)
    }
}

/// Sets preferences that the shopper chose on a page of the server's, not by a tap that a phone queued: decided here and
/// now, by the same rule, so that every phone hears of them. The caller has parsed the values.
pub async fn prefer(
    tx: &Tx,
    revision: Revision,
    chosen: &[(&'static str, String)],
) -> Result<(), DbErr> {
    let ops = chosen.iter().map(|(name, value)| ScopedOp {
        scope_id: revision.scope_id,
        op: Op {
            kind: "prefs",
            id: (*name).to_owned(),
            value: Some(json!({"value": value})),
        },
    });
    let ops: Vec<ScopedOp<Op>> = ops.collect();
    if ops.is_empty() {
        return Ok(());
    }
    let present = storage::named(tx, &ops).await?;
    let place = by_the_server(revision);
    let mut last_eff = 0;
    let decided = ops.into_iter().filter_map(|ScopedOp { scope_id, op }| {
        let known = present
            .iter()
            .find(|row| row.kind == op.kind && row.id == op.id);
        Some(RegisterRow {
            scope_id,
            kind: op.kind,
            id: op.id,
            rev: revision.rev,
            stamp: place.decide(known.map(|row| &row.stamp), &mut last_eff)?,
            value: op.value,
        })
    });
    let rows: Vec<RegisterRow> = decided.collect();
    let rows: Vec<&RegisterRow> = rows.iter().collect();
    storage::save(tx, &rows).await?;
    storage::follow_preferences(tx, &rows).await
}

/// The server decides with all that came before in sight, under the nil device, numbered by revision.
fn by_the_server(revision: Revision) -> Place {
    Place {
        device: Uuid::nil(),
        seq: revision.rev,
        rev: revision.rev,
        base: revision.rev - 1,
        base_at: revision.rev_at,
        at: revision.rev_at,
        sent_at: revision.rev_at,
        received_at: revision.rev_at,
        live: true,
        is_current: true,
    }
}

impl RegisterRow {
    fn to_change(&self) -> Change {
        Change {
            kind: self.kind,
            id: self.id.clone(),
            rev: self.rev,
            value: self.value.clone(),
        }
    }
}
