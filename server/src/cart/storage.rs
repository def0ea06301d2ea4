//! All SQL of carts. Every query is bounded by scope.

use crate::platform::db::{self, Tx};
use sampan_engine::cart_merge::{Line, Stamp};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use uuid::Uuid;

/// Rows a statement writes at most; keeps it below the databases' limits on parameters.
const CHUNK: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartRow {
    pub scope_id: Uuid,
    pub id: Uuid,
    pub rev: i64,
    /// `open`, `ordered` or `absorbed`.
    pub state: String,
    pub successor: Option<Uuid>,
    pub order_group: Option<Uuid>,
    pub absorbed_lines: i64,
    /// Lines with a quantity above zero.
    pub line_count: i64,
}

#[derive(Clone, Debug)]
pub struct LineRow {
    pub scope_id: Uuid,
    pub cart_id: Uuid,
    pub line: String,
    pub rev: i64,
    pub merge: Line,
    pub note: Option<String>,
    pub note_stamp: Option<Stamp>,
    /// The seller's price of the first tier when the shopper last touched the line.
    pub seen_price: Option<(i64, String)>,
}

const CART_COLUMNS: &str =
    "scope_id, id, rev, state, successor, order_group, absorbed_lines, line_count";
const LINE_COLUMNS: &str =
    "scope_id, cart_id, line, rev, merge, note, note_stamp, seen_price_minor, seen_price_currency";

impl CartRow {
    pub fn open(scope_id: Uuid, id: Uuid, rev: i64) -> Self {
        let state = "open".to_owned();
        Self {
            scope_id,
            id,
            rev,
            state,
            successor: None,
            order_group: None,
            absorbed_lines: 0,
            line_count: 0,
        }
    }
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }
}

/// The open carts of these scopes, and the named ones: scope and cart.
pub async fn carts(
    tx: &Tx,
    scopes: &[Uuid],
    named: &[(Uuid, Uuid)],
) -> Result<Vec<CartRow>, DbErr> {
    let mut values: Vec<Value> = scopes.iter().map(|id| (*id).into()).collect();
    let list = db::in_list(1, &mut values);
    let columns = columns_of("c", CART_COLUMNS);
    let text = format!(
        "SELECT {columns} FROM scope s CROSS JOIN cart c WHERE s.id IN ({list}) AND c.scope_id = s.id AND c.id = s.open_cart"
    );
    let mut rows = db::fetch_all(tx, &text, values).await?;
    if !named.is_empty() {
        let keys = named
            .iter()
            .map(|(scope_id, id)| [(*scope_id).into(), (*id).into()]);
        let nobody = [Uuid::nil().into(), Uuid::nil().into()];
        let (wanted, values) = db::wanted(tx, ["in_scope", "cart_id"], keys.collect(), nobody);
        let text = format!(
            "{wanted}SELECT {columns} FROM wanted w CROSS JOIN cart c WHERE c.scope_id = w.in_scope AND c.id = w.cart_id"
        );
        rows.extend(db::fetch_all(tx, &text, values).await?);
    }
    rows.iter().map(read_cart).collect()
}

/// Columns with the table's short name before each.
fn columns_of(table: &str, columns: &str) -> String {
    let named: Vec<String> = columns
        .split(", ")
        .map(|column| format!("{table}.{column}"))
        .collect();
    named.join(", ")
}

pub async fn cart(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    id: Uuid,
) -> Result<Option<CartRow>, DbErr> {
    let text = format!("SELECT {CART_COLUMNS} FROM cart WHERE scope_id = $1 AND id = $2");
    db::fetch_one(connection, &text, [scope_id.into(), id.into()])
        .await?
        .as_ref()
        .map(read_cart)
        .transpose()
}

