//! The confirmation of an order to its contact e-mail, with private links: a lost phone loses no order.

use crate::{
    orders::{
        link::{self, Link},
        model::{Contact, Order},
        storage,
    },
    platform::{
        Platform, db,
        mail::Mail,
        outbox::{Job, JobEnd, JobError},
        texts,
    },
};
use sampan_engine::time::Timestamp;
use sea_orm::DbErr;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// Which order group an `orders.mail` is about.
#[derive(Deserialize)]
struct Confirming {
    scope_id: Uuid,
    order_group: Uuid,
}

/// Whom to write to about an order, in which language, and where it can be followed.
pub struct Correspondent {
    pub email: String,
    pub locale: String,
    pub number: String,
    pub link: String,
}

/// None once the person has asked to be forgotten.
pub async fn correspondent(
    platform: &Platform,
    scope_id: Uuid,
    order_id: Uuid,
) -> Result<Option<Correspondent>, DbErr> {
    let text = "SELECT g.contact, s.locale, o.number FROM shop_order o \
                JOIN order_group g ON g.scope_id = o.scope_id AND g.id = o.order_group \
                JOIN scope s ON s.id = o.scope_id WHERE o.scope_id = $1 AND o.id = $2 AND s.erased_at IS NULL";
    let values = [scope_id.into(), order_id.into()];
    let Some(row) = db::fetch_one(platform.db.reader(), text, values).await? else {
        return Ok(None);
    };
    let contact: Contact = storage::stored(&row, "contact")?;
    let links = link::of_orders(platform.db.reader(), &[scope_id], &[order_id]).await?;
    Ok(Some(Correspondent {
        email: contact.email.trim().to_owned(),
        locale: row.try_get("", "locale")?,
        number: row.try_get("", "number")?,
        link: followed_at(platform, &links, order_id),
    }))
}

/// The job `orders.mail`. A repeat sends the same message under the same id.
pub async fn mail(platform: &Platform, job: &Job) -> Result<JobEnd, JobError> {
    let Confirming {
        scope_id,
        order_group,
    } = job.payload()?;
    let reader = platform.db.reader();
    let orders = storage::of_group(reader, scope_id, order_group).await?;
    let Some((contact, locale, at)) = addressee(platform, scope_id, order_group).await? else {
        return Ok(JobEnd::Done);
    };
    let ids: Vec<Uuid> = orders.iter().map(|order| order.id).collect();
    let links = link::of_orders(reader, &[scope_id], &ids).await?;
    let parts: Vec<String> = orders
        .iter()
        .map(|order| part(platform, &locale, order, &links))
        .collect();
    let numbers: Vec<&str> = orders.iter().map(|order| order.number.as_str()).collect();
    let subject = [("numbers", numbers.join(", ").into())];
    let body = [("orders", parts.join("\n\n").into())];
    let mail = Mail {
        id: order_group,
        to: contact.email.trim().to_owned(),
        subject: texts::text(&locale, "mail-order-subject", &subject),
        text: texts::text(&locale, "mail-order-body", &body),
        locale,
        at,
    };
    platform.mailer.send(&mail).await?;
    Ok(JobEnd::Done)
}

/// One shop's order, and where it can be followed.
fn part(platform: &Platform, locale: &str, order: &Order, links: &HashMap<Uuid, Link>) -> String {
    let link = followed_at(platform, links, order.id);
    let args = [
        ("shop", order.shop.name.as_str().into()),
        ("number", order.number.as_str().into()),
        ("total", order.total.to_string().into()),
        ("link", link.into()),
    ];
    texts::text(locale, "mail-order-part", &args)
}

/// The order's private link, or while it has none that works the order's own page, which asks for a log-in.
fn followed_at(platform: &Platform, links: &HashMap<Uuid, Link>, order_id: Uuid) -> String {
    let link = links.get(&order_id).and_then(|link| link.address(platform));
    link.unwrap_or_else(|| format!("{}/orders/{order_id}", platform.config.public_url()))
}

/// To whom, in which language, and when it was ordered.
async fn addressee(
    platform: &Platform,
    scope_id: Uuid,
    order_group: Uuid,
) -> Result<Option<(Contact, String, Timestamp)>, DbErr> {
    let text = "SELECT g.contact, g.created_at, s.locale FROM order_group g JOIN scope s ON s.id = g.scope_id \
                WHERE g.scope_id = $1 AND g.id = $2";
    let values = [scope_id.into(), order_group.into()];
    let Some(row) = db::fetch_one(platform.db.reader(), text, values).await? else {
        return Ok(None);
    };
    let contact = storage::stored(&row, "contact")?;
    let at = Timestamp::from_micros(row.try_get("", "created_at")?);
    Ok(Some((contact, row.try_get("", "locale")?, at)))
}
