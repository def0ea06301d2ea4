//! The operator's wing: the rules with their age and source, what ends next, imports and their history.

use crate::{
    accounts::{self, Right},
    landed_cost::{
        import::Format,
        quote::LandedCost,
        rules::{
            Held, ImportAsk, ImportError, ImportReport, Imported, KINDS, Row, RuleMistake, kind,
        },
    },
    platform::{Platform, extract::FileBody, problem::Problem},
    scope::Actor,
};
use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use sampan_engine::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const PAGE: usize = 50;
const HISTORY_PAGE: i64 = 30;
/// Rows that a summary names as ending next.
const NEXT: usize = 40;
/// Mistakes that a refusal tells one by one.
const TOLD_MISTAKES: usize = 100;
const MAX_NAME_CHARS: usize = 120;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(summary)
        .service(history)
        .service(import)
        .service(withdraw)
        .service(list);
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct RulesQuery {
    /// A kind, such as `duty_rates`.
    pub kind: Option<String>,
    /// A customs territory, such as `EU`, or a country.
    pub territory: Option<String>,
    /// `holds`, `to_come`, `ended` or `overdue`.
    pub state: Option<String>,
    /// What any column begins with, such as a goods code.
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<usize>,
}

/// One dated row.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RuleRow)]
pub struct RuleView {
    pub kind: String,
    pub fields: BTreeMap<String, String>,
    /// The import it came with; null: it ships with Sampan.
    pub import: Option<Uuid>,
    pub state: RuleState,
    /// Its review date has passed: what rests on it is an estimate.
    pub is_overdue: bool,
    /// Days since its source was read.
    pub age_days: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleState {
    Holds,
    ToCome,
    Ended,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RulePage {
    pub items: Vec<RuleView>,
    pub total: usize,
    pub next_cursor: Option<usize>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RuleSummary {
    /// `YYYY-MM-DD`
    pub day: String,
    pub kinds: Vec<String>,
    pub territories: Vec<TerritorySummary>,
    /// Rows that end or begin next, soonest first.
    pub changes_next: Vec<RuleView>,
    /// Rows whose review comes or came, soonest first; one for each source.
    pub review_next: Vec<RuleView>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TerritorySummary {
    pub territory: String,
    pub name: String,
    pub countries: Vec<String>,
    /// Rows that hold today.
    pub rows: usize,
    pub duty_rates: usize,
    /// Rows past their review.
    pub overdue: usize,
    pub estimates: usize,
    pub imported: usize,
    /// The latest day a source was read.
    pub read_on: String,
    /// The next review.
    pub review_by: String,
}

/// The state of all rules, and what changes next
#[utoipa::path(tag = "operator", responses((status = 200, body = RuleSummary), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/operator/rules/summary")]
pub async fn summary(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
) -> Result<HttpResponse, Problem> {
    accounts::require(&platform, actor, Right::ReadRules).await?;
    let set = landed_cost.rules().current().await?;
    let day = platform.now().day();
    let today = Today(day);
    let territories = set.rules.territories(day).map(|territory| {
        let countries: Vec<String> = territory
            .countries
            .iter()
            .map(|country| country.as_str().to_owned())
            .collect();
        let concerns = |held: &&Held| {
            let row = Row(&held.row.fields);
            row.text("territory") == &*territory.code
                || countries
                    .iter()
                    .any(|country| row.text("country") == country)
        };
        let holding = |held: &&Held| today.state(held) == RuleState::Holds;
        let rows: Vec<&Held> = set.held.iter().filter(concerns).filter(holding).collect();
        let count = |is: &dyn Fn(&Held) -> bool| rows.iter().filter(|held| is(held)).count();
        let days = |column: &str| {
            rows.iter()
                .map(|held| Row(&held.row.fields).text(column).to_owned())
                .collect::<Vec<_>>()
        };
        TerritorySummary {
            territory: territory.code.to_string(),
            name: territory.name.to_string(),
            rows: rows.len(),
            duty_rates: count(&|held| held.row.kind == "duty_rates"),
            overdue: count(&|held| today.is_overdue(held)),
            estimates: count(&|held| Row(&held.row.fields).text("confidence") == "estimate"),
            imported: count(&|held| held.origin.is_some()),
            read_on: days("as_of").into_iter().max().unwrap_or_default(),
            review_by: days("review_by").into_iter().min().unwrap_or_default(),
            countries,
        }
    });
    let summary = RuleSummary {
        day: day.to_string(),
        kinds: KINDS.iter().map(|kind| kind.name.to_owned()).collect(),
        territories: territories.collect(),
        changes_next: today.changes_next(&set.held),
        review_next: today.review_next(&set.held),
    };
    Ok(private(&summary))
}

/// Dated rows, one by one
#[utoipa::path(tag = "operator", params(RulesQuery), responses((status = 200, body = RulePage), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/operator/rules")]
pub async fn list(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    query: web::Query<RulesQuery>,
) -> Result<HttpResponse, Problem> {
    accounts::require(&platform, actor, Right::ReadRules).await?;
    if let Some(name) = query.kind.as_deref().filter(|name| kind(name).is_none()) {
        return Err(Problem::field(
            "/kind",
            format!("There is no kind of rule called {name:?}."),
        ));
    }
    let set = landed_cost.rules().current().await?;
    let today = Today(platform.now().day());
    let found: Vec<&Held> = set
        .held
        .iter()
        .filter(|held| query.wants(held, today))
        .collect();
    let start = query.cursor.unwrap_or(0);
    let page = RulePage {
        total: found.len(),
        next_cursor: (found.len() > start.saturating_add(PAGE)).then(|| start + PAGE),
        items: found
            .into_iter()
            .skip(start)
            .take(PAGE)
            .map(|held| today.view(held))
            .collect(),
    };
    Ok(private(&page))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct ImportQuery {
    pub file_name: String,
    /// `uk_tariff`, `usitc_csv`, `usitc_json` or `own`; without it the content tells.
    pub format: Option<String>,
    /// True: only look what would change.
    #[serde(default)]
    pub dry_run: bool,
}

/// Takes a file of rules in, whole or not at all; the body is the file
#[utoipa::path(tag = "operator", params(ImportQuery), request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = ImportReport), (status = 403, body = crate::platform::problem::ProblemBody), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[post("/operator/rules/imports")]
pub async fn import(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    query: web::Query<ImportQuery>,
    body: FileBody,
) -> Result<HttpResponse, Problem> {
    accounts::require(&platform, actor, Right::ImportRules).await?;
    let query = query.into_inner();
    let format = match query.format.as_deref() {
        None => None,
        Some(name) => Some(Format::parse(name).ok_or_else(|| {
            Problem::field(
                "/format",
                "One of uk_tariff, usitc_csv, usitc_json and own.",
            )
        })?),
    };
    let ask = ImportAsk {
        format,
        file_name: query.file_name.chars().take(MAX_NAME_CHARS).collect(),
        text: body.text().await?,
        by: Some(actor.scope_id),
        dry_run: query.dry_run,
    };
    match landed_cost.rules().import(&ask).await {
        Ok(report) => Ok(private(&report)),
        Err(ImportError::Mistakes(mistakes)) => Err(refused(&mistakes)),
        Err(ImportError::Database(error)) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct HistoryQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<i64>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RuleImportPage {
    pub items: Vec<Imported>,
    pub next_cursor: Option<i64>,
}

/// What was imported, newest first
#[utoipa::path(tag = "operator", params(HistoryQuery), responses((status = 200, body = RuleImportPage), (status = 403, body = crate::platform::problem::ProblemBody)))]
#[get("/operator/rules/imports")]
pub async fn history(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    query: web::Query<HistoryQuery>,
) -> Result<HttpResponse, Problem> {
    accounts::require(&platform, actor, Right::ReadRules).await?;
    let mut items = landed_cost
        .rules()
        .history(query.cursor, HISTORY_PAGE + 1)
        .await?;
    let has_more = items.len() as i64 > HISTORY_PAGE;
    items.truncate(HISTORY_PAGE as usize);
    let next_cursor = items.last().filter(|_| has_more).map(|last| last.version);
    Ok(private(&RuleImportPage { items, next_cursor }))
}

/// Takes an import back: what it covered holds again
#[utoipa::path(tag = "operator", responses((status = 204), (status = 403, body = crate::platform::problem::ProblemBody), (status = 404, body = crate::platform::problem::ProblemBody)))]
#[post("/operator/rules/imports/{id}/withdraw")]
pub async fn withdraw(
    actor: Actor,
    platform: web::Data<Platform>,
    landed_cost: web::Data<LandedCost>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    accounts::require(&platform, actor, Right::ImportRules).await?;
    if landed_cost.rules().withdraw(*id).await? {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(Problem::not_found("import that stands"))
    }
}

impl RulesQuery {
    fn wants(&self, held: &Held, today: Today) -> bool {
        let row = Row(&held.row.fields);
        let is = |wanted: &Option<String>, given: &[&str]| {
            let wanted = wanted.as_deref().filter(|wanted| !wanted.is_empty());
            wanted.is_none_or(|wanted| given.contains(&wanted))
        };
        let is_state = match self.state.as_deref() {
            Some("holds") => today.state(held) == RuleState::Holds,
            Some("to_come") => today.state(held) == RuleState::ToCome,
            Some("ended") => today.state(held) == RuleState::Ended,
            Some("overdue") => today.is_overdue(held) && today.state(held) == RuleState::Holds,
            _ => true,
        };
        let begins = |wanted: &str| {
            let wanted = wanted.trim().to_lowercase();
            held.row
                .fields
                .values()
                .any(|text| text.to_lowercase().starts_with(&wanted))
        };
        is(&self.kind, &[held.row.kind])
            && is(
                &self.territory,
                &[row.text("territory"), row.text("country")],
            )
            && is_state
            && self.q.as_deref().is_none_or(begins)
    }
}

/// The day by which rows are looked at.
#[derive(Clone, Copy)]
struct Today(Day);

impl Today {
    fn state(self, held: &Held) -> RuleState {
        let day = |column| Row(&held.row.fields).day(column).ok().flatten();
        if day("effective_to").is_some_and(|to| to < self.0) {
            RuleState::Ended
        } else if day("effective_from").is_some_and(|from| from > self.0) {
            RuleState::ToCome
        } else {
            RuleState::Holds
        }
    }

    fn is_overdue(self, held: &Held) -> bool {
        let review = Row(&held.row.fields).day("review_by").ok().flatten();
        review.is_some_and(|review| review < self.0)
    }

    fn view(self, held: &Held) -> RuleView {
        let read = Row(&held.row.fields).day("as_of").ok().flatten();
        RuleView {
            kind: held.row.kind.to_owned(),
            fields: held.row.fields.clone(),
            import: held.origin,
            state: self.state(held),
            is_overdue: self.is_overdue(held),
            age_days: read.map_or(0, |read| read.days_until(self.0)),
        }
    }

    /// Rows that end or begin after today, soonest first.
    fn changes_next(self, held: &[Held]) -> Vec<RuleView> {
        let turns = |held: &Held| {
            let day = |column| Row(&held.row.fields).day(column).ok().flatten();
            let ends = day("effective_to").filter(|to| *to >= self.0);
            let begins = day("effective_from").filter(|from| *from > self.0);
            begins.or(ends)
        };
        let mut rows: Vec<(Day, &Held)> = held
            .iter()
            .filter_map(|held| Some((turns(held)?, held)))
            .collect();
        rows.sort_by_key(|(day, _)| *day);
        rows.into_iter()
            .take(NEXT)
            .map(|(_, held)| self.view(held))
            .collect()
    }

    /// One row for each kind, territory and source, by its review.
    fn review_next(self, held: &[Held]) -> Vec<RuleView> {
        let mut sources: BTreeMap<(String, &str, &str, &str), &Held> = BTreeMap::new();
        for held in held
            .iter()
            .filter(|held| self.state(held) != RuleState::Ended)
        {
            let row = Row(&held.row.fields);
            let key = (
                row.text("review_by").to_owned(),
                held.row.kind,
                row.text("territory"),
                row.text("source"),
            );
            sources.entry(key).or_insert(held);
        }
        sources
            .into_values()
            .take(NEXT)
            .map(|held| self.view(held))
            .collect()
    }
}

/// Every mistake with its place, so that the file can be mended in one go.
fn refused(mistakes: &[RuleMistake]) -> Problem {
    let detail = match mistakes {
        [one] => format!("Nothing was imported. {one}"),
        many => format!(
            "Nothing was imported: the file has {} mistakes.",
            many.len()
        ),
    };
    let told: Vec<serde_json::Value> = mistakes
        .iter()
        .take(TOLD_MISTAKES)
        .map(|mistake| serde_json::json!(mistake))
        .collect();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail).with("mistakes", told)
}

fn private(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(body)
}
