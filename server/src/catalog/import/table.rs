//! A CSV file as rows of known columns, whatever its own columns are called.

use super::{ImportError, MAX_FILE_BYTES, MAX_MISTAKES, MAX_ROWS, RowError, catalogue_map::Map};
use std::collections::HashMap;

/// The rows of a file by known column.
pub struct Table {
    pub rows: Vec<Row>,
}

/// One row: the cells of known columns, trimmed, and where each came from.
pub struct Row {
    pub line: u64,
    cells: HashMap<&'static str, String>,
}

/// The columns of a format: what must be there and what may.
pub struct Columns {
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
}

impl Row {
    /// The cell, or "" when the file has no such column.
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    pub fn has(&self, column: &str) -> bool {
        self.cells.contains_key(column)
    }
}

impl Columns {
    fn all(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// Reads the file by its own header, or by a map from other columns.
pub fn read(bytes: &[u8], columns: &Columns, map: Option<&Map>) -> Result<Table, ImportError> {
    let text = text(bytes)?;
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| ImportError::File(format!("The header is not readable: {error}.")))?
        .clone();
    let own = Map::identity(
        columns
            .all()
            .filter(|column| header.iter().any(|cell| cell.trim() == *column)),
    );
    let map = match map {
        Some(map) => map,
        None => {
            refuse_unknown(&header, columns)?;
            &own
        }
    };
    let reads = map.bind(&header, &columns.all().collect::<Vec<_>>())?;
    if let Some(missing) = columns
        .required
        .iter()
        .find(|column| !reads.iter().any(|(known, _)| known == *column))
    {
        return Err(ImportError::File(format!(
            "The column {missing:?} is missing. Add it to the header, or name it in a --map file."
        )));
    }
    let (mut rows, mut mistakes) = (Vec::new(), Vec::new());
    for record in reader.records() {
        if rows.len() >= MAX_ROWS {
            return Err(ImportError::File(format!(
                "The file has more than {MAX_ROWS} rows. Send it in parts."
            )));
        }
        match record {
            Ok(record) => {
                let cells = reads
                    .iter()
                    .map(|(known, template)| (*known, template.fill(&record)))
                    .collect();
                let line = record.position().map_or(0, csv::Position::line);
                rows.push(Row { line, cells });
            }
            Err(error) => mistakes.push(unreadable(&error)),
        }
        if mistakes.len() >= MAX_MISTAKES {
            break;
        }
    }
    if mistakes.is_empty() {
        Ok(Table { rows })
    } else {
        Err(ImportError::Rows(mistakes))
    }
}

fn text(bytes: &[u8]) -> Result<&str, ImportError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ImportError::File(format!(
            "The file has more than {MAX_FILE_BYTES} bytes. Send it in parts."
        )));
    }
    let line_of = |end: usize| bytes[..end].iter().filter(|byte| **byte == b'\n').count() + 1;
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = line_of(error.valid_up_to());
        ImportError::File(format!(
            "Line {line} is not UTF-8. Save the file as UTF-8 and try again."
        ))
    })?;
    if let Some(at) = text.find('\0') {
        return Err(ImportError::File(format!(
            "Line {} holds the character U+0000. Remove it.",
            line_of(at)
        )));
    }
    Ok(text.trim_start_matches('\u{feff}'))
}

fn refuse_unknown(header: &csv::StringRecord, columns: &Columns) -> Result<(), ImportError> {
    let unknown = |name: &&str| !columns.all().any(|known| known == name.trim());
    match header.iter().find(unknown) {
        None => Ok(()),
        Some(name) => Err(ImportError::File(format!(
            "The column {name:?} is not known. Remove it, or name the columns to read in a --map file. Known are: {}.",
            columns.all().collect::<Vec<_>>().join(", ")
        ))),
    }
}

fn unreadable(error: &csv::Error) -> RowError {
    let detail = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!(
            "{len} cells where the header has {expected_len}. Put cells that hold a comma in double quotes."
        ),
        _ => "not readable. Check the double quotes.".to_owned(),
    };
    RowError {
        line: error.position().map_or(0, csv::Position::line),
        column: "row".to_owned(),
        detail,
    }
}
