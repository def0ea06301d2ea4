//! The reckoning of one consignment: duty, then tax on what the law names, then the border's own fees.

use crate::{
    landed_cost::rules::{Percent, Rounding, Rules, Territory, Threshold, Validity},
    money::{Currency, Money, MoneyError, Rate},
    time::Day,
    trade::CountryCode,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};

/// What crosses the border together.
#[derive(Clone, Debug)]
pub struct Consignment {
    /// The day that decides which rules hold.
    pub day: Day,
    /// Where it leaves from.
    pub from: CountryCode,
    pub to: CountryCode,
    pub buyer: Buyer,
    pub goods: Vec<Good>,
    /// In the currency of the goods.
    pub freight: Money,
}

/// One line of a consignment.
#[derive(Clone, Debug)]
pub struct Good {
    /// 6 to 10 digits; None where nobody has classified it.
    pub hs: Option<Arc<str>>,
    pub origin: Option<CountryCode>,
    /// The seller can prove the origin, as an agreement asks for.
    pub is_origin_proven: bool,
    /// Of the whole line.
    pub value: Money,
    pub items: i64,
    /// Of the whole line.
    pub grams: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buyer {
    Person,
    Business {
        /// Has a number with the tax office, as VAT is owed by whoever receives then.
        is_registered: bool,
    },
}

/// How sure an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Firm,
    Estimate,
    Unknown,
}

/// What the border adds, in the currency of the goods. The lines add up to the totals.
#[derive(Clone, Debug)]
pub struct LandedCost {
    pub lines: Vec<LineCost>,
    /// None where a line's is not known.
    pub duty: Option<Money>,
    /// Where six digits leave several rates open: the least and the most; the most is charged.
    pub duty_range: Option<Range>,
    pub tax: Option<Money>,
    pub fees: Money,
    pub applied: Vec<Applied>,
    pub unknown: Vec<Unknown>,
    pub confidence: Confidence,
    /// The seller collects the tax at the sale: nothing of it is asked for at the door.
    pub is_tax_at_sale: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineCost {
    pub duty: Option<Money>,
    pub tax: Option<Money>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = DutyRange))]
pub struct Range {
    pub low: Money,
    pub high: Money,
}

