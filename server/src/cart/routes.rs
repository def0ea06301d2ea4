//! `GET /carts/{id}`: an open cart screen refreshes what the market answers.

use crate::{
    cart::{
        line::{CartLineValue, Market},
        storage,
    },
    catalog::Catalog,
    platform::{Platform, db, problem::Problem},
    scope::Actor,
};
use actix_web::{HttpResponse, get, web};
use sampan_engine::money::Currency;
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

/// A cart with today's products, prices and market answers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CartView {
    pub id: Uuid,
    /// `open` or `ordered`.
    pub state: &'static str,
    pub successor: Option<Uuid>,
    #[schema(value_type = String, example = "EUR")]
    pub currency: Currency,
    pub lines: Vec<CartViewLine>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct CartViewLine {
    /// The variant's SKU.
    pub line: String,
    #[serde(flatten)]
    pub value: CartLineValue,
}

/// A cart with today's products, prices and market answers
#[utoipa::path(tag = "cart", responses((status = 200, body = CartView), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[get("/carts/{id}")]
pub async fn show(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let reader = platform.db.reader();
    let cart = storage::cart(reader, actor.scope_id, *id)
        .await?
        .ok_or_else(|| Problem::not_found("cart"))?;
    let currency = scope_currency(&platform, actor.scope_id).await?;
    let mut rows = storage::lines_of(reader, actor.scope_id, *id).await?;
    rows.retain(|row| row.merge.quantity() > 0);
    let skus: Vec<&str> = rows.iter().map(|row| row.line.as_str()).collect();
    let market = Market::ask(&catalog, reader, &skus).await?;
    let lines = rows
        .iter()
        .map(|row| CartViewLine {
            line: row.line.clone(),
            value: market.value(row, currency),
        })
        .collect();
    let state = if cart.is_open() { "open" } else { "ordered" };
    let view = CartView {
        id: cart.id,
        state,
        successor: cart.successor,
        currency,
        lines,
    };
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(view))
}

async fn scope_currency(platform: &Platform, scope_id: Uuid) -> Result<Currency, Problem> {
    let row = db::fetch_one(
        platform.db.reader(),
        "SELECT currency FROM scope WHERE id = $1",
        [scope_id.into()],
    )
    .await?;
    let code: String = row
        .ok_or_else(|| Problem::not_found("shopper"))?
        .try_get("", "currency")?;
    Ok(Currency::parse(&code).unwrap_or(Currency::EUR))
}
