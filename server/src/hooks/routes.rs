//! The hooks, each 204 when its signature holds.

use super::record::record;
use crate::{
    payments::{self, Payments, WebhookError},
    platform::{Platform, extract::RawBody, problem::Problem, signature},
    shipments::{
        self, Report,
        carriers::{Adapter, CarrierEvent, Scan, Unreadable},
    },
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, post, web};
use std::collections::BTreeMap;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    config.service(carrier).service(payment);
}

/// A carrier's reports, signed by its own scheme: `generic`, `emsevt` (JSON or CSV), `aftership`, `17track`, `easypost`
#[utoipa::path(tag = "hooks", request_body = CarrierEvent, responses((status = 204), (status = 401, body = crate::platform::problem::ProblemBody), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[post("/hooks/carriers/{provider}")]
pub async fn carrier(
    platform: web::Data<Platform>,
    provider: web::Path<String>,
    request: HttpRequest,
    body: RawBody,
) -> Result<HttpResponse, Problem> {
    let adapter = Adapter::parse(&provider).ok_or_else(|| Problem::not_found("carrier"))?;
    let secret = adapter.secret(&platform.keys.webhooks).ok_or_else(forged)?;
    let (signature, now) = (header(&request, adapter.header()), platform.now());
    adapter
        .verify(secret, signature, &body.0, now)
        .map_err(|error| {
            tracing::warn!(%error, adapter = adapter.as_str(), "a carrier hook was refused");
            forged()
        })?;
    let scans = adapter.read(&body.0, now).map_err(unreadable)?;
    for (number, reports) in by_number(scans) {
        for (scope_id, parcel_id) in
            shipments::find_by_number(platform.db.reader(), &number).await?
        {
            record(&platform, scope_id, parcel_id, &reports).await?;
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
        .parse_webhook(header(&request, signature::HEADER), &body.0, platform.now())
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

/// A message may tell of many parcels, and of one of them many times.
fn by_number(scans: Vec<Scan>) -> BTreeMap<String, Vec<Report>> {
    let mut reports: BTreeMap<String, Vec<Report>> = BTreeMap::new();
    for scan in scans {
        reports.entry(scan.number).or_default().push(scan.report);
    }
    reports
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> &'a str {
    let header = request.headers().get(name);
    header
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn unreadable(error: Unreadable) -> Problem {
    if error.pointer.is_empty() {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", error.detail)
    } else {
        Problem::field(&error.pointer, &error.detail)
    }
}

fn forged() -> Problem {
    Problem::unauthorized("The signature does not hold for this body and time.")
}
