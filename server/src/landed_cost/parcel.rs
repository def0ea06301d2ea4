//! One shop's parcel: who carries it, what the border adds, and who pays that when.

use crate::{
    catalog::Listing,
    landed_cost::{
        allocate::Leaving,
        model::{
            Days, LineProblem, Missing, QuoteLine, QuoteOrigin, QuoteRefusal, QuoteRule,
            QuoteService, QuoteShop, RuleKind, Terms, TermsWhy,
        },
        quote::{Ask, AskError, Market, calendar_days},
        told,
    },
};
use sampan_engine::{
    freight::{self, Offer, Piece, Refusal},
    landed_cost::{
        AppliedKind, Buyer, Confidence, Consignment, Good, LandedCost, ReckonError, Unknown, reckon,
    },
    money::{Money, Rate},
    time::Day,
    trade::CountryCode,
};
use std::sync::Arc;
use uuid::Uuid;

/// A parcel as quoted, with its rules.
pub struct Parcel {
    pub shop: QuoteShop,
    pub rules: Vec<QuoteRule>,
    pub changed_for_business: Vec<QuoteRule>,
}

impl From<ReckonError> for AskError {
    fn from(_: ReckonError) -> Self {
        AskError::TooLarge
    }
}

/// Quotes lines of one shop that leave from one place, and writes their parts into them. None when no carrier takes any
/// of them.
pub fn quote(
    market: &Market,
    ask: &Ask,
    leaving: &Leaving,
    lines: &mut [QuoteLine],
) -> Result<Option<Parcel>, AskError> {
    let Some(sending) = Sending::of(market, ask, leaving, lines)? else {
        return Ok(None);
    };
    let cost = sending.reckoned(lines, market.buyer(ask))?;
    let settled = sending.settled(&cost)?;
    for (position, (line, share)) in sending
        .positions
        .iter()
        .zip(cost.lines.iter().zip(&sending.shares))
    {
        let quoted = &mut lines[*position];
        (quoted.freight, quoted.duty, quoted.tax) = (Some(*share), line.duty, line.tax);
        quoted.ships_on = sending.ships_on(quoted).map(str::to_owned);
        quoted.parcel.clone_from(&sending.key);
        quoted.warehouse = leaving.warehouse.as_ref().map(|warehouse| warehouse.id);
    }
    for unknown in &cost.unknown {
        for position in sending.concerned(*unknown) {
            lines[position].unknown = Some(Missing::from(*unknown));
        }
    }
    let days = sending.positions.iter();
    let ships_on = days.filter_map(|at| lines[*at].ships_on.clone()).max();
    let rules = sending.rules(&cost, &settled, lines);
    let changed_for_business = sending.changed_for_business(&cost, lines)?;
    let listing = sending.listing;
    let shop = &listing.shop;
    let chosen = sending.chosen();
    let maker = (
        shop.name.as_str(),
        shop.place.as_str(),
        shop.country.as_str(),
    );
    Ok(Some(Parcel {
        shop: QuoteShop {
            parcel: sending.key.clone(),
            slug: shop.slug.clone(),
            name: shop.name.clone(),
            country: sending.from.as_str().to_owned(),
            ships_from: QuoteOrigin::only(leaving.warehouse.as_ref(), maker),
            tint: shop.tint.clone(),
            weight_grams: sending.weight_grams,
            chargeable_grams: chosen.chargeable_grams,
            goods: sending.goods,
            freight: sending.freight,
            duty: cost.duty,
            duty_range: cost.duty_range,
            tax: cost.tax,
            fees: settled.fees,
            total: settled.total,
            at_door: settled.at_door,
            terms: settled.terms,
            terms_why: settled.why,
            tax_at_sale: cost.is_tax_at_sale,
            confidence: sending.confidence(&cost),
            service: chosen.card.service,
            carrier: chosen.card.carrier.to_string(),
            services: sending.services()?,
            days: sending.days(chosen),
            transit_days: transit(chosen),
            ships_on,
        },
        rules,
        changed_for_business,
    }))
}

