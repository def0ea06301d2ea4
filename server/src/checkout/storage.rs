//! Checkouts in the database.

use crate::{
    checkout::model::{Checkout, State, Why},
    landed_cost::Quote,
    platform::db::{self, Tx},
    scope::{Change, Revision, Viewer},
};
use sampan_engine::{protocol::Position, time::Timestamp};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// Checkouts behind `after`, in `(rev, id)` order; a withdrawn one is gone.
pub async fn changes(
    tx: &Tx,
    viewer: &Viewer,
    after: &Position,
    limit: u32,
) -> Result<Vec<Change>, DbErr> {
    let (rev, bound) = after.bound("checkout");
    let text = "SELECT intent, rev, state, order_group, quote FROM checkout \
                WHERE scope_id = $1 AND rev >= $2 AND (rev > $2 OR intent > $3) ORDER BY rev, intent LIMIT $4";
    let values = [
        viewer.scope_id.into(),
        rev.into(),
        bound.into(),
        i64::from(limit).into(),
    ];
    let rows = db::fetch_all(tx, text, values).await?;
    rows.iter().map(read_change).collect()
}

fn read_change(row: &QueryResult) -> Result<Change, DbErr> {
    let state = read_state(row)?;
    let order_group: Uuid = row.try_get("", "order_group")?;
    let quote: Option<Value> = row
        .try_get::<Option<String>>("", "quote")?
        .and_then(|quote| serde_json::from_str(&quote).ok())
        .map(told_in_sync);
    let value = serde_json::json!({
        "state": state.as_str(),
        "order_group": (state == State::Placed).then_some(order_group),
        "quote": quote,
    });
    Ok(Change {
        kind: "checkout",
        id: row.try_get("", "intent")?,
        rev: row.try_get("", "rev")?,
        value: (state != State::Withdrawn).then_some(value),
    })
}

/// A quote as sync tells it: its times are epoch milliseconds there.
pub(super) fn told_in_sync(mut quote: Value) -> Value {
    if let Some(expires_at) = quote.get_mut("expires_at") {
        let at = expires_at.as_str().and_then(Timestamp::parse_rfc3339);
        *expires_at = at.map(Timestamp::millis).into();
    }
    quote
}

pub(super) fn read_state(row: &QueryResult) -> Result<State, DbErr> {
    let state: String = row.try_get("", "state")?;
    State::parse(&state)
        .ok_or_else(|| DbErr::Custom(format!("no checkout state is called {state}")))
}

const CHECKOUT: &str = "scope_id, intent, state, why, op_id, request_hash, request, cart_id, order_group, payment_id, quote, created_at";

/// A checkout of this shopper.
pub async fn find(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    intent: &str,
) -> Result<Option<Checkout>, DbErr> {
    let text = format!("SELECT {CHECKOUT} FROM checkout WHERE scope_id = $1 AND intent = $2");
    let row = db::fetch_one(connection, &text, [scope_id.into(), intent.into()]).await?;
    row.as_ref().map(read).transpose()
}

/// Writes a new checkout.
pub async fn insert(tx: &Tx, revision: Revision, checkout: &Checkout) -> Result<(), DbErr> {
    let text = format!(
        "INSERT INTO checkout ({CHECKOUT}, rev, updated_at) VALUES {}",
        db::rows(tx, 1, 14)
    );
    let values = [
        checkout.scope_id.into(),
        checkout.intent.as_str().into(),
        checkout.state.as_str().into(),
        checkout.why.map(|why| why.as_str().to_owned()).into(),
        checkout.op_id.into(),
        checkout.request_hash.clone().into(),
        json(&checkout.request)?.into(),
        checkout.cart_id.into(),
        checkout.order_group.into(),
        checkout.payment_id.into(),
        quote_text(checkout.quote.as_ref())?.into(),
        checkout.created_at.into(),
        revision.rev.into(),
        checkout.created_at.into(),
    ];
    db::execute(tx, &text, values).await.map(|_| ())
}

/// Moves a checkout on; `quote` replaces the stored one if given.
pub async fn advance(
    tx: &Tx,
    revision: Revision,
    checkout: &Checkout,
    state: State,
    quote: Option<&Quote>,
) -> Result<(), DbErr> {
    write_end(tx, revision, checkout, state, None, quote).await
}

/// Ends a checkout without an order.
pub async fn cancel(
    tx: &Tx,
    revision: Revision,
    checkout: &Checkout,
    why: Why,
    quote: Option<&Quote>,
) -> Result<(), DbErr> {
    write_end(tx, revision, checkout, State::Cancelled, Some(why), quote).await
}

async fn write_end(
    tx: &Tx,
    revision: Revision,
    checkout: &Checkout,
    state: State,
    why: Option<Why>,
    quote: Option<&Quote>,
) -> Result<(), DbErr> {
    let text = "UPDATE checkout SET rev = $3, updated_at = $4, state = $5, why = $6, quote = COALESCE($7, quote) \
                WHERE scope_id = $1 AND intent = $2";
    let values = [
        revision.scope_id.into(),
        checkout.intent.as_str().into(),
        revision.rev.into(),
        (revision.rev_at * 1000).into(),
        state.as_str().into(),
        why.map(|why| why.as_str().to_owned()).into(),
        quote_text(quote)?.into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

/// From now on this op hears of the end.
pub async fn wait_for(tx: &Tx, revision: Revision, intent: &str, op_id: Uuid) -> Result<(), DbErr> {
    let text =
        "UPDATE checkout SET op_id = $3 WHERE scope_id = $1 AND intent = $2 AND op_id IS NULL";
    let values = [revision.scope_id.into(), intent.into(), op_id.into()];
    db::execute(tx, text, values).await.map(|_| ())
}

fn read(row: &QueryResult) -> Result<Checkout, DbErr> {
    let request: String = row.try_get("", "request")?;
    let quote: Option<String> = row.try_get("", "quote")?;
    let why: Option<String> = row.try_get("", "why")?;
    let quote = quote.map(|quote| serde_json::from_str(&quote)).transpose();
    Ok(Checkout {
        scope_id: row.try_get("", "scope_id")?,
        intent: row.try_get("", "intent")?,
        state: read_state(row)?,
        why: why.as_deref().and_then(Why::parse),
        op_id: row.try_get("", "op_id")?,
        request_hash: row.try_get("", "request_hash")?,
        request: serde_json::from_str(&request).map_err(unreadable)?,
        cart_id: row.try_get("", "cart_id")?,
        order_group: row.try_get("", "order_group")?,
        payment_id: row.try_get("", "payment_id")?,
        quote: quote.map_err(unreadable)?,
        created_at: row.try_get("", "created_at")?,
    })
}

fn quote_text(quote: Option<&Quote>) -> Result<Option<String>, DbErr> {
    quote.map(json).transpose()
}

fn json(value: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> DbErr {
    DbErr::Custom(format!("stored checkout: {error}"))
}
