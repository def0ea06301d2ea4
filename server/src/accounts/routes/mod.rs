//! The room's face: what requests carry, what replies look like, and refusals in plain words.

mod auth;
mod devices;
mod me;

use crate::{
    accounts::{
        limits::network_prefix,
        model::{Email, Pair, Password, Refusal},
        sessions::{IDLE_DAYS, Session},
        storage,
    },
    catalog::{self, MemberShop},
    platform::{Platform, config::Config, problem::Problem, token},
    scope::{Actor, dataset, devices::hash_secret},
};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
    http::{StatusCode, header},
    web,
};
use serde::Serialize;
use std::future::{Ready, ready};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Routes under `/api/v1`.
pub fn routes(config: &mut ServiceConfig) {
    auth::routes(config);
    devices::routes(config);
    me::routes(config);
}

/// What every way in answers; the refresh token travels in a cookie beside it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionReply {
    pub access_token: String,
    /// Seconds.
    pub expires_in: i64,
    pub scope_id: Uuid,
    /// The cart that taps go to.
    pub cart_id: Option<Uuid>,
    pub epoch: String,
    /// Null for a guest.
    pub account: Option<AccountCard>,
    /// Only after a login that named a guest's cart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absorbed: Option<AbsorbedCart>,
}

/// An account as its owner's phone shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AccountCard {
    pub email: String,
    /// `seller`, `operator`
    pub roles: Vec<String>,
    /// Shops that this account works for.
    pub shops: Vec<MemberShop>,
}

/// How many lines came along from the guest's cart; the same however often the login is repeated.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AbsorbedCart {
    pub lines: i64,
}

/// The reply of every way in.
async fn answer(
    platform: &Platform,
    status: StatusCode,
    session: Session,
    absorbed: Option<i64>,
) -> Result<HttpResponse, Problem> {
    let reader = platform.db.reader();
    let facts = storage::scope(reader, session.scope_id)
        .await?
        .filter(|facts| !facts.is_erased)
        .ok_or(Refusal::NoSuchScope)?;
    let reply = SessionReply {
        access_token: token::sign(platform, session.scope_id, session.device_id)?,
        expires_in: token::ACCESS_SECONDS,
        scope_id: session.scope_id,
        cart_id: facts.open_cart,
        epoch: dataset::epoch(reader).await?,
        account: account_card(platform, session.scope_id).await?,
        absorbed: absorbed.map(|lines| AbsorbedCart { lines }),
    };
    let cookie = refresh_cookie(&platform.config, session.refresh_token);
    Ok(no_store(status).cookie(cookie).json(reply))
}

async fn account_card(platform: &Platform, scope_id: Uuid) -> Result<Option<AccountCard>, Problem> {
    let reader = platform.db.reader();
    let Some(account) = storage::account(reader, scope_id).await? else {
        return Ok(None);
    };
    Ok(Some(AccountCard {
        email: account.email,
        roles: storage::roles(reader, scope_id).await?,
        shops: catalog::shops_of(reader, scope_id).await?,
    }))
}

/// Personal: kept by no cache.
fn no_store(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response
}

fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() {
        "__Host-sampan_refresh"
    } else {
        "sampan_refresh"
    }
}

fn refresh_cookie(config: &Config, token: String) -> Cookie<'static> {
    Cookie::build(cookie_name(config), token)
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Strict)
        .max_age(Duration::days(IDLE_DAYS))
        .finish()
}

/// The bearer if the request carries one; a bad one is told, never taken for none.
pub struct MaybeActor(pub Option<Actor>);

impl FromRequest for MaybeActor {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !request.headers().contains_key(header::AUTHORIZATION) {
            return ready(Ok(Self(None)));
        }
        let actor = Actor::from_request(request, payload).into_inner();
        ready(actor.map(|actor| Self(Some(actor))))
    }
}

