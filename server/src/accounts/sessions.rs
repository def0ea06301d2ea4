//! Logins of devices. The refresh token rotates at every use and forgives a lost reply: the previous token gets the same
//! successor until that successor was used. Anything older means that two hold the login: it ends, and the shopper is told.

use crate::{
    accounts::{
        credential::{Credential, Use},
        model::Refusal,
    },
    platform::{
        Platform,
        db::{self, Tx},
    },
    scope::Actor,
};
use sea_orm::DbErr;
use uuid::Uuid;

/// A login that is not used for so long ends; also how long a phone counts as live in sync.
pub const IDLE_DAYS: i64 = 90;

/// Whose login it is, and the token to keep from now on.
#[derive(Clone, Debug)]
pub struct Session {
    pub scope_id: Uuid,
    pub device_id: Uuid,
    pub refresh_token: String,
}

/// How presenting a token ended. A stolen login is ended by the same transaction, so it is no error of it.
pub enum Refreshed {
    Renewed(Session),
    Stolen,
    Unknown,
}

struct Row {
    device_id: Uuid,
    generation: u32,
    token_hash: Vec<u8>,
    previous_hash: Option<Vec<u8>>,
    expires_at: i64,
    ended_at: Option<i64>,
}

/// A fresh login of a device; an earlier one of the same device is over.
pub async fn start(
    platform: &Platform,
    tx: &Tx,
    scope_id: Uuid,
    device_id: Uuid,
) -> Result<Session, DbErr> {
    let now = platform.now();
    let id = platform.ids.v4();
    let token = Credential::new(&platform.keys, Use::Refresh, scope_id, id, 0);
    let text = "INSERT INTO session (scope_id, id, device_id, generation, token_hash, created_at, used_at, expires_at) \
                VALUES ($1, $2, $3, 0, $4, $5, $5, $6) ON CONFLICT (scope_id, device_id) DO UPDATE SET \
                id = excluded.id, generation = 0, token_hash = excluded.token_hash, previous_hash = NULL, \
                created_at = excluded.created_at, used_at = excluded.used_at, expires_at = excluded.expires_at, \
                ended_at = NULL";
    let values = [
        scope_id.into(),
        id.into(),
        device_id.into(),
        token.hash().into(),
        now.micros().into(),
        now.plus_days(IDLE_DAYS).micros().into(),
    ];
    db::execute(tx, text, values).await?;
    Ok(Session {
        scope_id,
        device_id,
        refresh_token: token.encode(),
    })
}

/// Takes a token for its successor.
pub async fn refresh(platform: &Platform, tx: &Tx, token: &str) -> Result<Refreshed, DbErr> {
    let Some(token) = Credential::decode(token) else {
        return Ok(Refreshed::Unknown);
    };
    let now = platform.now();
    let Some(row) = find(tx, &token).await? else {
        return Ok(Refreshed::Unknown);
    };
    if row.expires_at <= now.micros() {
        return Ok(Refreshed::Unknown);
    }
    if row.ended_at.is_some() {
        let was_ours = token.is_ours(&platform.keys, Use::Refresh);
        return Ok(if was_ours {
            Refreshed::Stolen
        } else {
            Refreshed::Unknown
        });
    }
    let renewed = |successor: &Credential| {
        Refreshed::Renewed(Session {
            scope_id: token.scope_id,
            device_id: row.device_id,
            refresh_token: successor.encode(),
        })
    };
    let (keys, scope_id, id) = (&platform.keys, token.scope_id, token.id);
    if token.generation == row.generation && token.has_hash(&row.token_hash) {
        let successor = Credential::new(
            keys,
            Use::Refresh,
            scope_id,
            id,
            token.generation.wrapping_add(1),
        );
        let text = "UPDATE session SET generation = $3, token_hash = $4, previous_hash = $5, used_at = $6, expires_at = $7 \
                    WHERE scope_id = $1 AND id = $2 AND generation = $8";
        let values = [
            scope_id.into(),
            id.into(),
            i64::from(successor.generation).into(),
            successor.hash().into(),
            token.hash().into(),
            now.micros().into(),
            now.plus_days(IDLE_DAYS).micros().into(),
            i64::from(token.generation).into(),
        ];
        // No row touched: the same token is being renewed beside us, to the very same successor.
        db::execute(tx, text, values).await?;
        seen(tx, scope_id, row.device_id, now.micros()).await?;
        return Ok(renewed(&successor));
    }
    let is_previous = token.generation.wrapping_add(1) == row.generation
        && row
            .previous_hash
            .as_deref()
            .is_some_and(|hash| token.has_hash(hash));
    if is_previous {
        let successor = Credential::new(keys, Use::Refresh, scope_id, id, row.generation);
        if !successor.has_hash(&row.token_hash) {
            // The signing key was changed since; the lost successor dies with it.
            let text = "UPDATE session SET token_hash = $3 WHERE scope_id = $1 AND id = $2";
            let values = [scope_id.into(), id.into(), successor.hash().into()];
            db::execute(tx, text, values).await?;
        }
        return Ok(renewed(&successor));
    }
    if token.generation < row.generation && token.is_ours(keys, Use::Refresh) {
        let text = "UPDATE session SET ended_at = $3 WHERE scope_id = $1 AND id = $2";
        db::execute(tx, text, [scope_id.into(), id.into(), now.micros().into()]).await?;
        return Ok(Refreshed::Stolen);
    }
    Ok(Refreshed::Unknown)
}

