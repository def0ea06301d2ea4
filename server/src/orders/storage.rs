//! Orders in the database; every query starts with the scope that owns them.

use crate::{
    landed_cost::{QuoteRule, Terms},
    orders::model::{Order, OrderBatch, OrderLine, OrderShop, least_advanced},
    platform::db::{self, Tx},
    scope::{Change, Telling, Viewer, uuid_bound},
};
use sampan_engine::{
    money::{Currency, Money},
    parcel::BatchState,
    protocol::Position,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use serde::de::DeserializeOwned;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

const ORDER: &str = "scope_id, id, rev, order_group, number, shop, currency, goods_minor, freight_minor, duty_minor, tax_minor, \
                     fees_minor, at_door_minor, terms, total_minor, ship_to, placed_at, ships_from";

/// An order and whose it is.
#[derive(Clone, Debug)]
pub struct Found {
    pub scope_id: Uuid,
    pub rev: i64,
    pub order: Order,
}

/// Orders behind `after`, in `(rev, id)` order.
pub async fn changes(
    tx: &Tx,
    viewer: &Viewer,
    after: &Position,
    limit: u32,
) -> Result<Vec<Change>, DbErr> {
    let (rev, bound) = after.bound("order");
    let filter = "rev >= $1 AND (rev > $1 OR id > $2) ORDER BY rev, id LIMIT $3";
    let values = vec![
        rev.into(),
        uuid_bound(bound).into(),
        i64::from(limit).into(),
    ];
    let found = select(tx, &[viewer.scope_id], Telling::Sync, filter, values).await?;
    found
        .into_iter()
        .map(|Found { order, rev, .. }| {
            Ok(Change {
                kind: "order",
                id: order.id.to_string(),
                rev,
                value: Some(serde_json::to_value(order).map_err(unreadable)?),
            })
        })
        .collect()
}

/// The orders of these scopes, newest first, older than `before`.
pub async fn page(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    before: Uuid,
    limit: i64,
) -> Result<Vec<Found>, DbErr> {
    let filter = "id < $1 ORDER BY id DESC LIMIT $2";
    let values = vec![before.into(), limit.into()];
    select(connection, scopes, Telling::Rest, filter, values).await
}

/// One order, if it is of one of these scopes.
pub async fn find(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_id: Uuid,
) -> Result<Option<Found>, DbErr> {
    let values = vec![order_id.into()];
    let mut found = select(connection, scopes, Telling::Rest, "id = $1", values).await?;
    Ok(found.pop())
}

/// All orders of a group, in the order they were placed.
pub async fn of_group(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    order_group: Uuid,
) -> Result<Vec<Order>, DbErr> {
    let values = vec![order_group.into()];
    let filter = "order_group = $1 ORDER BY id";
    let found = select(connection, &[scope_id], Telling::Rest, filter, values).await?;
    Ok(found.into_iter().map(|found| found.order).collect())
}

/// `filter` numbers its values from 1.
async fn select(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    telling: Telling,
    filter: &str,
    mut values: Vec<Value>,
) -> Result<Vec<Found>, DbErr> {
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let mut owners = scopes.iter().map(|id| (*id).into()).collect();
    let list = db::in_list(values.len() + 1, &mut owners);
    values.extend(owners);
    let text = format!("SELECT {ORDER} FROM shop_order WHERE scope_id IN ({list}) AND {filter}");
    let rows = db::fetch_all(connection, &text, values).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        found.push(Found {
            scope_id: row.try_get("", "scope_id")?,
            rev: row.try_get("", "rev")?,
            order: read(row, telling)?,
        });
    }
    let (owners, ids) = keys(&found);
    let mut lines = lines_of(connection, &owners, &ids).await?;
    let mut batches = batches_of(connection, &owners, &ids, telling).await?;
    for Found { order, .. } in &mut found {
        order.lines = lines.remove(&order.id).unwrap_or_default();
        order.batches = batches.remove(&order.id).unwrap_or_default();
        order.state = least_advanced(&order.batches);
    }
    Ok(found)
}

/// Whose orders these are, and their ids.
pub fn keys(found: &[Found]) -> (Vec<Uuid>, Vec<Uuid>) {
    let owners: BTreeSet<Uuid> = found.iter().map(|found| found.scope_id).collect();
    let ids = found.iter().map(|found| found.order.id).collect();
    (owners.into_iter().collect(), ids)
}

