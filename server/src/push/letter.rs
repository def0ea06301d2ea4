//! The letter in place of a push: an order's important step, when no phone of the shopper's can be reached.
//!
//! It is a delivery like any other, to no phone, and unique by (order, step), but for a step that comes again.

use super::{
    copy,
    model::Step,
    storage::{self, Delivery, End, Planned},
};
use crate::{
    orders::{self, Correspondent},
    platform::{
        Platform,
        db::Tx,
        mail::{Mail, Posted},
        outbox::{JobEnd, JobError, Outbox},
        texts,
    },
};
use sampan_engine::time::Timestamp;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Stands where a delivery names its phone.
const NO_PHONE: Uuid = Uuid::nil();

/// The payload of `push.mail`.
#[derive(Deserialize, Serialize)]
pub struct Letter {
    /// Whose order it is.
    scope_id: Uuid,
    event_id: String,
}

/// Plans the letter about a step, once, unless one of these people has a phone or wants no letter. `people` begins with
/// the order's owner.
pub async fn plan(
    outbox: &Outbox,
    tx: &Tx,
    people: &[Uuid],
    delivery: &Delivery,
    now: Timestamp,
) -> Result<(), DbErr> {
    let (Some(owner), Some(step)) = (people.first(), Step::parse(&delivery.step)) else {
        return Ok(());
    };
    for person in people.iter().copied() {
        let is_unwanted = storage::has_phone(tx, person).await?
            || storage::is_muted(tx, person, delivery.order_id).await?
            || !storage::mail_level(tx, person).await?.wants(step);
        if is_unwanted {
            return Ok(());
        }
    }
    let mut event_id = format!("mail/{}/{}", delivery.order_id, step.as_str());
    if step.comes_again() {
        event_id = format!("{event_id}/{}", delivery.seq);
    }
    let letter = Letter {
        scope_id: *owner,
        event_id,
    };
    if storage::plan(tx, *owner, &letter.event_id, NO_PHONE, delivery, now).await? {
        outbox.enqueue(tx, "push.mail", &letter).await?;
    }
    Ok(())
}

/// The job `push.mail`. A repeat sends the same message under the same id.
pub async fn send(platform: &Platform, id: Uuid, letter: &Letter) -> Result<JobEnd, JobError> {
    let (reader, scope_id) = (platform.db.reader(), letter.scope_id);
    let Some(Planned {
        delivery, is_muted, ..
    }) = storage::waiting(reader, scope_id, &letter.event_id, NO_PHONE).await?
    else {
        return Ok(JobEnd::Done);
    };
    let end = if storage::is_superseded(reader, scope_id, NO_PHONE, &delivery).await? {
        End::Superseded
    } else if is_muted {
        End::Muted
    } else if delivery.expires_at <= platform.now() {
        End::Expired
    } else {
        post(platform, id, scope_id, &delivery).await?
    };
    let (event_id, now) = (letter.event_id.clone(), platform.now());
    platform
        .db
        .write(move |tx| {
            let event_id = event_id.clone();
            Box::pin(
                async move { storage::finish(tx, scope_id, &event_id, NO_PHONE, end, now).await },
            )
        })
        .await?;
    Ok(JobEnd::Done)
}

async fn post(
    platform: &Platform,
    id: Uuid,
    scope_id: Uuid,
    delivery: &Delivery,
) -> Result<End, JobError> {
    let to = orders::correspondent(platform, scope_id, delivery.order_id).await?;
    let (Some(to), Some(step)) = (to, Step::parse(&delivery.step)) else {
        return Ok(End::Refused);
    };
    let about = copy::about(platform.db.reader(), scope_id, delivery.order_id, step).await?;
    let mail = write(id, to, step, &about, delivery, platform.now());
    Ok(match platform.mailer.send(&mail).await? {
        Posted::Handed => End::Mailed,
        Posted::Refused => End::Refused,
    })
}

/// The words of the push, with the order's link.
fn write(
    id: Uuid,
    to: Correspondent,
    step: Step,
    about: &copy::About,
    delivery: &Delivery,
    now: Timestamp,
) -> Mail {
    let words = copy::words(&to.locale, step, about, now);
    let subject = [("title", words.title.into()), ("number", to.number.into())];
    let body = [("body", words.body.into()), ("link", to.link.into())];
    Mail {
        id,
        to: to.email,
        subject: texts::text(&to.locale, "mail-step-subject", &subject),
        text: texts::text(&to.locale, "mail-step-body", &body),
        locale: texts::negotiate(&to.locale).to_owned(),
        at: Timestamp::from_millis(delivery.seq),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_in_each_language_what_happened_and_where_to_follow_it() {
        let now = Timestamp::from_seconds(1_795_464_000);
        let about = copy::About {
            shop: "Olaria Vale Manso".to_owned(),
            arrival: Some((now.plus_days(3), now.plus_days(5))),
            leaves: None,
        };
        for locale in texts::LOCALES {
            let to = Correspondent {
                email: "ines@example.org".to_owned(),
                locale: locale.to_owned(),
                number: "SP-1".to_owned(),
                link: "https://sampan.example/o/x".to_owned(),
            };
            let delivery = Delivery {
                order_id: Uuid::from_u128(7),
                step: Step::Shipped.as_str().to_owned(),
                seq: now.millis(),
                attempts: 0,
                expires_at: now,
            };
            let mail = write(Uuid::nil(), to, Step::Shipped, &about, &delivery, now);
            assert!(mail.subject.contains("Olaria Vale Manso") && mail.subject.contains("SP-1"));
            assert!(
                mail.text.contains("https://sampan.example/o/x\n"),
                "{}",
                mail.text
            );
            assert!(
                !mail.text.contains("mail-") && !mail.text.contains('{'),
                "{}",
                mail.text
            );
            assert_eq!((mail.locale.as_str(), mail.at), (locale, now));
        }
    }
}
