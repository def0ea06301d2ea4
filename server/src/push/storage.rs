//! The rows of subscriptions and of what was sent.

use super::model::{Level, Step};
use crate::platform::db::{self, Tx};
use sampan_engine::time::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A person has at most so many phones; one more takes the place of the one unheard of for longest.
pub const MAX_SUBSCRIPTIONS: i64 = 20;
const DELIVERIES_KEPT_DAYS: i64 = 30;

/// A phone that wants to hear.
#[derive(Clone, Debug)]
pub struct Subscription {
    pub id: Uuid,
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    pub kid: String,
    /// The language it asked for, else its owner's.
    pub locale: String,
}

/// A subscription as a phone brings it.
#[derive(Clone, Debug)]
pub struct NewSubscription {
    pub scope_id: Uuid,
    pub device_id: Uuid,
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    pub kid: String,
    pub level: Option<Level>,
    pub locale: Option<String>,
}

/// One event for one phone.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub order_id: Uuid,
    pub step: String,
    pub seq: i64,
    pub attempts: i64,
    pub expires_at: Timestamp,
}

/// Why a delivery needs no more attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Sent,
    /// A later step of the same order is told instead.
    Superseded,
    Expired,
    Refused,
}

impl End {
    const fn as_str(self) -> &'static str {
        match self {
            End::Sent => "sent",
            End::Superseded => "superseded",
            End::Expired => "expired",
            End::Refused => "refused",
        }
    }
}

/// Stores a subscription, or refreshes it when the same phone brings it again. An address that belonged to another
/// person moves: whoever holds the phone now hears their own news only.
pub async fn put(tx: &Tx, new: &NewSubscription, id: Uuid, now: Timestamp) -> Result<Uuid, DbErr> {
    let hash = endpoint_hash(&new.endpoint);
    let text = "SELECT scope_id, subscription_id FROM push_directory WHERE endpoint_hash = $1";
    let known = db::fetch_one(tx, text, [hash.clone().into()]).await?;
    let mut id = id;
    if let Some(row) = known {
        let (scope_id, known_id): (Uuid, Uuid) = (
            row.try_get("", "scope_id")?,
            row.try_get("", "subscription_id")?,
        );
        if scope_id == new.scope_id {
            id = known_id;
        } else {
            remove(tx, scope_id, known_id).await?;
        }
    }
    make_room(tx, new.scope_id, id).await?;
    let text = "INSERT INTO push_subscription \
                (scope_id, id, device_id, endpoint, p256dh, auth, kid, level, locale, created_at, seen_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) \
                ON CONFLICT (scope_id, id) DO UPDATE SET device_id = excluded.device_id, p256dh = excluded.p256dh, \
                auth = excluded.auth, locale = excluded.locale, seen_at = excluded.seen_at";
    let level = new.level.unwrap_or_default().as_str();
    let values = [
        new.scope_id.into(),
        id.into(),
        new.device_id.into(),
        new.endpoint.as_str().into(),
        new.p256dh.as_str().into(),
        new.auth.as_str().into(),
        new.kid.as_str().into(),
        level.into(),
        new.locale.clone().into(),
        now.micros().into(),
    ];
    db::execute(tx, text, values).await?;
    if let Some(level) = new.level {
        let text = "UPDATE push_subscription SET level = $3 WHERE scope_id = $1 AND id = $2";
        db::execute(
            tx,
            text,
            [new.scope_id.into(), id.into(), level.as_str().into()],
        )
        .await?;
    }
    let text = "INSERT INTO push_directory (endpoint_hash, scope_id, subscription_id) VALUES ($1, $2, $3) \
                ON CONFLICT (endpoint_hash) DO UPDATE SET scope_id = excluded.scope_id, \
                subscription_id = excluded.subscription_id";
    db::execute(tx, text, [hash.into(), new.scope_id.into(), id.into()]).await?;
    Ok(id)
}

async fn make_room(tx: &Tx, scope_id: Uuid, id: Uuid) -> Result<(), DbErr> {
    let text = "SELECT id FROM push_subscription WHERE scope_id = $1 AND id <> $2 ORDER BY seen_at DESC, id DESC";
    let rows = db::fetch_all(tx, text, [scope_id.into(), id.into()]).await?;
    let kept = usize::try_from(MAX_SUBSCRIPTIONS - 1).unwrap_or(usize::MAX);
    for row in rows.iter().skip(kept) {
        remove(tx, scope_id, row.try_get("", "id")?).await?;
    }
    Ok(())
}

/// Forgets a subscription and what was sent to it. Repeating it is harmless.
pub async fn remove(tx: &Tx, scope_id: Uuid, id: Uuid) -> Result<(), DbErr> {
    for text in [
        "DELETE FROM push_directory WHERE scope_id = $1 AND subscription_id = $2",
        "DELETE FROM push_delivery WHERE scope_id = $1 AND subscription_id = $2",
        "DELETE FROM push_subscription WHERE scope_id = $1 AND id = $2",
    ] {
        db::execute(tx, text, [scope_id.into(), id.into()]).await?;
    }
    Ok(())
}

/// The phones of a person that want to hear of a step; those that were signed out hear nothing.
pub async fn listeners(tx: &Tx, scope_id: Uuid, step: Step) -> Result<Vec<Uuid>, DbErr> {
    let text = "SELECT s.id, s.level FROM push_subscription s \
                LEFT JOIN device d ON d.scope_id = s.scope_id AND d.id = s.device_id \
                WHERE s.scope_id = $1 AND d.signed_out_at IS NULL ORDER BY s.id";
    let mut found = Vec::new();
    for row in db::fetch_all(tx, text, [scope_id.into()]).await? {
        let level: String = row.try_get("", "level")?;
        if Level::parse(&level).is_some_and(|level| level.wants(step)) {
            found.push(row.try_get("", "id")?);
        }
    }
    Ok(found)
}