/// What is sent, and how.
struct Sending<'a> {
    market: &'a Market,
    ask: &'a Ask,
    listing: &'a Listing,
    /// What lines and rules call the parcel.
    key: String,
    from: CountryCode,
    warehouse: Option<Uuid>,
    positions: Vec<usize>,
    offers: Vec<Offer<'a>>,
    /// Position of the offer that is taken.
    taken: usize,
    weight_grams: i64,
    lead_time_days: i64,
    /// Days until the last of its goods is there.
    waiting_days: i64,
    goods: Money,
    freight: Money,
    /// Of the freight, by weight.
    shares: Vec<Money>,
}

/// What is paid now, and what at the door.
struct Settled {
    terms: Terms,
    why: TermsWhy,
    /// Of the border and the carrier together.
    fees: Option<Money>,
    advance_fee: Option<Money>,
    total: Money,
    at_door: Option<Money>,
}

impl<'a> Sending<'a> {
    /// Chooses the carrier. Goods that nobody carries are marked and left out.
    fn of(
        market: &'a Market,
        ask: &'a Ask,
        leaving: &Leaving,
        lines: &mut [QuoteLine],
    ) -> Result<Option<Self>, AskError> {
        let mut positions = leaving.positions.clone();
        let Some(first) = positions.first() else {
            return Ok(None);
        };
        let listing = market.listing(&lines[*first])?;
        let warehouse = leaving.warehouse.as_ref();
        let country = warehouse.map_or(&listing.shop.country, |warehouse| &warehouse.country);
        let key = match warehouse {
            Some(warehouse) => format!("{}@{}", listing.shop.slug, warehouse.slug),
            None => listing.shop.slug.clone(),
        };
        let from =
            CountryCode::parse(country).ok_or_else(|| AskError::NoFreight(country.clone()))?;
        loop {
            let pieces = pieces(market, &positions, lines)?;
            let parcel = freight::Parcel {
                from,
                to: ask.to.country,
                pieces,
            };
            let offers = freight::offers(&market.rules.freight, &parcel, market.day);
            if offers.is_empty() {
                return Err(AskError::NoFreight(country.clone()));
            }
            let Some((taken, freight)) = choose(market, ask, &offers)? else {
                let kept = carried(market, &offers, &positions, lines)?;
                if kept.is_empty() || kept.len() == positions.len() {
                    not_carried(&positions, lines);
                    return Ok(None);
                }
                positions = kept;
                continue;
            };
            let weights: Vec<u64> = parcel.pieces.iter().map(weight).collect();
            let mut sending = Sending {
                market,
                ask,
                listing,
                key,
                from,
                offers,
                taken,
                weight_grams: 0,
                lead_time_days: 0,
                waiting_days: 0,
                warehouse: warehouse.map(|warehouse| warehouse.id),
                goods: Money::zero(ask.currency),
                freight,
                shares: freight.split(&weights),
                positions,
            };
            for position in sending.positions.clone() {
                let line = &lines[position];
                let ready = match warehouse {
                    Some(warehouse) => warehouse.handling_days,
                    None => market.listing(line)?.lead_time_days,
                };
                sending.goods = sending.goods.checked_add(line.goods)?;
                sending.lead_time_days = sending.lead_time_days.max(ready);
                let wait = sending.ships_on(line).and_then(Day::parse);
                let wait = wait.map_or(0, |on| market.day.days_until(on));
                sending.waiting_days = sending.waiting_days.max(wait);
            }
            let grams: u64 = weights.iter().sum();
            sending.weight_grams = i64::try_from(grams).map_err(|_| AskError::TooLarge)?;
            return Ok(Some(sending));
        }
    }

