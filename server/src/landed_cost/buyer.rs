//! Who buys: a person, or a business with its numbers, checked by their form.

use sampan_engine::trade::CountryCode;
use serde::{Deserialize, Serialize};

const MAX_COMPANY_CHARS: usize = 120;

/// A business, because some rules are for persons alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Buyer {
    pub kind: BuyerKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// VAT number with its country's letters, such as DE123456789.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<String>,
    /// Economic Operators Registration and Identification number, such as DE1234567890123.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eori: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BuyerKind {
    Person,
    Business,
}

/// A field of the buyer that cannot stand, and what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuyerMistake {
    pub pointer: &'static str,
    pub detail: String,
}

impl Buyer {
    /// The same with its numbers written as offices write them, or what is wrong with them.
    pub fn checked(self) -> Result<Self, BuyerMistake> {
        let mistake = |pointer, detail: &str| BuyerMistake {
            pointer,
            detail: detail.to_owned(),
        };
        let company = self.company.map(|name| name.trim().to_owned());
        let company = company.filter(|name| !name.is_empty());
        if company
            .as_ref()
            .is_some_and(|name| name.chars().count() > MAX_COMPANY_CHARS)
        {
            return Err(mistake("/buyer/company", "At most 120 characters."));
        }
        let plain = |number: Option<String>| {
            number
                .map(|number| squeezed(&number))
                .filter(|number| !number.is_empty())
        };
        let (vat, eori) = (plain(self.vat), plain(self.eori));
        if self.kind == BuyerKind::Person && (company.is_some() || vat.is_some() || eori.is_some())
        {
            return Err(mistake(
                "/buyer/kind",
                "A person has no company, VAT or EORI number; send business.",
            ));
        }
        if let Some(vat) = vat.as_deref().filter(|vat| !is_vat(vat)) {
            let detail = match form_of(vat) {
                Some((_, example)) => format!("A VAT number of this country looks like {example}."),
                None => "A VAT number begins with its country, such as DE123456789.".to_owned(),
            };
            return Err(BuyerMistake {
                pointer: "/buyer/vat",
                detail,
            });
        }
        if eori.as_deref().is_some_and(|eori| !is_eori(eori)) {
            return Err(mistake(
                "/buyer/eori",
                "An EORI number is two letters of a country and at most 15 letters or digits, such as DE1234567890123.",
            ));
        }
        Ok(Self {
            kind: self.kind,
            company,
            vat,
            eori,
        })
    }

    /// The country whose tax office knows the business.
    pub fn vat_country(&self) -> Option<CountryCode> {
        let prefix = self.vat.as_deref()?.get(..2)?;
        CountryCode::parse(if prefix == "EL" { "GR" } else { prefix })
    }
}

/// Capitals, without the spaces, dots and hyphens that people put in.
fn squeezed(number: &str) -> String {
    let kept = number
        .chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '.' | '-' | '/'));
    kept.collect::<String>().to_uppercase()
}

/// Forms of VAT numbers behind the country's letters: `9` a digit, `A` a letter, `*` either; several are parted by a
/// space. European Commission, VIES, frequently asked questions, question 11; for GB, CH and NO their tax offices.
const FORMS: [(&str, &str, &str); 31] = [
    ("AT", "U99999999", "ATU12345678"),
    ("BE", "9999999999", "BE0123456789"),
    ("BG", "999999999 9999999999", "BG123456789"),
    (
        "CH",
        "E999999999MWST E999999999TVA E999999999IVA E999999999",
        "CHE123456789MWST",
    ),
    ("CY", "99999999A", "CY12345678L"),
    ("CZ", "99999999 999999999 9999999999", "CZ12345678"),
    ("DE", "999999999", "DE123456789"),
    ("DK", "99999999", "DK12345678"),
    ("EE", "999999999", "EE123456789"),
    ("EL", "999999999", "EL123456789"),
    ("ES", "*9999999*", "ESX1234567X"),
    ("FI", "99999999", "FI12345678"),
    ("FR", "**999999999", "FRXX123456789"),
    ("GB", "999999999 999999999999 GD999 HA999", "GB123456789"),
    ("HR", "99999999999", "HR12345678901"),
    ("HU", "99999999", "HU12345678"),
    ("IE", "9*99999A 9999999AA", "IE1234567WA"),
    ("IT", "99999999999", "IT12345678901"),
    ("LT", "999999999 999999999999", "LT123456789"),
    ("LU", "99999999", "LU12345678"),
    ("LV", "99999999999", "LV12345678901"),
    ("MT", "99999999", "MT12345678"),
    ("NL", "999999999B99", "NL123456789B01"),
    ("NO", "999999999MVA 999999999", "NO123456789MVA"),
    ("PL", "9999999999", "PL1234567890"),
    ("PT", "999999999", "PT123456789"),
    (
        "RO",
        "99 999 9999 99999 999999 9999999 99999999 999999999 9999999999",
        "RO1234567890",
    ),
    ("SE", "999999999999", "SE123456789001"),
    ("SI", "99999999", "SI12345678"),
    ("SK", "9999999999", "SK1234567890"),
    ("XI", "999999999 999999999999 GD999 HA999", "XI123456789"),
];

