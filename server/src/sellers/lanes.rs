//! The lanes of a seller's own parcels, and which lane a batch goes.

use crate::{
    catalog,
    landed_cost::LandedCost,
    platform::{Platform, problem::Problem},
    scope::Actor,
    sellers::storage::SellerBatch,
    shipments::{self, LanePage, LanesQuery},
};
use actix_web::{HttpResponse, get, web};
use sampan_engine::trade::CountryCode;
use sea_orm::DbErr;

/// What was promised on each lane of one's own parcels, and what they took
#[utoipa::path(tag = "seller", params(LanesQuery), responses((status = 200, body = LanePage), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/seller/lanes")]
pub async fn list(
    actor: Actor,
    platform: web::Data<Platform>,
    query: web::Query<LanesQuery>,
) -> Result<HttpResponse, Problem> {
    let shops = catalog::shops_of(platform.db.reader(), actor.scope_id).await?;
    if shops.is_empty() {
        return Err(Problem::forbidden(
            "This is for people who work for a shop.",
        ));
    }
    let slugs: Vec<String> = shops.into_iter().map(|shop| shop.slug).collect();
    let page = shipments::lane_page(&platform, Some(&slugs), &query).await?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(page))
}

/// The customs territories that a batch leaves from and goes to, by today's rules; a country that no rule names stands
/// for itself.
pub async fn territories(
    platform: &Platform,
    landed_cost: &LandedCost,
    batch: &SellerBatch,
) -> Result<(String, String), DbErr> {
    let set = landed_cost.rules().current().await?;
    let day = platform.now().day();
    let of = |country: &str| {
        let territory = CountryCode::parse(country).and_then(|code| set.rules.territory(code, day));
        territory.map_or_else(
            || country.to_owned(),
            |territory| territory.code.to_string(),
        )
    };
    Ok((of(&batch.shop.country), of(batch.ship_to.country.as_str())))
}
