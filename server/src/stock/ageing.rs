//! How long pieces have lain: what is left is taken to be what came last (first in, first out).

use crate::platform::db;
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

const DAY_MICROS: i64 = 86_400_000_000;
const MONTH: i64 = 30;
const QUARTER: i64 = 90;
const HALF_YEAR: i64 = 180;

/// Pieces of a variant in a place by their age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = StockAge)]
pub struct Ages {
    pub up_to_30_days: i64,
    pub up_to_90_days: i64,
    pub up_to_180_days: i64,
    pub older: i64,
    /// Days the oldest piece has lain.
    pub oldest_days: i64,
}

/// A variant in a place, as its seller sees it.
#[derive(Clone, Debug)]
pub struct Held {
    pub shop_id: Uuid,
    pub sku: String,
    pub warehouse: Uuid,
    pub on_hand: i64,
    pub reserved: i64,
    pub low_mark: i64,
    pub ages: Ages,
}

/// All that lies anywhere of a shop, by SKU and place.
pub async fn of_shop(
    connection: &impl ConnectionTrait,
    shop_id: Uuid,
    now_micros: i64,
) -> Result<Vec<Held>, DbErr> {
    let text = "SELECT sku, warehouse, quantity, created_at FROM stock_movement \
                WHERE shop_id = $1 AND quantity > 0 AND kind IN ('received', 'adjusted') ORDER BY created_at DESC";
    let mut came: HashMap<(String, Uuid), Vec<(i64, i64)>> = HashMap::new();
    for row in db::fetch_all(connection, text, [shop_id.into()]).await? {
        let spot = (row.try_get("", "sku")?, row.try_get("", "warehouse")?);
        let lot = (row.try_get("", "quantity")?, row.try_get("", "created_at")?);
        came.entry(spot).or_default().push(lot);
    }
    let text = "SELECT sku, warehouse, on_hand, reserved, low_mark FROM stock WHERE shop_id = $1 ORDER BY sku, warehouse";
    let mut found = Vec::new();
    for row in db::fetch_all(connection, text, [shop_id.into()]).await? {
        let spot = (row.try_get("", "sku")?, row.try_get("", "warehouse")?);
        let on_hand = row.try_get("", "on_hand")?;
        let lots = came.remove(&spot).unwrap_or_default();
        found.push(Held {
            shop_id,
            sku: spot.0,
            warehouse: spot.1,
            on_hand,
            reserved: row.try_get("", "reserved")?,
            low_mark: row.try_get("", "low_mark")?,
            ages: ages(on_hand, &lots, now_micros),
        });
    }
    Ok(found)
}

/// `lots`: pieces and when they came, newest first.
fn ages(on_hand: i64, lots: &[(i64, i64)], now_micros: i64) -> Ages {
    let mut ages = Ages::default();
    let mut left = on_hand;
    for (pieces, came_at) in lots {
        let pieces = left.min(*pieces);
        if pieces <= 0 {
            break;
        }
        left -= pieces;
        let days = (now_micros - came_at).max(0) / DAY_MICROS;
        ages.oldest_days = ages.oldest_days.max(days);
        let bucket = if days <= MONTH {
            &mut ages.up_to_30_days
        } else if days <= QUARTER {
            &mut ages.up_to_90_days
        } else if days <= HALF_YEAR {
            &mut ages.up_to_180_days
        } else {
            &mut ages.older
        };
        *bucket += pieces;
    }
    ages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_what_came_last() {
        let now = 400 * DAY_MICROS;
        let lots = [
            (10, now - 5 * DAY_MICROS),
            (10, now - 60 * DAY_MICROS),
            (50, now - 300 * DAY_MICROS),
        ];
        let expected = Ages {
            up_to_30_days: 10,
            up_to_90_days: 10,
            up_to_180_days: 0,
            older: 3,
            oldest_days: 300,
        };
        assert_eq!(ages(23, &lots, now), expected);
        assert_eq!(ages(10, &lots, now).oldest_days, 5);
        assert_eq!(ages(0, &lots, now), Ages::default());
    }
}
