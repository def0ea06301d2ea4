//! The ways in: as a guest, with a further phone, by logging in with the guest's cart, again after a login has ended.

use super::{
    World,
    host::{Answer, Credentials},
    oracle::{Broken, Kept, Scope, number, uuid},
    phone::{Store, Token},
    promise,
    template::{EMAILS, PASSWORD},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

impl World {
    /// A first start: a guest's scope, or the one this pair has opened before.
    pub async fn enter_as_guest(&mut self, index: usize) -> Kept {
        let body = self.pair(index);
        let by = self.with_cookie(index);
        let mut answer = self.host.post("/api/v1/auth/guest", &by, &body).await;
        if answer.status == 401 && self.phones[index].store.has_twin {
            // Its clone has logged in to an account with the pair that both of them hold.
            let now = self.host.now_ms() + self.phones[index].clock_error;
            let store = &mut self.phones[index].store;
            store.take_new_device(&mut self.chance, now);
            let body = self.pair(index);
            answer = self.host.post("/api/v1/auth/guest", &by, &body).await;
        }
        promise!(
            answer.status == 201,
            "a guest was refused: {} {}",
            answer.status,
            answer.body
        );
        self.let_in(index, &answer, true).await
    }

    /// A further phone of a shopper, by the login of another.
    pub async fn join(&mut self, index: usize, host_phone: usize) -> Kept {
        self.fresh_token(host_phone).await?;
        let account = self.phones[host_phone].store.account;
        let Some(token) = self.phones[host_phone].token.clone() else {
            return Ok(());
        };
        let by = Credentials {
            authorization: Some(format!("Bearer {}", token.text)),
            cookie: None,
        };
        let mut answer = self
            .host
            .post("/api/v1/devices", &by, &self.pair(index))
            .await;
        if answer.status == 401 {
            // A clone has taken the mate's login over; it logs in again, and this phone goes in alone.
            self.phones[host_phone].token = None;
            self.log_in_again(host_phone).await?;
            return self.log_in(index, false).await;
        }
        let is_taken = answer.body["type"] == "/problems/device-taken";
        if is_taken && self.phones[index].store.has_twin {
            // Its clone went in with the pair that both of them hold.
            let now = self.host.now_ms() + self.phones[index].clock_error;
            let store = &mut self.phones[index].store;
            store.take_new_device(&mut self.chance, now);
            let body = self.pair(index);
            answer = self.host.post("/api/v1/devices", &by, &body).await;
        }
        promise!(
            answer.status == 201 || answer.status == 200,
            "a phone could not join: {}",
            answer.body
        );
        self.phones[index].store.account = account;
        self.let_in(index, &answer, true).await
    }

    /// Logs in to the shopper's account, once or again after a lost reply. A guest's cart comes along, once.
    pub async fn log_in(&mut self, index: usize, is_repeated: bool) -> Kept {
        let account = self.phones[index].shopper;
        let is_guest = self.phones[index].store.account.is_none();
        let guest = self.phones[index].store.scope.filter(|_| is_guest);
        let now = self.host.now_ms() + self.phones[index].clock_error;
        let mut store = match guest {
            Some(_) => Store::new(&mut self.chance, now),
            None => self.phones[index].store.clone(),
        };
        let mut by = self.with_cookie(index);
        let token = self.phones[index]
            .token
            .as_ref()
            .filter(|_| guest.is_some());
        by.authorization = token.map(|token| format!("Bearer {}", token.text));
        let guest_cart = self.phones[index]
            .store
            .cart
            .filter(|_| by.authorization.is_some());
        let mut left = 1 + i64::from(is_repeated);
        while left > 0 {
            let mut body = json!({
                "email": EMAILS[account], "password": PASSWORD, "device_id": store.device, "secret": store.secret,
            });
            if let Some(cart) = guest_cart {
                body["guest_cart"] = json!(cart);
            }
            let answer = self.host.post("/api/v1/auth/login", &by, &body).await;
            if answer.body["type"] == "/problems/device-taken" {
                store.take_new_device(&mut self.chance, now);
                continue;
            }
            promise!(
                answer.status == 200,
                "a login was refused: {} {}",
                answer.status,
                answer.body
            );
            let scope = uuid(&answer.body, "scope_id");
            self.meet(scope, &answer.body, Some(store.device)).await;
            if let (Some(guest), Some(cart)) = (guest, guest_cart) {
                self.absorbed(guest, cart, scope, &answer.body["absorbed"]["lines"])
                    .await?;
            }
            let phone = &mut self.phones[index];
            (phone.copy, phone.in_flight) = (None, None);
            phone.store = store.clone();
            phone.store.account = Some(account);
            self.let_in(index, &answer, true).await?;
            left -= 1;
        }
        self.trace
            .note(format!("  {} is logged in", self.phones[index].name));
        Ok(())
    }

    /// The access token has ended: the cookie gives another, or the login is over.
    pub async fn refresh(&mut self, index: usize) -> Kept {
        let by = self.with_cookie(index);
        let answer = self
            .host
            .post("/api/v1/auth/refresh", &by, &json!({}))
            .await;
        if answer.status == 200 {
            return self.let_in(index, &answer, false).await;
        }
        promise!(
            answer.status == 401 || answer.status == 204,
            "a refresh ended in {}: {}",
            answer.status,
            answer.body
        );
        self.phones[index].cookie = None;
        self.log_in_again(index).await
    }

    /// A guest proves itself with the same pair, an account by its password.
    pub async fn log_in_again(&mut self, index: usize) -> Kept {
        match self.phones[index].store.account {
            None => self.enter_as_guest(index).await,
            Some(_) => self.log_in(index, false).await,
        }
    }

    /// The server does not know the device (any more): it came back from a backup that is older.
    pub async fn revive(&mut self, index: usize) -> Kept {
        self.phones[index].token = None;
        if self.phones[index].store.account.is_some() {
            let now = self.host.now_ms() + self.phones[index].clock_error;
            self.phones[index]
                .store
                .take_new_device(&mut self.chance, now);
        }
        self.log_in_again(index).await
    }

    /// After a fork: a new device id in the same scope, made known by the login that is still there.
    pub async fn take_new_device(&mut self, index: usize) -> Kept {
        if self.phones[index].is_signed_out {
            return Ok(());
        }
        self.fresh_token(index).await?;
        let pair = self.phones[index].store.clone();
        for _ in 0..2 {
            let now = self.host.now_ms() + self.phones[index].clock_error;
            self.phones[index]
                .store
                .take_new_device(&mut self.chance, now);
            if self.introduce(index).await? {
                return Ok(());
            }
            // A clone has taken the login over: the old pair opens another.
            let store = &mut self.phones[index].store;
            (store.device, store.secret) = (pair.device, pair.secret.clone());
            self.log_in_again(index).await?;
        }
        Err(Broken(format!(
            "{} gets no new device",
            self.phones[index].name
        )))
    }

    /// Makes a new device known by the login that is still there; false where it is not.
    async fn introduce(&mut self, index: usize) -> Result<bool, Broken> {
        let mut by = self.with_cookie(index);
        let token = self.phones[index].token.as_ref();
        by.authorization = token.map(|token| format!("Bearer {}", token.text));
        let answer = self
            .host
            .post("/api/v1/devices", &by, &self.pair(index))
            .await;
        if answer.status == 401 {
            self.phones[index].token = None;
            return Ok(false);
        }
        promise!(
            answer.status == 201 || answer.status == 200,
            "a new device was refused: {}",
            answer.body
        );
        self.trace
            .note(format!("  {} has a new device", self.phones[index].name));
        self.let_in(index, &answer, true).await?;
        Ok(true)
    }

    /// The storage is gone, the cookie is not: a new device of the same scope.
    pub async fn readmit(&mut self, index: usize) -> Kept {
        let by = self.with_cookie(index);
        let answer = self
            .host
            .post("/api/v1/auth/refresh", &by, &json!({}))
            .await;
        if answer.status != 200 {
            self.phones[index].cookie = None;
            return self.log_in_again(index).await;
        }
        self.let_in(index, &answer, false).await?;
        if self.introduce(index).await? {
            return Ok(());
        }
        self.log_in_again(index).await
    }

    pub async fn fresh_token(&mut self, index: usize) -> Kept {
        let now_s = self.host.now_ms() / 1000;
        let token = self.phones[index].token.as_ref();
        if token.is_some_and(|token| now_s < token.expires_s) {
            return Ok(());
        }
        self.refresh(index).await
    }

    /// Takes the reply of any way in; all but a refresh make the device known.
    async fn let_in(&mut self, index: usize, answer: &Answer, makes_known: bool) -> Kept {
        let body = &answer.body;
        let scope = uuid(body, "scope_id");
        let device = self.phones[index].store.device;
        promise!(
            body["epoch"] == self.oracle.epoch.as_str(),
            "a way in names the epoch {}",
            body["epoch"]
        );
        self.meet(scope, body, Some(device).filter(|_| makes_known))
            .await;
        let expires_in = number(body, "expires_in");
        let now_s = self.host.now_ms() / 1000;
        let phone = &mut self.phones[index];
        let known = phone.store.scope;
        if known != Some(scope) {
            phone.store.scope = Some(scope);
            phone.copy = None;
            phone.store.cart = body["cart_id"].as_str().and_then(|id| id.parse().ok());
        }
        phone.is_signed_out = false;
        phone.cookie = answer.cookie.clone().or(phone.cookie.take());
        phone.token = Some(Token {
            text: super::scope::text(body, "access_token"),
            expires_s: now_s + expires_in,
        });
        Ok(())
    }

    /// The oracle hears of a scope and of a device in it.
    async fn meet(&mut self, scope_id: Uuid, body: &Value, device: Option<Uuid>) {
        let seen = self.look(scope_id, false).await;
        let cart = uuid(body, "cart_id");
        let scope = self.oracle.scopes.entry(scope_id);
        let scope = scope.or_insert_with(|| Scope::with_cart(cart));
        if let Some(device) = device {
            scope.know_device(device);
        }
        (scope.rev, scope.rev_at) = (seen.rev, seen.rev_at);
        let scope = scope.clone();
        self.oracle.remember(scope_id, &scope);
        let events = &self.host.rooms().platform.events;
        self.pokes
            .entry(scope_id)
            .or_insert_with(|| events.subscribe(scope_id));
    }

    /// A login took a guest's cart along: all of it, once.
    async fn absorbed(&mut self, guest: Uuid, cart: Uuid, account: Uuid, told: &Value) -> Kept {
        let (guest_seen, account_seen) = (
            self.look(guest, false).await,
            self.look(account, false).await,
        );
        let row = self
            .host
            .carts(guest)
            .await
            .into_iter()
            .find(|row| row.id == cart);
        let mut of_guest = self.oracle.scopes.remove(&guest).unwrap_or_default();
        let known = of_guest.carts.get(&cart).cloned();
        let is_open = known.as_ref().is_some_and(|cart| cart.is_open);
        let held = of_guest.held(cart);
        let mut notes = of_guest.with_notes(cart, &held);
        let before = known.and_then(|cart| cart.absorbed).unwrap_or(0);
        let lines = if is_open { held.len() as i64 } else { before };
        promise!(
            told.as_i64() == Some(lines),
            "a login took {told} lines along where {lines} were"
        );
        if is_open {
            let successor = row.and_then(|row| row.successor);
            let successor =
                successor.ok_or_else(|| Broken("an absorbed cart is still open".to_owned()))?;
            of_guest.close_cart(cart, successor, guest_seen.rev, &BTreeMap::new());
            if let Some(cart) = of_guest.carts.get_mut(&cart) {
                cart.absorbed = Some(lines);
            }
            if let Some(of_account) = self.oracle.scopes.get_mut(&account) {
                let rev = account_seen.rev;
                notes
                    .iter_mut()
                    .for_each(|moved| moved.note = std::mem::take(&mut moved.note).in_scope(rev));
                of_account.put_in(notes, rev);
            }
        }
        self.oracle.scopes.insert(guest, of_guest);
        self.oracle.moved_on(guest, guest_seen)?;
        self.oracle.moved_on(account, account_seen)
    }

    fn pair(&self, index: usize) -> Value {
        let store = &self.phones[index].store;
        json!({ "device_id": store.device, "secret": store.secret })
    }

    fn with_cookie(&self, index: usize) -> Credentials {
        Credentials {
            authorization: None,
            cookie: self.phones[index].cookie.clone(),
        }
    }
}
