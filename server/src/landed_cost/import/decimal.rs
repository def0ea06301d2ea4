//! Decimals of tariffs, exact: a rate is moved and divided without ever being rounded.

use std::fmt;

const MAX_DIGITS: usize = 12;
/// What a division may leave behind the point; more would be a rounded rate.
const MAX_PLACES: u32 = 6;

/// `digits / 10^places`, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: u64,
    places: u32,
}

impl Decimal {
    /// Reads `12`, `16.50` or `.5`; anything else, a comma or a sign too, is None.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let all = format!("{whole}{fraction}");
        let is_number = !all.is_empty()
            && all.len() <= MAX_DIGITS
            && all.bytes().all(|byte| byte.is_ascii_digit())
            && (!text.contains('.') || !fraction.is_empty());
        is_number.then_some(())?;
        Some(Self {
            digits: all.parse().ok()?,
            places: fraction.len() as u32,
        })
    }

    pub const fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// A hundredth: cents as dollars.
    pub const fn hundredth(self) -> Self {
        Self {
            digits: self.digits,
            places: self.places + 2,
        }
    }

    /// The share of one in so many; None where six places behind the point do not say it exactly.
    pub fn divided(self, by: u64) -> Option<Self> {
        (0..=MAX_PLACES).find_map(|more| {
            let widened = self.digits.checked_mul(10_u64.pow(more))?;
            let divides = by != 0 && widened.is_multiple_of(by);
            let share = Self {
                digits: widened.checked_div(by)?,
                places: self.places + more,
            };
            divides
                .then(|| share.trimmed())
                .filter(|share| share.places <= MAX_PLACES)
        })
    }

    fn trimmed(self) -> Self {
        let mut short = self;
        while short.places > 0 && short.digits.is_multiple_of(10) {
            short = Self {
                digits: short.digits / 10,
                places: short.places - 1,
            };
        }
        short
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { digits, places } = self.trimmed();
        let places = places as usize;
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        if fraction.is_empty() {
            formatter.write_str(whole)
        } else {
            write!(formatter, "{whole}.{fraction}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect(text)
    }

    #[test]
    fn decimals_are_read_exactly_or_refused() {
        for (text, told) in [
            ("12.00", "12"),
            ("35.10", "35.1"),
            ("0.30", "0.3"),
            (".5", "0.5"),
            ("0", "0"),
        ] {
            assert_eq!(decimal(text).to_string(), told);
        }
        for bad in ["", ".", "1.", "1,5", "-1", "1e3", "1234567890123", "１"] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_share_is_exact_or_none() {
        let share = |text: &str, by| decimal(text).divided(by).map(|share| share.to_string());
        assert_eq!(share("144.10", 10).as_deref(), Some("14.41"));
        assert_eq!(share("0.36", 12).as_deref(), Some("0.03"));
        assert_eq!(share("9", 144).as_deref(), Some("0.0625"));
        assert_eq!(share("0.044", 12), None);
        assert_eq!(share("1", 0), None);
        assert_eq!(decimal("6.8").hundredth().to_string(), "0.068");
    }
}
