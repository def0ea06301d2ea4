//! A shopper and a seller of the demo market, in a few verbs.

use super::{
    TestApp,
    app::spawn_app_with,
    device::{Guest, guest, id, pair, text},
};
use sampan::{
    catalog,
    platform::{db, signature, token},
    stock,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Soup bowls of a pottery in Portugal: 9.80 EUR from 6, 8.70 from 24; sold by sixes; 340 on the shelf.
pub const BOWL: &str = "OVM-SOPA-OCRE";
pub const POTTERY: &str = "olaria-vale-manso";
/// A basket of weavers in Ghana.
pub const WEAVERS: &str = "akanyo-grass-weavers";

/// Every account of these tests has it.
const PASSWORD: &str = "correct horse battery";

/// The demo market, running.
pub async fn market() -> TestApp {
    spawn_app_with(|config| config.demo = true).await
}

/// Pieces of a variant from the maker's own shelf.
pub fn wanted(sku: &str, quantity: i64) -> stock::Wanted {
    stock::Wanted {
        sku: sku.to_owned(),
        quantity,
        warehouse: None,
        ships_on: None,
    }
}

/// A shopper with a cart.
pub struct Shopper<'a> {
    pub app: &'a TestApp,
    pub guest: Guest,
    seq: std::cell::Cell<i64>,
    cursor: std::cell::Cell<i64>,
}

/// Where the parcels go; the street is a marked string.
pub fn address() -> Value {
    json!({ "name": "Inés Duarte", "line1": "Calle Escondida 7", "city": "Sevilla", "postcode": "41001", "country": "ES" })
}

impl<'a> Shopper<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            guest: guest(app).await,
            seq: 0.into(),
            cursor: 0.into(),
        }
    }

    /// A shopper with so many bowls in the cart.
    pub async fn with_bowls(app: &'a TestApp, quantity: i64) -> Self {
        let shopper = Self::new(app).await;
        shopper.put(BOWL, quantity).await;
        shopper
    }

    /// Sets a line of the open cart.
    pub async fn put(&self, sku: &str, quantity: i64) {
        let op = json!({ "kind": "cart.set", "cart": null, "line": sku, "quantity": quantity });
        let (_, reply) = self.sync(vec![op]).await;
        assert_eq!(reply["outcomes"], json!([]), "{reply}");
    }

    /// One exchange; answers the ids of its ops and the reply.
    pub async fn sync(&self, ops: Vec<Value>) -> (Vec<Uuid>, Value) {
        let now = self.app.rooms.platform.now().millis();
        let mut ids = Vec::new();
        let mut sent = Vec::new();
        for mut op in ops {
            let op_id = Uuid::now_v7();
            self.seq.set(self.seq.get() + 1);
            op["id"] = json!(op_id);
            op["seq"] = json!(self.seq.get());
            op["at"] = json!(now);
            op["base"] = json!(self.cursor.get());
            op["base_at"] = json!(0);
            ids.push(op_id);
            sent.push(op);
        }
        let body = json!({
            "schema": 1, "epoch": self.guest.epoch, "device": self.guest.device_id, "cursor": self.cursor.get(),
            "sent_at": now, "ops": sent,
        });
        let (status, reply) = self.post("/api/v1/sync", body).await;
        assert_eq!(status, 200, "{reply}");
        self.cursor.set(reply["cursor"].as_i64().expect("a cursor"));
        (ids, reply)
    }

    /// A fresh access token, however late it has become.
    pub fn token(&self) -> String {
        let Guest {
            scope_id,
            device_id,
            ..
        } = self.guest;
        token::sign(&self.app.rooms.platform, scope_id, device_id).expect("a token")
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.app.post_as(&self.token(), path, body).await
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.app.get_as(&self.token(), path).await
    }

    /// Writes a note on a line of the open cart; an empty one clears it.
    pub async fn note(&self, sku: &str, text: &str) {
        let op = json!({ "kind": "cart.note", "cart": null, "line": sku, "text": text });
        let (_, reply) = self.sync(vec![op]).await;
        assert_eq!(reply["outcomes"], json!([]), "{reply}");
    }

    /// Logs in to an account on this guest's phone, taking the cart along.
    pub async fn log_in(&self, email: &str) {
        let (device_id, secret) = pair();
        let body = json!({
            "email": email, "password": PASSWORD, "device_id": device_id, "secret": secret,
            "guest_cart": self.guest.cart_id,
        });
        let (status, reply) = self.post("/api/v1/auth/login", body).await;
        assert_eq!(status, 200, "{reply}");
    }

    /// Makes an account of this guest, in place.
    pub async fn register(&self, email: &str) {
        let body = json!({ "email": email, "password": PASSWORD });
        let (status, reply) = self.post("/api/v1/auth/register", body).await;
        assert_eq!(status, 201, "{reply}");
    }

    /// The open cart's lines as SKU and quantity.
    pub async fn cart(&self) -> Vec<(String, i64)> {
        let quantity = |line: &Value| line["quantity"].as_i64().expect("a number");
        let lines = self.cart_lines().await;
        lines
            .iter()
            .map(|line| (text_of(line, "line"), quantity(line)))
            .collect()
    }

    /// The open cart's lines as they are told.
    pub async fn cart_lines(&self) -> Vec<Value> {
        let cart = self.open_cart().await;
        let (status, cart) = self.get(&format!("/api/v1/carts/{cart}")).await;
        assert_eq!(status, 200, "{cart}");
        cart["lines"].as_array().expect("lines").clone()
    }

    /// The cart that is open now; once the first was ordered, its successor.
    pub async fn open_cart(&self) -> Uuid {
        let reader = self.app.rooms.platform.db.reader();
        let text = "SELECT open_cart FROM scope WHERE id = $1";
        let row = db::fetch_one(reader, text, [self.guest.scope_id.into()]).await;
        let row = row.expect("a row").expect("a scope");
        row.try_get("", "open_cart").expect("an open cart")
    }

    pub async fn quote(&self) -> Value {
        let body = json!({ "cart_id": self.guest.cart_id, "ship_to": { "country": "ES" }, "currency": "EUR" });
        let (status, quote) = self.post("/api/v1/quotes", body).await;
        assert_eq!(status, 200, "{quote}");
        quote
    }

    /// The body of a checkout of the first cart at this quote.
    pub fn order(&self, quote: &Value, card: &str) -> Value {
        json!({
            "cart_id": self.guest.cart_id, "quote_id": quote["id"], "ship_to": address(),
            "contact": { "email": "ines@example.org" }, "payment_method": { "provider": "sandbox", "token": card },
        })
    }

    pub async fn checkout(&self, key: &str, body: Value) -> (u16, Value) {
        let request = self
            .app
            .client
            .post(format!("{}/api/v1/checkouts", self.app.address))
            .bearer_auth(self.token())
            .header("idempotency-key", key)
            .json(&body);
        self.app.send(request).await
    }

    /// Quotes and orders what is in the cart; answers the placed checkout.
    pub async fn buy(&self) -> Value {
        let quote = self.quote().await;
        let key = Uuid::new_v4().to_string();
        let (status, placed) = self.checkout(&key, self.order(&quote, "ok")).await;
        assert_eq!(status, 201, "{placed}");
        placed
    }

    /// `checkout.place` for what the cart holds.
    pub fn place_op(&self, intent: &str, quantity: i64, max_minor: i64, card: &str) -> Value {
        json!({
            "kind": "checkout.place", "intent": intent, "cart": self.guest.cart_id, "quote_id": null,
            "lines": [{ "sku": BOWL, "quantity": quantity }], "ship_to": address(),
            "contact": { "email": "ines@example.org" },
            "payment_method": { "provider": "sandbox", "token": card },
            "max_total": { "minor": max_minor, "currency": "EUR" },
        })
    }
}

