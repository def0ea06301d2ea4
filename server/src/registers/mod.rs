//! The small things a shopper sets: wishlist items, addresses, preferences. Each is a register, a whole value that the
//! last decision wins, by the rule of `set` in the merge.
//!
//! Invariant: of two decisions that had not seen each other all phones keep the same one, and no phone wins by its clock.

mod op;
mod storage;

use crate::{
    platform::db::Tx,
    scope::{Change, OpContext, Reason, ScopedOp, Synced, Touched, Viewer, Viewers},
};
pub use op::{KINDS, Op};
use sampan_engine::{outcome::Outcome, protocol::Position};
use sea_orm::DbErr;
use serde_json::{Map, Value};
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
                .with("id", op.id)
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
