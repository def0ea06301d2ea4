//! The trader's words, each parsed once at the border and trusted inside.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A variant's stock keeping unit, unique in the whole market: `[A-Za-z0-9._-]{1,64}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Sku(String);

/// Six digits of the Harmonised System.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Hs6(String);

/// ISO 3166-1 alpha-2, two capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl Sku {
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        ((1..=64).contains(&text.len()) && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Hs6 {
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CountryCode {
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 2] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(bytes))
    }
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }
    /// Is this code assigned to a country?
    pub fn is_assigned(&self) -> bool {
        ASSIGNED
            .split_ascii_whitespace()
            .any(|assigned| assigned == self.as_str())
    }
}

/// ISO 3166-1 alpha-2.
const ASSIGNED: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

impl fmt::Display for Sku {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
impl fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
impl fmt::Debug for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

macro_rules! text_in_json {
    ($name:ident, $hint:literal) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom($hint))
            }
        }
    };
}
text_in_json!(
    Sku,
    "not a SKU: 1 to 64 letters, digits, dots, underscores or hyphens"
);
text_in_json!(Hs6, "not an HS code of six digits");
text_in_json!(
    CountryCode,
    "not a country code of two capital letters, such as DE"
);

impl Serialize for CountryCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_assigned_codes_are_countries() {
        let is_country = |text| CountryCode::parse(text).is_some_and(|code| code.is_assigned());
        assert!(is_country("PT") && is_country("ZW"));
        assert!(!is_country("UK") && !is_country("XX") && !is_country("pt"));
        assert_eq!(ASSIGNED.split_ascii_whitespace().count(), 249);
    }

    #[test]
    fn skus_hs_codes_and_countries_are_checked_at_the_border() {
        assert!(
            Sku::parse("85123A").is_some()
                && Sku::parse("a b").is_none()
                && Sku::parse("").is_none()
        );
        assert!(Sku::parse(&"x".repeat(64)).is_some() && Sku::parse(&"x".repeat(65)).is_none());
        assert!(Hs6::parse("940550").is_some() && Hs6::parse("94055").is_none());
        assert!(CountryCode::parse("DE").is_some() && CountryCode::parse("de").is_none());
    }
}