pub async fn open_cart(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<Option<CartRow>, DbErr> {
    let text = format!("SELECT {CART_COLUMNS} FROM cart WHERE scope_id = $1 AND state = 'open'");
    db::fetch_one(connection, &text, [scope_id.into()])
        .await?
        .as_ref()
        .map(read_cart)
        .transpose()
}

/// The rows of these lines: scope, cart and line.
pub async fn lines_named(tx: &Tx, keys: &[(Uuid, Uuid, &str)]) -> Result<Vec<LineRow>, DbErr> {
    let mut found = Vec::new();
    for chunk in keys.chunks(CHUNK) {
        let keys = chunk.iter().map(|(scope_id, cart_id, line)| {
            [(*scope_id).into(), (*cart_id).into(), (*line).into()]
        });
        let nobody = [Uuid::nil().into(), Uuid::nil().into(), "".into()];
        let (wanted, values) =
            db::wanted(tx, ["in_scope", "in_cart", "named"], keys.collect(), nobody);
        let text = format!(
            "{wanted}SELECT {} FROM wanted w CROSS JOIN cart_line l \
             WHERE l.scope_id = w.in_scope AND l.cart_id = w.in_cart AND l.line = w.named",
            columns_of("l", LINE_COLUMNS)
        );
        for row in db::fetch_all(tx, &text, values).await? {
            found.push(read_line(&row)?);
        }
    }
    Ok(found)
}

/// Every line of a cart that was ever touched, in line order.
pub async fn lines_of(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    cart_id: Uuid,
) -> Result<Vec<LineRow>, DbErr> {
    let text = format!(
        "SELECT {LINE_COLUMNS} FROM cart_line WHERE scope_id = $1 AND cart_id = $2 ORDER BY line"
    );
    db::fetch_all(connection, &text, [scope_id.into(), cart_id.into()])
        .await?
        .iter()
        .map(read_line)
        .collect()
}

/// Lines behind a position, in `(rev, cart, line)` order.
pub async fn lines_after(
    tx: &Tx,
    scope_id: Uuid,
    (rev, cart_id, line): (i64, Uuid, &str),
    limit: u32,
) -> Result<Vec<LineRow>, DbErr> {
    let text = format!(
        "SELECT {LINE_COLUMNS} FROM cart_line WHERE scope_id = $1 AND rev >= $2 \
         AND (rev > $2 OR cart_id > $3 OR (cart_id = $3 AND line > $4)) ORDER BY rev, cart_id, line LIMIT $5"
    );
    let values = [
        scope_id.into(),
        rev.into(),
        cart_id.into(),
        line.into(),
        i64::from(limit).into(),
    ];
    db::fetch_all(tx, &text, values)
        .await?
        .iter()
        .map(read_line)
        .collect()
}

/// Carts behind a position, in `(rev, id)` order.
pub async fn carts_after(
    tx: &Tx,
    scope_id: Uuid,
    (rev, id): (i64, Uuid),
    limit: u32,
) -> Result<Vec<CartRow>, DbErr> {
    let text = format!(
        "SELECT {CART_COLUMNS} FROM cart WHERE scope_id = $1 AND rev >= $2 AND (rev > $2 OR id > $3) \
         ORDER BY rev, id LIMIT $4"
    );
    let values = [
        scope_id.into(),
        rev.into(),
        id.into(),
        i64::from(limit).into(),
    ];
    db::fetch_all(tx, &text, values)
        .await?
        .iter()
        .map(read_cart)
        .collect()
}

pub async fn save_carts(tx: &Tx, carts: &[CartRow]) -> Result<(), DbErr> {
    for chunk in carts.chunks(CHUNK) {
        let text = format!(
            "INSERT INTO cart ({CART_COLUMNS}) VALUES {} ON CONFLICT (scope_id, id) DO UPDATE SET rev = excluded.rev, \
             state = excluded.state, successor = excluded.successor, order_group = excluded.order_group, \
             absorbed_lines = excluded.absorbed_lines, line_count = excluded.line_count",
            db::rows(tx, chunk.len(), 8)
        );
        let values = chunk.iter().flat_map(|cart| -> [Value; 8] {
            [
                cart.scope_id.into(),
                cart.id.into(),
                cart.rev.into(),
                cart.state.as_str().into(),
                cart.successor.into(),
                cart.order_group.into(),
                cart.absorbed_lines.into(),
                cart.line_count.into(),
            ]
        });
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

pub async fn save_lines(tx: &Tx, lines: &[LineRow]) -> Result<(), DbErr> {
    for chunk in lines.chunks(CHUNK) {
        let text = format!(
            "INSERT INTO cart_line ({LINE_COLUMNS}, quantity) VALUES {} ON CONFLICT (scope_id, cart_id, line) DO UPDATE SET \
             rev = excluded.rev, merge = excluded.merge, note = excluded.note, note_stamp = excluded.note_stamp, \
             seen_price_minor = excluded.seen_price_minor, seen_price_currency = excluded.seen_price_currency, \
             quantity = excluded.quantity",
            db::rows(tx, chunk.len(), 10)
        );
        let mut values: Vec<Value> = Vec::with_capacity(chunk.len() * 10);
        for line in chunk {
            values.extend([
                line.scope_id.into(),
                line.cart_id.into(),
                line.line.as_str().into(),
                line.rev.into(),
                to_json(&line.merge)?.into(),
                line.note.clone().into(),
                line.note_stamp.as_ref().map(to_json).transpose()?.into(),
                line.seen_price.as_ref().map(|price| price.0).into(),
                line.seen_price.as_ref().map(|price| price.1.clone()).into(),
                line.merge.quantity().into(),
            ]);
        }
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

fn to_json(value: &impl serde::Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Custom(error.to_string()))
}

fn read_cart(row: &QueryResult) -> Result<CartRow, DbErr> {
    Ok(CartRow {
        scope_id: row.try_get("", "scope_id")?,
        id: row.try_get("", "id")?,
        rev: row.try_get("", "rev")?,
        state: row.try_get("", "state")?,
        successor: row.try_get("", "successor")?,
        order_group: row.try_get("", "order_group")?,
        absorbed_lines: row.try_get("", "absorbed_lines")?,
        line_count: row.try_get("", "line_count")?,
    })
}

fn read_line(row: &QueryResult) -> Result<LineRow, DbErr> {
    let unreadable =
        |error: serde_json::Error| DbErr::Custom(format!("an unreadable cart line: {error}"));
    let merge: String = row.try_get("", "merge")?;
    let stamp: Option<String> = row.try_get("", "note_stamp")?;
    let minor: Option<i64> = row.try_get("", "seen_price_minor")?;
    let currency: Option<String> = row.try_get("", "seen_price_currency")?;
    Ok(LineRow {
        scope_id: row.try_get("", "scope_id")?,
        cart_id: row.try_get("", "cart_id")?,
        line: row.try_get("", "line")?,
        rev: row.try_get("", "rev")?,
        merge: serde_json::from_str(&merge).map_err(unreadable)?,
        note: row.try_get("", "note")?,
        note_stamp: stamp
            .as_deref()
            .map(serde_json::from_str)
            .transpose()
            .map_err(unreadable)?,
        seen_price: minor.zip(currency),
    })
}
