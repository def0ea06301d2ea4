//! Duties as the service writes them: `12.00 %`, `6.50 % + 35.10 EUR / 100 kg`, `4.50 % MIN 0.30 EUR / p/st MAX …`.

use crate::landed_cost::import::{
    decimal::Decimal,
    rates::{Expression, Part, Unit, Unsaid},
};

/// Units that a parcel tells; a pair counts as one item.
const UNITS: [Unit; 8] = [
    Unit {
        name: "kg",
        measure: "kg",
        holds: 1,
    },
    Unit {
        name: "100 kg",
        measure: "100kg",
        holds: 1,
    },
    Unit {
        name: "1000 kg",
        measure: "100kg",
        holds: 10,
    },
    Unit {
        name: "p/st",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "100 p/st",
        measure: "item",
        holds: 100,
    },
    Unit {
        name: "1000 p/st",
        measure: "item",
        holds: 1_000,
    },
    Unit {
        name: "pa",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "1000 pa",
        measure: "item",
        holds: 1_000,
    },
];
/// What other units of the tariff begin with: liquids, areas, contents, weights of a part or in a certain state.
const OTHER_UNITS: [&str; 28] = [
    "%",
    "kg ",
    "kg/",
    "100 kg ",
    "100 kg/",
    "1000 kg ",
    "1000 kg/",
    "10 000 kg/",
    "g",
    "l",
    "hl",
    "1000 l",
    "m",
    "m²",
    "m³",
    "100 m",
    "1000 m³",
    "ct/l",
    "c/k",
    "ce/el",
    "b/f",
    "GT",
    "TJ",
    "1000 kWh",
    "Watt",
    "GKG",
    "KM",
    "tonne",
];
/// Amounts that hang on the recipe of a food.
const BY_RECIPE: [&str; 6] = ["EA", "EAR", "ADSZ", "ADSZR", "ADFM", "ADFMR"];

const NO_RATE: &str = "is not a duty such as 12.00 % or 6.50 % + 35.10 EUR / 100 kg";

/// Reads a duty into our words.
pub fn read(text: &str) -> Result<String, Unsaid> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words
        .iter()
        .any(|word| BY_RECIPE.contains(&word.trim_matches('+')))
    {
        return Err(Unsaid::Unsayable(
            "its amount hangs on the recipe of a food",
        ));
    }
    if words.contains(&"-") {
        return Err(Unsaid::Unsayable("it takes an amount off another"));
    }
    let mut expression = Expression::default();
    for (role, part) in parts(&words) {
        let part = term(text, &part)?;
        match role {
            Role::Term if expression.min.is_some() || expression.max.is_some() => {
                return Err(Unsaid::Unsayable("it adds to what is bounded"));
            }
            Role::Term => expression.terms.push(part),
            Role::Min => expression.min = Some(part),
            Role::Max => expression.max = Some(part),
        }
    }
    expression.told().ok_or_else(|| unreadable(text, NO_RATE))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Term,
    Min,
    Max,
}

/// Cuts a duty at its plus signs and bounds.
fn parts(words: &[&str]) -> Vec<(Role, String)> {
    let mut parts = vec![(Role::Term, String::new())];
    for word in words {
        let role = match *word {
            "+" => Some(Role::Term),
            "MIN" | "Minimum" => Some(Role::Min),
            "MAX" | "Maximum" => Some(Role::Max),
            _ => None,
        };
        match (role, parts.last_mut()) {
            (Some(role), _) => parts.push((role, String::new())),
            (None, Some((_, part))) if part.is_empty() => (*word).clone_into(part),
            (None, Some((_, part))) => *part = format!("{part} {word}"),
            (None, None) => {}
        }
    }
    parts
}

