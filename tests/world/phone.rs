//! A phone, following sync.md to the letter: an outbox that is written before anything is sent, what the server
//! confirmed, staged pages, and a clock that nobody set right.

use super::chance::Chance;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const ACKED_DAYS_MS: i64 = 30 * 86_400_000;

/// An op in the outbox.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: Uuid,
    /// The device that numbered it.
    pub device: Uuid,
    pub op: Value,
    /// Acknowledged to the device's secret; shown until a bearer's reply has been applied.
    pub is_pushed: bool,
}

/// Everything in the phone's storage: a copy of it is a backup, a clone, a way back.
#[derive(Clone, Debug, Default)]
pub struct Store {
    pub scope: Option<Uuid>,
    /// The account it is logged in to; None for a guest.
    pub account: Option<usize>,
    pub device: Uuid,
    pub secret: String,
    pub cart: Option<Uuid>,
    pub seq: i64,
    pub epoch: Option<String>,
    pub cursor: i64,
    pub cursor_at: i64,
    pub outbox: Vec<Waiting>,
    /// Acknowledged ops and when, by the phone's clock.
    pub acked: Vec<(Waiting, i64)>,
    pub staged: Vec<Part>,
    pub seen: BTreeSet<String>,
    /// `kind/id` → value.
    pub confirmed: BTreeMap<String, Value>,
    /// What it heard of its own ops.
    pub heard: BTreeMap<Uuid, Value>,
    /// Every device id it ever had.
    pub devices: BTreeSet<Uuid>,
    /// An older copy of this storage was put back, and no reply was taken in since.
    pub is_wound_back: bool,
    /// It was copied to another phone: either may send bases that the other has left behind.
    pub has_twin: bool,
}

/// One page of a long reply.
#[derive(Clone, Debug)]
pub struct Part {
    acked: Vec<i64>,
    sent_seen: Vec<String>,
    reply: Value,
}

/// What applying a reply led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The whole reply was applied: the phone shows one moment of the server.
    pub is_whole: bool,
    pub has_more: bool,
    /// Ops of an earlier device id wait again: a new device must count them.
    pub must_renumber: bool,
}

impl Store {
    /// A phone nobody has used.
    pub fn new(chance: &mut Chance, phone_ms: i64) -> Self {
        let mut store = Self::default();
        store.take_new_device(chance, phone_ms);
        store
    }

    /// A new device id and secret; what waits is counted anew, its ids stay.
    pub fn take_new_device(&mut self, chance: &mut Chance, phone_ms: i64) {
        self.device = chance.id(phone_ms);
        self.secret = chance.secret();
        self.devices.insert(self.device);
        self.seq = 0;
        self.staged.clear();
        for waiting in self.outbox.iter_mut().filter(|waiting| !waiting.is_pushed) {
            self.seq += 1;
            waiting.device = self.device;
            waiting.op["seq"] = self.seq.into();
        }
    }

    /// Keeps a tap: seq, base and the op itself, before anything is sent.
    pub fn tap(&mut self, id: Uuid, phone_ms: i64, mut op: Value) {
        self.seq += 1;
        op["id"] = json!(id);
        op["seq"] = self.seq.into();
        op["at"] = phone_ms.into();
        op["base"] = self.cursor.into();
        op["base_at"] = self.cursor_at.into();
        if let Some(epoch) = &self.epoch {
            op["epoch"] = epoch.as_str().into();
        }
        let waiting = Waiting {
            id,
            device: self.device,
            op,
            is_pushed: false,
        };
        self.outbox.push(waiting);
    }

    /// The next request; None when the device's secret alone has nothing to push.
    pub fn request(&self, phone_ms: i64, is_bearer: bool, limit: i64) -> Option<Value> {
        let page = self.staged.last().filter(|_| is_bearer);
        let is_free = |kind: &Value| {
            kind.as_str()
                .is_some_and(|kind| kind.starts_with("cart.") || kind.starts_with("wishlist."))
        };
        let may_go =
            |waiting: &&Waiting| !waiting.is_pushed && (is_bearer || is_free(&waiting.op["kind"]));
        let mut ops: Vec<&Value> = Vec::new();
        if page.is_none() {
            ops.extend(self.outbox.iter().filter(may_go).map(|waiting| &waiting.op));
        }
        ops.sort_by_key(|op| op["seq"].as_i64());
        if ops.is_empty() && !is_bearer {
            return None;
        }
        let epoch = page.map_or(json!(self.epoch), |part| part.reply["epoch"].clone());
        let mut request = json!({
            "schema": 1, "epoch": epoch, "device": self.device, "sent_at": phone_ms, "ops": ops,
            "seen": self.seen, "limit": limit,
        });
        match page {
            Some(part) => request["page"] = part.reply["page"].clone(),
            None => request["cursor"] = self.cursor.into(),
        }
        Some(request)
    }

