//! `GET /landed-cost/rules`: the rules for one destination, as far as they concern what the market sells, for a phone that
//! works out an estimate without signal.

use crate::{
    catalog::{Rates, Sold},
    landed_cost::{
        quote::LandedCost,
        rules::{Held, Row, RuleSet},
    },
    platform::{Platform, problem::Problem},
};
use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use sampan_engine::{landed_cost::Territory, time::Day, trade::CountryCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A row by column, empty ones left out.
type Fields = BTreeMap<String, String>;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct SliceQuery {
    /// ISO 3166-1 alpha-2 of where the goods go.
    #[param(value_type = String, example = "DE")]
    pub to: CountryCode,
}

/// The rules for one destination; the columns of a row are told in `server/rules/FORMAT.md`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RuleSlice {
    /// Another text once anything in it has changed.
    pub version: String,
    /// `YYYY-MM-DD`
    pub day: String,
    #[schema(value_type = String)]
    pub to: CountryCode,
    pub territories: Vec<Fields>,
    pub taxes: Vec<Fields>,
    pub thresholds: Vec<Fields>,
    pub flat_duties: Vec<Fields>,
    pub fees: Vec<Fields>,
    pub duty_rates: Vec<Fields>,
    pub layers: Vec<Fields>,
    pub preferences: Vec<Fields>,
    pub customs_rates: Vec<Fields>,
    pub exchange: SliceExchange,
    /// Freight zone by country; one that is missing is in `ROW`.
    pub zones: BTreeMap<String, String>,
    pub cards: Vec<Fields>,
    pub dangerous_goods: Vec<Fields>,
}

/// Units of each currency for one euro.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SliceExchange {
    pub as_of: String,
    pub source: String,
    pub per_euro: BTreeMap<String, String>,
}

/// Rules for one destination, to work out an estimate offline
#[utoipa::path(tag = "checkout", params(SliceQuery), responses((status = 200, body = RuleSlice), (status = 304)))]
#[get("/landed-cost/rules")]
pub async fn show(
    request: HttpRequest,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    query: web::Query<SliceQuery>,
) -> Result<HttpResponse, Problem> {
    let to = query.to;
    if !to.is_assigned() {
        return Err(Problem::field(
            "/to",
            "Not a country; send its ISO 3166-1 code, such as PT.",
        ));
    }
    let set = landed_cost.rules().current().await?;
    let (sold, rates) = (
        landed_cost.catalog().sold().await?,
        landed_cost.catalog().rates().await?,
    );
    let slice = Cut {
        set: &set,
        sold: &sold,
        to,
        day: platform.now().day(),
    }
    .slice(&rates);
    let tag = format!("\"{}\"", slice.version);
    let known = request.headers().get(header::IF_NONE_MATCH);
    let is_known = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut answer = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    answer
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"));
    Ok(if is_known {
        answer.finish()
    } else {
        answer.json(slice)
    })
}

/// What a slice is cut out of.
struct Cut<'a> {
    set: &'a RuleSet,
    sold: &'a Sold,
    to: CountryCode,
    day: Day,
}

impl Cut<'_> {
    fn slice(&self, rates: &Rates) -> RuleSlice {
        let territory = self.set.rules.territory(self.to, self.day);
        let code = territory.map_or("", |territory| &*territory.code);
        let of_territory = |row: &Row<'_>| row.text("territory") == code;
        let of_country = |row: &Row<'_>| {
            of_territory(row) && ["", self.to.as_str()].contains(&row.text("country"))
        };
        let (zones, zone) = self.zones(territory);
        let exchange = SliceExchange {
            as_of: rates.as_of().to_owned(),
            source: rates.source().to_owned(),
            per_euro: rates.per_euro_of_all(),
        };
        let mut slice = RuleSlice {
            version: String::new(),
            day: self.day.to_string(),
            to: self.to,
            territories: self.rows("territories", of_territory),
            taxes: self.rows("taxes", |row| {
                row.text("country") == self.to.as_str() && self.sells_prefix(row.text("hs_prefix"))
            }),
            thresholds: self.rows("thresholds", of_country),
            flat_duties: self.rows("flat_duties", of_territory),
            fees: self.rows("fees", of_country),
            duty_rates: self.rows("duty_rates", |row| {
                of_territory(row) && self.sells_code(row.text("hs"))
            }),
            layers: self.rows("layers", |row| {
                of_territory(row)
                    && self.sells_prefix(row.text("hs_prefix"))
                    && self.sells_from(row.text("origin"))
            }),
            preferences: self.rows("preferences", |row| {
                of_territory(row)
                    && self.sells_prefix(row.text("hs_prefix"))
                    && self.sells_from(row.text("origin"))
            }),
            customs_rates: self.rows("customs_rates", of_territory),
            exchange,
            cards: self.rows("cards", |row| {
                let (origin, to) = (row.text("origin"), row.text("zone"));
                (to == zone || to == "ROW")
                    && (origin == "*" || self.sold.ships_from.contains(origin))
            }),
            dangerous_goods: self.rows("dangerous_goods", |row| {
                self.sold.dangerous_goods.contains(row.text("un"))
            }),
            zones,
        };
        slice.version = fingerprint(&slice);
        slice
    }

    /// Rows of a kind that hold today or later.
    fn rows(&self, kind: &str, wanted: impl Fn(&Row<'_>) -> bool) -> Vec<Fields> {
        let is_over = |row: &Row<'_>| {
            row.day("effective_to")
                .ok()
                .flatten()
                .is_some_and(|to| to < self.day)
        };
        let of_kind = self.set.held.iter().filter(|held| held.row.kind == kind);
        let fields = of_kind.map(|held: &Held| &held.row.fields);
        fields
            .filter(|fields| !is_over(&Row(fields)) && wanted(&Row(fields)))
            .cloned()
            .collect()
    }

    /// Zones of the destination, of where the market sends from, and of the destination's territory.
    fn zones(&self, territory: Option<&Territory>) -> (BTreeMap<String, String>, String) {
        let members = territory
            .into_iter()
            .flat_map(|territory| &territory.countries);
        let mut wanted: BTreeSet<&str> = members.map(CountryCode::as_str).collect();
        wanted.extend(self.sold.ships_from.iter().map(String::as_str));
        wanted.insert(self.to.as_str());
        let rows = self.rows("zones", |row| wanted.contains(row.text("country")));
        let text = |fields: &Fields, column: &str| fields.get(column).cloned().unwrap_or_default();
        let zones: BTreeMap<String, String> = rows
            .iter()
            .map(|row| (text(row, "country"), text(row, "zone")))
            .collect();
        let zone = zones.get(self.to.as_str()).cloned();
        (zones, zone.unwrap_or_else(|| "ROW".to_owned()))
    }

    /// A tariff code that goods on sale begin with, or that is finer than theirs.
    fn sells_code(&self, code: &str) -> bool {
        self.sold
            .hs6
            .iter()
            .any(|hs6| hs6.starts_with(code) || code.starts_with(hs6.as_str()))
    }

    fn sells_prefix(&self, prefix: &str) -> bool {
        prefix.is_empty() || self.sells_code(prefix)
    }

    /// Names an origin of goods on sale; empty names all.
    fn sells_from(&self, origins: &str) -> bool {
        origins.is_empty()
            || origins
                .split_whitespace()
                .any(|origin| self.sold.origins.contains(origin))
    }
}

fn fingerprint(slice: &RuleSlice) -> String {
    let text = serde_json::to_vec(slice).unwrap_or_default();
    Sha256::digest(text)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
