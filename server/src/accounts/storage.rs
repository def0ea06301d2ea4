//! Accounts, roles and devices: all SQL of the room but the logins'.

use crate::{
    accounts::model::{Email, Role},
    platform::db::{self, Tx},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use uuid::Uuid;

/// The scope's row, as far as this room cares.
#[derive(Clone, Debug)]
pub struct ScopeFacts {
    pub is_account: bool,
    pub is_erased: bool,
    pub open_cart: Option<Uuid>,
    pub locale: String,
    pub country: Option<String>,
    pub currency: String,
}

/// An account's row.
#[derive(Clone, Debug)]
pub struct AccountRow {
    pub scope_id: Uuid,
    pub email: String,
    pub password_hash: String,
}

/// A device as its owner sees it.
#[derive(Clone, Debug)]
pub struct DeviceRow {
    pub device_id: Uuid,
    pub name: String,
    pub created_at: i64,
    pub last_seen_at: i64,
}

pub async fn scope(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<Option<ScopeFacts>, DbErr> {
    let text =
        "SELECT kind, erased_at, open_cart, locale, country, currency FROM scope WHERE id = $1";
    let Some(row) = db::fetch_one(connection, text, [scope_id.into()]).await? else {
        return Ok(None);
    };
    Ok(Some(ScopeFacts {
        is_account: row.try_get::<String>("", "kind")? == "account",
        is_erased: row.try_get::<Option<i64>>("", "erased_at")?.is_some(),
        open_cart: row.try_get("", "open_cart")?,
        locale: row.try_get("", "locale")?,
        country: row.try_get("", "country")?,
        currency: row.try_get("", "currency")?,
    }))
}

pub async fn account(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<Option<AccountRow>, DbErr> {
    let text = "SELECT scope_id, email, password_hash FROM account WHERE scope_id = $1";
    let row = db::fetch_one(connection, text, [scope_id.into()]).await?;
    row.map(account_row).transpose()
}

pub async fn account_by_email(
    connection: &impl ConnectionTrait,
    email: &Email,
) -> Result<Option<AccountRow>, DbErr> {
    let text = "SELECT a.scope_id, a.email, a.password_hash FROM account_directory d \
                JOIN account a ON a.scope_id = d.scope_id WHERE d.email = $1";
    let row = db::fetch_one(connection, text, [email.as_str().into()]).await?;
    row.map(account_row).transpose()
}

fn account_row(row: QueryResult) -> Result<AccountRow, DbErr> {
    Ok(AccountRow {
        scope_id: row.try_get("", "scope_id")?,
        email: row.try_get("", "email")?,
        password_hash: row.try_get("", "password_hash")?,
    })
}

/// Reserves an e-mail for a scope; false if another has it.
pub async fn claim_email(tx: &Tx, email: &Email, scope_id: Uuid) -> Result<bool, DbErr> {
    let text = "INSERT INTO account_directory (email, scope_id) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING";
    let claimed = db::execute(tx, text, [email.as_str().into(), scope_id.into()]).await? > 0;
    Ok(claimed || owner_of_email(tx, email).await? == Some(scope_id))
}

async fn owner_of_email(tx: &Tx, email: &Email) -> Result<Option<Uuid>, DbErr> {
    let text = "SELECT scope_id FROM account_directory WHERE email = $1";
    let row = db::fetch_one(tx, text, [email.as_str().into()]).await?;
    row.map(|row| row.try_get("", "scope_id")).transpose()
}

/// Makes the scope an account. The e-mail has been claimed.
pub async fn insert_account(
    tx: &Tx,
    scope_id: Uuid,
    email: &Email,
    password_hash: &str,
    now_micros: i64,
) -> Result<(), DbErr> {
    let text =
        "INSERT INTO account (scope_id, email, password_hash, created_at) VALUES ($1, $2, $3, $4)";
    let values = [
        scope_id.into(),
        email.as_str().into(),
        password_hash.into(),
        now_micros.into(),
    ];
    db::execute(tx, text, values).await?;
    let text = "UPDATE scope SET kind = 'account' WHERE id = $1";
    db::execute(tx, text, [scope_id.into()]).await.map(|_| ())
}

/// What the shopper prefers; None leaves a value alone.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    pub locale: Option<String>,
    pub country: Option<String>,
    pub currency: Option<String>,
}

impl Preferences {
    /// Name and value of each that is given.
    pub fn chosen(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("locale", &self.locale),
            ("country", &self.country),
            ("currency", &self.currency),
        ];
        let given = all
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.clone()?)));
        given.collect()
    }
}

