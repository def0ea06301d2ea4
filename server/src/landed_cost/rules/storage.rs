//! Imported rules in the database: appended, never changed; an import is taken back by a mark.

use crate::{
    landed_cost::rules::{kinds::kind, layers::Layer, row::RuleRow},
    platform::db::{self, Db, Tx},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

const ROWS_AT_ONCE: usize = 100;

/// One file that was taken in.
#[derive(Clone, Debug)]
pub struct Import {
    pub id: Uuid,
    /// Of the whole set once this import was laid over it; 0 before it is written.
    pub version: i64,
    /// Microseconds.
    pub at: i64,
    /// The operator's scope; None for the command line.
    pub by: Option<Uuid>,
    pub format: String,
    pub file_name: String,
    pub rows: i64,
    pub added: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub withdrawn_at: Option<i64>,
}

pub async fn version(connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let text = "SELECT version FROM rule_version WHERE id = 1";
    let row = db::fetch_one(connection, text, []).await?;
    row.map_or(Ok(0), |row| row.try_get("", "version"))
}

/// Everybody who reads the rules looks again. Answers the new version; whoever imports waits for the one before.
pub async fn moved(tx: &Tx) -> Result<i64, DbErr> {
    let text = "UPDATE rule_version SET version = version + 1 WHERE id = 1";
    db::execute(tx, text, []).await?;
    version(tx).await
}

/// The imports that stand, first to last, with their rows.
pub async fn layers(connection: &impl ConnectionTrait) -> Result<Vec<Layer>, DbErr> {
    let text = "SELECT r.import_id, r.kind, r.line, r.fields FROM rule_row r JOIN rule_import i ON i.id = r.import_id \
                WHERE i.withdrawn_at IS NULL ORDER BY i.version, r.position";
    let mut layers: Vec<(Uuid, Vec<RuleRow>)> = Vec::new();
    for row in db::fetch_all(connection, text, []).await? {
        let import: Uuid = row.try_get("", "import_id")?;
        let Some(rule) = rule(&row)? else { continue };
        match layers.last_mut() {
            Some((id, rows)) if *id == import => rows.push(rule),
            _ => layers.push((import, vec![rule])),
        }
    }
    let layer = |(id, rows): (Uuid, Vec<RuleRow>)| Layer {
        origin: Some(id),
        rows: rows.into(),
    };
    Ok(layers.into_iter().map(layer).collect())
}

/// None for a kind of a newer build.
fn rule(row: &QueryResult) -> Result<Option<RuleRow>, DbErr> {
    let (name, fields): (String, String) = (row.try_get("", "kind")?, row.try_get("", "fields")?);
    let line: i64 = row.try_get("", "line")?;
    let fields: BTreeMap<String, String> = serde_json::from_str(&fields)
        .map_err(|error| DbErr::Custom(format!("a stored rule: {error}")))?;
    Ok(kind(&name).map(|kind| RuleRow {
        kind: kind.name,
        line: line.unsigned_abs(),
        fields,
    }))
}

/// Writes an import with the rows that say something new, over all imports before it.
pub async fn insert(tx: &Tx, import: &Import, rows: &[RuleRow]) -> Result<(), DbErr> {
    let version = moved(tx).await?;
    let text = "INSERT INTO rule_import (id, version, at, by_scope, format, file_name, row_count, added, changed, unchanged) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values: [Value; 10] = [
        import.id.into(),
        version.into(),
        import.at.into(),
        import.by.into(),
        import.format.as_str().into(),
        import.file_name.as_str().into(),
        import.rows.into(),
        import.added.into(),
        import.changed.into(),
        import.unchanged.into(),
    ];
    db::execute(tx, text, values).await?;
    for (chunk, rows) in rows.chunks(ROWS_AT_ONCE).enumerate() {
        let text = format!(
            "INSERT INTO rule_row (import_id, position, kind, line, fields) VALUES {}",
            db::rows(tx, rows.len(), 5)
        );
        let mut values: Vec<Value> = Vec::with_capacity(rows.len() * 5);
        for (offset, row) in rows.iter().enumerate() {
            let fields = serde_json::to_string(&row.fields)
                .map_err(|error| DbErr::Custom(error.to_string()))?;
            values.extend([
                import.id.into(),
                ((chunk * ROWS_AT_ONCE + offset) as i64).into(),
                row.kind.into(),
                (row.line as i64).into(),
                fields.into(),
            ]);
        }
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

/// Marks an import as taken back. False when there is none that stands.
pub async fn withdraw(tx: &Tx, id: Uuid, at: i64) -> Result<bool, DbErr> {
    let text = "UPDATE rule_import SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL";
    let changed = db::execute(tx, text, [at.into(), id.into()]).await?;
    Ok(changed > 0)
}

/// The imports, newest first, before this version.
pub async fn imports(
    connection: &impl ConnectionTrait,
    before: i64,
    limit: i64,
) -> Result<Vec<Import>, DbErr> {
    let text = "SELECT id, version, at, by_scope, format, file_name, row_count, added, changed, unchanged, withdrawn_at FROM rule_import \
                WHERE version < $1 ORDER BY version DESC LIMIT $2";
    let rows = db::fetch_all(connection, text, [before.into(), limit.into()]).await?;
    rows.iter().map(import).collect()
}

fn import(row: &QueryResult) -> Result<Import, DbErr> {
    Ok(Import {
        id: row.try_get("", "id")?,
        version: row.try_get("", "version")?,
        at: row.try_get("", "at")?,
        by: row.try_get("", "by_scope")?,
        format: row.try_get("", "format")?,
        file_name: row.try_get("", "file_name")?,
        rows: row.try_get("", "row_count")?,
        added: row.try_get("", "added")?,
        changed: row.try_get("", "changed")?,
        unchanged: row.try_get("", "unchanged")?,
        withdrawn_at: row.try_get("", "withdrawn_at")?,
    })
}

/// Quotes to these countries that have not expired.
pub async fn open_quotes(
    connection: &impl ConnectionTrait,
    countries: &[String],
    now: i64,
) -> Result<i64, DbErr> {
    if countries.is_empty() {
        return Ok(0);
    }
    if countries == ["*"] {
        let text = "SELECT COUNT(*) AS n FROM quote WHERE expires_at > $1";
        let row = db::fetch_one(connection, text, [now.into()]).await?;
        return row.map_or(Ok(0), |row| row.try_get("", "n"));
    }
    let mut values: Vec<Value> = countries
        .iter()
        .map(|country| country.as_str().into())
        .collect();
    let list = db::in_list(2, &mut values);
    values.insert(0, now.into());
    let text =
        format!("SELECT COUNT(*) AS n FROM quote WHERE expires_at > $1 AND country IN ({list})");
    let row = db::fetch_one(connection, &text, values).await?;
    row.map_or(Ok(0), |row| row.try_get("", "n"))
}

/// How the room reads: all layers over what ships, and the version they are of.
pub async fn load(db: &Db) -> Result<(i64, Vec<Layer>), DbErr> {
    let connection = db.apart();
    let version = version(connection).await?;
    Ok((version, layers(connection).await?))
}
