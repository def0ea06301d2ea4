//! Files of rules, other people's and our own, read into rows: whole or not at all, every mistake with its place.

mod own;

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

/// Reads a file; `today` is the day on which its source was read.
pub fn read(format: Format, file_name: &str, text: &str, today: Day) -> Read {
    match format {
        Format::Own => own::read(file_name, text),
        _ => Read::default(),
    }
}

/// What a file is, by its content.
pub fn guess(_file_name: &str, _text: &str) -> Format {
    Format::Own
}
