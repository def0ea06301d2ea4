//! What is on its way from the maker to warehouses near the buyers.

use crate::{
    catalog::Catalog,
    platform::{Platform, extract::Body, problem::Problem},
    scope::{Actor, Moment, Telling},
    sellers::goods::{private, shops},
    stock::{
        self,
        transfer::{self, NewTransfer, Transfer, TransferError, TransferState},
    },
};
use actix_web::{HttpResponse, get, post, web};
use sampan_engine::time::Day;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

const PAGE: i64 = 25;
const MAX_LINES: usize = 200;
const MAX_PIECES: i64 = 1_000_000;
const MAX_TEXT_CHARS: usize = 40;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct TransfersQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<Uuid>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TransferPage {
    pub items: Vec<TransferView>,
    pub next_cursor: Option<Uuid>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Transfer)]
pub struct TransferView {
    pub id: Uuid,
    /// Slug of the warehouse it goes to.
    pub warehouse: String,
    pub state: TransferState,
    pub carrier: Option<String>,
    pub number: Option<String>,
    /// What customs calls the entry.
    pub customs_entry: Option<String>,
    /// `YYYY-MM-DD`
    pub expected_on: Option<String>,
    #[schema(value_type = String)]
    pub sent_at: Moment,
    #[schema(value_type = String)]
    pub updated_at: Moment,
    pub lines: Vec<TransferLineView>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = TransferLine)]
