//! What the rows of each kind say, in the engine's types. The columns are told in `server/rules/FORMAT.md`.

use crate::landed_cost::{
    freight_rows,
    rules::row::{Mistake, Row, RuleRow},
};
use sampan_engine::{
    freight::Tariffs,
    landed_cost::{
        Base, Basis, CustomsRate, DutyRow, Fee, FeeWhen, FlatDuty, Layer, Limit, Per, Percent,
        Preference, Relief, Rounding, RulesBuilder, Stacks, Tax, Territory, Test, Threshold,
        Validity,
    },
    money::{Money, Rate},
};

const PERSONS: [(&str, bool); 2] = [("person", true), ("any", false)];
const PER: [(&str, Per); 3] = [
    ("item_category", Per::ItemCategory),
    ("item", Per::Item),
    ("consignment", Per::Consignment),
];

/// Rows as read, of all kinds.
#[derive(Debug, Default)]
pub struct Taken {
    pub rules: RulesBuilder,
    pub freight: Tariffs,
}

/// Takes one row in.
pub fn take(row: &RuleRow, taken: &mut Taken) -> Result<(), Mistake> {
    let (kind, row) = (row.kind, &Row(&row.fields));
    let rows = &mut taken.rules;
    let validity = row.validity()?;
    match kind {
        "territories" => rows.territories.push(territory(row, validity)?),
        "taxes" => rows.taxes.push(Tax {
            country: row.country("country")?,
            name: row.named("name")?,
            rate: row.parse("rate", Percent::parse, "a percent such as 19")?,
            hs_prefix: row.prefix("hs_prefix")?,
            note: row.shared("note"),
            validity,
        }),
        "thresholds" => rows.thresholds.push(threshold(row, validity)?),
        "flat_duties" => rows.flat.push(flat_duty(row, validity)?),
        "fees" => rows.fees.push(fee(row, validity)?),
        "duty_rates" => rows.duties.push(DutyRow {
            territory: row.named("territory")?,
            hs: row.code("hs")?,
            rate: row.rate()?,
            note: row.shared("note"),
            validity,
        }),
        "layers" => rows.layers.push(layer(row, validity)?),
        "preferences" => rows.preferences.push(Preference {
            territory: row.named("territory")?,
            origin: row.country("origin")?,
            agreement: row.named("agreement")?,
            hs_prefix: row.prefix("hs_prefix")?,
            rate: row.rate()?,
            proof: row.shared("proof"),
            validity,
        }),
        "customs_rates" => rows.customs_rates.push(CustomsRate {
            territory: row.named("territory")?,
            currency: row.currency("currency")?,
            per_unit: row.parse("per_unit", positive_rate, "a rate such as 1.0705")?,
            validity,
        }),
        "zones" => taken.freight.zones.push(freight_rows::zone(row, validity)?),
        "cards" => taken.freight.cards.push(freight_rows::card(row, validity)?),
        "dangerous_goods" => {
            let goods = freight_rows::dangerous_goods(row, validity)?;
            taken.freight.dangerous_goods.push(goods);
        }
        _ => {
            return Err(Mistake {
                column: "",
                detail: format!("There is no kind of rule called {kind}."),
            });
        }
    }
    Ok(())
}

fn positive_rate(text: &str) -> Option<Rate> {
    Rate::parse_decimal(text).filter(|rate| rate.numerator > 0)
}

fn flat_duty(row: &Row<'_>, validity: Validity) -> Result<FlatDuty, Mistake> {
    let currency = row.currency("currency")?;
    Ok(FlatDuty {
        territory: row.named("territory")?,
        amount: row.money("amount", currency)?,
        percent: row.percent("percent")?,
        minus: row.money("minus", currency)?,
        per: row.word("per", &PER)?,
        goods_up_to: row.money("goods_up_to", currency)?,
        persons_only: row.word("buyer", &PERSONS)?,
        origins: row.countries("origin")?,
        note: row.shared("note"),
        validity,
    })
}

