//! How a room takes part in sync.

use crate::platform::db::Tx;
use sampan_engine::{cart_merge::Place, outcome::Outcome, protocol::Position};
use sea_orm::DbErr;
use serde::Serialize;
use serde_json::{Map, Value};
use std::{borrow::Cow, collections::HashMap, future::Future};
use uuid::Uuid;

/// Why an op of a known kind cannot be read; becomes `rejected{why}` of that op alone.
pub type Reason = Cow<'static, str>;

/// Where an op stands: its scope, its place in history, and the device's register clock.
#[derive(Clone, Debug)]
pub struct OpContext {
    pub scope_id: Uuid,
    pub op_id: Uuid,
    pub kind: String,
    pub place: Place,
    /// The device's last `eff`, µs; rooms with registers move it on.
    pub last_eff: i64,
    /// No live device may still send a `base` below this revision; what lies below may be combined.
    pub combine_floor: i64,
    /// True when the request came with a bearer token, not only with the device's secret.
    pub signed_in: bool,
}

/// An op a room has read, with its scope, so that a whole batch can be loaded with a few `IN` queries.
#[derive(Clone, Debug)]
pub struct ScopedOp<O> {
    pub scope_id: Uuid,
    pub op: O,
}

/// A row as the phone sees it: whole, or gone.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    pub kind: &'static str,
    pub id: String,
    pub rev: i64,
    pub value: Option<Value>,
}

/// A change made by this batch, told to its maker without reading it back.
#[derive(Clone, Debug)]
pub struct Touched {
    pub scope_id: Uuid,
    pub change: Change,
}

/// The readers of a batch, by scope.
pub type Viewers = HashMap<Uuid, Viewer>;

/// Who reads changes.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub scope_id: Uuid,
    pub device_id: Uuid,
    /// The currency the shopper sees.
    pub currency: sampan_engine::money::Currency,
}

/// A room whose rows sync. One batch holds ops of many scopes; `State` is what they touch, read once and written once.
pub trait Synced {
    type Op: Clone + Send;
    type State: Send;

    /// Reads the room's own fields, strictly: an unknown field is a reason.
    fn parse(&self, kind: &str, rest: Map<String, Value>) -> Result<Self::Op, Reason>;

    fn load(
        &self,
        tx: &Tx,
        ops: &[ScopedOp<Self::Op>],
    ) -> impl Future<Output = Result<Self::State, DbErr>> + Send;

    /// Pure: decides in memory.
    fn apply(&self, state: &mut Self::State, at: &mut OpContext, op: Self::Op) -> Outcome;

    /// Writes what was touched, in a few multi-row statements, and tells it as its scope's viewer sees it.
    fn save(
        &self,
        tx: &Tx,
        state: Self::State,
        viewers: &Viewers,
    ) -> impl Future<Output = Result<Vec<Touched>, DbErr>> + Send;

    /// Changes behind `after`: of each of the room's kinds the first `limit` at most, in `(rev, id)` order.
    fn changes(
        &self,
        tx: &Tx,
        viewer: &Viewer,
        after: &Position,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Change>, DbErr>> + Send;
}
