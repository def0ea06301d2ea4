//! People and their phones. A shopper starts as a guest: a scope that one phone opened with a secret it made itself.
//! Registering makes that scope an account in place; logging in adds this phone to an account's scope and takes the
//! guest's cart along.
//!
//! Invariants: a device belongs to one scope for ever; its secret alone opens a guest's scope, never an account; an
//! access token lives ten minutes, a login as long as its refresh token is used, and a refresh token that turns up
//! twice ends its login.
//!
//! Registering with an e-mail that has an account is refused in plain words. With a login right after registering,
//! hiding it would not keep the secret (one login would tell) and would leave an honest shopper with an account that
//! does not open elsewhere; so it is told, and tries are limited by network. Logging in, a forgotten password and a
//! changed e-mail answer alike, and take as long, whether there is such an account or not.

mod credential;
mod enter;
mod export;
mod letters;
mod limits;
mod model;
mod password;
mod routes;
mod sessions;
mod storage;

pub use enter::create_account;
pub use letters::run_job;
pub use model::{Email, Refusal, Right, Role};
pub use routes::routes;
pub use storage::Preferences;

use crate::{
    platform::{Platform, db::Db, problem::Problem},
    scope::Actor,
};
use limits::Limits;
use sea_orm::DbErr;
use std::sync::Arc;

/// What the room's handlers ask for: the platform, and how often things were tried.
#[derive(Clone)]
pub struct Accounts {
    platform: Platform,
    limits: Arc<Limits>,
}

impl Accounts {
    pub fn new(platform: Platform) -> Self {
        Self {
            platform,
            limits: Arc::default(),
        }
    }

    /// One more try, or when the next is allowed.
    fn count(&self, limit: limits::Limit, key: &str) -> Result<(), Refusal> {
        self.limits.count(limit, key, self.platform.now())
    }
}

/// Lets only accounts pass of which one role has this right.
pub async fn require(platform: &Platform, actor: Actor, right: Right) -> Result<(), Problem> {
    let roles = storage::roles(platform.db.reader(), actor.scope_id).await?;
    let held = roles.iter().filter_map(|role| Role::parse(role));
    if held.flat_map(Role::rights).any(|held| *held == right) {
        return Ok(());
    }
    Err(Problem::forbidden(
        "This is for staff of the market. Log in with an account that has the right.",
    ))
}

/// Gives an account a role, or takes it. False when no account has this e-mail.
pub async fn set_role(db: &Db, email: &str, role: Role, is_granted: bool) -> Result<bool, DbErr> {
    let Some(email) = Email::parse(email) else {
        return Ok(false);
    };
    let Some(account) = storage::account_by_email(db.reader(), &email).await? else {
        return Ok(false);
    };
    db.write(move |tx| {
        Box::pin(async move {
            if is_granted {
                storage::add_role(tx, account.scope_id, role).await
            } else {
                storage::remove_role(tx, account.scope_id, role).await
            }
        })
    })
    .await?;
    Ok(true)
}
