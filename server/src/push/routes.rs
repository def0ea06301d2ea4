//! `/push`: the key, this person's phones, a test.

use super::{
    Push,
    endpoint::{self, Mistake},
    figures, jobs,
    model::{Level, MailLevel, Step},
    quiet::{QuietHours, is_zone},
    storage::{self, NewSubscription},
};
use crate::{
    platform::{
        Platform,
        extract::Body,
        problem::{Problem, ProblemBody},
    },
    scope::Actor,
};
use actix_web::{HttpResponse, delete, get, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const MAX_LOCALE: usize = 35;
const TEST_EVERY_SECONDS: i64 = 10;

/// Routes under `/api/v1`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(key)
        .service(subscribe)
        .service(unsubscribe)
        .service(test)
        .service(order)
        .service(mute)
        .service(mail)
        .service(set_mail)
        .service(figures::show);
}

/// The key that a browser subscribes with.
#[derive(Serialize, utoipa::ToSchema)]
struct PushKey {
    /// P-256 point, uncompressed, base64url.
    key: String,
}

/// What `PushSubscription.toJSON()` holds, and how much this phone wants to hear.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PushSubscriptionRequest {
    endpoint: String,
    keys: PushSubscriptionKeys,
    /// Left as it was when absent; `important` for a new one.
    level: Option<Level>,
    /// What the level `chosen` rings for; left as it was when absent.
    #[serde(default)]
    #[schema(max_items = 20)]
    steps: Option<Vec<Step>>,
    /// Language of the messages; the person's own when absent.
    locale: Option<String>,
    /// IANA name of the zone the phone is in; without it there are no quiet hours.
    #[serde(default)]
    #[schema(example = "Europe/Lisbon")]
    zone: Option<String>,
    /// Left as they were when absent; ten to eight for a new one.
    #[serde(default)]
    quiet: Option<QuietHours>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PushSubscriptionKeys {
    p256dh: String,
    auth: String,
}

#[derive(Serialize, utoipa::ToSchema)]
struct PushSubscriptionReply {
    id: Uuid,
}

/// The public key for subscribing
#[utoipa::path(tag = "push", responses((status = 200, body = PushKey)))]
#[get("/push/key")]
async fn key(push: web::Data<Push>) -> Result<HttpResponse, Problem> {
    let (_, key) = push.key().map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-cache"))
        .json(PushKey { key }))
}

