//! What the documents have in common: parties, goods, amounts and their checks.

use std::fmt;

/// Someone on a document: seller, buyer, sender or addressee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// The address, line by line, without the country.
    pub lines: Vec<String>,
    /// The country's name in English.
    pub country: String,
    /// ISO 3166-1 alpha-2.
    pub country_code: String,
    pub email: Option<String>,
    pub vat: Option<String>,
    pub eori: Option<String>,
}

/// One kind of goods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub description: String,
    /// The six digits of the Harmonized System.
    pub hs6: Option<String>,
    /// Country of origin, as it is to be printed.
    pub origin: String,
    pub quantity: i64,
    pub unit_price_minor: i64,
    pub total_minor: i64,
    /// Net weight of the whole line, not of one piece.
    pub net_weight_grams: i64,
}

/// Why a document is not drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentError {
    /// Customs would refuse this description. Lines count from 1.
    Vague { line: usize, description: String },
    /// A sum differs from what it is made of.
    DoesNotAddUp {
        what: String,
        expected: i64,
        found: i64,
    },
    /// Something needed is empty.
    Missing { field: String },
    /// Something is not of the form it must have.
    Invalid { field: String, value: String },
    /// A text does not fit the place the document has for it.
    TooLong { field: String },
    /// The font could not be embedded.
    Font(String),
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vague { line, description } => write!(
                f,
                "line {line}: customs refuse the description \"{description}\""
            ),
            Self::DoesNotAddUp {
                what,
                expected,
                found,
            } => write!(
                f,
                "{what} does not add up: {found} stated, {expected} reckoned"
            ),
            Self::Missing { field } => write!(f, "{field} is missing"),
            Self::Invalid { field, value } => write!(f, "{field} cannot be \"{value}\""),
            Self::TooLong { field } => write!(f, "{field} does not fit the document"),
            Self::Font(why) => write!(f, "the font cannot be embedded: {why}"),
        }
    }
}

impl std::error::Error for DocumentError {}

/// Words that say nothing about what goods are.
const VAGUE: &[&str] = &[
    "accessories",
    "accessory",
    "article",
    "articles",
    "assorted",
    "bits",
    "cadeau",
    "cadeaux",
    "cargo",
    "commercial",
    "commodities",
    "commodity",
    "content",
    "contents",
    "divers",
    "echantillon",
    "echantillons",
    "échantillon",
    "échantillons",
    "effects",
    "free",
    "general",
    "gift",
    "gifts",
    "good",
    "goods",
    "item",
    "items",
    "marchandise",
    "marchandises",
    "material",
    "materials",
    "merchandise",
    "misc",
    "miscellaneous",
    "mixed",
    "new",
    "object",
    "objects",
    "other",
    "others",
    "package",
    "packages",
    "parcel",
    "parcels",
    "part",
    "parts",
    "personal",
    "piece",
    "pieces",
    "present",
    "presents",
    "product",
    "products",
    "sample",
    "samples",
    "spare",
    "spares",
    "stuff",
    "sundries",
    "sundry",
    "thing",
    "things",
    "unknown",
    "various",
];
/// Words that join others and describe nothing.
const JOINING: &[&str] = &[
    "a", "an", "and", "as", "de", "et", "for", "in", "of", "only", "or", "some", "the", "with",
];

/// Whether a description says too little for customs: under three letters, or
/// nothing but words such as "gift", "parts" and "samples".
pub fn is_vague(description: &str) -> bool {
    if description.chars().filter(|c| c.is_alphabetic()).count() < 3 {
        return true;
    }
    let lower = description.to_lowercase();
    lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| VAGUE.contains(&word) || JOINING.contains(&word))
}

/// An amount in minor units as text, thousands apart by a space that does not
/// break: neither comma nor full stop could be taken for the other.
pub fn money(minor: i64, exponent: u32) -> String {
    let digits = minor.unsigned_abs().to_string();
    let places = exponent.min(18) as usize;
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if minor < 0 { "-" } else { "" };
    let point = if places > 0 { "." } else { "" };
    format!("{sign}{}{point}{fraction}", grouped(whole))
}

/// A count, thousands apart.
pub(crate) fn count(number: i64) -> String {
    money(number, 0)
}

/// A weight in kilograms, three places.
pub fn kilograms(grams: i64) -> String {
    money(grams, 3)
}

/// A weight as `kilograms`, marked where it was reckoned and not weighed.
pub(crate) fn weight(grams: i64, is_estimated: bool) -> String {
    let mark = if is_estimated { " (estimated)" } else { "" };
    format!("{}{mark}", kilograms(grams))
}

/// A value to be printed with its currency.
pub(crate) fn with_currency(minor: i64, exponent: u32, currency: &str) -> String {
    format!("{currency}\u{a0}{}", money(minor, exponent))
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(c);
    }
    out
}

/// Refuses an empty text and one longer than a document has room for.
pub(crate) fn needed(field: &str, value: &str, longest: usize) -> Result<(), DocumentError> {
    if value.trim().is_empty() {
        return Err(DocumentError::Missing {
            field: field.into(),
        });
    }
    at_most(field, value, longest)
}

