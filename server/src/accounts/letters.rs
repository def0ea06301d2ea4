//! Mail with a link in it: a forgotten password, a changed e-mail. A link works once, for an hour. The database keeps a
//! hash; the job that writes the mail makes the link again, so no job ever holds it.

use crate::{
    accounts::{
        Accounts,
        credential::{Credential, Use},
        limits,
        model::{Email, Password, Refusal},
        password, sessions, storage,
    },
    platform::{
        Platform,
        db::{self, Tx},
        mail::Mail,
        outbox::{Job, JobEnd, JobError},
        texts,
    },
    scope::{self, Actor},
};
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const LINK_SECONDS: i64 = 3_600;
const JOB: &str = "accounts.mail";

/// What a link may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Reset,
    Email,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Purpose::Reset => "reset",
            Purpose::Email => "email",
        }
    }
}

/// The payload of `accounts.mail`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
enum Letter {
    /// To an account with this e-mail, if there is one: looked up here, so that the request takes as long either way.
    Reset { email: String },
    /// To the new address.
    Confirm { scope_id: Uuid, link_id: Uuid },
    /// To the old address, after the change.
    Changed {
        scope_id: Uuid,
        to: String,
        email: String,
    },
}

/// A link's row.
struct Link {
    email: String,
    token_hash: Vec<u8>,
    expires_at: i64,
}

/// Mails a link for a new password, if the e-mail has an account. Nobody can tell from the answer.
pub async fn forgot(accounts: &Accounts, email: Email) -> Result<(), Refusal> {
    if accounts.count(limits::MAILS, email.as_str()).is_err() {
        return Ok(());
    }
    let outbox = accounts.platform.outbox.clone();
    let letter = move || Letter::Reset {
        email: email.as_str().to_owned(),
    };
    let write = accounts.platform.db.write(move |tx| {
        let (outbox, letter) = (outbox.clone(), letter());
        Box::pin(async move { Ok(outbox.enqueue(tx, JOB, &letter).await?) })
    });
    write.await
}

/// Sets the new password; every login of the account ends, the mailed links are spent.
pub async fn reset(platform: &Platform, token: &str, wish: Password) -> Result<(), Refusal> {
    let token = own_link(platform, token)?;
    let now = platform.now().micros();
    check(platform.db.reader(), &token, Purpose::Reset, now).await?;
    let hash = password::hash(&wish).await?;
    let write = platform.db.write(move |tx| {
        let (token, hash) = (token.clone(), hash.clone());
        Box::pin(async move {
            spend(tx, &token, Purpose::Reset, now).await?;
            void(tx, token.scope_id, Purpose::Reset, now).await?;
            let text = "UPDATE account SET password_hash = $2 WHERE scope_id = $1";
            if db::execute(tx, text, [token.scope_id.into(), hash.into()]).await? == 0 {
                return Err(Refusal::LinkSpent);
            }
            Ok(sessions::end_all(tx, token.scope_id).await?)
        })
    });
    write.await
}

/// Mails a link to the new address; until it is opened nothing changes. Whether the address is free is not told.
pub async fn change_email(
    accounts: &Accounts,
    actor: Actor,
    email: Email,
    given: Password,
) -> Result<(), Refusal> {
    let platform = accounts.platform.clone();
    let account = storage::account(platform.db.reader(), actor.scope_id)
        .await?
        .ok_or(Refusal::NotAnAccount)?;
    accounts.count(limits::PASSWORDS, &account.email)?;
    if !password::verify(&given, Some(account.password_hash)).await? {
        return Err(Refusal::WrongPassword);
    }
    accounts.limits.give_back(limits::PASSWORDS, &account.email);
    accounts.count(limits::MAILS, &actor.scope_id.to_string())?;
    let link_id = platform.ids.v4();
    let (db, now) = (platform.db.clone(), platform.now().micros());
    db.write(move |tx| {
        let (platform, email) = (platform.clone(), email.clone());
        Box::pin(async move {
            let scope_id = actor.scope_id;
            void(tx, scope_id, Purpose::Email, now).await?;
            insert(
                &platform,
                tx,
                Purpose::Email,
                scope_id,
                link_id,
                email.as_str(),
            )
            .await?;
            let letter = Letter::Confirm { scope_id, link_id };
            Ok(platform.outbox.enqueue(tx, JOB, &letter).await?)
        })
    })
    .await
}

