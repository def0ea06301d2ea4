//! The Harmonized Tariff Schedule of the United States as the International Trade Commission exports it, CSV or JSON;
//! public domain. The general column gives duty rates, the special column preferences by agreement.
//!
//! The rate stands on a line of eight digits, and those of ten below it take it: they give no row of their own, since a
//! row holds for all codes that begin with its digits. A line below a rate that has no number does give one.

mod rate;
mod schedule;
mod special;

use crate::landed_cost::import::{Read, goods_code, rates::Unsaid, report::Report};
use sampan_engine::time::Day;
pub use schedule::is_heading;
use schedule::{Field, Flaw, Line};
use std::collections::BTreeMap;

/// Rows that one file may give; a schedule is exported chapter by chapter.
const MAX_ROWS: usize = 60_000;
/// Characters of a description; the schedule's own may fill a page.
const MAX_DESCRIPTION: usize = 160;

const COLUMN_2: &str = "Column 2: rates for goods of Belarus, Cuba, North Korea and Russia alone.";
const CHAPTERS_98_AND_99: &str =
    "Lines of chapters 98 and 99: they change other rates; write them into layers.csv.";
const ADDITIONAL: &str =
    "Additional duties that a line or its footnote names; write them into layers.csv.";
const WITHIN_QUOTA: &str = "Lines that hold within a quota; what is left of one is not known here.";
const FROM_ABOVE: &str = "Lines without a rate of their own: the one above them holds.";
const NO_RATE: &str = "Lines that no rate stands on or above.";
const BY_ANOTHER_LINE: &str = "Special rates that another subheading tells.";
const TWO_RATES: &str = "Special rates of countries that a line names twice.";

pub fn read_csv(file_name: &str, text: &str, today: Day) -> Read {
    read(file_name, today, schedule::from_csv(text))
}

pub fn read_json(file_name: &str, text: &str, today: Day) -> Read {
    read(file_name, today, schedule::from_json(text))
}

fn read(file_name: &str, today: Day, (lines, flaws): (Vec<Line>, Vec<Flaw>)) -> Read {
    let mut report = Report::new(file_name, today);
    for Flaw { at, column, detail } in flaws {
        report.mistake(at, &column, detail);
    }
    let mut reader = Reader {
        today: today.to_string(),
        above: Vec::new(),
        report,
    };
    for line in &lines {
        reader.take(line);
        if reader.report.read.rows.len() > MAX_ROWS {
            let detail = format!(
                "The file gives more than {MAX_ROWS} rows. Export the schedule chapter by chapter."
            );
            reader.report.mistake(line.at, "", detail);
            break;
        }
    }
    reader.report.read
}

struct Reader<'a> {
    today: String,
    /// The lines that the next one stands below, each further in than the one before.
    above: Vec<(usize, &'a Line)>,
    report: Report,
}

impl<'a> Reader<'a> {
    fn take(&mut self, line: &'a Line) {
        let Ok(indent) = line.indent.parse::<usize>() else {
            let detail = format!(
                "{:?} is not how far the line is moved in, such as 2.",
                line.indent
            );
            return self.wrong(line, Field::Indent, detail);
        };
        self.above.retain(|(further, _)| *further < indent);
        self.above.push((indent, line));
        let code = line.number.replace('.', "");
        if code.is_empty() {
            return;
        }
        if !matches!(code.len(), 4 | 6 | 8 | 10) || !code.bytes().all(|byte| byte.is_ascii_digit())
        {
            let detail = format!(
                "{:?} is not a code of 4, 6, 8 or 10 digits, such as 6109.10.00.",
                line.number
            );
            return self.wrong(line, Field::Number, detail);
        }
        if code.starts_with("98") || code.starts_with("99") {
            return self.report.skip(CHAPTERS_98_AND_99);
        }
        let rated = self.rated();
        match rated {
            Some(rated) if !std::ptr::eq(rated, line) && is_below(&code, rated) => {
                self.report.skip(FROM_ABOVE);
            }
            Some(rated) => self.rows(line, rated, goods_code(&code)),
            None if code.len() > 6 => self.report.skip(NO_RATE),
            None => {}
        }
    }

