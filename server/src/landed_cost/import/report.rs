//! What becomes of a file while it is read: rows, mistakes and what was left out, counted by reason.

use crate::landed_cost::{
    import::{Read, Skipped},
    rules::{RuleMistake, RuleRow},
};
use sampan_engine::time::Day;

/// How long what was read in a tariff is trusted before it has to be read again.
const MONTHS_UNTIL_REVIEW: i32 = 6;

/// Rows of one file of somebody else, all read on one day.
#[derive(Debug)]
pub struct Report {
    file: String,
    as_of: String,
    review_by: String,
    pub read: Read,
}

impl Report {
    pub fn new(file_name: &str, today: Day) -> Self {
        Self {
            file: file_name.to_owned(),
            as_of: today.to_string(),
            review_by: review_after(today).to_string(),
            read: Read::default(),
        }
    }

    /// A row of a kind with the days on which it was read and is to be read again; empty fields are left out.
    pub fn row(&mut self, kind: &'static str, line: u64, fields: &[(&str, &str)]) {
        let read = [
            ("as_of", self.as_of.as_str()),
            ("review_by", self.review_by.as_str()),
        ];
        let given = fields
            .iter()
            .chain(&read)
            .filter(|(_, text)| !text.is_empty());
        let fields = given
            .map(|(column, text)| ((*column).to_owned(), (*text).to_owned()))
            .collect();
        self.read.rows.push(RuleRow { kind, line, fields });
    }

    pub fn mistake(&mut self, line: u64, column: &str, detail: String) {
        self.read.mistakes.push(RuleMistake {
            file: self.file.clone(),
            line,
            column: column.to_owned(),
            detail,
        });
    }

    pub fn skip(&mut self, why: &str) {
        let skipped = &mut self.read.skipped;
        match skipped.iter_mut().find(|skipped| skipped.why == why) {
            Some(skipped) => skipped.count += 1,
            None => skipped.push(Skipped {
                why: why.to_owned(),
                count: 1,
            }),
        }
    }
}

/// The same date six months on, or the last of that month.
fn review_after(day: Day) -> Day {
    let text = day.to_string();
    let mut parts = text.split('-').map(str::parse::<i32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(date))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return day;
    };
    let months = year * 12 + month - 1 + MONTHS_UNTIL_REVIEW;
    let on = |date: i32| {
        let (year, month) = (months / 12, months % 12 + 1);
        Day::parse(&format!("{year:04}-{month:02}-{date:02}"))
    };
    (1..=date).rev().find_map(on).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_today_is_read_again_six_months_on() {
        for (today, review) in [
            ("2026-11-26", "2027-05-26"),
            ("2026-08-31", "2027-02-28"),
            ("2027-08-31", "2028-02-29"),
            ("2026-01-01", "2026-07-01"),
            ("9999-12-31", "9999-12-31"),
        ] {
            let today = Day::parse(today).expect("a day");
            assert_eq!(review_after(today).to_string(), review);
        }
    }

    #[test]
    fn what_is_left_out_is_counted_by_its_reason() {
        let mut report = Report::new("a file", Day::parse("2026-11-26").expect("a day"));
        for why in ["a quota", "a control", "a quota"] {
            report.skip(why);
        }
        let counted: Vec<(&str, usize)> = report
            .read
            .skipped
            .iter()
            .map(|skipped| (skipped.why.as_str(), skipped.count))
            .collect();
        assert_eq!(counted, [("a quota", 2), ("a control", 1)]);
    }
}
