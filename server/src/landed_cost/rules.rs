//! The dated rules that ship, read from `server/rules/*.csv`. A set is taken whole or not at all, and a refused one is
//! answered with every mistake: file, line, column, what to change. The columns are told in `server/rules/FORMAT.md`.

use sampan_engine::{
    landed_cost::{
        Base, Basis, DutyRate, DutyRow, Fee, FeeWhen, FlatDuty, Layer, Limit, Per, Percent,
        Preference, Relief, Rounding, Rules, RulesBuilder, Stacks, Tax, Territory, Test, Threshold,
        Validity,
    },
    money::{Currency, Money},
    time::Day,
    trade::CountryCode,
};
use std::{collections::HashMap, fmt, sync::Arc};

/// The files that ship, by name.
pub const WHAT_SHIPS: [(&str, &str); 8] = [
    ("territories", include_str!("../../rules/territories.csv")),
    ("taxes", include_str!("../../rules/taxes.csv")),
    ("thresholds", include_str!("../../rules/thresholds.csv")),
    ("flat_duties", include_str!("../../rules/flat_duties.csv")),
    ("fees", include_str!("../../rules/fees.csv")),
    ("duty_rates", include_str!("../../rules/duty_rates.csv")),
    ("layers", include_str!("../../rules/layers.csv")),
    ("preferences", include_str!("../../rules/preferences.csv")),
];

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMistake {
    pub file: String,
    /// From 1; the heading is line 1.
    pub line: u64,
    pub column: String,
    pub detail: String,
}

/// The rules of a set of files.
pub fn read(files: &[(&str, &str)]) -> Result<Rules, Vec<RuleMistake>> {
    let mut rows = RulesBuilder::default();
    let mut mistakes = Vec::new();
    for (name, text) in files {
        read_file(name, text, &mut rows, &mut mistakes);
    }
    if mistakes.is_empty() {
        Ok(rows.build())
    } else {
        Err(mistakes)
    }
}

fn read_file(name: &str, text: &str, rows: &mut RulesBuilder, mistakes: &mut Vec<RuleMistake>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let unreadable = |line: u64, error: csv::Error| RuleMistake {
        file: name.to_owned(),
        line,
        column: String::new(),
        detail: error.to_string(),
    };
    let columns: HashMap<String, usize> = match reader.headers() {
        Ok(headers) => headers
            .iter()
            .enumerate()
            .map(|(position, column)| (column.to_owned(), position))
            .collect(),
        Err(error) => return mistakes.push(unreadable(1, error)),
    };
    let mut spans = Spans::default();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                mistakes.push(unreadable(line, error));
                continue;
            }
        };
        let row = Row {
            columns: &columns,
            record: &record,
        };
        let line = record.position().map_or(0, csv::Position::line);
        let taken = take(name, &row, rows).and_then(|key| spans.hold(key, &row));
        if let Err(Mistake { column, detail }) = taken {
            mistakes.push(RuleMistake {
                file: name.to_owned(),
                line,
                column: column.to_owned(),
                detail,
            });
        }
    }
}

/// One mistake of a row.
struct Mistake {
    column: &'static str,
    detail: String,
}

/// A row and where its columns stand.
struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    record: &'a csv::StringRecord,
}

/// From the first day to the last; None is open.
type Span = (Option<Day>, Option<Day>);

/// Days that rows of one key hold: they must not overlap.
#[derive(Default)]
struct Spans(HashMap<Vec<String>, Vec<Span>>);

impl Spans {
    fn hold(&mut self, key: Vec<String>, row: &Row<'_>) -> Result<(), Mistake> {
        let (from, to) = (row.day("effective_from")?, row.day("effective_to")?);
        let known = self.0.entry(key).or_default();
        let overlaps = known.iter().any(|(other_from, other_to)| {
            let begins_before = |from: Option<Day>, to: Option<Day>| {
                from.is_none_or(|from| to.is_none_or(|to| from <= to))
            };
            begins_before(from, *other_to) && begins_before(*other_from, to)
        });
        if overlaps {
            return Err(Mistake {
                column: "effective_from",
                detail: "Another row with the same key holds on some of these days. Close it the day before."
                    .to_owned(),
            });
        }
        known.push((from, to));
        Ok(())
    }
}

