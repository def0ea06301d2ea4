//! The cart in sync: a batch of taps of many shoppers, loaded with a few queries, merged in memory by the engine,
//! written with a few more.

use crate::{
    cart::{
        Carts,
        line::{Market, price_seen},
        op::{self, Op, Verb},
        storage::{self, CartRow, LineRow},
    },
    catalog::Listing,
    planted::{Bug, Planted},
    platform::db::Tx,
    scope::{Change, OpContext, Reason, ScopedOp, Synced, Touched, Viewer, Viewers},
};
use sampan_engine::{
    cart_merge::{Add, Line, Stamp},
    outcome::Outcome,
    protocol::{MAX_LINES_A_CART, Position},
};
use sea_orm::DbErr;
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};
use uuid::Uuid;

type LineKey = (Uuid, Uuid, String);

/// What a batch touches.
pub struct State {
    carts: HashMap<(Uuid, Uuid), CartRow>,
    open: HashMap<Uuid, Uuid>,
    lines: HashMap<LineKey, LineRow>,
    listings: HashMap<String, Arc<Listing>>,
    touched: BTreeSet<LineKey>,
    recounted: HashSet<(Uuid, Uuid)>,
    planted: Planted,
}

impl Synced for Carts {
    type Op = Op;
    type State = State;

    fn parse(&self, kind: &str, rest: Map<String, Value>) -> Result<Op, Reason> {
        op::parse(kind, rest)
    }

    async fn load(&self, tx: &Tx, ops: &[ScopedOp<Op>]) -> Result<State, DbErr> {
        let scopes: Vec<Uuid> = distinct(ops.iter().map(|op| op.scope_id));
        let named = |op: &ScopedOp<Op>| Some((op.scope_id, op.op.cart?));
        let named: Vec<(Uuid, Uuid)> = distinct(ops.iter().filter_map(named));
        let carts = storage::carts(tx, &scopes, &named).await?;
        let open: HashMap<Uuid, Uuid> = carts
            .iter()
            .filter(|cart| cart.is_open())
            .map(|cart| (cart.scope_id, cart.id))
            .collect();
        // Whatever cart an op names, it is the open one whose lines it may change.
        let keys = ops.iter().filter_map(|op| {
            let cart_id = *open.get(&op.scope_id)?;
            Some((op.scope_id, cart_id, op.op.line.as_str()))
        });
        let keys: Vec<(Uuid, Uuid, &str)> = distinct(keys);
        let lines = storage::lines_named(tx, &keys).await?;
        let skus: Vec<&str> = distinct(ops.iter().map(|op| op.op.line.as_str()));
        Ok(State {
            open,
            carts: carts
                .into_iter()
                .map(|cart| ((cart.scope_id, cart.id), cart))
                .collect(),
            lines: lines
                .into_iter()
                .map(|line| ((line.scope_id, line.cart_id, line.line.clone()), line))
                .collect(),
            listings: self.catalog.listings(&skus).await?,
            touched: BTreeSet::new(),
            recounted: HashSet::new(),
            planted: self.planted,
        })
    }

    fn apply(&self, state: &mut State, at: &mut OpContext, op: Op) -> Outcome {
        state.apply(at, &op).with_line(&op.line)
    }

    async fn save(&self, tx: &Tx, state: State, viewers: &Viewers) -> Result<Vec<Touched>, DbErr> {
        let recounted: Vec<CartRow> = state
            .recounted
            .iter()
            .filter_map(|key| state.carts.get(key).cloned())
            .collect();
        storage::save_carts(tx, &recounted).await?;
        let mut lines = state.lines;
        let rows: Vec<LineRow> = state
            .touched
            .iter()
            .filter_map(|key| lines.remove(key))
            .collect();
        storage::save_lines(tx, &rows).await?;
        let market = self.market_of(tx, &rows).await?;
        let touched = |row: &LineRow| {
            let currency = viewers.get(&row.scope_id)?.currency;
            Some(Touched {
                scope_id: row.scope_id,
                change: to_change(row, &market, currency),
            })
        };
        Ok(rows.iter().filter_map(touched).collect())
    }

    async fn changes(
        &self,
        tx: &Tx,
        viewer: &Viewer,
        after: &Position,
        limit: u32,
    ) -> Result<Vec<Change>, DbErr> {
        let (rev, bound) = after.bound("cart");
        let carts =
            storage::carts_after(tx, viewer.scope_id, (rev, uuid_bound(bound)), limit).await?;
        let (rev, bound) = after.bound("cart_line");
        let (cart_bound, line_bound) = bound.split_once('/').unwrap_or((bound, ""));
        let lines = storage::lines_after(
            tx,
            viewer.scope_id,
            (rev, uuid_bound(cart_bound), line_bound),
            limit,
        )
        .await?;
        let market = self.market_of(tx, &lines).await?;
        let mut changes: Vec<Change> = carts.iter().map(cart_change).collect();
        changes.extend(
            lines
                .iter()
                .map(|row| to_change(row, &market, viewer.currency)),
        );
        Ok(changes)
    }
}

impl Carts {
    async fn market_of(&self, tx: &Tx, rows: &[LineRow]) -> Result<Market, DbErr> {
        let wanted: Vec<&str> = distinct(
            rows.iter()
                .filter(|row| row.merge.quantity() > 0)
                .map(|row| row.line.as_str()),
        );
        Market::ask(&self.catalog, tx, &wanted).await
    }
}

