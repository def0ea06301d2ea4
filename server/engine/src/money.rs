//! Money: whole minor units and a currency, never a float.
//!
//! Intermediate results are `i128`; rounding is always named. Splits use the largest remainder, so that the
//! parts add up to the whole.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency code of three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// An amount in minor units of its currency: `1490 EUR` is fourteen euro and ninety cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    pub minor: i64,
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "EUR"))]
    pub currency: Currency,
}

/// Why an amount could not be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("the amounts are in two currencies, {0} and {1}")]
    CurrencyMismatch(Currency, Currency),
    #[error("the amount is too large")]
    Overflow,
    #[error("not an amount of money")]
    Unreadable,
}

/// How many target units one source unit buys, as a fraction of whole numbers: `numerator / denominator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub numerator: i128,
    pub denominator: i128,
}

impl Currency {
    pub const EUR: Currency = Currency(*b"EUR");

    /// Three capital letters; whether the currency is one we can convert is asked elsewhere.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(bytes))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Digits after the point, as ISO 4217 lists them (2 for all codes not named here).
    pub fn exponent(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Reads a plain decimal such as `12.50` in the given currency; more digits than the currency has are refused.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let exponent = currency.exponent() as usize;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let trimmed = fraction.trim_end_matches('0');
        let fraction = if trimmed.len() < exponent {
            &fraction[..fraction.len().min(exponent)]
        } else {
            trimmed
        };
        if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > exponent {
            return Err(MoneyError::Unreadable);
        }
        format!("{whole}{fraction:0<exponent$}")
            .parse()
            .map(|minor| Self { minor, currency })
            .map_err(|_| MoneyError::Overflow)
    }

    pub fn checked_add(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        let minor = self
            .minor
            .checked_add(other.minor)
            .ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, ..self })
    }

    pub fn times(self, quantity: i64) -> Result<Money, MoneyError> {
        let minor = self
            .minor
            .checked_mul(quantity)
            .ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, ..self })
    }

    /// Converts by a rate between major units and rounds half up, once, to the target's minor unit.
    pub fn convert_half_up(self, rate: Rate, target: Currency) -> Result<Money, MoneyError> {
        let scale = |exponent: u32| 10_i128.pow(exponent);
        let numerator = i128::from(self.minor)
            .checked_mul(rate.numerator)
            .and_then(|value| value.checked_mul(scale(target.exponent())))
            .ok_or(MoneyError::Overflow)?;
        let denominator = rate
            .denominator
            .checked_mul(scale(self.currency.exponent()))
            .ok_or(MoneyError::Overflow)?;
        let minor = divide_half_up(numerator, denominator).ok_or(MoneyError::Overflow)?;
        Ok(Money {
            minor: i64::try_from(minor).map_err(|_| MoneyError::Overflow)?,
            currency: target,
        })
    }

    /// Parts in proportion to `weights` that add up to the whole exactly: each gets its floor, the largest
    /// remainders get one minor unit more, earlier parts first. No weight at all gives everything to the first.
    pub fn split(self, weights: &[u64]) -> Vec<Money> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if total == 0 {
            let first = |index| if index == 0 { self.minor } else { 0 };
            return (0..weights.len())
                .map(|index| Money {
                    minor: first(index),
                    ..self
                })
                .collect();
        }
        let whole = i128::from(self.minor);
        let mut parts: Vec<(i128, i128)> = weights
            .iter()
            .map(|weight| {
                let share = whole * i128::from(*weight);
                (share.div_euclid(total), share.rem_euclid(total))
            })
            .collect();
        let left = whole - parts.iter().map(|part| part.0).sum::<i128>();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(parts[index].1));
        for &index in order.iter().take(usize::try_from(left).unwrap_or(0)) {
            parts[index].0 += 1;
        }
        parts
            .into_iter()
            .map(|part| Money {
                minor: part.0 as i64,
                ..self
            })
            .collect()
    }
}

/// `numerator / denominator`, halves away from zero. None when the denominator is not positive.
fn divide_half_up(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator <= 0 {
        return None;
    }
    let magnitude = numerator
        .checked_abs()?
        .checked_mul(2)?
        .checked_add(denominator)?
        / denominator.checked_mul(2)?;
    Some(magnitude * numerator.signum())
}

impl Rate {
    pub const ONE: Rate = Rate {
        numerator: 1,
        denominator: 1,
    };