fn layer(row: &Row<'_>, validity: Validity) -> Result<Layer, Mistake> {
    let stacks = [
        ("adds", Stacks::Adds),
        ("replaces", Stacks::Replaces),
        ("tops_up", Stacks::TopsUp),
    ];
    Ok(Layer {
        territory: row.named("territory")?,
        name: row.named("name")?,
        percent: row.parse("percent", Percent::parse, "a percent such as 10")?,
        origins: row.countries("origin")?,
        not_origins: row.countries("not_origin")?,
        hs_prefix: row.prefix("hs_prefix")?,
        stacks: row.word("stacks", &stacks)?,
        note: row.shared("note"),
        validity,
    })
}

fn territory(row: &Row<'_>, validity: Validity) -> Result<Territory, Mistake> {
    let basis = row.text("tax_basis");
    let words: Vec<&str> = basis.split('+').map(str::trim).collect();
    let is_known = |word: &&str| matches!(*word, "goods" | "freight" | "duty" | "fees");
    if !words.iter().all(is_known) || !words.contains(&"goods") {
        return Err(Mistake {
            column: "tax_basis",
            detail: format!("{basis:?} is not goods, with freight, duty and fees joined by +."),
        });
    }
    Ok(Territory {
        code: row.named("territory")?,
        name: row.named("name")?,
        countries: row.countries("countries")?,
        currency: row.currency("currency")?,
        duty_basis: row.word("duty_basis", &[("cif", Basis::Cif), ("fob", Basis::Fob)])?,
        tax_basis: Base {
            freight: words.contains(&"freight"),
            duty: words.contains(&"duty"),
            fees: words.contains(&"fees"),
        },
        rounding: row.word(
            "rounding",
            &[("minor", Rounding::Minor), ("unit", Rounding::Unit)],
        )?,
        validity,
    })
}

fn threshold(row: &Row<'_>, validity: Validity) -> Result<Threshold, Mistake> {
    let currency = row.currency("currency")?;
    let amount = |text: &str| Money::parse_decimal(text, currency).ok();
    Ok(Threshold {
        territory: row.named("territory")?,
        country: row.perhaps_country("country")?,
        relieves: row.word("relieves", &[("duty", Relief::Duty), ("tax", Relief::Tax)])?,
        amount: row.parse("amount", amount, "an amount such as 135")?,
        tests: row.word(
            "tests",
            &[
                ("goods", Test::Goods),
                ("item", Test::Item),
                ("consignment", Test::Consignment),
                ("tax_due", Test::TaxDue),
            ],
        )?,
        limit: row.word("limit", &[("up_to", Limit::UpTo), ("below", Limit::Below)])?,
        persons_only: row.word("buyer", &PERSONS)?,
        origins: row.countries("origin")?,
        at_sale: row.word("collected", &[("at_sale", true), ("", false)])?,
        note: row.shared("note"),
        validity,
    })
}

fn fee(row: &Row<'_>, validity: Validity) -> Result<Fee, Mistake> {
    let currency = row.currency("currency")?;
    Ok(Fee {
        territory: row.named("territory")?,
        country: row.perhaps_country("country")?,
        name: row.named("name")?,
        amount: row.money("amount", currency)?,
        percent: row.percent("percent")?,
        minimum: row.limit("minimum", "currency")?,
        maximum: row.limit("maximum", "currency")?,
        per: row.word("per", &PER)?,
        when: row.word(
            "applies",
            &[
                ("always", FeeWhen::Always),
                ("duty_or_tax_due", FeeWhen::DutyOrTaxDue),
                ("above_threshold", FeeWhen::AboveThreshold),
            ],
        )?,
        goods_above: row.limit("goods_above", "goods_currency")?,
        goods_up_to: row.limit("goods_up_to", "goods_currency")?,
        note: row.shared("note"),
        validity,
    })
}
