//! The seller's calls.

use crate::{
    landed_cost::LandedCost,
    orders,
    platform::{Platform, extract::Body, problem::Problem},
    scope::{Actor, in_scope_tx},
    sellers::{
        barcode, carry, documents, forward, goods, lanes, missing, picks,
        ship::{self, HandOver, SellerError, Sending},
        stock,
        storage::{self, SellerBatch},
        transfers,
    },
    shipments::LOCAL_CARRIER,
};
use actix_web::{HttpResponse, get, post, web};
use sampan_engine::{
    parcel::{BatchState, ParcelState},
    tracking_number::{self, Reading},
};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const PAGE: i64 = 25;
const MAX_CARRIER_CHARS: usize = 40;
/// For a number whose carrier the seller did not name.
const SOME_CARRIER: &str = "other";

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(packed)
        .service(missing::tell)
        .service(shipped)
        .service(advance)
        .service(lanes::list)
        .service(forward::next)
        .service(forward::forward)
        .service(documents::show)
        .service(documents::own_copy)
        .service(goods::list)
        .service(barcode::set)
        .service(picks::list)
        .service(goods::classify)
        .service(stock::list)
        .service(stock::import_counts)
        .service(stock::count)
        .service(transfers::list)
        .service(transfers::send)
        .service(transfers::customs)
        .service(transfers::receive);
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct SellerBatchesQuery {
    /// A batch state; without it, batches in any.
    pub state: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SellerBatchPage {
    pub items: Vec<SellerBatch>,
    pub next_cursor: Option<String>,
}

/// Where the parcel is meant to be afterwards.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvanceRequest {
    #[serde(default)]
    pub state: Option<ParcelState>,
}

/// Without a number the demo's own carrier takes the parcel.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShippedRequest {
    #[serde(default)]
    pub tracking_number: Option<String>,
    #[serde(default)]
    pub carrier: Option<String>,
    /// Takes a number whose check digit is wrong: it is printed so on the label.
    #[serde(default)]
    pub as_printed: bool,
}

/// Batches of the shops one works for, newest first
#[utoipa::path(tag = "seller", params(SellerBatchesQuery), responses((status = 200, body = SellerBatchPage), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/seller/batches")]
pub async fn list(
    actor: Actor,
    platform: web::Data<Platform>,
    query: web::Query<SellerBatchesQuery>,
) -> Result<HttpResponse, Problem> {
    let reader = platform.db.reader();
    if !storage::is_seller(reader, actor.scope_id).await? {
        return Err(Problem::forbidden(
            "This is for people who work for a shop.",
        ));
    }
    let state = match query.state.as_deref().filter(|state| !state.is_empty()) {
        None => None,
        Some(state) => Some(BatchState::parse(state).ok_or_else(|| {
            Problem::bad_request("invalid", "state is one of a batch's states, such as paid.")
        })?),
    };
    let before = match query.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
        None => Uuid::max(),
        Some(cursor) => Uuid::try_parse(cursor)
            .map_err(|_| Problem::bad_request("invalid", "Send next_cursor as it came."))?,
    };
    let mut items = storage::page(reader, actor.scope_id, state, before, PAGE + 1).await?;
    let has_more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    let next_cursor = items
        .last()
        .filter(|_| has_more)
        .map(|batch| batch.id.to_string());
    Ok(private(&SellerBatchPage { items, next_cursor }))
}

/// The batch is packed
#[utoipa::path(tag = "seller", responses((status = 200, body = SellerBatch), (status = 404, body = crate::platform::problem::ProblemBody), (status = 409, body = crate::platform::problem::ProblemBody)))]
#[post("/seller/batches/{id}/packed")]
pub async fn packed(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let batch = own(&platform, &actor, *id).await?;
    let (room, batch_id) = (platform.get_ref().clone(), batch.id);
    if batch.state != BatchState::Packed {
        in_scope_tx(&platform, batch.reference.scope_id, move |tx, revision| {
            let platform = room.clone();
            Box::pin(async move {
                let next = BatchState::Packed;
                orders::move_batch(&platform, tx, revision, batch_id, next).await??;
                Ok::<_, SellerError>(())
            })
        })
        .await
        .map_err(refused)?;
    }
    Ok(private(&own(&platform, &actor, *id).await?))
}

