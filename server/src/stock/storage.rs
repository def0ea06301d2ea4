//! All SQL of the stock room. Variants are always touched in SKU order, and of each the promise before the shelf, so that
//! two orders cannot deadlock.

use super::{
    Movement, Shortage,
    movement::{self, Spot},
    promise,
};
use crate::platform::db::{self, Tx};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

const HELD: &str = "held";
const RELEASED: &str = "released";
const SHIPPED: &str = "shipped";
/// A reservation of an order that was placed has no end.
const FOR_EVER: i64 = i64::MAX;
const ROWS_AT_ONCE: usize = 100;
const RESERVATIONS: &str = "SELECT shop_id, sku, warehouse, quantity, shipped, waiting, state FROM reservation WHERE order_group = $1";

/// A variant's count on the shelf, as an import or a seller tells it.
#[derive(Clone, Debug)]
pub struct Count {
    pub sku: String,
    pub on_hand: i64,
}

/// A line to be held, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub sku: String,
    pub quantity: i64,
    /// None: with the maker.
    pub warehouse: Option<Uuid>,
    /// Where not enough is on hand, what is promised for this day (`YYYY-MM-DD`) or sooner will do; None: it will not.
    pub ships_on: Option<String>,
}

struct Reservation {
    shop_id: Uuid,
    sku: String,
    warehouse: Uuid,
    quantity: i64,
    shipped: i64,
    /// Of the quantity, what has not come yet.
    waiting: i64,
    state: String,
}

impl Reservation {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            shop_id: row.try_get("", "shop_id")?,
            sku: row.try_get("", "sku")?,
            warehouse: row.try_get("", "warehouse")?,
            quantity: row.try_get("", "quantity")?,
            shipped: row.try_get("", "shipped")?,
            waiting: row.try_get("", "waiting")?,
            state: row.try_get("", "state")?,
        })
    }

    /// What of it lies on the shelf.
    fn on_shelf(&self) -> i64 {
        self.quantity - self.shipped - self.waiting
    }

    fn spot(&self) -> Spot<'_> {
        Spot {
            shop_id: self.shop_id,
            sku: &self.sku,
            warehouse: self.warehouse,
        }
    }
}

