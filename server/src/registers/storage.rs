//! All SQL of registers.

use crate::{
    platform::db::{self, Tx},
    registers::op::{KINDS, Op},
    scope::ScopedOp,
};
use sampan_engine::cart_merge::Stamp;
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

const CHUNK: usize = 500;
const COLUMNS: &str = "scope_id, kind, id, rev, stamp, value";

#[derive(Clone, Debug)]
pub struct RegisterRow {
    pub scope_id: Uuid,
    pub kind: &'static str,
    pub id: String,
    pub rev: i64,
    pub stamp: Stamp,
    /// None once removed.
    pub value: Option<serde_json::Value>,
}

/// The present rows of the registers that these ops set.
pub async fn named(tx: &Tx, ops: &[ScopedOp<Op>]) -> Result<Vec<RegisterRow>, DbErr> {
    let mut found = Vec::new();
    for chunk in ops.chunks(CHUNK) {
        let mut keys: Vec<(Uuid, &str, &str)> = chunk
            .iter()
            .map(|op| (op.scope_id, op.op.kind, op.op.id.as_str()))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let keys = keys
            .into_iter()
            .map(|(scope_id, kind, id)| [scope_id.into(), kind.into(), id.into()]);
        let nobody = [Uuid::nil().into(), "".into(), "".into()];
        let (wanted, values) =
            db::wanted(tx, ["in_scope", "of_kind", "named"], keys.collect(), nobody);
        let text = format!(
            "{wanted}SELECT r.scope_id, r.kind, r.id, r.rev, r.stamp, r.value FROM wanted w CROSS JOIN register r \
             WHERE r.scope_id = w.in_scope AND r.kind = w.of_kind AND r.id = w.named"
        );
        for row in db::fetch_all(tx, &text, values).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

/// Registers of one kind behind a position, in `(rev, id)` order.
pub async fn after(
    tx: &Tx,
    scope_id: Uuid,
    kind: &str,
    (rev, id): (i64, &str),
    limit: u32,
) -> Result<Vec<RegisterRow>, DbErr> {
    let text = format!(
        "SELECT {COLUMNS} FROM register WHERE scope_id = $1 AND kind = $2 AND rev >= $3 AND (rev > $3 OR id > $4) \
         ORDER BY rev, id LIMIT $5"
    );
    let values = [
        scope_id.into(),
        kind.into(),
        rev.into(),
        id.into(),
        i64::from(limit).into(),
    ];
    db::fetch_all(tx, &text, values)
        .await?
        .iter()
        .map(read)
        .collect()
}

pub async fn save(tx: &Tx, rows: &[&RegisterRow]) -> Result<(), DbErr> {
    for chunk in rows.chunks(CHUNK) {
        let text = format!(
            "INSERT INTO register ({COLUMNS}) VALUES {} ON CONFLICT (scope_id, kind, id) DO UPDATE SET \
             rev = excluded.rev, stamp = excluded.stamp, value = excluded.value",
            db::rows(tx, chunk.len(), 6)
        );
        let mut values: Vec<Value> = Vec::with_capacity(chunk.len() * 6);
        for row in chunk {
            let stamp = serde_json::to_string(&row.stamp)
                .map_err(|error| DbErr::Custom(error.to_string()))?;
            values.extend([
                row.scope_id.into(),
                row.kind.into(),
                row.id.as_str().into(),
                row.rev.into(),
                stamp.into(),
                row.value.as_ref().map(ToString::to_string).into(),
            ]);
        }
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

/// Currency, country and locale are also columns of the scope, where prices and texts look.
pub async fn follow_preferences(tx: &Tx, rows: &[&RegisterRow]) -> Result<(), DbErr> {
    for row in rows.iter().filter(|row| row.kind == "prefs") {
        let column = match row.id.as_str() {
            "currency" => "currency",
            "country" => "country",
            "locale" => "locale",
            _ => continue,
        };
        let Some(value) = row.value.as_ref().and_then(|value| value["value"].as_str()) else {
            continue;
        };
        let text = format!("UPDATE scope SET {column} = $2 WHERE id = $1");
        db::execute(tx, &text, [row.scope_id.into(), value.into()]).await?;
    }
    Ok(())
}

fn read(row: &QueryResult) -> Result<RegisterRow, DbErr> {
    let unreadable =
        |error: serde_json::Error| DbErr::Custom(format!("an unreadable register: {error}"));
    let kind: String = row.try_get("", "kind")?;
    let stamp: String = row.try_get("", "stamp")?;
    let value: Option<String> = row.try_get("", "value")?;
    Ok(RegisterRow {
        scope_id: row.try_get("", "scope_id")?,
        kind: KINDS
            .into_iter()
            .find(|known| *known == kind)
            .ok_or_else(|| DbErr::Custom(format!("register {kind}")))?,
        id: row.try_get("", "id")?,
        rev: row.try_get("", "rev")?,
        stamp: serde_json::from_str(&stamp).map_err(unreadable)?,
        value: value
            .as_deref()
            .map(serde_json::from_str)
            .transpose()
            .map_err(unreadable)?,
    })
}
