//! Where a shop's goods leave from: the place, or the two places, with the least cost, days and parcels together.
//!
//! A line leaves from one place. Plans are all places that hold every line, and all pairs that hold them together; each
//! is quoted in full, so that freight, duty and tax from there count as they will be charged. A day of waiting, for goods
//! that are yet to come as for a carrier, and a further parcel have a price of their own, written here and nowhere else.

use crate::{
    landed_cost::{
        model::{AllocationWhy, Instead, LineProblem, QuoteLine, QuoteOrigin},
        parcel::{self, Parcel},
        quote::{Ask, AskError, Market},
    },
    stock::Warehouse,
};
use sampan_engine::money::{Currency, Money};

/// What a day sooner is worth to a shopper.
const DAY: Money = Money::new(100, Currency::EUR);
/// What one parcel instead of two is worth: one notification, one walk to the door.
const FURTHER_PARCEL: Money = Money::new(300, Currency::EUR);

/// Lines of a shop that leave from one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// None: from the maker.
    pub warehouse: Option<Warehouse>,
    /// Positions of the lines.
    pub positions: Vec<usize>,
}

/// A plan with all that it comes to.
struct Priced {
    places: Vec<Option<Warehouse>>,
    parcels: Vec<Parcel>,
    lines: Vec<QuoteLine>,
    /// Lines that nobody carries.
    left: usize,
    /// Parcels whose border nobody knows.
    unknown: usize,
    landed: Money,
    days: i64,
    score: i64,
}