pub struct TransferLineView {
    pub sku: String,
    pub title: String,
    pub sent: i64,
    /// Null before the warehouse counted.
    pub received: Option<i64>,
    /// Counted minus sent; null before.
    pub difference: Option<i64>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferRequest {
    /// Of the sender's making, so that a repeat is known as one.
    pub id: Uuid,
    /// Slug of the warehouse.
    pub warehouse: String,
    pub lines: Vec<TransferPieces>,
    #[serde(default)]
    pub carrier: Option<String>,
    #[serde(default)]
    pub number: Option<String>,
    /// `YYYY-MM-DD`
    #[serde(default)]
    pub expected_on: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferPieces {
    pub sku: String,
    pub pieces: i64,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomsRequest {
    /// What customs calls the entry, such as an MRN.
    pub entry: String,
}

/// What the warehouse counted; lines that are not named came in full.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceivedRequest {
    pub lines: Vec<TransferPieces>,
}

/// What is on its way to warehouses, newest first
#[utoipa::path(tag = "seller", params(TransfersQuery), responses((status = 200, body = TransferPage), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/seller/transfers")]
pub async fn list(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    query: web::Query<TransfersQuery>,
) -> Result<HttpResponse, Problem> {
    let shops = shops(&platform, &actor).await?;
    let reader = platform.db.reader();
    let before = query.cursor.unwrap_or(Uuid::max());
    let mut found = transfer::page(reader, &shops, before, PAGE + 1).await?;
    let has_more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next_cursor = found.last().filter(|_| has_more).map(|last| last.id);
    let items = views(&platform, &catalog, found).await?;
    Ok(private(&TransferPage { items, next_cursor }))
}

/// Sends pieces from the maker to a warehouse; repeated under the same id it changes nothing
#[utoipa::path(tag = "seller", request_body = TransferRequest, responses((status = 200, body = TransferView), (status = 409, body = crate::platform::problem::ProblemBody), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[post("/seller/transfers")]
pub async fn send(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    body: Body<TransferRequest>,
) -> Result<HttpResponse, Problem> {
    let own = shops(&platform, &actor).await?;
    let transfer = read(&platform, &catalog, &own, body.0).await?;
    let (id, now) = (transfer.id, platform.now().micros());
    platform
        .db
        .write(move |tx| {
            let transfer = transfer.clone();
            Box::pin(async move { transfer::send(tx, &transfer, now).await })
        })
        .await
        .map_err(stopped)?;
    one(&platform, &catalog, &own, id).await
}

/// Customs has the transfer, under this entry
#[utoipa::path(tag = "seller", request_body = CustomsRequest, responses((status = 200, body = TransferView), (status = 404, body = crate::platform::problem::ProblemBody), (status = 409, body = crate::platform::problem::ProblemBody)))]
#[post("/seller/transfers/{id}/customs")]
pub async fn customs(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    id: web::Path<Uuid>,
    body: Body<CustomsRequest>,
) -> Result<HttpResponse, Problem> {
    let own = shops(&platform, &actor).await?;
    let entry = short("/entry", Some(body.0.entry))?.ok_or_else(|| {
        Problem::field(
            "/entry",
            "Write what customs calls the entry, such as an MRN.",
        )
    })?;
    let (id, now) = (*id, platform.now().micros());
    let found = transfer::find(platform.db.reader(), &own, id).await;
    let shop_id = found.map_err(stopped)?.shop_id;
    platform
        .db
        .write(move |tx| {
            let entry = entry.clone();
            Box::pin(async move { transfer::at_customs(tx, shop_id, id, &entry, now).await })
        })
        .await
        .map_err(stopped)?;
    one(&platform, &catalog, &own, id).await
}

/// The warehouse counted what came; that is what lies there from now on
#[utoipa::path(tag = "seller", request_body = ReceivedRequest, responses((status = 200, body = TransferView), (status = 404, body = crate::platform::problem::ProblemBody), (status = 409, body = crate::platform::problem::ProblemBody)))]
#[post("/seller/transfers/{id}/received")]
pub async fn receive(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    id: web::Path<Uuid>,
    body: Body<ReceivedRequest>,
) -> Result<HttpResponse, Problem> {
    let own = shops(&platform, &actor).await?;
    let counted = pieces(body.0.lines, 0)?;
    let (id, now) = (*id, platform.now().micros());
    let found = transfer::find(platform.db.reader(), &own, id).await;
    let shop_id = found.map_err(stopped)?.shop_id;
    let outbox = platform.outbox.clone();
    platform
        .db
        .write(move |tx| {
            let (counted, outbox) = (counted.clone(), outbox.clone());
            Box::pin(async move {
                let served = transfer::receive(tx, shop_id, id, &counted, now).await?;
                Ok::<_, TransferError>(stock::tell(&outbox, tx, served).await?)
            })
        })
        .await
        .map_err(stopped)?;
    one(&platform, &catalog, &own, id).await
}

/// A transfer as asked for: its lines are of one of the seller's own shops.
async fn read(
    platform: &Platform,
    catalog: &Catalog,
    own: &[Uuid],
    request: TransferRequest,
) -> Result<NewTransfer, Problem> {
    let lines = pieces(request.lines, 1)?;
    let skus: Vec<&str> = lines.keys().map(String::as_str).collect();
    let listings = catalog.listings(&skus).await?;
    let mut shop_id = None;
    for sku in skus {
        let listing = listings.get(sku);
        let owner = listing
            .map(|listing| listing.shop_id)
            .filter(|shop| own.contains(shop));
        let Some(owner) = owner else {
            return Err(Problem::field(
                "/lines",
                format!("{sku:?} is no product of yours."),
            ));
        };
        if *shop_id.get_or_insert(owner) != owner {
            return Err(Problem::field(
                "/lines",
                "The lines are of several shops. Send each shop's apart.",
            ));
        }
    }
    let shop_id = shop_id.ok_or_else(|| Problem::field("/lines", "Name what is sent."))?;
    let warehouse = stock::find(platform.db.reader(), &request.warehouse).await?;
    let warehouse =
        warehouse.ok_or_else(|| Problem::field("/warehouse", "There is no such warehouse."))?;
    if let Some(day) = request
        .expected_on
        .as_deref()
        .filter(|day| Day::parse(day).is_none())
    {
        return Err(Problem::field(
            "/expected_on",
            format!("{day:?}: write a day as YYYY-MM-DD."),
        ));
    }
    Ok(NewTransfer {
        id: request.id,
        shop_id,
        warehouse: warehouse.id,
        lines,
        carrier: short("/carrier", request.carrier)?,
        number: short("/number", request.number)?,
        expected_on: request.expected_on,
    })
}

fn pieces(lines: Vec<TransferPieces>, least: i64) -> Result<BTreeMap<String, i64>, Problem> {
    if lines.len() > MAX_LINES {
        return Err(Problem::field(
            "/lines",
            "At most 200 lines; send it in parts.",
        ));
    }
    let mut pieces = BTreeMap::new();
    for (at, line) in lines.into_iter().enumerate() {
        if !(least..=MAX_PIECES).contains(&line.pieces) {
            return Err(Problem::field(
                &format!("/lines/{at}/pieces"),
                format!("A whole number from {least} to {MAX_PIECES}."),
            ));
        }
        if pieces.insert(line.sku, line.pieces).is_some() {
            return Err(Problem::field(
                &format!("/lines/{at}/sku"),
                "The same product stands twice. Write it once.",
            ));
        }
    }
    Ok(pieces)
}

fn short(pointer: &str, text: Option<String>) -> Result<Option<String>, Problem> {
    let text = text
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty());
    match text {
        Some(text) if text.chars().count() > MAX_TEXT_CHARS => {
            Err(Problem::field(pointer, "At most 40 characters."))
        }
        text => Ok(text),
    }
}

async fn one(
    platform: &Platform,
    catalog: &Catalog,
    own: &[Uuid],
    id: Uuid,
) -> Result<HttpResponse, Problem> {
    let found = transfer::find(platform.db.reader(), own, id).await;
    let mut views = views(platform, catalog, vec![found.map_err(stopped)?]).await?;
    let view = views.pop().ok_or_else(|| Problem::not_found("transfer"))?;
    Ok(private(&view))
}

async fn views(
    platform: &Platform,
    catalog: &Catalog,
    found: Vec<Transfer>,
) -> Result<Vec<TransferView>, DbErr> {
    let warehouses = stock::list(platform.db.reader()).await?;
    let skus: Vec<&str> = found
        .iter()
        .flat_map(|transfer| transfer.lines.iter().map(|line| line.sku.as_str()))
        .collect();
    let listings = catalog.listings(&skus).await?;
    let slug = |id: Uuid| {
        let warehouse = warehouses.iter().find(|each| each.id == id);
        warehouse.map_or_else(String::new, |each| each.slug.clone())
    };
    let title = |sku: &str| {
        let listing = listings.get(sku);
        listing.map_or_else(|| sku.to_owned(), |listing| listing.title.clone())
    };
    Ok(found
        .iter()
        .map(|transfer| TransferView {
            id: transfer.id,
            warehouse: slug(transfer.warehouse),
            state: transfer.state,
            carrier: transfer.carrier.clone(),
            number: transfer.number.clone(),
            customs_entry: transfer.customs_entry.clone(),
            expected_on: transfer.expected_on.clone(),
            sent_at: Telling::Rest.moment(transfer.created_at),
            updated_at: Telling::Rest.moment(transfer.updated_at),
            lines: transfer
                .lines
                .iter()
                .map(|line| TransferLineView {
                    title: title(&line.sku),
                    sku: line.sku.clone(),
                    sent: line.sent,
                    received: line.received,
                    difference: line.received.map(|received| received - line.sent),
                })
                .collect(),
        })
        .collect())
}

fn stopped(error: TransferError) -> Problem {
    match error {
        TransferError::NoSuchTransfer => Problem::not_found("transfer"),
        TransferError::Short { sku, free } => Problem::conflict(
            "conflict",
            format!("Of {sku} only {free} are free with you. Send fewer, or count again."),
        ),
        TransferError::NoSuchLine(sku) => {
            Problem::field("/lines", format!("{sku} was not in this transfer."))
        }
        TransferError::Received => Problem::conflict(
            "conflict",
            "The warehouse counted it already. Count the stock anew instead.",
        ),
        TransferError::Database(error) => error.into(),
    }
}