    fn chosen(&self) -> &Offer<'a> {
        &self.offers[self.taken]
    }

    /// What the border adds for this buyer.
    fn reckoned(&self, lines: &[QuoteLine], buyer: Buyer) -> Result<LandedCost, AskError> {
        let mut goods = Vec::with_capacity(self.positions.len());
        for position in &self.positions {
            let line = &lines[*position];
            let listing = self.market.listing(line)?;
            goods.push(Good {
                hs: line.hs.as_deref().map(Arc::from),
                origin: CountryCode::parse(&line.origin),
                is_origin_proven: false,
                value: line.goods,
                items: line.quantity,
                grams: listing.weight_grams.saturating_mul(line.quantity),
            });
        }
        let consignment = Consignment {
            day: self.market.day,
            from: self.from,
            to: self.ask.to.country,
            buyer,
            goods,
            freight: self.freight,
        };
        let rate = |from, to| self.market.rates.rate(from, to);
        Ok(reckon(&self.market.rules.rules, &consignment, rate)?)
    }

    /// The wished terms where they are possible; without a wish the seller pays whatever is known.
    fn settled(&self, cost: &LandedCost) -> Result<Settled, AskError> {
        let nothing = Money::zero(self.ask.currency);
        let is_inside = cost
            .applied
            .iter()
            .any(|rule| rule.kind == AppliedKind::NoBorder);
        let known = cost.duty.zip(cost.tax);
        let (terms, why) = match (known, self.ask.wishes.terms) {
            (None, _) => (Terms::Dap, TermsWhy::NotKnown),
            (Some(_), _) if is_inside => (Terms::Ddp, TermsWhy::NoBorder),
            (Some(_), Some(terms)) => (terms, TermsWhy::Asked),
            (Some(_), None) => (Terms::Ddp, TermsWhy::Known),
        };
        let sent = self.goods.checked_add(self.freight)?;
        let Some((duty, tax)) = known else {
            return Ok(Settled {
                terms,
                why,
                fees: None,
                advance_fee: None,
                total: sent,
                at_door: None,
            });
        };
        let (at_sale, at_border) = if cost.is_tax_at_sale {
            (tax, nothing)
        } else {
            (nothing, tax)
        };
        let advanced = duty.checked_add(at_border)?.checked_add(cost.fees)?;
        let advance_fee = self.advance_fee(advanced)?;
        let fees = cost.fees.checked_add(advance_fee.unwrap_or(nothing))?;
        let border = duty.checked_add(at_border)?.checked_add(fees)?;
        let sold = sent.checked_add(at_sale)?;
        let (total, at_door) = match terms {
            Terms::Ddp => (sold.checked_add(border)?, nothing),
            Terms::Dap => (sold, border),
        };
        Ok(Settled {
            terms,
            why,
            fees: Some(fees),
            advance_fee,
            total,
            at_door: Some(at_door),
        })
    }

    /// What the carrier takes for paying so much at the border; None where nothing is to be paid.
    fn advance_fee(&self, advanced: Money) -> Result<Option<Money>, AskError> {
        let fee = self.chosen().card.advance_fee;
        if advanced.minor == 0 {
            return Ok(None);
        }
        let rate = Rate {
            numerator: i128::from(fee.percent.millionths()),
            denominator: 1_000_000,
        };
        let share = advanced.convert_half_up(rate, advanced.currency)?;
        let minimum = self.market.convert(fee.minimum, self.ask.currency)?;
        let asked = Money::new(share.minor.max(minimum.minor), self.ask.currency);
        Ok(Some(asked).filter(|asked| asked.minor > 0))
    }

    fn confidence(&self, cost: &LandedCost) -> Confidence {
        let mut confidence = cost.confidence;
        let territory = self
            .market
            .rules
            .rules
            .territory(self.ask.to.country, self.market.day);
        let is_official = cost
            .applied
            .iter()
            .any(|rule| rule.kind == AppliedKind::Exchange);
        let foreign = territory
            .map(|territory| territory.currency)
            .filter(|local| *local != self.ask.currency && !is_official);
        if let Some(cross) =
            foreign.and_then(|local| self.market.rates.cross(self.ask.currency, local))
        {
            confidence = confidence.max(told::exchange(cross, self.market.day).confidence);
        }
        confidence
    }

    fn rules(&self, cost: &LandedCost, settled: &Settled, lines: &[QuoteLine]) -> Vec<QuoteRule> {
        let key = &self.key;
        let freight = self.freight_rule();
        let mut rules = vec![freight.clone()];
        rules.extend(cost.applied.iter().map(|rule| told::applied(rule, key)));
        if let Some(amount) = settled.advance_fee {
            let card = self.chosen().card;
            let rate = format!(
                "{}%, at least {}",
                card.advance_fee.percent, card.advance_fee.minimum
            );
            rules.push(told::advance_fee(&card.carrier, rate, amount, &freight));
        }
        let mine: Vec<&QuoteLine> = self
            .positions
            .iter()
            .map(|position| &lines[*position])
            .collect();
        let day = self.market.day;
        rules.extend(
            cost.unknown
                .iter()
                .map(|unknown| told::unknown(*unknown, &mine, key, day)),
        );
        rules
    }

    /// What holds for persons and not for this business.
    fn changed_for_business(
        &self,
        cost: &LandedCost,
        lines: &[QuoteLine],
    ) -> Result<Vec<QuoteRule>, AskError> {
        if self.market.buyer(self.ask) == Buyer::Person {
            return Ok(Vec::new());
        }
        let for_persons = self.reckoned(lines, Buyer::Person)?;
        let key = &self.key;
        let holds = |kind, name: &str, rate: &str| {
            let mut rules = cost.applied.iter();
            rules.any(|rule| rule.kind == kind && &*rule.name == name && rule.rate == rate)
        };
        let changed = for_persons.applied.iter();
        let changed = changed.filter(|rule| !holds(rule.kind, &rule.name, &rule.rate));
        Ok(changed.map(|rule| told::applied(rule, key)).collect())
    }

    fn freight_rule(&self) -> QuoteRule {
        let chosen = self.chosen();
        let card = chosen.card;
        let (kilograms, grams) = (
            chosen.chargeable_grams / 1000,
            chosen.chargeable_grams % 1000,
        );
        QuoteRule {
            part: "freight".to_owned(),
            kind: RuleKind::Freight,
            parcel: Some(self.key.clone()),
            name: card.carrier.to_string(),
            rate: format!("{} + {}/kg", card.base, card.per_kg),
            detail: format!(
                "{}: {kilograms}.{grams:03} kg from {} to zone {}",
                card.service.as_str(),
                self.from,
                card.zone
            ),
            amount: Some(self.freight),
            source: card.validity.source.to_string(),
            as_of: card.validity.as_of.to_string(),
            from: card.validity.from.map(|day| day.to_string()),
            to: card.validity.to.map(|day| day.to_string()),
            review_by: Some(card.validity.review_by.to_string()),
            confidence: Confidence::Firm,
        }
    }

    /// Every way that was looked at, cheapest first, refused ones last.
    fn services(&self) -> Result<Vec<QuoteService>, AskError> {
        let mut services = Vec::with_capacity(self.offers.len());
        for offer in &self.offers {
            let freight = match &offer.price {
                Ok(price) => Some(self.market.convert(*price, self.ask.currency)?),
                Err(_) => None,
            };
            services.push(QuoteService {
                service: offer.card.service,
                carrier: offer.card.carrier.to_string(),
                freight,
                days: self.days(offer),
                transit_days: transit(offer),
                refused: offer.price.as_ref().err().map(QuoteRefusal::from),
            });
        }
        services.sort_by_key(|service| service.freight.map_or(i64::MAX, |freight| freight.minor));
        Ok(services)
    }

    /// From order to door: making it ready and the way.
    fn days(&self, offer: &Offer<'_>) -> Days {
        let ready = calendar_days(self.lead_time_days) + self.waiting_days;
        let Days { from, to } = transit(offer);
        Days {
            from: from + ready,
            to: to + ready,
        }
    }

    /// The day the goods of a line are expected; None: they lie there.
    fn ships_on(&self, line: &QuoteLine) -> Option<&'a str> {
        let mut shelves = self.market.shelves(&line.sku).iter();
        let shelf = shelves
            .find(|shelf| shelf.warehouse.as_ref().map(|place| place.id) == self.warehouse)?;
        self.market.serves(shelf, line.quantity)?
    }

    /// The lines an unknown is about: one, or all.
    fn concerned(&self, unknown: Unknown) -> Vec<usize> {
        match unknown {
            Unknown::Hs(at) | Unknown::Duty(at) => {
                self.positions.get(at).copied().into_iter().collect()
            }
            Unknown::Territory | Unknown::Tax | Unknown::Exchange => self.positions.clone(),
        }
    }
}

