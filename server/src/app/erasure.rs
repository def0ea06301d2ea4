//! What is left of a person who had their data erased, table by table, in one place to be checked: shopping and
//! conversation go, orders stay as the tax law asks, without name, street, e-mail and phone. An order on its way keeps
//! its address until it has arrived. A test sees to it that every shopper-owned table is named here.

use crate::platform::{
    Platform, db,
    outbox::{Job, JobEnd, JobError},
};
use sea_orm::DbErr;
use serde::Deserialize;
use uuid::Uuid;

const DAY_SECONDS: i64 = 86_400;

/// Rows that go.
const DELETED: &[&str] = &[
    "cart",
    "cart_line",
    "op",
    "outcome",
    "register",
    "quote",
    "shop_member",
    "push_subscription",
    "push_directory",
    "push_delivery",
    "order_link",
];
/// Emptied or removed at once, by the request itself.
#[cfg(test)]
const CLOSED: &[&str] = &[
    "account",
    "account_directory",
    "account_role",
    "session",
    "mail_link",
    "device",
];
/// Kept: what was bought, paid and sent, and by which number it is found; nothing in it names a person.
#[cfg(test)]
const KEPT: &[&str] = &[
    "device_directory",
    "payment",
    "order_line",
    "batch",
    "parcel",
    "parcel_event",
    "order_directory",
    "batch_directory",
    "parcel_directory",
    "payment_directory",
];
/// Kept without the person, once nothing is on its way.
const PSEUDONYMISED: &[(&str, &str)] = &[
    (
        "shop_order",
        "UPDATE shop_order SET ship_to = $2, link_key = '' WHERE scope_id = $1",
    ),
    (
        "order_group",
        "UPDATE order_group SET contact = $2 WHERE scope_id = $1",
    ),
    (
        "checkout",
        "UPDATE checkout SET request = $2, quote = NULL WHERE scope_id = $1",
    ),
];

#[derive(Deserialize)]
struct Whom {
    scope_id: Uuid,
}

/// `app.erase`: again every day until the last order has arrived.
pub async fn run_job(platform: &Platform, job: &Job) -> Result<JobEnd, JobError> {
    if job.kind != "app.erase" {
        return Err(JobError(format!("app has no job {}", job.kind)));
    }
    let Whom { scope_id } = job.payload()?;
    let is_done = platform
        .db
        .write(move |tx| {
            Box::pin(async move {
                for table in DELETED {
                    let text = format!("DELETE FROM {table} WHERE scope_id = $1");
                    db::execute(tx, &text, [scope_id.into()]).await?;
                }
                let on_the_way = "SELECT 1 AS one FROM batch WHERE scope_id = $1 AND state IN \
                                  ('planned', 'awaiting_payment', 'paid', 'packed', 'shipped', 'disputed') LIMIT 1";
                if db::fetch_one(tx, on_the_way, [scope_id.into()]).await?.is_some() {
                    return Ok::<_, DbErr>(false);
                }
                pseudonymise(tx, scope_id).await?;
                Ok(true)
            })
        })
        .await?;
    Ok(if is_done {
        JobEnd::Done
    } else {
        JobEnd::Again {
            seconds: DAY_SECONDS,
        }
    })
}

/// An order keeps the country it went to: tax depends on it.
async fn pseudonymise(tx: &db::Tx, scope_id: Uuid) -> Result<(), DbErr> {
    let text = "SELECT id, ship_to FROM shop_order WHERE scope_id = $1";
    let mut countries = Vec::new();
    for row in db::fetch_all(tx, text, [scope_id.into()]).await? {
        let ship_to: String = row.try_get("", "ship_to")?;
        let country = serde_json::from_str::<serde_json::Value>(&ship_to)
            .ok()
            .and_then(|ship_to| ship_to["country"].as_str().map(str::to_owned))
            .unwrap_or_default();
        countries.push((row.try_get::<Uuid>("", "id")?, country));
    }
    for (table, text) in PSEUDONYMISED {
        let stand_in = match *table {
            "order_group" => serde_json::json!({ "email": "erased@erased.invalid" }),
            _ => serde_json::json!({}),
        };
        db::execute(tx, text, [scope_id.into(), stand_in.to_string().into()]).await?;
    }
    for (id, country) in countries {
        let text = "UPDATE shop_order SET ship_to = $3 WHERE scope_id = $1 AND id = $2";
        let ship_to = serde_json::json!({ "country": country }).to_string();
        db::execute(tx, text, [scope_id.into(), id.into(), ship_to.into()]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_shopper_owned_table_says_what_erasure_does_to_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("erasure.db").display());
        let db = db::Db::connect(&url).await.expect("a database");
        sampan_migrations::up(db.writer())
            .await
            .expect("migrations");
        let text = "SELECT m.name AS t FROM sqlite_master m JOIN pragma_table_info(m.name) p \
                    WHERE m.type = 'table' AND p.name = 'scope_id' ORDER BY m.name";
        let rows = db::fetch_all(db.reader(), text, []).await.expect("tables");
        let found: Vec<String> = rows
            .iter()
            .map(|row| row.try_get("", "t").expect("a name"))
            .collect();
        let mut named: Vec<&str> = [DELETED, CLOSED, KEPT].concat();
        named.extend(PSEUDONYMISED.iter().map(|(table, _)| *table));
        named.sort_unstable();
        assert_eq!(found, named);
    }
}
