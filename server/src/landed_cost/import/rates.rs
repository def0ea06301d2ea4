//! Rates on their way from a tariff's words into ours, which [`DutyRate`] reads.

use crate::landed_cost::import::decimal::Decimal;
use sampan_engine::landed_cost::DutyRate;
use std::fmt;

/// Why a rate is not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// It is no rate; what to change.
    Unreadable(String),
    /// It is one, and our rules have no words for it; why.
    Unsayable(&'static str),
}

/// One part of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Percent(Decimal),
    Amount {
        amount: Decimal,
        currency: &'static str,
        /// `kg`, `100kg` or `item`
        measure: &'static str,
    },
}

/// What a tariff counts in, and how it is told here.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    pub name: &'static str,
    pub measure: &'static str,
    /// How many of the measure it holds.
    pub holds: u64,
}

/// A whole rate.
#[derive(Clone, Debug, Default)]
pub struct Expression {
    pub terms: Vec<Part>,
    pub min: Option<Part>,
    pub max: Option<Part>,
}

impl Part {
    const fn is_zero(&self) -> bool {
        match self {
            Part::Percent(amount) | Part::Amount { amount, .. } => amount.is_zero(),
        }
    }
}

impl Expression {
    /// As `server/rules/FORMAT.md` writes it; None where a number has more digits than a rate may.
    pub fn told(&self) -> Option<String> {
        let terms: Vec<&Part> = self.terms.iter().filter(|term| !term.is_zero()).collect();
        let min = self.min.filter(|min| !min.is_zero());
        if terms.is_empty() && min.is_none() {
            return Some("free".to_owned());
        }
        let mut text = match terms.as_slice() {
            [] => "0%".to_owned(),
            terms => terms
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" + "),
        };
        for (word, bound) in [("min", min), ("max", self.max)] {
            if let Some(bound) = bound {
                text = format!("{text} {word} {bound}");
            }
        }
        DutyRate::parse(&text).ok().map(|rate| rate.to_string())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Percent(percent) => write!(formatter, "{percent}%"),
            Part::Amount {
                amount,
                currency,
                measure,
            } => write!(formatter, "{amount} {currency}/{measure}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_nothing_fall_away_and_bounds_stay() {
        let percent = |text| Part::Percent(Decimal::parse(text).expect("a decimal"));
        let amount = |text| Part::Amount {
            amount: Decimal::parse(text).expect("a decimal"),
            currency: "EUR",
            measure: "item",
        };
        let told = |terms: &[Part], min, max| {
            let terms = terms.to_vec();
            Expression { terms, min, max }.told()
        };
        assert_eq!(
            told(&[percent("0.00")], None, None).as_deref(),
            Some("free")
        );
        assert_eq!(
            told(
                &[percent("4.50"), amount("0")],
                Some(amount("0.30")),
                Some(amount("0.80"))
            )
            .as_deref(),
            Some("4.5% min 0.3 EUR/item max 0.8 EUR/item")
        );
        assert_eq!(
            told(&[percent("0")], Some(amount("1")), None).as_deref(),
            Some("0% min 1 EUR/item")
        );
        assert_eq!(told(&[percent("1.23456")], None, None), None);
    }
}
