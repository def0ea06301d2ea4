//! Checkouts as the oracle sees them: which way each may end, what it does to the cart, what may be charged.

use super::{
    merge::Verdict,
    oracle::{Broken, Kept, Oracle, Scope, Seen},
    promise,
    scope::{named, text},
    template::Offer,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a phone asked for, and how far it came.
#[derive(Clone, Debug)]
pub struct Checkout {
    op: Uuid,
    cart: Uuid,
    lines: BTreeMap<String, i64>,
    max_total: i64,
    card: String,
    has_cart: bool,
    pub state: String,
}

/// A checkout as the server has it.
#[derive(Clone, Debug)]
pub struct CheckoutRow {
    pub intent: String,
    pub state: String,
    pub why: String,
    pub rev: i64,
    pub group: Uuid,
    pub payment: Uuid,
    pub quote: Value,
}

/// A cart as the server has it.
#[derive(Clone, Debug)]
pub struct CartRow {
    pub id: Uuid,
    pub rev: i64,
    pub successor: Option<Uuid>,
    pub group: Option<Uuid>,
}

/// Prices that were ever on a shelf, by SKU: below 24 pieces, from 24.
pub type Prices = BTreeMap<String, BTreeSet<(i64, i64)>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Taken,
    Refused,
    GivenBack,
    Placed,
}

impl Scope {
    pub fn command(&mut self, kind: &str, op: &Value) -> Verdict {
        let intent = text(op, "intent");
        if kind == "checkout.withdraw" {
            return self.withdraw(&intent);
        }
        let cart = if op["cart"].is_null() {
            self.open
        } else {
            named(op)
        };
        if !self.carts.contains_key(&cart) {
            return Verdict::why("rejected", "unknown_cart");
        }
        let lines = op["lines"].as_array().into_iter().flatten();
        let lines = lines.map(|line| (text(line, "sku"), line["quantity"].as_i64().unwrap_or(0)));
        let checkout = Checkout {
            op: super::oracle::id_of(op),
            cart,
            lines: lines.collect(),
            max_total: op["max_total"]["minor"].as_i64().unwrap_or(0),
            card: text(&op["payment_method"], "token"),
            has_cart: false,
            state: "queued".to_owned(),
        };
        self.checkouts.insert(intent, checkout);
        Verdict::of("working")
    }

    fn withdraw(&mut self, intent: &str) -> Verdict {
        let Some(checkout) = self.checkouts.get_mut(intent) else {
            return Verdict::why("rejected", "unknown_intent");
        };
        match checkout.state.as_str() {
            "withdrawn" => Verdict::of("applied"),
            "queued" => {
                checkout.state = "withdrawn".to_owned();
                let op = checkout.op;
                self.conclude(op, &Verdict::why("superseded", "withdrawn"));
                Verdict::of("applied")
            }
            _ => Verdict::why("rejected", "too_late"),
        }
    }

    /// A checkout that has begun and not ended.
    pub fn half_way(&self) -> Option<String> {
        let begun =
            |checkout: &Checkout| matches!(checkout.state.as_str(), "reserving" | "authorising");
        let mut checkouts = self.checkouts.iter();
        let found = checkouts.find(|(_, checkout)| begun(checkout));
        found.map(|(intent, _)| intent.clone())
    }

    /// The ops that still wait for the end of their checkout.
    pub fn working(&self) -> usize {
        let working = self
            .ops
            .values()
            .filter(|known| known.verdict.code == "working");
        working.count()
    }
}

impl Oracle {
    /// The jobs ran: every step they took must have been due, and its effect on the cart follows.
    pub fn checkouts_went_on(
        &mut self,
        scope_id: Uuid,
        rows: &[CheckoutRow],
        carts: &[CartRow],
        shelf: &Shelf,
        seen: Seen,
    ) -> Kept {
        let mut scope = self.scopes.remove(&scope_id).unwrap_or_default();
        let mut turns = Vec::new();
        for row in rows {
            let checkout = scope.checkouts.get(&row.intent);
            let checkout = checkout
                .ok_or_else(|| Broken(format!("a checkout that nobody queued: {}", row.intent)))?;
            turns.extend(turns_of(checkout, row, carts));
        }
        turns.sort_by_key(|(rev, turn, ..)| (*rev, *turn));
        for (rev, turn, row, cart) in turns {
            scope.take_turn(rev, turn, row, cart, shelf)?;
        }
        for row in rows {
            if let Some(checkout) = scope.checkouts.get_mut(&row.intent) {
                checkout.state.clone_from(&row.state);
            }
        }
        self.scopes.insert(scope_id, scope);
        self.moved_on(scope_id, seen)
    }
}

/// What sellers ask, now and ever, and how much of each there is at most.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    pub prices: Prices,
    /// SKUs that were ever taken off.
    pub unlisted: BTreeSet<String>,
    pub stock: BTreeMap<String, i64>,
}

impl Shelf {
    pub fn show(&mut self, offer: &Offer) {
        let prices = self.prices.entry(offer.sku.to_owned()).or_default();
        prices.insert((offer.price, offer.price_from_24));
        self.stock.insert(offer.sku.to_owned(), offer.stock);
        if !offer.is_listed {
            self.unlisted.insert(offer.sku.to_owned());
        }
    }
}

type TurnOf<'a> = (i64, Turn, &'a CheckoutRow, Option<&'a CartRow>);

