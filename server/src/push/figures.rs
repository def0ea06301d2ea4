//! How messages fared, for staff: counts only, never a phone, an address or a key.
//!
//! One grouped pass over the rows of the days asked for, by their index of time; rows are kept as long as may be asked.

use super::{Push, storage};
use crate::{
    accounts::{self, Right},
    platform::{Platform, db, problem::Problem, problem::ProblemBody},
    scope::Actor,
};
use actix_web::{HttpResponse, get, web};
use sampan_engine::time::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const USUAL_DAYS: i64 = 7;
const MAX_DAYS: i64 = storage::DELIVERIES_KEPT_DAYS;
const DAY_MICROS: i64 = 86_400_000_000;
/// What took longer counts as this long, so that there are few durations to look at.
const LONGEST_SECONDS: i64 = 86_400;
/// Rows of the smaller lists: hosts and languages are what phones say.
const MOST: i64 = 200;

#[derive(Deserialize, utoipa::IntoParams)]
pub struct PushesQuery {
    /// Days, today included, 1 to 90; 7 when absent.
    pub days: Option<i64>,
}

/// How many messages came to each end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PushEnds {
    /// All that follow.
    pub planned: i64,
    pub sent: i64,
    /// Told in a letter, as no phone could be reached.
    pub mailed: i64,
    pub gone: i64,
    pub superseded: i64,
    pub expired: i64,
    pub refused: i64,
    pub muted: i64,
    pub waiting: i64,
}

impl PushEnds {
    fn add(&mut self, end: &str, messages: i64) {
        let count = match end {
            "sent" => &mut self.sent,
            "mailed" => &mut self.mailed,
            "gone" => &mut self.gone,
            "superseded" => &mut self.superseded,
            "expired" => &mut self.expired,
            "refused" => &mut self.refused,
            "muted" => &mut self.muted,
            _ => &mut self.waiting,
        };
        *count += messages;
        self.planned += messages;
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PushDay {
    /// `YYYY-MM-DD`, in UTC.
    pub day: String,
    #[serde(flatten)]
    pub ends: PushEnds,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PushStepFigures {
    pub step: String,
    #[serde(flatten)]
    pub ends: PushEnds,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PushServiceFigures {
    /// Host of the push service; empty for letters, and for phones not heard of since it is noted.
    pub service: String,
    /// Attempts that failed and were made again.
    pub retries: i64,
    #[serde(flatten)]
    pub ends: PushEnds,
    /// Times it refused our key since this node started.
    pub keys_refused: i64,
    /// Until when this node leaves it in peace, RFC 3339; null: it is not paused.
    pub paused_until: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PushPhones {
    pub service: String,
    /// Language of the messages; empty where neither the phone nor its owner said.
    pub locale: String,
    pub phones: i64,
}

/// How the messages of some days fared.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PushFigures {
    /// First day, `YYYY-MM-DD`, in UTC.
    pub since: String,
    pub total: PushEnds,
    /// From the event to the push service's yes, of those sent; null when there were none.
    pub median_seconds: Option<i64>,
    pub p95_seconds: Option<i64>,
    /// Each day, oldest first, also those without messages.
    pub days: Vec<PushDay>,
    /// Steps that were told, in the order of their names.
    pub steps: Vec<PushStepFigures>,
    pub services: Vec<PushServiceFigures>,
    /// Phones that may be told today.
    pub phones: Vec<PushPhones>,
}

/// How messages fared by day, step and push service, for staff
#[utoipa::path(tag = "operate", params(PushesQuery), responses(
    (status = 200, body = PushFigures),
    (status = 403, body = ProblemBody),
    (status = 422, body = ProblemBody),
))]
#[get("/operator/pushes")]
pub async fn show(
    actor: Actor,
    platform: web::Data<Platform>,
    push: web::Data<Push>,
    query: web::Query<PushesQuery>,
) -> Result<HttpResponse, Problem> {
    accounts::require(&platform, actor, Right::ReadFigures).await?;
    let days = query.days.unwrap_or(USUAL_DAYS);
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(Problem::field("/days", "1 to 90."));
    }
    let now = platform.now();
    let today = now.micros().div_euclid(DAY_MICROS);
    let first = today - days + 1;
    let since = Timestamp::from_micros(first * DAY_MICROS);
    let reader = platform.db.reader();

    let mut total = PushEnds::default();
    let mut by_day: BTreeMap<i64, PushEnds> = (first..=today)
        .map(|day| (day, PushEnds::default()))
        .collect();
    let mut by_step: BTreeMap<String, PushEnds> = BTreeMap::new();
    for Counted { day, step, end, n } in counted(reader, since).await? {
        total.add(&end, n);
        by_day.entry(day).or_default().add(&end, n);
        by_step.entry(step).or_default().add(&end, n);
    }
    let took = took(reader, since).await?;
    let figures = PushFigures {
        since: since.date(),
        total,
        median_seconds: quantile(&took, 50),
        p95_seconds: quantile(&took, 95),
        days: by_day
            .into_iter()
            .map(|(day, ends)| PushDay {
                day: Timestamp::from_micros(day * DAY_MICROS).date(),
                ends,
            })
            .collect(),
        steps: by_step
            .into_iter()
            .map(|(step, ends)| PushStepFigures { step, ends })
            .collect(),
        services: services(reader, since, push.sender.standing(now)).await?,
        phones: phones(reader).await?,
    };
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(figures))
}

