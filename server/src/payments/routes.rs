//! `GET /payments/{id}` and the sandbox's bank page in one call.

use crate::{
    payments::{
        Payments,
        model::{Payment, PaymentState},
        settle, storage,
    },
    platform::{Platform, extract::Body, problem::Problem},
    scope::Actor,
};
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(confirm);
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Payment)]
pub struct PaymentView {
    pub id: Uuid,
    pub state: PaymentState,
    pub provider: String,
}

/// The shopper's answer to their bank.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SandboxConfirm {
    pub accept: bool,
}

impl From<Payment> for PaymentView {
    fn from(payment: Payment) -> Self {
        Self {
            id: payment.id,
            state: payment.state,
            provider: payment.method.provider,
        }
    }
}

/// Where a payment stands
#[utoipa::path(tag = "checkout", responses((status = 200, body = PaymentView), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[get("/payments/{id}")]
pub async fn show(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    answer(&platform, actor.scope_id, *id).await
}

/// Answers the sandbox's bank: yes, it is me, or no
#[utoipa::path(tag = "checkout", request_body = SandboxConfirm, responses((status = 200, body = PaymentView), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[post("/payments/{id}/sandbox-confirm")]
pub async fn confirm(
    actor: Actor,
    platform: web::Data<Platform>,
    payments: web::Data<Payments>,
    id: web::Path<Uuid>,
    body: Body<SandboxConfirm>,
) -> Result<HttpResponse, Problem> {
    let payment = storage::find(platform.db.reader(), actor.scope_id, *id)
        .await?
        .filter(|payment| payment.method.provider == super::sandbox::NAME)
        .ok_or_else(|| Problem::not_found("payment"))?;
    if payment.state == PaymentState::RequiresAction {
        payments.sandbox.confirm(payment.id, body.0.accept).await?;
        storage::processing(&platform, actor.scope_id, payment.id).await?;
        settle::heard_of(&platform, payment.id).await?;
    }
    answer(&platform, actor.scope_id, *id).await
}

async fn answer(platform: &Platform, scope_id: Uuid, id: Uuid) -> Result<HttpResponse, Problem> {
    let payment = storage::find(platform.db.reader(), scope_id, id)
        .await?
        .ok_or_else(|| Problem::not_found("payment"))?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(PaymentView::from(payment)))
}
