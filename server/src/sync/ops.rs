//! The op table: what was already applied, and what became of it.

use crate::platform::db::{self, Tx};
use sampan_engine::{outcome::Outcome, sequence::Stored};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

const CHUNK: usize = 500;

/// A row to write: one per op, in the transaction of its effects.
#[derive(Clone, Debug)]
pub struct OpRow {
    pub scope_id: Uuid,
    pub id: Uuid,
    pub device: Uuid,
    pub seq: i64,
    pub rev: i64,
    pub kind: String,
    pub outcome: Outcome,
    /// µs
    pub created_at: i64,
}

/// Known ops with one of these ids, by scope.
pub async fn by_id(tx: &Tx, ids: &[(Uuid, Uuid)]) -> Result<Vec<(Uuid, Stored<Outcome>)>, DbErr> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let keys = chunk
            .iter()
            .map(|(scope_id, id)| [(*scope_id).into(), (*id).into()]);
        let nobody = [Uuid::nil().into(), Uuid::nil().into()];
        let (wanted, values) = db::wanted(tx, ["in_scope", "op_id"], keys.collect(), nobody);
        let text = format!(
            "{wanted}SELECT o.scope_id, o.id, o.device, o.seq, o.code, o.detail FROM wanted w \
             CROSS JOIN op o WHERE o.scope_id = w.in_scope AND o.id = w.op_id"
        );
        for row in db::fetch_all(tx, &text, values).await? {
            found.push((row.try_get("", "scope_id")?, read(&row)?));
        }
    }
    Ok(found)
}

/// Known ops of one device in a range of seqs.
pub async fn by_seq(
    tx: &Tx,
    scope_id: Uuid,
    device: Uuid,
    from: i64,
    to: i64,
) -> Result<Vec<Stored<Outcome>>, DbErr> {
    let text = "SELECT id, device, seq, code, detail FROM op WHERE scope_id = $1 AND device = $2 AND seq >= $3 AND seq <= $4";
    let rows = db::fetch_all(
        tx,
        text,
        [scope_id.into(), device.into(), from.into(), to.into()],
    )
    .await?;
    rows.iter().map(read).collect()
}

pub async fn insert(tx: &Tx, ops: &[OpRow]) -> Result<(), DbErr> {
    for chunk in ops.chunks(CHUNK) {
        let text = format!(
            "INSERT INTO op (scope_id, id, device, seq, rev, code, detail, created_at) VALUES {}",
            db::rows(tx, chunk.len(), 8)
        );
        let values = chunk.iter().flat_map(|op| -> [Value; 8] {
            [
                op.scope_id.into(),
                op.id.into(),
                op.device.into(),
                op.seq.into(),
                op.rev.into(),
                op.outcome.code.as_str().into(),
                op.outcome.stored_detail().into(),
                op.created_at.into(),
            ]
        });
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

fn read(row: &QueryResult) -> Result<Stored<Outcome>, DbErr> {
    let (code, detail): (String, String) = (row.try_get("", "code")?, row.try_get("", "detail")?);
    let outcome = Outcome::from_stored(&code, &detail)
        .ok_or_else(|| DbErr::Custom(format!("an unreadable outcome: {code}")))?;
    Ok(Stored {
        id: row.try_get("", "id")?,
        device: row.try_get("", "device")?,
        seq: row.try_get("", "seq")?,
        outcome,
    })
}