/// A phone that may still be told something.
pub async fn find(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    id: Uuid,
) -> Result<Option<Subscription>, DbErr> {
    let text = "SELECT s.id, s.endpoint, s.p256dh, s.auth, s.kid, COALESCE(s.locale, o.locale) AS locale \
                FROM push_subscription s JOIN scope o ON o.id = s.scope_id \
                LEFT JOIN device d ON d.scope_id = s.scope_id AND d.id = s.device_id \
                WHERE s.scope_id = $1 AND s.id = $2 AND d.signed_out_at IS NULL AND o.erased_at IS NULL";
    let row = db::fetch_one(connection, text, [scope_id.into(), id.into()]).await?;
    row.map(|row| {
        Ok(Subscription {
            id: row.try_get("", "id")?,
            endpoint: row.try_get("", "endpoint")?,
            p256dh: row.try_get("", "p256dh")?,
            auth: row.try_get("", "auth")?,
            kid: row.try_get("", "kid")?,
            locale: row.try_get("", "locale")?,
        })
    })
    .transpose()
}

/// Plans one event for one phone; false when it was planned before.
pub async fn plan(
    tx: &Tx,
    scope_id: Uuid,
    event_id: &str,
    subscription_id: Uuid,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let text = "INSERT INTO push_delivery \
                (scope_id, event_id, subscription_id, order_id, step, seq, state, attempts, expires_at, created_at) \
                VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $8) \
                ON CONFLICT (scope_id, event_id, subscription_id) DO NOTHING";
    let values = [
        scope_id.into(),
        event_id.into(),
        subscription_id.into(),
        delivery.order_id.into(),
        delivery.step.as_str().into(),
        delivery.seq.into(),
        delivery.expires_at.micros().into(),
        now.micros().into(),
    ];
    Ok(db::execute(tx, text, values).await? == 1)
}

/// Drops what nobody asks for any more, so that a person's rows stay few.
pub async fn forget_old(tx: &Tx, scope_id: Uuid, now: Timestamp) -> Result<(), DbErr> {
    let text = "DELETE FROM push_delivery WHERE scope_id = $1 AND created_at < $2";
    let oldest = now.plus_days(-DELIVERIES_KEPT_DAYS).micros();
    db::execute(tx, text, [scope_id.into(), oldest.into()])
        .await
        .map(|_| ())
}

/// A planned delivery that has not come to its end.
pub async fn waiting(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    event_id: &str,
    subscription_id: Uuid,
) -> Result<Option<Delivery>, DbErr> {
    let text = "SELECT order_id, step, seq, attempts, expires_at FROM push_delivery \
                WHERE scope_id = $1 AND event_id = $2 AND subscription_id = $3 AND state = 'waiting'";
    let values = [scope_id.into(), event_id.into(), subscription_id.into()];
    let row = db::fetch_one(connection, text, values).await?;
    row.as_ref().map(read_delivery).transpose()
}

fn read_delivery(row: &QueryResult) -> Result<Delivery, DbErr> {
    Ok(Delivery {
        order_id: row.try_get("", "order_id")?,
        step: row.try_get("", "step")?,
        seq: row.try_get("", "seq")?,
        attempts: row.try_get("", "attempts")?,
        expires_at: Timestamp::from_micros(row.try_get("", "expires_at")?),
    })
}

/// Is there a later step of this order for this phone?
pub async fn is_superseded(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    subscription_id: Uuid,
    delivery: &Delivery,
) -> Result<bool, DbErr> {
    let text = "SELECT 1 AS one FROM push_delivery \
                WHERE scope_id = $1 AND subscription_id = $2 AND order_id = $3 AND seq > $4 LIMIT 1";
    let values = [
        scope_id.into(),
        subscription_id.into(),
        delivery.order_id.into(),
        delivery.seq.into(),
    ];
    Ok(db::fetch_one(connection, text, values).await?.is_some())
}

/// When the person last asked for a test.
pub async fn last_test(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<Option<Timestamp>, DbErr> {
    let text = "SELECT MAX(created_at) AS at FROM push_delivery WHERE scope_id = $1 AND step = $2";
    let row = db::fetch_one(
        connection,
        text,
        [scope_id.into(), Step::Test.as_str().into()],
    )
    .await?;
    let at: Option<i64> = row.map(|row| row.try_get("", "at")).transpose()?.flatten();
    Ok(at.map(Timestamp::from_micros))
}

pub async fn finish(
    tx: &Tx,
    scope_id: Uuid,
    event_id: &str,
    subscription_id: Uuid,
    end: End,
) -> Result<(), DbErr> {
    let text = "UPDATE push_delivery SET state = $4 WHERE scope_id = $1 AND event_id = $2 AND subscription_id = $3";
    let values = [
        scope_id.into(),
        event_id.into(),
        subscription_id.into(),
        end.as_str().into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

pub async fn count_attempt(
    tx: &Tx,
    scope_id: Uuid,
    event_id: &str,
    subscription_id: Uuid,
) -> Result<(), DbErr> {
    let text = "UPDATE push_delivery SET attempts = attempts + 1 \
                WHERE scope_id = $1 AND event_id = $2 AND subscription_id = $3";
    let values = [scope_id.into(), event_id.into(), subscription_id.into()];
    db::execute(tx, text, values).await.map(|_| ())
}

fn endpoint_hash(endpoint: &str) -> Vec<u8> {
    Sha256::digest(endpoint.as_bytes()).to_vec()
}
