//! Reference rates, units of a currency for one euro: ECB's daily XML, ECB's history CSV (`Date,USD,JPY,…`), or our
//! own `date,currency,rate`. Importing a file twice changes nothing.

use super::{ImportError, MAX_FILE_BYTES, MAX_MISTAKES, RowError, move_version};
use crate::platform::db::{self, Tx};
use quick_xml::{Reader, events::BytesStart, events::Event};
use sampan_engine::money::{Currency, Rate};
use std::{collections::HashMap, fmt};
use time::{Date, macros::format_description};

const SOURCE: &str = "European Central Bank, euro foreign exchange reference rates";
const ROWS_AT_ONCE: usize = 200;

/// One currency on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRate {
    pub date: String,
    pub currency: String,
    pub per_euro: String,
}

/// What an import of rates did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FxReport {
    pub rates: usize,
    pub written: usize,
    pub from: String,
    pub to: String,
}

impl fmt::Display for FxReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rates,
            written,
            from,
            to,
        } = self;
        write!(
            formatter,
            "{rates} rates from {from} to {to}: {written} new or changed."
        )
    }
}

/// Reads a file of either shape.
pub fn read(bytes: &[u8]) -> Result<Vec<DayRate>, ImportError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ImportError::File(format!(
            "The file has more than {MAX_FILE_BYTES} bytes. Send it in parts."
        )));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ImportError::File("The file is not UTF-8. Was it unzipped?".to_owned()))?
        .trim_start_matches('\u{feff}');
    let mut found = Found::default();
    if text.trim_start().starts_with('<') {
        read_xml(text, &mut found)?;
    } else {
        read_csv(text, &mut found)?;
    }
    if !found.mistakes.is_empty() {
        found.mistakes.truncate(MAX_MISTAKES);
        return Err(ImportError::Rows(found.mistakes));
    }
    if found.rates.is_empty() {
        return Err(ImportError::File(
            "The file holds no rates. Give ECB's daily XML, its history CSV, or date,currency,rate.".to_owned(),
        ));
    }
    Ok(found.rates)
}

/// Writes what is new or differs.
pub async fn save(tx: &Tx, rates: &[DayRate]) -> Result<FxReport, ImportError> {
    let dates = || rates.iter().map(|rate| rate.date.as_str());
    let (from, to) = (dates().min().unwrap_or(""), dates().max().unwrap_or(""));
    let text = "SELECT currency, date, per_euro FROM fx_rate WHERE date >= $1 AND date <= $2";
    let mut known: HashMap<(String, String), String> = HashMap::new();
    for row in db::fetch_all(tx, text, [from.into(), to.into()]).await? {
        let key = (row.try_get("", "currency")?, row.try_get("", "date")?);
        known.insert(key, row.try_get("", "per_euro")?);
    }
    let mut fresh: HashMap<(&str, &str), &str> = HashMap::new();
    for rate in rates {
        let key = (rate.currency.clone(), rate.date.clone());
        if known.get(&key) != Some(&rate.per_euro) {
            fresh.insert((&rate.currency, &rate.date), &rate.per_euro);
        }
    }
    let fresh: Vec<_> = fresh.into_iter().collect();
    for chunk in fresh.chunks(ROWS_AT_ONCE) {
        let values = chunk.iter().flat_map(|((currency, date), per_euro)| {
            [
                (*currency).into(),
                (*date).into(),
                (*per_euro).into(),
                SOURCE.into(),
            ]
        });
        let text = format!(
            "INSERT INTO fx_rate (currency, date, per_euro, source) VALUES {} ON CONFLICT (currency, date) DO UPDATE SET \
             per_euro = excluded.per_euro, source = excluded.source",
            db::rows(tx, chunk.len(), 4)
        );
        db::execute(tx, &text, values).await?;
    }
    if !fresh.is_empty() {
        move_version(tx).await?;
    }
    Ok(FxReport {
        rates: rates.len(),
        written: fresh.len(),
        from: from.to_owned(),
        to: to.to_owned(),
    })
}

#[derive(Default)]
struct Found {
    rates: Vec<DayRate>,
    mistakes: Vec<RowError>,
}

