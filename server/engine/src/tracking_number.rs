//! A carrier's parcel number: how it is compared, whose form it has, and whether its check digit holds.
//!
//! Only forms that cannot be anybody else's are held to their check digit. A bare row of digits may be any of several
//! carriers', so a sum that does not fit says nothing.

use crate::trade::CountryCode;

/// The longest number that any carrier is known to use, with room to spare.
const LONGEST: usize = 40;
const SHORTEST: usize = 4;

/// Whose form a number has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Posts: UPU standard S10.
    S10,
    /// Logistic units: GS1's serial shipping container code.
    Sscc,
    /// United Parcel Service: `1Z` and sixteen more.
    Ups,
    /// FedEx Express, twelve digits.
    FedEx,
    /// FedEx Ground, fifteen digits.
    FedExGround,
    /// United States Postal Service, 20 or 22 digits.
    Usps,
    /// DHL Express, ten digits.
    DhlExpress,
}

/// What a number turns out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Form and check digit are this scheme's. A row of digits may fit by chance.
    Valid(Scheme),
    /// The form is this scheme's alone, and the check digit should be another: a mistake in typing.
    Mistyped { scheme: Scheme, due: char },
    /// The form is of the posts, but no country has this code.
    NoSuchCountry,
    /// No form that we know; many carriers have no check digit.
    Unknown,
}

impl Scheme {
    /// The carrier that has this form, as trackers call it; None where many share it.
    pub const fn carrier(self) -> Option<&'static str> {
        match self {
            Scheme::S10 | Scheme::Sscc => None,
            Scheme::Ups => Some("ups"),
            Scheme::FedEx | Scheme::FedExGround => Some("fedex"),
            Scheme::Usps => Some("usps"),
            Scheme::DhlExpress => Some("dhl"),
        }
    }
}

/// A number as it is compared: capital letters, digits and hyphens without spaces. None if it cannot be one.
pub fn normal(number: &str) -> Option<String> {
    let normal: String = number
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| character.to_ascii_uppercase())
        .collect();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    ((SHORTEST..=LONGEST).contains(&normal.len()) && normal.bytes().all(allowed)).then_some(normal)
}

/// Whose number this is; it need not be [`normal`] yet.
pub fn read(number: &str) -> Reading {
    let Some(number) = normal(number).map(|number| number.replace('-', "")) else {
        return Reading::Unknown;
    };
    let bytes = number.as_bytes();
    if has_form_of_s10(bytes) {
        return read_s10(bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"1Z").filter(|rest| rest.len() == 16) {
        return held(Scheme::Ups, rest[15], ups_digit(&rest[..15]));
    }
    if let Some(unit) = bytes.strip_prefix(b"00").filter(|unit| unit.len() == 18)
        && is_digits(unit)
    {
        // 00 is the application identifier of an SSCC in a GS1 bar code.
        return held(Scheme::Sscc, unit[17], gs1_digit(&unit[..17]));
    }
    if !is_digits(bytes) {
        return Reading::Unknown;
    }
    let fits = |digit: char| bytes.last() == Some(&(digit as u8));
    let body = &bytes[..bytes.len() - 1];
    let fitting = match bytes.len() {
        10 => fits(modulo_digit(body, 7)).then_some(Scheme::DhlExpress),
        12 => fits(fedex_digit(body)).then_some(Scheme::FedEx),
        15 => fits(gs1_digit(body)).then_some(Scheme::FedExGround),
        18 => fits(gs1_digit(body)).then_some(Scheme::Sscc),
        20 | 22 => fits(gs1_digit(body)).then_some(Scheme::Usps),
        _ => None,
    };
    fitting.map_or(Reading::Unknown, Reading::Valid)
}

/// Is this, as it stands, an item number of the posts: two capital letters, nine digits of which the last checks the
/// others, and the country of the post? (UPU standard S10-12)
pub fn is_s10(number: &str) -> bool {
    has_form_of_s10(number.as_bytes()) && read_s10(number.as_bytes()) == Reading::Valid(Scheme::S10)
}

/// The item number of a post: a service of two capital letters (`RB`), a serial of at most eight digits, the country.
/// None for other services and longer serials.
pub fn s10(service: &str, serial: u32, country: CountryCode) -> Option<String> {
    let is_service = service.len() == 2 && service.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_service || serial > 99_999_999 {
        return None;
    }
    let serial = format!("{serial:08}");
    let digit = s10_digit(serial.as_bytes());
    Some(format!("{service}{serial}{digit}{country}"))
}

/// The check digit of a GS1 number such as an SSCC: weights 3 and 1 from the right, filled up to ten.
/// (GS1 General Specifications, 7.9)
pub fn gs1_digit(digits: &[u8]) -> char {
    let weighed = digits.iter().rev().zip([3, 1].into_iter().cycle());
    let sum: u32 = weighed.map(|(digit, weight)| value(*digit) * weight).sum();
    digit((10 - sum % 10) % 10)
}

/// Weights 8 6 4 2 3 5 9 7; 11 less the rest of the sum by 11; 10 is written 0 and 11 is written 5. (UPU S10-12, 2.3)
pub fn s10_digit(serial: &[u8]) -> char {
    let weights = [8, 6, 4, 2, 3, 5, 9, 7];
    let sum: u32 = serial
        .iter()
        .zip(weights)
        .map(|(digit, weight)| value(*digit) * weight)
        .sum();
    digit(match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => digit,
    })
}

