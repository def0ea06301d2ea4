//! One row of a rule file as named fields, read strictly: a mistake names file, line, column and what to change.

use sampan_engine::{
    landed_cost::{DutyRate, Percent, Validity},
    money::{Currency, Money},
    time::Day,
    trade::CountryCode,
};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// Columns that every file has behind its own.
pub const VALIDITY: [&str; 6] = [
    "effective_from",
    "effective_to",
    "as_of",
    "review_by",
    "source",
    "confidence",
];

/// A kind of rule file: what FORMAT.md says of it.
#[derive(Debug)]
pub struct Kind {
    pub name: &'static str,
    /// Without those of [`VALIDITY`].
    pub columns: &'static [&'static str],
    /// Two rows with the same values here never hold on the same day.
    pub key: &'static [&'static str],
    /// A row imported later takes the place of those with the same values here; the columns of `key` where this is
    /// shorter leave several answers open on purpose.
    pub place: &'static [&'static str],
}

/// A row as text, wherever it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRow {
    /// The name of its [`Kind`].
    pub kind: &'static str,
    /// Where it stands in the file it came from, from 1; the heading is line 1.
    pub line: u64,
    /// By column; empty ones may be left out.
    pub fields: BTreeMap<String, String>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RuleMistake {
    pub file: String,
    /// From 1; the heading is line 1.
    pub line: u64,
    pub column: String,
    /// What it should be.
    pub detail: String,
}

/// One mistake of a row.
#[derive(Debug)]
pub struct Mistake {
    pub column: &'static str,
    pub detail: String,
}

/// A row while it is read.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a>(pub &'a BTreeMap<String, String>);

impl<'a> Row<'a> {
    /// Empty where the row says nothing.
    pub fn text(&self, column: &str) -> &'a str {
        self.0.get(column).map_or("", |text| text.trim())
    }

    pub fn shared(&self, column: &str) -> Arc<str> {
        Arc::from(self.text(column))
    }

    /// Text that must be there.
    pub fn named(&self, column: &'static str) -> Result<Arc<str>, Mistake> {
        let given = |text: &str| (!text.is_empty()).then(|| Arc::from(text));
        self.parse(column, given, "a name; it must not be empty")
    }

    /// Reads a field, or says what it should be.
    pub fn parse<T>(
        &self,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
        should_be: &str,
    ) -> Result<T, Mistake> {
        let text = self.text(column);
        read(text).ok_or_else(|| Mistake {
            column,
            detail: format!("{text:?} is not {should_be}."),
        })
    }

    /// The same, None for an empty field.
    pub fn perhaps<T>(
        &self,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
        should_be: &str,
    ) -> Result<Option<T>, Mistake> {
        if self.text(column).is_empty() {
            return Ok(None);
        }
        self.parse(column, read, should_be).map(Some)
    }

    pub fn day(&self, column: &'static str) -> Result<Option<Day>, Mistake> {
        self.perhaps(column, Day::parse, "a day such as 2026-07-01")
    }

    pub fn country(&self, column: &'static str) -> Result<CountryCode, Mistake> {
        self.parse(column, known_country, "a country such as DE")
    }

    pub fn perhaps_country(&self, column: &'static str) -> Result<Option<CountryCode>, Mistake> {
        self.perhaps(column, known_country, "a country such as DE")
    }

    pub fn countries(&self, column: &'static str) -> Result<Vec<CountryCode>, Mistake> {
        let all = |text: &str| text.split_whitespace().map(known_country).collect();
        self.parse(column, all, "a list of countries such as US MX")
    }

    pub fn currency(&self, column: &'static str) -> Result<Currency, Mistake> {
        self.parse(column, Currency::parse, "a currency such as EUR")
    }

    /// An amount in a currency; 0 for an empty field.
    pub fn money(&self, column: &'static str, currency: Currency) -> Result<Money, Mistake> {
        let amount = |text: &str| Money::parse_decimal(text, currency).ok();
        let found = self.perhaps(column, amount, "an amount such as 3.50")?;
        Ok(found.unwrap_or(Money::zero(currency)))
    }

    pub fn limit(
        &self,
        column: &'static str,
        currency: &'static str,
    ) -> Result<Option<Money>, Mistake> {
        if self.text(column).is_empty() {
            return Ok(None);
        }
        let currency = self.currency(currency)?;
        self.money(column, currency).map(Some)
    }

    pub fn percent(&self, column: &'static str) -> Result<Percent, Mistake> {
        let found = self.perhaps(column, Percent::parse, "a percent such as 8.1")?;
        Ok(found.unwrap_or(Percent::ZERO))
    }

    pub fn rate(&self) -> Result<DutyRate, Mistake> {
        let rate = |text: &str| DutyRate::parse(text).ok();
        self.parse("rate", rate, "a rate such as 12%, free or 6.5 EUR/100kg")
    }

    /// Digits of a goods code.
    pub fn code(&self, column: &'static str) -> Result<Arc<str>, Mistake> {
        let code = |text: &str| {
            let is_code = matches!(text.len(), 2 | 4 | 6..=10)
                && text.bytes().all(|byte| byte.is_ascii_digit());
            is_code.then(|| Arc::from(text))
        };
        self.parse(column, code, "a goods code of 2, 4 or 6 to 10 digits")
    }

    /// What a goods code begins with; empty for all goods, one digit for ten chapters.
    pub fn prefix(&self, column: &'static str) -> Result<Arc<str>, Mistake> {
        let text = self.text(column);
        if text.is_empty() || (text.len() == 1 && text.as_bytes()[0].is_ascii_digit()) {
            return Ok(Arc::from(text));
        }
        self.code(column)
    }

    /// One of a few words.
    pub fn word<T: Copy>(&self, column: &'static str, words: &[(&str, T)]) -> Result<T, Mistake> {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        let read = |text: &str| {
            words
                .iter()
                .find(|(name, _)| *name == text)
                .map(|(_, it)| *it)
        };
        self.parse(column, read, &format!("one of {}", names.join(", ")))
    }

    pub fn validity(&self) -> Result<Validity, Mistake> {
        let day = |column| self.parse(column, Day::parse, "a day such as 2026-07-01");
        let source = self.shared("source");
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

fn known_country(text: &str) -> Option<CountryCode> {
    CountryCode::parse(text).filter(CountryCode::is_assigned)
}

impl fmt::Display for RuleMistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            detail,
        } = self;
        let ending = if file.contains('.') { "" } else { ".csv" };
        write!(formatter, "{file}{ending}, line {line}, {column}: {detail}")
    }
}
