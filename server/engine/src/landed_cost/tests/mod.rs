//! Worked examples with a known answer, each with its source in `tests/vectors/landed-cost.json`, and properties that
//! hold for any consignment. CA-2 is no example of ours: its page cuts duty off but rounds tax.

use super::*;
use crate::{
    money::{Currency, Money, Rate},
    time::Day,
    trade::CountryCode,
};
use serde_json::Value;
use std::{collections::HashMap, sync::Arc};

mod borders;
mod inside;
mod properties;

const BUSINESS: Buyer = Buyer::Business {
    is_registered: true,
};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').expect("an amount and a currency");
    let currency = Currency::parse(currency).expect("a currency");
    Money::parse_decimal(amount, currency).expect("an amount")
}

fn always() -> Validity {
    Validity {
        from: None,
        to: None,
        as_of: day("2026-11-01"),
        review_by: day("2027-06-30"),
        source: Arc::from("a test"),
        is_firm: true,
    }
}

fn territory(code: &str, currency: &str, duty_basis: Basis, tax_basis: (bool, bool)) -> Territory {
    let countries = if code == "EU" { "DE FR" } else { code };
    Territory {
        code: Arc::from(code),
        name: Arc::from(code),
        countries: countries.split(' ').map(country).collect(),
        currency: Currency::parse(currency).expect("a currency"),
        duty_basis,
        tax_basis: Base {
            freight: tax_basis.0,
            duty: tax_basis.1,
            fees: false,
        },
        rounding: Rounding::Minor,
        validity: always(),
    }
}

fn tax(code: &str, rate: &str) -> Tax {
    Tax {
        country: country(code),
        name: Arc::from("tax"),
        rate: Percent::parse(rate).expect("a rate"),
        hs_prefix: Arc::from(""),
        note: Arc::from(""),
        validity: always(),
    }
}

fn duty_row(territory: &str, hs: &str, rate: &str) -> DutyRow {
    DutyRow {
        territory: Arc::from(territory),
        hs: Arc::from(hs),
        rate: DutyRate::parse(rate).expect("a rate"),
        note: Arc::from(""),
        validity: always(),
    }
}

fn threshold(territory: &str, relieves: Relief, amount: &str, tests: Test) -> Threshold {
    Threshold {
        territory: Arc::from(territory),
        country: None,
        relieves,
        amount: money(amount),
        tests,
        limit: Limit::UpTo,
        persons_only: false,
        origins: Vec::new(),
        at_sale: false,
        note: Arc::from(""),
        validity: always(),
    }
}

