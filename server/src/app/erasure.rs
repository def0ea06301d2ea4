//! What is left of a person who had their data erased, table by table, in one place to be checked: shopping and
//! conversation go, orders stay as the tax law asks, without name, street, e-mail and phone. An order on its way keeps
//! its address until it has arrived. A test sees to it that every shopper-owned table is named here.

use crate::platform::{
    Platform, db,
    outbox::{Job, JobEnd, JobError},
};
use sea_orm::DbErr;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

const MINUTE_SECONDS: i64 = 60;
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
    "muted_order",
    "told_by_mail",
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
    "batch",
    "parcel",
    "parcel_event",
    "order_directory",
    "batch_directory",
    "parcel_directory",
    "payment_directory",
];
/// Kept without the person, once nothing is on its way: table and the columns of JSON that name somebody.
const PSEUDONYMISED: &[(&str, &[&str])] = &[
    ("shop_order", &["ship_to"]),
    ("order_group", &["contact"]),
    ("checkout", &["request", "quote"]),
];
/// Kept without what the shopper wrote, once nothing is on its way.
const UNWRITTEN: &[(&str, &str)] = &[("order_line", "note")];
/// Objects that say who somebody is.
const PERSONS: [&str; 2] = ["ship_to", "contact"];
/// A checkout that is still being worked.
const AT_THE_TILL: &str = "SELECT 1 AS one FROM checkout WHERE scope_id = $1 AND state NOT IN \
                           ('placed', 'cancelled', 'withdrawn') LIMIT 1";
/// An order that has not ended.
const ON_THE_WAY: &str = "SELECT 1 AS one FROM batch WHERE scope_id = $1 AND state IN \
                          ('planned', 'awaiting_payment', 'paid', 'packed', 'shipped', 'disputed') LIMIT 1";

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
    let again_after = platform
        .db
        .write(move |tx| Box::pin(erase(tx, scope_id)))
        .await?;
    Ok(again_after.map_or(JobEnd::Done, |seconds| JobEnd::Again { seconds }))
}

/// Answers after how many seconds to come back, if something is not over yet.
async fn erase(tx: &db::Tx, scope_id: Uuid) -> Result<Option<i64>, DbErr> {
    let finds = async |text| {
        db::fetch_one(tx, text, [scope_id.into()])
            .await
            .map(|row| row.is_some())
    };
    if finds(AT_THE_TILL).await? {
        return Ok(Some(MINUTE_SECONDS));
    }
    for table in DELETED {
        let text = format!("DELETE FROM {table} WHERE scope_id = $1");
        db::execute(tx, &text, [scope_id.into()]).await?;
    }
    if finds(ON_THE_WAY).await? {
        return Ok(Some(DAY_SECONDS));
    }
    for (table, columns) in PSEUDONYMISED {
        for column in *columns {
            pseudonymise(tx, scope_id, (table, column)).await?;
        }
    }
    for (table, column) in UNWRITTEN {
        let text = format!("UPDATE {table} SET {column} = NULL WHERE scope_id = $1");
        db::execute(tx, &text, [scope_id.into()]).await?;
    }
    Ok(None)
}

async fn pseudonymise(
    tx: &db::Tx,
    scope_id: Uuid,
    (table, column): (&str, &str),
) -> Result<(), DbErr> {
    let text = format!(
        "SELECT DISTINCT {column} AS told FROM {table} WHERE scope_id = $1 AND {column} IS NOT NULL"
    );
    for row in db::fetch_all(tx, &text, [scope_id.into()]).await? {
        let told: String = row.try_get("", "told")?;
        let mut value = serde_json::from_str(&told).unwrap_or(Value::Null);
        forget(&mut value, PERSONS.contains(&column));
        let text =
            format!("UPDATE {table} SET {column} = $3 WHERE scope_id = $1 AND {column} = $2");
        let values = [scope_id.into(), told.into(), value.to_string().into()];
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

/// Takes the person out and leaves the shape, so that what reads orders still can. The country stays: tax depends on it.
fn forget(value: &mut Value, is_person: bool) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match name.as_str() {
                    "country" => {}
                    "email" if is_person => *member = "erased@erased.invalid".into(),
                    _ if is_person && member.is_string() => *member = "-".into(),
                    name => forget(member, is_person || PERSONS.contains(&name)),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| forget(item, is_person)),
        _ => {}
    }
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
        named.extend(PSEUDONYMISED.iter().map(|(table, ..)| *table));
        named.extend(UNWRITTEN.iter().map(|(table, ..)| *table));
        named.sort_unstable();
        assert_eq!(found, named);
    }
}
