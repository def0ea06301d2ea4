//! Works out a quote from listings, rates of exchange and the rules: a shop's parcels from where they best leave, added
//! up.

use crate::{
    catalog::{Catalog, Listing, Rates, unit_price},
    landed_cost::{
        allocate,
        buyer::BuyerKind,
        model::{
            LineProblem, Quote, QuoteDestination, QuoteLine, QuoteRule, QuoteShop, Wishes,
            line_problem,
        },
        rules::{RuleBook, RuleSet},
        storage::{KeepError, Keeper},
        told,
    },
    platform::Platform,
    stock::{self, Shelf},
};
use sampan_engine::{
    landed_cost::{Buyer, Confidence, Range},
    money::{Currency, Money, MoneyError},
    time::{Day, Timestamp},
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
    rules: RuleBook,
    keeper: Keeper,
}

/// What is to be bought, where it goes, and in whose money.
#[derive(Clone, Debug)]
pub struct Ask {
    /// SKU and quantity; a SKU that comes twice counts as one line.
    pub lines: Vec<(String, i64)>,
    pub to: QuoteDestination,
    pub currency: Currency,
    pub wishes: Wishes,
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

impl From<MoneyError> for AskError {
    fn from(_: MoneyError) -> Self {
        AskError::TooLarge
    }
}

impl LandedCost {
    pub fn new(platform: Platform, catalog: Catalog) -> Self {
        Self {
            catalog,
            keeper: Keeper::start(platform.db.clone()),
            rules: RuleBook::new(platform.db, platform.clock, platform.ids),
        }
    }

    /// Stores a quote for its shopper; `body` is the quote as JSON.
    pub async fn keep(
        &self,
        scope_id: Uuid,
        quote: &Quote,
        body: String,
        now: Timestamp,
    ) -> Result<(), KeepError> {
        self.keeper.keep(scope_id, quote, body, now).await
    }

    /// The rules that quotes rest on.
    pub fn rules(&self) -> &RuleBook {
        &self.rules
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// A new quote as of `now`; the caller stores it.
    pub async fn quote(
        &self,
        connection: &impl ConnectionTrait,
        id: Uuid,
        now: Timestamp,
        ask: &Ask,
    ) -> Result<Result<Quote, AskError>, DbErr> {
        let market = self.market(connection, now.day(), ask).await?;
        Ok(market.quote(id, now, ask))
    }

    /// What the same would cost by the rules of other days, at today's prices and rates of exchange. Nothing of it is
    /// promised or stored.
    pub async fn on_days(
        &self,
        connection: &impl ConnectionTrait,
        now: Timestamp,
        days: &[Day],
        ask: &Ask,
    ) -> Result<Result<Vec<Quote>, AskError>, DbErr> {
        let mut market = self.market(connection, now.day(), ask).await?;
        let mut quotes = Vec::with_capacity(days.len());
        for day in days {
            market.day = *day;
            match market.quote(Uuid::nil(), now, ask) {
                Ok(quote) => quotes.push(quote),
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(quotes))
    }

    async fn market(
        &self,
        connection: &impl ConnectionTrait,
        day: Day,
        ask: &Ask,
    ) -> Result<Market, DbErr> {
        let wanted = merged(&ask.lines);
        let skus: Vec<&str> = wanted.iter().map(|(sku, _)| sku.as_str()).collect();
        let listings = self.catalog.listings(&skus).await?;
        let shelves = stock::shelves(connection, &skus).await?;
        let rates = self.catalog.rates().await?;
        Ok(Market {
            wanted,
            listings,
            shelves,
            rates,
            rules: self.rules.current().await?,
            day,
        })
    }
}

/// All that a quote is worked out from, read once.
pub(super) struct Market {
    wanted: Vec<(String, i64)>,
    listings: HashMap<String, Arc<Listing>>,
    shelves: HashMap<String, Vec<Shelf>>,
    pub(super) rates: Arc<Rates>,
    pub(super) rules: Arc<RuleSet>,
    pub(super) day: Day,
}

impl Market {
    fn quote(&self, id: Uuid, now: Timestamp, ask: &Ask) -> Result<Quote, AskError> {
        if self
            .rates
            .convert(Money::zero(Currency::EUR), ask.currency)
            .is_none()
        {
            return Err(AskError::UnknownCurrency(ask.currency));
        }
        let mut lines = Vec::with_capacity(self.wanted.len());
        for (sku, quantity) in &self.wanted {
            lines.push(self.line(sku, *quantity, ask.currency)?);
        }
        let mut shops = Vec::new();
        let mut rules = self.exchange_rules(ask.currency);
        let mut changed_for_business = Vec::new();
        for part in self.parts(&lines) {
            for parcel in allocate::quote(self, ask, &part, &mut lines)? {
                shops.push(parcel.shop);
                rules.extend(parcel.rules);
                changed_for_business.extend(parcel.changed_for_business);
            }
        }
        let sums = Sums::of(&shops, ask.currency)?;
        let pieces: i64 = lines
            .iter()
            .filter(|line| line.freight.is_some())
            .map(|line| line.quantity)
            .sum();
        let landed = sums
            .total
            .checked_add(sums.at_door.unwrap_or(Money::zero(ask.currency)))?;
        Ok(Quote {
            id,
            expires_at: now.plus_seconds(VALID_SECONDS),
            day: self.day.to_string(),
            currency: ask.currency,
            ship_to: ask.to.clone(),
            wishes: ask.wishes.clone(),
            goods: sums.goods,
            freight: sums.freight,
            duty: sums.duty,
            duty_range: sums.duty_range,
            tax: sums.tax,
            fees: sums.fees,
            total: sums.total,
            at_door: sums.at_door,
            per_piece: (pieces > 0)
                .then(|| Money::new((2 * landed.minor + pieces) / (2 * pieces), ask.currency)),
            confidence: confidence(&shops),
            lines,
            shops,
            rules,
            changed_for_business,
        })
    }

    fn line(&self, sku: &str, quantity: i64, currency: Currency) -> Result<QuoteLine, AskError> {
        let listing = self.listings.get(sku);
        let price = listing.and_then(|listing| unit_price(&listing.tiers, quantity));
        let unit_price = match price {
            Some(price) => self.convert(price, currency)?,
            None => Money::zero(currency),
        };
        let serves = |shelf: &&Shelf| self.serves(shelf, quantity).is_some();
        let available = match self.shelves(sku).iter().find(serves) {
            Some(_) => quantity,
            None => 0,
        };
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
            parcel: String::new(),
            warehouse: None,
            quantity,
            unit_price,
            goods,
            freight: None,
            duty: None,
            tax: None,
            problem,
            ships_on: None,
            hs: listing.and_then(|listing| listing.hs6.clone()),
            origin: listing.map_or_else(String::new, |listing| listing.origin.clone()),
            unknown: None,
        })
    }

