//! The rules of customs territories as dated rows, and how the one that holds is found.

use crate::{
    landed_cost::rate::DutyRate,
    money::{Currency, Money, Rate},
    time::Day,
    trade::CountryCode,
};
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    ops::Bound,
    sync::Arc,
};

/// A share in millionths: 8.1 % is 81,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(i64);

/// When a row holds, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First day; None for always.
    pub from: Option<Day>,
    /// Last day; None while it is open.
    pub to: Option<Day>,
    /// When the fact was read or published.
    pub as_of: Day,
    /// After this day what rests on it is an estimate.
    pub review_by: Day,
    pub source: Arc<str>,
    pub is_firm: bool,
}

/// One customs border: what it counts in, and what it levies on.
#[derive(Clone, Debug)]
pub struct Territory {
    pub code: Arc<str>,
    pub name: Arc<str>,
    pub countries: Vec<CountryCode>,
    pub currency: Currency,
    pub duty_basis: Basis,
    pub tax_basis: Base,
    pub rounding: Rounding,
    pub validity: Validity,
}

/// What the customs value contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Goods and freight to the border.
    Cif,
    /// Goods alone.
    Fob,
}

/// What tax is taken of, besides the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    pub freight: bool,
    pub duty: bool,
    pub fees: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the currency's smallest part.
    Minor,
    /// To whole units of the currency.
    Unit,
}

/// VAT, GST or what a country calls it.
#[derive(Clone, Debug)]
pub struct Tax {
    pub country: CountryCode,
    pub name: Arc<str>,
    pub rate: Percent,
    /// Empty for the standard rate.
    pub hs_prefix: Arc<str>,
    pub note: Arc<str>,
    pub validity: Validity,
}

/// Below it something is not levied, or not at the border.
#[derive(Clone, Debug)]
pub struct Threshold {
    pub territory: Arc<str>,
    pub country: Option<CountryCode>,
    pub relieves: Relief,
    pub amount: Money,
    pub tests: Test,
    pub limit: Limit,
    pub persons_only: bool,
    /// Empty for any.
    pub origins: Vec<CountryCode>,
    /// The tax is due all the same: the seller collects it at the sale.
    pub at_sale: bool,
    pub note: Arc<str>,
    pub validity: Validity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relief {
    Duty,
    Tax,
}

/// What a threshold is held against; often not what tax is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// All goods of the consignment, without freight.
    Goods,
    /// Each single item.
    Item,
    /// Goods and freight.
    Consignment,
    /// The tax itself.
    TaxDue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    UpTo,
    Below,
}

/// A fixed amount, or a plain percent, in the place of the tariff.
#[derive(Clone, Debug)]
pub struct FlatDuty {
    pub territory: Arc<str>,
    pub amount: Money,
    pub percent: Percent,
    /// Taken off what the percent gives.
    pub minus: Money,
    pub per: Per,
    /// Goods of the consignment, at most.
    pub goods_up_to: Money,
    pub persons_only: bool,
    pub origins: Vec<CountryCode>,
    pub note: Arc<str>,
    pub validity: Validity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Each six-digit code of the consignment.
    ItemCategory,
    Item,
    Consignment,
}