pub(crate) fn at_most(field: &str, value: &str, longest: usize) -> Result<(), DocumentError> {
    if value.chars().count() > longest {
        return Err(DocumentError::TooLong {
            field: field.into(),
        });
    }
    Ok(())
}

/// A date must be of the form YYYY-MM-DD.
pub(crate) fn check_date(value: &str) -> Result<(), DocumentError> {
    let parts: Vec<&str> = value.split('-').collect();
    let number = |i: usize, width: usize| {
        let part = parts.get(i).filter(|p| p.len() == width)?;
        part.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
        part.parse::<u32>().ok()
    };
    let right = parts.len() == 3
        && number(0, 4).is_some()
        && number(1, 2).is_some_and(|m| (1..=12).contains(&m))
        && number(2, 2).is_some_and(|d| (1..=31).contains(&d));
    if right {
        Ok(())
    } else {
        Err(invalid("date", value))
    }
}

pub(crate) fn check_currency(currency: &str, exponent: u32) -> Result<(), DocumentError> {
    if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(invalid("currency", currency));
    }
    if exponent > 4 {
        return Err(invalid("exponent", &exponent.to_string()));
    }
    Ok(())
}

pub(crate) fn invalid(field: &str, value: &str) -> DocumentError {
    DocumentError::Invalid {
        field: field.into(),
        value: value.into(),
    }
}

impl Party {
    pub(crate) fn check(&self, role: &str) -> Result<(), DocumentError> {
        needed(&format!("{role}'s name"), &self.name, 120)?;
        needed(&format!("{role}'s country"), &self.country, 60)?;
        if self.address().next().is_none() {
            return Err(DocumentError::Missing {
                field: format!("{role}'s address"),
            });
        }
        if self.lines.len() > 8 {
            return Err(DocumentError::TooLong {
                field: format!("{role}'s address"),
            });
        }
        for line in &self.lines {
            at_most(&format!("{role}'s address"), line, 120)?;
        }
        for reference in [&self.email, &self.vat, &self.eori].into_iter().flatten() {
            at_most(&format!("{role}'s references"), reference, 120)?;
        }
        Ok(())
    }

    /// The address lines that hold anything.
    pub(crate) fn address(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().map(|line| line.trim());
        lines.filter(|line| !line.is_empty())
    }

    /// What customs know the party by.
    pub(crate) fn references(&self) -> Vec<String> {
        let eori = self.eori.iter().map(|e| format!("EORI {e}"));
        eori.chain(self.vat.iter().map(|v| format!("VAT {v}")))
            .collect()
    }
}

/// The sum of what `each` gives for the lines, in numbers too wide to overflow.
pub(crate) fn sum(lines: &[Line], each: impl Fn(&Line) -> i64) -> i128 {
    lines.iter().map(|line| i128::from(each(line))).sum()
}

/// Checks each line by itself, and that they add up to the goods' value.
pub(crate) fn check_lines(lines: &[Line], goods_minor: i64) -> Result<(), DocumentError> {
    if lines.is_empty() {
        return Err(DocumentError::Missing {
            field: "goods".into(),
        });
    }
    for (line, number) in lines.iter().zip(1..) {
        let field = |what: &str| format!("line {number}: {what}");
        if is_vague(&line.description) {
            return Err(DocumentError::Vague {
                line: number,
                description: line.description.clone(),
            });
        }
        at_most(&field("description"), &line.description, 600)?;
        needed(&field("origin"), &line.origin, 60)?;
        if let Some(hs6) = &line.hs6
            && !(hs6.len() == 6 && hs6.bytes().all(|b| b.is_ascii_digit()))
        {
            return Err(invalid(&field("HS code"), hs6));
        }
        let figures = [
            ("quantity", line.quantity, 1),
            ("unit price", line.unit_price_minor, 0),
            ("amount", line.total_minor, 0),
            ("net weight", line.net_weight_grams, 0),
        ];
        for (what, value, least) in figures {
            if value < least {
                return Err(invalid(&field(what), &value.to_string()));
            }
        }
        // A unit price may have been rounded, by at most half a unit a piece.
        let reckoned = i128::from(line.quantity) * i128::from(line.unit_price_minor);
        let off = (reckoned - i128::from(line.total_minor)).abs();
        if off * 2 > i128::from(line.quantity) {
            return Err(does_not_add_up(
                &field("amount"),
                reckoned,
                line.total_minor,
            ));
        }
    }
    let goods = sum(lines, |line| line.total_minor);
    if goods != i128::from(goods_minor) {
        return Err(does_not_add_up("goods", goods, goods_minor));
    }
    Ok(())
}

/// The whole cannot weigh less than the goods in it.
pub(crate) fn check_weight(lines: &[Line], gross_grams: i64) -> Result<(), DocumentError> {
    let net = sum(lines, |line| line.net_weight_grams);
    if gross_grams <= 0 {
        return Err(invalid("gross weight", &gross_grams.to_string()));
    }
    if net > i128::from(gross_grams) {
        return Err(does_not_add_up("gross weight", net, gross_grams));
    }
    Ok(())
}