/// Units on hand minus units held, by SKU, in the place that has most: a line leaves from one place. SKUs without stock
/// rows are absent.
pub async fn available(
    connection: &impl ConnectionTrait,
    skus: &[&str],
) -> Result<HashMap<String, i64>, DbErr> {
    let mut found = HashMap::with_capacity(skus.len());
    for chunk in skus.chunks(ROWS_AT_ONCE) {
        let mut values = chunk.iter().map(|sku| (*sku).into()).collect();
        let list = db::in_list(1, &mut values);
        let text = format!(
            "SELECT s.sku, MAX(s.on_hand - s.reserved) AS available FROM sku_directory d \
             JOIN stock s ON s.shop_id = d.shop_id AND s.sku = d.sku WHERE d.sku IN ({list}) GROUP BY s.sku"
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
    lines: &[Wanted],
    until_micros: i64,
    now_micros: i64,
) -> Result<Result<(), Shortage>, DbErr> {
    let mut wanted: BTreeMap<&str, (i64, &Wanted)> = BTreeMap::new();
    for line in lines {
        let (quantity, _) = wanted.entry(&line.sku).or_insert((0, line));
        *quantity += line.quantity;
    }
    for reservation in of_group(tx, order_group).await? {
        if reservation.state != RELEASED {
            wanted.remove(reservation.sku.as_str());
        }
    }
    let shops = shops_of(tx, wanted.keys().copied()).await?;
    for (sku, (quantity, line)) in wanted {
        let Some(shop_id) = shops.get(sku).copied() else {
            return Ok(Err(short(sku.to_owned(), 0)));
        };
        let warehouse = line.warehouse.unwrap_or(shop_id);
        let spot = Spot {
            shop_id,
            sku,
            warehouse,
        };
        // Before the shelf: PostgreSQL keeps a row locked that a condition looked at and turned down.
        let promised_for = match &line.ships_on {
            Some(day) if promise::lock(tx, spot).await? => Some(day),
            _ => None,
        };
        let text = "UPDATE stock SET reserved = reserved + $1 \
                    WHERE shop_id = $2 AND sku = $3 AND warehouse = $4 AND on_hand - reserved >= $1";
        let values = [
            quantity.into(),
            shop_id.into(),
            sku.into(),
            warehouse.into(),
        ];
        let is_there = db::execute(tx, text, values).await? == 1;
        let is_promised = match promised_for {
            Some(day) if !is_there => promise::take(tx, spot, quantity, day).await?,
            _ => false,
        };
        if !is_there && !is_promised {
            let left = available(tx, &[sku]).await?.remove(sku).unwrap_or(0);
            return Ok(Err(short(sku.to_owned(), left)));
        }
        let text = "INSERT INTO reservation (shop_id, order_group, sku, warehouse, quantity, shipped, state, until, \
                    waiting, since) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9) ON CONFLICT (shop_id, order_group, sku) DO UPDATE \
                    SET warehouse = excluded.warehouse, quantity = excluded.quantity, shipped = 0, \
                    state = excluded.state, until = excluded.until, waiting = excluded.waiting, since = excluded.since";
        let waiting = if is_promised { quantity } else { 0 };
        let values: [Value; 9] = [
            shop_id.into(),
            order_group.into(),
            sku.into(),
            warehouse.into(),
            quantity.into(),
            HELD.into(),
            until_micros.into(),
            waiting.into(),
            now_micros.into(),
        ];
        db::execute(tx, text, values).await?;
        let kind = if is_promised {
            Movement::BackOrdered
        } else {
            Movement::Reserved
        };
        movement::more(tx, spot, kind, order_group, quantity, now_micros).await?;
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

/// Gives back all that the group still holds; pieces already shipped stay gone. Answers the order groups that waited for
/// what came free.
pub async fn release(tx: &Tx, order_group: Uuid, now_micros: i64) -> Result<Vec<Uuid>, DbErr> {
    release_until(tx, order_group, i64::MAX, now_micros).await
}

/// Gives back what the group holds until before this time. The time is asked for again in the update itself: an order
/// that was placed meanwhile keeps its stock.
async fn release_until(
    tx: &Tx,
    order_group: Uuid,
    before_micros: i64,
    now_micros: i64,
) -> Result<Vec<Uuid>, DbErr> {
    let mut served = Vec::new();
    let seen = of_group(tx, order_group).await?;
    for seen in seen.iter().filter(|each| each.state == HELD) {
        // Read again under the lock: goods may have come meanwhile.
        let is_promised = promise::lock(tx, seen.spot()).await?;
        let Some(reservation) = of_sku(tx, order_group, &seen.sku).await? else {
            continue;
        };
        let text = "UPDATE reservation SET state = $1, waiting = 0 \
                    WHERE shop_id = $2 AND order_group = $3 AND sku = $4 AND state = $5 AND until <= $6";
        let values: [Value; 6] = [
            RELEASED.into(),
            reservation.shop_id.into(),
            order_group.into(),
            reservation.sku.as_str().into(),
            HELD.into(),
            before_micros.into(),
        ];
        if db::execute(tx, text, values).await? == 0 {
            continue;
        }
        let (spot, waiting) = (reservation.spot(), reservation.waiting);
        if waiting > 0 {
            promise::give_back(tx, spot, waiting).await?;
            let kind = Movement::BackReleased;
            movement::more(tx, spot, kind, order_group, -waiting, now_micros).await?;
        }
        let left = reservation.on_shelf();
        if left > 0 {
            let text = "UPDATE stock SET reserved = reserved - $1 WHERE shop_id = $2 AND sku = $3 AND warehouse = $4";
            db::execute(tx, text, counted(left, &reservation)).await?;
            movement::more(tx, spot, Movement::Released, order_group, -left, now_micros).await?;
            if is_promised {
                served.extend(promise::serve(tx, spot, now_micros).await?);
            }
        }
    }
    Ok(served)
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
        let left = reservation.on_shelf();
        let Some(quantity) = leaving
            .get(reservation.sku.as_str())
            .map(|n| (*n).min(left))
        else {
            continue;
        };
        let spot = reservation.spot();
        if !movement::once(tx, spot, Movement::Shipped, batch, -quantity, now_micros).await? {
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
        let text = "UPDATE stock SET on_hand = on_hand - $1, reserved = reserved - $1 \
                    WHERE shop_id = $2 AND sku = $3 AND warehouse = $4";
        db::execute(tx, text, counted(quantity, reservation)).await?;
    }
    Ok(())
}

/// A number of pieces and the spot of a reservation, as the updates of the counters take them.
fn counted(quantity: i64, reservation: &Reservation) -> [Value; 4] {
    [
        quantity.into(),
        reservation.shop_id.into(),
        reservation.sku.as_str().into(),
        reservation.warehouse.into(),
    ]
}

/// Releases what nobody placed in time, of at most `limit` order groups; answers those that waited for what came free.
pub async fn release_expired(tx: &Tx, now_micros: i64, limit: u32) -> Result<Vec<Uuid>, DbErr> {
    let text = "SELECT DISTINCT order_group FROM reservation WHERE state = $1 AND until < $2 \
                ORDER BY order_group LIMIT $3";
    let values = [HELD.into(), now_micros.into(), i64::from(limit).into()];
    let mut served = Vec::new();
    for row in db::fetch_all(tx, text, values).await? {
        let order_group = row.try_get("", "order_group")?;
        served.extend(release_until(tx, order_group, now_micros - 1, now_micros).await?);
    }
    Ok(served)
}

/// Sets what lies in one place of a shop's, never below what is held there. `reference` names this count. What came so
/// goes first to those who wait; answers their order groups.
pub async fn set_on_hand(
    tx: &Tx,
    (shop_id, warehouse): (Uuid, Uuid),
    counts: &[Count],
    reference: Uuid,
    now_micros: i64,
) -> Result<Vec<Uuid>, DbErr> {
    let mut served = Vec::new();
    let known = counters(tx, shop_id, warehouse).await?;
    let (mut fresh, mut changed): (Vec<&Count>, Vec<&Count>) = counts
        .iter()
        .partition(|count| !known.contains_key(&count.sku));
    fresh.sort_by(|a, b| a.sku.cmp(&b.sku));
    changed.sort_by(|a, b| a.sku.cmp(&b.sku));
    for chunk in fresh.chunks(ROWS_AT_ONCE) {
        first_count(tx, (shop_id, warehouse), chunk, reference, now_micros).await?;
    }
    for count in changed {
        let spot = Spot {
            shop_id,
            sku: &count.sku,
            warehouse,
        };
        let mut seen = known[&count.sku];
        let is_promised = promise::lock(tx, spot).await?;
        while count.on_hand.max(seen.reserved) != seen.on_hand {
            let delta = count.on_hand.max(seen.reserved) - seen.on_hand;
            if adjust(tx, spot, seen, delta).await? {
                movement::more(tx, spot, Movement::Adjusted, reference, delta, now_micros).await?;
                if delta > 0 && is_promised {
                    served.extend(promise::came(tx, spot, delta, now_micros).await?);
                }
                break;
            }
            // Somebody bought or shipped meanwhile.
            let now = counters(tx, shop_id, warehouse).await?;
            seen = now.get(&count.sku).copied().unwrap_or(seen);
        }
    }
    Ok(served)
}

/// From so few free pieces on, the seller wants to know.
pub async fn set_low_mark(
    tx: &Tx,
    (shop_id, warehouse): (Uuid, Uuid),
    sku: &str,
    mark: i64,
) -> Result<(), DbErr> {
    let text = "UPDATE stock SET low_mark = $4 WHERE shop_id = $1 AND sku = $2 AND warehouse = $3";
    let values = [shop_id.into(), sku.into(), warehouse.into(), mark.into()];
    db::execute(tx, text, values).await.map(|_| ())
}

/// The first count of variants in a place.
async fn first_count(
    tx: &Tx,
    (shop_id, warehouse): (Uuid, Uuid),
    counts: &[&Count],
    reference: Uuid,
    now_micros: i64,
) -> Result<(), DbErr> {
    let stock = counts.iter().flat_map(|count| -> [Value; 5] {
        [
            shop_id.into(),
            count.sku.as_str().into(),
            warehouse.into(),
            count.on_hand.into(),
            0_i64.into(),
        ]
    });
    let text = format!(
        "INSERT INTO stock (shop_id, sku, warehouse, on_hand, reserved) VALUES {}",
        db::rows(tx, counts.len(), 5)
    );
    db::execute(tx, &text, stock).await?;
    let journal = counts.iter().flat_map(|count| -> [Value; 7] {
        [
            shop_id.into(),
            count.sku.as_str().into(),
            warehouse.into(),
            Movement::Received.as_str().into(),
            reference.into(),
            count.on_hand.into(),
            now_micros.into(),
        ]
    });
    let text = format!(
        "INSERT INTO stock_movement (shop_id, sku, warehouse, kind, reference, quantity, created_at) VALUES {}",
        db::rows(tx, counts.len(), 7)
    );
    db::execute(tx, &text, journal).await.map(|_| ())
}

/// Moves what is on hand by `delta` if both counters still stand as seen.
async fn adjust(tx: &Tx, spot: Spot<'_>, seen: Counters, delta: i64) -> Result<bool, DbErr> {
    let text = "UPDATE stock SET on_hand = on_hand + $1 \
                WHERE shop_id = $2 AND sku = $3 AND warehouse = $4 AND on_hand = $5 AND reserved = $6";
    let values: [Value; 6] = [
        delta.into(),
        spot.shop_id.into(),
        spot.sku.into(),
        spot.warehouse.into(),
        seen.on_hand.into(),
        seen.reserved.into(),
    ];
    Ok(db::execute(tx, text, values).await? == 1)
}

async fn of_group(tx: &Tx, order_group: Uuid) -> Result<Vec<Reservation>, DbErr> {
    let text = format!("{RESERVATIONS} ORDER BY sku");
    let rows = db::fetch_all(tx, &text, [order_group.into()]).await?;
    rows.iter().map(Reservation::read).collect()
}

async fn of_sku(tx: &Tx, order_group: Uuid, sku: &str) -> Result<Option<Reservation>, DbErr> {
    let text = format!("{RESERVATIONS} AND sku = $2");
    let row = db::fetch_one(tx, &text, [order_group.into(), sku.into()]).await?;
    row.as_ref().map(Reservation::read).transpose()
}

async fn shops_of<'a>(
    tx: &Tx,
    skus: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Uuid>, DbErr> {
    let mut values: Vec<Value> = skus.map(Value::from).collect();
    if values.is_empty() {
        return Ok(HashMap::new());
    }
    let list = db::in_list(1, &mut values);
    let text = format!("SELECT sku, shop_id FROM sku_directory WHERE sku IN ({list})");
    db::fetch_all(tx, &text, values)
        .await?
        .iter()
        .map(|row| Ok((row.try_get("", "sku")?, row.try_get("", "shop_id")?)))
        .collect()
}

#[derive(Clone, Copy)]
struct Counters {
    on_hand: i64,
    reserved: i64,
}

async fn counters(
    tx: &Tx,
    shop_id: Uuid,
    warehouse: Uuid,
) -> Result<HashMap<String, Counters>, DbErr> {
    let text = "SELECT sku, on_hand, reserved FROM stock WHERE shop_id = $1 AND warehouse = $2";
    db::fetch_all(tx, text, [shop_id.into(), warehouse.into()])
        .await?
        .iter()
        .map(|row| {
            let counters = Counters {
                on_hand: row.try_get("", "on_hand")?,
                reserved: row.try_get("", "reserved")?,
            };
            Ok((row.try_get("", "sku")?, counters))
        })
        .collect()
}

fn short(sku: String, available: i64) -> Shortage {
    Shortage { sku, available }
}
