//! What the measures of a commodity say, in rows.

use super::{
    document::{Document, Resource},
    duty,
};
use crate::landed_cost::import::{rates::Unsaid, report::Report};
use sampan_engine::{time::Day, trade::CountryCode};
use std::collections::BTreeSet;

/// The area of all countries.
const ALL_COUNTRIES: &str = "1011";
/// Series of measures against dumping, subsidies and the like.
const ON_TOP: [&str; 2] = ["D", "J"];

const AUTHORISED: &str = "it holds for those alone who are authorised to use the goods in one way";
const NO_DUTY: &str = "Controls, units and other measures that are neither duty nor tax.";
const OTHER_PROOF: &str = "it asks for another proof than that of origin";
const QUOTA: &str = "it holds within a quota, and what is left of one is not known here";
const SUSPENDED: &str = "a suspension hangs on what the goods are for or made of";

/// Types of measures that are known and not taken over.
const LEFT_OUT_TYPES: [(&str, &str); 15] = [
    ("105", AUTHORISED),
    ("106", OTHER_PROOF),
    ("112", SUSPENDED),
    ("115", AUTHORISED),
    ("117", AUTHORISED),
    ("119", AUTHORISED),
    ("122", QUOTA),
    ("123", QUOTA),
    ("140", OTHER_PROOF),
    ("141", SUSPENDED),
    ("143", QUOTA),
    ("144", QUOTA),
    ("145", AUTHORISED),
    ("146", QUOTA),
    ("147", QUOTA),
];
/// Whole series of them.
const LEFT_OUT_SERIES: [(&str, &str); 7] = [
    ("D", "it hangs on who made the goods and where"),
    ("E", "its amount hangs on the recipe of a food"),
    ("F", "its amount hangs on the recipe of a food"),
    (
        "J",
        "it hangs on where the goods were made; write it into layers.csv",
    ),
    ("M", "its amount hangs on the price"),
    ("Q", "excise is not worked out"),
    ("S", "its amount hangs on the price"),
];

/// Whose tariff a document tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    GreatBritain,
    NorthernIreland,
}

/// A commodity that has been looked at.
#[derive(Debug)]
pub struct Commodity {
    pub document: Document,
    pub service: Service,
    /// Its code as our rules write it.
    pub hs: String,
    pub source: String,
}

/// Why a measure gives no row.
#[derive(Debug, PartialEq, Eq)]
pub enum NotTaken {
    Skipped(String),
    Mistake {
        at: u64,
        pointer: String,
        detail: String,
    },
}

impl Service {
    const fn territory(self) -> &'static str {
        match self {
            Service::GreatBritain => "GB",
            Service::NorthernIreland => "EU",
        }
    }
}

impl Commodity {
    /// Writes the rows of one measure.
    pub fn rows(&self, measure: &Resource, report: &mut Report) -> Result<(), NotTaken> {
        let kind = self.document.one(measure, "measure_type");
        let Some(kind) = kind else {
            return Err(wrong(
                measure,
                "/relationships/measure_type",
                "The type of this measure is not among the included. Keep the service's answer whole.",
            ));
        };
        let named = kind.text("description");
        let series = kind.text("measure_type_series_id");
        match kind.id() {
            "103" => self.duty(measure, named, report),
            "142" => self.preferences(measure, named, report),
            "305" => self.tax(measure, named, report),
            id => Err(match left_out(id, series) {
                Some(why) => skipped(named, why),
                None if series == "C" => skipped(named, "this kind of duty is not read"),
                None => NotTaken::Skipped(NO_DUTY.to_owned()),
            }),
        }
    }

    fn duty(&self, measure: &Resource, named: &str, report: &mut Report) -> Result<(), NotTaken> {
        plain(measure, named)?;
        let area = self.area(measure)?;
        if area.id() != ALL_COUNTRIES {
            let why = format!("it holds for {} alone", area.text("description"));
            return Err(skipped(named, &why));
        }
        let rate = self.rate(measure, named)?;
        let (from, to) = days(measure)?;
        let mut notes = Vec::new();
        if self.has_duties_on_top() {
            notes.push("Duties against dumping or the like may come on top".to_owned());
        }
        let excluded = self.excluded(measure);
        if !excluded.is_empty() {
            let excluded: Vec<&str> = excluded.into_iter().collect();
            notes.push(format!("Not for goods of {}", excluded.join(" ")));
        }
        let confidence = if notes.is_empty() { "firm" } else { "estimate" };
        report.row(
            "duty_rates",
            measure.line,
            &[
                ("territory", self.service.territory()),
                ("hs", &self.hs),
                ("rate", &rate),
                ("description", &self.description()),
                ("note", &notes.join("; ")),
                ("effective_from", &from),
                ("effective_to", &to),
                ("source", &self.source),
                ("confidence", confidence),
            ],
        );
        Ok(())
    }

    fn preferences(
        &self,
        measure: &Resource,
        named: &str,
        report: &mut Report,
    ) -> Result<(), NotTaken> {
        plain(measure, named)?;
        let area = self.area(measure)?;
        let rate = self.rate(measure, named)?;
        let (from, to) = days(measure)?;
        let members = members(area);
        if members.is_empty() {
            return Err(wrong(
                measure,
                "/relationships/geographical_area",
                "The members of this area are not told. Keep the service's answer whole.",
            ));
        }
        let excluded = self.excluded(measure);
        let agreement = format!("{named}, {}", area.text("description"));
        for member in members.difference(&excluded) {
            let Some(origin) = country(member) else {
                report.skip("Preferences of places that have no country code.");
                continue;
            };
            report.row(
                "preferences",
                measure.line,
                &[
                    ("territory", self.service.territory()),
                    ("origin", origin),
                    ("agreement", &agreement),
                    ("hs_prefix", &self.hs),
                    ("rate", &rate),
                    ("proof", "Proof of origin as the agreement asks for it"),
                    ("effective_from", &from),
                    ("effective_to", &to),
                    ("source", &self.source),
                    ("confidence", "firm"),
                ],
            );
        }
        Ok(())
    }

