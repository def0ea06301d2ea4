//! The cells of a row, as all importers read them.

use super::{RowError, table::Row};
use sampan_engine::{
    gtin,
    money::{Currency, Money, MoneyError},
    trade::{CountryCode, Hs6, Sku},
};
use std::collections::BTreeMap;

/// A row being checked. Each reader answers something usable and notes what is wrong.
pub(super) struct Cells<'a> {
    pub row: &'a Row,
    pub mistakes: &'a mut Vec<RowError>,
}

impl Cells<'_> {
    pub fn get(&self, column: &str) -> &str {
        self.row.get(column)
    }

    pub fn wrong(&mut self, column: &str, detail: String) {
        self.mistakes.push(RowError {
            line: self.row.line,
            column: column.to_owned(),
            detail,
        });
    }

    pub fn text(&mut self, column: &str, least: usize, most: usize) -> String {
        let text = self.get(column).to_owned();
        let length = text.chars().count();
        if length < least {
            self.wrong(column, "is empty. Fill it in.".to_owned());
        } else if length > most {
            self.wrong(
                column,
                format!("has {length} characters. Shorten it to {most}."),
            );
        } else if text.chars().any(char::is_control) {
            self.wrong(
                column,
                "holds a line break or control character. Remove it.".to_owned(),
            );
        }
        text
    }

    pub fn gtin(&mut self) -> Option<String> {
        let given = self.get("gtin").to_owned();
        let gtin = gtin::normal(&given);
        if gtin.is_none() && !given.is_empty() {
            self.wrong(
                "gtin",
                format!("{given:?}: write the 8, 12, 13 or 14 digits under the barcode; the last one is the check digit and must fit."),
            );
        }
        gtin
    }

    pub fn code(&mut self, column: &str) -> String {
        let code = self.get(column).to_owned();
        if Sku::parse(&code).is_none() {
            self.wrong(
                column,
                format!("{code:?}: use 1 to 64 letters, digits, dots, underscores or hyphens."),
            );
        }
        code
    }

    pub fn number(&mut self, column: &str, least: i64, most: i64) -> Option<i64> {
        (!self.get(column).is_empty()).then(|| self.required_number(column, least, most))
    }

    pub fn required_number(&mut self, column: &str, least: i64, most: i64) -> i64 {
        let given = self.get(column).to_owned();
        match given.parse() {
            Ok(number) if (least..=most).contains(&number) => number,
            _ => {
                self.wrong(
                    column,
                    format!("{given:?}: write a whole number from {least} to {most}."),
                );
                least
            }
        }
    }

    pub fn price(&mut self, column: &str, currency: Currency) -> i64 {
        let given = self.get(column).to_owned();
        let decimals = currency.exponent();
        match Money::parse_decimal(&given, currency) {
            Ok(price) if price.minor > 0 => price.minor,
            Ok(_) => {
                self.wrong(column, "must be more than zero.".to_owned());
                0
            }
            Err(MoneyError::Overflow) => {
                self.wrong(column, format!("{given:?} is too large."));
                0
            }
            Err(_) => {
                let example = if decimals == 0 {
                    "1250".to_owned()
                } else {
                    format!("12.{:0>width$}", 50, width = decimals as usize)
                };
                self.wrong(column, format!(
                    "{given:?} is no price in {currency}. Write it like {example}: a point, at most {decimals} decimals, no sign."
                ));
                0
            }
        }
    }

    pub fn category(&mut self) -> String {
        let category = self.text("category", 1, 40);
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !category.is_empty() && !category.bytes().all(plain) {
            self.wrong(
                "category",
                format!("{category:?}: use small letters, digits and hyphens, as in tea-coffee."),
            );
        }
        category
    }

    pub fn options(&mut self) -> BTreeMap<String, String> {
        let given = self.text("options", 0, 200);
        let mut options = BTreeMap::new();
        for part in given
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match part.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
                Some((name, value)) if !name.is_empty() && !value.is_empty() => {
                    options.insert(name.to_owned(), value.to_owned());
                }
                _ => self.wrong("options", format!("{part:?}: write name=value, joined by semicolons, as in colour=blue;size=M.")),
            }
        }
        options
    }

    pub fn hs6(&mut self) -> Option<String> {
        let given = self.get("hs6").to_owned();
        if given.is_empty() {
            return None;
        }
        if Hs6::parse(&given).is_none() {
            self.wrong(
                "hs6",
                format!("{given:?}: write six digits, or leave it empty when it is not known."),
            );
        }
        Some(given)
    }

    pub fn country(&mut self, column: &str) -> String {
        let given = self.get(column).to_owned();
        if CountryCode::parse(&given).is_none() {
            self.wrong(
                column,
                format!("{given:?}: write the country's two capital letters, as in PT."),
            );
        }
        given
    }

    pub fn dangerous_goods(&mut self) -> Option<String> {
        let given = self.get("dangerous_goods").to_owned();
        if given.is_empty() {
            return None;
        }
        let digits = given.strip_prefix("UN").unwrap_or("");
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            self.wrong(
                "dangerous_goods",
                format!("{given:?}: write the UN number, as in UN3481, or leave it empty."),
            );
        }
        Some(given)
    }

    pub fn picture(&mut self, column: &str) -> Option<String> {
        let given = self.get(column).to_owned();
        if given.is_empty() {
            return None;
        }
        if given.len() > 120
            || given.contains(['/', '\\'])
            || given.starts_with('.')
            || !given.ends_with(".webp")
        {
            self.wrong(
                column,
                format!("{given:?}: write the name of a .webp file without its folder."),
            );
        }
        Some(given)
    }
}