/// What the border charges for its work.
#[derive(Clone, Debug)]
pub struct Fee {
    pub territory: Arc<str>,
    pub country: Option<CountryCode>,
    pub name: Arc<str>,
    pub amount: Money,
    pub percent: Percent,
    pub minimum: Option<Money>,
    pub maximum: Option<Money>,
    pub per: Per,
    pub when: FeeWhen,
    /// Only where the goods are worth more than this.
    pub goods_above: Option<Money>,
    /// Only where the goods are worth this at most.
    pub goods_up_to: Option<Money>,
    pub note: Arc<str>,
    pub validity: Validity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeWhen {
    Always,
    DutyOrTaxDue,
    /// Only when the consignment is above the territory's duty threshold.
    AboveThreshold,
}

/// One line of a tariff; several with one code are the range that six digits leave open.
#[derive(Clone, Debug)]
pub struct DutyRow {
    pub territory: Arc<str>,
    /// 2, 4 or 6 to 10 digits; the longest that a good's code begins with holds.
    pub hs: Arc<str>,
    pub rate: DutyRate,
    pub note: Arc<str>,
    pub validity: Validity,
}

/// What is added to the tariff for some origins, or takes its place.
#[derive(Clone, Debug)]
pub struct Layer {
    pub territory: Arc<str>,
    pub name: Arc<str>,
    pub percent: Percent,
    /// Empty for any.
    pub origins: Vec<CountryCode>,
    pub not_origins: Vec<CountryCode>,
    pub hs_prefix: Arc<str>,
    pub stacks: Stacks,
    pub note: Arc<str>,
    pub validity: Validity,
}

/// How a layer meets the tariff and the other layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stacks {
    /// Added to both.
    Adds,
    /// In the place of the other layers; the tariff stays.
    Replaces,
    /// Raises the tariff to this percent, and adds nothing where it is as high already.
    TopsUp,
}

/// What an agreement promises to goods that were made in a country.
#[derive(Clone, Debug)]
pub struct Preference {
    pub territory: Arc<str>,
    pub origin: CountryCode,
    pub agreement: Arc<str>,
    pub hs_prefix: Arc<str>,
    pub rate: DutyRate,
    pub proof: Arc<str>,
    pub validity: Validity,
}

/// What an office counts a foreign currency with; kept apart from what a bank would give.
#[derive(Clone, Debug)]
pub struct CustomsRate {
    pub territory: Arc<str>,
    pub currency: Currency,
    /// Units of `currency` for one unit of the territory's own.
    pub per_unit: Rate,
    pub validity: Validity,
}

/// All rows, found by what a consignment asks for.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    territories: Vec<Territory>,
    by_country: HashMap<CountryCode, Vec<usize>>,
    taxes: HashMap<CountryCode, Vec<Tax>>,
    thresholds: HashMap<Arc<str>, Vec<Threshold>>,
    flat: HashMap<Arc<str>, Vec<FlatDuty>>,
    fees: HashMap<Arc<str>, Vec<Fee>>,
    duties: HashMap<Arc<str>, BTreeMap<Arc<str>, Vec<DutyRow>>>,
    layers: HashMap<Arc<str>, Vec<Layer>>,
    preferences: HashMap<(Arc<str>, CountryCode), Vec<Preference>>,
    customs_rates: HashMap<(Arc<str>, Currency), Vec<CustomsRate>>,
}

/// Rows on their way into [`Rules`].
#[derive(Clone, Debug, Default)]
pub struct RulesBuilder {
    pub territories: Vec<Territory>,
    pub taxes: Vec<Tax>,
    pub thresholds: Vec<Threshold>,
    pub flat: Vec<FlatDuty>,
    pub fees: Vec<Fee>,
    pub duties: Vec<DutyRow>,
    pub layers: Vec<Layer>,
    pub preferences: Vec<Preference>,
    pub customs_rates: Vec<CustomsRate>,
}

impl Percent {
    pub const ZERO: Percent = Percent(0);

    /// Reads `8.1`: at most four digits behind the point, never negative, at most 1,000 %.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 4 || fraction.len() > 4 {
            return None;
        }
        if !digits(whole) || !digits(fraction) || (text.contains('.') && fraction.is_empty()) {
            return None;
        }
        let millionths: i64 = format!("{whole}{fraction:0<4}").parse().ok()?;
        (millionths <= 10_000_000).then_some(Self(millionths))
    }

    pub const fn millionths(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / 10_000, self.0 % 10_000);
        if fraction == 0 {
            return write!(formatter, "{whole}");
        }
        let fraction = format!("{fraction:04}");
        write!(formatter, "{whole}.{}", fraction.trim_end_matches('0'))
    }
}

