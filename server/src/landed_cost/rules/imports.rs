//! Taking a file in: read whole, compared with what holds, laid over it, and told row by row.

use crate::landed_cost::{
    import::{self, Format, Skipped},
    rules::{
        files,
        layers::{Held, place, span},
        row::{Row, RuleMistake, RuleRow, VALIDITY},
        set::{RuleBook, RuleSet},
        storage::{self, Import},
    },
};
use sea_orm::DbErr;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    sync::Arc,
};
use uuid::Uuid;

/// Rows that one file may have; the whole schedule of the United States has about 30,000.
const MAX_ROWS: usize = 60_000;
/// Changes that a report tells one by one.
const TOLD: usize = 200;

/// A file to take in.
#[derive(Clone, Debug)]
pub struct ImportAsk {
    /// None: told by the content.
    pub format: Option<Format>,
    pub file_name: String,
    pub text: String,
    /// The operator's scope; None for the command line.
    pub by: Option<Uuid>,
    /// Only look what would change.
    pub dry_run: bool,
}

/// Why a file was not taken in; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{} mistakes", .0.len())]
    Mistakes(Vec<RuleMistake>),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// What a file said, and what came of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RuleImportReport)]
pub struct ImportReport {
    /// Null for a look ahead, and for a file that says nothing new.
    pub id: Option<Uuid>,
    pub format: String,
    pub file_name: String,
    pub rows: usize,
    /// Nothing held there before.
    pub added: usize,
    /// Something else held there.
    pub changed: usize,
    /// The same, read again on a later day or from another source.
    pub confirmed: usize,
    pub unchanged: usize,
    pub skipped: Vec<Skipped>,
    /// The first 200.
    pub changes: Vec<Change>,
    pub touched: Touched,
}

/// One row that says something new.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RuleChange)]
pub struct Change {
    pub kind: String,
    pub line: u64,
    /// What held on its first day.
    pub before: Option<BTreeMap<String, String>>,
    pub after: BTreeMap<String, String>,
}

/// Whom an import concerns.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
#[schema(as = RuleImportTouched)]
pub struct Touched {
    /// ISO 3166-1; empty for none, `*` alone for all.
    pub countries: Vec<String>,
    /// Quotes to them that shoppers hold now; they are worked out anew at checkout.
    pub open_quotes: i64,
}

/// One import as the history tells it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RuleImport)]
pub struct Imported {
    pub id: Uuid,
    /// Counts the imports and their withdrawals.
    pub version: i64,
    /// RFC 3339
    pub at: String,
    /// True when it came by the command line.
    pub is_by_command_line: bool,
    pub format: String,
    pub file_name: String,
    pub rows: i64,
    pub added: i64,
    pub changed: i64,
    pub unchanged: i64,
    /// RFC 3339
    pub withdrawn_at: Option<String>,
}

/// How a row meets what holds.
enum News<'a> {
    Unchanged,
    Confirmed,
    Changed(&'a Held),
    Added,
}

impl fmt::Display for ImportReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rows,
            added,
            changed,
            confirmed,
            unchanged,
            ..
        } = self;
        writeln!(
            formatter,
            "{rows} rows ({}): {added} new, {changed} changed, {confirmed} read again, {unchanged} as before.",
            self.format
        )?;
        for change in &self.changes {
            let told = |fields: &BTreeMap<String, String>| {
                let fields = fields
                    .iter()
                    .filter(|(column, _)| !VALIDITY[2..].contains(&column.as_str()));
                fields
                    .map(|(column, text)| format!("{column}={text}"))
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            if let Some(before) = &change.before {
                writeln!(formatter, "  - {} {}", change.kind, told(before))?;
            }
            writeln!(formatter, "  + {} {}", change.kind, told(&change.after))?;
        }
        for Skipped { why, count } in &self.skipped {
            writeln!(formatter, "  left out {count}: {why}")?;
        }
        let Touched {
            countries,
            open_quotes,
        } = &self.touched;
        if !countries.is_empty() {
            writeln!(
                formatter,
                "Concerns {}; {open_quotes} open quotes.",
                countries.join(" ")
            )?;
        }
        match self.id {
            Some(id) => write!(formatter, "Imported as {id}."),
            None => write!(formatter, "Nothing was written."),
        }
    }
}