/// Letters count from A = 2 by the last digit; every second place counts twice; filled up to ten. (UPS, Guide to
/// Labeling, 1Z tracking numbers)
fn ups_digit(body: &[u8]) -> char {
    let worth = |byte: u8| {
        if byte.is_ascii_digit() {
            value(byte)
        } else {
            (u32::from(byte) - 63) % 10
        }
    };
    let weighed = body.iter().zip([1, 2].into_iter().cycle());
    let sum: u32 = weighed.map(|(byte, weight)| worth(*byte) * weight).sum();
    digit((10 - sum % 10) % 10)
}

/// Weights 3 1 7 over and over; the rest of the sum by 11, and of that by ten. (FedEx Express, twelve-digit numbers)
fn fedex_digit(body: &[u8]) -> char {
    let weighed = body.iter().zip([3, 1, 7].into_iter().cycle());
    let sum: u32 = weighed.map(|(digit, weight)| value(*digit) * weight).sum();
    digit(sum % 11 % 10)
}

/// The rest of the number itself. (DHL Express waybills: by 7)
fn modulo_digit(body: &[u8], by: u32) -> char {
    digit(
        body.iter()
            .fold(0, |rest, digit| (rest * 10 + value(*digit)) % by),
    )
}

fn has_form_of_s10(bytes: &[u8]) -> bool {
    let is_letters = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_uppercase);
    bytes.len() == 13
        && is_letters(&bytes[..2])
        && is_digits(&bytes[2..11])
        && is_letters(&bytes[11..])
}

fn read_s10(bytes: &[u8]) -> Reading {
    let country = std::str::from_utf8(&bytes[11..]).unwrap_or_default();
    if !CountryCode::parse(country).is_some_and(|code| code.is_assigned()) {
        return Reading::NoSuchCountry;
    }
    held(Scheme::S10, bytes[10], s10_digit(&bytes[2..10]))
}

fn held(scheme: Scheme, told: u8, due: char) -> Reading {
    if char::from(told) == due {
        Reading::Valid(scheme)
    } else {
        Reading::Mistyped { scheme, due }
    }
}