fn term(text: &str, part: &str) -> Result<Part, Unsaid> {
    let decimal =
        |number: &str| Decimal::parse(number.trim()).ok_or_else(|| unreadable(text, NO_RATE));
    if let Some(percent) = part.strip_suffix('%').filter(|_| !part.contains('/')) {
        return decimal(percent).map(Part::Percent);
    }
    let (money, unit) = part
        .split_once('/')
        .ok_or_else(|| unreadable(text, NO_RATE))?;
    let (amount, code) = money
        .trim()
        .split_once(' ')
        .ok_or_else(|| unreadable(text, NO_RATE))?;
    let amount = decimal(amount)?;
    let currency = match code.trim() {
        "EUR" | "EUR (EUC)" => "EUR",
        "GBP" => "GBP",
        _ => {
            return Err(unreadable(
                text,
                &format!("counts in {code:?}; the tariff counts in GBP or EUR"),
            ));
        }
    };
    let unit = unit.trim().replace(',', "");
    let Some(known) = UNITS.iter().find(|known| known.name == unit) else {
        return Err(other_unit(text, &unit));
    };
    let amount = amount
        .divided(known.holds)
        .ok_or(Unsaid::Unsayable("its amount does not divide exactly"))?;
    Ok(Part::Amount {
        amount,
        currency,
        measure: known.measure,
    })
}

fn other_unit(text: &str, unit: &str) -> Unsaid {
    let is_known = |known: &&str| {
        let is_begun = known.ends_with([' ', '/', '%']) && unit.starts_with(*known);
        is_begun || unit == *known || unit.starts_with(&format!("{known} "))
    };
    if OTHER_UNITS.iter().any(is_known) {
        Unsaid::Unsayable("it counts in a unit that a parcel does not tell")
    } else {
        unreadable(
            text,
            &format!("counts in {unit:?}, which is no unit of the tariff"),
        )
    }
}

fn unreadable(text: &str, why: &str) -> Unsaid {
    Unsaid::Unreadable(format!(
        "{text:?} {why}. Ask the service for the commodity again, or correct the text."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_are_told_in_our_words() {
        for (text, told) in [
            ("12.00 %", "12%"),
            ("12.00%", "12%"),
            ("0.00 %", "free"),
            ("0 %", "free"),
            ("6.50 % + 35.10 EUR / 100 kg", "6.5% + 35.1 EUR/100kg"),
            ("34.00 GBP / 100 kg", "34 GBP/100kg"),
            ("144.10 GBP / 1000 kg", "14.41 GBP/100kg"),
            ("0.20 GBP / p/st", "0.2 GBP/item"),
            ("5.00 GBP / 1,000 p/st", "0.005 GBP/item"),
            (
                "4.50 % MIN 0.30 EUR / p/st MAX 0.80 EUR / p/st",
                "4.5% min 0.3 EUR/item max 0.8 EUR/item",
            ),
            ("8.00 % MAX 2.80 EUR (EUC) / kg", "8% max 2.8 EUR/kg"),
            ("0.00 % MIN 1.50 EUR / pa", "0% min 1.5 EUR/item"),
        ] {
            assert_eq!(read(text), Ok(told.to_owned()), "{text}");
        }
    }

    #[test]
    fn duties_that_our_rules_have_no_words_for_are_left_out() {
        for text in [
            "8.00 % + EA MAX 18.70 % +ADSZ",
            "0.00 % + EAR",
            "26.00 GBP / hl",
            "4.00 % + 7.80 GBP / 100 kg/net eda",
            "1.20 GBP / % vol/hl",
            "3.00 EUR / kg P₂O₅",
            "5.00 % - 2.00 EUR / 100 kg",
            "5.00 % MAX 2.00 EUR / kg + 1.00 EUR / kg",
            "0.0001 GBP / 1000 p/st",
        ] {
            assert!(
                matches!(read(text), Err(Unsaid::Unsayable(_))),
                "{text}: {:?}",
                read(text)
            );
        }
    }

    #[test]
    fn what_is_no_duty_is_a_mistake_that_says_so() {
        for (text, told) in [
            ("", "is not a duty"),
            ("twelve %", "is not a duty"),
            ("12,00 %", "is not a duty"),
            ("12.00", "is not a duty"),
            ("-1.00 %", "is not a duty"),
            ("12.00 % +", "is not a duty"),
            ("12.00 GBP", "is not a duty"),
            ("12.00 XTS / 100 kg", "counts in \"XTS\""),
            ("12.00 GBP / bushel", "counts in \"bushel\""),
        ] {
            match read(text) {
                Err(Unsaid::Unreadable(detail)) => assert!(detail.contains(told), "{detail}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