/// The batch was handed to a carrier
#[utoipa::path(tag = "seller", request_body = ShippedRequest, responses((status = 200, body = SellerBatch), (status = 404, body = crate::platform::problem::ProblemBody), (status = 409, body = crate::platform::problem::ProblemBody)))]
#[post("/seller/batches/{id}/shipped")]
pub async fn shipped(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    id: web::Path<Uuid>,
    body: Body<ShippedRequest>,
) -> Result<HttpResponse, Problem> {
    let hand_over = read(body.0)?;
    let batch = own(&platform, &actor, *id).await?;
    let scope_id = batch.reference.scope_id;
    let sending = Sending {
        territories: lanes::territories(&platform, &landed_cost, &batch).await?,
        batch,
        hand_over,
    };
    let room = platform.get_ref().clone();
    in_scope_tx(&platform, scope_id, move |tx, revision| {
        let (platform, sending) = (room.clone(), sending.clone());
        Box::pin(async move { ship::ship(&platform, tx, revision, &sending).await })
    })
    .await
    .map_err(refused)?;
    Ok(private(&own(&platform, &actor, *id).await?))
}

/// Moves a parcel of the demo's own carrier one step; to `state`, if it is named and next, so that a repeat changes nothing
#[utoipa::path(tag = "seller", request_body = AdvanceRequest, responses((status = 200, body = SellerBatch), (status = 404, body = crate::platform::problem::ProblemBody), (status = 409, body = crate::platform::problem::ProblemBody)))]
#[post("/seller/parcels/{id}/advance")]
pub async fn advance(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
    body: Body<AdvanceRequest>,
) -> Result<HttpResponse, Problem> {
    let found = carry::find(platform.db.reader(), actor.scope_id, *id).await?;
    let (scope_id, batch_id) = found.ok_or_else(|| Problem::not_found("parcel"))?;
    carry::step(&platform, scope_id, *id, body.0.state)
        .await
        .map_err(refused)?;
    Ok(private(&own(&platform, &actor, batch_id).await?))
}

pub(super) async fn own(
    platform: &Platform,
    actor: &Actor,
    batch_id: Uuid,
) -> Result<SellerBatch, Problem> {
    storage::find(platform.db.reader(), actor.scope_id, batch_id)
        .await?
        .ok_or_else(|| Problem::not_found("batch"))
}

fn read(body: ShippedRequest) -> Result<Option<HandOver>, Problem> {
    let filled = |text: Option<String>| {
        text.map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let carrier = filled(body.carrier);
    let Some(number) = filled(body.tracking_number) else {
        return Ok(None);
    };
    let number = tracking_number::normal(&number).ok_or_else(|| {
        Problem::field("/tracking_number", "4 to 40 letters, digits and hyphens.")
    })?;
    if !body.as_printed {
        check_digit(&number)?;
    }
    let carrier = carrier.unwrap_or_else(|| SOME_CARRIER.to_owned());
    if carrier == LOCAL_CARRIER || carrier.chars().count() > MAX_CARRIER_CHARS {
        return Err(Problem::field(
            "/carrier",
            "The carrier's name, at most 40 characters. Without a number the demo's own carrier takes it.",
        ));
    }
    Ok(Some(HandOver { number, carrier }))
}

/// A number whose form is one scheme's alone is held to its check digit.
fn check_digit(number: &str) -> Result<(), Problem> {
    let detail = match tracking_number::read(number) {
        Reading::Valid(_) | Reading::Unknown => return Ok(()),
        Reading::Mistyped { due, .. } => format!(
            "A digit is mistyped: the check digit would be {due}. Look at the label again; if it is printed so, send as_printed."
        ),
        Reading::NoSuchCountry => {
            "The last two letters are no country's. Look at the label again; if it is printed so, send as_printed."
                .to_owned()
        }
    };
    Err(Problem::field("/tracking_number", detail))
}

pub(super) fn refused(error: SellerError) -> Problem {
    match error {
        SellerError::NoSuchBatch => Problem::not_found("batch"),
        SellerError::Stands(state) => {
            Problem::conflict("conflict", format!("The batch is {}.", state.as_str()))
        }
        SellerError::Waits(until) => Problem::conflict(
            "goods-not-there",
            format!(
                "Its goods are expected on {} and have not come. Count them in the stock when they are there, then pack.",
                until.day()
            ),
        ),
        SellerError::FewerHeld(held) => Problem::field(
            "/pieces",
            format!("{held} of them are held on the shelf for this batch, no more can be missing."),
        ),
        SellerError::OtherNumber => Problem::conflict(
            "conflict",
            "The batch was shipped already, under another number.",
        ),
        SellerError::AtTheEnd => Problem::conflict(
            "conflict",
            "Nothing comes next for this parcel here: it is at its end, or another carrier has it.",
        ),
        SellerError::Scope(error) => error.into(),
    }
}

pub(super) fn private(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(body)
}
