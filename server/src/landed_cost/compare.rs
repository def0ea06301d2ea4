//! `POST /quotes/compare`: the same purchase by the rules of two days, side by side.

use crate::{
    landed_cost::{
        model::{Quote, QuoteRule},
        quote::LandedCost,
        routes::{self, QuoteRequest},
    },
    platform::{Platform, extract::Body, problem::Problem},
    scope::Actor,
};
use actix_web::{HttpResponse, post, web};
use sampan_engine::time::Day;
use serde::{Deserialize, Serialize};

/// The same purchase on two days.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareRequest {
    /// `YYYY-MM-DD`, both.
    #[schema(value_type = Vec<String>, min_items = 2, max_items = 2)]
    pub days: [String; 2],
    pub quote: QuoteRequest,
}

/// Two reckonings at today's prices and rates of exchange; neither is promised.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct QuoteComparison {
    pub quotes: Vec<Quote>,
    /// Rules of the first day that do not hold on the second.
    pub gone: Vec<QuoteRule>,
    /// Rules of the second day that did not hold on the first.
    pub new: Vec<QuoteRule>,
}

/// What the same purchase costs by the rules of two days
#[utoipa::path(tag = "checkout", request_body = CompareRequest,
    responses((status = 200, body = QuoteComparison), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[post("/quotes/compare")]
pub async fn compare(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    body: Body<CompareRequest>,
) -> Result<HttpResponse, Problem> {
    let CompareRequest { days, quote } = body.0;
    let [Some(first), Some(second)] = days.map(|day| Day::parse(&day)) else {
        return Err(Problem::field(
            "/days",
            "Two days such as 2026-06-30 and 2026-07-01.",
        ));
    };
    let ask = routes::read(&platform, &actor, quote).await?;
    let reader = platform.db.reader();
    let days = [first, second];
    let quotes = landed_cost
        .on_days(reader, platform.now(), &days, &ask)
        .await?;
    let quotes = quotes.map_err(routes::refused)?;
    let comparison = QuoteComparison {
        gone: missing(&quotes, 0, 1),
        new: missing(&quotes, 1, 0),
        quotes,
    };
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(comparison))
}

/// Rules of one quote that another does not rest on.
fn missing(quotes: &[Quote], one: usize, other: usize) -> Vec<QuoteRule> {
    let rules = |at: usize| {
        quotes
            .get(at)
            .map_or(&[][..], |quote| quote.rules.as_slice())
    };
    let is_same = |a: &QuoteRule, b: &QuoteRule| {
        (a.kind, &a.parcel, &a.name, &a.rate) == (b.kind, &b.parcel, &b.name, &b.rate)
    };
    let is_there = |rule: &&QuoteRule| rules(other).iter().any(|known| is_same(rule, known));
    let gone = rules(one).iter().filter(|rule| !is_there(rule));
    gone.cloned().collect()
}
