//! Tax on what the law names, and the border's own fees.

use crate::{
    landed_cost::{
        reckon::{
            AppliedKind, Border, Buyer, Line, ReckonError, Said, Unknown, by_value, share, with,
        },
        rules::{Fee, FeeWhen, Per, Percent, Relief, Tax, Test, Threshold},
    },
    money::{Currency, Money, MoneyError, Rate},
};
use std::collections::BTreeSet;

impl<F: Fn(Currency, Currency) -> Option<Rate>> Border<'_, F> {
    /// Sets every line's tax. Answers whether the seller collects it at the sale.
    pub(super) fn levy_tax(
        &self,
        lines: &mut [Line],
        fees: Money,
        said: &mut Vec<Said>,
        unknown: &mut BTreeSet<Unknown>,
    ) -> Result<bool, ReckonError> {
        let local = self.territory.currency;
        let is_inside = self.is_inside();
        if is_inside && self.is_reversed() {
            return self.reverse_charge(lines, said, unknown);
        }
        let relief = if is_inside {
            None
        } else {
            self.relief(lines, Relief::Tax)?
        };
        if let Some(relief) = relief.filter(|relief| !relief.at_sale) {
            let none = Money::zero(local);
            lines.iter_mut().for_each(|line| line.tax = Some(none));
            said.push(self.threshold_said(relief, AppliedKind::TaxRelief));
            return Ok(false);
        }
        let (to, day) = (self.consignment.to, self.consignment.day);
        let base = self.territory.tax_basis;
        let values = by_value(lines);
        let fee_shares = fees.split(&values);
        // Lines under one rate are taxed together, so that the sum is rounded once.
        let mut groups: Vec<(&Tax, Vec<(usize, Money)>)> = Vec::new();
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
        if is_inside {
            return Ok(true);
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

    /// Bought in another country of the same territory by a business that is known to the tax office.
    fn is_reversed(&self) -> bool {
        self.consignment.from != self.consignment.to
            && self.consignment.buyer
                == Buyer::Business {
                    is_registered: true,
                }
    }

    fn reverse_charge(
        &self,
        lines: &mut [Line],
        said: &mut Vec<Said>,
        unknown: &mut BTreeSet<Unknown>,
    ) -> Result<bool, ReckonError> {
        let (to, day) = (self.consignment.to, self.consignment.day);
        let Some(tax) = self.rules.tax(to, None, day) else {
            unknown.insert(Unknown::Tax);
            return Ok(false);
        };
        let none = Money::zero(self.territory.currency);
        lines.iter_mut().for_each(|line| line.tax = Some(none));
        let rate = format!("{}%", tax.rate);
        let kind = AppliedKind::ReverseCharge;
        said.push(self.said(kind, &tax.name, rate, &tax.note, &tax.validity));
        Ok(true)
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

    pub(super) fn fees(&self, lines: &[Line], said: &mut Vec<Said>) -> Result<Money, ReckonError> {
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
}