impl Validity {
    pub fn holds(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The rows of a rule that hold on a day; of several the one that began last.
fn latest<'a, T>(
    rows: impl Iterator<Item = &'a T>,
    day: Day,
    validity: impl Fn(&T) -> &Validity,
) -> Option<&'a T> {
    rows.filter(|row| validity(row).holds(day))
        .max_by_key(|row| validity(row).from)
}

impl RulesBuilder {
    pub fn build(self) -> Rules {
        let mut rules = Rules::default();
        for territory in self.territories {
            let position = rules.territories.len();
            for country in &territory.countries {
                rules.by_country.entry(*country).or_default().push(position);
            }
            rules.territories.push(territory);
        }
        for row in self.taxes {
            rules.taxes.entry(row.country).or_default().push(row);
        }
        for row in self.thresholds {
            let key = row.territory.clone();
            rules.thresholds.entry(key).or_default().push(row);
        }
        for row in self.flat {
            rules
                .flat
                .entry(row.territory.clone())
                .or_default()
                .push(row);
        }
        for row in self.fees {
            rules
                .fees
                .entry(row.territory.clone())
                .or_default()
                .push(row);
        }
        for row in self.duties {
            let tariff = rules.duties.entry(row.territory.clone()).or_default();
            tariff.entry(row.hs.clone()).or_default().push(row);
        }
        for row in self.layers {
            let key = row.territory.clone();
            rules.layers.entry(key).or_default().push(row);
        }
        for row in self.preferences {
            let key = (row.territory.clone(), row.origin);
            rules.preferences.entry(key).or_default().push(row);
        }
        for row in self.customs_rates {
            let key = (row.territory.clone(), row.currency);
            rules.customs_rates.entry(key).or_default().push(row);
        }
        rules
    }
}

impl Rules {
    pub fn territory(&self, country: CountryCode, day: Day) -> Option<&Territory> {
        let positions = self.by_country.get(&country)?;
        let rows = positions
            .iter()
            .map(|position| &self.territories[*position]);
        latest(rows, day, |row| &row.validity)
    }

    /// All territories that hold on a day, with what a reader wants to know of them.
    pub fn territories(&self, day: Day) -> impl Iterator<Item = &Territory> {
        let holds = move |row: &&Territory| row.validity.holds(day);
        self.territories.iter().filter(holds)
    }

    /// The rate for a code: the longest prefix that holds, else the standard one.
    pub fn tax(&self, country: CountryCode, hs: Option<&str>, day: Day) -> Option<&Tax> {
        let rows = self.taxes.get(&country)?;
        rows.iter()
            .filter(|row| row.validity.holds(day))
            .filter(|row| {
                row.hs_prefix.is_empty() || hs.is_some_and(|hs| hs.starts_with(&*row.hs_prefix))
            })
            .max_by_key(|row| (row.hs_prefix.len(), row.validity.from))
    }

    pub fn thresholds(
        &self,
        territory: &Territory,
        country: CountryCode,
        day: Day,
    ) -> impl Iterator<Item = &Threshold> {
        let rows = self.thresholds.get(&territory.code);
        rows.into_iter().flatten().filter(move |row| {
            row.validity.holds(day) && row.country.is_none_or(|only| only == country)
        })
    }

    pub fn flat(&self, territory: &Territory, day: Day) -> impl Iterator<Item = &FlatDuty> {
        let rows = self.flat.get(&territory.code);
        rows.into_iter()
            .flatten()
            .filter(move |row| row.validity.holds(day))
    }

    pub fn fees(
        &self,
        territory: &Territory,
        country: CountryCode,
        day: Day,
    ) -> impl Iterator<Item = &Fee> {
        let rows = self.fees.get(&territory.code);
        rows.into_iter().flatten().filter(move |row| {
            row.validity.holds(day) && row.country.is_none_or(|only| only == country)
        })
    }