/// A rule that had a say, with what it came to.
#[derive(Clone, Debug)]
pub struct Applied {
    pub kind: AppliedKind,
    /// As its row calls it: the tariff's code, the tax, the agreement, the fee.
    pub name: Arc<str>,
    /// `12%`, `3.00 EUR`, `135.00 GBP`.
    pub rate: String,
    pub note: Arc<str>,
    /// In the currency of the goods; None for a rule that only decides.
    pub amount: Option<Money>,
    pub source: Arc<str>,
    pub as_of: Day,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub review_by: Day,
    pub confidence: Confidence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppliedKind {
    /// The tariff's own rate.
    Duty,
    /// A rate promised to an origin that the seller proves.
    Preference,
    /// A rate that the origin would have if it were proven.
    PreferencePossible,
    /// Added to the tariff for this origin.
    Layer,
    /// In the place of the tariff.
    FlatDuty,
    /// Below this no duty is levied.
    DutyRelief,
    Tax,
    /// Below this no tax is levied.
    TaxRelief,
    /// Below this the seller collects the tax.
    TaxAtSale,
    /// The buyer's business owes the tax itself.
    ReverseCharge,
    /// Both ends lie in one territory.
    NoBorder,
    /// What the office counts a foreign currency with.
    Exchange,
    Fee,
}

/// What no rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// No rules for this country.
    Territory,
    /// A line, by its position, that nobody has classified.
    Hs(usize),
    /// A line whose code the tariff at hand does not have.
    Duty(usize),
    /// No tax rate for this country.
    Tax,
    /// No rate of exchange into the territory's currency.
    Exchange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReckonError {
    #[error("a consignment without goods")]
    Empty,
    #[error("an amount, a weight or a number of pieces is below zero")]
    Negative,
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Works out what the border adds. `rate` gives what one unit of the first currency is in the second.
pub fn reckon(
    rules: &Rules,
    consignment: &Consignment,
    rate: impl Fn(Currency, Currency) -> Option<Rate>,
) -> Result<LandedCost, ReckonError> {
    let first = consignment.goods.first().ok_or(ReckonError::Empty)?;
    let currency = first.value.currency;
    let is_negative = |good: &Good| good.value.minor < 0 || good.items < 0 || good.grams < 0;
    if consignment.freight.minor < 0 || consignment.goods.iter().any(is_negative) {
        return Err(ReckonError::Negative);
    }
    let Some(territory) = rules.territory(consignment.to, consignment.day) else {
        return Ok(unknown(consignment, currency, Unknown::Territory));
    };
    let day = consignment.day;
    let rate = |from, to| match rules.customs_rate(territory, from, to, day) {
        Some((_, official)) => Some(official),
        None => rate(from, to),
    };
    let border = Border {
        rules,
        territory,
        consignment,
        rate: &rate,
    };
    let (Some(into), Some(back)) = (
        exchange(&rate, currency, territory.currency),
        exchange(&rate, territory.currency, currency),
    ) else {
        return Ok(unknown(consignment, currency, Unknown::Exchange));
    };
    border.reckon(into, back, currency)
}

/// Nothing is known of what the border adds.
fn unknown(consignment: &Consignment, currency: Currency, why: Unknown) -> LandedCost {
    LandedCost {
        lines: vec![LineCost::default(); consignment.goods.len()],
        duty: None,
        duty_range: None,
        tax: None,
        fees: Money::zero(currency),
        applied: Vec::new(),
        unknown: vec![why],
        confidence: Confidence::Unknown,
        is_tax_at_sale: false,
    }
}

pub(super) fn exchange(
    rate: &impl Fn(Currency, Currency) -> Option<Rate>,
    from: Currency,
    to: Currency,
) -> Option<Rate> {
    if from == to {
        return Some(Rate::ONE);
    }
    rate(from, to)
}

/// One consignment at one border, on one day.
pub(super) struct Border<'a, F> {
    pub(super) rules: &'a Rules,
    pub(super) territory: &'a Territory,
    pub(super) consignment: &'a Consignment,
    pub(super) rate: &'a F,
}

/// A line in the territory's currency.
pub(super) struct Line {
    pub(super) value: Money,
    pub(super) freight: Money,
    pub(super) duty: Option<Money>,
    pub(super) tax: Option<Money>,
}

/// A rule that had a say, its amount still in the territory's currency.
pub(super) struct Said {
    pub(super) applied: Applied,
    pub(super) local: Option<Money>,
}

impl<F: Fn(Currency, Currency) -> Option<Rate>> Border<'_, F> {
    fn reckon(
        &self,
        into: Rate,
        back: Rate,
        currency: Currency,
    ) -> Result<LandedCost, ReckonError> {
        let local = self.territory.currency;
        let mut lines = self.lines(into)?;
        let mut said = Vec::new();
        let mut unknown = BTreeSet::new();
        said.extend(self.exchange_said(currency));
        let range = self.levy_duty(&mut lines, &mut said, &mut unknown)?;
        let fees = if self.is_inside() {
            Money::zero(local)
        } else {
            self.fees(&lines, &mut said)?
        };
        let is_tax_at_sale = self.levy_tax(&mut lines, fees, &mut said, &mut unknown)?;

        let told = |amount: Money| amount.convert_half_up(back, currency);
        let mut costs = Vec::with_capacity(lines.len());
        for line in &lines {
            costs.push(LineCost {
                duty: line.duty.map(told).transpose()?,
                tax: line.tax.map(told).transpose()?,
            });
        }
        let sum = |part: fn(&LineCost) -> Option<Money>| -> Result<Option<Money>, MoneyError> {
            let mut sum = Money::zero(currency);
            for line in &costs {
                let Some(amount) = part(line) else {
                    return Ok(None);
                };
                sum = sum.checked_add(amount)?;
            }
            Ok(Some(sum))
        };
        let (duty, tax) = (sum(|line| line.duty)?, sum(|line| line.tax)?);
        let duty_range = match (range, duty) {
            (Some(low), Some(high)) => Some(Range {
                low: Money::new(low, local).convert_half_up(back, currency)?,
                high,
            }),
            _ => None,
        };
        let mut applied = Vec::with_capacity(said.len());
        let mut confidence = Confidence::Firm;
        for Said {
            applied: mut rule,
            local,
        } in said
        {
            rule.amount = local.map(told).transpose()?;
            if rule.kind != AppliedKind::PreferencePossible {
                confidence = confidence.max(rule.confidence);
            }
            applied.push(rule);
        }
        if duty_range.is_some() {
            confidence = confidence.max(Confidence::Estimate);
        }
        if duty.is_none() || tax.is_none() {
            confidence = Confidence::Unknown;
        }
        let validity = &self.territory.validity;
        confidence = confidence.max(self.confidence(validity));
        Ok(LandedCost {
            lines: costs,
            duty,
            duty_range,
            tax,
            fees: told(fees)?,
            applied,
            unknown: unknown.into_iter().collect(),
            confidence,
            is_tax_at_sale,
        })
    }

    /// Each line is converted and rounded by itself; freight is shared by value, or by weight where nothing has a value.
    fn lines(&self, into: Rate) -> Result<Vec<Line>, ReckonError> {
        let local = self.territory.currency;
        let goods = &self.consignment.goods;
        let mut values = Vec::with_capacity(goods.len());
        for good in goods {
            values.push(good.value.convert_half_up(into, local)?);
        }
        let freight = self.consignment.freight.convert_half_up(into, local)?;
        let by_value: Vec<u64> = values
            .iter()
            .map(|value| value.minor.unsigned_abs())
            .collect();
        let by_weight: Vec<u64> = goods.iter().map(|good| good.grams.unsigned_abs()).collect();
        let weights = if by_value.iter().any(|weight| *weight > 0) {
            by_value
        } else {
            by_weight
        };
        let shares = freight.split(&weights);
        let line = |(value, freight)| Line {
            value,
            freight,
            duty: None,
            tax: None,
        };
        Ok(values.into_iter().zip(shares).map(line).collect())
    }

