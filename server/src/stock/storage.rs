//! All SQL of the stock room. Variants are always touched in SKU order, so that two orders cannot deadlock.

use super::{Movement, Shortage};
use crate::platform::db::{self, Tx};
use sea_orm::{ConnectionTrait, DbErr, Value};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

const HELD: &str = "held";
const RELEASED: &str = "released";
const SHIPPED: &str = "shipped";
/// A reservation of an order that was placed has no end.
const FOR_EVER: i64 = i64::MAX;
const ROWS_AT_ONCE: usize = 100;

/// A variant's count on the shelf, as an import or a seller tells it.
#[derive(Clone, Debug)]
pub struct Count {
    pub sku: String,
    pub on_hand: i64,
}

struct Reservation {
    shop_id: Uuid,
    sku: String,
    quantity: i64,
    shipped: i64,
    state: String,
}

/// Units on hand minus units held, by SKU. SKUs without stock rows are absent.
pub async fn available(
    connection: &impl ConnectionTrait,
    skus: &[&str],
) -> Result<HashMap<String, i64>, DbErr> {
    let mut found = HashMap::with_capacity(skus.len());
    for chunk in skus.chunks(ROWS_AT_ONCE) {
        let mut values = chunk.iter().map(|sku| (*sku).into()).collect();
        let list = db::in_list(1, &mut values);
        let text = format!(
            "SELECT s.sku, s.on_hand - s.reserved AS available FROM sku_directory d \
             JOIN stock s ON s.shop_id = d.shop_id AND s.sku = d.sku WHERE d.sku IN ({list})"
        );
        for row in db::fetch_all(connection, &text, values).await? {
            found.insert(row.try_get("", "sku")?, row.try_get("", "available")?);
        }
    }
    Ok(found)
}

/// Holds every line for the order group until `until_micros`, or tells the first that is short; the caller then rolls
/// back. What the group holds already is not held twice.
pub async fn reserve(
    tx: &Tx,
    order_group: Uuid,
    lines: &[(String, i64)],
    until_micros: i64,
) -> Result<Result<(), Shortage>, DbErr> {
    let mut wanted: BTreeMap<&str, i64> = BTreeMap::new();
    for (sku, quantity) in lines {
        *wanted.entry(sku).or_default() += quantity;
    }
    for reservation in of_group(tx, order_group).await? {
        if reservation.state != RELEASED {
            wanted.remove(reservation.sku.as_str());
        }
    }
    let shops = shops_of(tx, &wanted).await?;
    for (sku, quantity) in &wanted {
        let Some(shop_id) = shops.get(*sku) else {
            return Ok(Err(short((*sku).to_owned(), 0)));
        };
        let text = "UPDATE stock SET reserved = reserved + $1 \
                    WHERE shop_id = $2 AND sku = $3 AND on_hand - reserved >= $1";
        let values = [(*quantity).into(), (*shop_id).into(), (*sku).into()];
        if db::execute(tx, text, values).await? == 0 {
            let left = available(tx, &[sku]).await?.remove(*sku).unwrap_or(0);
            return Ok(Err(short((*sku).to_owned(), left)));
        }
        let text = "INSERT INTO reservation (shop_id, order_group, sku, quantity, shipped, state, until) \
                    VALUES ($1, $2, $3, $4, 0, $5, $6) ON CONFLICT (shop_id, order_group, sku) DO UPDATE \
                    SET quantity = excluded.quantity, shipped = 0, state = excluded.state, until = excluded.until";
        let values: [Value; 6] = [
            (*shop_id).into(),
            order_group.into(),
            (*sku).into(),
            (*quantity).into(),
            HELD.into(),
            until_micros.into(),
        ];
        db::execute(tx, text, values).await?;
    }
    Ok(Ok(()))
}

/// The order is placed: what it holds is held until it ships or is cancelled.
pub async fn keep(tx: &Tx, order_group: Uuid) -> Result<(), DbErr> {
    let text = "UPDATE reservation SET until = $1 WHERE order_group = $2 AND state = $3";
    db::execute(tx, text, [FOR_EVER.into(), order_group.into(), HELD.into()])
        .await
        .map(|_| ())
}

