//! A phone in a test, written only from the protocol: an outbox, a cursor, what the server confirmed, and a clock of its
//! own that may be wrong.

use super::{TestApp, device::pair};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One installed app in one scope.
#[derive(Clone)]
pub struct Phone {
    pub device: Uuid,
    pub secret: String,
    pub token: String,
    pub cart: String,
    pub epoch: Option<String>,
    pub cursor: i64,
    pub cursor_at: i64,
    pub seq: i64,
    pub outbox: Vec<Value>,
    pub seen: Vec<String>,
    /// `kind/id` → value.
    pub confirmed: BTreeMap<String, Value>,
    /// What its clock shows more than the server's, ms.
    pub skew: i64,
    page: Option<String>,
    staged: Vec<Value>,
}

impl Phone {
    /// A new guest.
    pub async fn guest(app: &TestApp) -> Self {
        let (device, secret) = pair();
        let body = json!({"device_id": device, "secret": secret});
        let (status, reply) = app.post("/api/v1/auth/guest", body).await;
        assert_eq!(status, 201, "{reply}");
        Self::from_reply(device, secret, &reply)
    }

    /// A second phone in the same scope.
    pub async fn join(&self, app: &TestApp) -> Self {
        let (device, secret) = pair();
        let body = json!({"device_id": device, "secret": secret});
        let (status, reply) = app.post_as(&self.token, "/api/v1/devices", body).await;
        assert!(status == 201 || status == 200, "{status} {reply}");
        let mut phone = self.clone();
        phone.device = device;
        phone.secret = secret;
        if let Some(token) = reply["access_token"].as_str() {
            phone.token = token.to_owned();
        }
        (phone.seq, phone.cursor, phone.cursor_at) = (0, 0, 0);
        phone.outbox.clear();
        phone.seen.clear();
        phone.confirmed.clear();
        phone
    }

    pub fn from_reply(device: Uuid, secret: String, reply: &Value) -> Self {
        let text = |name: &str| {
            reply[name]
                .as_str()
                .unwrap_or_else(|| panic!("{name} in {reply}"))
                .to_owned()
        };
        Self {
            device,
            secret,
            token: text("access_token"),
            cart: text("cart_id"),
            epoch: None,
            cursor: 0,
            cursor_at: 0,
            seq: 0,
            outbox: Vec::new(),
            seen: Vec::new(),
            confirmed: BTreeMap::new(),
            skew: 0,
            page: None,
            staged: Vec::new(),
        }
    }

    pub fn add(&mut self, app: &TestApp, line: &str, delta: i64) -> String {
        self.tap(
            app,
            json!({"kind": "cart.add", "cart": null, "line": line, "delta": delta}),
        )
    }

    pub fn set(&mut self, app: &TestApp, line: &str, quantity: i64) -> String {
        self.tap(
            app,
            json!({"kind": "cart.set", "cart": null, "line": line, "quantity": quantity}),
        )
    }

    pub fn remove(&mut self, app: &TestApp, line: &str) -> String {
        self.tap(
            app,
            json!({"kind": "cart.remove", "cart": null, "line": line}),
        )
    }

    /// Writes an op into the outbox and answers its id.
    pub fn tap(&mut self, app: &TestApp, mut op: Value) -> String {
        self.seq += 1;
        let id = Uuid::new_v4().to_string();
        op["id"] = id.as_str().into();
        op["seq"] = self.seq.into();
        op["at"] = self.now(app).into();
        op["base"] = self.cursor.into();
        op["base_at"] = self.cursor_at.into();
        if let Some(epoch) = &self.epoch {
            op["epoch"] = epoch.as_str().into();
        }
        self.outbox.push(op);
        id
    }

    pub fn now(&self, app: &TestApp) -> i64 {
        app.rooms.platform.now().millis() + self.skew
    }

    pub fn request(&self, app: &TestApp) -> Value {
        let mut request = json!({
            "schema": 1, "epoch": self.epoch, "device": self.device, "cursor": self.cursor,
            "sent_at": self.now(app), "ops": self.outbox, "seen": self.seen, "limit": 500,
        });
        if let Some(page) = &self.page {
            request["page"] = page.as_str().into();
        }
        request
    }

    /// One exchange; its reply is applied unless it is a problem.
    pub async fn sync(&mut self, app: &TestApp) -> (u16, Value) {
        let (status, reply) = app
            .post_as(&self.token, "/api/v1/sync", self.request(app))
            .await;
        if status == 200 {
            self.take(&reply);
        }
        (status, reply)
    }

    /// Until the last page.
    pub async fn sync_all(&mut self, app: &TestApp) -> Value {
        loop {
            let (status, reply) = self.sync(app).await;
            assert_eq!(status, 200, "{reply}");
            if self.page.is_none() {
                return reply;
            }
        }
    }

    /// The request arrives and is answered, and the answer is lost.
    pub async fn sync_and_lose_the_reply(&self, app: &TestApp) -> (u16, Value) {
        app.post_as(&self.token, "/api/v1/sync", self.request(app))
            .await
    }

    /// Takes a reply in; of a long one, once its last page is there.
    pub fn take(&mut self, reply: &Value) {
        self.epoch = reply["epoch"].as_str().map(str::to_owned);
        if !reply["reset"].is_null() {
            self.confirmed.clear();
            self.staged.clear();
        }
        if let Some(acked) = reply["acked"].as_i64() {
            self.outbox.retain(|op| op["seq"].as_i64() > Some(acked));
        }
        self.seen.clear();
        for outcome in reply["outcomes"].as_array().expect("outcomes") {
            if outcome["code"] != "working" {
                self.seen
                    .push(outcome["id"].as_str().expect("an id").to_owned());
            }
        }
        self.staged.extend(
            reply["changes"]
                .as_array()
                .expect("changes")
                .iter()
                .cloned(),
        );
        self.page = reply["page"].as_str().map(str::to_owned);
        if self.page.is_some() {
            return;
        }
        for change in std::mem::take(&mut self.staged) {
            let key = format!(
                "{}/{}",
                change["kind"].as_str().expect("a kind"),
                change["id"].as_str().expect("an id")
            );
            match &change["value"] {
                Value::Null => self.confirmed.remove(&key),
                value => self.confirmed.insert(key, value.clone()),
            };
        }
        self.cursor = reply["cursor"].as_i64().expect("a cursor");
        self.cursor_at = reply["cursor_at"].as_i64().expect("its time");
    }

    /// The confirmed cart: line → quantity.
    pub fn cart(&self) -> BTreeMap<String, i64> {
        let line = |(key, value): (&String, &Value)| {
            let line = key
                .strip_prefix("cart_line/")?
                .split_once('/')?
                .1
                .to_owned();
            Some((line, value["quantity"].as_i64()?))
        };
        self.confirmed.iter().filter_map(line).collect()
    }
}

/// A cart as expected.
pub fn cart_of(lines: &[(&str, i64)]) -> BTreeMap<String, i64> {
    lines
        .iter()
        .map(|(line, quantity)| ((*line).to_owned(), *quantity))
        .collect()
}