    fn tax(&self, measure: &Resource, named: &str, report: &mut Report) -> Result<(), NotTaken> {
        if self.service == Service::NorthernIreland {
            return Err(skipped(
                named,
                "it is the tax of Northern Ireland, not of the European Union",
            ));
        }
        plain(measure, named)?;
        let rate = self.rate(measure, named)?;
        let percent = match rate.strip_suffix('%') {
            Some(percent) => percent,
            None if rate == "free" => "0",
            None => return Err(skipped(named, "it is more than a percent")),
        };
        let (from, to) = days(measure)?;
        report.row(
            "taxes",
            measure.line,
            &[
                ("country", "GB"),
                ("name", "VAT"),
                ("rate", percent),
                ("hs_prefix", &self.hs),
                ("effective_from", &from),
                ("effective_to", &to),
                ("source", &self.source),
                ("confidence", "firm"),
            ],
        );
        Ok(())
    }

    fn rate(&self, measure: &Resource, named: &str) -> Result<String, NotTaken> {
        let Some(expression) = self.document.one(measure, "duty_expression") else {
            return Err(wrong(
                measure,
                "/relationships/duty_expression",
                "The duty of this measure is not among the included. Keep the service's answer whole.",
            ));
        };
        duty::read(expression.text("base")).map_err(|unsaid| match unsaid {
            Unsaid::Unsayable(why) => skipped(named, why),
            Unsaid::Unreadable(detail) => wrong(expression, "/attributes/base", &detail),
        })
    }

    fn area(&self, measure: &Resource) -> Result<&Resource, NotTaken> {
        self.document.one(measure, "geographical_area").ok_or_else(|| {
            wrong(
                measure,
                "/relationships/geographical_area",
                "The area of this measure is not among the included. Keep the service's answer whole.",
            )
        })
    }

    fn excluded<'a>(&'a self, measure: &'a Resource) -> BTreeSet<&'a str> {
        let references = measure.related("excluded_countries").into_iter();
        references
            .flat_map(|(kind, id)| match self.document.find((kind, id)) {
                Some(area) => members(area),
                None => BTreeSet::from([id]),
            })
            .collect()
    }

    fn has_duties_on_top(&self) -> bool {
        let measures = self.document.data.related("import_measures").into_iter();
        measures
            .filter_map(|reference| self.document.find(reference))
            .filter_map(|measure| self.document.one(measure, "measure_type"))
            .any(|kind| ON_TOP.contains(&kind.text("measure_type_series_id")))
    }

    fn description(&self) -> String {
        let plain = self.document.data.text("description_plain");
        let words = plain.split_whitespace().collect::<Vec<_>>();
        words.join(" ")
    }
}

/// The countries of an area: its members, or itself; none where it is a group whose members are not told.
fn members(area: &Resource) -> BTreeSet<&str> {
    let members = area.related("children_geographical_areas");
    if members.is_empty() && !area.id().starts_with(|first: char| first.is_ascii_digit()) {
        return BTreeSet::from([area.id()]);
    }
    members.into_iter().map(|(_, id)| id).collect()
}

/// Why a measure is not taken over, by its type or else by the series of its type.
fn left_out(id: &str, series: &str) -> Option<&'static str> {
    let by = |list: &[(&str, &'static str)], key: &str| {
        let found = list.iter().find(|(known, _)| *known == key);
        found.map(|(_, why)| *why)
    };
    by(&LEFT_OUT_TYPES, id).or_else(|| by(&LEFT_OUT_SERIES, series))
}

/// Refuses a measure that holds for some goods or some importers only.
fn plain(measure: &Resource, named: &str) -> Result<(), NotTaken> {
    let has = |name: &str| !measure.related(name).is_empty();
    if has("measure_conditions") {
        return Err(skipped(
            named,
            "it hangs on conditions, such as a certificate or a price",
        ));
    }
    if has("additional_code") {
        return Err(skipped(
            named,
            "it holds for goods with an additional code alone",
        ));
    }
    if has("order_number") {
        return Err(skipped(named, QUOTA));
    }
    Ok(())
}

/// First and last day; empty where there is none.
fn days(measure: &Resource) -> Result<(String, String), NotTaken> {
    let day = |attribute: &str| {
        let text = measure.text(attribute);
        let day = text.get(..10).unwrap_or(text);
        if day.is_empty() || Day::parse(day).is_some() {
            return Ok(day.to_owned());
        }
        let detail = format!("{text:?} does not begin with a day such as 2026-07-01.");
        Err(wrong(measure, &format!("/attributes/{attribute}"), &detail))
    };
    Ok((day("effective_start_date")?, day("effective_end_date")?))
}

/// A member of an area as ISO 3166-1; the tariff has a code of its own for Serbia, and for places that are no country.
fn country(member: &str) -> Option<&str> {
    let code = if member == "XS" { "RS" } else { member };
    let is_known = CountryCode::parse(code).is_some_and(|code| code.is_assigned());
    is_known.then_some(code)
}

fn skipped(named: &str, why: &str) -> NotTaken {
    NotTaken::Skipped(format!("{named}: {why}."))
}

fn wrong(resource: &Resource, below: &str, detail: &str) -> NotTaken {
    NotTaken::Mistake {
        at: resource.line,
        pointer: format!("{}{below}", resource.pointer),
        detail: detail.to_owned(),
    }
}