    /// Reads a plain decimal such as `0.84638` exactly.
    pub fn parse_decimal(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.len() + fraction.len() > 18 || whole.is_empty() {
            return None;
        }
        if !whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let numerator: i128 = format!("{whole}{fraction}").parse().ok()?;
        (numerator > 0).then(|| Self {
            numerator,
            denominator: 10_i128.pow(fraction.len() as u32),
        })
    }

    /// From one currency to another over the euro: both rates are units per euro.
    pub fn over_euro(from_per_euro: Rate, to_per_euro: Rate) -> Option<Rate> {
        Some(Rate {
            numerator: to_per_euro
                .numerator
                .checked_mul(from_per_euro.denominator)?,
            denominator: to_per_euro
                .denominator
                .checked_mul(from_per_euro.numerator)?,
        })
    }

    /// The rate with ten digits after the point, rounded half up, for people and for the stored quote.
    pub fn to_decimal(self) -> String {
        let scaled = self
            .numerator
            .checked_mul(10_000_000_000)
            .and_then(|value| divide_half_up(value, self.denominator));
        let scaled = scaled.unwrap_or(0);
        format!(
            "{}.{:010}",
            scaled / 10_000_000_000,
            scaled % 10_000_000_000
        )
    }
}

/// For people: `14.90 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.exponent() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = format!("{:0>width$}", self.minor.unsigned_abs(), width = digits + 1);
        let (whole, fraction) = minor.split_at(minor.len() - digits);
        let point = if digits > 0 { "." } else { "" };
        write!(
            formatter,
            "{sign}{whole}{point}{fraction} {}",
            self.currency
        )
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code)
            .ok_or_else(|| serde::de::Error::custom("not a currency code of three capital letters"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn exponents_match_the_vectors() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/vectors/identifiers.json"))
                .expect("readable vectors");
        for (code, exponent) in vectors["currency_exponent"].as_object().expect("a table") {
            let currency = Currency::parse(code).expect("a code");
            assert_eq!(
                u64::from(currency.exponent()),
                exponent.as_u64().expect("a number"),
                "{code}"
            );
        }
    }

    #[test]
    fn decimals_are_read_exactly_or_refused() {
        let yen = Currency::parse("JPY").expect("a code");
        assert_eq!(
            Money::parse_decimal("12.5", Currency::EUR),
            Ok(Money::new(1250, Currency::EUR))
        );
        assert_eq!(
            Money::parse_decimal("12.500", Currency::EUR),
            Ok(Money::new(1250, Currency::EUR))
        );
        assert_eq!(Money::parse_decimal("980", yen), Ok(Money::new(980, yen)));
        assert_eq!(
            Money::parse_decimal("980.00", yen),
            Ok(Money::new(980, yen))
        );
        for bad in ["", "-1", "1.234", "1,20", "1e3", ".5"] {
            assert_eq!(
                Money::parse_decimal(bad, Currency::EUR),
                Err(MoneyError::Unreadable),
                "{bad}"
            );
        }
    }

    #[test]
    fn conversion_goes_over_the_euro_and_rounds_once() {
        let yen = Currency::parse("JPY").expect("a code");
        let pounds = Currency::parse("GBP").expect("a code");
        let rate = Rate::over_euro(
            Rate::parse_decimal("0.84638").expect("a rate"),
            Rate::parse_decimal("171.94").expect("a rate"),
        )
        .expect("a cross rate");
        assert_eq!(
            Money::new(1000, pounds).convert_half_up(rate, yen),
            Ok(Money::new(2031, yen))
        );
        assert_eq!(rate.to_decimal(), "203.1475223895");
    }

    #[test]
    fn amounts_are_told_with_the_digits_of_their_currency() {
        let yen = Currency::parse("JPY").expect("a code");
        assert_eq!(Money::new(1490, Currency::EUR).to_string(), "14.90 EUR");
        assert_eq!(Money::new(-5, Currency::EUR).to_string(), "-0.05 EUR");
        assert_eq!(Money::new(980, yen).to_string(), "980 JPY");
    }

    proptest! {
        #[test]
        fn parts_of_a_split_add_up(minor in -1_000_000_000_i64..1_000_000_000, weights in proptest::collection::vec(0_u64..10_000, 1..20)) {
            let parts = Money::new(minor, Currency::EUR).split(&weights);
            prop_assert_eq!(parts.iter().map(|part| part.minor).sum::<i64>(), minor);
        }
    }
}
