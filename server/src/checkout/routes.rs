//! `POST /checkouts`: begins the machine under the request's key and waits for its end.

use crate::{
    cart,
    checkout::{
        Checkouts, Stepping,
        machine::{Next, StepError},
        model::{Checkout, Request, State, Why},
        request::{CheckoutRequest, is_intent},
        storage,
    },
    landed_cost, orders,
    payments::{self, PaymentState, PaymentView},
    platform::{
        Platform,
        extract::Body,
        problem::{FieldError, Problem},
    },
    scope::{Actor, in_scope_tx},
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, post, web};
use sampan_engine::parcel::BatchState;
use serde::Serialize;
use std::time::Duration;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// How long a request waits for the machine.
const WAIT: Duration = Duration::from_secs(10);
/// How long the request's own driver rests when the provider does not answer.
const REST: Duration = Duration::from_millis(250);
/// When the outbox takes over, should this process die.
const TAKE_OVER_SECONDS: i64 = 15;

pub fn routes(config: &mut ServiceConfig) {
    config.service(create);
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct CheckoutPlaced {
    pub order_group_id: Uuid,
    pub orders: Vec<PlacedOrder>,
    pub payment: PaymentView,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PlacedOrder {
    pub id: Uuid,
    pub number: String,
    pub state: BatchState,
}

/// Orders what a quote says. The header `Idempotency-Key` is required: the same key gets the same answer
#[utoipa::path(tag = "checkout", request_body = CheckoutRequest,
    params(("Idempotency-Key" = String, Header, description = "A UUID, or 8 to 64 letters and digits; one for each order")),
    responses((status = 201, body = CheckoutPlaced), (status = 409, body = crate::platform::problem::ProblemBody),
        (status = 422, body = crate::platform::problem::ProblemBody)))]
#[post("/checkouts")]
pub async fn create(
    actor: Actor,
    platform: web::Data<Platform>,
    checkouts: web::Data<Checkouts>,
    request: HttpRequest,
    body: Body<CheckoutRequest>,
) -> Result<HttpResponse, Problem> {
    let intent = idempotency_key(&request)?;
    checkouts.begin(actor.scope_id, &intent, body.0).await?;
    checkouts.drive(actor.scope_id, &intent).await;
    let checkout = storage::find(platform.db.reader(), actor.scope_id, &intent)
        .await?
        .ok_or_else(|| Problem::not_found("checkout"))?;
    answer(&platform, checkout).await
}

fn idempotency_key(request: &HttpRequest) -> Result<String, Problem> {
    let key = request.headers().get("idempotency-key");
    let key = key
        .and_then(|key| key.to_str().ok())
        .map(|key| key.trim().trim_matches('"'));
    key.filter(|key| is_intent(key)).map(str::to_owned).ok_or_else(|| {
        Problem::bad_request(
            "invalid",
            "Send the header Idempotency-Key: a UUID, or 8 to 64 letters and digits, one for each order.",
        )
    })
}

impl Checkouts {
    /// Stores the checkout under its key, once.
    async fn begin(
        &self,
        scope_id: Uuid,
        intent: &str,
        body: CheckoutRequest,
    ) -> Result<(), Problem> {
        let reader = self.platform.db.reader();
        let hash = body.hash();
        if let Some(known) = storage::find(reader, scope_id, intent).await? {
            return same_request(&known, &hash);
        }
        let problems = body.problems();
        if !problems.is_empty() {
            return Err(Problem::invalid(problems));
        }
        if cart::lines(reader, scope_id, body.cart_id).await?.is_none() {
            return Err(Problem::not_found("cart"));
        }
        let quote = landed_cost::find(reader, scope_id, body.quote_id)
            .await?
            .ok_or_else(|| Problem::not_found("quote"))?;
        if quote.expires_at <= self.platform.now() {
            return Err(refusal(Why::QuoteExpired));
        }
        let checkout = Checkout {
            scope_id,
            intent: intent.to_owned(),
            state: State::Queued,
            why: None,
            op_id: None,
            request_hash: hash,
            cart_id: body.cart_id,
            request: Request {
                quote_id: Some(body.quote_id),
                lines: quote.wanted(),
                ship_to: body.ship_to,
                contact: body.contact,
                payment_method: body.payment_method,
                max_total: quote.total,
            },
            order_group: self.platform.new_id(),
            payment_id: self.platform.new_id(),
            quote: None,
            created_at: self.platform.now().micros(),
        };
        self.store(checkout).await
    }

