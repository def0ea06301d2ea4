//! Duty rates as tariffs print them: a share of the value, an amount a unit, both, bounded below and above.

use crate::{
    landed_cost::rules::Percent,
    money::{Currency, Money, MoneyError, Rate},
};
use std::fmt;

/// What an amount is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Kilogram,
    HundredKilograms,
    Item,
}

/// One part of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Of the customs value.
    AdValorem(Percent),
    /// So much a unit, in the currency that the tariff names; tariffs count in parts of a cent.
    Specific {
        amount: Rate,
        currency: Currency,
        measure: Measure,
    },
}

/// `12%`, `free`, `6.5 EUR/100kg`, `4.5% + 3 EUR/100kg`, `8% min 0.30 EUR/item max 0.80 EUR/item`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRate {
    terms: Vec<Term>,
    min: Option<Term>,
    max: Option<Term>,
}

/// Why a rate cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a rate such as 12%, free, 6.5 EUR/100kg or 8% min 0.30 EUR/item")]
pub struct RateError(pub String);

/// What a rate is taken of.
#[derive(Clone, Copy, Debug)]
pub struct Dutiable {
    /// In the currency of the duty.
    pub value: Money,
    pub grams: i64,
    pub items: i64,
}

impl DutyRate {
    /// No duty.
    pub const FREE: DutyRate = DutyRate {
        terms: Vec::new(),
        min: None,
        max: None,
    };

    pub fn parse(text: &str) -> Result<Self, RateError> {
        let unreadable = || RateError(text.to_owned());
        let text = text.trim();
        if text.eq_ignore_ascii_case("free") {
            return Ok(Self::FREE);
        }
        let (rest, max) = bound(text, " max ").map_err(|()| unreadable())?;
        let (rest, min) = bound(rest, " min ").map_err(|()| unreadable())?;
        let terms = rest.split('+').map(term);
        let terms = terms.collect::<Option<Vec<_>>>().ok_or_else(unreadable)?;
        Ok(Self { terms, min, max })
    }

    pub fn is_free(&self) -> bool {
        self.terms.is_empty() && self.min.is_none()
    }

    /// The percent of a rate that is nothing but one.
    pub fn percent(&self) -> Option<Percent> {
        match (self.terms.as_slice(), self.min, self.max) {
            ([Term::AdValorem(percent)], None, None) => Some(*percent),
            _ => None,
        }
    }

    /// The duty, rounded once, half up. `rate` gives what one unit of a term's currency is in the duty's; `None` from it
    /// means that there is no rate of exchange, and then there is no duty to tell.
    pub(super) fn of(
        &self,
        goods: Dutiable,
        rate: impl Fn(Currency) -> Option<Rate>,
    ) -> Result<Option<Money>, MoneyError> {
        let exact = |term: &Term| exact(term, goods, &rate);
        let mut sum = Exact::ZERO;
        for term in &self.terms {
            let Some(part) = exact(term)? else {
                return Ok(None);
            };
            sum = sum.plus(part)?;
        }
        if let Some(min) = &self.min {
            let Some(min) = exact(min)? else {
                return Ok(None);
            };
            sum = sum.larger(min)?;
        }
        if let Some(max) = &self.max {
            let Some(max) = exact(max)? else {
                return Ok(None);
            };
            sum = sum.smaller(max)?;
        }
        Ok(Some(Money::new(sum.half_up()?, goods.value.currency)))
    }
}

/// A fraction of minor units, so that a sum of terms is rounded once.
#[derive(Clone, Copy, Debug)]
struct Exact {
    numerator: i128,
    denominator: i128,
}

impl Exact {
    const ZERO: Exact = Exact {
        numerator: 0,
        denominator: 1,
    };

    fn plus(self, other: Exact) -> Result<Exact, MoneyError> {
        let numerator = self
            .numerator
            .checked_mul(other.denominator)
            .zip(other.numerator.checked_mul(self.denominator))
            .and_then(|(left, right)| left.checked_add(right));
        let denominator = self.denominator.checked_mul(other.denominator);
        numerator
            .zip(denominator)
            .map(|(numerator, denominator)| Exact {
                numerator,
                denominator,
            })
            .ok_or(MoneyError::Overflow)
    }

    fn is_larger(self, other: Exact) -> Result<bool, MoneyError> {
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        left.zip(right)
            .map(|(left, right)| left > right)
            .ok_or(MoneyError::Overflow)
    }

    fn larger(self, other: Exact) -> Result<Exact, MoneyError> {
        Ok(if other.is_larger(self)? { other } else { self })
    }

    fn smaller(self, other: Exact) -> Result<Exact, MoneyError> {
        Ok(if self.is_larger(other)? { other } else { self })
    }

    fn half_up(self) -> Result<i64, MoneyError> {
        let twice = self
            .numerator
            .checked_mul(2)
            .and_then(|twice| twice.checked_add(self.denominator))
            .ok_or(MoneyError::Overflow)?;
        i64::try_from(twice.div_euclid(2 * self.denominator)).map_err(|_| MoneyError::Overflow)
    }
}

