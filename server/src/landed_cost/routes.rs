//! `POST /quotes`

use crate::{
    cart,
    landed_cost::{
        buyer::Buyer,
        compare,
        model::{Quote, QuoteDestination, Terms, Wishes},
        nomenclature,
        quote::{Ask, AskError, LandedCost},
        slice,
        storage::KeepError,
    },
    platform::{Platform, extract::Body, problem::Problem},
    scope::Actor,
};
use actix_web::{HttpResponse, post, web};
use sampan_engine::{freight::Service, money::Currency, protocol::MAX_QUANTITY, trade::Sku};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const MAX_LINES: usize = 200;
const RETRY_SECONDS: u32 = 2;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(create)
        .service(compare::compare)
        .service(slice::show)
        .service(nomenclature::search);
}

/// Either lines or a cart.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteRequest {
    #[serde(default)]
    pub lines: Option<Vec<QuoteRequestLine>>,
    #[serde(default)]
    pub cart_id: Option<Uuid>,
    pub ship_to: QuoteDestination,
    #[schema(value_type = String, example = "EUR")]
    pub currency: Currency,
    #[serde(default)]
    pub buyer: Option<Buyer>,
    /// Who pays at the border; without it the seller does wherever all of it is known.
    #[serde(default)]
    pub terms: Option<Terms>,
    /// Without it the cheapest that takes each parcel.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "express")]
    pub service: Option<Service>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteRequestLine {
    #[schema(value_type = String)]
    pub sku: Sku,
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub quantity: i64,
}

/// What these lines cost to the door, frozen for thirty minutes
#[utoipa::path(tag = "checkout", request_body = QuoteRequest,
    responses((status = 200, body = Quote), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[post("/quotes")]
pub async fn create(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    body: Body<QuoteRequest>,
) -> Result<HttpResponse, Problem> {
    let ask = read(&platform, &actor, body.0).await?;
    let (id, now) = (platform.new_id(), platform.now());
    let quote = landed_cost
        .quote(platform.db.reader(), id, now, &ask)
        .await?
        .map_err(refused)?;
    let body = serde_json::to_string(&quote).map_err(Problem::internal)?;
    let kept = landed_cost.keep(actor.scope_id, &quote, body.clone(), now);
    kept.await.map_err(not_kept)?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .content_type("application/json")
        .body(body))
}

pub(super) async fn read(
    platform: &Platform,
    actor: &Actor,
    body: QuoteRequest,
) -> Result<Ask, Problem> {
    if !body.ship_to.country.is_assigned() {
        return Err(Problem::field(
            "/ship_to/country",
            "Not a country; send its ISO 3166-1 code, such as PT.",
        ));
    }
    let lines = match (body.lines, body.cart_id) {
        (Some(lines), None) => given(lines)?,
        (None, Some(cart_id)) => cart::lines(platform.db.reader(), actor.scope_id, cart_id)
            .await?
            .ok_or_else(|| Problem::not_found("cart"))?,
        _ => {
            return Err(Problem::field("/lines", "Send either lines or cart_id."));
        }
    };
    if !(1..=MAX_LINES).contains(&lines.len()) {
        return Err(Problem::field("/lines", "A quote is for 1 to 200 lines."));
    }
    let buyer = body.buyer.map(Buyer::checked).transpose();
    let buyer = buyer.map_err(|mistake| Problem::field(mistake.pointer, mistake.detail))?;
    Ok(Ask {
        lines,
        to: body.ship_to,
        currency: body.currency,
        wishes: Wishes {
            buyer,
            terms: body.terms,
            service: body.service,
        },
    })
}

fn given(lines: Vec<QuoteRequestLine>) -> Result<Vec<(String, i64)>, Problem> {
    let wrong = lines
        .iter()
        .position(|line| !(1..=MAX_QUANTITY).contains(&line.quantity));
    if let Some(index) = wrong {
        return Err(Problem::field(
            &format!("/lines/{index}/quantity"),
            "A whole number from 1 to 1,000,000.",
        ));
    }
    Ok(lines
        .into_iter()
        .map(|line| (line.sku.as_str().to_owned(), line.quantity))
        .collect())
}

fn not_kept(error: KeepError) -> Problem {
    match error {
        KeepError::Busy => Problem::unavailable(RETRY_SECONDS),
        KeepError::Database(error) => Problem::from(&*error),
    }
}

pub(super) fn refused(error: AskError) -> Problem {
    match error {
        AskError::UnknownCurrency(currency) => {
            Problem::field("/currency", format!("There is no rate for {currency}."))
        }
        AskError::NoFreight(origin) => Problem::field(
            "/ship_to/country",
            format!("Nothing is sent from {origin} to there."),
        ),
        AskError::TooLarge => Problem::field("/lines", "This is more than one order can hold."),
    }
}
