//! The rows of subscriptions and of what was sent.

use super::{
    model::{Level, MailLevel, Step},
    quiet::QuietHours,
};
use crate::platform::db::{self, Tx};
use sampan_engine::time::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A person has at most so many phones; one more takes the place of the one unheard of for longest.
pub const MAX_SUBSCRIPTIONS: i64 = 20;
/// As far back as the operator may look; there are no daily sums beside the rows.
pub const DELIVERIES_KEPT_DAYS: i64 = 90;
const MAX_MUTED: i64 = 1_000;

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
    /// IANA name of the zone it is in; None while it has not said.
    pub zone: Option<String>,
    pub quiet: QuietHours,
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
    /// What the level `chosen` rings for.
    pub steps: Option<Vec<Step>>,
    pub locale: Option<String>,
    pub zone: Option<String>,
    pub quiet: Option<QuietHours>,
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

/// A delivery that has not come to its end, and what may stand in its way.
#[derive(Clone, Debug)]
pub struct Planned {
    pub delivery: Delivery,
    /// None when its phone must be told nothing any more.
    pub subscription: Option<Subscription>,
    pub is_muted: bool,
}

/// Why a delivery needs no more attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Sent,
    /// Told in a letter, as no phone could be reached.
    Mailed,
    /// The phone's subscription is no more.
    Gone,
    /// A later step of the same order is told instead.
    Superseded,
    Expired,
    Refused,
    /// The shopper muted the order meanwhile.
    Muted,
}

impl End {
    const fn as_str(self) -> &'static str {
        match self {
            End::Sent => "sent",
            End::Mailed => "mailed",
            End::Gone => "gone",
            End::Superseded => "superseded",
            End::Expired => "expired",
            End::Refused => "refused",
            End::Muted => "muted",
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
                (scope_id, id, device_id, endpoint, p256dh, auth, kid, level, locale, created_at, seen_at, zone, quiet_from, quiet_to, service) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14) \
                ON CONFLICT (scope_id, id) DO UPDATE SET device_id = excluded.device_id, p256dh = excluded.p256dh, \
                auth = excluded.auth, locale = excluded.locale, zone = excluded.zone, seen_at = excluded.seen_at, \
                service = excluded.service";
    let level = new.level.unwrap_or_default().as_str();
    let quiet = new.quiet.unwrap_or(QuietHours::USUAL);
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
        new.zone.clone().into(),
        i64::from(quiet.from).into(),
        i64::from(quiet.to).into(),
        service_of(&new.endpoint).into(),
    ];
    db::execute(tx, text, values).await?;
    choose(tx, new, id).await?;
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

/// What the phone says of steps and hours; the rest stays as it was.
async fn choose(tx: &Tx, new: &NewSubscription, id: Uuid) -> Result<(), DbErr> {
    if let Some(steps) = &new.steps {
        let names: Vec<&str> = steps.iter().map(|step| step.as_str()).collect();
        let text = "UPDATE push_subscription SET steps = $3 WHERE scope_id = $1 AND id = $2";
        let values = [new.scope_id.into(), id.into(), names.join(" ").into()];
        db::execute(tx, text, values).await?;
    }
    if let Some(quiet) = new.quiet {
        let text = "UPDATE push_subscription SET quiet_from = $3, quiet_to = $4 WHERE scope_id = $1 AND id = $2";
        let minutes = |minute: u16| i64::from(minute).into();
        let values = [
            new.scope_id.into(),
            id.into(),
            minutes(quiet.from),
            minutes(quiet.to),
        ];
        db::execute(tx, text, values).await?;
    }
    Ok(())
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
    let text = "DELETE FROM push_delivery WHERE scope_id = $1 AND subscription_id = $2";
    db::execute(tx, text, [scope_id.into(), id.into()]).await?;
    disconnect(tx, scope_id, id).await
}

/// Forgets a subscription that the service no longer knows. What still waits for it finds it gone.
pub async fn disconnect(tx: &Tx, scope_id: Uuid, id: Uuid) -> Result<(), DbErr> {
    for text in [
        "DELETE FROM push_directory WHERE scope_id = $1 AND subscription_id = $2",
        "DELETE FROM push_subscription WHERE scope_id = $1 AND id = $2",
    ] {
        db::execute(tx, text, [scope_id.into(), id.into()]).await?;
    }
    Ok(())
}

/// Is there a phone of this person's that messages go to?
pub async fn has_phone(connection: &impl ConnectionTrait, scope_id: Uuid) -> Result<bool, DbErr> {
    let text = "SELECT 1 AS one FROM push_subscription s \
                LEFT JOIN device d ON d.scope_id = s.scope_id AND d.id = s.device_id \
                WHERE s.scope_id = $1 AND d.signed_out_at IS NULL LIMIT 1";
    let row = db::fetch_one(connection, text, [scope_id.into()]).await?;
    Ok(row.is_some())
}