impl From<&Refusal> for QuoteRefusal {
    fn from(refusal: &Refusal) -> Self {
        Self {
            code: refusal.code().to_owned(),
            un: refusal.un().map(|un| un.to_string()),
            limit: refusal.limit().map(|limit| limit.to_string()),
        }
    }
}

fn transit(offer: &Offer<'_>) -> Days {
    let (from, to) = offer.card.days;
    Days { from, to }
}

fn weight(piece: &Piece) -> u64 {
    u64::try_from(piece.grams.saturating_mul(piece.quantity)).unwrap_or(0)
}

fn pieces(
    market: &Market,
    positions: &[usize],
    lines: &[QuoteLine],
) -> Result<Vec<Piece>, AskError> {
    let piece = |position: &usize| {
        let line = &lines[*position];
        let listing = market.listing(line)?;
        Ok(Piece {
            quantity: line.quantity,
            grams: listing.weight_grams,
            dimensions_mm: listing.dimensions_mm,
            dangerous: listing.dangerous_goods.as_deref().map(Arc::from),
        })
    };
    positions.iter().map(piece).collect()
}

/// The wished service where it takes the parcel, else the cheapest that does; with its price in the shopper's money.
fn choose(
    market: &Market,
    ask: &Ask,
    offers: &[Offer<'_>],
) -> Result<Option<(usize, Money)>, AskError> {
    let mut best: Option<(bool, Money, usize)> = None;
    for (at, offer) in offers.iter().enumerate() {
        let Ok(price) = &offer.price else { continue };
        let price = market.convert(*price, ask.currency)?;
        let is_wished = ask.wishes.service == Some(offer.card.service);
        let is_better = best.is_none_or(|(wished, least, _)| {
            (is_wished && !wished) || (is_wished == wished && price.minor < least.minor)
        });
        if is_better {
            best = Some((is_wished, price, at));
        }
    }
    Ok(best.map(|(_, price, at)| (at, price)))
}

/// The lines that stay when those leave whose dangerous goods every carrier refuses.
fn carried(
    market: &Market,
    offers: &[Offer<'_>],
    positions: &[usize],
    lines: &mut [QuoteLine],
) -> Result<Vec<usize>, AskError> {
    let refused: Vec<Arc<str>> = offers
        .iter()
        .filter_map(|offer| offer.price.as_ref().err())
        .filter_map(|refusal| refusal.un().cloned())
        .collect();
    let mut kept = Vec::new();
    let mut left = Vec::new();
    for position in positions {
        let un = market
            .listing(&lines[*position])?
            .dangerous_goods
            .as_deref();
        let is_refused = un.is_some_and(|un| refused.iter().any(|refused| &**refused == un));
        if is_refused {
            left.push(*position)
        } else {
            kept.push(*position)
        }
    }
    not_carried(&left, lines);
    Ok(kept)
}

fn not_carried(positions: &[usize], lines: &mut [QuoteLine]) {
    for position in positions {
        let line = &mut lines[*position];
        line.problem = line.problem.or(Some(LineProblem::NotCarried));
        line.goods = Money::zero(line.goods.currency);
    }
}
