//! The ways in: as a guest, by registering, by logging in, with a further phone. Each may be repeated after a lost reply
//! and then answers the same.

use crate::{
    accounts::{
        model::{Email, Pair, Password, Refusal, Role},
        password, sessions,
        sessions::Session,
        storage::{self, Preferences},
    },
    cart,
    platform::{
        Platform,
        db::{self, Tx, Work},
    },
    registers,
    scope::{self, Actor, Revision, devices},
};
use sea_orm::{DbErr, SqlErr};
use std::sync::Arc;
use uuid::Uuid;

/// A phone that nobody uses for so long makes room for another.
const UNUSED_DAYS: i64 = sessions::IDLE_DAYS;

/// What registering asks for.
#[derive(Clone)]
pub struct Registration {
    pub email: Email,
    pub password: Password,
    pub preferences: Preferences,
    pub pair: Option<Pair>,
}

/// What logging in asks for.
#[derive(Clone)]
pub struct Login {
    pub email: Email,
    pub password: Password,
    pub pair: Pair,
    /// The guest's own cart, to be taken along.
    pub guest_cart: Option<Uuid>,
}

/// A guest's scope, new or the one this phone already has.
pub async fn guest(
    platform: &Platform,
    pair: Pair,
    cookie: Option<String>,
) -> Result<Session, Refusal> {
    write(platform, {
        let (platform, pair, cookie) = (platform.clone(), pair.clone(), cookie.clone());
        move |tx| {
            let (platform, pair, cookie) = (platform.clone(), pair.clone(), cookie.clone());
            Box::pin(async move {
                let scope_id = match devices::find(tx, pair.device_id).await? {
                    Some(known) => guest_of_device(tx, &known, &pair).await?,
                    None => {
                        let scope_id = new_scope(&platform, tx, "guest").await?.scope_id;
                        insert_device(&platform, tx, scope_id, &pair).await?;
                        scope_id
                    }
                };
                let cookie = cookie.as_deref();
                Ok(sessions::go_on(&platform, tx, cookie, scope_id, pair.device_id).await?)
            })
        }
    })
    .await
}

/// Makes the asking guest's scope an account in place, or opens a new one.
pub async fn register(
    platform: &Platform,
    actor: Option<Actor>,
    wish: Registration,
    cookie: Option<String>,
) -> Result<Session, Refusal> {
    let password_hash = password::hash(&wish.password).await?;
    let scope_id = match (actor, &wish.pair) {
        (Some(actor), _) => Some(actor.scope_id),
        (None, Some(pair)) => scope_of_pair(platform, pair).await?,
        (None, None) => None,
    };
    if let Some(scope_id) = scope_id
        && let Some(account) = storage::account(platform.db.reader(), scope_id).await?
    {
        // A repeat after a lost reply proves itself by the same e-mail and password.
        let is_same = account.email == wish.email.as_str()
            && password::verify(&wish.password, Some(account.password_hash)).await?;
        if !is_same {
            return Err(Refusal::AlreadyAccount);
        }
        return enter_scope(platform, scope_id, actor, wish.pair, cookie).await;
    }
    write(platform, {
        let platform = platform.clone();
        let (wish, cookie, hash) = (wish.clone(), cookie.clone(), password_hash.clone());
        move |tx| {
            let platform = platform.clone();
            let (wish, cookie, hash) = (wish.clone(), cookie.clone(), hash.clone());
            Box::pin(async move {
                let revision = match scope_id {
                    Some(scope_id) => {
                        scope::take_revision(tx, scope_id, platform.now().millis()).await?
                    }
                    None => new_scope(&platform, tx, "account").await?,
                };
                let scope_id = revision.scope_id;
                become_account(&platform, tx, revision, &wish, &hash).await?;
                let device_id = attach(&platform, tx, scope_id, actor, wish.pair.as_ref()).await?;
                Ok(sessions::go_on(&platform, tx, cookie.as_deref(), scope_id, device_id).await?)
            })
        }
    })
    .await
}

