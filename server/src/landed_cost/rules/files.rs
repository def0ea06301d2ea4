//! Rule files as CSV, and what makes a set of rows fit to be used.

use crate::landed_cost::rules::{
    kinds::kind,
    row::{Kind, Mistake, Row, RuleMistake, RuleRow, VALIDITY},
    take::{self, Taken},
};
use sampan_engine::time::Day;
use std::collections::{BTreeMap, HashMap};

/// The rows of one file, as text; a column that is missing or a line that is no CSV is a mistake.
pub fn rows(kind: &'static Kind, text: &str) -> Result<Vec<RuleRow>, Vec<RuleMistake>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mistake = |line: u64, column: &str, detail: String| RuleMistake {
        file: kind.name.to_owned(),
        line,
        column: column.to_owned(),
        detail,
    };
    let headings = match reader.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => return Err(vec![mistake(1, "", error.to_string())]),
    };
    let wanted = kind.columns.iter().chain(&VALIDITY);
    let missing =
        wanted.filter(|column| !headings.iter().any(|heading| heading.trim() == **column));
    let mut mistakes: Vec<RuleMistake> = missing
        .map(|column| {
            mistake(
                1,
                column,
                "This column is missing from the file.".to_owned(),
            )
        })
        .collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => rows.push(RuleRow {
                kind: kind.name,
                line: record.position().map_or(0, csv::Position::line),
                fields: fields(&headings, &record),
            }),
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                mistakes.push(mistake(line, "", error.to_string()));
            }
        }
    }
    if mistakes.is_empty() {
        Ok(rows)
    } else {
        Err(mistakes)
    }
}

fn fields(headings: &csv::StringRecord, record: &csv::StringRecord) -> BTreeMap<String, String> {
    let cells = headings.iter().zip(record);
    cells
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(heading, text)| (heading.trim().to_owned(), text.trim().to_owned()))
        .collect()
}

/// Reads every row; all mistakes are told, and rows that hold on the same days with the same key.
pub fn read(rows: &[RuleRow]) -> Result<Taken, Vec<RuleMistake>> {
    let mut taken = Taken::default();
    let mut spans = Spans::default();
    let mut mistakes = Vec::new();
    for row in rows {
        let read = take::take(row, &mut taken).and_then(|()| spans.hold(row));
        if let Err(Mistake { column, detail }) = read {
            mistakes.push(RuleMistake {
                file: row.kind.to_owned(),
                line: row.line,
                column: column.to_owned(),
                detail,
            });
        }
    }
    if mistakes.is_empty() {
        Ok(taken)
    } else {
        Err(mistakes)
    }
}

/// What a row holds for, without its days.
pub fn values(columns: &[&str], row: &RuleRow) -> Vec<String> {
    let row = Row(&row.fields);
    columns
        .iter()
        .map(|column| row.text(column).to_owned())
        .collect()
}

/// From the first day to the last; None is open.
pub type Span = (Option<Day>, Option<Day>);

/// Do two spans share a day?
pub fn overlap(one: Span, other: Span) -> bool {
    let begins_before =
        |from: Option<Day>, to: Option<Day>| from.is_none_or(|from| to.is_none_or(|to| from <= to));
    begins_before(one.0, other.1) && begins_before(other.0, one.1)
}

/// Days that rows of one key hold: they must not overlap.
#[derive(Default)]
struct Spans(HashMap<(&'static str, Vec<String>), Vec<Span>>);

impl Spans {
    fn hold(&mut self, row: &RuleRow) -> Result<(), Mistake> {
        let Some(kind) = kind(row.kind) else {
            return Ok(());
        };
        let fields = Row(&row.fields);
        let span = (fields.day("effective_from")?, fields.day("effective_to")?);
        let known = self
            .0
            .entry((kind.name, values(kind.key, row)))
            .or_default();
        if known.iter().any(|other| overlap(span, *other)) {
            return Err(Mistake {
                column: "effective_from",
                detail: "Another row with the same key holds on some of these days. Close it the day before."
                    .to_owned(),
            });
        }
        known.push(span);
        Ok(())
    }
}
