//! What a message says: what happened, what comes next and when. No carrier's codes, no names, no addresses.

use super::{
    model::Step,
    payload::{MAX_BODY, MAX_TITLE, Notice, shortened},
    storage::Delivery,
};
use crate::{
    orders,
    platform::texts::{Arg, direction, negotiate, text},
    shipments,
};
use sampan_engine::time::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};
use time::OffsetDateTime;
use uuid::Uuid;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// What a text may mention of an order.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The maker's shop.
    pub shop: String,
    /// When its latest parcel should arrive.
    pub arrival: Option<(Timestamp, Timestamp)>,
    /// When goods are expected that were sold before they came, and have not come.
    pub leaves: Option<Timestamp>,
}

/// A message in its reader's language.
pub struct Words {
    pub title: String,
    pub body: String,
    /// In place of the body where there is too little room.
    pub brief: String,
    lang: &'static str,
}

impl Words {
    /// The notification with one of the bodies.
    pub fn notice<'a>(&'a self, body: &'a str, delivery: &Delivery, step: Step) -> Notice<'a> {
        Notice {
            title: &self.title,
            body,
            lang: self.lang,
            dir: direction(self.lang),
            order_id: (!delivery.order_id.is_nil()).then_some(delivery.order_id),
            status: step.as_str(),
            seq: delivery.seq,
        }
    }
}

/// Reads what the text of a step may mention, as it stands now.
pub async fn about(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    order_id: Uuid,
    step: Step,
) -> Result<About, DbErr> {
    if order_id.is_nil() {
        return Ok(About::default());
    }
    let shop = orders::shop_name(connection, scope_id, order_id).await?;
    let arrival = shipments::arrival(connection, scope_id, order_id).await?;
    let leaves = match step {
        Step::Delayed => orders::expected(connection, scope_id, order_id).await?,
        _ => None,
    };
    Ok(About {
        shop: shop.unwrap_or_else(|| "Sampan".to_owned()),
        arrival: arrival
            .map(|(from, to)| (Timestamp::from_micros(from), Timestamp::from_micros(to))),
        leaves,
    })
}

/// Title and body of a step. An arrival that has passed is not promised again.
pub fn words(locale: &str, step: Step, about: &About, now: Timestamp) -> Words {
    let lang = negotiate(locale);
    let key = step.as_str().replace('_', "-");
    let say = |key: &str, arguments: &[(&str, Arg<'_>)]| text(lang, key, arguments);
    let brief = say("push-brief", &[]);
    let arrival = about.arrival.filter(|(_, to)| *to > now);
    let when = match step {
        Step::Delayed => about.leaves.map(|day| date(lang, day)),
        _ => arrival.map(|(from, to)| range(lang, from, to)),
    };
    let body = match (step.tells_when(), when) {
        (true, None) => brief.clone(),
        (true, Some(when)) => say(&format!("push-{key}-body"), &[("when", when.into())]),
        (false, _) => say(&format!("push-{key}-body"), &[]),
    };
    let title = |shop: &str| say(&format!("push-{key}-title"), &[("shop", shop.into())]);
    Words {
        title: fitted(&about.shop, title),
        body: shortened(&body, MAX_BODY),
        brief,
        lang,
    }
}

/// The title with as much of the shop's name as there is room for.
fn fitted(shop: &str, title: impl Fn(&str) -> String) -> String {
    let full = title(shop);
    let over = full.chars().count().saturating_sub(MAX_TITLE);
    if over == 0 {
        return full;
    }
    let room = shop.chars().count().saturating_sub(over).max(1);
    shortened(&title(&shortened(shop, room)), MAX_TITLE)
}

/// "26 November – 28 November", or one day.
fn range(lang: &str, from: Timestamp, to: Timestamp) -> String {
    let (first, last) = (date(lang, from), date(lang, to));
    if first == last {
        return first;
    }
    text(
        lang,
        "push-range",
        &[("from", first.into()), ("to", last.into())],
    )
}

fn date(lang: &str, at: Timestamp) -> String {
    let Ok(date) = OffsetDateTime::from_unix_timestamp(at.seconds()) else {
        return at.date();
    };
    let month = MONTHS[usize::from(u8::from(date.month())) - 1];
    let arguments = [
        ("day", date.day().to_string().into()),
        ("month", month.into()),
    ];
    text(lang, "push-date", &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::texts::LOCALES;
    use crate::push::payload::{mistakes, payload};

    const NOW: Timestamp = Timestamp::from_seconds(1_795_464_000);

    #[test]
    fn every_step_in_every_language_is_a_message_that_all_engines_take() {
        let shops = [
            "Kamihina Bungu",
            "陶",
            "The Most Wonderful Small Ceramics Workshop of All Aveiro",
            "",
        ];
        for (language, step, shop) in LOCALES.into_iter().flat_map(|language| {
            Step::ALL
                .into_iter()
                .flat_map(move |step| shops.map(|shop| (language, step, shop)))
        }) {
            for arrival in [None, Some((NOW.plus_days(300), NOW.plus_days(303)))] {
                let about = About {
                    shop: shop.to_owned(),
                    arrival,
                    leaves: arrival.map(|(from, _)| from),
                };
                let words = words(language, step, &about, NOW);
                let delivery = Delivery {
                    order_id: Uuid::from_u128(7),
                    step: step.as_str().to_owned(),
                    seq: 1,
                    attempts: 0,
                    expires_at: NOW,
                };
                for body in [&words.body, &words.brief] {
                    let payload = payload(
                        &words.notice(body, &delivery, step),
                        "https://sampan.example",
                    );
                    assert_eq!(mistakes(&payload), Vec::<String>::new(), "{payload}");
                }
                assert!(
                    !words.title.contains("push-") && !words.body.contains("push-"),
                    "{}",
                    words.title
                );
                assert!(!words.body.ends_with('…'), "{}", words.body);
            }
        }
    }

    #[test]
    fn a_shipped_order_says_who_and_when() {
        let about = About {
            shop: "Olaria Vale Manso".to_owned(),
            arrival: Some((NOW.plus_days(3), NOW.plus_days(5))),
            leaves: None,
        };
        let told = words("en-GB", Step::Shipped, &about, NOW);
        assert_eq!(told.title, "Olaria Vale Manso: on its way");
        assert_eq!(
            told.body,
            "Expected 26 November – 28 November. Tap to follow it."
        );
        let late = words("en", Step::Shipped, &about, NOW.plus_days(6));
        assert_eq!(late.body, "Tap to follow it.");
    }

    #[test]
    fn goods_that_come_later_are_told_with_their_day_until_they_came() {
        let mut about = About {
            shop: "Nhà Sơn Tràng".to_owned(),
            leaves: Some(NOW.plus_days(9)),
            ..About::default()
        };
        let told = words("en", Step::Delayed, &about, NOW);
        assert_eq!(told.title, "Nhà Sơn Tràng: later than planned");
        assert_eq!(
            told.body,
            "Your goods now leave from 2 December. Tap to see it."
        );
        about.leaves = None;
        assert_eq!(words("en", Step::Delayed, &about, NOW).body, told.brief);
    }
}
