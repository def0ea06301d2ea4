//! The carriers' cards and the zones they count in.

use crate::{
    freight::dangerous_goods::DangerousGoods,
    landed_cost::{Percent, Validity},
    money::Money,
    time::Day,
    trade::CountryCode,
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};

/// The zone of countries that no row names.
pub const REST_OF_WORLD: &str = "ROW";

/// How a parcel travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Letter post and parcels of the postal operators.
    Post,
    /// A courier, by air.
    Express,
    /// Gathered with others' parcels and sent on a fixed day.
    Consolidated,
}

/// One line of a carrier's price list.
#[derive(Clone, Debug)]
pub struct Card {
    pub carrier: Arc<str>,
    pub service: Service,
    /// None: from anywhere without a card of its own.
    pub origin: Option<CountryCode>,
    pub zone: Arc<str>,
    /// The heaviest parcel this line is for, in chargeable grams.
    pub up_to_grams: i64,
    /// The lightest that is counted; a lighter one pays for so much.
    pub min_grams: i64,
    pub base: Money,
    pub per_kg: Money,
    /// Cubic centimetres that count as one kilogram; None: room does not count.
    pub divisor: Option<i64>,
    pub max_side_mm: Option<i64>,
    /// From hand-over to door.
    pub days: (i64, i64),
    pub advance_fee: AdvanceFee,
    /// UN numbers that this carrier takes, within the limits of [`DangerousGoods`].
    pub accepts: Vec<Arc<str>>,
    pub note: Arc<str>,
    pub validity: Validity,
}

/// What a carrier takes for paying duty and tax at the border: a share of them, and at least so much.
#[derive(Clone, Copy, Debug)]
pub struct AdvanceFee {
    pub percent: Percent,
    pub minimum: Money,
}

/// Which zone a country belongs to.
#[derive(Clone, Debug)]
pub struct Zone {
    pub country: CountryCode,
    pub zone: Arc<str>,
    pub validity: Validity,
}

/// All cards, zones and dangerous goods.
#[derive(Clone, Debug, Default)]
pub struct Tariffs {
    pub cards: Vec<Card>,
    pub zones: Vec<Zone>,
    pub dangerous_goods: Vec<DangerousGoods>,
    index: Index,
}

/// Positions of the cards by zone, and zones by country; made once all rows are in.
#[derive(Clone, Debug, Default)]
struct Index {
    cards: HashMap<Arc<str>, Vec<usize>>,
    zones: HashMap<CountryCode, Vec<usize>>,
    goods: HashMap<Arc<str>, Vec<usize>>,
}

impl Service {
    pub const ALL: [Service; 3] = [Service::Post, Service::Express, Service::Consolidated];

    pub const fn as_str(self) -> &'static str {
        match self {
            Service::Post => "post",
            Service::Express => "express",
            Service::Consolidated => "consolidated",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|service| service.as_str() == text)
    }
}

impl Tariffs {
    /// Makes the rows ready to be asked.
    pub fn indexed(mut self) -> Self {
        let mut index = Index::default();
        for (at, card) in self.cards.iter().enumerate() {
            index.cards.entry(card.zone.clone()).or_default().push(at);
        }
        for (at, zone) in self.zones.iter().enumerate() {
            index.zones.entry(zone.country).or_default().push(at);
        }
        for (at, goods) in self.dangerous_goods.iter().enumerate() {
            index.goods.entry(goods.un.clone()).or_default().push(at);
        }
        self.index = index;
        self
    }

    /// The zone of a country on a day; [`REST_OF_WORLD`] when no row names it.
    pub fn zone(&self, country: CountryCode, day: Day) -> &str {
        let rows = self.index.zones.get(&country).into_iter().flatten();
        let mut rows = rows.map(|at| &self.zones[*at]);
        rows.find(|row| row.validity.holds(day))
            .map_or(REST_OF_WORLD, |row| &*row.zone)
    }

    /// The cards of a zone that hold on a day.
    pub(super) fn cards(&self, zone: &str, day: Day) -> impl Iterator<Item = &Card> {
        let rows = self.index.cards.get(zone).into_iter().flatten();
        rows.map(|at| &self.cards[*at])
            .filter(move |card| card.validity.holds(day))
    }

    /// What is known of a UN number for a service.
    pub(super) fn dangerous(
        &self,
        un: &str,
        service: Service,
        day: Day,
    ) -> Option<&DangerousGoods> {
        let rows = self.index.goods.get(un).into_iter().flatten();
        let mut rows = rows.map(|at| &self.dangerous_goods[*at]);
        rows.find(|row| row.service == service && row.validity.holds(day))
    }
}