/// Gives back all that the group still holds; pieces already shipped stay gone.
pub async fn release(tx: &Tx, order_group: Uuid) -> Result<(), DbErr> {
    release_until(tx, order_group, i64::MAX).await
}

/// Gives back what the group holds until before this time. The time is asked for again in the update itself: an order
/// that was placed meanwhile keeps its stock.
async fn release_until(tx: &Tx, order_group: Uuid, before_micros: i64) -> Result<(), DbErr> {
    let held = of_group(tx, order_group).await?;
    for reservation in held.iter().filter(|each| each.state == HELD) {
        let text = "UPDATE reservation SET state = $1 \
                    WHERE shop_id = $2 AND order_group = $3 AND sku = $4 AND state = $5 AND until <= $6";
        let values: [Value; 6] = [
            RELEASED.into(),
            reservation.shop_id.into(),
            order_group.into(),
            reservation.sku.as_str().into(),
            HELD.into(),
            before_micros.into(),
        ];
        if db::execute(tx, text, values).await? == 1 {
            let text = "UPDATE stock SET reserved = reserved - $1 WHERE shop_id = $2 AND sku = $3";
            let left = reservation.quantity - reservation.shipped;
            let values = [
                left.into(),
                reservation.shop_id.into(),
                reservation.sku.as_str().into(),
            ];
            db::execute(tx, text, values).await?;
        }
    }
    Ok(())
}

/// The pieces of one batch leave the shelf. Repeating it for the same batch changes nothing; more than is held is
/// never taken.
pub async fn ship(
    tx: &Tx,
    order_group: Uuid,
    batch: Uuid,
    lines: &[(String, i64)],
    now_micros: i64,
) -> Result<(), DbErr> {
    let mut leaving: BTreeMap<&str, i64> = BTreeMap::new();
    for (sku, quantity) in lines {
        *leaving.entry(sku).or_default() += quantity;
    }
    let held = of_group(tx, order_group).await?;
    for reservation in held.iter().filter(|each| each.state == HELD) {
        let left = reservation.quantity - reservation.shipped;
        let Some(quantity) = leaving
            .get(reservation.sku.as_str())
            .map(|n| (*n).min(left))
        else {
            continue;
        };
        if !moved(
            tx,
            reservation,
            Movement::Shipped,
            batch,
            -quantity,
            now_micros,
        )
        .await?
        {
            continue;
        }
        let text = "UPDATE reservation SET shipped = shipped + $1, state = CASE WHEN shipped + $1 >= quantity THEN $2 ELSE state END \
             WHERE shop_id = $3 AND order_group = $4 AND sku = $5";
        let values: [Value; 5] = [
            quantity.into(),
            SHIPPED.into(),
            reservation.shop_id.into(),
            order_group.into(),
            reservation.sku.as_str().into(),
        ];
        db::execute(tx, text, values).await?;
        let text = "UPDATE stock SET on_hand = on_hand - $1, reserved = reserved - $1 WHERE shop_id = $2 AND sku = $3";
        let values = [
            quantity.into(),
            reservation.shop_id.into(),
            reservation.sku.as_str().into(),
        ];
        db::execute(tx, text, values).await?;
    }
    Ok(())
}

/// Releases what nobody placed in time; answers the order groups, at most `limit`.
pub async fn release_expired(tx: &Tx, now_micros: i64, limit: u32) -> Result<Vec<Uuid>, DbErr> {
    let text = "SELECT DISTINCT order_group FROM reservation WHERE state = $1 AND until < $2 \
                ORDER BY order_group LIMIT $3";
    let values = [HELD.into(), now_micros.into(), i64::from(limit).into()];
    let mut released = Vec::new();
    for row in db::fetch_all(tx, text, values).await? {
        let order_group = row.try_get("", "order_group")?;
        release_until(tx, order_group, now_micros - 1).await?;
        released.push(order_group);
    }
    Ok(released)
}

