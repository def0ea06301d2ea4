//! The reckoning of one consignment: duty, then tax on what the law names, then the border's own fees.

use crate::{
    landed_cost::{
        rate::{Dutiable, DutyRate},
        rules::{
            Basis, Fee, FeeWhen, FlatDuty, Layer, Limit, Per, Percent, Relief, Rounding, Rules,
            Stacks, Territory, Test, Threshold, Validity,
        },
    },
    money::{Currency, Money, MoneyError, Rate},
    time::Day,
    trade::CountryCode,
};
use std::{collections::BTreeSet, sync::Arc};

/// What crosses the border together.
#[derive(Clone, Debug)]
pub struct Consignment {
    /// The day that decides which rules hold.
    pub day: Day,
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
    Business,
}

/// How sure an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

fn exchange(
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
struct Border<'a, F> {
    rules: &'a Rules,
    territory: &'a Territory,
    consignment: &'a Consignment,
    rate: &'a F,
}

/// A line in the territory's currency.
struct Line {
    value: Money,
    freight: Money,
    duty: Option<Money>,
    tax: Option<Money>,
}

/// A rule that had a say, its amount still in the territory's currency.
struct Said {
    applied: Applied,
    local: Option<Money>,
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
        let range = self.levy_duty(&mut lines, &mut said, &mut unknown)?;
        let fees = self.fees(&lines, &mut said)?;
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

    fn goods_total(&self, lines: &[Line]) -> Result<Money, MoneyError> {
        let mut values = lines.iter().map(|line| line.value);
        values.try_fold(Money::zero(self.territory.currency), Money::checked_add)
    }

    fn freight_total(&self, lines: &[Line]) -> Result<Money, MoneyError> {
        let mut shares = lines.iter().map(|line| line.freight);
        shares.try_fold(Money::zero(self.territory.currency), Money::checked_add)
    }

    /// An amount of a rule in the territory's currency; None without a rate of exchange.
    fn local(&self, amount: Money) -> Result<Option<Money>, MoneyError> {
        let local = self.territory.currency;
        let Some(rate) = exchange(self.rate, amount.currency, local) else {
            return Ok(None);
        };
        amount.convert_half_up(rate, local).map(Some)
    }

    /// Sets every line's duty. Answers the least that it may be, in the territory's minor units, where rates are open.
    fn levy_duty(
        &self,
        lines: &mut [Line],
        said: &mut Vec<Said>,
        unknown: &mut BTreeSet<Unknown>,
    ) -> Result<Option<i64>, ReckonError> {
        let free = Money::zero(self.territory.currency);
        if let Some(relief) = self.relief(lines, Relief::Duty)? {
            lines.iter_mut().for_each(|line| line.duty = Some(free));
            said.push(self.threshold_said(relief, AppliedKind::DutyRelief));
            return Ok(None);
        }
        if let Some(flat) = self.flat_duty(lines)? {
            self.levy_flat(lines, flat, said)?;
            return Ok(None);
        }
        let mut low = 0_i64;
        let mut is_open = false;
        for (position, line) in lines.iter_mut().enumerate() {
            let good = &self.consignment.goods[position];
            if let Some(relief) = self.item_relief(line, good)? {
                line.duty = Some(free);
                merge(said, self.threshold_said(relief, AppliedKind::DutyRelief));
                continue;
            }
            let Some(levied) = self.tariff(position, line, said, unknown)? else {
                continue;
            };
            low = low.checked_add(levied.0).ok_or(MoneyError::Overflow)?;
            is_open |= levied.0 != levied.1.minor;
            line.duty = Some(levied.1);
        }
        Ok(is_open.then_some(low))
    }