    /// Takes a reply in, all or nothing.
    pub fn take(
        &mut self,
        request: &Value,
        reply: &Value,
        is_bearer: bool,
        phone_ms: i64,
    ) -> Taken {
        let ops = request["ops"].as_array().into_iter().flatten();
        let acked: Vec<i64> = ops
            .filter_map(|op| op["seq"].as_i64())
            .filter(|seq| Some(*seq) <= reply["acked"].as_i64())
            .collect();
        let sent_seen = request["seen"].as_array().into_iter().flatten();
        let part = Part {
            acked,
            sent_seen: sent_seen
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            reply: reply.clone(),
        };
        if !is_bearer {
            let device = self.device;
            let is_acked = |waiting: &&mut Waiting| {
                waiting.device == device
                    && part
                        .acked
                        .contains(&waiting.op["seq"].as_i64().unwrap_or(0))
            };
            self.outbox
                .iter_mut()
                .filter(is_acked)
                .for_each(|waiting| waiting.is_pushed = true);
            // From now on it can tell that the data was put back.
            if self.epoch.is_none() {
                self.epoch = reply["epoch"].as_str().map(str::to_owned);
            }
            self.hear(&part);
            return Taken::default();
        }
        self.staged.push(part);
        if !reply["page"].is_null() {
            return Taken {
                has_more: true,
                ..Taken::default()
            };
        }
        self.finish(reply, phone_ms)
    }

    /// All pages are here: they are applied together, the cursor moves, acked ops are dropped.
    fn finish(&mut self, reply: &Value, phone_ms: i64) -> Taken {
        let parts = std::mem::take(&mut self.staged);
        let reset = parts
            .iter()
            .rposition(|part| !part.reply["reset"].is_null());
        if reset.is_some() {
            self.confirmed.clear();
        }
        for part in &parts[reset.unwrap_or(0)..] {
            self.confirm(&part.reply["changes"]);
        }
        // What was acknowledged before the reset, or pushed by the device alone, may be lost with the old data.
        let mut fresh = BTreeSet::new();
        for (index, part) in parts.iter().enumerate() {
            self.hear(part);
            let acked = self.settle(&part.acked, phone_ms);
            if index >= reset.unwrap_or(0) {
                fresh.extend(acked);
            }
        }
        let must_renumber = reset.is_some() && self.queue_again(&fresh, phone_ms);
        self.epoch = reply["epoch"].as_str().map(str::to_owned);
        self.cursor = reply["cursor"].as_i64().unwrap_or(0);
        self.cursor_at = reply["cursor_at"].as_i64().unwrap_or(0);
        self.is_wound_back = false;
        self.follow_cart();
        Taken {
            is_whole: true,
            has_more: reset.is_some(),
            must_renumber,
        }
    }

    fn confirm(&mut self, changes: &Value) {
        for change in changes.as_array().into_iter().flatten() {
            let name = |name: &str| change[name].as_str().unwrap_or_default().to_owned();
            let key = format!("{}/{}", name("kind"), name("id"));
            match &change["value"] {
                Value::Null => self.confirmed.remove(&key),
                value => self.confirmed.insert(key, value.clone()),
            };
        }
    }

    /// Outcomes are kept for the shopper and named in the next `seen`; `working` is not final.
    fn hear(&mut self, part: &Part) {
        for id in &part.sent_seen {
            self.seen.remove(id);
        }
        for told in part.reply["outcomes"].as_array().into_iter().flatten() {
            let id = told["id"].as_str().unwrap_or_default();
            if told["code"] != "working" {
                self.seen.insert(id.to_owned());
            }
            self.heard
                .insert(id.parse().unwrap_or_default(), told.clone());
        }
    }

