//! The hooks, each 204 when its signature holds.

use crate::{
    orders,
    payments::{self, Payments, WebhookError},
    platform::{
        Platform,
        extract::{RawBody, parse},
        problem::Problem,
        signature,
    },
    scope::{ScopeError, in_scope_tx},
    shipments::{self, ParcelRow, Report, normal_number},
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, post, web};
use sampan_engine::{parcel::ParcelState, time::Timestamp};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const GENERIC: &str = "generic";
const MAX_EVENT_ID_CHARS: usize = 200;
const MAX_PLACE_CHARS: usize = 200;

pub fn routes(config: &mut ServiceConfig) {
    config.service(carrier).service(payment);
}

/// What the generic carrier hook says of a parcel.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarrierEvent {
    /// The carrier's own id; a repeat changes nothing.
    pub event_id: String,
    pub tracking_number: String,
    pub state: ParcelState,
    #[schema(value_type = String)]
    pub at: Timestamp,
    #[serde(default)]
    pub place: Option<String>,
}

/// A carrier's report, signed in `X-Sampan-Signature`
#[utoipa::path(tag = "hooks", request_body = CarrierEvent, responses((status = 204), (status = 401, body = crate::platform::problem::ProblemBody)))]
#[post("/hooks/carriers/{provider}")]
pub async fn carrier(
    platform: web::Data<Platform>,
    provider: web::Path<String>,
    request: HttpRequest,
    body: RawBody,
) -> Result<HttpResponse, Problem> {
    if provider.as_str() != GENERIC {
        return Err(Problem::not_found("carrier"));
    }
    let secret = platform.keys.webhooks.get(GENERIC).ok_or_else(forged)?;
    signature::verify(secret, signed(&request), &body.0, platform.now()).map_err(|error| {
        tracing::warn!(%error, "a carrier hook was refused");
        forged()
    })?;
    let event: CarrierEvent = parse(&body.0)?;
    check(&event)?;
    if let Some(number) = normal_number(&event.tracking_number) {
        let report = Report {
            event_id: event.event_id,
            at: event.at.micros(),
            state: event.state,
            place: event.place,
            text: None,
        };
        for (scope_id, parcel_id) in
            shipments::find_by_number(platform.db.reader(), &number).await?
        {
            record(&platform, scope_id, parcel_id, &report).await?;
        }
    }
    Ok(HttpResponse::NoContent().finish())
}

/// A payment provider's notice, signed by its own scheme
#[utoipa::path(tag = "hooks", responses((status = 204), (status = 401, body = crate::platform::problem::ProblemBody)))]
#[post("/hooks/payments/{provider}")]
pub async fn payment(
    platform: web::Data<Platform>,
    payments: web::Data<Payments>,
    provider: web::Path<String>,
    request: HttpRequest,
    body: RawBody,
) -> Result<HttpResponse, Problem> {
    let provider = payments
        .provider(&provider)
        .ok_or_else(|| Problem::not_found("provider"))?;
    let payment_id = provider
        .parse_webhook(signed(&request), &body.0, platform.now())
        .map_err(|error| match error {
            WebhookError::Forged => forged(),
            WebhookError::Unreadable => Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                "The body is not one of this provider's notices.",
            ),
        })?;
    payments::heard_of(&platform, payment_id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes the report for one parcel; what is known already takes no revision.
async fn record(
    platform: &Platform,
    scope_id: Uuid,
    parcel_id: Uuid,
    report: &Report,
) -> Result<(), Problem> {
    let reader = platform.db.reader();
    let Some(parcel) = shipments::find_by_id(reader, scope_id, parcel_id).await? else {
        return Ok(());
    };
    if shipments::is_known(reader, &parcel, &report.event_id).await? {
        return Ok(());
    }
    let (room, report) = (platform.clone(), report.clone());
    in_scope_tx(platform, scope_id, move |tx, revision| {
        let (platform, report) = (room.clone(), report.clone());
        Box::pin(async move {
            let parcel: Option<ParcelRow> = shipments::find_by_id(tx, scope_id, parcel_id).await?;
            if let Some(parcel) = parcel {
                orders::report(&platform, tx, revision, &parcel, &report).await?;
            }
            Ok::<_, ScopeError>(())
        })
    })
    .await
    .map_err(Problem::from)
}

fn check(event: &CarrierEvent) -> Result<(), Problem> {
    if !(1..=MAX_EVENT_ID_CHARS).contains(&event.event_id.chars().count()) {
        return Err(Problem::field("/event_id", "1 to 200 characters."));
    }
    let place = event.place.as_deref().unwrap_or_default();
    if place.chars().count() > MAX_PLACE_CHARS {
        return Err(Problem::field("/place", "At most 200 characters."));
    }
    Ok(())
}

fn signed(request: &HttpRequest) -> &str {
    let header = request.headers().get(signature::HEADER);
    header
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn forged() -> Problem {
    Problem::unauthorized("The signature does not hold for this body and time.")
}
