//! Our own files: the kind is told by the name, or by the heading.

use crate::landed_cost::{
    import::Read,
    rules::{self, Kind, RuleMistake},
};
use std::path::Path;

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
    let stem = Path::new(file_name).file_stem()?.to_str()?;
    rules::kind(stem).or_else(|| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headings = reader.headers().ok()?;
        let headings: Vec<&str> = headings.iter().map(str::trim).collect();
        rules::kind_of(&headings)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_the_name_or_else_by_the_heading() {
        let zones = "country,zone,effective_from,effective_to,as_of,review_by,source,confidence\n";
        let told = |name: &str, text: &str| kind(name, text).map(|kind| kind.name);
        for (name, told_by_name) in [
            ("duty_rates.csv", "duty_rates"),
            ("sent/on/monday/cards.csv", "cards"),
            ("customs_rates", "customs_rates"),
            ("zones.csv", "zones"),
        ] {
            assert_eq!(told(name, ""), Some(told_by_name));
        }
        assert_eq!(told("of our office.csv", zones), Some("zones"));
        assert_eq!(told("of our office.csv", "country,place\n"), None);
        assert_eq!(told("", zones), None);
    }

    #[test]
    fn every_kind_of_file_is_known_by_its_heading_alone() {
        for known in &rules::KINDS {
            let heading = format!("{}\n", known.columns.join(","));
            assert_eq!(
                kind("rules.csv", &heading).map(|kind| kind.name),
                Some(known.name)
            );
        }
    }
}