impl<'a> Row<'a> {
    fn text(&self, column: &'static str) -> Result<&'a str, Mistake> {
        let position = self.columns.get(column).ok_or(Mistake {
            column,
            detail: "This column is missing from the file.".to_owned(),
        })?;
        Ok(self.record.get(*position).unwrap_or_default().trim())
    }

    fn shared(&self, column: &'static str) -> Result<Arc<str>, Mistake> {
        self.text(column).map(Arc::from)
    }

    /// Reads a field, or says what it should be.
    fn parse<T>(
        &self,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
        should_be: &str,
    ) -> Result<T, Mistake> {
        let text = self.text(column)?;
        read(text).ok_or_else(|| Mistake {
            column,
            detail: format!("{text:?} is not {should_be}."),
        })
    }

    /// The same, None for an empty field.
    fn perhaps<T>(
        &self,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
        should_be: &str,
    ) -> Result<Option<T>, Mistake> {
        if self.text(column)?.is_empty() {
            return Ok(None);
        }
        self.parse(column, read, should_be).map(Some)
    }

    fn day(&self, column: &'static str) -> Result<Option<Day>, Mistake> {
        self.perhaps(column, Day::parse, "a day such as 2026-07-01")
    }

    fn country(&self, column: &'static str) -> Result<CountryCode, Mistake> {
        self.parse(column, CountryCode::parse, "a country such as DE")
    }

    fn countries(&self, column: &'static str) -> Result<Vec<CountryCode>, Mistake> {
        let all = |text: &str| text.split_whitespace().map(CountryCode::parse).collect();
        self.parse(column, all, "a list of countries such as US MX")
    }

    fn currency(&self, column: &'static str) -> Result<Currency, Mistake> {
        self.parse(column, Currency::parse, "a currency such as EUR")
    }

    /// An amount in a currency; 0 for an empty field.
    fn money(&self, column: &'static str, currency: Currency) -> Result<Money, Mistake> {
        let amount = |text: &str| Money::parse_decimal(text, currency).ok();
        let found = self.perhaps(column, amount, "an amount such as 3.50")?;
        Ok(found.unwrap_or(Money::zero(currency)))
    }

    fn limit(
        &self,
        column: &'static str,
        currency: &'static str,
    ) -> Result<Option<Money>, Mistake> {
        if self.text(column)?.is_empty() {
            return Ok(None);
        }
        let currency = self.currency(currency)?;
        self.money(column, currency).map(Some)
    }

    fn percent(&self, column: &'static str) -> Result<Percent, Mistake> {
        let found = self.perhaps(column, Percent::parse, "a percent such as 8.1")?;
        Ok(found.unwrap_or(Percent::ZERO))
    }

    fn rate(&self) -> Result<DutyRate, Mistake> {
        let rate = |text: &str| DutyRate::parse(text).ok();
        self.parse("rate", rate, "a rate such as 12%, free or 6.5 EUR/100kg")
    }

    /// Digits of a goods code, from so many to so many; empty where that is allowed.
    fn code(&self, column: &'static str, least: usize) -> Result<Arc<str>, Mistake> {
        let code = |text: &str| {
            let is_code = (least..=10).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_digit());
            is_code.then(|| Arc::from(text))
        };
        self.parse(column, code, "a goods code of 2, 4 or 6 to 10 digits")
    }

    /// One of a few words.
    fn word<T: Copy>(&self, column: &'static str, words: &[(&str, T)]) -> Result<T, Mistake> {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        let read = |text: &str| {
            words
                .iter()
                .find(|(name, _)| *name == text)
                .map(|(_, it)| *it)
        };
        self.parse(column, read, &format!("one of {}", names.join(", ")))
    }

    fn validity(&self) -> Result<Validity, Mistake> {
        let day = |column| self.parse(column, Day::parse, "a day such as 2026-07-01");
        let source = self.shared("source")?;
        if source.is_empty() {
            return Err(Mistake {
                column: "source",
                detail: "A rule needs its source.".to_owned(),
            });
        }
        let (from, to) = (self.day("effective_from")?, self.day("effective_to")?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(Mistake {
                column: "effective_to",
                detail: "The last day is before the first.".to_owned(),
            });
        }
        Ok(Validity {
            from,
            to,
            as_of: day("as_of")?,
            review_by: day("review_by")?,
            source,
            is_firm: self.word("confidence", &[("firm", true), ("estimate", false)])?,
        })
    }
}

const PERSONS: [(&str, bool); 2] = [("person", true), ("any", false)];
const PER: [(&str, Per); 3] = [
    ("item_category", Per::ItemCategory),
    ("item", Per::Item),
    ("consignment", Per::Consignment),
];