pub async fn add_role(tx: &Tx, scope_id: Uuid, role: Role) -> Result<(), DbErr> {
    let text = "INSERT INTO account_role (scope_id, role) VALUES ($1, $2) ON CONFLICT (scope_id, role) DO NOTHING";
    db::execute(tx, text, [scope_id.into(), role.as_str().into()])
        .await
        .map(|_| ())
}

pub async fn remove_role(tx: &Tx, scope_id: Uuid, role: Role) -> Result<(), DbErr> {
    let text = "DELETE FROM account_role WHERE scope_id = $1 AND role = $2";
    db::execute(tx, text, [scope_id.into(), role.as_str().into()])
        .await
        .map(|_| ())
}

pub async fn roles(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<Vec<String>, DbErr> {
    let text = "SELECT role FROM account_role WHERE scope_id = $1 ORDER BY role DESC";
    let rows = db::fetch_all(connection, text, [scope_id.into()]).await?;
    rows.iter().map(|row| row.try_get("", "role")).collect()
}

/// The account has been this guest.
pub async fn link_guest(
    tx: &Tx,
    account_scope: Uuid,
    guest_scope: Uuid,
    now_micros: i64,
) -> Result<(), DbErr> {
    let text = "INSERT INTO scope_link (account_scope, guest_scope, linked_at) VALUES ($1, $2, $3) \
                ON CONFLICT (account_scope, guest_scope) DO NOTHING";
    let values = [account_scope.into(), guest_scope.into(), now_micros.into()];
    db::execute(tx, text, values).await.map(|_| ())
}

/// The devices that are signed in, the latest seen first.
pub async fn devices(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<Vec<DeviceRow>, DbErr> {
    let text = "SELECT id, name, created_at, last_seen_at FROM device \
                WHERE scope_id = $1 AND signed_out_at IS NULL ORDER BY last_seen_at DESC, id";
    let rows = db::fetch_all(connection, text, [scope_id.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(DeviceRow {
                device_id: row.try_get("", "id")?,
                name: row.try_get("", "name")?,
                created_at: row.try_get("", "created_at")?,
                last_seen_at: row.try_get("", "last_seen_at")?,
            })
        })
        .collect()
}

/// Signs a device out: its secret no longer opens anything. False if the scope has no such signed-in device.
pub async fn sign_out_device(
    tx: &Tx,
    scope_id: Uuid,
    device_id: Uuid,
    now_micros: i64,
) -> Result<bool, DbErr> {
    let text = "UPDATE device SET signed_out_at = $3, secret_hash = $4 \
                WHERE scope_id = $1 AND id = $2 AND signed_out_at IS NULL";
    let values = [
        scope_id.into(),
        device_id.into(),
        now_micros.into(),
        Vec::<u8>::new().into(),
    ];
    Ok(db::execute(tx, text, values).await? > 0)
}

pub async fn name_device(
    tx: &Tx,
    scope_id: Uuid,
    device_id: Uuid,
    name: &str,
) -> Result<(), DbErr> {
    let text = "UPDATE device SET name = $3 WHERE scope_id = $1 AND id = $2";
    db::execute(tx, text, [scope_id.into(), device_id.into(), name.into()])
        .await
        .map(|_| ())
}

/// The account leaves its old address for a claimed one.
pub async fn move_email(tx: &Tx, scope_id: Uuid, old: &str, email: &Email) -> Result<(), DbErr> {
    let text = "UPDATE account SET email = $2 WHERE scope_id = $1";
    db::execute(tx, text, [scope_id.into(), email.as_str().into()]).await?;
    let text = "DELETE FROM account_directory WHERE email = $1 AND scope_id = $2 AND email <> $3";
    let values = [old.into(), scope_id.into(), email.as_str().into()];
    db::execute(tx, text, values).await.map(|_| ())
}

/// Closes a scope for ever: no e-mail, no password, no login, no device. What its other tables hold is erased by a job.
pub async fn close_scope(tx: &Tx, scope_id: Uuid, now_micros: i64) -> Result<(), DbErr> {
    for table in [
        "account",
        "account_directory",
        "account_role",
        "session",
        "mail_link",
    ] {
        let text = format!("DELETE FROM {table} WHERE scope_id = $1");
        db::execute(tx, &text, [scope_id.into()]).await?;
    }
    let text = "UPDATE device SET name = '', secret_hash = $3, signed_out_at = COALESCE(signed_out_at, $2) \
                WHERE scope_id = $1";
    let values = [scope_id.into(), now_micros.into(), Vec::<u8>::new().into()];
    db::execute(tx, text, values).await?;
    let text = "UPDATE scope SET country = NULL, erased_at = COALESCE(erased_at, $2) WHERE id = $1";
    db::execute(tx, text, [scope_id.into(), now_micros.into()])
        .await
        .map(|_| ())
}
