//! Rows laid over each other: what ships lies lowest, each import over it. A later row takes the place of an earlier one
//! on its own days alone; nothing is ever overwritten, so an import can be taken back.

use crate::landed_cost::rules::{
    files::{Span, overlap, values},
    kinds::kind,
    row::{Row, RuleRow},
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// Where a row is from; None: it ships with Sampan.
pub type Origin = Option<Uuid>;

/// Rows that came together.
#[derive(Clone, Debug)]
pub struct Layer {
    pub origin: Origin,
    pub rows: Arc<[RuleRow]>,
}

/// A row with the days that were left to it.
#[derive(Clone, Debug)]
pub struct Held {
    pub row: RuleRow,
    pub origin: Origin,
}

/// What holds in the end, lowest layer first. A row that was covered on the days in its middle stands twice.
pub fn settle(layers: &[Layer]) -> Vec<Held> {
    let mut covered: HashMap<(&str, Vec<String>), Vec<Span>> = HashMap::new();
    let mut settled = Vec::new();
    for layer in layers.iter().rev() {
        let mut held = Vec::new();
        let mut covers = Vec::new();
        for row in layer.rows.iter() {
            let place = place(row);
            let above = covered.get(&place).map_or(&[][..], Vec::as_slice);
            for span in without(span(row), above) {
                held.push(Held {
                    row: with_span(row, span),
                    origin: layer.origin,
                });
            }
            covers.push((place, span(row)));
        }
        for (place, span) in covers {
            covered.entry(place).or_default().push(span);
        }
        settled.push(held);
    }
    settled.into_iter().rev().flatten().collect()
}

/// The kind and what a later row takes the place of.
pub fn place(row: &RuleRow) -> (&'static str, Vec<String>) {
    let columns = kind(row.kind).map_or(&[][..], |kind| kind.place);
    (row.kind, values(columns, row))
}

/// The days of a row; open where they cannot be read, which no checked row's are.
pub fn span(row: &RuleRow) -> Span {
    let row = Row(&row.fields);
    let day = |column| row.day(column).ok().flatten();
    (day("effective_from"), day("effective_to"))
}

/// What is left of a span once others are taken out.
fn without(span: Span, others: &[Span]) -> Vec<Span> {
    let mut left = vec![span];
    for other in others {
        left = left
            .into_iter()
            .flat_map(|span| minus(span, *other))
            .collect();
    }
    left
}

fn minus(span: Span, other: Span) -> Vec<Span> {
    if !overlap(span, other) {
        return vec![span];
    }
    let before = other.0.and_then(|from| from.previous());
    let after = other.1.and_then(|to| to.next());
    let is_some = |(from, to): &Span| from.is_none_or(|from| to.is_none_or(|to| from <= to));
    let first = before.map(|last| (span.0, Some(last)));
    let second = after.map(|first| (Some(first), span.1));
    [first, second]
        .into_iter()
        .flatten()
        .filter(is_some)
        .collect()
}

fn with_span(row: &RuleRow, (from, to): Span) -> RuleRow {
    let mut row = row.clone();
    for (column, day) in [("effective_from", from), ("effective_to", to)] {
        match day {
            Some(day) => row.fields.insert(column.to_owned(), day.to_string()),
            None => row.fields.remove(column),
        };
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sampan_engine::time::Day;

    fn row(rate: &str, from: &str, to: &str) -> RuleRow {
        let fields = [
            ("territory", "EU"),
            ("hs", "610910"),
            ("rate", rate),
            ("effective_from", from),
            ("effective_to", to),
        ];
        let given = fields.iter().filter(|(_, text)| !text.is_empty());
        RuleRow {
            kind: "duty_rates",
            line: 2,
            fields: given
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    fn layers(layers: &[&[RuleRow]]) -> Vec<Layer> {
        let layer = |(position, rows): (usize, &&[RuleRow])| Layer {
            origin: (position > 0).then(|| Uuid::from_u128(position as u128)),
            rows: (*rows).into(),
        };
        layers.iter().enumerate().map(layer).collect()
    }

    fn told(held: &[Held]) -> Vec<(String, String, String)> {
        let text = |held: &Held, column: &str| Row(&held.row.fields).text(column).to_owned();
        held.iter()
            .map(|held| {
                (
                    text(held, "rate"),
                    text(held, "effective_from"),
                    text(held, "effective_to"),
                )
            })
            .collect()
    }

    fn said(rate: &str, from: &str, to: &str) -> (String, String, String) {
        (rate.to_owned(), from.to_owned(), to.to_owned())
    }

    #[test]
    fn a_later_row_holds_on_its_own_days_alone() {
        let shipped = [row("12%", "", "")];
        let open = [row("10%", "2027-01-01", "")];
        assert_eq!(
            told(&settle(&layers(&[&shipped, &open]))),
            [said("12%", "", "2026-12-31"), said("10%", "2027-01-01", "")]
        );
        let middle = [row("0%", "2026-03-01", "2026-03-31")];
        assert_eq!(
            told(&settle(&layers(&[&shipped, &open, &middle]))),
            [
                said("12%", "", "2026-02-28"),
                said("12%", "2026-04-01", "2026-12-31"),
                said("10%", "2027-01-01", ""),
                said("0%", "2026-03-01", "2026-03-31"),
            ]
        );
    }

    #[test]
    fn a_row_that_is_covered_whole_is_gone_and_all_its_variants_with_it() {
        let mut second = row("9%", "", "");
        second.fields.insert("variant".to_owned(), "2".to_owned());
        let shipped = [row("12%", "2021-01-01", ""), second];
        let import = [row("8%", "", "")];
        assert_eq!(
            told(&settle(&layers(&[&shipped, &import]))),
            [said("8%", "", "")]
        );
    }

    proptest! {
        #[test]
        fn on_each_day_the_last_layer_that_speaks_is_heard(
            spans in proptest::collection::vec((0_u32..28, 0_u32..28), 1..6),
            at in 0_u32..28,
        ) {
            let day = |n: u32| format!("2026-02-{:02}", n + 1);
            let rows: Vec<[RuleRow; 1]> = spans
                .iter()
                .enumerate()
                .map(|(n, (from, length))| [row(&format!("{n}%"), &day(*from), &day((from + length).min(27)))])
                .collect();
            let slices: Vec<&[RuleRow]> = rows.iter().map(|row| &row[..]).collect();
            let at = Day::parse(&day(at)).expect("a day");
            let holds = |row: &RuleRow| overlap(span(row), (Some(at), Some(at)));
            let due = rows.iter().rev().find(|row| holds(&row[0])).map(|row| row[0].fields["rate"].clone());
            let settled = settle(&layers(&slices));
            let heard: Vec<String> =
                settled.iter().filter(|held| holds(&held.row)).map(|held| held.row.fields["rate"].clone()).collect();
            prop_assert_eq!(heard, due.into_iter().collect::<Vec<_>>());
        }
    }
}