    /// A line's duty by the tariff: the least and the most. None where no rule says.
    fn tariff(
        &self,
        position: usize,
        line: &Line,
        said: &mut Vec<Said>,
        unknown: &mut BTreeSet<Unknown>,
    ) -> Result<Option<(i64, Money)>, ReckonError> {
        let good = &self.consignment.goods[position];
        let (territory, day) = (self.territory, self.consignment.day);
        let Some(hs) = good.hs.as_deref() else {
            unknown.insert(Unknown::Hs(position));
            return Ok(None);
        };
        let value = match territory.duty_basis {
            Basis::Cif => line.value.checked_add(line.freight)?,
            Basis::Fob => line.value,
        };
        let dutiable = Dutiable {
            value,
            grams: good.grams,
            items: good.items,
        };
        let amount = |rate: &DutyRate| -> Result<Option<Money>, MoneyError> {
            let local = territory.currency;
            let duty = rate.of(dutiable, |from| exchange(self.rate, from, local))?;
            Ok(duty.map(|duty| self.rounded(duty)))
        };
        let mut low: Option<i64> = None;
        let mut high: Option<(Money, &super::rules::DutyRow)> = None;
        for row in self.rules.duties(territory, hs, day) {
            let Some(duty) = amount(&row.rate)? else {
                unknown.insert(Unknown::Exchange);
                return Ok(None);
            };
            low = Some(low.map_or(duty.minor, |low| low.min(duty.minor)));
            if high.is_none_or(|(most, _)| duty.minor > most.minor) {
                high = Some((duty, row));
            }
        }
        let (Some(mut low), Some((mut duty, row))) = (low, high) else {
            unknown.insert(Unknown::Duty(position));
            return Ok(None);
        };
        let tariff = self.said(
            AppliedKind::Duty,
            &row.hs,
            row.rate.to_string(),
            &row.note,
            &row.validity,
        );
        let preference = good
            .origin
            .and_then(|origin| self.rules.preference(territory, origin, hs, day));
        match preference {
            Some(preference) => {
                let promised =
                    amount(&preference.rate)?.filter(|promised| promised.minor < duty.minor);
                let told = |kind| {
                    self.said(
                        kind,
                        &preference.agreement,
                        preference.rate.to_string(),
                        &preference.proof,
                        &preference.validity,
                    )
                };
                match promised {
                    Some(promised) if good.is_origin_proven => {
                        (low, duty) = (promised.minor.min(low), promised);
                        merge(said, with(told(AppliedKind::Preference), promised));
                    }
                    Some(promised) => {
                        merge(said, with(tariff, duty));
                        merge(said, with(told(AppliedKind::PreferencePossible), promised));
                    }
                    None => merge(said, with(tariff, duty)),
                }
            }
            None => merge(said, with(tariff, duty)),
        }
        for layer in self.layers(good.origin, hs) {
            let percent = share(value, layer.percent)?;
            let extra = |duty: i64| match layer.stacks {
                Stacks::Adds | Stacks::Replaces => percent.minor,
                Stacks::TopsUp => (percent.minor - duty).max(0),
            };
            let most = self.rounded(Money::new(extra(duty.minor), duty.currency));
            let least = self.rounded(Money::new(extra(low), duty.currency));
            low = low.checked_add(least.minor).ok_or(MoneyError::Overflow)?;
            duty = duty.checked_add(most)?;
            let rate = format!("{}%", layer.percent);
            let told = self.said(
                AppliedKind::Layer,
                &layer.name,
                rate,
                &layer.note,
                &layer.validity,
            );
            merge(said, with(told, most));
        }
        Ok(Some((low, duty)))
    }

    /// The layers on goods of an origin: one that replaces stands alone, the highest of them.
    fn layers(&self, origin: Option<CountryCode>, hs: &str) -> Vec<&Layer> {
        let (territory, day) = (self.territory, self.consignment.day);
        let all: Vec<&Layer> = self.rules.layers(territory, origin, hs, day).collect();
        let replacing = all.iter().filter(|layer| layer.stacks == Stacks::Replaces);
        match replacing.max_by_key(|layer| layer.percent) {
            Some(layer) => vec![*layer],
            None => all,
        }
    }

    /// The flat duty with the smallest limit that the goods stay within.
    fn flat_duty(&self, lines: &[Line]) -> Result<Option<&FlatDuty>, ReckonError> {
        let goods = self.goods_total(lines)?;
        let mut found: Option<(i64, &FlatDuty)> = None;
        for flat in self.rules.flat(self.territory, self.consignment.day) {
            let is_for = (!flat.persons_only || self.consignment.buyer == Buyer::Person)
                && self.all_from(&flat.origins);
            let Some(up_to) = self.local(flat.goods_up_to)?.filter(|_| is_for) else {
                continue;
            };
            if goods.minor <= up_to.minor && found.is_none_or(|(least, _)| up_to.minor < least) {
                found = Some((up_to.minor, flat));
            }
        }
        Ok(found.map(|(_, flat)| flat))
    }

