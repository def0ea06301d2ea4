//! Rates as the schedule writes them: `Free`, `16.5%`, `6.8¢/kg + 10%`, `$1.035/kg`, `0.9¢ each`, `21¢/doz.`

use crate::landed_cost::import::{
    decimal::Decimal,
    rates::{Expression, Part, Unit, Unsaid},
};

/// Units that a parcel tells; a pair counts as one item, and a dozen has to divide.
const UNITS: [Unit; 24] = [
    Unit {
        name: "kg",
        measure: "kg",
        holds: 1,
    },
    Unit {
        name: "t",
        measure: "100kg",
        holds: 10,
    },
    Unit {
        name: "each",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "head",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "no",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "pc",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "pcs",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "piece",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "pr",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "prs",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "pair",
        measure: "item",
        holds: 1,
    },
    Unit {
        name: "doz",
        measure: "item",
        holds: 12,
    },
    Unit {
        name: "dozen",
        measure: "item",
        holds: 12,
    },
    Unit {
        name: "doz. pr",
        measure: "item",
        holds: 12,
    },
    Unit {
        name: "doz. prs",
        measure: "item",
        holds: 12,
    },
    Unit {
        name: "dozen pairs",
        measure: "item",
        holds: 12,
    },
    Unit {
        name: "doz. pcs",
        measure: "item",
        holds: 12,
    },
    Unit {
        name: "gross",
        measure: "item",
        holds: 144,
    },
    Unit {
        name: "100",
        measure: "item",
        holds: 100,
    },
    Unit {
        name: "hundred",
        measure: "item",
        holds: 100,
    },
    Unit {
        name: "1000",
        measure: "item",
        holds: 1_000,
    },
    Unit {
        name: "1,000",
        measure: "item",
        holds: 1_000,
    },
    Unit {
        name: "thousand",
        measure: "item",
        holds: 1_000,
    },
    Unit {
        name: "thousands",
        measure: "item",
        holds: 1_000,
    },
];
/// Words of rates that are no plain sum.
const WORDY: [&str; 10] = [
    "the ",
    "see ",
    " less ",
    " on ",
    " of ",
    "but not",
    "applicable",
    "subheading",
    "provided",
    "value",
];

const BY_WORDS: &str = "The rate is told by words, such as that of a part or of another article.";
const BY_OTHER_UNIT: &str =
    "The rate counts in a unit that a parcel does not tell, such as liters.";
const NOT_EXACT: &str = "The rate for a dozen or a gross does not divide exactly.";

/// Reads a rate into our words.
pub fn read(text: &str) -> Result<String, Unsaid> {
    let plain = without_marks(text);
    let lower = plain.to_lowercase();
    if lower == "free" {
        return Ok("free".to_owned());
    }
    if WORDY.iter().any(|word| lower.contains(word)) {
        return Err(Unsaid::Unsayable(BY_WORDS));
    }
    let mut expression = Expression::default();
    for part in plain.split('+') {
        expression.terms.push(term(text, part.trim())?);
    }
    expression.told().ok_or_else(|| unreadable(text))
}

/// Drops the marks of footnotes, such as `1/`, that stand behind a rate.
fn without_marks(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some((before, last)) = rest.rsplit_once(' ') {
        let is_mark = last.strip_suffix('/').is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        if !is_mark {
            break;
        }
        rest = before.trim_end();
    }
    rest
}

fn term(text: &str, part: &str) -> Result<Part, Unsaid> {
    let decimal = |number: &str| Decimal::parse(number.trim()).ok_or_else(|| unreadable(text));
    if let Some(percent) = part.strip_suffix('%') {
        return decimal(percent).map(Part::Percent);
    }
    let (amount, unit) = match part.strip_prefix('$') {
        Some(dollars) => {
            let end = dollars.find(['/', ' ']).ok_or_else(|| unreadable(text))?;
            (decimal(&dollars[..end])?, &dollars[end..])
        }
        None => {
            let (cents, unit) = part.split_once('¢').ok_or_else(|| unreadable(text))?;
            (decimal(cents)?.hundredth(), unit)
        }
    };
    let unit = unit
        .trim_start_matches(['/', ' '])
        .trim_end_matches(['.', ' ']);
    let unit = unit.to_lowercase();
    let Some(known) = UNITS.iter().find(|known| known.name == unit) else {
        return Err(if unit.starts_with(char::is_alphabetic) {
            Unsaid::Unsayable(BY_OTHER_UNIT)
        } else {
            unreadable(text)
        });
    };
    let amount = amount
        .divided(known.holds)
        .ok_or(Unsaid::Unsayable(NOT_EXACT))?;
    Ok(Part::Amount {
        amount,
        currency: "USD",
        measure: known.measure,
    })
}

fn unreadable(text: &str) -> Unsaid {
    Unsaid::Unreadable(format!(
        "{text:?} is not a rate such as Free, 16.5% or 6.8¢/kg + 10%. Correct it, or take the line out."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_told_in_our_words() {
        for (text, told) in [
            ("Free", "free"),
            ("Free 1/", "free"),
            ("16.5%", "16.5%"),
            ("0%", "free"),
            ("6.8¢/kg + 10%", "0.068 USD/kg + 10%"),
            ("16.5%+2¢/kg", "16.5% + 0.02 USD/kg"),
            ("$1.035/kg", "1.035 USD/kg"),
            ("$6.50/t", "0.65 USD/100kg"),
            ("0.9¢ each", "0.009 USD/item"),
            ("68¢/head", "0.68 USD/item"),
            ("5¢/No.", "0.05 USD/item"),
            ("90¢/pr. + 37.5%", "0.9 USD/item + 37.5%"),
            ("36¢/doz. + 2.3%", "0.03 USD/item + 2.3%"),
            ("$1.08/doz. prs.", "0.09 USD/item"),
            ("$1.44/gross", "0.01 USD/item"),
            ("$1.07/1000", "0.00107 USD/item"),
            ("$3 each", "3 USD/item"),
        ] {
            assert_eq!(read(text), Ok(told.to_owned()), "{text}");
        }
    }

    #[test]
    fn rates_that_our_rules_have_no_words_for_are_left_out() {
        for (text, why) in [
            ("15.3¢/kg less 0.2¢/kg for each degree", BY_WORDS),
            ("The duty provided in the applicable subheading", BY_WORDS),
            ("See 9822.04.01-9822.04.03", BY_WORDS),
            ("37.5¢/kg on drained weight", BY_WORDS),
            ("51¢ each + 6.25% on the case and strap", BY_WORDS),
            ("33¢/kg but not less than 2%", BY_WORDS),
            ("4.4¢/liter", BY_OTHER_UNIT),
            ("$5.14/pf.liter", BY_OTHER_UNIT),
            ("3.6¢/m²", BY_OTHER_UNIT),
            ("0.3¢/line/gross + 4.5%", BY_OTHER_UNIT),
            ("4.4¢/doz. + 5%", NOT_EXACT),
            ("10¢/gross", NOT_EXACT),
        ] {
            assert_eq!(read(text), Err(Unsaid::Unsayable(why)), "{text}");
        }
    }

    #[test]
    fn what_is_no_rate_is_a_mistake_that_says_so() {
        for text in [
            "", "16,5%", "16.5", "-3%", "4¢/", "$/kg", "$5", "Fre", "5% +", "1.23456%",
        ] {
            match read(text) {
                Err(Unsaid::Unreadable(detail)) => {
                    assert!(detail.contains("is not a rate"), "{detail}")
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
