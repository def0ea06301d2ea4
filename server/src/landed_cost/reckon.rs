//! Works out a quote from listings, rates and the freight table.

use crate::{
    catalog::{Catalog, Listing, Rates, unit_price},
    landed_cost::{
        freight::{self, FreightRate},
        model::{
            Buyer, Confidence, Days, LineProblem, Quote, QuoteDestination, QuoteLine, QuoteRule,
            QuoteShop, line_problem,
        },
    },
};
use sampan_engine::{
    money::{Currency, Money, MoneyError},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbErr};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// How long a quote holds.
pub const VALID_SECONDS: i64 = 30 * 60;

/// The room's handle.
#[derive(Clone)]
pub struct LandedCost {
    catalog: Catalog,
}

/// What is to be bought, where it goes, and in whose money.
#[derive(Clone, Debug)]
pub struct Ask {
    /// SKU and quantity; a SKU that comes twice counts as one line.
    pub lines: Vec<(String, i64)>,
    pub to: QuoteDestination,
    pub currency: Currency,
    pub buyer: Option<Buyer>,
}

/// Why there can be no quote at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    #[error("there is no rate for {0}")]
    UnknownCurrency(Currency),
    #[error("nothing is sent from {0} to there")]
    NoFreight(String),
    #[error("the amount is too large")]
    TooLarge,
}

/// What one shop's parcel is worked out from.
struct Part<'a> {
    listing: &'a Listing,
    /// Positions in the quote's lines.
    lines: Vec<usize>,
    weight_grams: i64,
    lead_time_days: i64,
}

impl From<MoneyError> for AskError {
    fn from(_: MoneyError) -> Self {
        AskError::TooLarge
    }
}

impl LandedCost {
    pub fn new(catalog: Catalog) -> Self {
        Self { catalog }
    }

    /// A new quote as of `now`; the caller stores it.
    pub async fn quote(
        &self,
        connection: &impl ConnectionTrait,
        id: Uuid,
        now: Timestamp,
        ask: &Ask,
    ) -> Result<Result<Quote, AskError>, DbErr> {
        let wanted = merged(&ask.lines);
        let skus: Vec<&str> = wanted.iter().map(|(sku, _)| sku.as_str()).collect();
        let listings = self.catalog.listings(&skus).await?;
        let available = self.catalog.available(connection, &skus).await?;
        let rates = self.catalog.rates().await?;
        let mut lanes = HashMap::new();
        for listing in listings.values() {
            let origin = &listing.shop.country;
            if !lanes.contains_key(origin) {
                let rate = freight::rate(connection, origin, ask.to.country.as_str()).await?;
                lanes.insert(origin.clone(), rate);
            }
        }
        let market = Market {
            listings,
            available,
            rates,
            lanes,
        };
        Ok(market.quote(id, now, ask, &wanted))
    }
}

/// All that a quote is worked out from, read once.
struct Market {
    listings: HashMap<String, Arc<Listing>>,
    available: HashMap<String, i64>,
    rates: Arc<Rates>,
    /// By origin country.
    lanes: HashMap<String, Option<FreightRate>>,
}

impl Market {
    fn quote(
        &self,
        id: Uuid,
        now: Timestamp,
        ask: &Ask,
        wanted: &[(String, i64)],
    ) -> Result<Quote, AskError> {
        if self
            .rates
            .convert(Money::zero(Currency::EUR), ask.currency)
            .is_none()
        {
            return Err(AskError::UnknownCurrency(ask.currency));
        }
        let mut lines = Vec::with_capacity(wanted.len());
        for (sku, quantity) in wanted {
            lines.push(self.line(sku, *quantity, ask.currency)?);
        }
        let mut shops = Vec::new();
        let mut rules = self.exchange_rules(ask.currency);
        for part in self.parts(&lines)? {
            let (shop, rule) = self.shop(&part, &mut lines, ask)?;
            shops.push(shop);
            rules.push(rule);
        }
        rules.extend(["duty", "tax"].map(|part| not_calculated(part, now)));
        let sum = |amount: fn(&QuoteShop) -> Money| {
            let mut amounts = shops.iter().map(amount);
            amounts.try_fold(Money::zero(ask.currency), Money::checked_add)
        };
        let goods = sum(|shop| shop.goods)?;
        let freight = sum(|shop| shop.freight)?;
        let total = goods.checked_add(freight)?;
        let pieces: i64 = lines
            .iter()
            .filter(|line| line.problem != Some(LineProblem::Unlisted))
            .map(|line| line.quantity)
            .sum();
        Ok(Quote {
            id,
            expires_at: now.plus_seconds(VALID_SECONDS),
            currency: ask.currency,
            ship_to: ask.to.clone(),
            buyer: ask.buyer.clone(),
            lines,
            shops,
            goods,
            freight,
            duty: None,
            tax: None,
            fees: Money::zero(ask.currency),
            total,
            per_piece: (pieces > 0)
                .then(|| Money::new((2 * total.minor + pieces) / (2 * pieces), ask.currency)),
            confidence: Confidence::Unknown,
            rules,
        })
    }

