//! All counters, proved from the journal.

use crate::platform::{Platform, db};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

/// The id of the recurring job, so that it exists once.
pub const PROVE_JOB: Uuid = Uuid::from_u128(0x5a4d_5057_5357_4550_0000_0000_0000_0004);
/// How often it looks.
pub const PROVE_SECONDS: i64 = 86_400;
/// Counts that are told by name in one run.
const TOLD_AT_MOST: i64 = 20;

/// Counts that their movements do not explain: what is on hand is all that came and went, what is held is what was
/// reserved and neither released nor shipped. `$1` bounds them.
const UNPROVED: &str = "SELECT s.sku, s.warehouse, s.on_hand, s.reserved, \
     CAST(COALESCE(m.on_hand, 0) AS BIGINT) AS came, CAST(COALESCE(m.reserved, 0) AS BIGINT) AS held \
     FROM stock s LEFT JOIN (SELECT shop_id, sku, warehouse, \
         SUM(CASE WHEN kind IN ('reserved', 'released', 'back_ordered', 'back_released', 'back_served') \
         THEN 0 ELSE quantity END) AS on_hand, \
         SUM(CASE WHEN kind IN ('reserved', 'released', 'shipped') THEN quantity ELSE 0 END) AS reserved \
         FROM stock_movement GROUP BY shop_id, sku, warehouse) m \
     ON m.shop_id = s.shop_id AND m.sku = s.sku AND m.warehouse = s.warehouse \
     WHERE s.on_hand <> COALESCE(m.on_hand, 0) OR s.reserved <> COALESCE(m.reserved, 0) \
     ORDER BY s.sku, s.warehouse LIMIT $1";

/// Promises that were sold more or less often than their movements and those who wait say.
const UNPROVED_PROMISES: &str = "SELECT p.sku, p.warehouse, p.back_ordered, \
     CAST(COALESCE(m.sold, 0) AS BIGINT) AS sold, CAST(COALESCE(r.waiting, 0) AS BIGINT) AS waiting \
     FROM promise p LEFT JOIN (SELECT shop_id, sku, warehouse, SUM(quantity) AS sold FROM stock_movement \
         WHERE kind IN ('back_ordered', 'back_released', 'back_served') GROUP BY shop_id, sku, warehouse) m \
     ON m.shop_id = p.shop_id AND m.sku = p.sku AND m.warehouse = p.warehouse \
     LEFT JOIN (SELECT shop_id, sku, warehouse, SUM(waiting) AS waiting FROM reservation \
         WHERE state = 'held' GROUP BY shop_id, sku, warehouse) r \
     ON r.shop_id = p.shop_id AND r.sku = p.sku AND r.warehouse = p.warehouse \
     WHERE p.back_ordered <> COALESCE(m.sold, 0) OR p.back_ordered <> COALESCE(r.waiting, 0) \
     ORDER BY p.sku, p.warehouse LIMIT $1";

/// The job `stock.prove`: says loudly what does not add up, and changes nothing. Answers how many counts it named.
pub async fn prove(platform: &Platform) -> Result<usize, DbErr> {
    let reader = platform.db.reader();
    Ok(unproved(reader).await? + unproved_promises(reader).await?)
}

async fn unproved(connection: &impl ConnectionTrait) -> Result<usize, DbErr> {
    let rows = db::fetch_all(connection, UNPROVED, [TOLD_AT_MOST.into()]).await?;
    for row in &rows {
        let sku: String = row.try_get("", "sku")?;
        let warehouse: Uuid = row.try_get("", "warehouse")?;
        let (on_hand, came): (i64, i64) = (row.try_get("", "on_hand")?, row.try_get("", "came")?);
        let (reserved, held): (i64, i64) = (row.try_get("", "reserved")?, row.try_get("", "held")?);
        tracing::error!(
            sku,
            %warehouse,
            on_hand,
            came,
            reserved,
            held,
            "a count of the stock does not follow from its movements"
        );
    }
    Ok(rows.len())
}

async fn unproved_promises(connection: &impl ConnectionTrait) -> Result<usize, DbErr> {
    let rows = db::fetch_all(connection, UNPROVED_PROMISES, [TOLD_AT_MOST.into()]).await?;
    for row in &rows {
        let sku: String = row.try_get("", "sku")?;
        let warehouse: Uuid = row.try_get("", "warehouse")?;
        let back_ordered: i64 = row.try_get("", "back_ordered")?;
        let (sold, waiting): (i64, i64) = (row.try_get("", "sold")?, row.try_get("", "waiting")?);
        tracing::error!(
            sku,
            %warehouse,
            back_ordered,
            sold,
            waiting,
            "what was sold of a promise does not follow from its movements"
        );
    }
    Ok(rows.len())
}