struct Counted {
    /// Days since 1970.
    day: i64,
    step: String,
    end: String,
    n: i64,
}

async fn counted(
    connection: &impl ConnectionTrait,
    since: Timestamp,
) -> Result<Vec<Counted>, DbErr> {
    let text = "SELECT created_at / 86400000000 AS day, step, state, COUNT(*) AS n FROM push_delivery \
                WHERE created_at >= $1 GROUP BY created_at / 86400000000, step, state";
    let read = |row: &QueryResult| {
        Ok(Counted {
            day: row.try_get("", "day")?,
            step: row.try_get("", "step")?,
            end: row.try_get("", "state")?,
            n: row.try_get("", "n")?,
        })
    };
    let rows = db::fetch_all(connection, text, [since.micros().into()]).await?;
    rows.iter().map(read).collect()
}

/// Seconds from event to sent, and how many took so long, the shortest first.
async fn took(
    connection: &impl ConnectionTrait,
    since: Timestamp,
) -> Result<Vec<(i64, i64)>, DbErr> {
    let text = "SELECT took, COUNT(*) AS n FROM (SELECT CASE WHEN ended_at / 1000 - seq >= $2 * 1000 THEN $2 \
                WHEN ended_at / 1000 < seq THEN 0 ELSE (ended_at / 1000 - seq) / 1000 END AS took \
                FROM push_delivery WHERE created_at >= $1 AND state = 'sent' AND ended_at IS NOT NULL) t \
                GROUP BY took ORDER BY took";
    let values = [since.micros().into(), LONGEST_SECONDS.into()];
    let rows = db::fetch_all(connection, text, values).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "took")?, row.try_get("", "n")?)))
        .collect()
}

async fn services(
    connection: &impl ConnectionTrait,
    since: Timestamp,
    standing: Vec<(String, Option<Timestamp>, i64)>,
) -> Result<Vec<PushServiceFigures>, DbErr> {
    let text = "SELECT service, state, COUNT(*) AS n, CAST(SUM(attempts) AS BIGINT) AS retries FROM push_delivery \
                WHERE created_at >= $1 GROUP BY service, state ORDER BY n DESC LIMIT $2";
    let mut found: BTreeMap<String, PushServiceFigures> = BTreeMap::new();
    let new = |service: &str| PushServiceFigures {
        service: service.to_owned(),
        retries: 0,
        ends: PushEnds::default(),
        keys_refused: 0,
        paused_until: None,
    };
    let values = [since.micros().into(), (MOST * 8).into()];
    for row in db::fetch_all(connection, text, values).await? {
        let (service, end): (String, String) =
            (row.try_get("", "service")?, row.try_get("", "state")?);
        let of = found
            .entry(service.clone())
            .or_insert_with(|| new(&service));
        of.retries += row.try_get::<i64>("", "retries")?;
        of.ends.add(&end, row.try_get("", "n")?);
    }
    for (service, paused_until, keys_refused) in standing {
        let of = found
            .entry(service.clone())
            .or_insert_with(|| new(&service));
        of.keys_refused += keys_refused;
        of.paused_until = paused_until.map(Timestamp::rfc3339);
    }
    Ok(found.into_values().collect())
}

async fn phones(connection: &impl ConnectionTrait) -> Result<Vec<PushPhones>, DbErr> {
    let text = "SELECT s.service, COALESCE(s.locale, o.locale, '') AS locale, COUNT(*) AS n FROM push_subscription s \
                JOIN scope o ON o.id = s.scope_id LEFT JOIN device d ON d.scope_id = s.scope_id AND d.id = s.device_id \
                WHERE d.signed_out_at IS NULL AND o.erased_at IS NULL \
                GROUP BY s.service, COALESCE(s.locale, o.locale, '') ORDER BY n DESC, s.service LIMIT $1";
    let rows = db::fetch_all(connection, text, [MOST.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(PushPhones {
                service: row.try_get("", "service")?,
                locale: row.try_get("", "locale")?,
                phones: row.try_get("", "n")?,
            })
        })
        .collect()
}

/// The least duration that so many of a hundred did not exceed.
fn quantile(took: &[(i64, i64)], percent: i64) -> Option<i64> {
    let all: i64 = took.iter().map(|(_, n)| n).sum();
    let mut seen = 0;
    took.iter()
        .find(|(_, n)| {
            seen += n;
            seen * 100 >= all * percent
        })
        .map(|(seconds, _)| *seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_least_duration_that_enough_did_not_exceed() {
        assert_eq!(quantile(&[], 50), None);
        assert_eq!(quantile(&[(3, 1)], 95), Some(3));
        let took = [(0, 90), (1, 4), (60, 5), (900, 1)];
        assert_eq!(
            (quantile(&took, 50), quantile(&took, 95)),
            (Some(0), Some(60))
        );
        assert_eq!(quantile(&took, 100), Some(900));
    }

    #[test]
    fn every_end_is_counted_once_and_planned_is_their_sum() {
        let mut ends = PushEnds::default();
        let names = [
            "sent",
            "mailed",
            "gone",
            "superseded",
            "expired",
            "refused",
            "muted",
            "waiting",
        ];
        for (name, n) in names.into_iter().zip(1..) {
            ends.add(name, n);
        }
        assert_eq!(ends.planned, 36);
        assert_eq!((ends.sent, ends.muted, ends.waiting), (1, 7, 8));
    }
}
