//! Files in the shapes that their publishers document, against the rows that they give, whole.

use super::*;
use crate::landed_cost::rules;

macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../../../../../tests/golden/", $name))
    };
}

mod golden;
mod refused;

/// The rows of a file, its mistakes with those of its rows, and what was left out.
struct Outcome {
    rows: String,
    mistakes: Vec<RuleMistake>,
    skipped: Vec<(String, usize)>,
}

fn outcome(file_name: &str, text: &str) -> Outcome {
    let today = Day::parse("2026-11-26").expect("a day");
    let read = read(guess(file_name, text), file_name, text, today);
    let mut mistakes = read.mistakes;
    mistakes.extend(rules::check(&read.rows).err().unwrap_or_default());
    let skipped = read.skipped.into_iter();
    Outcome {
        rows: told(&read.rows),
        mistakes,
        skipped: skipped
            .map(|skipped| (skipped.why, skipped.count))
            .collect(),
    }
}

/// Rows as CSV: their kind, their line and the columns of the kinds that files of others give.
fn told(rows: &[RuleRow]) -> String {
    let mut columns = vec![];
    for kind in ["duty_rates", "preferences", "taxes"] {
        let kind = rules::kind(kind).expect("a kind");
        let new = kind
            .columns
            .iter()
            .filter(|column| !columns.contains(*column));
        columns.extend(new.copied().collect::<Vec<_>>());
    }
    columns.extend(rules::VALIDITY);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heading = ["kind", "line"].into_iter().chain(columns.iter().copied());
    writer.write_record(heading).expect("a heading");
    for row in rows {
        let line = row.line.to_string();
        let cells = columns
            .iter()
            .map(|column| row.fields.get(*column).map_or("", String::as_str));
        let record = [row.kind, line.as_str()].into_iter().chain(cells);
        writer.write_record(record).expect("a row");
    }
    String::from_utf8(writer.into_inner().expect("all of it")).expect("UTF-8")
}

fn mistake(file: &str, line: u64, column: &str, detail: &str) -> RuleMistake {
    RuleMistake {
        file: file.to_owned(),
        line,
        column: column.to_owned(),
        detail: detail.to_owned(),
    }
}

/// A table without the rows of a kind that stand on a line.
fn without(table: &str, kind: &str, line: u64) -> String {
    let begin = format!("{kind},{line},");
    let kept = table.lines().filter(|row| !row.starts_with(&begin));
    kept.map(|row| format!("{row}\n")).collect()
}

fn skipped(reasons: &[(&str, usize)]) -> Vec<(String, usize)> {
    reasons
        .iter()
        .map(|(why, count)| ((*why).to_owned(), *count))
        .collect()
}

const UK: (&str, &str) = (
    "uk-commodity-6109100010.json",
    golden!("uk-commodity-6109100010.json"),
);
const UK_ROWS: &str = golden!("uk-commodity-6109100010.expected.csv");
const XI: (&str, &str) = (
    "xi-commodity-9102110000.json",
    golden!("xi-commodity-9102110000.json"),
);
const XI_ROWS: &str = golden!("xi-commodity-9102110000.expected.csv");
const SCHEDULE: (&str, &str) = ("usitc.csv", golden!("usitc.csv"));
const SCHEDULE_ROWS: &str = golden!("usitc.expected.csv");
const CHAPTER: (&str, &str) = ("usitc.json", golden!("usitc.json"));
const CHAPTER_ROWS: &str = golden!("usitc-json.expected.csv");
const OWN: (&str, &str) = ("own-duty-rates.csv", golden!("own-duty-rates.csv"));
const OWN_ROWS: &str = golden!("own-duty-rates.expected.csv");

#[test]
fn a_code_loses_the_noughts_that_subdivide_nothing() {
    for (digits, code) in [
        ("6109100010", "6109100010"),
        ("6403990500", "64039905"),
        ("9102110000", "910211"),
        ("0501000000", "050100"),
        ("61091000", "610910"),
        ("6109", "6109"),
    ] {
        assert_eq!(goods_code(digits), code);
    }
}

#[test]
fn the_format_of_a_file_is_guessed_by_its_content() {
    for (name, text, format) in [
        (UK.0, UK.1, Format::UkTariff),
        (XI.0, XI.1, Format::UkTariff),
        (SCHEDULE.0, SCHEDULE.1, Format::UsitcCsv),
        (CHAPTER.0, CHAPTER.1, Format::UsitcJson),
        (OWN.0, OWN.1, Format::Own),
        ("empty.csv", "", Format::Own),
    ] {
        assert_eq!(guess(name, text), format, "{name}");
        assert_eq!(guess(name, &format!("\u{feff}{text}")), format, "{name}");
        assert_eq!(Format::parse(format.as_str()), Some(format));
    }
}
