//! `/auth/…`: in and out.

use super::{
    Caller, MaybeActor, SessionReply, answer, cookie_name, email_field, given_password,
    new_password_field, no_store, pair_fields,
};
use crate::{
    accounts::{
        Accounts,
        enter::{self, Login, Registration},
        letters, limits,
        model::Refusal,
        routes::me::PreferenceFields,
        sessions::{self, Refreshed},
    },
    platform::{
        extract::Body,
        problem::{Problem, ProblemBody},
    },
};
use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite},
    http::StatusCode,
    post, web,
};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(guest)
        .service(register)
        .service(login)
        .service(refresh)
        .service(logout)
        .service(forgot)
        .service(reset);
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct GuestRequest {
    /// A UUIDv7 made on the phone.
    device_id: Uuid,
    /// 32 random bytes made on the phone, base64url.
    secret: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterRequest {
    email: String,
    /// 8 to 256 characters.
    password: String,
    locale: Option<String>,
    country: Option<String>,
    /// Without a guest's bearer: the phone that the new account is opened on. It may also be added later.
    device_id: Option<Uuid>,
    secret: Option<String>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct LoginRequest {
    email: String,
    password: String,
    device_id: Uuid,
    secret: String,
    /// With a guest's bearer: the guest's cart, to be taken along.
    guest_cart: Option<Uuid>,
}

/// Opens a guest's scope, or the one this pair has opened before.
#[utoipa::path(tag = "accounts", request_body = GuestRequest, responses(
    (status = 201, body = SessionReply), (status = 409, description = "device-taken", body = ProblemBody),
    (status = 401, description = "the phone belongs to an account", body = ProblemBody), (status = 429, body = ProblemBody)))]
#[post("/auth/guest")]
async fn guest(
    accounts: web::Data<Accounts>,
    caller: Caller,
    body: Body<GuestRequest>,
) -> Result<HttpResponse, Problem> {
    let platform = &accounts.platform;
    let pair = pair_fields(body.0.device_id, body.0.secret)?;
    accounts.count_network(limits::GUESTS, &caller)?;
    let session = enter::guest(platform, pair, caller.cookie).await?;
    answer(platform, StatusCode::CREATED, session, None).await
}

/// Makes the guest's scope an account in place, or opens a new account.
#[utoipa::path(tag = "accounts", request_body = RegisterRequest, security((), ("bearer" = [])), responses(
    (status = 201, body = SessionReply), (status = 409, description = "the e-mail has an account", body = ProblemBody),
    (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
#[post("/auth/register")]
async fn register(
    MaybeActor(actor): MaybeActor,
    accounts: web::Data<Accounts>,
    caller: Caller,
    body: Body<RegisterRequest>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let pair = match (body.device_id, body.secret) {
        (Some(device_id), Some(secret)) => Some(pair_fields(device_id, secret)?),
        (None, None) => None,
        _ => {
            return Err(Problem::field(
                "/secret",
                "Send device_id and secret together.",
            ));
        }
    };
    let preferences = PreferenceFields {
        locale: body.locale,
        country: body.country,
        currency: None,
    };
    let wish = Registration {
        email: email_field(&body.email)?,
        password: new_password_field(&body.password)?,
        preferences: preferences.parse()?,
        pair,
    };
    accounts.count_network(limits::REGISTRATIONS, &caller)?;
    let session = enter::register(&accounts.platform, actor, wish, caller.cookie).await?;
    answer(&accounts.platform, StatusCode::CREATED, session, None).await
}

/// Opens an account on this phone; with a guest's bearer the guest's cart comes along, once.
#[utoipa::path(tag = "accounts", request_body = LoginRequest, security((), ("bearer" = [])), responses(
    (status = 200, body = SessionReply), (status = 401, body = ProblemBody),
    (status = 409, description = "device-taken", body = ProblemBody), (status = 429, body = ProblemBody)))]
#[post("/auth/login")]
async fn login(
    MaybeActor(actor): MaybeActor,
    accounts: web::Data<Accounts>,
    caller: Caller,
    body: Body<LoginRequest>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let wish = Login {
        email: email_field(&body.email)?,
        password: given_password(&body.password)?,
        pair: pair_fields(body.device_id, body.secret)?,
        guest_cart: body.guest_cart,
    };
    accounts.count_network(limits::LOGINS, &caller)?;
    let key = wish.email.as_str().to_owned();
    accounts.count(limits::PASSWORDS, &key)?;
    let result = enter::login(&accounts.platform, actor, wish, caller.cookie.clone()).await;
    if !matches!(result, Err(Refusal::WrongLogin)) {
        accounts.limits.give_back(limits::PASSWORDS, &key);
        accounts.give_back_network(limits::LOGINS, &caller);
    }
    let (session, absorbed) = result?;
    answer(&accounts.platform, StatusCode::OK, session, absorbed).await
}

