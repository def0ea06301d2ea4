//! What became of ops that were not simply applied: told to their maker with every reply until named in `seen`, shown
//! as a card on the other phones until dismissed.

use crate::{
    planted::{Bug, Planted},
    platform::db::{self, Tx},
    scope::{Change, OpContext, Reason, ScopedOp, Synced, Touched, Viewer, Viewers},
    sync::{ops::OpRow, plan::ToldAgain},
};
use sampan_engine::{
    outcome::{Code, Outcome},
    protocol::Position,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use serde_json::Map;
use uuid::Uuid;

const CHUNK: usize = 500;
const COLUMNS: &str = "scope_id, op_id, rev, device, seq, kind, code, detail, dismissed";

/// The room of outcome cards; its one op is `outcome.dismiss {op}`.
#[derive(Clone, Copy, Default)]
pub struct Outcomes {
    pub planted: Planted,
}

struct OutcomeRow {
    op_id: Uuid,
    rev: i64,
    device: Uuid,
    seq: i64,
    kind: String,
    outcome: Outcome,
    dismissed: bool,
}

pub fn parse(kind: &str, mut rest: Map<String, serde_json::Value>) -> Result<Uuid, Reason> {
    if kind != "outcome.dismiss" {
        return Err("unknown_kind".into());
    }
    let op = rest
        .remove("op")
        .as_ref()
        .and_then(serde_json::Value::as_str)
        .and_then(|id| Uuid::try_parse(id).ok());
    if rest.is_empty() {
        op.ok_or("bad_op".into())
    } else {
        Err("unknown_field".into())
    }
}

impl Synced for Outcomes {
    type Op = Uuid;
    /// What is dismissed: scope, op, revision.
    type State = Vec<(Uuid, Uuid, i64)>;

    fn parse(&self, kind: &str, rest: Map<String, serde_json::Value>) -> Result<Uuid, Reason> {
        parse(kind, rest)
    }

    async fn load(&self, _: &Tx, _: &[ScopedOp<Uuid>]) -> Result<Self::State, DbErr> {
        Ok(Vec::new())
    }

    fn apply(&self, state: &mut Self::State, at: &mut OpContext, op: Uuid) -> Outcome {
        state.push((at.scope_id, op, at.place.rev));
        Outcome::applied()
    }

    async fn save(&self, tx: &Tx, state: Self::State, _: &Viewers) -> Result<Vec<Touched>, DbErr> {
        let mut touched = Vec::new();
        for (scope_id, op_id, rev) in state {
            let also = if self.planted.is(Bug::OutcomeForgotten) {
                ", seen = 1"
            } else {
                ""
            };
            let text = format!(
                "UPDATE outcome SET dismissed = 1, rev = $3{also} WHERE scope_id = $1 AND op_id = $2 AND code <> 'working'"
            );
            if db::execute(tx, &text, [scope_id.into(), op_id.into(), rev.into()]).await? > 0 {
                let change = Change {
                    kind: "outcome",
                    id: op_id.to_string(),
                    rev,
                    value: None,
                };
                touched.push(Touched { scope_id, change });
            }
        }
        Ok(touched)
    }

    async fn changes(
        &self,
        tx: &Tx,
        viewer: &Viewer,
        after: &Position,
        limit: u32,
    ) -> Result<Vec<Change>, DbErr> {
        let (rev, bound) = after.bound("outcome");
        let op_bound = if bound.is_empty() {
            Uuid::nil()
        } else {
            Uuid::try_parse(bound).unwrap_or(Uuid::max())
        };
        let text = format!(
            "SELECT {COLUMNS} FROM outcome WHERE scope_id = $1 AND rev >= $2 AND (rev > $2 OR op_id > $3) \
             ORDER BY rev, op_id LIMIT $4"
        );
        let values = [
            viewer.scope_id.into(),
            rev.into(),
            op_bound.into(),
            i64::from(limit).into(),
        ];
        let rows = db::fetch_all(tx, &text, values).await?;
        rows.iter()
            .map(read)
            .map(|row| row.map(|row| row.to_card(viewer.device_id)))
            .collect()
    }
}

impl OutcomeRow {
    /// The maker hears it among `outcomes`; to its own phone the card is always gone.
    fn to_card(&self, viewer: Uuid) -> Change {
        let is_shown =
            !self.dismissed && self.device != viewer && self.outcome.code != Code::Applied;
        let value = is_shown.then(|| {
            let mut card = Map::from_iter([("kind".to_owned(), self.kind.as_str().into())]);
            self.outcome.write_to(&mut card);
            serde_json::Value::Object(card)
        });
        Change {
            kind: "outcome",
            id: self.op_id.to_string(),
            rev: self.rev,
            value,
        }
    }
}

/// One outcome on its way to its maker.
pub fn to_told(
    op_id: Uuid,
    seq: i64,
    kind: &str,
    outcome: &Outcome,
) -> Map<String, serde_json::Value> {
    let mut told = Map::from_iter([
        ("id".to_owned(), op_id.to_string().into()),
        ("seq".to_owned(), seq.into()),
        ("kind".to_owned(), kind.into()),
    ]);
    outcome.write_to(&mut told);
    told
}

/// Everything this device has not named in `seen`, oldest first.
pub async fn undelivered(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    device: Uuid,
) -> Result<Vec<Map<String, serde_json::Value>>, DbErr> {
    let text = format!(
        "SELECT {COLUMNS} FROM outcome WHERE scope_id = $1 AND device = $2 AND seen = 0 ORDER BY seq LIMIT 1000"
    );
    let rows = db::fetch_all(connection, &text, [scope_id.into(), device.into()]).await?;
    rows.iter()
        .map(|row| read(row).map(|row| to_told(row.op_id, row.seq, &row.kind, &row.outcome)))
        .collect()
}

/// Writes the outcomes that must be told.
pub async fn insert(tx: &Tx, ops: &[&OpRow]) -> Result<(), DbErr> {
    for chunk in ops.chunks(CHUNK) {
        let text = format!(
            "INSERT INTO outcome (scope_id, op_id, rev, device, seq, kind, code, detail, seen, dismissed, created_at) VALUES {}",
            db::rows(tx, chunk.len(), 11)
        );
        let values = chunk.iter().flat_map(|op| -> [Value; 11] {
            [
                op.scope_id.into(),
                op.id.into(),
                op.rev.into(),
                op.device.into(),
                op.seq.into(),
                op.kind.as_str().into(),
                op.outcome.code.as_str().into(),
                op.outcome.stored_detail().into(),
                0_i64.into(),
                0_i64.into(),
                op.created_at.into(),
            ]
        });
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

/// The phone has shown these; `working` cannot be named. Only the maker's own count. Answers what is still untold.
pub async fn mark_seen(tx: &Tx, scope_id: Uuid, device: Uuid, seen: &[Uuid]) -> Result<i64, DbErr> {
    for chunk in seen.chunks(CHUNK) {
        let mut ids: Vec<Value> = chunk.iter().map(|id| (*id).into()).collect();
        let list = db::in_list(3, &mut ids);
        let text = format!(
            "UPDATE outcome SET seen = 1 WHERE scope_id = $1 AND device = $2 AND code <> 'working' AND op_id IN ({list})"
        );
        let values: Vec<Value> = [scope_id.into(), device.into()]
            .into_iter()
            .chain(ids)
            .collect();
        db::execute(tx, &text, values).await?;
    }
    count_undelivered(tx, scope_id, device).await
}

/// An op that is sent again is answered again, also to a phone that was restored after it had seen the answer, or that
/// had to take a new device id. Its card is no news to the other phones. `place` is scope, device and revision.
pub async fn tell_again(
    tx: &Tx,
    (scope_id, device, rev): (Uuid, Uuid, i64),
    told: &ToldAgain,
    now_micros: i64,
) -> Result<(), DbErr> {
    let text = "INSERT INTO outcome (scope_id, op_id, rev, device, seq, kind, code, detail, seen, dismissed, created_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 1, $9) ON CONFLICT (scope_id, op_id) DO UPDATE \
                SET device = excluded.device, seq = excluded.seq, seen = 0";
    let values = [
        scope_id.into(),
        told.op_id.into(),
        rev.into(),
        device.into(),
        told.seq.into(),
        told.kind.as_str().into(),
        told.outcome.code.as_str().into(),
        told.outcome.stored_detail().into(),
        now_micros.into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

pub async fn count_undelivered(tx: &Tx, scope_id: Uuid, device: Uuid) -> Result<i64, DbErr> {
    let text = "SELECT COUNT(*) AS n FROM outcome WHERE scope_id = $1 AND device = $2 AND seen = 0";
    let row = db::fetch_one(tx, text, [scope_id.into(), device.into()]).await?;
    row.map_or(Ok(0), |row| row.try_get("", "n"))
}

fn read(row: &QueryResult) -> Result<OutcomeRow, DbErr> {
    let (code, detail): (String, String) = (row.try_get("", "code")?, row.try_get("", "detail")?);
    Ok(OutcomeRow {
        op_id: row.try_get("", "op_id")?,
        rev: row.try_get("", "rev")?,
        device: row.try_get("", "device")?,
        seq: row.try_get("", "seq")?,
        kind: row.try_get("", "kind")?,
        outcome: Outcome::from_stored(&code, &detail)
            .ok_or_else(|| DbErr::Custom(format!("an unreadable outcome: {code}")))?,
        dismissed: row.try_get::<i64>("", "dismissed")? != 0,
    })
}