    /// Both ends lie in one territory: no border is crossed.
    pub(super) fn is_inside(&self) -> bool {
        let Consignment { from, to, .. } = self.consignment;
        from == to || self.territory.countries.contains(from)
    }

    /// The office's own rate for the currency of the goods, where it has one.
    fn exchange_said(&self, currency: Currency) -> Option<Said> {
        let (local, day) = (self.territory.currency, self.consignment.day);
        let found = self
            .rules
            .customs_rate(self.territory, currency, local, day);
        let (row, rate) = found.filter(|_| currency != local)?;
        let (name, note) = (
            Arc::from(format!("{currency}/{local}")),
            Arc::from(String::new()),
        );
        let rate = rate.to_decimal();
        Some(self.said(AppliedKind::Exchange, &name, rate, &note, &row.validity))
    }

    pub(super) fn goods_total(&self, lines: &[Line]) -> Result<Money, MoneyError> {
        let mut values = lines.iter().map(|line| line.value);
        values.try_fold(Money::zero(self.territory.currency), Money::checked_add)
    }

    pub(super) fn freight_total(&self, lines: &[Line]) -> Result<Money, MoneyError> {
        let mut shares = lines.iter().map(|line| line.freight);
        shares.try_fold(Money::zero(self.territory.currency), Money::checked_add)
    }

    /// An amount of a rule in the territory's currency; None without a rate of exchange.
    pub(super) fn local(&self, amount: Money) -> Result<Option<Money>, MoneyError> {
        let local = self.territory.currency;
        let Some(rate) = exchange(self.rate, amount.currency, local) else {
            return Ok(None);
        };
        amount.convert_half_up(rate, local).map(Some)
    }

    /// Positions of the lines by six-digit code; a line without one is a category of its own.
    pub(super) fn categories(&self) -> Vec<Vec<usize>> {
        let mut categories: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for (position, good) in self.consignment.goods.iter().enumerate() {
            let hs6 = good.hs.as_deref().and_then(|hs| hs.get(..6));
            let known = categories
                .iter_mut()
                .find(|(code, _)| hs6.is_some() && *code == hs6);
            match known {
                Some((_, members)) => members.push(position),
                None => categories.push((hs6, vec![position])),
            }
        }
        categories.into_iter().map(|(_, members)| members).collect()
    }

    pub(super) fn rounded(&self, amount: Money) -> Money {
        match self.territory.rounding {
            Rounding::Minor => amount,
            Rounding::Unit => {
                let unit = 10_i64.pow(amount.currency.exponent());
                Money::new((amount.minor + unit / 2) / unit * unit, amount.currency)
            }
        }
    }

    pub(super) fn confidence(&self, validity: &Validity) -> Confidence {
        if validity.is_firm && self.consignment.day <= validity.review_by {
            Confidence::Firm
        } else {
            Confidence::Estimate
        }
    }

    pub(super) fn said(
        &self,
        kind: AppliedKind,
        name: &Arc<str>,
        rate: String,
        note: &Arc<str>,
        validity: &Validity,
    ) -> Said {
        Said {
            applied: Applied {
                kind,
                name: name.clone(),
                rate,
                note: note.clone(),
                amount: None,
                source: validity.source.clone(),
                as_of: validity.as_of,
                from: validity.from,
                to: validity.to,
                review_by: validity.review_by,
                confidence: self.confidence(validity),
            },
            local: None,
        }
    }

    pub(super) fn threshold_said(&self, threshold: &Threshold, kind: AppliedKind) -> Said {
        let name = &threshold.territory;
        let rate = threshold.amount.to_string();
        self.said(kind, name, rate, &threshold.note, &threshold.validity)
    }
}

/// What shares of a consignment are split by.
pub(super) fn by_value(lines: &[Line]) -> Vec<u64> {
    let value = |line: &Line| line.value.minor.unsigned_abs();
    lines.iter().map(value).collect()
}

/// A percent of an amount, half up.
pub(super) fn share(amount: Money, percent: Percent) -> Result<Money, MoneyError> {
    let rate = Rate {
        numerator: i128::from(percent.millionths()),
        denominator: 1_000_000,
    };
    amount.convert_half_up(rate, amount.currency)
}

pub(super) fn with(said: Said, amount: Money) -> Said {
    Said {
        local: Some(amount),
        ..said
    }
}

/// Adds to what the same rule said of other lines.
pub(super) fn merge(said: &mut Vec<Said>, one: Said) {
    let is_same = |other: &&mut Said| {
        other.applied.kind == one.applied.kind
            && other.applied.name == one.applied.name
            && other.applied.rate == one.applied.rate
            && other.applied.source == one.applied.source
    };
    match said.iter_mut().find(is_same) {
        Some(other) => {
            if let (Some(known), Some(more)) = (&mut other.local, one.local) {
                known.minor = known.minor.saturating_add(more.minor);
            }
        }
        None => said.push(one),
    }
}