impl State {
    fn apply(&mut self, at: &mut OpContext, op: &Op) -> Outcome {
        let Some(&open) = self.open.get(&at.scope_id) else {
            return Outcome::rejected("unknown_cart");
        };
        let named = op.cart.unwrap_or(open);
        let Some(cart) = self.carts.get(&(at.scope_id, named)) else {
            return Outcome::rejected("unknown_cart");
        };
        let is_moved = !cart.is_open();
        if is_moved && !matches!(op.verb, Verb::Add { .. }) {
            return Outcome::needs_you("cart_ordered").actions(&["dismiss"]);
        }
        let key = (at.scope_id, open, op.line.clone());
        if let Some(refusal) = self.refusal(&key, op) {
            return refusal;
        }
        let outcome = self.merge(at, &key, op);
        if is_moved {
            Outcome::moved().with("cart", open.to_string())
        } else {
            outcome
        }
    }

    /// A line that is not there yet needs a listed product and a free place; a removal never needs either.
    fn refusal(&self, key: &LineKey, op: &Op) -> Option<Outcome> {
        let is_held = self
            .lines
            .get(key)
            .is_some_and(|row| row.merge.quantity() > 0);
        if is_held || matches!(op.verb, Verb::Remove) {
            return None;
        }
        if !self
            .listings
            .get(&op.line)
            .is_some_and(|listing| listing.is_listed)
        {
            return Some(Outcome::rejected("unknown_line"));
        }
        let count = self
            .carts
            .get(&(key.0, key.1))
            .map_or(0, |cart| cart.line_count);
        (count >= MAX_LINES_A_CART as i64).then(|| Outcome::rejected("too_many_lines"))
    }

    fn merge(&mut self, at: &mut OpContext, key: &LineKey, op: &Op) -> Outcome {
        let row = self
            .lines
            .entry(key.clone())
            .or_insert_with(|| LineRow::new(key));
        let before = row.merge.quantity();
        let outcome = match &op.verb {
            Verb::Add { delta } if self.planted.is(Bug::HiddenDebt) => {
                row.merge.adds.push(Add {
                    device: at.place.device,
                    seq: at.place.seq,
                    rev: at.place.rev,
                    delta: *delta,
                });
                Outcome::applied()
            }
            Verb::Add { delta } => row.merge.add(&at.place, *delta),
            Verb::Set { quantity } => row.merge.set(&at.place, *quantity, &mut at.last_eff),
            Verb::Remove => row.merge.set(&at.place, 0, &mut at.last_eff),
            Verb::Note { text } => row.write_note(at, text),
        };
        row.merge.combine(if self.planted.is(Bug::AddsFoldedEarly) {
            i64::MAX
        } else {
            at.combine_floor
        });
        row.rev = at.place.rev;
        if let Some(listing) = self.listings.get(&op.line) {
            row.seen_price = price_seen(listing);
        }
        let after = row.merge.quantity();
        self.touched.insert(key.clone());
        if (before > 0) != (after > 0) {
            let cart = (key.0, key.1);
            if let Some(row) = self.carts.get_mut(&cart) {
                row.line_count += if after > 0 { 1 } else { -1 };
                self.recounted.insert(cart);
            }
        }
        explain(outcome, op, after)
    }
}

/// What the screen needs beside the code: what was asked, what came of it, what may be done.
fn explain(outcome: Outcome, op: &Op, got: i64) -> Outcome {
    if !outcome.is_told() {
        return outcome;
    }
    let asked = match op.verb {
        Verb::Set { quantity } => quantity,
        _ => 0,
    };
    let outcome = outcome.with("asked", asked).with("got", got);
    if outcome.detail.contains_key("kept") {
        outcome.actions(&["keep", "remove"])
    } else {
        outcome.actions(&["dismiss"])
    }
}

impl LineRow {
    pub fn new(key: &LineKey) -> Self {
        Self {
            scope_id: key.0,
            cart_id: key.1,
            line: key.2.clone(),
            rev: 0,
            merge: Line::default(),
            note: None,
            note_stamp: None,
            seen_price: None,
        }
    }

    fn write_note(&mut self, at: &mut OpContext, text: &str) -> Outcome {
        let Some(stamp): Option<Stamp> =
            at.place.decide(self.note_stamp.as_ref(), &mut at.last_eff)
        else {
            return Outcome::superseded();
        };
        self.note_stamp = Some(stamp);
        self.note = Some(text.to_owned()).filter(|text| !text.is_empty());
        Outcome::applied()
    }
}

trait WithLine {
    fn with_line(self, line: &str) -> Self;
}

impl WithLine for Outcome {
    fn with_line(self, line: &str) -> Self {
        if self.is_told() {
            self.with("line", line)
        } else {
            self
        }
    }
}

fn to_change(row: &LineRow, market: &Market, currency: sampan_engine::money::Currency) -> Change {
    let value = (row.merge.quantity() > 0)
        .then(|| serde_json::to_value(market.value(row, currency)).unwrap_or_default());
    Change {
        kind: "cart_line",
        id: format!("{}/{}", row.cart_id, row.line),
        rev: row.rev,
        value,
    }
}

fn cart_change(cart: &CartRow) -> Change {
    let state = if cart.is_open() { "open" } else { "ordered" };
    let value = Some(json!({"state": state, "successor": cart.successor}));
    Change {
        kind: "cart",
        id: cart.id.to_string(),
        rev: cart.rev,
        value,
    }
}

fn uuid_bound(bound: &str) -> Uuid {
    match bound {
        "" => Uuid::nil(),
        bound => Uuid::try_parse(bound).unwrap_or(Uuid::max()),
    }
}

fn distinct<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<BTreeSet<T>>().into_iter().collect()
}
