//! Thresholds: what is not levied, or not at the border.

use crate::{
    landed_cost::{
        reckon::{Border, Buyer, Good, Line, ReckonError},
        rules::{Limit, Relief, Test, Threshold},
    },
    money::{Currency, Money, Rate},
    trade::CountryCode,
};

impl<F: Fn(Currency, Currency) -> Option<Rate>> Border<'_, F> {
    /// The threshold below which the whole consignment is free of duty, or its tax not levied at the border.
    pub(super) fn relief(
        &self,
        lines: &[Line],
        of: Relief,
    ) -> Result<Option<&Threshold>, ReckonError> {
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
    pub(super) fn item_relief(
        &self,
        line: &Line,
        good: &Good,
    ) -> Result<Option<&Threshold>, ReckonError> {
        for threshold in self.thresholds(Relief::Duty) {
            if threshold.tests == Test::Item && self.is_item_within(line, good, threshold)? {
                return Ok(Some(threshold));
            }
        }
        Ok(None)
    }

    pub(super) fn is_item_within(
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

    pub(super) fn thresholds(&self, of: Relief) -> impl Iterator<Item = &Threshold> {
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

    pub(super) fn all_from(&self, origins: &[CountryCode]) -> bool {
        let is_from = |good: &Good| good.origin.is_some_and(|origin| origins.contains(&origin));
        origins.is_empty() || self.consignment.goods.iter().all(is_from)
    }

    pub(super) fn is_within(
        &self,
        measured: Money,
        threshold: &Threshold,
    ) -> Result<bool, ReckonError> {
        let Some(limit) = self.local(threshold.amount)? else {
            return Ok(false);
        };
        Ok(match threshold.limit {
            Limit::UpTo => measured.minor <= limit.minor,
            Limit::Below => measured.minor < limit.minor,
        })
    }
}