/// A new access token for the login in the cookie, which gets a new refresh token
///
/// Without a cookie nobody is signed in here, which is no error: 204.
#[utoipa::path(tag = "accounts", responses(
    (status = 200, body = SessionReply), (status = 204, description = "no cookie"), (status = 401, body = ProblemBody)))]
#[post("/auth/refresh")]
async fn refresh(accounts: web::Data<Accounts>, caller: Caller) -> Result<HttpResponse, Problem> {
    let platform = accounts.platform.clone();
    let Some(cookie) = caller.cookie else {
        return Ok(no_store(StatusCode::NO_CONTENT).finish());
    };
    let refreshed = platform
        .db
        .write({
            let platform = platform.clone();
            move |tx| {
                let (platform, cookie) = (platform.clone(), cookie.clone());
                Box::pin(async move { sessions::refresh(&platform, tx, &cookie).await })
            }
        })
        .await?;
    match refreshed {
        Refreshed::Renewed(session) => answer(&platform, StatusCode::OK, session, None).await,
        Refreshed::Stolen => Err(Refusal::SessionStolen.into()),
        Refreshed::Unknown => Err(Refusal::NoSession.into()),
    }
}

/// Ends the login in the cookie. The device stays known, so that unsent taps may still be sent.
#[utoipa::path(tag = "accounts", responses((status = 204)))]
#[post("/auth/logout")]
async fn logout(accounts: web::Data<Accounts>, caller: Caller) -> Result<HttpResponse, Problem> {
    let platform = accounts.platform.clone();
    if let Some(cookie) = caller.cookie {
        let keys = platform.clone();
        platform
            .db
            .write(move |tx| {
                let (platform, cookie) = (keys.clone(), cookie.clone());
                Box::pin(async move { sessions::end(&platform, tx, &cookie).await })
            })
            .await?;
    }
    let mut gone = Cookie::build(cookie_name(&platform.config), "")
        .path("/")
        .http_only(true)
        .secure(platform.config.is_https())
        .same_site(SameSite::Strict)
        .finish();
    gone.make_removal();
    Ok(no_store(StatusCode::NO_CONTENT).cookie(gone).finish())
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ForgottenPassword {
    email: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    /// From the mail's link.
    token: String,
    /// 8 to 256 characters.
    password: String,
}

/// Mails a link for a new password, if this e-mail has an account; the answer is the same if not.
#[utoipa::path(tag = "accounts", request_body = ForgottenPassword, responses((status = 202), (status = 429, body = ProblemBody)))]
#[post("/auth/password/forgot")]
async fn forgot(
    accounts: web::Data<Accounts>,
    caller: Caller,
    body: Body<ForgottenPassword>,
) -> Result<HttpResponse, Problem> {
    let email = email_field(&body.0.email)?;
    accounts.count_network(limits::FORGOTTEN, &caller)?;
    letters::forgot(&accounts, email).await?;
    Ok(no_store(StatusCode::ACCEPTED).finish())
}

/// Sets a new password by the mailed link; every login of the account ends.
#[utoipa::path(tag = "accounts", request_body = NewPassword, responses(
    (status = 204), (status = 404, description = "the link is spent", body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/auth/password/reset")]
async fn reset(
    accounts: web::Data<Accounts>,
    body: Body<NewPassword>,
) -> Result<HttpResponse, Problem> {
    let password = new_password_field(&body.0.password)?;
    letters::reset(&accounts.platform, &body.0.token, password).await?;
    Ok(no_store(StatusCode::NO_CONTENT).finish())
}

impl Accounts {
    fn count_network(&self, limit: limits::Limit, caller: &Caller) -> Result<(), Refusal> {
        caller
            .network
            .as_deref()
            .map_or(Ok(()), |network| self.count(limit, network))
    }

    fn give_back_network(&self, limit: limits::Limit, caller: &Caller) {
        if let Some(network) = &caller.network {
            self.limits.give_back(limit, network);
        }
    }
}