/// Takes one row in; answers its key, without the days.
fn take(file: &str, row: &Row<'_>, rows: &mut RulesBuilder) -> Result<Vec<String>, Mistake> {
    let validity = row.validity()?;
    let key = |columns: &[&'static str]| -> Result<Vec<String>, Mistake> {
        columns
            .iter()
            .map(|column| row.text(column).map(str::to_owned))
            .collect()
    };
    match file {
        "territories" => {
            rows.territories.push(territory(row, validity)?);
            key(&["territory"])
        }
        "taxes" => {
            rows.taxes.push(Tax {
                country: row.country("country")?,
                name: row.shared("name")?,
                rate: row.parse("rate", Percent::parse, "a percent such as 19")?,
                hs_prefix: row.code("hs_prefix", 0)?,
                note: row.shared("note")?,
                validity,
            });
            key(&["country", "hs_prefix"])
        }
        "thresholds" => {
            rows.thresholds.push(threshold(row, validity)?);
            key(&[
                "territory",
                "country",
                "relieves",
                "tests",
                "buyer",
                "origin",
                "collected",
            ])
        }
        "flat_duties" => {
            let currency = row.currency("currency")?;
            rows.flat.push(FlatDuty {
                territory: row.shared("territory")?,
                amount: row.money("amount", currency)?,
                percent: row.percent("percent")?,
                minus: row.money("minus", currency)?,
                per: row.word("per", &PER)?,
                goods_up_to: row.money("goods_up_to", currency)?,
                persons_only: row.word("buyer", &PERSONS)?,
                origins: row.countries("origin")?,
                note: row.shared("note")?,
                validity,
            });
            key(&["territory", "buyer", "origin", "goods_up_to"])
        }
        "fees" => {
            rows.fees.push(fee(row, validity)?);
            key(&["territory", "country", "name", "goods_above", "goods_up_to"])
        }
        "duty_rates" => {
            rows.duties.push(DutyRow {
                territory: row.shared("territory")?,
                hs: row.code("hs", 2)?,
                rate: row.rate()?,
                note: row.shared("note")?,
                validity,
            });
            key(&["territory", "hs", "variant"])
        }
        "layers" => {
            rows.layers.push(Layer {
                territory: row.shared("territory")?,
                name: row.shared("name")?,
                percent: row.parse("percent", Percent::parse, "a percent such as 10")?,
                origins: row.countries("origin")?,
                not_origins: row.countries("not_origin")?,
                hs_prefix: row.code("hs_prefix", 0)?,
                stacks: row.word(
                    "stacks",
                    &[
                        ("adds", Stacks::Adds),
                        ("replaces", Stacks::Replaces),
                        ("tops_up", Stacks::TopsUp),
                    ],
                )?,
                note: row.shared("note")?,
                validity,
            });
            key(&["territory", "name", "origin", "hs_prefix"])
        }
        "preferences" => {
            rows.preferences.push(Preference {
                territory: row.shared("territory")?,
                origin: row.country("origin")?,
                agreement: row.shared("agreement")?,
                hs_prefix: row.code("hs_prefix", 0)?,
                rate: row.rate()?,
                proof: row.shared("proof")?,
                validity,
            });
            key(&["territory", "origin", "agreement", "hs_prefix"])
        }
        _ => Err(Mistake {
            column: "",
            detail: format!("There is no kind of rule called {file}."),
        }),
    }
}

fn territory(row: &Row<'_>, validity: Validity) -> Result<Territory, Mistake> {
    let basis = row.text("tax_basis")?;
    let words: Vec<&str> = basis.split('+').map(str::trim).collect();
    let is_known = |word: &&str| matches!(*word, "goods" | "freight" | "duty" | "fees");
    if !words.iter().all(is_known) || !words.contains(&"goods") {
        return Err(Mistake {
            column: "tax_basis",
            detail: format!("{basis:?} is not goods, with freight, duty and fees joined by +."),
        });
    }
    Ok(Territory {
        code: row.shared("territory")?,
        name: row.shared("name")?,
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
        territory: row.shared("territory")?,
        country: row.perhaps("country", CountryCode::parse, "a country such as DE")?,
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
        note: row.shared("note")?,
        validity,
    })
}

fn fee(row: &Row<'_>, validity: Validity) -> Result<Fee, Mistake> {
    let currency = row.currency("currency")?;
    Ok(Fee {
        territory: row.shared("territory")?,
        country: row.perhaps("country", CountryCode::parse, "a country such as DE")?,
        name: row.shared("name")?,
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
        note: row.shared("note")?,
        validity,
    })
}