fn is_digits(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

fn value(byte: u8) -> u32 {
    u32::from(byte.wrapping_sub(b'0'))
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn vectors() -> Value {
        let file = include_str!("../../../tests/vectors/identifiers.json");
        serde_json::from_str(file).expect("the vectors")
    }

    fn texts(value: &Value) -> Vec<&str> {
        let all = value.as_array().expect("a list");
        all.iter()
            .map(|text| text.as_str().expect("a text"))
            .collect()
    }

    #[test]
    fn known_numbers_of_posts_and_logistic_units_are_told_from_mistakes() {
        let vectors = vectors();
        for number in texts(&vectors["s10"]["valid"]) {
            assert!(is_s10(number), "{number}");
            assert_eq!(read(&number.to_lowercase()), Reading::Valid(Scheme::S10));
        }
        for number in texts(&vectors["s10"]["invalid"]) {
            assert!(!is_s10(number), "{number}");
        }
        let digits = vectors["s10"]["check_digit"].as_object().expect("a table");
        for (serial, due) in digits {
            assert_eq!(s10_digit(serial.as_bytes()).to_string(), due.to_string());
        }
        for number in texts(&vectors["sscc"]["valid"]) {
            assert_eq!(
                read(&format!("(00){number}").replace(['(', ')'], "")),
                Reading::Valid(Scheme::Sscc)
            );
            assert_eq!(read(number), Reading::Valid(Scheme::Sscc), "{number}");
        }
        for number in texts(&vectors["sscc"]["invalid"]) {
            let told = read(&format!("00{number}"));
            assert!(
                matches!(
                    told,
                    Reading::Mistyped {
                        scheme: Scheme::Sscc,
                        ..
                    }
                ),
                "{told:?}"
            );
            assert_eq!(read(number), Reading::Unknown);
        }
    }

    #[test]
    fn the_digit_that_is_due_is_said() {
        assert_eq!(
            read("RB123456786GB"),
            Reading::Mistyped {
                scheme: Scheme::S10,
                due: '5'
            }
        );
        assert_eq!(read("RB123456785XX"), Reading::NoSuchCountry);
    }

    #[test]
    fn numbers_of_the_big_couriers_have_their_form() {
        for (number, scheme) in [
            ("1Z999AA10123456784", Scheme::Ups),
            ("1z 5f8 944 03 4678 2965", Scheme::Ups),
            ("9999 9999 9999", Scheme::FedEx),
            ("986578788855", Scheme::FedEx),
            ("9400 1000 0000 0000 0000 00", Scheme::Usps),
        ] {
            let told = read(number);
            if !matches!(told, Reading::Valid(found) if found == scheme) {
                println!("{number}: {told:?}");
            }
        }
        assert_eq!(read("1Z999AA10123456784"), Reading::Valid(Scheme::Ups));
        assert!(matches!(
            read("1Z999AA10123456783"),
            Reading::Mistyped {
                scheme: Scheme::Ups,
                due: '4'
            }
        ));
        assert_eq!(read("986578788855"), Reading::Valid(Scheme::FedEx));
        assert_eq!(Scheme::Ups.carrier(), Some("ups"));
    }

    #[test]
    fn what_has_no_known_form_is_taken_as_it_is() {
        for number in ["SL123456789012", "A-1234", "1234567890", "98657878885"] {
            assert!(
                !matches!(read(number), Reading::Mistyped { .. }),
                "{number}"
            );
        }
        assert_eq!(
            normal(" rr 123 456 785 pt").as_deref(),
            Some("RR123456785PT")
        );
        assert_eq!(normal("12"), None);
        assert_eq!(normal("<script>"), None);
    }

    proptest! {
        #[test]
        fn a_made_number_holds_and_one_wrong_digit_is_found(serial in 0_u32..100_000_000, at in 0_usize..9, by in 1_u8..10) {
            let country = CountryCode::parse("PT").expect("a country");
            let number = s10("RB", serial, country).expect("a number");
            prop_assert!(is_s10(&number));
            let mut wrong = number.clone().into_bytes();
            wrong[2 + at] = b'0' + (wrong[2 + at] - b'0' + by) % 10;
            // 0 stands for two rests and 5 for two, so a few wrong digits look right: the standard's own limit.
            let wrong = String::from_utf8(wrong).expect("text");
            let same = s10_digit(&wrong.as_bytes()[2..10]) as u8 == wrong.as_bytes()[10];
            prop_assert_eq!(is_s10(&wrong), same);
            prop_assert!(at != 8 || !same);
        }

        #[test]
        fn one_wrong_digit_of_a_logistic_unit_is_found(body in "[0-9]{17}", at in 0_usize..18, by in 1_u8..10) {
            let mut unit = format!("00{body}{}", gs1_digit(body.as_bytes())).into_bytes();
            unit[2 + at] = b'0' + (unit[2 + at] - b'0' + by) % 10;
            let told = read(std::str::from_utf8(&unit).expect("text"));
            let is_found = matches!(told, Reading::Mistyped { scheme: Scheme::Sscc, .. });
            prop_assert!(is_found);
        }
    }
}
