//! What the rows about freight say, in the engine's types. The columns are told in `server/rules/FORMAT.md`.

use crate::landed_cost::rules::{Mistake, Row};
use sampan_engine::{
    freight::{AdvanceFee, Card, DangerousGoods, Service, Taking, Zone},
    landed_cost::Validity,
    money::Money,
};
use std::sync::Arc;

const SERVICES: [(&str, Service); 3] = [
    ("post", Service::Post),
    ("express", Service::Express),
    ("consolidated", Service::Consolidated),
];
const MOST_GRAMS: i64 = 2_000_000;

pub fn zone(row: &Row<'_>, validity: Validity) -> Result<Zone, Mistake> {
    Ok(Zone {
        country: row.country("country")?,
        zone: row.named("zone")?,
        validity,
    })
}

pub fn card(row: &Row<'_>, validity: Validity) -> Result<Card, Mistake> {
    let currency = row.currency("currency")?;
    let amount = |text: &str| Money::parse_decimal(text, currency).ok();
    let grams = |text: &str| within(text, 1, MOST_GRAMS);
    let origin = row.text("origin");
    let (from, to) = (days(row, "days_from")?, days(row, "days_to")?);
    if to < from {
        return Err(Mistake {
            column: "days_to",
            detail: "The last day is before the first.".to_owned(),
        });
    }
    Ok(Card {
        carrier: row.named("carrier")?,
        service: row.word("service", &SERVICES)?,
        origin: if origin == "*" {
            None
        } else {
            Some(row.country("origin")?)
        },
        zone: row.named("zone")?,
        up_to_grams: row.parse("up_to_grams", grams, "a weight from 1 to 2000000 grams")?,
        min_grams: row
            .perhaps("min_grams", grams, "a weight from 1 to 2000000 grams")?
            .unwrap_or(0),
        base: row.parse("base", amount, "an amount such as 4.90")?,
        per_kg: row.parse("per_kg", amount, "an amount such as 3.30")?,
        divisor: row.perhaps(
            "divisor",
            |text| within(text, 1, 100_000),
            "cubic centimetres a kilogram such as 5000",
        )?,
        max_side_mm: row.perhaps(
            "max_side_mm",
            |text| within(text, 1, 20_000),
            "a length such as 1200",
        )?,
        days: (from, to),
        advance_fee: AdvanceFee {
            percent: row.percent("advance_fee_percent")?,
            minimum: row.money("advance_fee_min", currency)?,
        },
        accepts: row
            .text("accepts")
            .split_whitespace()
            .map(Arc::from)
            .collect(),
        note: row.shared("note"),
        validity,
    })
}

pub fn dangerous_goods(row: &Row<'_>, validity: Validity) -> Result<DangerousGoods, Mistake> {
    let is_un = |text: &str| {
        let digits = text.strip_prefix("UN").filter(|digits| digits.len() == 4);
        let is_number =
            digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        is_number.then(|| Arc::from(text))
    };
    let most = |column| {
        row.perhaps(
            column,
            |text| within(text, 1, MOST_GRAMS),
            "a whole number such as 4",
        )
    };
    let within = Taking::Within {
        pieces: most("max_pieces")?,
        grams: most("max_grams")?,
    };
    Ok(DangerousGoods {
        un: row.parse("un", is_un, "a UN number such as UN3481")?,
        name: row.named("name")?,
        service: row.word("service", &SERVICES)?,
        taking: row.word("taken", &[("no", Taking::Refused), ("yes", within)])?,
        note: row.shared("note"),
        validity,
    })
}

fn days(row: &Row<'_>, column: &'static str) -> Result<i64, Mistake> {
    row.parse(column, |text| within(text, 0, 365), "days from 0 to 365")
}

fn within(text: &str, least: i64, most: i64) -> Option<i64> {
    text.parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
}