impl RuleBook {
    /// Takes a file in, whole or not at all. A file that says nothing new leaves no trace.
    pub async fn import(&self, ask: &ImportAsk) -> Result<ImportReport, ImportError> {
        let now = self.clock.now();
        let set = self.newest().await?;
        let format = ask
            .format
            .unwrap_or_else(|| import::guess(&ask.file_name, &ask.text));
        let read = import::read(format, &ask.file_name, &ask.text, now.day());
        let mistakes = mistakes(&set, &read.rows, read.mistakes);
        if !mistakes.is_empty() {
            return Err(ImportError::Mistakes(mistakes));
        }
        let mut report = ImportReport {
            id: None,
            format: format.as_str().to_owned(),
            file_name: ask.file_name.clone(),
            rows: read.rows.len(),
            added: 0,
            changed: 0,
            confirmed: 0,
            unchanged: 0,
            skipped: read.skipped,
            changes: Vec::new(),
            touched: Touched::default(),
        };
        let new = compare(&set, read.rows, &mut report);
        let countries = countries(&set, &new);
        report.touched.open_quotes =
            storage::open_quotes(self.db.reader(), &countries, now.micros()).await?;
        report.touched.countries = countries;
        if ask.dry_run || new.is_empty() {
            return Ok(report);
        }
        let import = Import {
            id: self.ids.v7(now),
            version: 0,
            at: now.micros(),
            by: ask.by,
            format: report.format.clone(),
            file_name: report.file_name.clone(),
            rows: report.rows as i64,
            added: report.added as i64,
            changed: (report.changed + report.confirmed) as i64,
            unchanged: report.unchanged as i64,
            withdrawn_at: None,
        };
        report.id = Some(import.id);
        let (import, new): (Arc<Import>, Arc<[RuleRow]>) = (import.into(), new.into());
        self.db
            .write(move |tx| {
                let (import, new) = (import.clone(), new.clone());
                Box::pin(async move { storage::insert(tx, &import, &new).await })
            })
            .await?;
        self.written();
        Ok(report)
    }

    /// Takes an import back: what it covered holds again. False when there is none that stands.
    pub async fn withdraw(&self, id: Uuid) -> Result<bool, DbErr> {
        let at = self.clock.now().micros();
        let is_done = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let is_done = storage::withdraw(tx, id, at).await?;
                    if is_done {
                        storage::moved(tx).await?;
                    }
                    Ok::<_, DbErr>(is_done)
                })
            })
            .await?;
        self.written();
        Ok(is_done)
    }

    /// The imports, newest first.
    pub async fn history(&self, before: Option<i64>, limit: i64) -> Result<Vec<Imported>, DbErr> {
        let reader = self.db.reader();
        let before = before.unwrap_or(i64::MAX);
        let found = storage::imports(reader, before, limit).await?;
        Ok(found.into_iter().map(told).collect())
    }
}

fn told(import: Import) -> Imported {
    let moment = |micros| sampan_engine::time::Timestamp::from_micros(micros).rfc3339();
    Imported {
        id: import.id,
        version: import.version,
        at: moment(import.at),
        is_by_command_line: import.by.is_none(),
        format: import.format,
        file_name: import.file_name,
        rows: import.rows,
        added: import.added,
        changed: import.changed,
        unchanged: import.unchanged,
        withdrawn_at: import.withdrawn_at.map(moment),
    }
}

/// What the reader found, what the rows get wrong, and what only the whole set can tell.
fn mistakes(set: &RuleSet, rows: &[RuleRow], found: Vec<RuleMistake>) -> Vec<RuleMistake> {
    let mut mistakes = found;
    if rows.len() > MAX_ROWS {
        mistakes.push(RuleMistake {
            file: String::new(),
            line: MAX_ROWS as u64,
            column: String::new(),
            detail: format!("A file has at most {MAX_ROWS} rows. Cut it into several."),
        });
        return mistakes;
    }
    if let Err(more) = files::read(rows) {
        mistakes.extend(more);
    }
    let known: BTreeSet<&str> = set
        .held
        .iter()
        .map(|held| &held.row)
        .chain(rows)
        .filter(|row| row.kind == "territories")
        .map(|row| Row(&row.fields).text("territory"))
        .collect();
    for row in rows {
        let territory = Row(&row.fields).text("territory");
        if !territory.is_empty() && !known.contains(territory) {
            mistakes.push(RuleMistake {
                file: row.kind.to_owned(),
                line: row.line,
                column: "territory".to_owned(),
                detail: format!("There is no customs territory {territory:?}. Import it first, or use one of those known."),
            });
        }
    }
    mistakes
}