/// The new address is the account's; the old one hears of it, and links mailed there are spent.
pub async fn confirm_email(platform: &Platform, token: &str) -> Result<(), Refusal> {
    let token = own_link(platform, token)?;
    let platform = platform.clone();
    let scope_id = token.scope_id;
    let rooms = platform.clone();
    scope::in_scope_tx(&rooms, scope_id, move |tx, _| {
        let (platform, token) = (platform.clone(), token.clone());
        Box::pin(async move {
            let now = platform.now().micros();
            let link = spend(tx, &token, Purpose::Email, now).await?;
            let email = Email::parse(&link.email).ok_or(Refusal::LinkSpent)?;
            let account = storage::account(tx, scope_id)
                .await?
                .ok_or(Refusal::LinkSpent)?;
            if !storage::claim_email(tx, &email, scope_id).await? {
                return Err(Refusal::EmailTaken);
            }
            storage::move_email(tx, scope_id, &account.email, &email).await?;
            void(tx, scope_id, Purpose::Reset, now).await?;
            let changed = Letter::Changed {
                scope_id,
                to: account.email,
                email: link.email,
            };
            Ok(platform.outbox.enqueue(tx, JOB, &changed).await?)
        })
    })
    .await
}

/// The address that waits to be confirmed.
pub async fn pending_email(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    now_micros: i64,
) -> Result<Option<String>, DbErr> {
    let text = "SELECT email FROM mail_link WHERE scope_id = $1 AND purpose = 'email' AND used_at IS NULL \
                AND expires_at > $2 ORDER BY created_at DESC LIMIT 1";
    let row = db::fetch_one(connection, text, [scope_id.into(), now_micros.into()]).await?;
    row.map(|row| row.try_get("", "email")).transpose()
}

/// Runs a job of this room.
pub async fn run_job(platform: &Platform, job: &Job) -> Result<JobEnd, JobError> {
    if job.kind != JOB {
        return Err(JobError(format!("accounts has no job {}", job.kind)));
    }
    let mail = match job.payload::<Letter>()? {
        Letter::Reset { email } => reset_mail(platform, job.id, &email).await?,
        Letter::Confirm { scope_id, link_id } => {
            confirm_mail(platform, job.id, scope_id, link_id).await?
        }
        Letter::Changed {
            scope_id,
            to,
            email,
        } => Some(
            write(
                platform,
                job.id,
                scope_id,
                to,
                "changed",
                &[("email", &email)],
            )
            .await?,
        ),
    };
    if let Some(mail) = mail {
        platform.mailer.send(&mail).await?;
    }
    Ok(JobEnd::Done)
}

async fn reset_mail(platform: &Platform, job: Uuid, email: &str) -> Result<Option<Mail>, JobError> {
    let Some(email) = Email::parse(email) else {
        return Ok(None);
    };
    let Some(account) = storage::account_by_email(platform.db.reader(), &email).await? else {
        return Ok(None);
    };
    let (scope_id, writer, to) = (account.scope_id, platform.clone(), account.email.clone());
    platform
        .db
        .write(move |tx| {
            let (platform, to) = (writer.clone(), to.clone());
            Box::pin(async move { insert(&platform, tx, Purpose::Reset, scope_id, job, &to).await })
        })
        .await?;
    let link = address(platform, "reset", scope_id, job);
    let mail = write(
        platform,
        job,
        scope_id,
        account.email,
        "reset",
        &[("link", &link)],
    )
    .await?;
    Ok(Some(mail))
}

async fn confirm_mail(
    platform: &Platform,
    job: Uuid,
    scope_id: Uuid,
    link_id: Uuid,
) -> Result<Option<Mail>, JobError> {
    let reader = platform.db.reader();
    let Some(link) = find(
        reader,
        scope_id,
        link_id,
        Purpose::Email,
        platform.now().micros(),
    )
    .await?
    else {
        return Ok(None);
    };
    let is_taken = match Email::parse(&link.email) {
        Some(email) => storage::account_by_email(reader, &email).await?.is_some(),
        None => true,
    };
    if is_taken {
        return Ok(None);
    }
    let to = address(platform, "confirm-email", scope_id, link_id);
    let words: [(&str, &str); 2] = [("link", &to), ("email", &link.email)];
    let mail = write(
        platform,
        job,
        scope_id,
        link.email.clone(),
        "confirm",
        &words,
    )
    .await?;
    Ok(Some(mail))
}