/// Where the request comes from: its network, and the login in its cookie.
pub struct Caller {
    /// None for this machine itself.
    pub network: Option<String>,
    pub cookie: Option<String>,
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let forwarded_for = request
            .headers()
            .get("x-forwarded-for")
            .and_then(|value| value.to_str().ok());
        let network = request
            .peer_addr()
            .and_then(|peer| network_prefix(peer.ip(), forwarded_for));
        let cookie = request
            .app_data::<web::Data<Platform>>()
            .and_then(|platform| request.cookie(cookie_name(&platform.config)))
            .map(|cookie| cookie.value().to_owned());
        ready(Ok(Self { network, cookie }))
    }
}

fn email_field(text: &str) -> Result<Email, Problem> {
    Email::parse(text).ok_or_else(|| {
        Problem::field(
            "/email",
            "Give one e-mail address, such as ana@example.com.",
        )
    })
}

fn new_password_field(text: &str) -> Result<Password, Problem> {
    Password::new(text)
        .ok_or_else(|| Problem::field("/password", "Take a password of 8 to 256 characters."))
}

/// A password to compare. One that no account can have still takes the way of a wrong one.
fn given_password(text: &str) -> Result<Password, Problem> {
    Password::given(text).ok_or_else(|| Refusal::WrongLogin.into())
}

fn pair_fields(device_id: Uuid, secret: String) -> Result<Pair, Problem> {
    if device_id.is_nil() || device_id.is_max() {
        return Err(Problem::field("/device_id", "Make a UUIDv7 on the phone."));
    }
    let secret_hash = hash_secret(&secret).ok_or_else(|| {
        Problem::field(
            "/secret",
            "Make 32 random bytes on the phone and send them as base64url.",
        )
    })?;
    Ok(Pair {
        device_id,
        secret,
        secret_hash,
    })
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::DeviceTaken => Problem::conflict(
                "device-taken",
                "This device id is in use with another secret, or was signed out. Take a new device id; keep the taps.",
            ),
            Refusal::DeviceOfAccount => Problem::unauthorized(
                "This phone belongs to an account. Log in with e-mail and password; unsent taps stay on the phone.",
            ),
            Refusal::TooManyDevices => Problem::conflict(
                "conflict",
                "This account is open on 50 phones. Sign one out under Devices, then try again.",
            ),
            Refusal::NoSuchDevice => Problem::not_found("device"),
            Refusal::WrongLogin => Problem::unauthorized(
                "E-mail and password do not belong together. Check both, or ask for a new password.",
            ),
            Refusal::WrongPassword => Problem::forbidden("This is not the account's password."),
            Refusal::EmailTaken => Problem::conflict(
                "conflict",
                "This e-mail already has an account. Log in, or ask for a new password.",
            ),
            Refusal::AlreadyAccount => Problem::conflict(
                "conflict",
                "This phone already has an account. Log out before registering another.",
            ),
            Refusal::NotAnAccount => {
                Problem::forbidden("Register first: a guest has no e-mail and no password.")
            }
            Refusal::NotAGuest => Problem::field(
                "/guest_cart",
                "Send the access token of the guest whose cart it is.",
            ),
            Refusal::NoSession => Problem::unauthorized(
                "This login has ended. Log in again; unsent taps stay on the phone.",
            ),
            Refusal::SessionStolen => Problem::unauthorized(
                "This login was used from two places, so it was ended. Log in again; if that was not you, change your password.",
            ),
            Refusal::LinkSpent => Problem::new(
                StatusCode::NOT_FOUND,
                "not-found",
                "This link was used already or has expired. Ask for a new one.",
            ),
            Refusal::TooManyTries {
                retry_after_seconds,
            } => Problem::too_many_requests(retry_after_seconds),
            Refusal::Busy => Problem::unavailable(2),
            Refusal::NoSuchScope => Problem::new(
                StatusCode::UNAUTHORIZED,
                "device-unknown",
                "The shop does not know this shopper. Open the guest again with the same pair, or log in.",
            ),
            Refusal::Fault(cause) => Problem::internal(cause),
            Refusal::Database(error) => error.into(),
        }
    }
}