/// Counts the rows by what they say of what holds; answers those that say something new.
fn compare(set: &RuleSet, rows: Vec<RuleRow>, report: &mut ImportReport) -> Vec<RuleRow> {
    let mut by_place: HashMap<(&'static str, Vec<String>), Vec<&Held>> = HashMap::new();
    for held in &set.held {
        by_place.entry(place(&held.row)).or_default().push(held);
    }
    let mut new = Vec::new();
    for row in rows {
        let there = by_place.get(&place(&row)).map_or(&[][..], Vec::as_slice);
        let before = match news(&row, there) {
            News::Unchanged => {
                report.unchanged += 1;
                continue;
            }
            News::Confirmed => {
                report.confirmed += 1;
                new.push(row);
                continue;
            }
            News::Added => {
                report.added += 1;
                None
            }
            News::Changed(held) => {
                report.changed += 1;
                Some(held.row.fields.clone())
            }
        };
        if report.changes.len() < TOLD {
            report.changes.push(Change {
                kind: row.kind.to_owned(),
                line: row.line,
                before,
                after: row.fields.clone(),
            });
        }
        new.push(row);
    }
    new
}

fn news<'a>(row: &RuleRow, there: &[&'a Held]) -> News<'a> {
    let overlapping: Vec<&'a Held> = there
        .iter()
        .copied()
        .filter(|held| files::overlap(span(row), span(&held.row)))
        .collect();
    if overlapping.iter().any(|held| held.row.fields == row.fields) {
        return News::Unchanged;
    }
    if overlapping.iter().any(|held| says_the_same(&held.row, row)) {
        return News::Confirmed;
    }
    let variant = |row: &RuleRow| Row(&row.fields).text("variant").to_owned();
    let same = overlapping
        .iter()
        .find(|held| variant(&held.row) == variant(row));
    match same.or(overlapping.first()) {
        Some(held) => News::Changed(held),
        None => News::Added,
    }
}

/// All but when it was read, where, and what is remarked.
fn says_the_same(one: &RuleRow, other: &RuleRow) -> bool {
    const APART: [&str; 5] = ["as_of", "review_by", "source", "note", "description"];
    let said = |row: &RuleRow| -> BTreeMap<String, String> {
        let kept = row
            .fields
            .iter()
            .filter(|(column, _)| !APART.contains(&column.as_str()));
        kept.map(|(column, text)| (column.clone(), text.clone()))
            .collect()
    };
    said(one) == said(other)
}

/// The countries whose quotes these rows may change; `*` alone for all.
fn countries(set: &RuleSet, rows: &[RuleRow]) -> Vec<String> {
    let mut found = BTreeSet::new();
    let zones = |wanted: &str| {
        let of =
            |held: &&Held| held.row.kind == "zones" && Row(&held.row.fields).text("zone") == wanted;
        let members = set.held.iter().filter(of);
        members
            .map(|held| Row(&held.row.fields).text("country").to_owned())
            .collect::<Vec<_>>()
    };
    for row in rows {
        let fields = Row(&row.fields);
        let (country, territory) = (fields.text("country"), fields.text("territory"));
        match row.kind {
            "dangerous_goods" => return vec!["*".to_owned()],
            "cards" if fields.text("zone") == "ROW" => return vec!["*".to_owned()],
            "cards" => found.extend(zones(fields.text("zone"))),
            _ if !country.is_empty() => {
                found.insert(country.to_owned());
            }
            _ => {
                let names = |held: &&Held| {
                    held.row.kind == "territories"
                        && Row(&held.row.fields).text("territory") == territory
                };
                for held in set.held.iter().filter(names) {
                    let members = Row(&held.row.fields).text("countries").split_whitespace();
                    found.extend(members.map(str::to_owned));
                }
            }
        }
    }
    found.into_iter().collect()
}
