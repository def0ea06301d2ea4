//! `/me`: the shopper's own facts.

use super::{account_card, email_field, given_password, no_store};
use crate::{
    accounts::{
        Accounts, export, letters,
        model::Refusal,
        storage::{self, Preferences},
    },
    catalog::MemberShop,
    platform::{
        extract::Body,
        problem::{Problem, ProblemBody},
    },
    registers,
    scope::{self, Actor},
};
use actix_web::{HttpResponse, delete, get, http::StatusCode, patch, post, web};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(me)
        .service(change)
        .service(change_email)
        .service(confirm_email)
        .service(export_me)
        .service(erase_me);
}

/// What the shopper prefers; a field left out stays as it is.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreferenceFields {
    /// `en`, `es`, `ar` or `zh`; a regional tag such as `es-MX` is taken for its language.
    pub locale: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct Me {
    scope_id: Uuid,
    /// `guest` or `account`
    kind: &'static str,
    email: Option<String>,
    /// An address that waits to be confirmed by its mail.
    email_pending: Option<String>,
    locale: String,
    country: Option<String>,
    currency: String,
    roles: Vec<String>,
    shops: Vec<MemberShop>,
}

/// Who I am to the shop.
#[utoipa::path(tag = "accounts", security(("bearer" = [])), responses(
    (status = 200, body = Me), (status = 401, body = ProblemBody)))]
#[get("/me")]
async fn me(actor: Actor, accounts: web::Data<Accounts>) -> Result<HttpResponse, Problem> {
    Ok(no_store(StatusCode::OK).json(read(&accounts, actor).await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct EmailChange {
    email: String,
    /// The account's password.
    password: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct LinkToken {
    /// From the mail's link.
    token: String,
}

/// Changes language, country or currency on all phones.
#[utoipa::path(tag = "accounts", request_body = PreferenceFields, security(("bearer" = [])), responses(
    (status = 200, body = Me), (status = 422, body = ProblemBody)))]
#[patch("/me")]
async fn change(
    actor: Actor,
    accounts: web::Data<Accounts>,
    body: Body<PreferenceFields>,
) -> Result<HttpResponse, Problem> {
    let wish = body.0.parse()?;
    scope::in_scope_tx(&accounts.platform, actor.scope_id, move |tx, revision| {
        let wish = wish.clone();
        Box::pin(async move {
            registers::prefer(tx, revision, &wish.chosen()).await?;
            Ok::<_, Refusal>(())
        })
    })
    .await?;
    Ok(no_store(StatusCode::OK).json(read(&accounts, actor).await?))
}

/// Mails a link to a new address; it becomes the account's when the link is opened.
#[utoipa::path(tag = "accounts", request_body = EmailChange, security(("bearer" = [])), responses(
    (status = 202), (status = 403, description = "wrong password, or a guest", body = ProblemBody), (status = 429, body = ProblemBody)))]
#[post("/me/email")]
async fn change_email(
    actor: Actor,
    accounts: web::Data<Accounts>,
    body: Body<EmailChange>,
) -> Result<HttpResponse, Problem> {
    let email = email_field(&body.0.email)?;
    let password = given_password(&body.0.password)?;
    letters::change_email(&accounts, actor, email, password).await?;
    Ok(no_store(StatusCode::ACCEPTED).finish())
}

/// Opens the mailed link.
#[utoipa::path(tag = "accounts", request_body = LinkToken, responses(
    (status = 204), (status = 404, description = "the link is spent", body = ProblemBody), (status = 409, body = ProblemBody)))]
#[post("/me/email/confirm")]
async fn confirm_email(
    accounts: web::Data<Accounts>,
    body: Body<LinkToken>,
) -> Result<HttpResponse, Problem> {
    letters::confirm_email(&accounts.platform, &body.0.token).await?;
    Ok(no_store(StatusCode::NO_CONTENT).finish())
}

/// Everything kept about the person, secrets left out.
#[utoipa::path(tag = "accounts", security(("bearer" = [])), responses((status = 200, body = Object)))]
#[get("/me/export")]
async fn export_me(actor: Actor, accounts: web::Data<Accounts>) -> Result<HttpResponse, Problem> {
    let everything = export::export(&accounts.platform, actor.scope_id).await?;
    Ok(no_store(StatusCode::OK).json(everything))
}

/// Erases the person: logins end at once, personal data goes; orders stay without name, street, e-mail and phone, those
/// on their way as soon as they have arrived.
#[utoipa::path(tag = "accounts", security(("bearer" = [])), responses((status = 204)))]
#[delete("/me")]
async fn erase_me(actor: Actor, accounts: web::Data<Accounts>) -> Result<HttpResponse, Problem> {
    let platform = accounts.platform.clone();
    let now = platform.now();
    platform
        .db
        .write({
            let platform = platform.clone();
            move |tx| {
                let platform = platform.clone();
                Box::pin(async move {
                    let mut scopes = scope::guests_of(tx, actor.scope_id).await?;
                    scopes.push(actor.scope_id);
                    for taken in scope::take_revisions(tx, scopes, now.millis()).await? {
                        storage::close_scope(tx, taken.scope_id, now.micros()).await?;
                        let whom = serde_json::json!({ "scope_id": taken.scope_id });
                        platform.outbox.enqueue(tx, "app.erase", &whom).await?;
                    }
                    Ok::<_, Refusal>(())
                })
            }
        })
        .await?;
    Ok(no_store(StatusCode::NO_CONTENT).finish())
}

async fn read(accounts: &Accounts, actor: Actor) -> Result<Me, Problem> {
    let reader = accounts.platform.db.reader();
    let facts = storage::scope(reader, actor.scope_id)
        .await?
        .filter(|facts| !facts.is_erased)
        .ok_or(Refusal::NoSuchScope)?;
    let card = account_card(&accounts.platform, actor.scope_id).await?;
    let (email, roles, shops) = card.map_or((None, Vec::new(), Vec::new()), |card| {
        (Some(card.email), card.roles, card.shops)
    });
    Ok(Me {
        scope_id: actor.scope_id,
        kind: if facts.is_account { "account" } else { "guest" },
        email,
        email_pending: letters::pending_email(
            reader,
            actor.scope_id,
            accounts.platform.now().micros(),
        )
        .await?,
        locale: facts.locale,
        country: facts.country,
        currency: facts.currency,
        roles,
        shops,
    })
}

impl PreferenceFields {
    pub fn parse(self) -> Result<Preferences, Problem> {
        use sampan_engine::{money::Currency, trade::CountryCode};
        let locale = self.locale.map(|text| {
            let is_tag = (2..=35).contains(&text.len())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            is_tag.then_some(text).ok_or_else(|| {
                Problem::field("/locale", "Give a language tag such as en, es, ar or zh.")
            })
        });
        let country = self.country.map(|text| {
            CountryCode::parse(&text)
                .map(|country| country.to_string())
                .ok_or_else(|| {
                    Problem::field("/country", "Give two letters of ISO 3166-1, such as ES.")
                })
        });
        let currency = self.currency.map(|text| {
            Currency::parse(&text)
                .map(|currency| currency.to_string())
                .ok_or_else(|| {
                    Problem::field("/currency", "Give three letters of ISO 4217, such as EUR.")
                })
        });
        Ok(Preferences {
            locale: locale.transpose()?,
            country: country.transpose()?,
            currency: currency.transpose()?,
        })
    }
}
