//! Time passes in the demo market: its shops have nobody to pack, and who tries it will not wait for days.
//!
//! Whoever placed an order lets its next step happen, one at a tap; untouched, goods that were sold before they came do so
//! on their day, the shop packs by itself after a while and the carrier moves on the clock. Nothing of this is there outside the demo.

use crate::{
    landed_cost::LandedCost,
    orders,
    platform::{
        Platform,
        extract::Body,
        outbox::{Job, JobEnd, JobError},
        problem::Problem,
    },
    scope::{self, Actor, in_scope_tx},
    sellers::{
        carry, lanes,
        routes::{private, refused},
        ship::{self, SellerError, Sending},
        storage::{self, SellerBatch},
    },
    shipments::{self, LOCAL_CARRIER},
    stock,
};
use actix_web::{HttpResponse, get, post, web};
use sampan_engine::parcel::{BatchState, ParcelState};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Between packing and handing over.
const PACKED_SECONDS: i64 = 3_600;
const RECEIVE: &str = "received";
const PACK: &str = "packed";
const SHIP: &str = "shipped";

/// What happens next to an order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NextStep {
    /// Names the step, to be sent with the tap. Null: nothing comes next.
    pub step: Option<String>,
    /// What the parcel will be then; null while the shop has it.
    pub state: Option<ParcelState>,
    /// The city it will be in, as carriers write it.
    pub place: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForwardRequest {
    /// As the order's `next` named it. One that has happened changes nothing, so a repeat is harmless.
    pub step: String,
}

/// What happens next to one's order, in the demo market
#[utoipa::path(tag = "demo", responses((status = 200, body = NextStep), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[get("/demo/orders/{id}/next")]
pub async fn next(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let batch = own(&platform, &actor, *id).await?;
    Ok(private(&next_of(&platform, &batch).await?))
}

/// Lets the next step of one's order happen, in the demo market; answers what comes after it
#[utoipa::path(tag = "demo", request_body = ForwardRequest, responses((status = 200, body = NextStep), (status = 404, body = crate::platform::problem::ProblemBody), (status = 409, body = crate::platform::problem::ProblemBody)))]
#[post("/demo/orders/{id}/forward")]
pub async fn forward(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    id: web::Path<Uuid>,
    body: Body<ForwardRequest>,
) -> Result<HttpResponse, Problem> {
    let batch = own(&platform, &actor, *id).await?;
    let_happen(&platform, &landed_cost, &batch, &body.0.step)
        .await
        .map_err(refused)?;
    let batch = own(&platform, &actor, *id).await?;
    Ok(private(&next_of(&platform, &batch).await?))
}

/// Of a demo order, written when it is placed.
#[derive(Debug, Deserialize)]
struct Unpacked {
    scope_id: Uuid,
    order_id: Uuid,
}

/// The job `sellers.demo_pack`: packs and hands over what nobody has.
pub async fn pack(
    platform: &Platform,
    landed_cost: &LandedCost,
    job: &Job,
) -> Result<JobEnd, JobError> {
    let Unpacked { scope_id, order_id } = job.payload()?;
    let reader = platform.db.reader();
    let Some(batch) = storage::of_order(reader, &[scope_id], order_id).await? else {
        return Ok(JobEnd::Done);
    };
    let soon = JobEnd::Again {
        seconds: PACKED_SECONDS,
    };
    let wait = batch
        .planned_for
        .map(|on| on.at().seconds() - platform.now().seconds());
    let (step, end) = match batch.state {
        BatchState::Paid => match wait {
            Some(seconds @ 1..) => return Ok(JobEnd::Again { seconds }),
            Some(_) => (RECEIVE, soon),
            None => (PACK, soon),
        },
        BatchState::Packed => (SHIP, JobEnd::Done),
        _ => return Ok(JobEnd::Done),
    };
    match let_happen(platform, landed_cost, &batch, step).await {
        // Called off or moved by a hand meanwhile.
        Err(SellerError::Stands(_) | SellerError::NoSuchBatch) => Ok(JobEnd::Done),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(end),
    }
}

async fn own(platform: &Platform, actor: &Actor, order_id: Uuid) -> Result<SellerBatch, Problem> {
    if !platform.config.demo {
        return Err(Problem::not_found("order"));
    }
    let reader = platform.db.reader();
    let scopes = scope::readable(reader, actor.scope_id).await?;
    let batch = storage::of_order(reader, &scopes, order_id).await?;
    batch.ok_or_else(|| Problem::not_found("order"))
}

async fn next_of(platform: &Platform, batch: &SellerBatch) -> Result<NextStep, DbErr> {
    let (mut state, mut place) = (None, None);
    let step = match batch.state {
        BatchState::Paid if batch.planned_for.is_some() => Some(RECEIVE),
        BatchState::Paid => Some(PACK),
        BatchState::Packed => Some(SHIP),
        BatchState::Shipped => {
            let (reader, scope_id) = (platform.db.reader(), batch.reference.scope_id);
            match shipments::find_of_batch(reader, scope_id, batch.id).await? {
                Some(parcel) => carry::next_leg(reader, &parcel).await?.map(|leg| {
                    (state, place) = (Some(leg.state), Some(leg.place(&parcel)));
                    leg.key
                }),
                None => None,
            }
        }
        _ => None,
    };
    Ok(NextStep {
        step: step.map(str::to_owned),
        state,
        place,
    })
}

/// Takes the step, if it is the next; otherwise it has been taken, and nothing happens.
async fn let_happen(
    platform: &Platform,
    landed_cost: &LandedCost,
    batch: &SellerBatch,
    step: &str,
) -> Result<(), SellerError> {
    let scope_id = batch.reference.scope_id;
    match (batch.state, step) {
        (BatchState::Paid, RECEIVE) => {
            let (room, order_group) = (platform.clone(), batch.reference.order_group);
            in_scope_tx(platform, scope_id, move |tx, revision| {
                let platform = room.clone();
                Box::pin(async move {
                    let served = stock::arrive(tx, order_group, platform.now().micros()).await?;
                    orders::plan(&platform, tx, revision, order_group, true).await?;
                    Ok::<_, SellerError>(stock::tell(&platform.outbox, tx, served).await?)
                })
            })
            .await
        }
        (BatchState::Paid, PACK) => {
            let (room, batch_id) = (platform.clone(), batch.id);
            in_scope_tx(platform, scope_id, move |tx, revision| {
                let platform = room.clone();
                Box::pin(async move {
                    let packed = BatchState::Packed;
                    orders::move_batch(&platform, tx, revision, batch_id, packed).await??;
                    Ok::<_, SellerError>(())
                })
            })
            .await
        }
        (BatchState::Packed, SHIP) => {
            let sending = Sending {
                territories: lanes::territories(platform, landed_cost, batch).await?,
                batch: batch.clone(),
                hand_over: None,
            };
            let room = platform.clone();
            in_scope_tx(platform, scope_id, move |tx, revision| {
                let (platform, sending) = (room.clone(), sending.clone());
                Box::pin(async move { ship::ship(&platform, tx, revision, &sending).await })
            })
            .await
        }
        (BatchState::Shipped, key) => match &batch.parcel {
            Some(parcel) if parcel.carrier == LOCAL_CARRIER => {
                carry::take(platform, scope_id, parcel.id, key).await
            }
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}
