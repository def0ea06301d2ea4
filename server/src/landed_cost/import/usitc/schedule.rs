//! The lines of the schedule as they are exported, from CSV or JSON.

use crate::landed_cost::import::lines::Lines;
use serde_json::{Value, value::RawValue};

/// One line of the schedule.
#[derive(Debug, Default)]
pub struct Line {
    /// Where it begins in the file, from 1.
    pub at: u64,
    /// Its place in a JSON list.
    position: Option<usize>,
    pub number: String,
    pub indent: String,
    pub description: String,
    pub general: String,
    pub special: String,
    pub column_2: String,
    pub quota: String,
    pub additional: String,
    /// A footnote sends the reader to chapter 99.
    pub has_note_to_99: bool,
}

/// A cell of a line, as each export calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Number,
    Indent,
    Description,
    General,
    Special,
    Column2,
    Quota,
    Additional,
}

/// Where a file is not as it should be, and what to change.
#[derive(Debug)]
pub struct Flaw {
    pub at: u64,
    pub column: String,
    pub detail: String,
}

impl Field {
    const ALL: [Field; 8] = [
        Field::Number,
        Field::Indent,
        Field::Description,
        Field::General,
        Field::Special,
        Field::Column2,
        Field::Quota,
        Field::Additional,
    ];
    /// Without these there is no telling what a line says.
    const NEEDED: [Field; 5] = [
        Field::Number,
        Field::Indent,
        Field::Description,
        Field::General,
        Field::Special,
    ];

    const fn heading(self) -> &'static str {
        match self {
            Field::Number => "HTS Number",
            Field::Indent => "Indent",
            Field::Description => "Description",
            Field::General => "General Rate of Duty",
            Field::Special => "Special Rate of Duty",
            Field::Column2 => "Column 2 Rate of Duty",
            Field::Quota => "Quota Quantity",
            Field::Additional => "Additional Duties",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Field::Number => "htsno",
            Field::Indent => "indent",
            Field::Description => "description",
            Field::General => "general",
            Field::Special => "special",
            Field::Column2 => "other",
            Field::Quota => "quotaQuantity",
            Field::Additional => "additionalDuties",
        }
    }
}

impl Line {
    /// How a mistake names a cell of this line.
    pub fn column(&self, field: Field) -> String {
        match self.position {
            None => field.heading().to_owned(),
            Some(position) => format!("/{position}/{}", field.name()),
        }
    }

    fn set(&mut self, field: Field, text: &str) {
        let cell = match field {
            Field::Number => &mut self.number,
            Field::Indent => &mut self.indent,
            Field::Description => &mut self.description,
            Field::General => &mut self.general,
            Field::Special => &mut self.special,
            Field::Column2 => &mut self.column_2,
            Field::Quota => &mut self.quota,
            Field::Additional => &mut self.additional,
        };
        *cell = clean(text);
    }
}

/// Is this the heading of an export?
pub fn is_heading(heading: &str) -> bool {
    let heading = heading.to_ascii_lowercase();
    heading.contains(&Field::Number.heading().to_ascii_lowercase())
}

pub fn from_csv(text: &str) -> (Vec<Line>, Vec<Flaw>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = match reader.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => return (Vec::new(), vec![flaw(1, "", error.to_string())]),
    };
    let place = |field: Field| {
        headings
            .iter()
            .position(|heading| heading.trim().eq_ignore_ascii_case(field.heading()))
    };
    let missing = Field::NEEDED
        .into_iter()
        .filter(|field| place(*field).is_none());
    let missing: Vec<Flaw> = missing
        .map(|field| {
            flaw(
                1,
                field.heading(),
                "This column is missing from the file.".to_owned(),
            )
        })
        .collect();
    if !missing.is_empty() {
        return (Vec::new(), missing);
    }
    let (mut lines, mut flaws) = (Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Ok(record) => {
                let mut line = Line {
                    at: record.position().map_or(0, csv::Position::line),
                    ..Line::default()
                };
                for field in Field::ALL {
                    let cell = place(field).and_then(|place| record.get(place));
                    line.set(field, cell.unwrap_or_default());
                }
                lines.push(line);
            }
            Err(error) => {
                let at = error.position().map_or(0, csv::Position::line);
                flaws.push(flaw(at, "", error.to_string()));
            }
        }
    }
    (lines, flaws)
}

pub fn from_json(text: &str) -> (Vec<Line>, Vec<Flaw>) {
    let list: Vec<&RawValue> = match serde_json::from_str(text) {
        Ok(list) => list,
        Err(error) => {
            let detail =
                format!("This is no list of lines ({error}). Export the schedule again as JSON.");
            return (Vec::new(), vec![flaw(error.line() as u64, "", detail)]);
        }
    };
    let places = Lines::of(text);
    let (mut lines, mut flaws) = (Vec::new(), Vec::new());
    for (position, part) in list.into_iter().enumerate() {
        let at = places.at(part.get());
        let value: Value = serde_json::from_str(part.get()).unwrap_or_default();
        if value.get(Field::Number.name()).is_none() {
            let detail = "This is no line of the schedule: it has no htsno. Export the schedule again as JSON.";
            flaws.push(flaw(at, &format!("/{position}"), detail.to_owned()));
            continue;
        }
        let mut line = Line {
            at,
            position: Some(position),
            has_note_to_99: notes(&value).any(sends_to_99),
            ..Line::default()
        };
        for field in Field::ALL {
            line.set(field, value[field.name()].as_str().unwrap_or_default());
        }
        lines.push(line);
    }
    (lines, flaws)
}

fn notes(line: &Value) -> impl Iterator<Item = &str> {
    let notes = line["footnotes"].as_array().into_iter().flatten();
    notes.filter_map(|note| note["value"].as_str())
}

/// Does a note name a subheading of chapter 99, such as 9903.88.15?
fn sends_to_99(note: &str) -> bool {
    let is_subheading =
        |word: &str| word.starts_with("99") && word.as_bytes().get(4) == Some(&b'.');
    note.split_whitespace().any(is_subheading)
}

fn flaw(at: u64, column: &str, detail: String) -> Flaw {
    Flaw {
        at,
        column: column.to_owned(),
        detail,
    }
}

/// A cell in one line, without the marks for italics and the like that exports may carry.
fn clean(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let is_mark = after.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/');
        match after.split_once('>').filter(|_| is_mark) {
            Some((_, behind)) => rest = behind,
            None => {
                plain.push('<');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_told_without_marks_and_line_breaks() {
        assert_eq!(
            clean("Of  silk (<i>Bombyx\nmori</i>)"),
            "Of silk (Bombyx mori)"
        );
        assert_eq!(clean("x < 5 and <b>y"), "x < 5 and y");
    }

    #[test]
    fn a_file_that_is_no_export_says_what_is_missing() {
        let (lines, flaws) = from_csv("HTS Number,Description\n6109,Shirts\n");
        let missing: Vec<&str> = flaws.iter().map(|flaw| flaw.column.as_str()).collect();
        assert!(lines.is_empty());
        assert_eq!(
            missing,
            ["Indent", "General Rate of Duty", "Special Rate of Duty"]
        );
        let (lines, flaws) = from_json("[\n{\"htsno\": \"6109\"},\n{\"code\": 1}\n]");
        assert_eq!(lines.len(), 1);
        assert_eq!((flaws[0].at, flaws[0].column.as_str()), (3, "/1"));
        let (_, flaws) = from_json("[\n{\"htsno\": ");
        assert_eq!(flaws[0].at, 2);
    }
}