/// Opens an account with its password on this phone. Answers the login and, when a guest's cart was to be taken along,
/// how many of its lines came with it.
pub async fn login(
    platform: &Platform,
    actor: Option<Actor>,
    wish: Login,
    cookie: Option<String>,
) -> Result<(Session, Option<i64>), Refusal> {
    let account = storage::account_by_email(platform.db.reader(), &wish.email).await?;
    let hash = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let is_right = password::verify(&wish.password, hash).await?;
    let account_scope = match account {
        Some(account) if is_right => account.scope_id,
        _ => return Err(Refusal::WrongLogin),
    };
    let (session, absorbed) = write(platform, {
        let (platform, pair, cookie) = (platform.clone(), wish.pair.clone(), cookie.clone());
        let guest_cart = wish.guest_cart;
        move |tx| {
            let (platform, pair, cookie) = (platform.clone(), pair.clone(), cookie.clone());
            Box::pin(async move {
                let guest_scope = match (actor, guest_cart) {
                    (Some(actor), _) => guest_behind(tx, actor, account_scope).await?,
                    (None, Some(_)) => return Err(Refusal::NotAGuest),
                    (None, None) => None,
                };
                let absorbed = match (guest_scope, guest_cart) {
                    (Some(guest), cart) => {
                        take_along(&platform, tx, guest, account_scope, cart).await?
                    }
                    (None, Some(_)) => Some(0),
                    (None, None) => None,
                };
                let device_id = attach(&platform, tx, account_scope, None, Some(&pair)).await?;
                let cookie = cookie.as_deref();
                let session =
                    sessions::go_on(&platform, tx, cookie, account_scope, device_id).await?;
                Ok((session, absorbed))
            })
        }
    })
    .await?;
    publish(platform, account_scope).await?;
    if let Some(actor) = actor {
        publish(platform, actor.scope_id).await?;
    }
    Ok((session, absorbed))
}

/// A further phone of the scope, or this phone under a new device id.
pub async fn add_device(
    platform: &Platform,
    actor: Actor,
    pair: Pair,
    name: String,
    cookie: Option<String>,
) -> Result<Session, Refusal> {
    write(platform, {
        let platform = platform.clone();
        let (pair, name, cookie) = (pair.clone(), name.clone(), cookie.clone());
        move |tx| {
            let platform = platform.clone();
            let (pair, name, cookie) = (pair.clone(), name.clone(), cookie.clone());
            Box::pin(async move {
                let scope_id = actor.scope_id;
                open_scope(tx, scope_id).await?;
                sessions::still_open(tx, actor).await?;
                let device_id = attach(&platform, tx, scope_id, Some(actor), Some(&pair)).await?;
                if !name.is_empty() {
                    storage::name_device(tx, scope_id, device_id, &name).await?;
                }
                let cookie = cookie.as_deref();
                Ok(sessions::move_to_device(&platform, tx, cookie, scope_id, device_id).await?)
            })
        }
    })
    .await
}

/// An account without any phone yet, for the demo market and tests. Known already, it keeps its scope and password.
pub async fn create_account(
    platform: &Platform,
    email: &str,
    password: &str,
    roles: &[Role],
    preferences: Preferences,
) -> Result<Uuid, Refusal> {
    let (Some(email), Some(password)) = (Email::parse(email), Password::new(password)) else {
        return Err(Refusal::WrongLogin);
    };
    if let Some(known) = storage::account_by_email(platform.db.reader(), &email).await? {
        return Ok(known.scope_id);
    }
    let hash = password::hash(&password).await?;
    let wish = Registration {
        email,
        password,
        preferences,
        pair: None,
    };
    let roles = roles.to_vec();
    let platform = platform.clone();
    let db = platform.db.clone();
    db.write(move |tx| {
        let (platform, wish, hash, roles) =
            (platform.clone(), wish.clone(), hash.clone(), roles.clone());
        Box::pin(async move {
            let revision = new_scope(&platform, tx, "account").await?;
            let scope_id = revision.scope_id;
            become_account(&platform, tx, revision, &wish, &hash).await?;
            for role in roles {
                storage::add_role(tx, scope_id, role).await?;
            }
            Ok(scope_id)
        })
    })
    .await
}