    /// What can be bought, by shop: positions of its lines.
    fn parts(&self, lines: &[QuoteLine]) -> Vec<Vec<usize>> {
        let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, line) in lines.iter().enumerate() {
            if line.problem != Some(LineProblem::Unlisted) {
                parts.entry(&line.shop).or_default().push(position);
            }
        }
        parts.into_values().collect()
    }

    /// What is free of a variant, place by place.
    pub(super) fn shelves(&self, sku: &str) -> &[Shelf] {
        self.shelves.get(sku).map_or(&[], Vec::as_slice)
    }

    /// Can a line leave from this shelf, and on which day where its goods are yet to come? Whole from what is on hand, else
    /// whole from what is promised.
    pub(super) fn serves<'a>(&self, shelf: &'a Shelf, quantity: i64) -> Option<Option<&'a str>> {
        if shelf.free >= quantity {
            return Some(None);
        }
        let coming = shelf.coming.as_ref()?;
        let is_enough = coming.serves(quantity, self.day);
        is_enough.then_some(Some(coming.on.as_str()))
    }

    pub(super) fn listing(&self, line: &QuoteLine) -> Result<&Arc<Listing>, AskError> {
        self.listings
            .get(&line.sku)
            .ok_or_else(|| AskError::NoFreight(line.shop.clone()))
    }

    /// Whom the engine takes the buyer for; a number counts in the territory that gave it.
    pub(super) fn buyer(&self, ask: &Ask) -> Buyer {
        let Some(buyer) = ask.wishes.buyer.as_ref() else {
            return Buyer::Person;
        };
        if buyer.kind == BuyerKind::Person {
            return Buyer::Person;
        }
        let territory = self.rules.rules.territory(ask.to.country, self.day);
        let country = buyer.vat_country();
        Buyer::Business {
            is_registered: territory
                .zip(country)
                .is_some_and(|(territory, country)| territory.countries.contains(&country)),
        }
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
            .map(|cross| told::exchange(cross, self.day))
            .collect()
    }

    pub(super) fn convert(&self, money: Money, currency: Currency) -> Result<Money, AskError> {
        self.rates
            .convert(money, currency)
            .ok_or(AskError::UnknownCurrency(money.currency))
    }
}

/// The parcels added up; a part that one of them does not know is not known.
struct Sums {
    goods: Money,
    freight: Money,
    duty: Option<Money>,
    duty_range: Option<Range>,
    tax: Option<Money>,
    fees: Option<Money>,
    total: Money,
    at_door: Option<Money>,
}

impl Sums {
    fn of(shops: &[QuoteShop], currency: Currency) -> Result<Self, AskError> {
        let sum =
            |amount: &dyn Fn(&QuoteShop) -> Option<Money>| -> Result<Option<Money>, AskError> {
                let mut sum = Money::zero(currency);
                for shop in shops {
                    match amount(shop) {
                        Some(amount) => sum = sum.checked_add(amount)?,
                        None => return Ok(None),
                    }
                }
                Ok(Some(sum))
            };
        let known = |amount: &dyn Fn(&QuoteShop) -> Money| {
            sum(&|shop| Some(amount(shop))).map(|sum| sum.unwrap_or(Money::zero(currency)))
        };
        let end =
            |end: fn(&Range) -> Money| sum(&|shop| shop.duty_range.as_ref().map(end).or(shop.duty));
        let is_open = shops.iter().any(|shop| shop.duty_range.is_some());
        let range = end(|range| range.low)?.zip(end(|range| range.high)?);
        Ok(Self {
            goods: known(&|shop| shop.goods)?,
            freight: known(&|shop| shop.freight)?,
            duty: sum(&|shop| shop.duty)?,
            duty_range: range
                .filter(|_| is_open)
                .map(|(low, high)| Range { low, high }),
            tax: sum(&|shop| shop.tax)?,
            fees: sum(&|shop| shop.fees)?,
            total: known(&|shop| shop.total)?,
            at_door: sum(&|shop| shop.at_door)?,
        })
    }
}

/// The least certain parcel's.
fn confidence(shops: &[QuoteShop]) -> Confidence {
    let parcels = shops.iter().map(|shop| shop.confidence);
    parcels.max().unwrap_or(Confidence::Unknown)
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
pub(super) fn calendar_days(working_days: i64) -> i64 {
    (working_days * 7 + 4) / 5
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