/// The borders of the examples, in a few rows each.
fn rules() -> Rules {
    let mut rows = RulesBuilder {
        territories: vec![
            territory("EU", "EUR", Basis::Cif, (true, true)),
            territory("GB", "GBP", Basis::Cif, (true, true)),
            territory("CH", "CHF", Basis::Cif, (true, true)),
            territory("AU", "AUD", Basis::Fob, (true, true)),
            territory("NZ", "NZD", Basis::Fob, (true, true)),
            territory("CA", "CAD", Basis::Fob, (false, true)),
            territory("NO", "NOK", Basis::Cif, (true, true)),
            territory("US", "USD", Basis::Fob, (false, false)),
        ],
        taxes: [
            ("DE", "19"),
            ("FR", "20"),
            ("GB", "20"),
            ("CH", "8.1"),
            ("AU", "10"),
            ("NZ", "15"),
            ("CA", "5"),
            ("NO", "25"),
            ("US", "0"),
        ]
        .map(|(code, rate)| tax(code, rate))
        .into(),
        ..RulesBuilder::default()
    };
    let dated = |from: Option<&str>, to: Option<&str>| Validity {
        from: from.map(day),
        to: to.map(day),
        ..always()
    };
    rows.thresholds = vec![
        Threshold {
            validity: dated(None, Some("2026-06-30")),
            ..threshold("EU", Relief::Duty, "150 EUR", Test::Goods)
        },
        threshold("GB", Relief::Duty, "135 GBP", Test::Goods),
        Threshold {
            limit: Limit::Below,
            ..threshold("CH", Relief::Tax, "5 CHF", Test::TaxDue)
        },
        threshold("AU", Relief::Duty, "1000 AUD", Test::Goods),
        Threshold {
            at_sale: true,
            ..threshold("AU", Relief::Tax, "1000 AUD", Test::Goods)
        },
        threshold("NZ", Relief::Duty, "1000 NZD", Test::Goods),
        Threshold {
            limit: Limit::Below,
            ..threshold("NO", Relief::Duty, "3000 NOK", Test::Item)
        },
        Threshold {
            limit: Limit::Below,
            at_sale: true,
            ..threshold("NO", Relief::Tax, "3000 NOK", Test::Item)
        },
        Threshold {
            origins: vec![country("MX")],
            ..threshold("CA", Relief::Duty, "150 CAD", Test::Goods)
        },
    ];
    rows.flat = vec![FlatDuty {
        territory: Arc::from("EU"),
        amount: money("3 EUR"),
        percent: Percent::ZERO,
        minus: money("0 EUR"),
        per: Per::ItemCategory,
        goods_up_to: money("150 EUR"),
        persons_only: true,
        origins: Vec::new(),
        note: Arc::from(""),
        validity: dated(Some("2026-07-01"), Some("2028-06-30")),
    }];
    rows.duties = vec![
        duty_row("EU", "610910", "12%"),
        duty_row("EU", "9102", "4.5% min 0.30 EUR/item max 0.80 EUR/item"),
        duty_row("GB", "6912", "8%"),
        duty_row("CH", "6912", "free"),
        duty_row("AU", "6912", "5%"),
        duty_row("NZ", "6912", "free"),
        duty_row("CA", "6912", "4%"),
        duty_row("NO", "6912", "free"),
        duty_row("US", "691200", "4.5%"),
        duty_row("US", "691200", "9.8%"),
    ];
    rows.layers = vec![Layer {
        territory: Arc::from("US"),
        name: Arc::from("a layer"),
        percent: Percent::parse("10").expect("a percent"),
        origins: Vec::new(),
        not_origins: vec![country("MX")],
        hs_prefix: Arc::from(""),
        stacks: Stacks::Adds,
        note: Arc::from(""),
        validity: always(),
    }];
    rows.preferences = vec![Preference {
        territory: Arc::from("GB"),
        origin: country("PT"),
        agreement: Arc::from("an agreement"),
        hs_prefix: Arc::from(""),
        rate: DutyRate::FREE,
        proof: Arc::from("a statement of origin"),
        validity: always(),
    }];
    rows.build()
}

fn good(hs: &str, value: Money) -> Good {
    Good {
        hs: Some(Arc::from(hs)),
        origin: Some(country("PT")),
        is_origin_proven: false,
        value,
        items: 1,
        grams: 350,
    }
}

fn consignment(to: &str, goods: Vec<Good>, freight: Money) -> Consignment {
    Consignment {
        day: day("2026-11-26"),
        from: country("TR"),
        to: country(to),
        buyer: Buyer::Person,
        goods,
        freight,
    }
}

fn no_exchange(_: Currency, _: Currency) -> Option<Rate> {
    None
}

fn reckoned(consignment: &Consignment) -> LandedCost {
    reckon(&rules(), consignment, no_exchange).expect("a reckoning")
}

fn kinds(cost: &LandedCost) -> Vec<AppliedKind> {
    cost.applied.iter().map(|rule| rule.kind).collect()
}

/// The inputs and answers of a vector.
fn vector(id: &str) -> (HashMap<String, String>, HashMap<String, String>) {
    let all: Value = serde_json::from_str(include_str!(
        "../../../../../tests/vectors/landed-cost.json"
    ))
    .expect("readable vectors");
    let all = all["vectors"].as_array().expect("a list");
    let found = all.iter().find(|vector| vector["id"] == id).expect(id);
    let read = |part: &str| {
        let part = found[part].as_object().expect("an object");
        let text = |value: &Value| value.as_str().map(str::to_owned);
        part.iter()
            .filter_map(|(name, value)| Some((name.clone(), text(value)?)))
            .collect()
    };
    (read("in"), read("out"))
}