/// A scope at revision 1 with its open cart.
async fn new_scope(platform: &Platform, tx: &Tx, kind: &str) -> Result<Revision, Refusal> {
    let (scope_id, now) = (platform.ids.v4(), platform.now());
    scope::create(tx, scope_id, kind, now.micros()).await?;
    let revision = scope::take_revision(tx, scope_id, now.millis()).await?;
    cart::ensure_open(tx, revision, platform.new_id()).await?;
    Ok(revision)
}

async fn become_account(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    wish: &Registration,
    password_hash: &str,
) -> Result<(), Refusal> {
    let scope_id = revision.scope_id;
    open_scope(tx, scope_id).await?;
    if storage::account(tx, scope_id).await?.is_some() {
        return Err(Refusal::AlreadyAccount);
    }
    if !storage::claim_email(tx, &wish.email, scope_id).await? {
        return Err(Refusal::EmailTaken);
    }
    let now = platform.now().micros();
    storage::insert_account(tx, scope_id, &wish.email, password_hash, now).await?;
    Ok(registers::prefer(tx, revision, &wish.preferences.chosen()).await?)
}

/// Another login of a scope that has proved itself.
async fn enter_scope(
    platform: &Platform,
    scope_id: Uuid,
    actor: Option<Actor>,
    pair: Option<Pair>,
    cookie: Option<String>,
) -> Result<Session, Refusal> {
    let platform = platform.clone();
    let db = platform.db.clone();
    db.write(move |tx| {
        let (platform, pair, cookie) = (platform.clone(), pair.clone(), cookie.clone());
        Box::pin(async move {
            open_scope(tx, scope_id).await?;
            if let (Some(actor), None) = (actor, &pair) {
                sessions::still_open(tx, actor).await?;
            }
            let device_id = attach(&platform, tx, scope_id, actor, pair.as_ref()).await?;
            Ok(sessions::go_on(&platform, tx, cookie.as_deref(), scope_id, device_id).await?)
        })
    })
    .await
}

/// The guest's scope of a known device. The secret alone never opens an account.
async fn guest_of_device(
    tx: &Tx,
    known: &devices::KnownDevice,
    pair: &Pair,
) -> Result<Uuid, Refusal> {
    if known.signed_out || !devices::is_secret(known, &pair.secret) {
        return Err(Refusal::DeviceTaken);
    }
    let facts = open_scope(tx, known.scope_id).await?;
    if facts.is_account {
        return Err(Refusal::DeviceOfAccount);
    }
    Ok(known.scope_id)
}

async fn scope_of_pair(platform: &Platform, pair: &Pair) -> Result<Option<Uuid>, Refusal> {
    match devices::find(platform.db.reader(), pair.device_id).await? {
        None => Ok(None),
        Some(known) if !known.signed_out && devices::is_secret(&known, &pair.secret) => {
            Ok(Some(known.scope_id))
        }
        Some(_) => Err(Refusal::DeviceTaken),
    }
}

/// The device that a new login is for: the pair's, made known to the scope if it is new, else the actor's. A login
/// without any has the nil device until `POST /devices` names one.
async fn attach(
    platform: &Platform,
    tx: &Tx,
    scope_id: Uuid,
    actor: Option<Actor>,
    pair: Option<&Pair>,
) -> Result<Uuid, Refusal> {
    let Some(pair) = pair else {
        return Ok(actor.map_or(Uuid::nil(), |actor| actor.device_id));
    };
    match devices::find(tx, pair.device_id).await? {
        None => insert_device(platform, tx, scope_id, pair).await?,
        Some(known) => {
            let is_own = known.scope_id == scope_id
                && !known.signed_out
                && devices::is_secret(&known, &pair.secret);
            if !is_own {
                return Err(Refusal::DeviceTaken);
            }
        }
    }
    Ok(pair.device_id)
}

