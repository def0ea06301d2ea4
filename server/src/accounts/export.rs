//! Everything kept about a person, as JSON: every table that has a `scope_id`, read for the person's scopes, without
//! what opens something (secrets, hashes, tokens, push addresses). A new table is in the export without being told.

use crate::{
    platform::{
        Platform,
        db::{self, Db},
    },
    scope,
};
use sea_orm::{DbBackend, DbErr};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

const MAX_ROWS_A_TABLE: usize = 20_000;
/// A column whose name contains one of these stays out.
const SECRETS: [&str; 7] = [
    "secret", "hash", "token", "link_key", "p256dh", "auth", "endpoint",
];

/// The person's own scope, and those of the guests that became this account.
pub async fn export(platform: &Platform, scope_id: Uuid) -> Result<Value, DbErr> {
    let tables = tables(&platform.db).await?;
    let mut scopes = Vec::new();
    let guests = scope::guests_of(platform.db.reader(), scope_id).await?;
    for scope_id in std::iter::once(scope_id).chain(guests) {
        let mut contents = Map::new();
        for (table, columns) in &tables {
            let rows = rows(&platform.db, table, columns, scope_id).await?;
            if !rows.is_empty() {
                contents.insert(table.clone(), rows.into());
            }
        }
        scopes.push(json!({ "scope_id": scope_id, "tables": contents }));
    }
    Ok(json!({
        "exported_at": platform.now().rfc3339(),
        "times": "microseconds since 1970-01-01T00:00:00Z unless written out",
        "scopes": scopes,
    }))
}

/// Tables by name with the columns to show.
async fn tables(db: &Db) -> Result<BTreeMap<String, Vec<String>>, DbErr> {
    let text = match db.backend() {
        DbBackend::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns \
             WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        }
        _ => {
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p \
             WHERE m.type = 'table' ORDER BY m.name, p.cid"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in db::fetch_all(db.reader(), text, []).await? {
        tables
            .entry(row.try_get("", "t")?)
            .or_default()
            .push(row.try_get("", "c")?);
    }
    tables.retain(|_, columns| columns.iter().any(|column| column == "scope_id"));
    for columns in tables.values_mut() {
        columns.retain(|column| !SECRETS.iter().any(|secret| column.contains(secret)));
    }
    Ok(tables)
}

async fn rows(
    db: &Db,
    table: &str,
    columns: &[String],
    scope_id: Uuid,
) -> Result<Vec<Value>, DbErr> {
    let text = match db.backend() {
        DbBackend::Postgres => {
            let columns: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
            format!(
                "SELECT CAST(to_jsonb(x) AS TEXT) AS row FROM (SELECT {} FROM \"{table}\" WHERE scope_id = $1 \
                 LIMIT {MAX_ROWS_A_TABLE}) x",
                columns.join(", ")
            )
        }
        _ => {
            let members: Vec<String> = columns
                .iter()
                .map(|name| {
                    format!(
                        "'{name}', CASE typeof(\"{name}\") WHEN 'blob' THEN lower(hex(\"{name}\")) ELSE \"{name}\" END"
                    )
                })
                .collect();
            format!(
                "SELECT json_object({}) AS row FROM \"{table}\" WHERE scope_id = $1 LIMIT {MAX_ROWS_A_TABLE}",
                members.join(", ")
            )
        }
    };
    let rows = db::fetch_all(db.reader(), &text, [scope_id.into()]).await?;
    rows.iter()
        .map(|row| {
            let text: String = row.try_get("", "row")?;
            let row = serde_json::from_str::<Map<String, Value>>(&text)
                .map_err(|error| DbErr::Custom(error.to_string()))?;
            Ok(row
                .into_iter()
                .map(|(name, value)| (name, readable(value)))
                .collect())
        })
        .collect()
}

/// Ids as ids, JSON kept as text as JSON.
fn readable(value: Value) -> Value {
    let Value::String(text) = value else {
        return value;
    };
    if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Uuid::parse_str(&text).map_or(Value::String(text), |id| id.to_string().into());
    }
    if text.starts_with(['{', '[']) {
        return serde_json::from_str(&text).unwrap_or(Value::String(text));
    }
    Value::String(text)
}