impl fmt::Display for RuleMistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            detail,
        } = self;
        write!(formatter, "{file}.csv, line {line}, {column}: {detail}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sampan_engine::landed_cost::{AppliedKind, Buyer, Consignment, Good, LandedCost, reckon};

    fn rules() -> Rules {
        read(&WHAT_SHIPS).unwrap_or_else(|mistakes| {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            panic!("{}", told.join("\n"))
        })
    }

    fn money(text: &str) -> Money {
        let (amount, currency) = text.split_once(' ').expect("an amount and a currency");
        let currency = Currency::parse(currency).expect("a currency");
        Money::parse_decimal(amount, currency).expect("an amount")
    }

    fn sent(to: &str, on: &str, goods: &[(&str, &str)], freight: &str) -> LandedCost {
        let good = |(hs, value): &(&str, &str)| Good {
            hs: Some(Arc::from(*hs)),
            origin: CountryCode::parse("TR"),
            is_origin_proven: false,
            value: money(value),
            items: 1,
            grams: 400,
        };
        let consignment = Consignment {
            day: Day::parse(on).expect("a day"),
            to: CountryCode::parse(to).expect("a country"),
            buyer: Buyer::Person,
            goods: goods.iter().map(good).collect(),
            freight: money(freight),
        };
        reckon(&rules(), &consignment, |_, _| None).expect("a reckoning")
    }

    #[test]
    fn the_shipped_rules_give_what_the_law_gives() {
        let today = "2026-11-26";
        // 80 + 10 + 2 × 3 = 96, 19 % of it is 18.24.
        let shirts_and_a_watch = [("610910", "60 EUR"), ("910211", "20 EUR")];
        let de = sent("DE", today, &shirts_and_a_watch, "10 EUR");
        assert_eq!(
            (de.duty, de.tax),
            (Some(money("6 EUR")), Some(money("18.24 EUR")))
        );
        // 20 % of 110; no duty up to 135.
        let gb = sent("GB", today, &[("610910", "100 GBP")], "10 GBP");
        assert_eq!(
            (gb.duty, gb.tax),
            (Some(money("0 GBP")), Some(money("22 GBP")))
        );
        // 10 % of 1000; the threshold looks at 900.
        let au = sent("AU", today, &[("610910", "900 AUD")], "100 AUD");
        assert_eq!(
            (au.duty, au.tax),
            (Some(money("0 AUD")), Some(money("100 AUD")))
        );
        // 8.1 % of 60 is 4.86, below five francs.
        let ch = sent("CH", today, &[("610910", "50 CHF")], "10 CHF");
        assert_eq!(ch.tax, Some(money("0 CHF")));
    }

    #[test]
    fn the_last_day_of_june_and_the_first_of_july_differ_by_the_rule_that_changed() {
        let shirt = [("610910", "80 EUR")];
        let [before, after] =
            ["2026-06-30", "2026-07-01"].map(|day| sent("DE", day, &shirt, "10 EUR"));
        let kinds = |cost: &LandedCost| -> Vec<AppliedKind> {
            cost.applied
                .iter()
                .map(|rule| rule.kind)
                .filter(|kind| *kind != AppliedKind::TaxAtSale)
                .collect()
        };
        assert_eq!(kinds(&before), [AppliedKind::DutyRelief, AppliedKind::Tax]);
        assert_eq!(kinds(&after), [AppliedKind::FlatDuty, AppliedKind::Tax]);
        assert_eq!(
            (before.duty, after.duty),
            (Some(money("0 EUR")), Some(money("3 EUR")))
        );
    }

    #[test]
    fn a_bad_row_names_its_line_and_column_and_nothing_is_taken() {
        let good = WHAT_SHIPS[1].1;
        let heading = good.lines().next().expect("a heading");
        let row = |from: &str, rate: &str| {
            format!("DE,VAT,{rate},,,{from},,2026-01-01,2027-01-01,a law,firm")
        };
        let of = |rows: &[String]| {
            let text = format!("{heading}\n{}\n", rows.join("\n"));
            read(&[("taxes", &text)]).expect_err("a mistake")
        };
        let bad = of(&[row("2026-01-01", "19"), row("2025-13-01", "nineteen")]);
        assert_eq!(
            (bad[0].line, bad[0].column.as_str()),
            (3, "effective_from"),
            "{bad:?}"
        );
        let bad = of(&[row("2026-01-01", "nineteen")]);
        assert_eq!(
            (bad[0].line, bad[0].column.as_str()),
            (2, "rate"),
            "{bad:?}"
        );
        let overlapping = of(&[row("2026-01-01", "19"), row("2026-06-01", "20")]);
        assert_eq!(
            (overlapping[0].line, overlapping[0].column.as_str()),
            (3, "effective_from")
        );
    }
}