impl Found {
    /// Checks one rate and keeps it; days without a rate are `N/A` or empty.
    fn push(&mut self, line: u64, date: &str, currency: &str, rate: &str) {
        let (date, currency, rate) = (date.trim(), currency.trim(), rate.trim());
        if matches!(rate, "" | "N/A") {
            return;
        }
        let mut wrong = |column: &str, detail: String| {
            let column = column.to_owned();
            self.mistakes.push(RowError {
                line,
                column,
                detail,
            });
        };
        if Date::parse(date, format_description!("[year]-[month]-[day]")).is_err() {
            wrong("date", format!("{date:?}: write the day as 2026-11-23."));
        } else if Currency::parse(currency).is_none() || currency == "EUR" {
            wrong(
                "currency",
                format!("{currency:?}: write three capital letters, not EUR itself."),
            );
        } else if Rate::parse_decimal(rate).is_none() {
            wrong(
                currency,
                format!("{rate:?}: write how many {currency} one euro buys, as in 1.0705."),
            );
        } else {
            self.rates.push(DayRate {
                date: date.to_owned(),
                currency: currency.to_owned(),
                per_euro: rate.to_owned(),
            });
        }
    }
}

fn read_csv(text: &str, found: &mut Found) -> Result<(), ImportError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| ImportError::File(format!("The header is not readable: {error}.")))?
        .clone();
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    let long = names.get(..3) == Some(&["date", "currency", "rate"]);
    if !long
        && !names
            .first()
            .is_some_and(|name| name.eq_ignore_ascii_case("date"))
    {
        return Err(ImportError::File(
            "The first column must be Date (ECB's history), or the header date,currency,rate."
                .to_owned(),
        ));
    }
    for record in reader.records() {
        let record = record
            .map_err(|error| ImportError::File(format!("The file is not readable: {error}.")))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |index: usize| record.get(index).unwrap_or("");
        if long {
            found.push(line, cell(0), cell(1), cell(2));
            continue;
        }
        for (index, currency) in names
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(_, name)| !name.is_empty())
        {
            found.push(line, cell(0), currency, cell(index));
        }
    }
    Ok(())
}

/// `<Cube time='…'><Cube currency='…' rate='…'/>…`, one day or many.
fn read_xml(text: &str, found: &mut Found) -> Result<(), ImportError> {
    let mut reader = Reader::from_str(text);
    let mut date = String::new();
    loop {
        let event = reader.read_event().map_err(|error| {
            ImportError::File(format!(
                "The XML is not readable: {error}. Fetch the file again."
            ))
        })?;
        let line = line_at(text, reader.buffer_position());
        match event {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == b"Cube" =>
            {
                if let Some(time) = attribute(&element, b"time") {
                    date = time;
                }
                if let (Some(currency), Some(rate)) = (
                    attribute(&element, b"currency"),
                    attribute(&element, b"rate"),
                ) {
                    found.push(line, &date, &currency, &rate);
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart, name: &[u8]) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    Some(String::from_utf8_lossy(&attribute.value).into_owned())
}

fn line_at(text: &str, position: u64) -> u64 {
    let end = usize::try_from(position)
        .unwrap_or(usize::MAX)
        .min(text.len());
    text.as_bytes()[..end]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count() as u64
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAILY: &str = "<?xml version=\"1.0\"?>\n<gesmes:Envelope xmlns:gesmes=\"g\" xmlns=\"e\">\n<Cube>\n<Cube time='2024-06-28'>\n\
        <Cube currency='USD' rate='1.0705'/>\n<Cube currency='JPY' rate='171.94'/>\n</Cube></Cube></gesmes:Envelope>";

    fn rate(date: &str, currency: &str, per_euro: &str) -> DayRate {
        DayRate {
            date: date.into(),
            currency: currency.into(),
            per_euro: per_euro.into(),
        }
    }

    #[test]
    fn the_daily_xml_the_history_and_our_own_csv_are_read_alike() {
        let expected = [
            rate("2024-06-28", "USD", "1.0705"),
            rate("2024-06-28", "JPY", "171.94"),
        ];
        let history = "Date,USD,JPY,CYP,\n2024-06-28,1.0705,171.94,N/A,\n";
        let own = "date,currency,rate\n2024-06-28,USD,1.0705\n2024-06-28,JPY,171.94\n";
        for file in [DAILY, history, own] {
            assert_eq!(read(file.as_bytes()).expect("rates"), expected);
        }
    }

    #[test]
    fn mistakes_in_rates_are_told_line_by_line() {
        let file = "Date,USD,JPY\n2024-06-28,1.07O5,171.94\n28/06/2024,1.07,\n";
        let Err(ImportError::Rows(rows)) = read(file.as_bytes()) else {
            panic!("mistakes expected");
        };
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.line, row.column.as_str()))
            .collect();
        assert_eq!(told, [(2, "USD"), (3, "date")]);
        let xml = DAILY.replace("171.94", "many");
        assert!(matches!(read(xml.as_bytes()), Err(ImportError::Rows(rows)) if rows[0].line == 6));
        assert!(read(b"<a><b></a>").is_err() && read(b"<a/>").is_err() && read(b"a,b\n").is_err());
    }
}