async fn lines_of(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<OrderLine>>, DbErr> {
    let text = "SELECT l.order_id, o.currency, l.sku, l.title, l.image, l.quantity, l.unit_price_minor, l.total_minor, \
                l.duty_minor, l.tax_minor, l.note \
                FROM order_line l JOIN shop_order o ON o.scope_id = l.scope_id AND o.id = l.order_id \
                WHERE l.scope_id IN ({scopes}) AND l.order_id IN ({orders}) ORDER BY l.order_id, l.position";
    let rows = of_orders(connection, scopes, order_ids, text).await?;
    let mut found: HashMap<Uuid, Vec<OrderLine>> = HashMap::new();
    for row in rows {
        let currency = currency(&row)?;
        let money = |column| Ok::<_, DbErr>(Money::new(row.try_get("", column)?, currency));
        let perhaps = |column| money_or_none(&row, column, currency);
        let line = OrderLine {
            sku: row.try_get("", "sku")?,
            title: row.try_get("", "title")?,
            image: row.try_get("", "image")?,
            quantity: row.try_get("", "quantity")?,
            unit_price: money("unit_price_minor")?,
            total: money("total_minor")?,
            duty: perhaps("duty_minor")?,
            tax: perhaps("tax_minor")?,
            note: row.try_get("", "note")?,
        };
        found
            .entry(row.try_get("", "order_id")?)
            .or_default()
            .push(line);
    }
    Ok(found)
}

async fn batches_of(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_ids: &[Uuid],
    telling: Telling,
) -> Result<HashMap<Uuid, Vec<OrderBatch>>, DbErr> {
    let text = "SELECT id, order_id, state, planned_for, planned_before FROM batch \
                WHERE scope_id IN ({scopes}) AND order_id IN ({orders}) ORDER BY order_id, id";
    let rows = of_orders(connection, scopes, order_ids, text).await?;
    let mut found: HashMap<Uuid, Vec<OrderBatch>> = HashMap::new();
    for row in rows {
        let planned_for: Option<i64> = row.try_get("", "planned_for")?;
        let planned_before: Option<i64> = row.try_get("", "planned_before")?;
        let batch = OrderBatch {
            id: row.try_get("", "id")?,
            state: batch_state(&row)?,
            planned_for: planned_for.map(|at| telling.moment(at)),
            planned_before: planned_before.map(|at| telling.moment(at)),
        };
        found
            .entry(row.try_get("", "order_id")?)
            .or_default()
            .push(batch);
    }
    Ok(found)
}

/// Runs a query about these orders of these scopes; `{scopes}` and `{orders}` stand for the lists.
pub(super) async fn of_orders(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_ids: &[Uuid],
    text: &str,
) -> Result<Vec<QueryResult>, DbErr> {
    if scopes.is_empty() || order_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = scopes.iter().map(|id| (*id).into()).collect();
    let scope_list = db::in_list(1, &mut values);
    let mut ids = order_ids.iter().map(|id| (*id).into()).collect();
    let order_list = db::in_list(values.len() + 1, &mut ids);
    values.extend(ids);
    let text = text
        .replace("{scopes}", &scope_list)
        .replace("{orders}", &order_list);
    db::fetch_all(connection, &text, values).await
}

fn read(row: &QueryResult, telling: Telling) -> Result<Order, DbErr> {
    let currency = currency(row)?;
    let money = |column| Ok::<_, DbErr>(Money::new(row.try_get("", column)?, currency));
    let perhaps = |column| money_or_none(row, column, currency);
    let terms: String = row.try_get("", "terms")?;
    Ok(Order {
        id: row.try_get("", "id")?,
        number: row.try_get("", "number")?,
        order_group: row.try_get("", "order_group")?,
        shop: stored(row, "shop")?,
        state: BatchState::Cancelled,
        placed_at: telling.moment(row.try_get("", "placed_at")?),
        currency,
        goods: money("goods_minor")?,
        freight: money("freight_minor")?,
        duty: perhaps("duty_minor")?,
        tax: perhaps("tax_minor")?,
        fees: money("fees_minor")?,
        at_door: perhaps("at_door_minor")?,
        terms: Terms::parse(&terms).unwrap_or_default(),
        total: money("total_minor")?,
        ship_to: stored(row, "ship_to")?,
        ships_from: perhaps_stored(row, "ships_from")?,
        lines: Vec::new(),
        batches: Vec::new(),
    })
}

/// Whose goods an order holds, for a message about it.
pub async fn shop_name(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    order_id: Uuid,
) -> Result<Option<String>, DbErr> {
    let text = "SELECT shop FROM shop_order WHERE scope_id = $1 AND id = $2";
    let row = db::fetch_one(connection, text, [scope_id.into(), order_id.into()]).await?;
    let shop = row
        .map(|row| stored::<OrderShop>(&row, "shop"))
        .transpose()?;
    Ok(shop.map(|shop| shop.name))
}

pub(super) fn batch_state(row: &QueryResult) -> Result<BatchState, DbErr> {
    let state: String = row.try_get("", "state")?;
    BatchState::parse(&state)
        .ok_or_else(|| DbErr::Custom(format!("no batch state is called {state}")))
}

fn money_or_none(
    row: &QueryResult,
    column: &str,
    currency: Currency,
) -> Result<Option<Money>, DbErr> {
    let minor: Option<i64> = row.try_get("", column)?;
    Ok(minor.map(|minor| Money::new(minor, currency)))
}

fn currency(row: &QueryResult) -> Result<Currency, DbErr> {
    let code: String = row.try_get("", "currency")?;
    Currency::parse(&code).ok_or_else(|| DbErr::Custom(format!("{code} is not a currency")))
}

/// Reads JSON that we wrote ourselves.
pub(super) fn stored<T: DeserializeOwned>(row: &QueryResult, column: &str) -> Result<T, DbErr> {
    let text: String = row.try_get("", column)?;
    serde_json::from_str(&text).map_err(unreadable)
}

fn perhaps_stored<T: DeserializeOwned>(
    row: &QueryResult,
    column: &str,
) -> Result<Option<T>, DbErr> {
    let text: Option<String> = row.try_get("", column)?;
    text.map(|text| serde_json::from_str(&text).map_err(unreadable))
        .transpose()
}

fn unreadable(error: serde_json::Error) -> DbErr {
    DbErr::Custom(format!("stored JSON: {error}"))
}

/// The rules that each order's price rests on.
pub async fn rules(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<QuoteRule>>, DbErr> {
    let text = "SELECT id, rules FROM shop_order WHERE scope_id IN ({scopes}) AND id IN ({orders})";
    let rows = of_orders(connection, scopes, order_ids, text).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "id")?, stored(row, "rules")?)))
        .collect()
}