fn exact(
    term: &Term,
    goods: Dutiable,
    rate: &impl Fn(Currency) -> Option<Rate>,
) -> Result<Option<Exact>, MoneyError> {
    match term {
        Term::AdValorem(percent) => Ok(Some(Exact {
            numerator: i128::from(goods.value.minor) * i128::from(percent.millionths()),
            denominator: 1_000_000,
        })),
        Term::Specific {
            amount,
            currency,
            measure,
        } => {
            let Some(rate) = rate(*currency) else {
                return Ok(None);
            };
            let (units, of) = match measure {
                Measure::Kilogram => (goods.grams, 1_000),
                Measure::HundredKilograms => (goods.grams, 100_000),
                Measure::Item => (goods.items, 1),
            };
            let scale = 10_i128.pow(goods.value.currency.exponent());
            let numerator = amount
                .numerator
                .checked_mul(i128::from(units))
                .and_then(|value| value.checked_mul(rate.numerator))
                .and_then(|value| value.checked_mul(scale));
            let denominator = rate
                .denominator
                .checked_mul(of)
                .and_then(|value| value.checked_mul(amount.denominator));
            numerator
                .zip(denominator)
                .map(|(numerator, denominator)| {
                    Some(Exact {
                        numerator,
                        denominator,
                    })
                })
                .ok_or(MoneyError::Overflow)
        }
    }
}

/// Takes a bound off the end of a rate.
fn bound<'a>(text: &'a str, word: &str) -> Result<(&'a str, Option<Term>), ()> {
    match text.split_once(word) {
        None => Ok((text, None)),
        Some((rest, bound)) => Ok((rest, Some(term(bound).ok_or(())?))),
    }
}

fn term(text: &str) -> Option<Term> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%') {
        return Percent::parse(percent.trim()).map(Term::AdValorem);
    }
    let (amount, unit) = text.split_once('/')?;
    let (amount, currency) = amount.trim().split_once(' ')?;
    let measure = match unit.trim() {
        "kg" => Measure::Kilogram,
        "100kg" => Measure::HundredKilograms,
        "item" => Measure::Item,
        _ => return None,
    };
    Some(Term::Specific {
        amount: Rate::parse_decimal(amount)?,
        currency: Currency::parse(currency.trim())?,
        measure,
    })
}

impl fmt::Display for DutyRate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.terms.is_empty() && self.min.is_none() {
            return formatter.write_str("free");
        }
        for (position, term) in self.terms.iter().enumerate() {
            let plus = if position > 0 { " + " } else { "" };
            write!(formatter, "{plus}{term}")?;
        }
        if let Some(min) = &self.min {
            write!(formatter, " min {min}")?;
        }
        if let Some(max) = &self.max {
            write!(formatter, " max {max}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::AdValorem(percent) => write!(formatter, "{percent}%"),
            Term::Specific {
                amount,
                currency,
                measure,
            } => {
                let decimal = amount.to_decimal();
                let amount = decimal.trim_end_matches('0').trim_end_matches('.');
                let unit = match measure {
                    Measure::Kilogram => "kg",
                    Measure::HundredKilograms => "100kg",
                    Measure::Item => "item",
                };
                write!(formatter, "{amount} {currency}/{unit}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pounds(minor: i64) -> Money {
        Money::new(minor, Currency::parse("GBP").expect("a code"))
    }

    fn duty(rate: &str, value: Money, grams: i64, items: i64) -> i64 {
        let goods = Dutiable {
            value,
            grams,
            items,
        };
        let one = Rate {
            numerator: 1,
            denominator: 1,
        };
        let duty = DutyRate::parse(rate)
            .expect("a rate")
            .of(goods, |_| Some(one));
        duty.expect("an amount").expect("a duty").minor
    }

    #[test]
    fn rates_are_read_and_told_as_tariffs_print_them() {
        for text in [
            "free",
            "12%",
            "4.2%",
            "6.5 EUR/100kg",
            "4.5% + 3 EUR/100kg",
            "8% min 0.3 EUR/item max 0.8 EUR/item",
            "6.3% + 0.135 USD/kg + 0.019 USD/item",
            "2.1 USD/kg max 16%",
        ] {
            let rate = DutyRate::parse(text).expect(text);
            assert_eq!(rate.to_string(), text);
        }
        for bad in [
            "",
            "twelve",
            "12",
            "3 EUR",
            "3 EUR/mile",
            "-4%",
            "5% min",
            "1e3%",
        ] {
            assert!(DutyRate::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_sum_of_terms_is_rounded_once_and_kept_within_its_bounds() {
        assert_eq!(duty("12%", pounds(1_004), 0, 0), 120);
        assert_eq!(duty("12%", pounds(1_005), 0, 0), 121);
        assert_eq!(duty("4.5% + 3 GBP/100kg", pounds(1_000), 250, 1), 46);
        assert_eq!(
            duty("8% min 0.30 GBP/item max 0.80 GBP/item", pounds(100), 0, 2),
            60
        );
        assert_eq!(
            duty(
                "8% min 0.30 GBP/item max 0.80 GBP/item",
                pounds(9_000),
                0,
                2
            ),
            160
        );
        assert_eq!(
            duty(
                "8% min 0.30 GBP/item max 0.80 GBP/item",
                pounds(1_000),
                0,
                2
            ),
            80
        );
        assert_eq!(duty("free", pounds(9_000), 10, 2), 0);
    }

    #[test]
    fn an_amount_in_euro_a_hundred_kilograms_is_what_the_british_calculator_says() {
        // GB-5 of the vectors: 35.10 EUR/100kg on 100 of them at 0.8571 GBP a euro is 3008.421.
        let rate = DutyRate::parse("35.10 EUR/100kg").expect("a rate");
        let goods = Dutiable {
            value: pounds(0),
            grams: 10_000_000,
            items: 1,
        };
        let euro = Rate::parse_decimal("0.8571");
        let duty = rate.of(goods, |_| euro).expect("an amount");
        assert_eq!(duty, Some(pounds(300_842)));
    }

    #[test]
    fn without_a_rate_of_exchange_there_is_no_duty_to_tell() {
        let rate = DutyRate::parse("4% + 3 EUR/item").expect("a rate");
        let goods = Dutiable {
            value: pounds(100),
            grams: 1,
            items: 1,
        };
        assert_eq!(rate.of(goods, |_| None), Ok(None));
    }
}