/// Sets what lies on a shop's shelf, never below what is held. `reference` names this count.
pub async fn set_on_hand(
    tx: &Tx,
    shop_id: Uuid,
    counts: &[Count],
    reference: Uuid,
    now_micros: i64,
) -> Result<(), DbErr> {
    let before = on_hand_of(tx, shop_id).await?;
    let mut moves = Vec::new();
    for count in counts {
        match before.get(&count.sku) {
            Some(before) if *before == count.on_hand => {}
            Some(before) => moves.push((count, Movement::Adjusted, count.on_hand - before)),
            None => moves.push((count, Movement::Received, count.on_hand)),
        }
    }
    moves.sort_by(|a, b| a.0.sku.cmp(&b.0.sku));
    for chunk in moves.chunks(ROWS_AT_ONCE) {
        let stock = chunk.iter().flat_map(|(count, ..)| {
            [
                shop_id.into(),
                count.sku.as_str().into(),
                count.on_hand.into(),
                0_i64.into(),
            ]
        });
        let text = format!(
            "INSERT INTO stock (shop_id, sku, on_hand, reserved) VALUES {} ON CONFLICT (shop_id, sku) DO UPDATE SET \
             on_hand = CASE WHEN excluded.on_hand < stock.reserved THEN stock.reserved ELSE excluded.on_hand END",
            db::rows(tx, chunk.len(), 4)
        );
        db::execute(tx, &text, stock).await?;
        let journal = chunk.iter().flat_map(|(count, kind, quantity)| {
            [
                shop_id.into(),
                count.sku.as_str().into(),
                kind.as_str().into(),
                reference.into(),
                (*quantity).into(),
                now_micros.into(),
            ]
        });
        let text = format!(
            "INSERT INTO stock_movement (shop_id, sku, kind, reference, quantity, created_at) VALUES {}",
            db::rows(tx, chunk.len(), 6)
        );
        db::execute(tx, &text, journal).await?;
    }
    Ok(())
}

/// Writes the movement; false if it was written before.
async fn moved(
    tx: &Tx,
    reservation: &Reservation,
    kind: Movement,
    reference: Uuid,
    quantity: i64,
    now_micros: i64,
) -> Result<bool, DbErr> {
    let text = "INSERT INTO stock_movement (shop_id, sku, kind, reference, quantity, created_at) \
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shop_id, sku, kind, reference) DO NOTHING";
    let values: [Value; 6] = [
        reservation.shop_id.into(),
        reservation.sku.as_str().into(),
        kind.as_str().into(),
        reference.into(),
        quantity.into(),
        now_micros.into(),
    ];
    Ok(db::execute(tx, text, values).await? == 1)
}

async fn of_group(tx: &Tx, order_group: Uuid) -> Result<Vec<Reservation>, DbErr> {
    let text = "SELECT shop_id, sku, quantity, shipped, state FROM reservation WHERE order_group = $1 ORDER BY sku";
    db::fetch_all(tx, text, [order_group.into()])
        .await?
        .iter()
        .map(|row| {
            Ok(Reservation {
                shop_id: row.try_get("", "shop_id")?,
                sku: row.try_get("", "sku")?,
                quantity: row.try_get("", "quantity")?,
                shipped: row.try_get("", "shipped")?,
                state: row.try_get("", "state")?,
            })
        })
        .collect()
}

async fn shops_of(tx: &Tx, wanted: &BTreeMap<&str, i64>) -> Result<HashMap<String, Uuid>, DbErr> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let mut values = wanted.keys().map(|sku| (*sku).into()).collect();
    let list = db::in_list(1, &mut values);
    let text = format!("SELECT sku, shop_id FROM sku_directory WHERE sku IN ({list})");
    db::fetch_all(tx, &text, values)
        .await?
        .iter()
        .map(|row| Ok((row.try_get("", "sku")?, row.try_get("", "shop_id")?)))
        .collect()
}

async fn on_hand_of(tx: &Tx, shop_id: Uuid) -> Result<HashMap<String, i64>, DbErr> {
    let text = "SELECT sku, on_hand FROM stock WHERE shop_id = $1";
    db::fetch_all(tx, text, [shop_id.into()])
        .await?
        .iter()
        .map(|row| Ok((row.try_get("", "sku")?, row.try_get("", "on_hand")?)))
        .collect()
}

fn short(sku: String, available: i64) -> Shortage {
    Shortage { sku, available }
}