/// Tell this phone when an order moves; sent again on every start of the app
#[utoipa::path(tag = "push", responses(
    (status = 200, body = PushSubscriptionReply),
    (status = 422, body = ProblemBody),
))]
#[put("/push/subscriptions")]
async fn subscribe(
    actor: Actor,
    platform: web::Data<Platform>,
    push: web::Data<Push>,
    body: Body<PushSubscriptionRequest>,
) -> Result<HttpResponse, Problem> {
    let new = checked(actor, &push, body.0)?;
    let (id, now) = (platform.new_id(), platform.now());
    let id = platform
        .db
        .write(move |tx| {
            let new = new.clone();
            Box::pin(async move { storage::put(tx, &new, id, now).await })
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(PushSubscriptionReply { id }))
}

/// Say no more to a phone; saying it twice is harmless
#[utoipa::path(tag = "push", responses((status = 204)))]
#[delete("/push/subscriptions/{id}")]
async fn unsubscribe(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    platform
        .db
        .write(move |tx| Box::pin(async move { storage::remove(tx, actor.scope_id, id).await }))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Send a test to each of this person's phones
#[utoipa::path(tag = "push", responses((status = 202), (status = 429, body = ProblemBody)))]
#[post("/push/test")]
async fn test(actor: Actor, platform: web::Data<Platform>) -> Result<HttpResponse, Problem> {
    let last = storage::last_test(platform.db.reader(), actor.scope_id).await?;
    let again = last.map_or(i64::MIN, |at| at.plus_seconds(TEST_EVERY_SECONDS).micros());
    if platform.now().micros() < again {
        let seconds = u32::try_from(TEST_EVERY_SECONDS).unwrap_or(u32::MAX);
        return Err(Problem::too_many_requests(seconds));
    }
    jobs::plan_test(&platform, actor.scope_id).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Whether an order rings this person's phones.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PushOrder {
    muted: bool,
}

/// Does this order ring?
#[utoipa::path(tag = "push", responses((status = 200, body = PushOrder)))]
#[get("/push/orders/{id}")]
async fn order(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let muted = storage::is_muted(platform.db.reader(), actor.scope_id, *id).await?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(PushOrder { muted }))
}

/// Say nothing of an order on any of this person's phones, or ring again
#[utoipa::path(tag = "push", request_body = PushOrder, responses((status = 204)))]
#[put("/push/orders/{id}")]
async fn mute(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
    body: Body<PushOrder>,
) -> Result<HttpResponse, Problem> {
    let (id, muted, now) = (*id, body.0.muted, platform.now());
    platform
        .db
        .write(move |tx| {
            Box::pin(async move { storage::mute(tx, actor.scope_id, id, muted, now).await })
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What this person is told by mail when none of their phones can be reached.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PushMail {
    level: MailLevel,
}

/// What is told by mail?
#[utoipa::path(tag = "push", responses((status = 200, body = PushMail)))]
#[get("/push/mail")]
async fn mail(actor: Actor, platform: web::Data<Platform>) -> Result<HttpResponse, Problem> {
    let level = storage::mail_level(platform.db.reader(), actor.scope_id).await?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(PushMail { level }))
}

/// Tell important steps by mail when no phone can be reached, or nothing
#[utoipa::path(tag = "push", request_body = PushMail, responses((status = 204)))]
#[put("/push/mail")]
async fn set_mail(
    actor: Actor,
    platform: web::Data<Platform>,
    body: Body<PushMail>,
) -> Result<HttpResponse, Problem> {
    let level = body.0.level;
    platform
        .db
        .write(move |tx| Box::pin(storage::set_mail_level(tx, actor.scope_id, level)))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn checked(
    actor: Actor,
    push: &Push,
    request: PushSubscriptionRequest,
) -> Result<NewSubscription, Problem> {
    push.sender
        .allowed()
        .endpoint(&request.endpoint)
        .map_err(told)?;
    let locale = request.locale;
    let is_tag = |tag: &String| {
        (2..=MAX_LOCALE).contains(&tag.len())
            && tag
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if locale.as_ref().is_some_and(|tag| !is_tag(tag)) {
        return Err(Problem::field(
            "/locale",
            "A language tag such as en or zh-Hans.",
        ));
    }
    if request.zone.as_deref().is_some_and(|zone| !is_zone(zone)) {
        return Err(Problem::field(
            "/zone",
            "A zone of the IANA's database, such as Europe/Lisbon.",
        ));
    }
    if request.quiet.is_some_and(|quiet| !quiet.is_clock()) {
        return Err(Problem::field(
            "/quiet",
            "Minutes after midnight, 0 to 1439, both.",
        ));
    }
    if request
        .steps
        .as_ref()
        .is_some_and(|steps| steps.len() > Step::ALL.len())
    {
        return Err(Problem::field("/steps", "Each step once at most."));
    }
    let (kid, _) = push.key().map_err(Problem::internal)?;
    Ok(NewSubscription {
        scope_id: actor.scope_id,
        device_id: actor.device_id,
        endpoint: request.endpoint,
        p256dh: endpoint::public_key(&request.keys.p256dh).map_err(told)?,
        auth: endpoint::auth(&request.keys.auth).map_err(told)?,
        kid,
        level: request.level,
        steps: request.steps,
        locale,
        zone: request.zone,
        quiet: request.quiet,
    })
}

fn told(mistake: Mistake) -> Problem {
    match mistake {
        Mistake::Endpoint(why) => Problem::field("/endpoint", why),
        Mistake::PublicKey => Problem::field(
            "/keys/p256dh",
            "65 bytes in base64url: an uncompressed point of P-256, as the browser gives it.",
        ),
        Mistake::Auth => Problem::field(
            "/keys/auth",
            "16 bytes in base64url, as the browser gives it.",
        ),
    }
}