/// Quotes a shop's lines from where they best leave, and writes their parts into `lines`.
pub fn quote(
    market: &Market,
    ask: &Ask,
    part: &[usize],
    lines: &mut Vec<QuoteLine>,
) -> Result<Vec<Parcel>, AskError> {
    let places = places(market, part, lines);
    if let [only] = places.as_slice() {
        let leaving = Leaving {
            warehouse: only.clone(),
            positions: part.to_vec(),
        };
        return Ok(parcel::quote(market, ask, &leaving, lines)?
            .into_iter()
            .collect());
    }
    let mut priced = Vec::new();
    let mut refused = None;
    for plan in plans(market, &places, part, lines) {
        match price(market, ask, &plan, lines) {
            Ok(plan) => priced.push(plan),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    priced.sort_by_key(|plan| (plan.left, plan.unknown, plan.score, plan.parcels.len()));
    let mut ranked = priced.into_iter();
    let Some(mut best) = ranked.next() else {
        return match refused {
            Some(error) => Err(error),
            None => Ok(Vec::new()),
        };
    };
    let others: Vec<Priced> = ranked
        .filter(|plan| plan.places.len() == 1 && plan.places != best.places)
        .collect();
    // What shoppers ask is what it would have been from the maker.
    let next = others
        .iter()
        .find(|plan| plan.places == [None])
        .or(others.first());
    let (why, instead) = reason(&best, next);
    for parcel in &mut best.parcels {
        let origin = &mut parcel.shop.ships_from;
        (origin.why, origin.instead) = (why, instead.clone());
    }
    *lines = best.lines;
    Ok(best.parcels)
}

/// Where these lines lie; with the maker first, also when nothing is there.
fn places(market: &Market, part: &[usize], lines: &[QuoteLine]) -> Vec<Option<Warehouse>> {
    let mut places = vec![None];
    for position in part {
        let line = &lines[*position];
        for shelf in market.shelves(&line.sku) {
            if market.serves(shelf, line.quantity).is_some() && !places.contains(&shelf.warehouse) {
                places.push(shelf.warehouse.clone());
            }
        }
    }
    places
}

/// Every way worth pricing: one place for all, two places together, and, when no two have everything, each line from the
/// first place that has it. The places of a plan are in the order of its parcels.
fn plans(
    market: &Market,
    places: &[Option<Warehouse>],
    part: &[usize],
    lines: &[QuoteLine],
) -> Vec<Vec<Leaving>> {
    let has = |place: &Option<Warehouse>, position: usize| {
        let line = &lines[position];
        // Short everywhere: it hinders no plan, and the line tells its problem itself.
        line.problem == Some(LineProblem::ShortStock)
            || market.shelves(&line.sku).iter().any(|shelf| {
                shelf.warehouse == *place && market.serves(shelf, line.quantity).is_some()
            })
    };
    let mut plans: Vec<Vec<Leaving>> = Vec::new();
    let mut add = |order: &[&Option<Warehouse>], must_be_whole: bool| {
        let mut plan: Vec<Leaving> = Vec::new();
        for position in part {
            let place = order.iter().find(|place| has(place, *position));
            let place = match (place, must_be_whole) {
                (Some(place), _) => *place,
                (None, true) => return,
                (None, false) => &None,
            };
            match plan.iter_mut().find(|leaving| leaving.warehouse == *place) {
                Some(leaving) => leaving.positions.push(*position),
                None => plan.push(Leaving {
                    warehouse: place.clone(),
                    positions: vec![*position],
                }),
            }
        }
        if !plans.contains(&plan) {
            plans.push(plan);
        }
    };
    for first in places {
        add(&[first], true);
        for second in places.iter().filter(|second| *second != first) {
            add(&[first, second], true);
        }
    }
    let all: Vec<&Option<Warehouse>> = places.iter().collect();
    add(&all, false);
    plans
}

fn price(
    market: &Market,
    ask: &Ask,
    plan: &[Leaving],
    lines: &[QuoteLine],
) -> Result<Priced, AskError> {
    let mut lines = lines.to_vec();
    let mut parcels = Vec::with_capacity(plan.len());
    for leaving in plan {
        parcels.extend(parcel::quote(market, ask, leaving, &mut lines)?);
    }
    let mut landed = Money::zero(ask.currency);
    for parcel in &parcels {
        landed = landed.checked_add(parcel.shop.total)?;
        landed = landed.checked_add(parcel.shop.at_door.unwrap_or(Money::zero(ask.currency)))?;
    }
    let days = parcels.iter().map(|parcel| parcel.shop.days.to).max();
    let days = days.unwrap_or(0);
    let further = parcels.len().saturating_sub(1) as i64;
    let day = market.convert(DAY, ask.currency)?.times(days)?;
    let further = market
        .convert(FURTHER_PARCEL, ask.currency)?
        .times(further)?;
    Ok(Priced {
        places: plan
            .iter()
            .map(|leaving| leaving.warehouse.clone())
            .collect(),
        left: lines
            .iter()
            .filter(|line| line.problem == Some(LineProblem::NotCarried))
            .count(),
        unknown: parcels
            .iter()
            .filter(|parcel| parcel.shop.at_door.is_none())
            .count(),
        score: landed.checked_add(day)?.checked_add(further)?.minor,
        parcels,
        lines,
        landed,
        days,
    })
}

/// Why the best plan is the best, beside another that leaves from one place.
fn reason(best: &Priced, next: Option<&Priced>) -> (AllocationWhy, Option<Instead>) {
    let Some((next, place)) = next.and_then(|next| Some((next, next.parcels.first()?))) else {
        let is_split = best.parcels.len() > 1;
        let why = if is_split {
            AllocationWhy::Split
        } else {
            AllocationWhy::Only
        };
        return (why, None);
    };
    let dearer = next.landed.minor - best.landed.minor;
    let later = next.days - best.days;
    let why = if best.parcels.len() > 1 {
        AllocationWhy::Split
    } else if best.unknown < next.unknown {
        AllocationWhy::Known
    } else if dearer >= 0 && later >= 0 {
        AllocationWhy::CheaperAndSooner
    } else if dearer >= 0 {
        AllocationWhy::Cheaper
    } else {
        AllocationWhy::Sooner
    };
    let instead = Instead {
        place: place.shop.ships_from.place.clone(),
        country: place.shop.country.clone(),
        dearer: Money::new(dearer, best.landed.currency),
        days_later: later,
    };
    (why, Some(instead))
}

impl QuoteOrigin {
    /// As long as there was no choice.
    pub(super) fn only(warehouse: Option<&Warehouse>, maker: (&str, &str, &str)) -> Self {
        let (name, place, country) = match warehouse {
            Some(warehouse) => (
                warehouse.name.as_str(),
                warehouse.place.as_str(),
                warehouse.country.as_str(),
            ),
            None => maker,
        };
        Self {
            warehouse: warehouse.map(|warehouse| warehouse.slug.clone()),
            name: name.to_owned(),
            place: place.to_owned(),
            country: country.to_owned(),
            why: AllocationWhy::Only,
            instead: None,
        }
    }
}
