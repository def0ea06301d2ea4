//! A map reads other people's CSV: a JSON object of `our column: template`. In a template `{name}` stands for a cell of
//! their file, the rest for itself, so `"{stock_code}"` is a column, `"GBP"` a constant and `"{picture}.webp"` both.
//! A template whose columns are all empty is empty.

use super::ImportError;
use std::collections::BTreeMap;

/// Our columns, each with its template.
#[derive(Clone, Debug)]
pub struct Map(BTreeMap<String, String>);

/// A template whose columns were found in a header.
pub struct Template(Vec<Part>);

enum Part {
    Text(String),
    Cell(usize),
}

impl Map {
    /// Reads a map file.
    pub fn parse(bytes: &[u8]) -> Result<Self, ImportError> {
        serde_json::from_slice(bytes).map(Self).map_err(|error| {
            ImportError::File(format!(
                "The map is not a JSON object of texts: {error}. Example: {{\"sku\": \"{{code}}\", \"currency\": \"GBP\"}}"
            ))
        })
    }

    /// Columns that are called as we call them.
    pub fn identity(columns: impl Iterator<Item = &'static str>) -> Self {
        Self(
            columns
                .map(|name| (name.to_owned(), format!("{{{name}}}")))
                .collect(),
        )
    }

    /// Finds every column the templates name.
    pub fn bind(
        &self,
        header: &csv::StringRecord,
        known: &[&'static str],
    ) -> Result<Vec<(&'static str, Template)>, ImportError> {
        self.0
            .iter()
            .map(|(ours, template)| {
                let ours = known.iter().find(|name| *name == ours).ok_or_else(|| {
                    ImportError::File(format!(
                        "The map names {ours:?}, which is none of our columns: {}.",
                        known.join(", ")
                    ))
                })?;
                Ok((*ours, Template::parse(template, header)?))
            })
            .collect()
    }
}

impl Template {
    fn parse(template: &str, header: &csv::StringRecord) -> Result<Self, ImportError> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| {
                ImportError::File(format!(
                    "In the map, {template:?} opens a brace and does not close it."
                ))
            })?;
            let index = header
                .iter()
                .position(|cell| cell.trim() == name)
                .ok_or_else(|| {
                    ImportError::File(format!(
                        "The map asks for the column {name:?}; the file has: {}.",
                        header.iter().collect::<Vec<_>>().join(", ")
                    ))
                })?;
            parts.extend((!before.is_empty()).then(|| Part::Text(before.to_owned())));
            parts.push(Part::Cell(index));
            rest = after;
        }
        parts.extend((!rest.is_empty()).then(|| Part::Text(rest.to_owned())));
        Ok(Self(parts))
    }

    /// The cell that the template makes of a record.
    pub fn fill(&self, record: &csv::StringRecord) -> String {
        let cell = |index: &usize| record.get(*index).unwrap_or("").trim();
        let mut cells = self.0.iter().filter_map(|part| match part {
            Part::Cell(index) => Some(cell(index)),
            Part::Text(_) => None,
        });
        let constant = !self.0.iter().any(|part| matches!(part, Part::Cell(_)));
        if !constant && cells.all(str::is_empty) {
            return String::new();
        }
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.as_str(),
                Part::Cell(index) => cell(index),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, cells: &[&str]) -> Result<String, String> {
        let header = csv::StringRecord::from(vec!["code", " title "]);
        let template = Template::parse(template, &header).map_err(|error| error.to_string())?;
        Ok(template.fill(&csv::StringRecord::from(cells.to_vec())))
    }

    #[test]
    fn a_template_is_a_column_a_constant_or_both() {
        let table = [
            ("{code}", "85123A"),
            ("GBP", "GBP"),
            ("{code}.webp", "85123A.webp"),
            ("{title} ({code})", "Tea Pot (85123A)"),
            ("", ""),
        ];
        for (template, expected) in table {
            assert_eq!(
                filled(template, &["85123A", "Tea Pot "]),
                Ok(expected.to_owned())
            );
        }
        assert_eq!(filled("{code}.webp", &["", "Tea Pot"]), Ok(String::new()));
    }

    #[test]
    fn a_map_that_names_what_is_not_there_is_refused_with_what_is() {
        let refusal = filled("{colour}", &[]).expect_err("a refusal");
        assert!(
            refusal.contains("colour") && refusal.contains("code"),
            "{refusal}"
        );
        assert!(filled("{code", &[]).is_err());
        assert!(Map::parse(b"[1]").is_err());
        let map = Map::parse(br#"{"price":"1"}"#).expect("a map");
        assert!(map.bind(&csv::StringRecord::new(), &["sku"]).is_err());
    }
}
