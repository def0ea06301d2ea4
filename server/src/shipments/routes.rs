//! Promised against actual, lane by lane, for those who run the market.

use crate::{
    accounts::{self, Right},
    platform::{Platform, problem::Problem},
    scope::{Actor, Moment, Telling},
    shipments::{
        lane::LaneFigures,
        trips::{self, LaneHistory},
    },
};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

const PAGE: u32 = 20;
const MAX_PAGE: u32 = 50;

pub fn routes(config: &mut ServiceConfig) {
    config.service(lanes);
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct LanesQuery {
    /// Lanes a page, 1 to 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<u32>,
}

/// A lane of parcels that arrived in the last year.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Lane)]
pub struct LaneView {
    /// A customs territory such as `EU`, or a country that is in none.
    #[schema(example = "EU")]
    pub origin: String,
    #[schema(example = "US")]
    pub destination: String,
    pub carrier: String,
    /// `post`, `express` or `consolidated`; empty: the order does not say.
    pub service: String,
    #[schema(value_type = String)]
    pub newest_at: Moment,
    #[serde(flatten)]
    pub figures: LaneFigures,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LanePage {
    /// The busiest first.
    pub items: Vec<LaneView>,
    pub next_cursor: Option<u32>,
}

impl From<LaneHistory> for LaneView {
    fn from(history: LaneHistory) -> Self {
        Self {
            origin: history.lane.origin,
            destination: history.lane.destination,
            carrier: history.lane.carrier,
            service: history.lane.service,
            newest_at: Telling::Rest.moment(history.newest_at),
            figures: history.figures,
        }
    }
}

/// What was promised on each lane, and what its parcels took
#[utoipa::path(tag = "operator", params(LanesQuery), responses((status = 200, body = LanePage), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/operator/lanes")]
pub async fn lanes(
    actor: Actor,
    platform: web::Data<Platform>,
    query: web::Query<LanesQuery>,
) -> Result<HttpResponse, Problem> {
    accounts::require(&platform, actor, Right::ReadFigures).await?;
    let page = page(&platform, None, &query).await?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(page))
}

/// A page of lanes: of all parcels, or of these shops' own.
pub async fn page(
    platform: &Platform,
    shops: Option<&[String]>,
    query: &LanesQuery,
) -> Result<LanePage, Problem> {
    let limit = query.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let skip = query.cursor.unwrap_or(0);
    let bounds = (i64::from(skip), i64::from(limit) + 1);
    let now = platform.now().micros();
    let mut found = trips::lanes(platform.db.reader(), shops, now, bounds).await?;
    let has_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    Ok(LanePage {
        items: found.into_iter().map(LaneView::from).collect(),
        next_cursor: has_more.then(|| skip.saturating_add(limit)),
    })
}