async fn insert_device(
    platform: &Platform,
    tx: &Tx,
    scope_id: Uuid,
    pair: &Pair,
) -> Result<(), Refusal> {
    let now = platform.now();
    if devices::count(tx, scope_id).await? >= devices::MAX_DEVICES_A_SCOPE {
        let unused_since = now.plus_days(-UNUSED_DAYS).micros();
        let known = storage::devices(tx, scope_id).await?;
        let Some(oldest) = known
            .last()
            .filter(|device| device.last_seen_at < unused_since)
        else {
            return Err(Refusal::TooManyDevices);
        };
        sign_out(tx, scope_id, oldest.device_id, now.micros()).await?;
    }
    let hash = pair.secret_hash.clone();
    Ok(devices::insert(tx, scope_id, pair.device_id, hash, now.micros()).await?)
}

/// Ends a device's logins and its secret; false if there is no such device.
pub async fn sign_out(
    tx: &Tx,
    scope_id: Uuid,
    device_id: Uuid,
    now_micros: i64,
) -> Result<bool, DbErr> {
    sessions::end_of_device(tx, scope_id, device_id).await?;
    storage::sign_out_device(tx, scope_id, device_id, now_micros).await
}

async fn open_scope(tx: &Tx, scope_id: Uuid) -> Result<storage::ScopeFacts, Refusal> {
    let facts = storage::scope(tx, scope_id).await?;
    facts
        .filter(|facts| !facts.is_erased)
        .ok_or(Refusal::NoSuchScope)
}

/// The guest who logs in; None for the account itself. Another account's things stay where they are.
async fn guest_behind(tx: &Tx, actor: Actor, account_scope: Uuid) -> Result<Option<Uuid>, Refusal> {
    if actor.scope_id == account_scope {
        return Ok(None);
    }
    match storage::scope(tx, actor.scope_id).await? {
        Some(facts) if !facts.is_account && !facts.is_erased => Ok(Some(actor.scope_id)),
        _ => Err(Refusal::NotAGuest),
    }
}

/// The guest's orders become visible to the account, and the guest's cart moves into the account's, once.
async fn take_along(
    platform: &Platform,
    tx: &Tx,
    guest_scope: Uuid,
    account_scope: Uuid,
    guest_cart: Option<Uuid>,
) -> Result<Option<i64>, Refusal> {
    let now = platform.now();
    let both = vec![guest_scope, account_scope];
    let revisions = scope::take_revisions(tx, both, now.millis()).await?;
    let of = |scope_id| {
        let found = revisions.iter().find(|taken| taken.scope_id == scope_id);
        found.copied().ok_or(Refusal::NoSuchScope)
    };
    storage::link_guest(tx, account_scope, guest_scope, now.micros()).await?;
    let Some(guest_cart) = guest_cart else {
        return Ok(None);
    };
    let (guest, account) = (of(guest_scope)?, of(account_scope)?);
    Ok(Some(
        cart::absorb(platform, tx, guest, account, guest_cart).await?,
    ))
}

/// Open live streams of the scope hear of its latest revision.
async fn publish(platform: &Platform, scope_id: Uuid) -> Result<(), DbErr> {
    let text = "SELECT rev FROM scope WHERE id = $1";
    if let Some(row) = db::fetch_one(platform.db.reader(), text, [scope_id.into()]).await? {
        platform.events.publish(scope_id, row.try_get("", "rev")?);
    }
    Ok(())
}

/// Two requests may make the same device or account at once: the one that comes second looks again.
async fn write<T, F>(platform: &Platform, work: F) -> Result<T, Refusal>
where
    T: Send + 'static,
    F: for<'a> Fn(&'a Tx) -> Work<'a, T, Refusal> + Send + Sync + 'static,
{
    let work = Arc::new(work);
    let again = work.clone();
    match platform.db.write(move |tx| work(tx)).await {
        Err(Refusal::Database(error))
            if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) =>
        {
            platform.db.write(move |tx| again(tx)).await
        }
        result => result,
    }
}
