//! Batches as a seller sees them; every query starts from the shops the seller works for.

use crate::{
    orders::{OrderAddress, OrderShop},
    platform::db,
    scope::{Moment, Telling},
    sellers::barcode,
    shipments::{self, ParcelRow},
};
use sampan_engine::{
    money::{Currency, Money},
    parcel::{BatchState, ParcelState},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

const COLUMNS: &str = "d.batch_id, d.scope_id, d.order_id, b.state, b.planned_for, o.number, o.order_group, o.shop, o.currency, o.total_minor, \
     o.ship_to, o.placed_at, o.transit_days_from, o.transit_days_to, o.crosses_border, o.service";
const BATCHES: &str = "batch_directory d JOIN batch b ON b.scope_id = d.scope_id AND b.id = d.batch_id \
     JOIN shop_order o ON o.scope_id = d.scope_id AND o.id = d.order_id";
const OF_SELLER: &str = "JOIN shop s ON s.slug = d.shop_slug JOIN shop_member m ON m.shop_id = s.id WHERE m.scope_id = $1";

/// A batch on the packing table.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SellerBatch {
    pub id: Uuid,
    pub state: BatchState,
    /// When its goods are expected; until they are counted it cannot be packed. Null: they are there.
    #[schema(value_type = Option<String>)]
    pub planned_for: Option<Moment>,
    pub shop: OrderShop,
    pub order_id: Uuid,
    pub order_number: String,
    #[schema(value_type = String)]
    pub placed_at: Moment,
    pub lines: Vec<SellerBatchLine>,
    pub ship_to: OrderAddress,
    pub total: Money,
    pub parcel: Option<SellerParcel>,
    #[serde(skip)]
    pub reference: Reference,
}