    fn line(&self, sku: &str, quantity: i64, currency: Currency) -> Result<QuoteLine, AskError> {
        let listing = self.listings.get(sku);
        let price = listing.and_then(|listing| unit_price(&listing.tiers, quantity));
        let unit_price = match price {
            Some(price) => self.convert(price, currency)?,
            None => Money::zero(currency),
        };
        let available = self.available.get(sku).copied().unwrap_or(0);
        let problem = match listing {
            Some(listing) if price.is_some() => line_problem(listing, quantity, available),
            _ => Some(LineProblem::Unlisted),
        };
        let goods = if problem == Some(LineProblem::Unlisted) {
            Money::zero(currency)
        } else {
            unit_price.times(quantity)?
        };
        Ok(QuoteLine {
            sku: sku.to_owned(),
            title: listing.map_or_else(|| sku.to_owned(), |listing| listing.title.clone()),
            image: listing.and_then(|listing| listing.image.clone()),
            shop: listing.map_or_else(String::new, |listing| listing.shop.slug.clone()),
            quantity,
            unit_price,
            goods,
            freight: None,
            duty: None,
            tax: None,
            problem,
        })
    }

    /// What can be bought, by shop.
    fn parts(&self, lines: &[QuoteLine]) -> Result<Vec<Part<'_>>, AskError> {
        let mut parts: BTreeMap<&str, Part<'_>> = BTreeMap::new();
        for (position, line) in lines.iter().enumerate() {
            let Some(listing) = self.listings.get(&line.sku) else {
                continue;
            };
            if line.problem == Some(LineProblem::Unlisted) {
                continue;
            }
            let part = parts.entry(&listing.shop.slug).or_insert_with(|| Part {
                listing,
                lines: Vec::new(),
                weight_grams: 0,
                lead_time_days: 0,
            });
            part.lines.push(position);
            part.weight_grams = listing
                .weight_grams
                .checked_mul(line.quantity)
                .and_then(|grams| grams.checked_add(part.weight_grams))
                .ok_or(AskError::TooLarge)?;
            part.lead_time_days = part.lead_time_days.max(listing.lead_time_days);
        }
        Ok(parts.into_values().collect())
    }

    /// One parcel: its freight, split among its lines by weight.
    fn shop(
        &self,
        part: &Part<'_>,
        lines: &mut [QuoteLine],
        ask: &Ask,
    ) -> Result<(QuoteShop, QuoteRule), AskError> {
        let shop = &part.listing.shop;
        let lane = self.lanes.get(&shop.country).and_then(Option::as_ref);
        let lane = lane.ok_or_else(|| AskError::NoFreight(shop.country.clone()))?;
        let price = lane.price(part.weight_grams).ok_or(AskError::TooLarge)?;
        let freight = self.convert(price, ask.currency)?;
        let weights: Vec<u64> = part
            .lines
            .iter()
            .map(|position| self.weight(&lines[*position]))
            .collect();
        let mut goods = Money::zero(ask.currency);
        for (position, share) in part.lines.iter().zip(freight.split(&weights)) {
            lines[*position].freight = Some(share);
            goods = goods.checked_add(lines[*position].goods)?;
        }
        let ready = calendar_days(part.lead_time_days);
        let quoted = QuoteShop {
            slug: shop.slug.clone(),
            name: shop.name.clone(),
            country: shop.country.clone(),
            tint: shop.tint.clone(),
            weight_grams: part.weight_grams,
            goods,
            freight,
            total: goods.checked_add(freight)?,
            days: Days {
                from: lane.days.from + ready,
                to: lane.days.to + ready,
            },
            transit_days: lane.days,
        };
        Ok((quoted, freight_rule(lane, part, &shop.name)))
    }

    fn weight(&self, line: &QuoteLine) -> u64 {
        let grams = self
            .listings
            .get(&line.sku)
            .map_or(0, |listing| listing.weight_grams);
        u64::try_from(grams.saturating_mul(line.quantity)).unwrap_or(0)
    }

    /// The exchange rates behind the goods' prices.
    fn exchange_rules(&self, currency: Currency) -> Vec<QuoteRule> {
        let priced_in =
            |listing: &Arc<Listing>| listing.tiers.first().map(|tier| tier.price.currency);
        let mut from: Vec<Currency> = self.listings.values().filter_map(priced_in).collect();
        from.sort_unstable();
        from.dedup();
        from.into_iter()
            .filter(|from| *from != currency)
            .filter_map(|from| self.rates.cross(from, currency))
            .map(|cross| QuoteRule {
                part: "goods".to_owned(),
                name: format!("Exchange rate {}", cross.pair),
                detail: format!("{} {}", cross.pair, cross.decimal),
                source: cross.source,
                as_of: cross.date,
                confidence: Confidence::Firm,
            })
            .collect()
    }

    fn convert(&self, money: Money, currency: Currency) -> Result<Money, AskError> {
        self.rates
            .convert(money, currency)
            .ok_or(AskError::UnknownCurrency(money.currency))
    }
}