    /// The line that the rate of the newest one stands on: itself, or the nearest above it.
    fn rated(&self) -> Option<&'a Line> {
        let lines = self.above.iter().rev().map(|(_, line)| *line);
        lines.into_iter().find(|line| !line.general.is_empty())
    }

    fn rows(&mut self, line: &Line, rated: &Line, hs: &str) {
        if !rated.column_2.is_empty() {
            self.report.skip(COLUMN_2);
        }
        if !rated.additional.is_empty() || rated.has_note_to_99 {
            self.report.skip(ADDITIONAL);
        }
        if !rated.quota.is_empty() {
            return self.report.skip(WITHIN_QUOTA);
        }
        let source = format!(
            "USITC, Harmonized Tariff Schedule, {}, {}",
            line.number, self.today
        );
        match rate::read(&rated.general) {
            Ok(rate) => {
                let description = self.description();
                self.report.row(
                    "duty_rates",
                    line.at,
                    &[
                        ("territory", "US"),
                        ("hs", hs),
                        ("rate", &rate),
                        ("description", &description),
                        ("source", &source),
                        ("confidence", "firm"),
                    ],
                );
            }
            Err(Unsaid::Unsayable(why)) => self.report.skip(why),
            Err(Unsaid::Unreadable(detail)) => self.wrong(rated, Field::General, detail),
        }
        for (origin, promise) in self.promises(rated) {
            self.report.row(
                "preferences",
                line.at,
                &[
                    ("territory", "US"),
                    ("origin", origin),
                    ("agreement", promise.agreement.name),
                    ("hs_prefix", hs),
                    ("rate", &promise.rate),
                    ("proof", promise.agreement.proof),
                    ("source", &source),
                    ("confidence", "firm"),
                ],
            );
        }
    }

    /// What the special column promises, by origin.
    fn promises(&mut self, rated: &Line) -> BTreeMap<&'static str, Promise> {
        let Some(groups) = special::groups(&rated.special) else {
            let detail = format!(
                "{:?} is not a list of rates by programme, such as Free (AU,BH) 2.1% (JP).",
                rated.special
            );
            self.wrong(rated, Field::Special, detail);
            return BTreeMap::new();
        };
        let mut promises: BTreeMap<&'static str, Vec<Promise>> = BTreeMap::new();
        for group in groups {
            if group.rate.starts_with("See ") {
                self.report.skip(BY_ANOTHER_LINE);
                continue;
            }
            let rate = match rate::read(group.rate) {
                Ok(rate) => rate,
                Err(Unsaid::Unsayable(why)) => {
                    self.report.skip(why);
                    continue;
                }
                Err(Unsaid::Unreadable(detail)) => {
                    self.wrong(rated, Field::Special, detail);
                    continue;
                }
            };
            for programme in group.programmes {
                let Some(agreement) = special::agreement_of(programme) else {
                    let why = format!(
                        "Special rates of programme {programme}: its countries are not known here."
                    );
                    self.report.skip(&why);
                    continue;
                };
                let promise = Promise {
                    agreement,
                    rate: rate.clone(),
                };
                for origin in agreement.origins {
                    promises.entry(origin).or_default().push(promise.clone());
                }
            }
        }
        self.plain(promises)
    }

    /// Leaves out origins that are promised two rates: which of them holds is told nowhere in the file.
    fn plain(
        &mut self,
        promises: BTreeMap<&'static str, Vec<Promise>>,
    ) -> BTreeMap<&'static str, Promise> {
        let mut plain = BTreeMap::new();
        for (origin, mut promised) in promises {
            promised.dedup_by(|one, other| one.rate == other.rate);
            match promised.pop() {
                Some(promise) if promised.is_empty() => {
                    plain.insert(origin, promise);
                }
                _ => self.report.skip(TWO_RATES),
            }
        }
        plain
    }

    /// The newest line in the words of all lines that it stands below, from the heading down.
    fn description(&self) -> String {
        let words = self
            .above
            .iter()
            .map(|(_, line)| line.description.trim_end_matches([':', ' ']));
        let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
        let all = words.join("; ");
        match all.char_indices().nth(MAX_DESCRIPTION) {
            Some((end, _)) => format!("{}…", all[..end].trim_end()),
            None => all,
        }
    }

    fn wrong(&mut self, line: &Line, field: Field, detail: String) {
        self.report.mistake(line.at, &line.column(field), detail);
    }
}

/// Does the rated line's own row hold for this code?
fn is_below(code: &str, rated: &Line) -> bool {
    let digits = rated.number.replace('.', "");
    !digits.is_empty() && code.starts_with(goods_code(&digits))
}

/// What an agreement promises to goods of one origin.
#[derive(Clone, Debug)]
struct Promise {
    agreement: &'static special::Agreement,
    rate: String,
}
