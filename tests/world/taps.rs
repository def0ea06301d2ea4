//! What a shopper's thumb does, and what no honest app would.

use super::World;
use serde_json::{Value, json};
use uuid::Uuid;

impl World {
    /// Some tap of a shopper, mostly on a cart.
    pub fn some_op(&mut self, index: usize) -> Value {
        let sku = self
            .chance
            .weighed(&[(6, "MUG-1"), (3, "TEA-1"), (2, "NET-1"), (1, "ROPE-1")]);
        let store = &self.phones[index].store;
        let shown = store.shown(sku);
        let cart = if self.chance.percent(50) {
            json!(store.cart)
        } else {
            Value::Null
        };
        let number = self.chance.between(1..=9);
        let delta = if self.chance.percent(40) {
            -number.min(5)
        } else {
            number
        };
        match self.chance.between(1..=100) {
            1..=40 if delta < 0 && shown + delta <= 0 => {
                json!({"kind": "cart.remove", "cart": cart, "line": sku})
            }
            1..=44 => json!({"kind": "cart.add", "cart": cart, "line": sku, "delta": delta}),
            45..=62 => {
                json!({"kind": "cart.set", "cart": cart, "line": sku, "quantity": number * 3})
            }
            63..=70 => json!({"kind": "cart.remove", "cart": cart, "line": sku}),
            71..=75 => {
                json!({"kind": "cart.note", "cart": cart, "line": sku, "text": format!("wrap {number}")})
            }
            76..=78 => json!({"kind": "wishlist.put", "sku": format!("W-{number}")}),
            79..=80 => json!({"kind": "wishlist.remove", "sku": format!("W-{number}")}),
            81..=83 => {
                json!({"kind": "prefs.set", "name": "theme", "value": format!("tide {number}")})
            }
            84..=86 => json!({
                "kind": "address.put", "address_id": Uuid::from_u128(number as u128 % 2), "name": "Ada",
                "line1": format!("{number} Quay"), "city": "Bremen", "country": "DE",
            }),
            87..=89 => self.some_dismissal(index),
            90..=95 => self.some_order(index),
            96..=97 => self.some_withdrawal(index),
            _ => self.some_nonsense(sku),
        }
    }

    fn some_dismissal(&mut self, index: usize) -> Value {
        let store = &self.phones[index].store;
        let known: Vec<Uuid> = store.heard.keys().copied().chain(store.cards()).collect();
        let op = if known.is_empty() {
            Uuid::nil()
        } else {
            *self.chance.pick(&known)
        };
        json!({"kind": "outcome.dismiss", "op": op})
    }

    /// "Order when I'm back online": all or part of what the phone shows, sometimes one too many.
    fn some_order(&mut self, index: usize) -> Value {
        let store = &self.phones[index].store;
        let cart = store.cart;
        let mut lines = Vec::new();
        for sku in ["MUG-1", "TEA-1", "NET-1"] {
            let shown = store.shown(sku);
            if shown > 0 && self.chance.percent(60) {
                let part =
                    self.chance
                        .weighed(&[(6, shown), (3, (shown / 2).max(1)), (1, shown + 1)]);
                lines.push(json!({"sku": sku, "quantity": part}));
            }
        }
        if lines.is_empty() {
            return json!({"kind": "cart.add", "cart": null, "line": "MUG-1", "delta": 2});
        }
        let intent = self.chance.id(self.host.now_ms()).to_string();
        self.intents
            .push((self.phones[index].shopper, intent.clone()));
        let card = self
            .chance
            .weighed(&[(6, "ok"), (2, "declined"), (2, "challenge")]);
        let most = self.chance.weighed(&[(8, 100_000_000), (2, 9_000)]);
        json!({
            "kind": "checkout.place", "intent": intent, "cart": cart, "quote_id": null, "lines": lines,
            "ship_to": {"name": "Ada", "line1": "1 Quay", "city": "Sevilla", "postcode": "41001", "country": "ES"},
            "contact": {"email": "ada@example.org"}, "payment_method": {"provider": "sandbox", "token": card},
            "max_total": {"minor": most, "currency": "EUR"},
        })
    }

    pub fn some_withdrawal(&mut self, index: usize) -> Value {
        let shopper = self.phones[index].shopper;
        let own = self.intents.iter().filter(|(of, _)| *of == shopper);
        let intent = own.map(|(_, intent)| intent).next_back().cloned();
        json!({"kind": "checkout.withdraw", "intent": intent.unwrap_or_else(|| "never-placed".to_owned())})
    }

    /// What no honest app sends: a price, another shopper's cart, a kind that is not there.
    fn some_nonsense(&mut self, sku: &str) -> Value {
        let foreign: Vec<Uuid> = self
            .oracle
            .scopes
            .values()
            .map(|scope| scope.open)
            .collect();
        let cart = if foreign.is_empty() {
            Uuid::nil()
        } else {
            *self.chance.pick(&foreign)
        };
        match self.chance.between(1..=4) {
            1 => json!({"kind": "cart.add", "cart": null, "line": sku, "delta": 1, "price": 1}),
            2 => json!({"kind": "cart.add", "cart": cart, "line": sku, "delta": 1}),
            3 => json!({"kind": "cart.add", "cart": null, "line": "GONE-9", "delta": 1}),
            _ => json!({"kind": "rfq.open", "sku": sku}),
        }
    }
}
