//! The shopper's orders, and one order by its private link.

use crate::{
    orders::{
        link::{self, Link},
        model::OrderDetail,
        storage::{self, Found},
    },
    platform::{Platform, problem::Problem},
    scope::{self, Actor, Moment, ScopeError, Telling, in_scope_tx},
    shipments,
};
use actix_web::{HttpResponse, delete, get, http::StatusCode, post, web};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const PAGE: i64 = 20;
const MAX_PAGE: i64 = 100;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(by_link)
        .service(show)
        .service(renew_link)
        .service(end_link);
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
#[utoipa::path(tag = "orders", responses((status = 200, body = OrderDetail), (status = 404, body = crate::platform::problem::ProblemBody), (status = 410, body = crate::platform::problem::ProblemBody)))]
#[get("/orders/by-link/{token}")]
pub async fn by_link(
    platform: web::Data<Platform>,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let reader = platform.db.reader();
    let found = link::find(reader, &token).await?;
    let target = found.ok_or_else(|| Problem::not_found("order"))?;
    let (scopes, order_id) = ([target.scope_id], target.order_id);
    let links = link::of_orders(reader, &scopes, &[order_id]).await?;
    let now = platform.now().micros();
    if target.is_ended || !links.get(&order_id).is_some_and(|link| link.works_at(now)) {
        return Err(link_ended());
    }
    let order = detail(&platform, &scopes, order_id).await?;
    let order = order.ok_or_else(|| Problem::not_found("order"))?;
    Ok(private(&order.without_person()))
}

/// What an order's link is now.
#[derive(Serialize, utoipa::ToSchema)]
pub struct OrderLinkReply {
    pub link: Option<String>,
    #[schema(value_type = Option<String>)]
    pub link_until: Option<Moment>,
}

/// A new private link for the order; the one before ends at once
#[utoipa::path(tag = "orders", responses((status = 200, body = OrderLinkReply), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[post("/orders/{id}/link")]
pub async fn renew_link(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let order_id = *id;
    let scope_id = owner(&platform, &actor, order_id).await?;
    let room = platform.get_ref().clone();
    in_scope_tx(&platform, scope_id, move |tx, revision| {
        let platform = room.clone();
        Box::pin(async move {
            link::renew(&platform, tx, revision, order_id).await?;
            Ok::<_, ScopeError>(())
        })
    })
    .await?;
    let links = link::of_orders(platform.db.reader(), &[scope_id], &[order_id]).await?;
    let (link, link_until) = told(&platform, links.get(&order_id));
    Ok(private(&OrderLinkReply { link, link_until }))
}

/// Switches the order's private link off; repeated, it stays off
#[utoipa::path(tag = "orders", responses((status = 204), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[delete("/orders/{id}/link")]
pub async fn end_link(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let order_id = *id;
    let scope_id = owner(&platform, &actor, order_id).await?;
    let room = platform.get_ref().clone();
    in_scope_tx(&platform, scope_id, move |tx, revision| {
        let platform = room.clone();
        Box::pin(async move {
            link::switch_off(&platform, tx, revision, order_id).await?;
            Ok::<_, ScopeError>(())
        })
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The scope that holds the order: the shopper's own, or one of a guest that they have been.
async fn owner(platform: &Platform, actor: &Actor, order_id: Uuid) -> Result<Uuid, Problem> {
    let reader = platform.db.reader();
    let scopes = scope::readable(reader, actor.scope_id).await?;
    let found = storage::find(reader, &scopes, order_id).await?;
    let found = found.ok_or_else(|| Problem::not_found("order"))?;
    Ok(found.scope_id)
}

fn link_ended() -> Problem {
    Problem::new(
        StatusCode::GONE,
        "link-ended",
        "This link has ended. Ask the person who sent it to you for a new one.",
    )
}

/// A link's address while it works, and until when.
fn told(platform: &Platform, link: Option<&Link>) -> (Option<String>, Option<Moment>) {
    let until = link.and_then(Link::until);
    (
        link.and_then(|link| link.address(platform)),
        until.map(|until| Telling::Rest.moment(until)),
    )
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
    let links = link::of_orders(reader, &owners, &ids).await?;
    let mut rules = storage::rules(reader, &owners, &ids).await?;
    let with_parcels = found.into_iter().map(|Found { order, .. }| {
        let (link, link_until) = told(platform, links.get(&order.id));
        OrderDetail {
            parcels: parcels.remove(&order.id).unwrap_or_default(),
            documents: order.documents(),
            link,
            link_until,
            rules: rules.remove(&order.id).unwrap_or_default(),
            is_demo: platform.config.demo,
            order,
        }
    });
    Ok(with_parcels.collect())
}

fn private(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(body)
}
