//! Duty, line by line: relieved, flat, or by the tariff with what agreements promise and layers add.

use crate::{
    landed_cost::{
        rate::{Dutiable, DutyRate},
        reckon::{
            AppliedKind, Border, Buyer, Line, ReckonError, Said, Unknown, by_value, exchange,
            merge, share, with,
        },
        rules::{Basis, DutyRow, FlatDuty, Layer, Per, Percent, Relief, Stacks},
    },
    money::{Currency, Money, MoneyError, Rate},
    trade::CountryCode,
};
use std::{collections::BTreeSet, sync::Arc};

impl<F: Fn(Currency, Currency) -> Option<Rate>> Border<'_, F> {
    /// Sets every line's duty. Answers the least that it may be, in the territory's minor units, where rates are open.
    pub(super) fn levy_duty(
        &self,
        lines: &mut [Line],
        said: &mut Vec<Said>,
        unknown: &mut BTreeSet<Unknown>,
    ) -> Result<Option<i64>, ReckonError> {
        let free = Money::zero(self.territory.currency);
        if self.is_inside() {
            lines.iter_mut().for_each(|line| line.duty = Some(free));
            said.push(self.no_border());
            return Ok(None);
        }
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

    fn no_border(&self) -> Said {
        let (name, validity) = (&self.territory.name, &self.territory.validity);
        let nothing = (String::new(), Arc::from(""));
        self.said(AppliedKind::NoBorder, name, nothing.0, &nothing.1, validity)
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
        let mut high: Option<(Money, &DutyRow)> = None;
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
                let values = by_value(lines);
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
}