async fn write(
    platform: &Platform,
    id: Uuid,
    scope_id: Uuid,
    to: String,
    letter: &str,
    words: &[(&str, &str)],
) -> Result<Mail, DbErr> {
    let facts = storage::scope(platform.db.reader(), scope_id).await?;
    let locale = facts.map_or(texts::LOCALES[0], |facts| texts::negotiate(&facts.locale));
    let words: Vec<(&str, texts::Arg<'_>)> = words
        .iter()
        .map(|(name, value)| (*name, texts::Arg::from(*value)))
        .collect();
    let part = |part: &str| texts::text(locale, &format!("mail-{letter}-{part}"), &words);
    Ok(Mail {
        id,
        to,
        subject: part("subject"),
        text: part("body"),
        locale: locale.to_owned(),
        at: platform.now(),
    })
}

fn address(platform: &Platform, page: &str, scope_id: Uuid, link_id: Uuid) -> String {
    let token = Credential::new(&platform.keys, Use::MailLink, scope_id, link_id, 0);
    format!(
        "{}/{page}?token={}",
        platform.config.public_url(),
        token.encode()
    )
}

fn own_link(platform: &Platform, token: &str) -> Result<Credential, Refusal> {
    Credential::decode(token)
        .filter(|token| token.is_ours(&platform.keys, Use::MailLink))
        .ok_or(Refusal::LinkSpent)
}

/// A repeat with the same id changes nothing.
async fn insert(
    platform: &Platform,
    tx: &Tx,
    purpose: Purpose,
    scope_id: Uuid,
    link_id: Uuid,
    email: &str,
) -> Result<(), DbErr> {
    let now = platform.now();
    let token = Credential::new(&platform.keys, Use::MailLink, scope_id, link_id, 0);
    let text = "INSERT INTO mail_link (scope_id, id, purpose, email, token_hash, created_at, expires_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (scope_id, id) DO NOTHING";
    let values = [
        scope_id.into(),
        link_id.into(),
        purpose.as_str().into(),
        email.into(),
        token.hash().into(),
        now.micros().into(),
        now.plus_seconds(LINK_SECONDS).micros().into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

async fn find(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    link_id: Uuid,
    purpose: Purpose,
    now_micros: i64,
) -> Result<Option<Link>, DbErr> {
    let text = "SELECT email, token_hash, expires_at FROM mail_link \
                WHERE scope_id = $1 AND id = $2 AND purpose = $3 AND used_at IS NULL";
    let values = [scope_id.into(), link_id.into(), purpose.as_str().into()];
    let Some(row) = db::fetch_one(connection, text, values).await? else {
        return Ok(None);
    };
    let link = Link {
        email: row.try_get("", "email")?,
        token_hash: row.try_get("", "token_hash")?,
        expires_at: row.try_get("", "expires_at")?,
    };
    Ok((link.expires_at > now_micros).then_some(link))
}

async fn check(
    connection: &impl ConnectionTrait,
    token: &Credential,
    purpose: Purpose,
    now_micros: i64,
) -> Result<Link, Refusal> {
    find(connection, token.scope_id, token.id, purpose, now_micros)
        .await?
        .filter(|link| token.has_hash(&link.token_hash))
        .ok_or(Refusal::LinkSpent)
}

/// Once only: of two at the same time one finds the link spent.
async fn spend(
    tx: &Tx,
    token: &Credential,
    purpose: Purpose,
    now_micros: i64,
) -> Result<Link, Refusal> {
    let link = check(tx, token, purpose, now_micros).await?;
    let text =
        "UPDATE mail_link SET used_at = $3 WHERE scope_id = $1 AND id = $2 AND used_at IS NULL";
    let values = [token.scope_id.into(), token.id.into(), now_micros.into()];
    match db::execute(tx, text, values).await? {
        0 => Err(Refusal::LinkSpent),
        _ => Ok(link),
    }
}

async fn void(tx: &Tx, scope_id: Uuid, purpose: Purpose, now_micros: i64) -> Result<(), DbErr> {
    let text = "UPDATE mail_link SET used_at = $3 WHERE scope_id = $1 AND purpose = $2 AND used_at IS NULL";
    let values = [scope_id.into(), purpose.as_str().into(), now_micros.into()];
    db::execute(tx, text, values).await.map(|_| ())
}
