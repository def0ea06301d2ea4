//! Our own files: the kind is told by the name, or by the heading.

use crate::landed_cost::{
    import::Read,
    rules::{self, Kind, RuleMistake},
};

pub fn read(file_name: &str, text: &str) -> Read {
    let mut read = Read::default();
    match kind(file_name, text) {
        None => read.mistakes.push(RuleMistake {
            file: file_name.to_owned(),
            line: 1,
            column: String::new(),
            detail: "Neither the name nor the heading tells what these rules are. Name the file after its kind, such as \
                     duty_rates.csv, and give it that kind's columns."
                .to_owned(),
        }),
        Some(kind) => match rules::rows(kind, text) {
            Ok(rows) => read.rows = rows,
            Err(mistakes) => read.mistakes = mistakes,
        },
    }
    read
}

fn kind(file_name: &str, text: &str) -> Option<&'static Kind> {
    let stem = file_name.strip_suffix(".csv").unwrap_or(file_name);
    rules::kind(stem).or_else(|| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headings = reader.headers().ok()?;
        let headings: Vec<&str> = headings.iter().map(str::trim).collect();
        rules::kind_of(&headings)
    })
}
