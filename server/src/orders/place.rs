//! From a quote to orders: one a parcel (a shop's goods from one place), each with one batch, in the transaction that ends
//! the checkout.

use crate::{
    landed_cost::{Quote, QuoteShop},
    orders::{
        link,
        model::{Contact, OrderShop, ShipTo},
        number, waits,
    },
    platform::{
        Platform,
        db::{self, Tx},
    },
    scope::Revision,
};
use sampan_engine::{money::Money, parcel::BatchState};
use sea_orm::{DbErr, Value};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// With 32⁷ numbers, even a second try is rare.
const NUMBER_TRIES: usize = 8;
/// After so long a shop of the demo, which nobody keeps, begins to pack.
const DEMO_PACK_SECONDS: i64 = 2 * 3_600;

/// What a checkout orders.
#[derive(Clone, Copy, Debug)]
pub struct Placing<'a> {
    pub order_group: Uuid,
    pub quote: &'a Quote,
    pub ship_to: &'a ShipTo,
    /// What the shopper wrote, by SKU.
    pub notes: &'a HashMap<String, String>,
    pub now: i64,
}

/// Opens the order group that a cart becomes; a cart has at most one that lives.
pub async fn open_group(
    tx: &Tx,
    scope_id: Uuid,
    order_group: Uuid,
    origin: (Uuid, &str),
    contact: &Contact,
    now: i64,
) -> Result<(), DbErr> {
    let (cart_id, intent) = origin;
    let text = "INSERT INTO order_group (scope_id, id, cart_id, intent, state, contact, created_at) \
                VALUES ($1, $2, $3, $4, 'open', $5, $6)";
    let values: [Value; 6] = [
        scope_id.into(),
        order_group.into(),
        cart_id.into(),
        intent.into(),
        json(contact)?.into(),
        now.into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

/// The checkout ended without an order: the group no longer lives.
pub async fn cancel_group(tx: &Tx, scope_id: Uuid, order_group: Uuid) -> Result<(), DbErr> {
    let text = "UPDATE order_group SET state = 'cancelled' WHERE scope_id = $1 AND id = $2 AND state = 'open'";
    db::execute(tx, text, [scope_id.into(), order_group.into()])
        .await
        .map(|_| ())
}

/// Writes the orders and asks for the confirmation mail.
pub async fn place(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    placing: &Placing<'_>,
) -> Result<(), DbErr> {
    let text = "UPDATE order_group SET state = 'placed' WHERE scope_id = $1 AND id = $2";
    let values = [revision.scope_id.into(), placing.order_group.into()];
    db::execute(tx, text, values).await?;
    for shop in &placing.quote.shops {
        place_one(platform, tx, revision, placing, shop).await?;
    }
    waits::plan(platform, tx, revision, placing.order_group, false).await?;
    let mail =
        serde_json::json!({ "scope_id": revision.scope_id, "order_group": placing.order_group });
    platform.outbox.enqueue(tx, "orders.mail", &mail).await
}

async fn place_one(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    placing: &Placing<'_>,
    shop: &QuoteShop,
) -> Result<(), DbErr> {
    let (scope_id, order_id) = (revision.scope_id, platform.new_id());
    let number = free_number(platform, tx, scope_id, order_id).await?;
    let link_key = link::open(platform, tx, scope_id, order_id).await?;
    let seller = OrderShop {
        slug: shop.slug.clone(),
        name: shop.name.clone(),
        country: shop.country.clone(),
        tint: shop.tint.clone(),
    };
    let text = "INSERT INTO shop_order (scope_id, id, rev, order_group, number, link_key, shop_slug, shop, currency, goods_minor, \
                freight_minor, duty_minor, tax_minor, fees_minor, at_door_minor, terms, crosses_border, rules, total_minor, \
                transit_days_from, transit_days_to, ship_to, placed_at, ships_from, parcel, service) VALUES \
                ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)";
    let perhaps = |money: Option<Money>| -> Value { money.map(|money| money.minor).into() };
    let values: [Value; 26] = [
        scope_id.into(),
        order_id.into(),
        revision.rev.into(),
        placing.order_group.into(),
        number.into(),
        link_key.into(),
        shop.slug.as_str().into(),
        json(&seller)?.into(),
        placing.quote.currency.as_str().into(),
        shop.goods.minor.into(),
        shop.freight.minor.into(),
        perhaps(shop.duty),
        perhaps(shop.tax),
        shop.fees.map_or(0, |fees| fees.minor).into(),
        perhaps(shop.at_door),
        shop.terms.as_str().into(),
        i64::from(shop.crosses_border()).into(),
        json(&placing.quote.rules_of(shop.key()))?.into(),
        shop.total.minor.into(),
        shop.transit_days.from.into(),
        shop.transit_days.to.into(),
        json(placing.ship_to)?.into(),
        placing.now.into(),
        json(&shop.ships_from)?.into(),
        shop.parcel.as_str().into(),
        shop.service.as_str().into(),
    ];
    db::execute(tx, text, values).await?;
    insert_lines(tx, scope_id, order_id, placing, shop).await?;
    if platform.config.demo {
        let unpacked = serde_json::json!({ "scope_id": scope_id, "order_id": order_id });
        let outbox = &platform.outbox;
        outbox
            .enqueue_in(tx, "sellers.demo_pack", &unpacked, DEMO_PACK_SECONDS)
            .await?;
    }
    insert_batch(platform, tx, scope_id, order_id, placing, shop).await
}

async fn insert_lines(
    tx: &Tx,
    scope_id: Uuid,
    order_id: Uuid,
    placing: &Placing<'_>,
    shop: &QuoteShop,
) -> Result<(), DbErr> {
    let lines: Vec<_> = placing
        .quote
        .lines
        .iter()
        .filter(|line| line.shop == shop.slug && line.parcel == shop.parcel)
        .collect();
    let text = format!(
        "INSERT INTO order_line (scope_id, order_id, position, sku, title, image, quantity, unit_price_minor, total_minor, \
         duty_minor, tax_minor, note) VALUES {}",
        db::rows(tx, lines.len(), 12)
    );
    let minor = |money: Money| -> Value { money.minor.into() };
    let values = lines
        .iter()
        .enumerate()
        .flat_map(|(position, line)| -> [Value; 12] {
            [
                scope_id.into(),
                order_id.into(),
                (position as i64).into(),
                line.sku.as_str().into(),
                line.title.as_str().into(),
                line.image.clone().into(),
                line.quantity.into(),
                minor(line.unit_price),
                minor(line.goods),
                line.duty.map(|duty| duty.minor).into(),
                line.tax.map(|tax| tax.minor).into(),
                placing.notes.get(line.sku.as_str()).cloned().into(),
            ]
        });
    db::execute(tx, &text, values).await.map(|_| ())
}

/// The whole order as one batch, paid for.
async fn insert_batch(
    platform: &Platform,
    tx: &Tx,
    scope_id: Uuid,
    order_id: Uuid,
    placing: &Placing<'_>,
    shop: &QuoteShop,
) -> Result<(), DbErr> {
    let batch_id = platform.new_id();
    let text = "INSERT INTO batch (scope_id, id, order_id, state, planned_for, updated_at) VALUES ($1, $2, $3, $4, NULL, $5)";
    let values: [Value; 5] = [
        scope_id.into(),
        batch_id.into(),
        order_id.into(),
        BatchState::Paid.as_str().into(),
        placing.now.into(),
    ];
    db::execute(tx, text, values).await?;
    let directory = "INSERT INTO batch_directory (batch_id, shop_slug, scope_id, order_id) VALUES ($1, $2, $3, $4)";
    let values: [Value; 4] = [
        batch_id.into(),
        shop.slug.as_str().into(),
        scope_id.into(),
        order_id.into(),
    ];
    db::execute(tx, directory, values).await.map(|_| ())
}

/// Claims a number in the directory.
async fn free_number(
    platform: &Platform,
    tx: &Tx,
    scope_id: Uuid,
    order_id: Uuid,
) -> Result<String, DbErr> {
    let text = "INSERT INTO order_directory (number, scope_id, order_id) VALUES ($1, $2, $3) ON CONFLICT (number) DO NOTHING";
    for _ in 0..NUMBER_TRIES {
        let number = number::new(&*platform.ids);
        let values = [number.as_str().into(), scope_id.into(), order_id.into()];
        if db::execute(tx, text, values).await? == 1 {
            return Ok(number);
        }
    }
    Err(DbErr::Custom("no free order number was found".to_owned()))
}

fn json(value: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Custom(error.to_string()))
}
