//! Private links: whoever holds one may follow the order for a while, without name or address.
//!
//! The token is 32 bytes derived from the installation's key, the order and how often its link was renewed, so it can be
//! shown again but is never stored; the directory holds its hash. Another order's id is of no use to anybody. Invariant:
//! an order has at most one link that works, the one of its last turn.

use crate::{
    orders::storage,
    platform::{
        Platform,
        db::{self, Tx},
        keys::KeyRing,
    },
    scope::Revision,
    shipments,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sea_orm::{ConnectionTrait, DbErr};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

const DAY: i64 = 86_400_000_000;
/// Days that a link works while something has not arrived, from the order or the link's renewal.
const DAYS_UNDER_WAY: i64 = 180;
/// Days that it still works once everything has.
const DAYS_AFTER_ARRIVAL: i64 = 60;
/// Ended links of an order that are still known as such; older ones lead nowhere.
const KNOWN_TURNS: i64 = 20;

/// An order's link as it stands.
#[derive(Clone, Debug)]
pub struct Link {
    order_id: Uuid,
    /// Id of the key it was made with; empty: switched off.
    key: String,
    /// How often it was renewed.
    turn: i64,
    /// Until when it works, in microseconds, as far as is known now.
    until: i64,
}

/// Where a token leads.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub scope_id: Uuid,
    pub order_id: Uuid,
    /// It was renewed or switched off.
    pub is_ended: bool,
}

impl Link {
    /// The address to follow the order at; None when it was switched off, has run out, or its key is gone.
    pub fn address(&self, platform: &Platform) -> Option<String> {
        if !self.works_at(platform.now().micros()) {
            return None;
        }
        let token = derive(&platform.keys.token, self)?;
        let url = platform.config.public_url();
        Some(format!("{url}/o/{}", URL_SAFE_NO_PAD.encode(token)))
    }

    pub fn works_at(&self, now: i64) -> bool {
        !self.key.is_empty() && now < self.until
    }

    /// Until when it works or worked, in microseconds; None when it is switched off.
    pub fn until(&self) -> Option<i64> {
        (!self.key.is_empty()).then_some(self.until)
    }
}

/// The links of these orders of these scopes.
pub async fn of_orders(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_ids: &[Uuid],
) -> Result<HashMap<Uuid, Link>, DbErr> {
    let text = "SELECT id, link_key, link_turn, COALESCE(link_since, placed_at) AS since FROM shop_order \
                WHERE scope_id IN ({scopes}) AND id IN ({orders})";
    let rows = storage::of_orders(connection, scopes, order_ids, text).await?;
    let ended = shipments::ended(connection, scopes, order_ids).await?;
    rows.iter()
        .map(|row| {
            let order_id = row.try_get("", "id")?;
            let since: i64 = row.try_get("", "since")?;
            let link = Link {
                order_id,
                key: row.try_get("", "link_key")?,
                turn: row.try_get("", "link_turn")?,
                until: until(since, ended.get(&order_id).copied()),
            };
            Ok((order_id, link))
        })
        .collect()
}

/// Until when a link works that counts from `since`, for an order whose last parcel ended its way at `ended`.
fn until(since: i64, ended: Option<i64>) -> i64 {
    match ended {
        Some(ended) => ended.max(since).saturating_add(DAYS_AFTER_ARRIVAL * DAY),
        None => since.saturating_add(DAYS_UNDER_WAY * DAY),
    }
}

/// Enters a new order's link in the directory; answers the key's id, which is kept with the order.
pub async fn open(
    platform: &Platform,
    tx: &Tx,
    scope_id: Uuid,
    order_id: Uuid,
) -> Result<String, DbErr> {
    enter(platform, tx, scope_id, order_id, 0).await
}

/// Gives an order a new link and ends the one it has. False: this scope has no such order.
pub async fn renew(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    order_id: Uuid,
) -> Result<bool, DbErr> {
    let Some(turn) = end(platform, tx, revision, order_id).await? else {
        return Ok(false);
    };
    let scope_id = revision.scope_id;
    let next = turn + 1;
    let text = "DELETE FROM order_link WHERE scope_id = $1 AND order_id = $2 AND turn < $3";
    let oldest = next - KNOWN_TURNS;
    db::execute(tx, text, [scope_id.into(), order_id.into(), oldest.into()]).await?;
    let key = enter(platform, tx, scope_id, order_id, next).await?;
    let text = "UPDATE shop_order SET link_key = $3, link_turn = $4, link_since = $5 WHERE scope_id = $1 AND id = $2";
    let values = [
        scope_id.into(),
        order_id.into(),
        key.into(),
        next.into(),
        platform.now().micros().into(),
    ];
    db::execute(tx, text, values).await?;
    Ok(true)
}