fn form_of(vat: &str) -> Option<(&'static str, &'static str)> {
    let prefix = vat.get(..2)?;
    let found = FORMS.iter().find(|(country, _, _)| *country == prefix)?;
    Some((found.1, found.2))
}

fn is_vat(vat: &str) -> bool {
    let Some((forms, _)) = form_of(vat) else {
        return false;
    };
    let number = &vat.as_bytes()[2..];
    let fits = |form: &str| {
        let signs = form.bytes().zip(number);
        form.len() == number.len() && signs.clone().all(|(form, sign)| is_sign(form, *sign))
    };
    forms.split(' ').any(fits)
}

fn is_sign(form: u8, sign: u8) -> bool {
    match form {
        b'9' => sign.is_ascii_digit(),
        b'A' => sign.is_ascii_uppercase(),
        b'*' => sign.is_ascii_uppercase() || sign.is_ascii_digit(),
        letter => letter == sign,
    }
}

fn is_eori(eori: &str) -> bool {
    let (country, rest) = eori.split_at_checked(2).unwrap_or(("", ""));
    let is_number = rest
        .bytes()
        .all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit());
    CountryCode::parse(country).is_some() && (1..=15).contains(&rest.len()) && is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn business(vat: &str, eori: &str) -> Result<Buyer, BuyerMistake> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Buyer {
            kind: BuyerKind::Business,
            company: None,
            vat: given(vat),
            eori: given(eori),
        }
        .checked()
    }

    #[test]
    fn numbers_are_read_as_people_write_them_and_checked_by_their_countrys_form() {
        for (written, kept) in [
            ("de 123 456 789", "DE123456789"),
            ("NL123456789B01", "NL123456789B01"),
            ("FR XX 123456789", "FRXX123456789"),
            ("CHE-123.456.789 MWST", "CHE123456789MWST"),
            ("ESX1234567X", "ESX1234567X"),
            ("EL123456789", "EL123456789"),
        ] {
            let buyer = business(written, "").expect(written);
            assert_eq!(buyer.vat.as_deref(), Some(kept));
        }
        for wrong in ["DE12345678", "NL123456789A01", "XX123", "GR123456789", "D"] {
            let mistake = business(wrong, "").expect_err(wrong);
            assert_eq!(mistake.pointer, "/buyer/vat", "{wrong}");
        }
        assert!(business("", "DE1234567890123").is_ok());
        for wrong in ["D1", "DE", "DE1234567890123456", "12ABC"] {
            assert_eq!(business("", wrong).expect_err(wrong).pointer, "/buyer/eori");
        }
        let greek = business("EL123456789", "").expect("a number");
        assert_eq!(greek.vat_country(), CountryCode::parse("GR"));
    }

    #[test]
    fn a_person_has_no_numbers() {
        let person = Buyer {
            kind: BuyerKind::Person,
            company: None,
            vat: Some("DE123456789".to_owned()),
            eori: None,
        };
        assert_eq!(
            person.checked().expect_err("a person").pointer,
            "/buyer/kind"
        );
    }
}
