//! Files of rules, other people's and our own, read into rows: every mistake with its place, and what was left out with
//! the reason.
//!
//! Invariant: a rate is taken over exactly or not at all. What our rules have no words for is counted and told, never
//! rounded and never guessed.

mod decimal;
mod lines;
mod own;
mod rates;
mod report;
mod uk_tariff;
mod usitc;

#[cfg(test)]
mod tests;

use crate::landed_cost::rules::{RuleMistake, RuleRow};
use sampan_engine::time::Day;
use serde::Serialize;

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A commodity of the UK Trade Tariff, as its API tells it; also of the Northern Ireland path, which is the European
    /// Union's tariff.
    UkTariff,
    /// The Harmonized Tariff Schedule of the United States as CSV.
    UsitcCsv,
    /// The same as JSON.
    UsitcJson,
    /// One of the files of `server/rules/FORMAT.md`.
    Own,
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub rows: Vec<RuleRow>,
    pub mistakes: Vec<RuleMistake>,
    pub skipped: Vec<Skipped>,
}

/// What was left out on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = RuleImportSkipped)]
pub struct Skipped {
    pub why: String,
    pub count: usize,
}

impl Format {
    const ALL: [Format; 4] = [
        Format::UkTariff,
        Format::UsitcCsv,
        Format::UsitcJson,
        Format::Own,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Format::UkTariff => "uk_tariff",
            Format::UsitcCsv => "usitc_csv",
            Format::UsitcJson => "usitc_json",
            Format::Own => "own",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }
}

/// Reads a file; `today` is the day on which its source was read. The rows are text: what only the rules can tell of
/// them, such as two that hold on the same days, is not looked at here.
pub fn read(format: Format, file_name: &str, text: &str, today: Day) -> Read {
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    match format {
        Format::UkTariff => uk_tariff::read(file_name, text, today),
        Format::UsitcCsv => usitc::read_csv(file_name, text, today),
        Format::UsitcJson => usitc::read_json(file_name, text, today),
        Format::Own => own::read(file_name, text),
    }
}

/// What a file is, by its content: JSON of a commodity is an object and JSON of a schedule a list; of CSV the heading
/// tells.
pub fn guess(_file_name: &str, text: &str) -> Format {
    let text = text.trim_start_matches(BYTE_ORDER_MARK).trim_start();
    let heading = text.lines().next().unwrap_or_default();
    match text.chars().next() {
        Some('{') => Format::UkTariff,
        Some('[') => Format::UsitcJson,
        _ if usitc::is_heading(heading) => Format::UsitcCsv,
        _ => Format::Own,
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A code without the pairs of noughts that subdivide nothing, down to six digits: `6109100000` is `610910`, and
/// `6109100010` stays.
fn goods_code(digits: &str) -> &str {
    let mut code = digits;
    while code.len() > 6 && code.ends_with("00") {
        code = &code[..code.len() - 2];
    }
    code
}
