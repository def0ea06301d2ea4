//! What is to be taken from the shelves: the paid batches of one's shops, gathered by place and by variant.

use crate::{
    landed_cost::QuoteOrigin,
    orders::OrderShop,
    platform::{Platform, db, problem::Problem},
    scope::Actor,
    sellers::{
        barcode,
        goods::{private, shops},
    },
};
use actix_web::{HttpResponse, get, web};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;
use uuid::Uuid;

/// One walk's worth; the oldest come first, the rest when these are packed.
const MAX_BATCHES: i64 = 100;

const WAITING: &str = "WITH waiting AS (SELECT d.scope_id, d.batch_id, d.order_id FROM shop_member m \
     JOIN shop s ON s.id = m.shop_id JOIN batch_directory d ON d.shop_slug = s.slug \
     JOIN batch b ON b.scope_id = d.scope_id AND b.id = d.batch_id \
     WHERE m.scope_id = $1 AND b.state = 'paid' AND b.planned_for IS NULL ORDER BY d.batch_id LIMIT $2) \
     SELECT w.batch_id, o.number, o.shop, o.ships_from, l.sku, l.title, l.image, l.quantity, l.note FROM waiting w \
     JOIN shop_order o ON o.scope_id = w.scope_id AND o.id = w.order_id \
     JOIN order_line l ON l.scope_id = o.scope_id AND l.order_id = o.id \
     ORDER BY w.batch_id, l.position";

/// What to take, place by place.
#[derive(Debug, Serialize, ToSchema)]
pub struct Picks {
    pub places: Vec<PickPlace>,
    /// More batches wait than are gathered here.
    pub more: bool,
}

/// Where goods lie: a shared warehouse, or one maker's own room.
#[derive(Debug, Serialize, ToSchema)]
pub struct PickPlace {
    /// The warehouse's slug, or the shop's where goods lie with the maker.
    pub id: String,
    pub name: String,
    pub country: String,
    pub pieces: i64,
    /// Sorted by SKU, so that one walks once.
    pub lines: Vec<PickLine>,
    /// Batches that are packed from here, oldest first.
    pub batches: Vec<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PickLine {
    pub sku: String,
    pub title: String,
    pub image: Option<String>,
    /// Fourteen digits.
    pub gtin: Option<String>,
    /// In all.
    pub pieces: i64,
    pub wanted_by: Vec<PickOrder>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PickOrder {
    pub batch_id: Uuid,
    pub order_number: String,
    pub pieces: i64,
    /// What the shopper wrote on the line.
    pub note: Option<String>,
}

/// What to take from the shelves for all paid batches that are not yet packed
#[utoipa::path(tag = "seller", responses((status = 200, body = Picks), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/seller/picks")]
pub async fn list(actor: Actor, platform: web::Data<Platform>) -> Result<HttpResponse, Problem> {
    shops(&platform, &actor).await?;
    let picks = gather(platform.db.reader(), actor.scope_id).await?;
    Ok(private(&picks))
}

async fn gather(connection: &impl ConnectionTrait, seller: Uuid) -> Result<Picks, DbErr> {
    let values = [seller.into(), (MAX_BATCHES + 1).into()];
    let rows = db::fetch_all(connection, WAITING, values).await?;
    let wants = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let batches: BTreeSet<Uuid> = wants.iter().map(|want| want.order.batch_id).collect();
    let beyond = batches.into_iter().nth(MAX_BATCHES as usize);
    let kept = wants
        .into_iter()
        .filter(|want| beyond.is_none_or(|beyond| want.order.batch_id < beyond));
    let mut places: BTreeMap<String, (PickPlace, BTreeMap<String, PickLine>)> = BTreeMap::new();
    for Want { place, line, order } in kept {
        let (place, lines) = places
            .entry(place.id.clone())
            .or_insert_with(|| (place, BTreeMap::new()));
        place.pieces += order.pieces;
        if place.batches.last() != Some(&order.batch_id) {
            place.batches.push(order.batch_id);
        }
        let line = lines.entry(line.sku.clone()).or_insert(line);
        line.pieces += order.pieces;
        line.wanted_by.push(order);
    }
    let skus: BTreeSet<&str> = places
        .values()
        .flat_map(|(_, lines)| lines.keys().map(String::as_str))
        .collect();
    let skus: Vec<&str> = skus.into_iter().collect();
    let gtins = barcode::of_goods(connection, &skus).await?;
    let places = places.into_values().map(|(mut place, lines)| {
        place.lines = lines.into_values().collect();
        for line in &mut place.lines {
            line.gtin = gtins.get(&line.sku).cloned();
        }
        place
    });
    Ok(Picks {
        places: places.collect(),
        more: beyond.is_some(),
    })
}

/// One line of one order, with the place it is taken from.
struct Want {
    place: PickPlace,
    line: PickLine,
    order: PickOrder,
}

fn read(row: &QueryResult) -> Result<Want, DbErr> {
    let shop: OrderShop = stored(&row.try_get::<String>("", "shop")?)?;
    let origin: Option<String> = row.try_get("", "ships_from")?;
    let origin: Option<QuoteOrigin> = origin.as_deref().map(stored).transpose()?;
    let warehouse = origin.and_then(|origin| {
        let QuoteOrigin { name, country, .. } = origin;
        origin.warehouse.map(|slug| (slug, name, country))
    });
    let (id, name, country) = warehouse.unwrap_or((shop.slug, shop.name, shop.country));
    Ok(Want {
        place: PickPlace {
            id,
            name,
            country,
            pieces: 0,
            lines: Vec::new(),
            batches: Vec::new(),
        },
        line: PickLine {
            sku: row.try_get("", "sku")?,
            title: row.try_get("", "title")?,
            image: row.try_get("", "image")?,
            gtin: None,
            pieces: 0,
            wanted_by: Vec::new(),
        },
        order: PickOrder {
            batch_id: row.try_get("", "batch_id")?,
            order_number: row.try_get("", "number")?,
            pieces: row.try_get("", "quantity")?,
            note: row.try_get("", "note")?,
        },
    })
}

fn stored<T: DeserializeOwned>(text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Custom(format!("stored order: {error}")))
}
