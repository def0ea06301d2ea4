//! `/me`: the shopper's own facts.

use super::{MemberShop, account_card, no_store};
use crate::{
    accounts::{
        Accounts,
        model::Refusal,
        storage::{self, Preferences},
    },
    platform::problem::{Problem, ProblemBody},
    scope::Actor,
};
use actix_web::{HttpResponse, get, http::StatusCode, web};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub fn routes(config: &mut ServiceConfig) {
    config.service(me);
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

async fn read(accounts: &Accounts, actor: Actor) -> Result<Me, Problem> {
    let facts = storage::scope(accounts.platform.db.reader(), actor.scope_id)
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
        email_pending: None,
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