    fn levy_flat(
        &self,
        lines: &mut [Line],
        flat: &FlatDuty,
        said: &mut Vec<Said>,
    ) -> Result<(), ReckonError> {
        let local = self.territory.currency;
        let amount = self.local(flat.amount)?.unwrap_or(Money::zero(local));
        let mut total = Money::zero(local);
        match flat.per {
            Per::ItemCategory => {
                for members in self.categories() {
                    let values: Vec<u64> = members
                        .iter()
                        .map(|member| lines[*member].value.minor.unsigned_abs())
                        .collect();
                    for (member, share) in members.iter().zip(amount.split(&values)) {
                        lines[*member].duty = Some(share);
                    }
                    total = total.checked_add(amount)?;
                }
            }
            Per::Item => {
                for (line, good) in lines.iter_mut().zip(&self.consignment.goods) {
                    let duty = amount.times(good.items)?;
                    line.duty = Some(duty);
                    total = total.checked_add(duty)?;
                }
            }
            Per::Consignment => {
                let value = match self.territory.duty_basis {
                    Basis::Cif => self
                        .goods_total(lines)?
                        .checked_add(self.freight_total(lines)?)?,
                    Basis::Fob => self.goods_total(lines)?,
                };
                let minus = self.local(flat.minus)?.unwrap_or(Money::zero(local));
                let levied = share(value, flat.percent)?.checked_add(amount)?;
                total = self.rounded(Money::new((levied.minor - minus.minor).max(0), local));
                let values: Vec<u64> = lines
                    .iter()
                    .map(|line| line.value.minor.unsigned_abs())
                    .collect();
                for (line, share) in lines.iter_mut().zip(total.split(&values)) {
                    line.duty = Some(share);
                }
            }
        }
        let rate = if flat.percent == Percent::ZERO {
            flat.amount.to_string()
        } else {
            format!("{}%", flat.percent)
        };
        let name = self.territory.code.clone();
        let told = self.said(
            AppliedKind::FlatDuty,
            &name,
            rate,
            &flat.note,
            &flat.validity,
        );
        said.push(with(told, total));
        Ok(())
    }