pub(crate) fn does_not_add_up(what: &str, expected: i128, found: i64) -> DocumentError {
    DocumentError::DoesNotAddUp {
        what: what.into(),
        expected: i64::try_from(expected).unwrap_or(i64::MAX),
        found,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn seller() -> Party {
        Party {
            name: "Jingdezhen Hearth Ceramics Co., Ltd.".into(),
            lines: vec![
                "Building 3, 18 Xinfeng Road".into(),
                "Zhushan District".into(),
                "Jingdezhen, Jiangxi 333000".into(),
            ],
            country: "China".into(),
            country_code: "CN".into(),
            email: Some("export@hearth.example".into()),
            vat: None,
            eori: Some("CN1234567890".into()),
        }
    }

    pub fn buyer() -> Party {
        Party {
            name: "Café Łąka, Żaneta Großmann".into(),
            lines: vec!["Schönhauser Allee 12a".into(), "10119 Berlin".into()],
            country: "Germany".into(),
            country_code: "DE".into(),
            email: Some("zaneta@laka.example".into()),
            vat: Some("DE123456789".into()),
            eori: Some("DE1234567890123".into()),
        }
    }

    #[test]
    fn amounts_are_written_from_minor_units_by_exponent() {
        assert_eq!(money(5, 2), "0.05");
        assert_eq!(money(123_450, 2), "1\u{a0}234.50");
        assert_eq!(money(123_456_789, 0), "123\u{a0}456\u{a0}789");
        assert_eq!(money(1_234, 3), "1.234");
        assert_eq!(money(-150, 2), "-1.50");
        assert_eq!(
            money(i64::MIN, 2),
            "-92\u{a0}233\u{a0}720\u{a0}368\u{a0}547\u{a0}758.08"
        );
        assert_eq!(kilograms(50), "0.050");
    }

    #[test]
    fn descriptions_that_say_nothing_are_vague() {
        for vague in [
            "gift",
            "Gifts",
            "PARTS",
            "samples of goods",
            "spare parts",
            "Various items",
            "misc.",
            "stuff",
            "goods & merchandise",
            "accessories",
            "",
            "ab",
            "12345",
            "x 2",
            "n/a",
            "free sample",
            "Échantillons",
        ] {
            assert!(is_vague(vague), "{vague}");
        }
    }

    #[test]
    fn descriptions_that_name_the_goods_are_not_vague() {
        for clear in [
            "ceramic parts for a lamp",
            "gift boxes of cardboard",
            "Tea",
            "cotton shirts, men's",
            "Керамическая чашка",
            "samples of oolong tea",
            "Holzlöffel",
        ] {
            assert!(!is_vague(clear), "{clear}");
        }
    }

    #[test]
    fn a_date_must_be_a_year_a_month_and_a_day() {
        assert_eq!(check_date("2026-11-26"), Ok(()));
        for wrong in [
            "",
            "26.11.2026",
            "2026-13-01",
            "2026-1-01",
            "2026-01-32",
            "2026-01-01T00",
            "+026-01-01",
        ] {
            assert!(check_date(wrong).is_err(), "{wrong}");
        }
    }

    fn cup() -> Line {
        Line {
            description: "Porcelain cup".into(),
            origin: "China".into(),
            quantity: 3,
            unit_price_minor: 333,
            total_minor: 1000,
            net_weight_grams: 600,
            ..Line::default()
        }
    }

    #[test]
    fn a_rounded_unit_price_is_allowed_and_a_wrong_one_is_not() {
        assert_eq!(check_lines(&[cup()], 1000), Ok(()));
        let wrong = Line {
            unit_price_minor: 332,
            ..cup()
        };
        assert_eq!(
            check_lines(&[wrong], 1000),
            Err(does_not_add_up("line 1: amount", 996, 1000))
        );
    }

    #[test]
    fn lines_that_do_not_make_the_goods_are_refused() {
        assert_eq!(
            check_lines(&[cup(), cup()], 1999),
            Err(does_not_add_up("goods", 2000, 1999))
        );
        let huge = Line {
            quantity: i64::MAX,
            unit_price_minor: i64::MAX,
            ..cup()
        };
        assert!(matches!(
            check_lines(&[huge], 1000),
            Err(DocumentError::DoesNotAddUp { .. })
        ));
    }

    #[test]
    fn a_parcel_lighter_than_its_goods_is_refused() {
        assert_eq!(check_weight(&[cup()], 600), Ok(()));
        assert!(check_weight(&[cup()], 599).is_err());
        assert!(check_weight(&[cup()], 0).is_err());
    }

    #[test]
    fn an_hs_code_of_other_than_six_digits_is_refused() {
        let line = Line {
            hs6: Some("6911.10".into()),
            ..cup()
        };
        assert_eq!(
            check_lines(&[line], 1000),
            Err(invalid("line 1: HS code", "6911.10"))
        );
    }
}
