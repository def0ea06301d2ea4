//! What is not on the shelf when a batch is packed: the count is put right, and the batch waits for more.

use crate::{
    orders,
    platform::{Platform, extract::Body, problem::Problem},
    scope::{Actor, in_scope_tx},
    sellers::{
        routes::{own, private, refused},
        ship::SellerError,
    },
    stock::{self, Missing},
};
use actix_web::{HttpResponse, post, web};
use sampan_engine::{parcel::BatchState, time::Day};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingRequest {
    /// Made by the phone for this find; sent again it changes nothing.
    pub id: Uuid,
    pub sku: String,
    /// How many of those that the batch needs.
    pub pieces: i64,
    /// `YYYY-MM-DD`, from tomorrow to 180 days ahead: when as many more come.
    pub expected_on: String,
}

/// Pieces of a batch are not on the shelf: the count is put right, and the batch waits until more comes
#[utoipa::path(tag = "seller", request_body = MissingRequest, responses((status = 200, body = crate::sellers::storage::SellerBatch), (status = 404, body = crate::platform::problem::ProblemBody), (status = 409, body = crate::platform::problem::ProblemBody), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[post("/seller/batches/{id}/missing")]
pub async fn tell(
    actor: Actor,
    platform: web::Data<Platform>,
    id: web::Path<Uuid>,
    body: Body<MissingRequest>,
) -> Result<HttpResponse, Problem> {
    let batch = own(&platform, &actor, *id).await?;
    let missing = read(body.0, &platform)?;
    if !batch.lines.iter().any(|line| line.sku == missing.sku) {
        return Err(Problem::field("/sku", "Goods of this batch."));
    }
    let (room, order_group, batch_id) = (
        platform.get_ref().clone(),
        batch.reference.order_group,
        batch.id,
    );
    in_scope_tx(&platform, batch.reference.scope_id, move |tx, revision| {
        let (platform, missing) = (room.clone(), missing.clone());
        Box::pin(async move {
            let state = orders::batch_state(tx, revision.scope_id, batch_id).await?;
            match state {
                Some(BatchState::Paid) => {}
                Some(state) => return Err(SellerError::Stands(state)),
                None => return Err(SellerError::NoSuchBatch),
            }
            let now = platform.now().micros();
            let told = stock::miss(tx, order_group, &missing, now).await?;
            let told = told.map_err(|short| SellerError::FewerHeld(short.available))?;
            orders::plan(&platform, tx, revision, order_group, true).await?;
            Ok::<_, SellerError>(stock::tell(&platform.outbox, tx, told).await?)
        })
    })
    .await
    .map_err(refused)?;
    Ok(private(&own(&platform, &actor, *id).await?))
}

fn read(body: MissingRequest, platform: &Platform) -> Result<Missing, Problem> {
    if body.pieces < 1 {
        return Err(Problem::field("/pieces", "One or more."));
    }
    let today = platform.now().day();
    let day = Day::parse(&body.expected_on).filter(|day| stock::may_come(*day, today));
    let expected_on = day.ok_or_else(|| {
        Problem::field(
            "/expected_on",
            format!(
                "A day from tomorrow to {} days ahead, such as 2027-01-31.",
                stock::MAX_DAYS_AHEAD
            ),
        )
    })?;
    Ok(Missing {
        id: body.id,
        sku: body.sku,
        pieces: body.pieces,
        expected_on,
    })
}