    async fn store(&self, checkout: Checkout) -> Result<(), Problem> {
        let outbox = self.platform.outbox.clone();
        let (scope_id, hash) = (checkout.scope_id, checkout.request_hash.clone());
        let first = in_scope_tx(&self.platform, scope_id, move |tx, revision| {
            let (outbox, checkout) = (outbox.clone(), checkout.clone());
            Box::pin(async move {
                if let Some(known) = storage::find(tx, scope_id, &checkout.intent).await? {
                    return Ok::<_, StepError>(known);
                }
                storage::insert(tx, revision, &checkout).await?;
                let step = Stepping {
                    scope_id,
                    intent: checkout.intent.clone(),
                };
                outbox
                    .enqueue_in(tx, "checkout.step", &step, TAKE_OVER_SECONDS)
                    .await?;
                Ok(checkout)
            })
        });
        same_request(&first.await.map_err(failed)?, &hash)
    }

    /// Runs the machine until it ends or waits for the shopper, at most ten seconds. It goes on without the caller.
    async fn drive(&self, scope_id: Uuid, intent: &str) {
        let (room, intent) = (self.clone(), intent.to_owned());
        let driver = tokio::spawn(tokio::time::timeout(WAIT, async move {
            loop {
                match room.step(scope_id, &intent).await {
                    Ok(Next::Again) => {}
                    Ok(Next::Provider) => tokio::time::sleep(REST).await,
                    Ok(Next::Shopper | Next::End) => return,
                    Err(error) => {
                        tracing::warn!(%error, "a checkout waits for the outbox");
                        return;
                    }
                }
            }
        }));
        // Late, or ended early: either way the stored state is what counts.
        let _ = driver.await;
    }
}

fn same_request(known: &Checkout, hash: &[u8]) -> Result<(), Problem> {
    if known.request_hash == hash {
        return Ok(());
    }
    Err(Problem::invalid(vec![FieldError {
        pointer: "Idempotency-Key".to_owned(),
        detail: "This key was used for another order. Make a new one.".to_owned(),
    }]))
}

async fn answer(platform: &Platform, checkout: Checkout) -> Result<HttpResponse, Problem> {
    let payment = payment_of(platform, &checkout).await?;
    match (checkout.state, checkout.why) {
        (State::Placed, _) => {
            let orders = orders::of_group(
                platform.db.reader(),
                checkout.scope_id,
                checkout.order_group,
            )
            .await?;
            let placed = CheckoutPlaced {
                order_group_id: checkout.order_group,
                orders: orders
                    .into_iter()
                    .map(|order| PlacedOrder {
                        id: order.id,
                        number: order.number,
                        state: order.state,
                    })
                    .collect(),
                payment: payment.ok_or_else(|| Problem::internal("an order without a payment"))?,
            };
            Ok(HttpResponse::Created()
                .insert_header(("cache-control", "no-store"))
                .json(placed))
        }
        (State::Cancelled, why) => {
            let quote = serde_json::to_value(&checkout.quote).unwrap_or_default();
            Err(refusal(why.unwrap_or(Why::Closed)).with("quote", quote))
        }
        (State::Withdrawn, _) => Err(refusal(Why::Closed)),
        _ => Err(match payment {
            Some(payment) if payment.state == PaymentState::RequiresAction => {
                let payment = serde_json::to_value(payment).unwrap_or_default();
                refusal(Why::Authenticate).with("payment", payment)
            }
            _ => Problem::conflict(
                "in-progress",
                "The order is being placed. Ask again with the same key.",
            )
            .retry_after(2),
        }),
    }
}

async fn payment_of(
    platform: &Platform,
    checkout: &Checkout,
) -> Result<Option<PaymentView>, Problem> {
    let payment =
        payments::find(platform.db.reader(), checkout.scope_id, checkout.payment_id).await?;
    Ok(payment.map(PaymentView::from))
}

fn refusal(why: Why) -> Problem {
    let (slug, detail) = why.problem();
    Problem::new(StatusCode::CONFLICT, slug, detail)
}

fn failed(error: StepError) -> Problem {
    match error {
        StepError::Short => refusal(Why::Stock),
        StepError::Scope(error) => error.into(),
    }
}