/// A shopper with an account, on a phone of its own.
pub async fn account<'a>(app: &'a TestApp, email: &str) -> Shopper<'a> {
    let shopper = Shopper::new(app).await;
    shopper.register(email).await;
    shopper
}

/// Lets a guest work for a shop.
pub async fn seller<'a>(app: &'a TestApp, shop: &'static str) -> Shopper<'a> {
    let seller = Shopper::new(app).await;
    let scope_id = seller.guest.scope_id;
    let write = app.rooms.platform.db.write(move |tx| {
        Box::pin(async move { catalog::add_member(tx, shop, scope_id, "owner").await })
    });
    assert!(write.await.expect("a write"), "{shop} exists");
    seller
}

/// A carrier's signed report, with the signature as it should be or another.
pub async fn carrier_says(app: &TestApp, event: &Value, secret: Option<&str>) -> (u16, Value) {
    let body = event.to_string();
    let known = &app.rooms.platform.keys.webhooks["generic"];
    let now = app.rooms.platform.now();
    let signature = signature::sign(secret.unwrap_or(known), body.as_bytes(), now);
    let request = app
        .client
        .post(format!("{}/api/v1/hooks/carriers/generic", app.address))
        .header("x-sampan-signature", signature)
        .header("content-type", "application/json")
        .body(body);
    app.send(request).await
}

/// One number out of the database.
pub async fn number(app: &TestApp, query: &str) -> i64 {
    let row = db::fetch_one(app.rooms.platform.db.reader(), query, []).await;
    let row = row.expect("a query").expect("a row");
    row.try_get("", "n").expect("a number called n")
}

pub fn slug(problem: &Value) -> &str {
    problem["type"]
        .as_str()
        .unwrap_or_default()
        .trim_start_matches("/problems/")
}

pub fn text_of(value: &Value, name: &str) -> String {
    text(value, name)
}

pub fn id_of(value: &Value, name: &str) -> Uuid {
    id(value, name)
}

/// The one outcome of an op in a reply.
pub fn outcome(reply: &Value, op: Uuid) -> Value {
    let outcomes = reply["outcomes"].as_array().expect("outcomes");
    let found = outcomes.iter().find(|outcome| outcome["id"] == json!(op));
    found.cloned().unwrap_or(Value::Null)
}