/// One line a SKU, in the order they first came.
fn merged(lines: &[(String, i64)]) -> Vec<(String, i64)> {
    let mut merged: Vec<(String, i64)> = Vec::with_capacity(lines.len());
    for (sku, quantity) in lines {
        match merged.iter_mut().find(|(known, _)| known == sku) {
            Some((_, sum)) => *sum = sum.saturating_add(*quantity),
            None => merged.push((sku.clone(), *quantity)),
        }
    }
    merged
}

/// Five working days are a week.
fn calendar_days(working_days: i64) -> i64 {
    (working_days * 7 + 4) / 5
}

fn freight_rule(lane: &FreightRate, part: &Part<'_>, shop: &str) -> QuoteRule {
    let (kilograms, grams) = (part.weight_grams / 1000, part.weight_grams % 1000);
    QuoteRule {
        part: "freight".to_owned(),
        name: format!("One parcel from {shop}"),
        detail: format!(
            "{} and {} a kilogram, {kilograms}.{grams:03} kg from {} to zone {}",
            lane.base, lane.per_kg, part.listing.shop.country, lane.zone
        ),
        source: lane.source.clone(),
        as_of: lane.as_of.clone(),
        confidence: Confidence::Estimate,
    }
}

fn not_calculated(part: &str, now: Timestamp) -> QuoteRule {
    let name = if part == "duty" { "Duty" } else { "Tax" };
    QuoteRule {
        part: part.to_owned(),
        name: name.to_owned(),
        detail: "Not calculated yet; it may be asked for at the door.".to_owned(),
        source: "Sampan".to_owned(),
        as_of: now.date(),
        confidence: Confidence::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_that_comes_twice_is_one_line() {
        let lines = [
            ("A".to_owned(), 2),
            ("B".to_owned(), 1),
            ("A".to_owned(), 3),
        ];
        assert_eq!(merged(&lines), [("A".to_owned(), 5), ("B".to_owned(), 1)]);
    }

    #[test]
    fn five_working_days_are_a_week() {
        for (working, calendar) in [(0, 0), (1, 2), (5, 7), (7, 10)] {
            assert_eq!(calendar_days(working), calendar);
        }
    }
}
