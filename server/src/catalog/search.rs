//! The index of words behind one function, [`find`]: FTS5 on SQLite, tsvector on PostgreSQL. Words come folded from
//! [`super::words`], so both find the same products; which is best is decided by [`super::products`], not here.

use crate::platform::db::{self, Tx};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};
use uuid::Uuid;

/// More than this many matches are not looked at.
const MAX_MATCHES: i64 = 10_000;
const ROWS_AT_ONCE: usize = 200;

/// A product's words under its number in the index.
pub struct Entry {
    pub search_id: i64,
    pub words: Vec<String>,
}

/// The number a product has in the index: the random end of its id.
pub fn search_id(product_id: Uuid) -> i64 {
    (product_id.as_u128() as i64) & i64::MAX
}

/// Products that hold all the words, the last one as the beginning of a word. `words` must not be empty.
pub async fn find(connection: &impl ConnectionTrait, words: &[String]) -> Result<Vec<i64>, DbErr> {
    let (text, query) = match connection.get_database_backend() {
        DbBackend::Postgres => (
            "SELECT search_id FROM product_search WHERE words @@ CAST($1 AS tsquery) LIMIT $2",
            all_of(words, '\'', " & ", ":*"),
        ),
        _ => (
            "SELECT rowid AS search_id FROM product_search WHERE product_search MATCH $1 LIMIT $2",
            all_of(words, '"', " AND ", "*"),
        ),
    };
    db::fetch_all(connection, text, [query.into(), MAX_MATCHES.into()])
        .await?
        .iter()
        .map(|row| row.try_get("", "search_id"))
        .collect()
}

/// Replaces the words of products.
pub async fn index(tx: &Tx, entries: &[Entry]) -> Result<(), DbErr> {
    for chunk in entries.chunks(ROWS_AT_ONCE) {
        let rows = db::rows(tx, chunk.len(), 2);
        let (text, quote) = match tx.get_database_backend() {
            DbBackend::Postgres => (
                format!(
                    "INSERT INTO product_search (search_id, words) \
                     SELECT CAST(v.search_id AS BIGINT), CAST(v.words AS tsvector) FROM (VALUES {rows}) AS v (search_id, words) \
                     ON CONFLICT (search_id) DO UPDATE SET words = excluded.words"
                ),
                "'",
            ),
            _ => (
                format!("INSERT OR REPLACE INTO product_search (rowid, words) VALUES {rows}"),
                "",
            ),
        };
        let values = chunk.iter().flat_map(|entry| {
            let words = entry
                .words
                .iter()
                .map(|word| format!("{quote}{word}{quote}"));
            let words = words.collect::<Vec<_>>().join(" ");
            [Value::from(entry.search_id), Value::from(words)]
        });
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

/// Words are letters and digits only, so nothing in them needs escaping.
fn all_of(words: &[String], quote: char, and: &str, beginning: &str) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("{quote}{word}{quote}"))
        .collect();
    format!("{}{beginning}", quoted.join(and))
}