/// Switches an order's link off; it stays off until it is renewed. False: this scope has no such order.
pub async fn switch_off(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    order_id: Uuid,
) -> Result<bool, DbErr> {
    let turn = end(platform, tx, revision, order_id).await?;
    let text = "UPDATE shop_order SET link_key = '' WHERE scope_id = $1 AND id = $2";
    db::execute(tx, text, [revision.scope_id.into(), order_id.into()]).await?;
    Ok(turn.is_some())
}

/// Ends the order's link, if it has one; answers its turn.
async fn end(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    order_id: Uuid,
) -> Result<Option<i64>, DbErr> {
    let scope_id = revision.scope_id;
    let text = "SELECT link_turn FROM shop_order WHERE scope_id = $1 AND id = $2";
    let Some(row) = db::fetch_one(tx, text, [scope_id.into(), order_id.into()]).await? else {
        return Ok(None);
    };
    let text = "UPDATE order_link SET ended_at = $3 WHERE scope_id = $1 AND order_id = $2 AND ended_at IS NULL";
    let now = platform.now().micros();
    db::execute(tx, text, [scope_id.into(), order_id.into(), now.into()]).await?;
    row.try_get("", "link_turn").map(Some)
}

/// Writes a turn's hash under the current key; answers the key's id.
async fn enter(
    platform: &Platform,
    tx: &Tx,
    scope_id: Uuid,
    order_id: Uuid,
    turn: i64,
) -> Result<String, DbErr> {
    let keys = &platform.keys.token;
    let link = Link {
        order_id,
        key: keys.current.clone(),
        turn,
        until: i64::MAX,
    };
    let token = derive(keys, &link)
        .ok_or_else(|| DbErr::Custom("the current token key is missing".to_owned()))?;
    let text =
        "INSERT INTO order_link (token_hash, scope_id, order_id, turn) VALUES ($1, $2, $3, $4)";
    let hash = Sha256::digest(token).to_vec();
    let values = [hash.into(), scope_id.into(), order_id.into(), turn.into()];
    db::execute(tx, text, values).await?;
    Ok(link.key)
}

/// Where a token leads; None for one that was never given out.
pub async fn find(connection: &impl ConnectionTrait, token: &str) -> Result<Option<Target>, DbErr> {
    let Some(bytes) = URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .filter(|bytes| bytes.len() == 32)
    else {
        return Ok(None);
    };
    let text = "SELECT scope_id, order_id, ended_at FROM order_link WHERE token_hash = $1";
    let hash = Sha256::digest(bytes).to_vec();
    let row = db::fetch_one(connection, text, [hash.into()]).await?;
    row.map(|row| {
        Ok(Target {
            scope_id: row.try_get("", "scope_id")?,
            order_id: row.try_get("", "order_id")?,
            is_ended: row.try_get::<Option<i64>>("", "ended_at")?.is_some(),
        })
    })
    .transpose()
}

fn derive(keys: &KeyRing, link: &Link) -> Option<[u8; 32]> {
    let secret = keys.keys.get(&link.key)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .expect("BUG: HMAC takes keys of any length");
    mac.update(b"order link ");
    mac.update(link.order_id.as_bytes());
    // Links made before there were turns stay as they are.
    if link.turn > 0 {
        mac.update(&link.turn.to_be_bytes());
    }
    Some(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_half_a_year_and_two_months_after_the_last_arrival() {
        let table = [
            (0, None, 180),
            (0, Some(5), 65),
            (0, Some(179), 239),
            // Renewed on day 100: from there on.
            (100, None, 280),
            (100, Some(5), 160),
            (100, Some(120), 180),
        ];
        for (since, ended, due) in table {
            let told = until(since * DAY, ended.map(|day: i64| day * DAY));
            assert_eq!(told, due * DAY, "{since} {ended:?}");
        }
    }
}