/// What a person wants told by mail; nothing once they have asked to be forgotten.
pub async fn mail_level(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<MailLevel, DbErr> {
    let text = "SELECT m.level FROM scope o LEFT JOIN told_by_mail m ON m.scope_id = o.id \
                WHERE o.id = $1 AND o.erased_at IS NULL";
    let Some(row) = db::fetch_one(connection, text, [scope_id.into()]).await? else {
        return Ok(MailLevel::None);
    };
    let level: Option<String> = row.try_get("", "level")?;
    Ok(level
        .and_then(|level| MailLevel::parse(&level))
        .unwrap_or_default())
}

pub async fn set_mail_level(tx: &Tx, scope_id: Uuid, level: MailLevel) -> Result<(), DbErr> {
    let text = "INSERT INTO told_by_mail (scope_id, level) VALUES ($1, $2) \
                ON CONFLICT (scope_id) DO UPDATE SET level = excluded.level";
    db::execute(tx, text, [scope_id.into(), level.as_str().into()])
        .await
        .map(|_| ())
}

/// The phones of a person that want to hear of a step; those that were signed out hear nothing, nor does anybody of an
/// order that the person has muted.
pub async fn listeners(
    tx: &Tx,
    scope_id: Uuid,
    order_id: Uuid,
    step: Step,
) -> Result<Vec<Uuid>, DbErr> {
    let text = "SELECT s.id, s.level, s.steps FROM push_subscription s \
                LEFT JOIN device d ON d.scope_id = s.scope_id AND d.id = s.device_id \
                WHERE s.scope_id = $1 AND d.signed_out_at IS NULL \
                AND NOT EXISTS (SELECT 1 FROM muted_order m WHERE m.scope_id = $1 AND m.order_id = $2) ORDER BY s.id";
    let mut found = Vec::new();
    for row in db::fetch_all(tx, text, [scope_id.into(), order_id.into()]).await? {
        let level: String = row.try_get("", "level")?;
        let steps: String = row.try_get("", "steps")?;
        let chosen: Vec<Step> = steps.split(' ').filter_map(Step::parse).collect();
        if Level::parse(&level).is_some_and(|level| level.wants(step, &chosen)) {
            found.push(row.try_get("", "id")?);
        }
    }
    Ok(found)
}

fn minute(row: &QueryResult, column: &str) -> Result<u16, DbErr> {
    let minute: i64 = row.try_get("", column)?;
    Ok(u16::try_from(minute).unwrap_or(0))
}

/// Has the person muted this order?
pub async fn is_muted(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    order_id: Uuid,
) -> Result<bool, DbErr> {
    let text = "SELECT 1 AS one FROM muted_order WHERE scope_id = $1 AND order_id = $2";
    let row = db::fetch_one(connection, text, [scope_id.into(), order_id.into()]).await?;
    Ok(row.is_some())
}

/// Mutes an order for all phones of a person, or lets it ring again. Of many muted ones the oldest make room.
pub async fn mute(
    tx: &Tx,
    scope_id: Uuid,
    order_id: Uuid,
    is_muted: bool,
    now: Timestamp,
) -> Result<(), DbErr> {
    if !is_muted {
        let text = "DELETE FROM muted_order WHERE scope_id = $1 AND order_id = $2";
        db::execute(tx, text, [scope_id.into(), order_id.into()]).await?;
        return Ok(());
    }
    let text = "INSERT INTO muted_order (scope_id, order_id, muted_at) VALUES ($1, $2, $3) \
                ON CONFLICT (scope_id, order_id) DO NOTHING";
    let values = [scope_id.into(), order_id.into(), now.micros().into()];
    db::execute(tx, text, values).await?;
    let text = "DELETE FROM muted_order WHERE scope_id = $1 AND order_id IN \
                (SELECT order_id FROM muted_order WHERE scope_id = $1 ORDER BY muted_at DESC, order_id DESC LIMIT 1000 OFFSET $2)";
    db::execute(tx, text, [scope_id.into(), MAX_MUTED.into()]).await?;
    Ok(())
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
                (scope_id, event_id, subscription_id, order_id, step, seq, state, attempts, expires_at, created_at, service) \
                VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $8, \
                COALESCE((SELECT s.service FROM push_subscription s WHERE s.scope_id = $1 AND s.id = $3), '')) \
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

/// A planned delivery that has not come to its end, with its phone unless that was signed out or its owner erased.
pub async fn waiting(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    event_id: &str,
    subscription_id: Uuid,
) -> Result<Option<Planned>, DbErr> {
    let text = "SELECT p.order_id, p.step, p.seq, p.attempts, p.expires_at, \
                s.endpoint, s.p256dh, s.auth, s.kid, COALESCE(s.locale, o.locale) AS locale, s.zone, s.quiet_from, s.quiet_to, \
                CASE WHEN o.erased_at IS NULL AND d.signed_out_at IS NULL THEN s.id END AS told_id, m.order_id AS muted_id \
                FROM push_delivery p \
                LEFT JOIN push_subscription s ON s.scope_id = p.scope_id AND s.id = p.subscription_id \
                LEFT JOIN scope o ON o.id = s.scope_id \
                LEFT JOIN device d ON d.scope_id = s.scope_id AND d.id = s.device_id \
                LEFT JOIN muted_order m ON m.scope_id = p.scope_id AND m.order_id = p.order_id \
                WHERE p.scope_id = $1 AND p.event_id = $2 AND p.subscription_id = $3 AND p.state = 'waiting'";
    let values = [scope_id.into(), event_id.into(), subscription_id.into()];
    let row = db::fetch_one(connection, text, values).await?;
    row.as_ref().map(read_planned).transpose()
}

fn read_planned(row: &QueryResult) -> Result<Planned, DbErr> {
    let told_id: Option<Uuid> = row.try_get("", "told_id")?;
    let muted_id: Option<Uuid> = row.try_get("", "muted_id")?;
    Ok(Planned {
        delivery: Delivery {
            order_id: row.try_get("", "order_id")?,
            step: row.try_get("", "step")?,
            seq: row.try_get("", "seq")?,
            attempts: row.try_get("", "attempts")?,
            expires_at: Timestamp::from_micros(row.try_get("", "expires_at")?),
        },
        subscription: told_id.map(|id| read_subscription(row, id)).transpose()?,
        is_muted: muted_id.is_some(),
    })
}

fn read_subscription(row: &QueryResult, id: Uuid) -> Result<Subscription, DbErr> {
    Ok(Subscription {
        id,
        endpoint: row.try_get("", "endpoint")?,
        p256dh: row.try_get("", "p256dh")?,
        auth: row.try_get("", "auth")?,
        kid: row.try_get("", "kid")?,
        locale: row.try_get("", "locale")?,
        zone: row.try_get("", "zone")?,
        quiet: QuietHours {
            from: minute(row, "quiet_from")?,
            to: minute(row, "quiet_to")?,
        },
    })
}

/// Is there a later step of this order for this phone? Of two in one millisecond the one further on the way is later.
pub async fn is_superseded(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    subscription_id: Uuid,
    delivery: &Delivery,
) -> Result<bool, DbErr> {
    let text = "SELECT seq, step FROM push_delivery \
                WHERE scope_id = $1 AND subscription_id = $2 AND order_id = $3 AND seq >= $4";
    let values = [
        scope_id.into(),
        subscription_id.into(),
        delivery.order_id.into(),
        delivery.seq.into(),
    ];
    let way = |step: &str| Step::parse(step).map(Step::on_the_way);
    for row in db::fetch_all(connection, text, values).await? {
        let (seq, step): (i64, String) = (row.try_get("", "seq")?, row.try_get("", "step")?);
        if (seq, way(&step)) > (delivery.seq, way(&delivery.step)) {
            return Ok(true);
        }
    }
    Ok(false)
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
    now: Timestamp,
) -> Result<(), DbErr> {
    let text = "UPDATE push_delivery SET state = $4, ended_at = $5 \
                WHERE scope_id = $1 AND event_id = $2 AND subscription_id = $3";
    let values = [
        scope_id.into(),
        event_id.into(),
        subscription_id.into(),
        end.as_str().into(),
        now.micros().into(),
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

/// Lets a delivery live until this time at least.
pub async fn keep_until(
    tx: &Tx,
    scope_id: Uuid,
    event_id: &str,
    subscription_id: Uuid,
    until: Timestamp,
) -> Result<(), DbErr> {
    let text = "UPDATE push_delivery SET expires_at = $4 \
                WHERE scope_id = $1 AND event_id = $2 AND subscription_id = $3 AND expires_at < $4";
    let values = [
        scope_id.into(),
        event_id.into(),
        subscription_id.into(),
        until.micros().into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

/// The host of a push service: all that anybody but the sender may know of an endpoint.
pub fn service_of(endpoint: &str) -> String {
    reqwest::Url::parse(endpoint)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

fn endpoint_hash(endpoint: &str) -> Vec<u8> {
    Sha256::digest(endpoint.as_bytes()).to_vec()
}
