//! `POST /sync` and `GET /sync/live`.

use crate::{
    platform::{Platform, extract, problem::Problem},
    scope::{Actor, actor, devices},
    sync::{
        Sync,
        exchange::{Exchange, SyncReply, device_unknown},
        live, pull,
    },
};
use actix_web::{FromRequest, HttpRequest, HttpResponse, get, post, web};
use sampan_engine::protocol::Request;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub fn routes(config: &mut ServiceConfig) {
    config.service(exchange).service(stream);
}

/// One round trip: push this phone's ops, hear what changed
///
/// Bearer of the scope that owns the device, or `Device <id>:<secret>`, which pushes but reads nothing.
#[utoipa::path(tag = "sync", responses(
    (status = 200, body = SyncReply),
    (status = 401, body = crate::platform::problem::ProblemBody),
    (status = 409, description = "device-forked", body = crate::platform::problem::ProblemBody),
))]
#[post("/sync")]
pub async fn exchange(
    http: HttpRequest,
    sync: web::Data<Sync>,
    body: extract::RawBody,
) -> Result<HttpResponse, Problem> {
    let (scope_id, device, signed_in) = authenticate(&http, &sync.platform).await?;
    let request: Request = serde_json::from_slice(&body.0).map_err(|error| {
        Problem::bad_request("bad-json", format!("The request is not readable: {error}."))
    })?;
    if device.is_some_and(|device| device != request.device) {
        return Err(device_unknown());
    }
    let exchange = Exchange::read(scope_id, signed_in, request)?;
    let reply = if exchange.ops.is_empty() {
        pull::pull(&sync.platform, &sync.rooms, exchange).await?
    } else {
        sync.batcher.exchange(exchange).await?
    };
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(reply))
}

/// An event stream of content-free pokes, read by `fetch` with Authorization
#[utoipa::path(tag = "sync", responses((status = 200, content_type = "text/event-stream", body = String)))]
#[get("/sync/live")]
pub async fn stream(http: HttpRequest, sync: web::Data<Sync>) -> Result<HttpResponse, Problem> {
    live::stream(&http, &sync).await
}

/// Scope, device if the credentials name one that must match, and whether a bearer was given.
async fn authenticate(
    http: &HttpRequest,
    platform: &Platform,
) -> Result<(Uuid, Option<Uuid>, bool), Problem> {
    let Some(pair) = actor::credentials(http, "Device") else {
        let actor = Actor::extract(http).await?;
        return Ok((actor.scope_id, None, true));
    };
    let (id, secret) = pair.split_once(':').unwrap_or((pair, ""));
    let id = Uuid::try_parse(id).map_err(|_| device_unknown())?;
    let device = devices::find(platform.db.reader(), id)
        .await?
        .filter(|device| !device.signed_out);
    let device = device
        .filter(|device| devices::is_secret(device, secret))
        .ok_or_else(device_unknown)?;
    Ok((device.scope_id, Some(device.device_id), false))
}