    /// Positions of the lines by six-digit code; a line without one is a category of its own.
    fn categories(&self) -> Vec<Vec<usize>> {
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

    /// The threshold below which the whole consignment is free of duty, or its tax not levied at the border.
    fn relief(&self, lines: &[Line], of: Relief) -> Result<Option<&Threshold>, ReckonError> {
        let goods = self.goods_total(lines)?;
        let consignment = goods.checked_add(self.freight_total(lines)?)?;
        let mut found: Option<&Threshold> = None;
        for threshold in self.thresholds(of) {
            let measured = match threshold.tests {
                Test::Goods => goods,
                Test::Consignment => consignment,
                Test::Item | Test::TaxDue => continue,
            };
            if !self.is_within(measured, threshold)? {
                continue;
            }
            if threshold.at_sale {
                return Ok(Some(threshold));
            }
            found = found.or(Some(threshold));
        }
        Ok(found)
    }

    /// The threshold that this single line's items stay below.
    fn item_relief(&self, line: &Line, good: &Good) -> Result<Option<&Threshold>, ReckonError> {
        for threshold in self.thresholds(Relief::Duty) {
            if threshold.tests == Test::Item && self.is_item_within(line, good, threshold)? {
                return Ok(Some(threshold));
            }
        }
        Ok(None)
    }

    fn is_item_within(
        &self,
        line: &Line,
        good: &Good,
        threshold: &Threshold,
    ) -> Result<bool, ReckonError> {
        let of_all = Threshold {
            amount: threshold.amount.times(good.items.max(1))?,
            ..threshold.clone()
        };
        self.is_within(line.value, &of_all)
    }

    fn thresholds(&self, of: Relief) -> impl Iterator<Item = &Threshold> {
        let consignment = self.consignment;
        let rows = self
            .rules
            .thresholds(self.territory, consignment.to, consignment.day);
        rows.filter(move |row| {
            row.relieves == of
                && (!row.persons_only || consignment.buyer == Buyer::Person)
                && self.all_from(&row.origins)
        })
    }

    fn all_from(&self, origins: &[CountryCode]) -> bool {
        let is_from = |good: &Good| good.origin.is_some_and(|origin| origins.contains(&origin));
        origins.is_empty() || self.consignment.goods.iter().all(is_from)
    }

    fn is_within(&self, measured: Money, threshold: &Threshold) -> Result<bool, ReckonError> {
        let Some(limit) = self.local(threshold.amount)? else {
            return Ok(false);
        };
        Ok(match threshold.limit {
            Limit::UpTo => measured.minor <= limit.minor,
            Limit::Below => measured.minor < limit.minor,
        })
    }

    fn fees(&self, lines: &[Line], said: &mut Vec<Said>) -> Result<Money, ReckonError> {
        let mut total = Money::zero(self.territory.currency);
        let is_relieved = self.relief(lines, Relief::Duty)?.is_some();
        let has_duty = lines
            .iter()
            .any(|line| line.duty.is_none_or(|duty| duty.minor > 0));
        let has_tax = self
            .rules
            .tax(self.consignment.to, None, self.consignment.day)
            .is_some_and(|tax| tax.rate > Percent::ZERO);
        let fees = self
            .rules
            .fees(self.territory, self.consignment.to, self.consignment.day);
        for fee in fees {
            let is_due = match fee.when {
                FeeWhen::Always => true,
                FeeWhen::DutyOrTaxDue => has_duty || has_tax,
                FeeWhen::AboveThreshold => !is_relieved,
            };
            if !is_due || !self.is_charged(fee, lines)? {
                continue;
            }
            let Some(amount) = self.fee(fee, lines)? else {
                continue;
            };
            total = total.checked_add(amount)?;
            let rate = if fee.percent == Percent::ZERO {
                fee.amount.to_string()
            } else {
                format!("{}%", fee.percent)
            };
            let told = self.said(AppliedKind::Fee, &fee.name, rate, &fee.note, &fee.validity);
            said.push(with(told, amount));
        }
        Ok(total)
    }

    /// Are the goods worth as much as the fee asks for?
    fn is_charged(&self, fee: &Fee, lines: &[Line]) -> Result<bool, ReckonError> {
        let goods = self.goods_total(lines)?.minor;
        let local = |limit: Option<Money>| -> Result<Option<i64>, MoneyError> {
            let limit = limit.map(|limit| self.local(limit)).transpose()?.flatten();
            Ok(limit.map(|limit| limit.minor))
        };
        Ok(local(fee.goods_above)?.is_none_or(|above| goods > above)
            && local(fee.goods_up_to)?.is_none_or(|up_to| goods <= up_to))
    }

    fn fee(&self, fee: &Fee, lines: &[Line]) -> Result<Option<Money>, ReckonError> {
        let Some(fixed) = self.local(fee.amount)? else {
            return Ok(None);
        };
        let times = match fee.per {
            Per::Consignment => 1,
            Per::ItemCategory => self.categories().len() as i64,
            Per::Item => self.consignment.goods.iter().map(|good| good.items).sum(),
        };
        let shared = share(self.goods_total(lines)?, fee.percent)?;
        let mut amount = fixed.times(times)?.checked_add(shared)?;
        if let Some(minimum) = fee
            .minimum
            .map(|least| self.local(least))
            .transpose()?
            .flatten()
        {
            amount.minor = amount.minor.max(minimum.minor);
        }
        if let Some(maximum) = fee
            .maximum
            .map(|most| self.local(most))
            .transpose()?
            .flatten()
        {
            amount.minor = amount.minor.min(maximum.minor);
        }
        Ok(Some(amount))
    }

    /// Sets every line's tax. Answers whether the seller collects it at the sale.
    fn levy_tax(
        &self,
        lines: &mut [Line],
        fees: Money,
        said: &mut Vec<Said>,
        unknown: &mut BTreeSet<Unknown>,
    ) -> Result<bool, ReckonError> {
        let local = self.territory.currency;
        let relief = self.relief(lines, Relief::Tax)?;
        if let Some(relief) = relief.filter(|relief| !relief.at_sale) {
            let none = Money::zero(local);
            lines.iter_mut().for_each(|line| line.tax = Some(none));
            said.push(self.threshold_said(relief, AppliedKind::TaxRelief));
            return Ok(false);
        }
        let (to, day) = (self.consignment.to, self.consignment.day);
        let base = self.territory.tax_basis;
        let values: Vec<u64> = lines
            .iter()
            .map(|line| line.value.minor.unsigned_abs())
            .collect();
        let fee_shares = fees.split(&values);
        // Lines under one rate are taxed together, so that the sum is rounded once.
        let mut groups: Vec<(&super::rules::Tax, Vec<(usize, Money)>)> = Vec::new();
        let mut is_known = true;
        for (position, line) in lines.iter().enumerate() {
            let hs = self.consignment.goods[position].hs.as_deref();
            let Some(tax) = self.rules.tax(to, hs, day) else {
                unknown.insert(Unknown::Tax);
                return Ok(false);
            };
            let mut taxed = line.value;
            if base.freight {
                taxed = taxed.checked_add(line.freight)?;
            }
            if base.duty {
                match line.duty {
                    Some(duty) => taxed = taxed.checked_add(duty)?,
                    None if tax.rate > Percent::ZERO => is_known = false,
                    None => {}
                }
            }
            if base.fees {
                taxed = taxed.checked_add(fee_shares[position])?;
            }
            match groups
                .iter_mut()
                .find(|(known, _)| std::ptr::eq(*known, tax))
            {
                Some((_, members)) => members.push((position, taxed)),
                None => groups.push((tax, vec![(position, taxed)])),
            }
        }
        if !is_known {
            return Ok(false);
        }
        let mut total = Money::zero(local);
        for (tax, members) in &groups {
            let mut bases = members.iter().map(|(_, taxed)| *taxed);
            let taxed = bases.try_fold(Money::zero(local), Money::checked_add)?;
            let amount = self.rounded(share(taxed, tax.rate)?);
            total = total.checked_add(amount)?;
            let weights: Vec<u64> = members
                .iter()
                .map(|(_, taxed)| taxed.minor.unsigned_abs())
                .collect();
            for ((position, _), share) in members.iter().zip(amount.split(&weights)) {
                lines[*position].tax = Some(share);
            }
            let told = self.said(
                AppliedKind::Tax,
                &tax.name,
                format!("{}%", tax.rate),
                &tax.note,
                &tax.validity,
            );
            said.push(with(told, amount));
        }
        for threshold in self.thresholds(Relief::Tax) {
            if threshold.tests == Test::TaxDue && self.is_within(total, threshold)? {
                let none = Money::zero(local);
                lines.iter_mut().for_each(|line| line.tax = Some(none));
                said.retain(|each| each.applied.kind != AppliedKind::Tax);
                said.push(self.threshold_said(threshold, AppliedKind::TaxRelief));
                return Ok(false);
            }
        }
        let at_sale = match relief {
            Some(relief) => Some(relief),
            None => self.items_at_sale(lines)?,
        };
        if let Some(threshold) = at_sale {
            said.push(self.threshold_said(threshold, AppliedKind::TaxAtSale));
        }
        Ok(at_sale.is_some())
    }

    /// The threshold below which each item's tax is collected at the sale, if all items are.
    fn items_at_sale(&self, lines: &[Line]) -> Result<Option<&Threshold>, ReckonError> {
        for threshold in self.thresholds(Relief::Tax) {
            if threshold.tests != Test::Item || !threshold.at_sale {
                continue;
            }
            let mut is_within = true;
            for (line, good) in lines.iter().zip(&self.consignment.goods) {
                is_within &= self.is_item_within(line, good, threshold)?;
            }
            if is_within {
                return Ok(Some(threshold));
            }
        }
        Ok(None)
    }

    fn rounded(&self, amount: Money) -> Money {
        match self.territory.rounding {
            Rounding::Minor => amount,
            Rounding::Unit => {
                let unit = 10_i64.pow(amount.currency.exponent());
                Money::new((amount.minor + unit / 2) / unit * unit, amount.currency)
            }
        }
    }

    fn confidence(&self, validity: &Validity) -> Confidence {
        if validity.is_firm && self.consignment.day <= validity.review_by {
            Confidence::Firm
        } else {
            Confidence::Estimate
        }
    }

    fn said(
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

    fn threshold_said(&self, threshold: &Threshold, kind: AppliedKind) -> Said {
        let name = &threshold.territory;
        let rate = threshold.amount.to_string();
        self.said(kind, name, rate, &threshold.note, &threshold.validity)
    }
}

/// A percent of an amount, half up.
fn share(amount: Money, percent: Percent) -> Result<Money, MoneyError> {
    let rate = Rate {
        numerator: i128::from(percent.millionths()),
        denominator: 1_000_000,
    };
    amount.convert_half_up(rate, amount.currency)
}

fn with(said: Said, amount: Money) -> Said {
    Said {
        local: Some(amount),
        ..said
    }
}

/// Adds to what the same rule said of other lines.
fn merge(said: &mut Vec<Said>, one: Said) {
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