/// What the routes need to act on it, never shown.
#[derive(Clone, Debug)]
pub struct Reference {
    pub scope_id: Uuid,
    pub order_group: Uuid,
    pub transit_days: (i64, i64),
    pub crosses_border: bool,
    /// What was paid for, such as `post`; empty for orders that do not say.
    pub service: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SellerBatchLine {
    pub sku: String,
    pub title: String,
    pub quantity: i64,
    pub image: Option<String>,
    /// The number under its barcode, fourteen digits; null: nobody has told it.
    pub gtin: Option<String>,
    /// What the shopper wrote on the line.
    pub note: Option<String>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SellerParcel {
    pub id: Uuid,
    pub number: String,
    pub carrier: String,
    pub state: ParcelState,
    /// Where the demo's own carrier takes it at the next tap.
    pub next_state: Option<ParcelState>,
}

impl From<ParcelRow> for SellerParcel {
    fn from(parcel: ParcelRow) -> Self {
        Self {
            id: parcel.id,
            state: parcel.state,
            next_state: shipments::next_state(&parcel),
            number: parcel.number,
            carrier: parcel.carrier,
        }
    }
}

/// The seller's batches in this state, or in any; newest first, older than `before`.
pub async fn page(
    connection: &impl ConnectionTrait,
    seller: Uuid,
    state: Option<BatchState>,
    before: Uuid,
    limit: i64,
) -> Result<Vec<SellerBatch>, DbErr> {
    let mut values: Vec<Value> = vec![seller.into(), before.into(), limit.into()];
    let mut text = format!("SELECT {COLUMNS} FROM {BATCHES} {OF_SELLER} AND d.batch_id < $2");
    if let Some(state) = state {
        text.push_str(" AND b.state = $4");
        values.push(state.as_str().into());
    }
    text.push_str(" ORDER BY d.batch_id DESC LIMIT $3");
    complete(connection, db::fetch_all(connection, &text, values).await?).await
}

/// One batch, if it is of one of the seller's shops.
pub async fn find(
    connection: &impl ConnectionTrait,
    seller: Uuid,
    batch_id: Uuid,
) -> Result<Option<SellerBatch>, DbErr> {
    let text = format!("SELECT {COLUMNS} FROM {BATCHES} {OF_SELLER} AND d.batch_id = $2");
    let rows = db::fetch_all(connection, &text, [seller.into(), batch_id.into()]).await?;
    Ok(complete(connection, rows).await?.pop())
}

/// The batch of an order of one of these shoppers.
pub async fn of_order(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_id: Uuid,
) -> Result<Option<SellerBatch>, DbErr> {
    let mut values = scopes.iter().map(|id| (*id).into()).collect();
    let list = db::in_list(1, &mut values);
    values.push(order_id.into());
    let text = format!(
        "SELECT {COLUMNS} FROM {BATCHES} WHERE d.scope_id IN ({list}) AND d.order_id = ${} ORDER BY d.batch_id LIMIT 1",
        values.len()
    );
    let rows = db::fetch_all(connection, &text, values).await?;
    Ok(complete(connection, rows).await?.pop())
}

/// Does this person work for any shop?
pub async fn is_seller(connection: &impl ConnectionTrait, scope_id: Uuid) -> Result<bool, DbErr> {
    let text = "SELECT 1 AS one FROM shop_member WHERE scope_id = $1 LIMIT 1";
    Ok(db::fetch_one(connection, text, [scope_id.into()])
        .await?
        .is_some())
}

/// Adds lines and parcels to the rows.
async fn complete(
    connection: &impl ConnectionTrait,
    rows: Vec<QueryResult>,
) -> Result<Vec<SellerBatch>, DbErr> {
    let mut batches = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if batches.is_empty() {
        return Ok(batches);
    }
    let mut lines = lines_of(connection, &batches).await?;
    let skus: Vec<&str> = lines
        .values()
        .flatten()
        .map(|line| line.sku.as_str())
        .collect();
    let gtins = barcode::of_goods(connection, &skus).await?;
    for line in lines.values_mut().flatten() {
        line.gtin = gtins.get(&line.sku).cloned();
    }
    for batch in &mut batches {
        batch.lines = lines.remove(&batch.order_id).unwrap_or_default();
        let parcel =
            shipments::find_of_batch(connection, batch.reference.scope_id, batch.id).await?;
        batch.parcel = parcel.map(SellerParcel::from);
    }
    Ok(batches)
}

async fn lines_of(
    connection: &impl ConnectionTrait,
    batches: &[SellerBatch],
) -> Result<HashMap<Uuid, Vec<SellerBatchLine>>, DbErr> {
    let mut scopes = batches
        .iter()
        .map(|batch| batch.reference.scope_id.into())
        .collect();
    let scope_list = db::in_list(1, &mut scopes);
    let mut orders = batches.iter().map(|batch| batch.order_id.into()).collect();
    let order_list = db::in_list(scopes.len() + 1, &mut orders);
    let text = format!(
        "SELECT order_id, sku, title, quantity, image, note FROM order_line \
         WHERE scope_id IN ({scope_list}) AND order_id IN ({order_list}) ORDER BY order_id, position"
    );
    let values: Vec<_> = scopes.into_iter().chain(orders).collect();
    let mut found: HashMap<Uuid, Vec<SellerBatchLine>> = HashMap::new();
    for row in db::fetch_all(connection, &text, values).await? {
        let line = SellerBatchLine {
            sku: row.try_get("", "sku")?,
            title: row.try_get("", "title")?,
            quantity: row.try_get("", "quantity")?,
            image: row.try_get("", "image")?,
            gtin: None,
            note: row.try_get("", "note")?,
        };
        found
            .entry(row.try_get("", "order_id")?)
            .or_default()
            .push(line);
    }
    Ok(found)
}

fn read(row: &QueryResult) -> Result<SellerBatch, DbErr> {
    let unreadable = |what: &str| DbErr::Custom(format!("stored order: {what}"));
    let text = |column| row.try_get::<String>("", column);
    let currency = Currency::parse(&text("currency")?).ok_or_else(|| unreadable("currency"))?;
    Ok(SellerBatch {
        id: row.try_get("", "batch_id")?,
        state: BatchState::parse(&text("state")?).ok_or_else(|| unreadable("state"))?,
        planned_for: row
            .try_get::<Option<i64>>("", "planned_for")?
            .map(|at| Telling::Rest.moment(at)),
        shop: serde_json::from_str(&text("shop")?).map_err(|_| unreadable("shop"))?,
        order_id: row.try_get("", "order_id")?,
        order_number: text("number")?,
        placed_at: Telling::Rest.moment(row.try_get("", "placed_at")?),
        lines: Vec::new(),
        ship_to: serde_json::from_str(&text("ship_to")?).map_err(|_| unreadable("ship_to"))?,
        total: Money::new(row.try_get("", "total_minor")?, currency),
        parcel: None,
        reference: Reference {
            scope_id: row.try_get("", "scope_id")?,
            order_group: row.try_get("", "order_group")?,
            transit_days: (
                row.try_get("", "transit_days_from")?,
                row.try_get("", "transit_days_to")?,
            ),
            crosses_border: row.try_get::<i64>("", "crosses_border")? != 0,
            service: row
                .try_get::<Option<String>>("", "service")?
                .unwrap_or_default(),
        },
    })
}
