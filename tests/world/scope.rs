//! One shopper's data as the oracle keeps it: what is stored with an op, what is told of it, what phones may see.

use super::{
    merge::{Place, Register, Verdict},
    network::Letter,
    oracle::{Cart, Known, Past, Scope, Told, uuid},
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A line on its way from one cart to another.
pub struct Moved {
    sku: String,
    quantity: i64,
    pub note: Register,
}

impl Scope {
    /// A scope as the first phone finds it.
    pub fn with_cart(cart: Uuid) -> Self {
        let mut scope = Self {
            open: cart,
            ..Self::default()
        };
        scope.open_cart(cart);
        scope
    }

    pub fn know_device(&mut self, device: Uuid) {
        self.devices.entry(device).or_default();
    }

    /// One terminal outcome an op; all but `applied` are told until seen.
    pub fn store(&mut self, id: Uuid, seq: i64, device: Uuid, verdict: Verdict) {
        if verdict.is_told() {
            let told = Told {
                verdict: verdict.clone(),
                device,
                makers: BTreeSet::from([device]),
                is_seen: false,
                is_dismissed: false,
                is_perhaps_dismissed: self.dismissed_early.contains(&id),
            };
            self.told.insert(id, told);
        }
        let known = Known {
            device,
            seq,
            verdict,
        };
        self.ops.insert(id, known);
    }

    /// An op that is sent again is answered again, to whichever device sent it.
    pub fn tell_again(&mut self, id: Uuid, device: Uuid) {
        let is_told = self
            .ops
            .get(&id)
            .is_some_and(|known| known.verdict.is_told());
        if let Some(told) = self.told.get_mut(&id).filter(|_| is_told) {
            told.device = device;
            told.makers.insert(device);
            told.is_seen = false;
        }
    }

    pub fn mark_seen(&mut self, letter: &Letter) {
        for id in letter.body["seen"].as_array().into_iter().flatten() {
            let id = id
                .as_str()
                .and_then(|id| id.parse::<Uuid>().ok())
                .unwrap_or_default();
            let told = self.told.get_mut(&id);
            let mine =
                told.filter(|told| told.device == letter.device && told.verdict.code != "working");
            if let Some(told) = mine {
                told.is_seen = true;
            }
        }
    }

    /// What was `working` has ended.
    pub fn conclude(&mut self, id: Uuid, verdict: &Verdict) {
        if let Some(known) = self
            .ops
            .get_mut(&id)
            .filter(|known| known.verdict.code == "working")
        {
            known.verdict = verdict.clone();
        }
        if let Some(told) = self
            .told
            .get_mut(&id)
            .filter(|told| told.verdict.code == "working")
        {
            told.verdict = verdict.clone();
            told.is_seen = false;
        }
    }

    pub fn write_register(&mut self, kind: &str, op: &Value, place: &Place) -> Verdict {
        let (key, value) = match kind {
            "wishlist.put" => (
                format!("wishlist_item/{}", text(op, "sku")),
                Some(json!({"sku": op["sku"]})),
            ),
            "wishlist.remove" => (format!("wishlist_item/{}", text(op, "sku")), None),
            "address.put" => (
                format!("address/{}", text(op, "address_id")),
                Some(address_of(op)),
            ),
            "address.remove" => (format!("address/{}", text(op, "address_id")), None),
            _ => (
                format!("prefs/{}", text(op, "name")),
                Some(json!({"value": op["value"]})),
            ),
        };
        self.registers
            .entry(key)
            .or_default()
            .write(place, value, &mut self.last_eff)
    }

    pub fn open_cart(&mut self, cart: Uuid) {
        self.open = cart;
        let open = Cart {
            is_open: true,
            successor: None,
            absorbed: None,
        };
        self.carts.insert(cart, open);
    }

    /// SKU and quantity of a cart's lines.
    pub fn held(&self, cart: Uuid) -> BTreeMap<String, i64> {
        let lines = self.lines.iter().filter(|((of, _), _)| *of == cart);
        let held = lines.map(|((_, sku), line)| (sku.clone(), line.quantity()));
        held.filter(|(_, quantity)| *quantity > 0).collect()
    }

    /// The cart is closed and emptied, its successor holds what moves on. What was written on lines stays with them.
    pub fn close_cart(
        &mut self,
        cart: Uuid,
        successor: Uuid,
        rev: i64,
        moved: &BTreeMap<String, i64>,
    ) {
        for ((of, _), line) in &mut self.lines {
            if *of == cart {
                *line = line.emptied();
            }
        }
        if let Some(cart) = self.carts.get_mut(&cart) {
            cart.is_open = false;
            cart.successor = Some(successor);
        }
        self.open_cart(successor);
        let moved = self.with_notes(cart, moved);
        self.put_in(moved, rev);
    }

    /// These lines with what was written on them in a cart.
    pub fn with_notes(&self, cart: Uuid, lines: &BTreeMap<String, i64>) -> Vec<Moved> {
        let of = |sku: &String| self.lines.get(&(cart, sku.clone()));
        let lines = lines.iter().filter(|(_, quantity)| **quantity > 0);
        let moved = lines.map(|(sku, quantity)| Moved {
            sku: sku.clone(),
            quantity: *quantity,
            note: of(sku).map(|line| line.note.clone()).unwrap_or_default(),
        });
        moved.collect()
    }

    /// The server itself puts lines into the open cart.
    pub fn put_in(&mut self, lines: Vec<Moved>, rev: i64) {
        for moved in lines {
            let line = self.lines.entry((self.open, moved.sku)).or_default();
            line.put_in(rev, moved.quantity);
            line.note.unless_written(moved.note);
        }
    }

    /// All that the oracle knows of what phones show, by `kind/id`.
    pub fn view(&self) -> BTreeMap<String, Value> {
        let mut view = BTreeMap::new();
        for (id, cart) in &self.carts {
            let state = if cart.is_open { "open" } else { "ordered" };
            view.insert(
                format!("cart/{id}"),
                json!({"state": state, "successor": cart.successor}),
            );
        }
        for ((cart, sku), line) in &self.lines {
            let shown = json!({"quantity": line.quantity(), "note": line.note.value});
            if line.quantity() > 0 {
                view.insert(format!("cart_line/{cart}/{sku}"), shown);
            }
        }
        for (key, register) in &self.registers {
            if let Some(value) = &register.value {
                view.insert(key.clone(), value.clone());
            }
        }
        for (intent, checkout) in &self.checkouts {
            if checkout.state != "withdrawn" {
                view.insert(format!("checkout/{intent}"), json!(checkout.state));
            }
        }
        view
    }
}

impl Past {
    /// What the oracle knows of these outcomes.
    pub fn explain<'a>(&self, ids: impl Iterator<Item = &'a Uuid>) -> Vec<(Uuid, Option<&Told>)> {
        ids.map(|id| (*id, self.cards.get(id))).collect()
    }

    /// What a phone may show as a card, and what it must: outcomes of ops that were never its own.
    pub fn cards_of(&self, devices: &BTreeSet<Uuid>) -> (BTreeSet<Uuid>, BTreeSet<Uuid>) {
        let shown = self
            .cards
            .iter()
            .filter(|(_, told)| !told.is_dismissed && told.verdict.is_told());
        let may: BTreeSet<Uuid> = shown.clone().map(|(id, _)| *id).collect();
        let must = shown
            .filter(|(_, told)| !told.is_perhaps_dismissed && told.makers.is_disjoint(devices));
        (may, must.map(|(id, _)| *id).collect())
    }
}

fn address_of(op: &Value) -> Value {
    let mut address = serde_json::Map::new();
    for field in ["name", "line1", "city", "country"] {
        address.insert(field.to_owned(), op[field].clone());
    }
    Value::Object(address)
}

pub fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// Unused ids are nil.
pub fn named(op: &Value) -> Uuid {
    uuid(op, "cart")
}