/// The device's login goes on with a rotated token if the cookie is its own, else a new one starts.
pub async fn go_on(
    platform: &Platform,
    tx: &Tx,
    cookie: Option<&str>,
    scope_id: Uuid,
    device_id: Uuid,
) -> Result<Session, DbErr> {
    if let Some(session) = renew_own(platform, tx, cookie, scope_id).await?
        && session.device_id == device_id
    {
        return Ok(session);
    }
    start(platform, tx, scope_id, device_id).await
}

/// The same phone under a new device id keeps its login.
pub async fn move_to_device(
    platform: &Platform,
    tx: &Tx,
    cookie: Option<&str>,
    scope_id: Uuid,
    device_id: Uuid,
) -> Result<Session, DbErr> {
    let Some(session) = renew_own(platform, tx, cookie, scope_id).await? else {
        return start(platform, tx, scope_id, device_id).await;
    };
    if session.device_id != device_id {
        end_of_device(tx, scope_id, device_id).await?;
        let text = "UPDATE session SET device_id = $3 WHERE scope_id = $1 AND device_id = $2";
        let values = [scope_id.into(), session.device_id.into(), device_id.into()];
        db::execute(tx, text, values).await?;
    }
    Ok(Session {
        device_id,
        ..session
    })
}

/// Is the login behind an access token still there? A phone that was signed out, or whose account got a new password,
/// holds such a token for a few minutes more, and must not make itself a new login with it.
pub async fn still_open(tx: &Tx, actor: Actor) -> Result<(), Refusal> {
    let text = "SELECT 1 AS one FROM session s LEFT JOIN device d ON d.scope_id = s.scope_id AND d.id = s.device_id \
                WHERE s.scope_id = $1 AND s.device_id = $2 AND s.ended_at IS NULL AND d.signed_out_at IS NULL";
    let values = [actor.scope_id.into(), actor.device_id.into()];
    db::fetch_one(tx, text, values)
        .await?
        .map(|_| ())
        .ok_or(Refusal::NoSession)
}

async fn renew_own(
    platform: &Platform,
    tx: &Tx,
    cookie: Option<&str>,
    scope_id: Uuid,
) -> Result<Option<Session>, DbErr> {
    let is_of_scope =
        |text: &&str| Credential::decode(text).is_some_and(|token| token.scope_id == scope_id);
    let Some(cookie) = cookie.filter(is_of_scope) else {
        return Ok(None);
    };
    Ok(match refresh(platform, tx, cookie).await? {
        Refreshed::Renewed(session) => Some(session),
        Refreshed::Stolen | Refreshed::Unknown => None,
    })
}

/// Logs out: the login behind this token is gone, whichever of its tokens it is.
pub async fn end(platform: &Platform, tx: &Tx, token: &str) -> Result<(), Refusal> {
    let Some(token) = Credential::decode(token) else {
        return Ok(());
    };
    if !token.is_ours(&platform.keys, Use::Refresh) {
        return Ok(());
    }
    let text = "DELETE FROM session WHERE scope_id = $1 AND id = $2";
    db::execute(tx, text, [token.scope_id.into(), token.id.into()]).await?;
    Ok(())
}

pub async fn end_of_device(tx: &Tx, scope_id: Uuid, device_id: Uuid) -> Result<(), DbErr> {
    let text = "DELETE FROM session WHERE scope_id = $1 AND device_id = $2";
    db::execute(tx, text, [scope_id.into(), device_id.into()])
        .await
        .map(|_| ())
}

/// Every login of the scope is over.
pub async fn end_all(tx: &Tx, scope_id: Uuid) -> Result<(), DbErr> {
    let text = "DELETE FROM session WHERE scope_id = $1";
    db::execute(tx, text, [scope_id.into()]).await.map(|_| ())
}

async fn find(tx: &Tx, token: &Credential) -> Result<Option<Row>, DbErr> {
    let text = "SELECT device_id, generation, token_hash, previous_hash, expires_at, ended_at FROM session \
                WHERE scope_id = $1 AND id = $2";
    let Some(row) = db::fetch_one(tx, text, [token.scope_id.into(), token.id.into()]).await? else {
        return Ok(None);
    };
    Ok(Some(Row {
        device_id: row.try_get("", "device_id")?,
        generation: u32::try_from(row.try_get::<i64>("", "generation")?).unwrap_or(u32::MAX),
        token_hash: row.try_get("", "token_hash")?,
        previous_hash: row.try_get("", "previous_hash")?,
        expires_at: row.try_get("", "expires_at")?,
        ended_at: row.try_get("", "ended_at")?,
    }))
}

async fn seen(tx: &Tx, scope_id: Uuid, device_id: Uuid, now_micros: i64) -> Result<(), DbErr> {
    let text = "UPDATE device SET last_seen_at = $3 WHERE scope_id = $1 AND id = $2";
    db::execute(
        tx,
        text,
        [scope_id.into(), device_id.into(), now_micros.into()],
    )
    .await
    .map(|_| ())
}