/// The steps a checkout took since it was looked at last, each with its revision.
fn turns_of<'a>(
    checkout: &Checkout,
    row: &'a CheckoutRow,
    carts: &'a [CartRow],
) -> Vec<TurnOf<'a>> {
    let mut turns = Vec::new();
    let closed = carts.iter().find(|cart| cart.group == Some(row.group));
    if let Some(cart) = closed.filter(|_| !checkout.has_cart) {
        turns.push((cart.rev, Turn::Taken, row, Some(cart)));
    }
    if row.state != checkout.state {
        match row.state.as_str() {
            "placed" => turns.push((row.rev, Turn::Placed, row, None)),
            "cancelled" if closed.is_some() => turns.push((row.rev, Turn::GivenBack, row, None)),
            "cancelled" => turns.push((row.rev, Turn::Refused, row, None)),
            _ => {}
        }
    }
    turns
}

impl Scope {
    fn take_turn(
        &mut self,
        rev: i64,
        turn: Turn,
        row: &CheckoutRow,
        cart: Option<&CartRow>,
        shelf: &Shelf,
    ) -> Kept {
        let checkout = self.checkouts[&row.intent].clone();
        let held = self.held(checkout.cart);
        let is_open = self
            .carts
            .get(&checkout.cart)
            .is_some_and(|cart| cart.is_open);
        let left = |sku: &String| {
            held.get(sku).copied().unwrap_or(0) - checkout.lines.get(sku).copied().unwrap_or(0)
        };
        let is_there = checkout.lines.keys().all(|sku| left(sku) >= 0);
        match turn {
            Turn::Taken => {
                promise!(
                    is_open && is_there,
                    "{} took a cart that holds {held:?} for {:?}",
                    row.intent,
                    checkout.lines
                );
                let moved = held.keys().map(|sku| (sku.clone(), left(sku))).collect();
                let successor = cart.and_then(|cart| cart.successor).unwrap_or_default();
                self.close_cart(checkout.cart, successor, rev, &moved);
                if let Some(checkout) = self.checkouts.get_mut(&row.intent) {
                    checkout.has_cart = true;
                }
            }
            Turn::Refused => {
                checkout.may_end(row, is_open, is_there, shelf)?;
                self.conclude(checkout.op, &Verdict::why("needs_you", &row.why));
            }
            Turn::GivenBack => {
                checkout.may_end(row, true, true, shelf)?;
                let lines = self.with_notes(checkout.cart, &checkout.lines);
                self.put_in(lines, rev);
                self.conclude(checkout.op, &Verdict::why("needs_you", &row.why));
            }
            Turn::Placed => {
                checkout.may_be_placed(row, shelf)?;
                self.conclude(checkout.op, &Verdict::of("applied"));
            }
        }
        Ok(())
    }
}

impl Checkout {
    /// Each way to end without an order needs its reason.
    fn may_end(&self, row: &CheckoutRow, is_open: bool, is_there: bool, shelf: &Shelf) -> Kept {
        let total = row.quote["total"]["minor"].as_i64();
        let is_due = match row.why.as_str() {
            "price_changed" => total.is_some_and(|total| total > self.max_total),
            "cart_ordered" => !is_open,
            "cart_changed" => !is_there,
            "closed" => self.lines.keys().any(|sku| shelf.unlisted.contains(sku)),
            "stock" => self
                .lines
                .keys()
                .any(|sku| shelf.stock.get(sku).is_some_and(|stock| *stock < 1_000)),
            "declined" => self.card == "declined",
            "authenticate" => self.card == "challenge",
            _ => false,
        };
        promise!(
            is_due,
            "{} ended as {} without a reason for it",
            row.intent,
            row.why
        );
        Ok(())
    }

    fn may_be_placed(&self, row: &CheckoutRow, shelf: &Shelf) -> Kept {
        let quote = &row.quote;
        let minor = |name: &str| quote[name]["minor"].as_i64().unwrap_or(0);
        let lines = quote["lines"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut goods = 0;
        for line in lines {
            let (sku, quantity) = (text(line, "sku"), line["quantity"].as_i64().unwrap_or(0));
            promise!(
                self.lines.get(&sku) == Some(&quantity),
                "{} ordered {quantity} of {sku}",
                row.intent
            );
            let price = line["unit_price"]["minor"].as_i64().unwrap_or(0);
            let of_tier =
                |(one, many): &(i64, i64)| price == if quantity < 24 { *one } else { *many };
            let was_asked = shelf
                .prices
                .get(&sku)
                .is_some_and(|prices| prices.iter().any(of_tier));
            promise!(was_asked, "no seller ever asked {price} for {sku}");
            goods += price * quantity;
        }
        promise!(
            lines.len() == self.lines.len(),
            "{} ordered other lines",
            row.intent
        );
        // What is paid now and what the door will ask are all there is; what is not known is in neither.
        let parts = ["freight", "duty", "tax", "fees"].map(|part| minor_of_shops(quote, part));
        let sum = goods + parts.iter().sum::<i64>();
        let told = minor("total") + minor_of_shops(quote, "at_door");
        promise!(
            told == sum,
            "{} costs {told} where {sum} is due",
            row.intent
        );
        promise!(
            minor("total") <= self.max_total,
            "{} costs more than its shopper accepted",
            row.intent
        );
        promise!(
            self.card == "ok",
            "an order was placed on a card that says {}",
            self.card
        );
        Ok(())
    }
}

/// A part of every shop's parcel, added up; 0 where it is not known. A parcel whose duty is not known pays none of it.
fn minor_of_shops(quote: &Value, part: &str) -> i64 {
    let shops = quote["shops"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    shops
        .iter()
        .filter(|shop| part == "freight" || !shop["at_door"].is_null())
        .map(|shop| shop[part]["minor"].as_i64().unwrap_or(0))
        .sum()
}
