//! The shopper's orders, and one order by its private link.

use crate::{
    orders::{
        link,
        model::OrderDetail,
        storage::{self, Found},
    },
    platform::{Platform, problem::Problem},
    scope::{self, Actor},
    shipments,
};
use actix_web::{HttpResponse, get, web};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const PAGE: i64 = 20;
const MAX_PAGE: i64 = 100;

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(by_link).service(show);
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct OrdersQuery {
    /// Orders a page, 1 to 100.
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// True: only the orders of guests that this account has been, which do not come by sync.
    pub linked: Option<bool>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct OrderPage {
    pub items: Vec<OrderDetail>,
    pub next_cursor: Option<String>,
}

/// The shopper's orders and those of the guests they have been, newest first
#[utoipa::path(tag = "orders", params(OrdersQuery), responses((status = 200, body = OrderPage)))]
#[get("/orders")]
pub async fn list(
    actor: Actor,
    platform: web::Data<Platform>,
    query: web::Query<OrdersQuery>,
) -> Result<HttpResponse, Problem> {
    let limit = query.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let before = match query.cursor.as_deref() {
        None => Uuid::max(),
        Some(cursor) => Uuid::try_parse(cursor)
            .map_err(|_| Problem::bad_request("invalid", "Send next_cursor as it came."))?,
    };
    let reader = platform.db.reader();
    let mut scopes = scope::readable(reader, actor.scope_id).await?;
    if query.linked == Some(true) {
        scopes.retain(|scope_id| *scope_id != actor.scope_id);
    }
    let mut orders = storage::page(reader, &scopes, before, limit + 1).await?;
    let has_more = orders.len() as i64 > limit;
    orders.truncate(limit as usize);
    let next_cursor = orders
        .last()
        .filter(|_| has_more)
        .map(|found| found.order.id.to_string());
    let items = details(&platform, orders).await?;
    Ok(private(&OrderPage { items, next_cursor }))
}

/// One order with its parcels
#[utoipa::path(tag = "orders", responses((status = 200, body = OrderDetail), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[get("/orders/{id}")]
pub async fn show(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let scopes = scope::readable(platform.db.reader(), actor.scope_id).await?;
    let order = detail(&platform, &scopes, *id).await?;
    Ok(private(&order.ok_or_else(|| Problem::not_found("order"))?))
}

/// The order behind a private link, without name or address
#[utoipa::path(tag = "orders", responses((status = 200, body = OrderDetail), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[get("/orders/by-link/{token}")]
pub async fn by_link(
    platform: web::Data<Platform>,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = link::find(platform.db.reader(), &token).await?;
    let (scope_id, order_id) = found.ok_or_else(|| Problem::not_found("order"))?;
    let mut detail = detail(&platform, &[scope_id], order_id)
        .await?
        .ok_or_else(|| Problem::not_found("order"))?;
    detail.order = detail.order.without_person();
    Ok(private(&detail))
}

async fn detail(
    platform: &Platform,
    scopes: &[Uuid],
    order_id: Uuid,
) -> Result<Option<OrderDetail>, DbErr> {
    let found = storage::find(platform.db.reader(), scopes, order_id).await?;
    Ok(details(platform, found.into_iter().collect()).await?.pop())
}

async fn details(platform: &Platform, found: Vec<Found>) -> Result<Vec<OrderDetail>, DbErr> {
    let reader = platform.db.reader();
    let (owners, ids) = storage::keys(&found);
    let mut parcels = shipments::of_orders(reader, &owners, &ids).await?;
    let keys = storage::link_keys(reader, &owners, &ids).await?;
    let mut rules = storage::rules(reader, &owners, &ids).await?;
    let with_parcels = found.into_iter().map(|Found { order, .. }| OrderDetail {
        parcels: parcels.remove(&order.id).unwrap_or_default(),
        documents: Vec::new(),
        link: keys
            .get(&order.id)
            .and_then(|key| link::address(platform, key, order.id)),
        rules: rules.remove(&order.id).unwrap_or_default(),
        order,
    });
    Ok(with_parcels.collect())
}

fn private(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(body)
}
