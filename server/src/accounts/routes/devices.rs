//! `/devices`: the phones of a scope.

use super::{Caller, SessionReply, answer, no_store, pair_fields};
use crate::{
    accounts::{Accounts, enter, model::Refusal, storage},
    platform::{
        extract::Body,
        problem::{Problem, ProblemBody},
    },
    scope::Actor,
};
use actix_web::{HttpResponse, delete, get, http::StatusCode, post, web};
use sampan_engine::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const MAX_NAME_CHARS: usize = 60;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(add)
        .service(list)
        .service(sign_out_others)
        .service(sign_out);
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct DeviceRequest {
    device_id: Uuid,
    /// 32 random bytes made on the phone, base64url.
    secret: String,
    /// What the list shows, such as "Chrome on Android".
    name: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct DeviceItem {
    device_id: Uuid,
    name: String,
    created_at: String,
    last_seen_at: String,
    /// The device that asks.
    current: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
struct DeviceList {
    items: Vec<DeviceItem>,
}

/// A further device of the scope, or this one under a new id; the login goes on as that device.
#[utoipa::path(tag = "accounts", request_body = DeviceRequest, security(("bearer" = [])), responses(
    (status = 201, body = SessionReply), (status = 409, description = "device-taken", body = ProblemBody)))]
#[post("/devices")]
async fn add(
    actor: Actor,
    accounts: web::Data<Accounts>,
    caller: Caller,
    body: Body<DeviceRequest>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let name = body.name.unwrap_or_default();
    if name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
        return Err(Problem::field(
            "/name",
            "Take a name of at most 60 characters, in one line.",
        ));
    }
    let pair = pair_fields(body.device_id, body.secret)?;
    let session = enter::add_device(&accounts.platform, actor, pair, name, caller.cookie).await?;
    answer(&accounts.platform, StatusCode::CREATED, session, None).await
}

/// The devices that are signed in, the latest seen first.
#[utoipa::path(tag = "accounts", security(("bearer" = [])), responses((status = 200, body = DeviceList)))]
#[get("/devices")]
async fn list(actor: Actor, accounts: web::Data<Accounts>) -> Result<HttpResponse, Problem> {
    let rows = storage::devices(accounts.platform.db.reader(), actor.scope_id).await?;
    let items = rows.into_iter().map(|row| DeviceItem {
        device_id: row.device_id,
        name: row.name,
        created_at: Timestamp::from_micros(row.created_at).rfc3339(),
        last_seen_at: Timestamp::from_micros(row.last_seen_at).rfc3339(),
        current: row.device_id == actor.device_id,
    });
    Ok(no_store(StatusCode::OK).json(DeviceList {
        items: items.collect(),
    }))
}

/// Signs one device out: its login and its secret end at once, an access token it holds within ten minutes.
#[utoipa::path(tag = "accounts", security(("bearer" = [])), params(("id" = Uuid, Path)), responses(
    (status = 204), (status = 404, body = ProblemBody)))]
#[delete("/devices/{id}")]
async fn sign_out(
    actor: Actor,
    accounts: web::Data<Accounts>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let (device_id, now) = (id.into_inner(), accounts.platform.now().micros());
    let known = accounts
        .platform
        .db
        .write(move |tx| Box::pin(enter::sign_out(tx, actor.scope_id, device_id, now)))
        .await?;
    if !known {
        return Err(Refusal::NoSuchDevice.into());
    }
    Ok(no_store(StatusCode::NO_CONTENT).finish())
}

/// Signs every other device out.
#[utoipa::path(tag = "accounts", security(("bearer" = [])), responses((status = 204)))]
#[post("/devices/sign-out-others")]
async fn sign_out_others(
    actor: Actor,
    accounts: web::Data<Accounts>,
) -> Result<HttpResponse, Problem> {
    let now = accounts.platform.now().micros();
    accounts
        .platform
        .db
        .write(move |tx| {
            Box::pin(async move {
                for device in storage::devices(tx, actor.scope_id).await? {
                    if device.device_id != actor.device_id {
                        enter::sign_out(tx, actor.scope_id, device.device_id, now).await?;
                    }
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    Ok(no_store(StatusCode::NO_CONTENT).finish())
}