    /// Acked ops, and those pushed before, leave the outbox and are kept aside. Answers the acked ones.
    fn settle(&mut self, acked: &[i64], phone_ms: i64) -> BTreeSet<Uuid> {
        let device = self.device;
        let is_done = |waiting: &Waiting| {
            waiting.is_pushed
                || (waiting.device == device
                    && acked.contains(&waiting.op["seq"].as_i64().unwrap_or(0)))
        };
        let (done, left): (Vec<_>, Vec<_>) = std::mem::take(&mut self.outbox)
            .into_iter()
            .partition(is_done);
        self.outbox = left;
        let acked_now = done.iter().filter(|waiting| !waiting.is_pushed);
        let ids = acked_now.map(|waiting| waiting.id).collect();
        let kept = done.into_iter().map(|waiting| Waiting {
            is_pushed: false,
            ..waiting
        });
        self.acked.extend(kept.map(|waiting| (waiting, phone_ms)));
        ids
    }

    /// The server came back from a backup: every acked op of thirty days is offered again.
    fn queue_again(&mut self, fresh: &BTreeSet<Uuid>, phone_ms: i64) -> bool {
        let mut again = Vec::new();
        for (waiting, at) in std::mem::take(&mut self.acked) {
            if fresh.contains(&waiting.id) {
                self.acked.push((waiting, at));
            } else if phone_ms - at <= ACKED_DAYS_MS {
                again.push(waiting);
            }
        }
        let must_renumber = again.iter().any(|waiting| waiting.device != self.device);
        again.append(&mut self.outbox);
        self.outbox = again;
        must_renumber
    }

    /// After an order the successor is the cart that new taps mean; after a restore, the one that is there.
    fn follow_cart(&mut self) {
        let open = self
            .confirmed
            .iter()
            .find(|(key, value)| key.starts_with("cart/") && value["state"] == "open");
        let open = open.and_then(|(key, _)| key.strip_prefix("cart/")?.parse().ok());
        self.cart = open.or(self.cart);
    }

    /// What the shopper sees of a line: confirmed, and what waits on top of it.
    pub fn shown(&self, sku: &str) -> i64 {
        let confirmed = self
            .cart
            .and_then(|cart| self.confirmed.get(&format!("cart_line/{cart}/{sku}")));
        let mut quantity = confirmed
            .and_then(|line| line["quantity"].as_i64())
            .unwrap_or(0);
        for op in self
            .outbox
            .iter()
            .map(|waiting| &waiting.op)
            .filter(|op| op["line"] == sku)
        {
            match op["kind"].as_str() {
                Some("cart.add") => quantity += op["delta"].as_i64().unwrap_or(0),
                Some("cart.set") => quantity = op["quantity"].as_i64().unwrap_or(0),
                Some("cart.remove") => quantity = 0,
                _ => {}
            }
            quantity = quantity.max(0);
        }
        quantity
    }

    /// What the oracle compares: kinds it knows, and of each only what no market answer moves.
    pub fn view(&self) -> BTreeMap<String, Value> {
        let known = |key: &str| -> Option<fn(&Value) -> Value> {
            match key.split('/').next() {
                Some("cart_line") => {
                    Some(|value| json!({"quantity": value["quantity"], "note": value["note"]}))
                }
                Some("checkout") => Some(|value| value["state"].clone()),
                Some("cart" | "address" | "prefs" | "wishlist_item") => Some(Value::clone),
                _ => None,
            }
        };
        let shown = |(key, value): (&String, &Value)| Some((key.clone(), known(key)?(value)));
        self.confirmed.iter().filter_map(shown).collect()
    }

    /// Outcome cards of other phones.
    pub fn cards(&self) -> BTreeSet<Uuid> {
        let card = |key: &String| key.strip_prefix("outcome/")?.parse().ok();
        self.confirmed.keys().filter_map(card).collect()
    }
}

/// An access token and when it ends, in the server's seconds.
#[derive(Clone, Debug)]
pub struct Token {
    pub text: String,
    pub expires_s: i64,
}

/// A phone in somebody's hand.
pub struct Phone {
    pub name: String,
    pub shopper: usize,
    pub store: Store,
    /// An older copy of its storage, as a phone's own backup keeps one.
    pub copy: Option<Store>,
    pub token: Option<Token>,
    pub cookie: Option<String>,
    /// The login has ended, and its owner has not logged in again: only the device's secret pushes.
    pub is_signed_out: bool,
    /// What its clock shows too much, ms.
    pub clock_error: i64,
    /// A reply on its way: request and reply.
    pub in_flight: Option<(super::network::Letter, super::host::Answer)>,
}