    /// The tariff's rows for a code: those of exactly its digits; else all below it, which is the range that its digits
    /// leave open; else those of the longest code that it begins with.
    pub fn duties(&self, territory: &Territory, hs: &str, day: Day) -> Vec<&DutyRow> {
        let Some(tariff) = self.duties.get(&territory.code) else {
            return Vec::new();
        };
        let holding = |rows: &'_ Vec<DutyRow>| rows.iter().any(|row| row.validity.holds(day));
        let of = |code: &str| tariff.get(code).filter(|rows| holding(rows));
        let below = || {
            let behind = (Bound::Excluded(hs), Bound::Unbounded);
            tariff
                .range::<str, _>(behind)
                .take_while(|(code, _)| code.starts_with(hs))
                .map(|(_, rows)| rows)
                .filter(|rows| holding(rows))
                .collect::<Vec<_>>()
        };
        let shorter = || {
            let lengths = (2..hs.len().min(10)).rev();
            lengths.filter_map(|length| hs.get(..length)).find_map(of)
        };
        let found = match of(hs) {
            Some(rows) => vec![rows],
            None => match below() {
                rows if rows.is_empty() => shorter().into_iter().collect(),
                rows => rows,
            },
        };
        let rows = found.into_iter().flatten();
        rows.filter(|row| row.validity.holds(day)).collect()
    }

    /// What one unit of the first currency is in the second, as this territory's office counts.
    pub fn customs_rate(
        &self,
        territory: &Territory,
        from: Currency,
        to: Currency,
        day: Day,
    ) -> Option<(&CustomsRate, Rate)> {
        let of = |currency: Currency| {
            let rows = self
                .customs_rates
                .get(&(territory.code.clone(), currency))?;
            latest(rows.iter(), day, |row| &row.validity)
        };
        let invert = |rate: Rate| Rate {
            numerator: rate.denominator,
            denominator: rate.numerator,
        };
        if to == territory.currency {
            of(from).map(|row| (row, invert(row.per_unit)))
        } else if from == territory.currency {
            of(to).map(|row| (row, row.per_unit))
        } else {
            None
        }
    }

    pub fn layers(
        &self,
        territory: &Territory,
        origin: Option<CountryCode>,
        hs: &str,
        day: Day,
    ) -> impl Iterator<Item = &Layer> {
        let rows = self.layers.get(&territory.code);
        let concerns = move |row: &&Layer| {
            let is_named = match origin {
                Some(origin) => {
                    (row.origins.is_empty() || row.origins.contains(&origin))
                        && !row.not_origins.contains(&origin)
                }
                None => row.origins.is_empty(),
            };
            row.validity.holds(day) && is_named && hs.starts_with(&*row.hs_prefix)
        };
        rows.into_iter().flatten().filter(concerns)
    }

    /// The longest prefix that an agreement names for goods of this origin.
    pub fn preference(
        &self,
        territory: &Territory,
        origin: CountryCode,
        hs: &str,
        day: Day,
    ) -> Option<&Preference> {
        let rows = self.preferences.get(&(territory.code.clone(), origin))?;
        rows.iter()
            .filter(|row| row.validity.holds(day) && hs.starts_with(&*row.hs_prefix))
            .max_by_key(|row| (row.hs_prefix.len(), row.validity.from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_read_exactly_or_refused() {
        for (text, millionths) in [
            ("19", 190_000),
            ("8.1", 81_000),
            ("0", 0),
            ("17.5625", 175_625),
        ] {
            let percent = Percent::parse(text).expect(text);
            assert_eq!(
                (percent.millionths(), percent.to_string()),
                (millionths, text.to_owned())
            );
        }
        for bad in ["", "-1", "8,1", "1e2", "8.", ".5", "1.23456", "20000"] {
            assert_eq!(Percent::parse(bad), None, "{bad}");
        }
    }
}
