//! The other side of the counter: sellers who reprice, take off, pack and ship; a carrier who reports twice and late;
//! the jobs that carry checkouts on.

use super::{
    World,
    host::Credentials,
    oracle::Kept,
    promise,
    template::{self, SHOPS},
};
use sampan_engine::time::Timestamp;
use serde_json::json;

const PARCEL_STATES: [&str; 6] = [
    "picked_up",
    "in_transit",
    "customs",
    "out_for_delivery",
    "delivered",
    "exception",
];

impl World {
    /// A seller changes a price, or takes something off and puts it back.
    pub async fn reprice(&mut self) -> Kept {
        let index = self.chance.index(self.offers.len());
        let percent = self.chance.between(80..=130);
        let shop = self.offers[index].shop;
        let others = self
            .offers
            .iter()
            .enumerate()
            .filter(|(other, offer)| *other != index && offer.shop == shop);
        let is_switch = self.chance.percent(30) && others.clone().any(|(_, offer)| offer.is_listed);
        let offer = &mut self.offers[index];
        if is_switch {
            offer.is_listed = !offer.is_listed;
        } else {
            offer.price = (offer.price * percent / 100).max(20);
            offer.price_from_24 = offer.price * 8 / 10;
        }
        let (sku, is_listed) = (offer.sku, offer.is_listed);
        self.trace.note(format!(
            "  {sku} costs {}, listed: {is_listed}",
            self.offers[index].price
        ));
        let rooms = self.host.rooms();
        template::stock_shelf(&rooms.platform, shop, &self.offers, false).await;
        rooms.catalog.written();
        self.show_shelf();
        Ok(())
    }

    /// The oracle sees the shelf as shoppers do.
    pub fn show_shelf(&mut self) {
        for offer in &self.offers {
            self.shelf.show(offer);
        }
        let listed = self.offers.iter().filter(|offer| offer.is_listed);
        self.oracle.listed = listed.map(|offer| offer.sku.to_owned()).collect();
    }

    /// A seller's tap on some batch: packed or shipped, whether it is its turn or not.
    pub async fn pack_or_ship(&mut self) -> Kept {
        let batches = self.host.batches().await;
        if batches.is_empty() {
            return Ok(());
        }
        let batch = self.chance.pick(&batches).clone();
        let verb = *self.chance.pick(&["packed", "shipped"]);
        let seller = SHOPS
            .iter()
            .position(|shop| *shop == batch.shop)
            .unwrap_or(0);
        let by = Credentials {
            authorization: Some(format!(
                "Bearer {}",
                self.host.seller_token(self.sellers[seller])
            )),
            cookie: None,
        };
        let number = format!(
            "WORLD{:04}",
            batches.iter().position(|it| it.id == batch.id).unwrap_or(0)
        );
        let body = if verb == "shipped" {
            json!({ "tracking_number": number, "carrier": "CTT" })
        } else {
            json!({})
        };
        let path = format!("/api/v1/seller/batches/{}/{verb}", batch.id);
        let answer = self.host.post(&path, &by, &body).await;
        let is_answer = answer.status == 200 || answer.status == 409;
        promise!(
            is_answer,
            "{verb} of a batch that is {}: {} {}",
            batch.state,
            answer.status,
            answer.body
        );
        self.trace
            .note(format!("  {verb}: {} -> {}", batch.state, answer.status));
        self.look_at_all().await
    }

    /// A carrier's report: any state, often one that was reported before, sometimes hours late.
    pub async fn carrier_reports(&mut self) -> Kept {
        let number = self.chance.between(0..=3);
        let event_id = self.chance.between(1..=12);
        let state = PARCEL_STATES[usize::try_from(event_id).unwrap_or(0) % PARCEL_STATES.len()];
        let at = Timestamp::from_millis(self.host.now_ms() - self.chance.between(0..=40_000_000));
        let event = json!({
            "event_id": format!("scan-{event_id}"), "tracking_number": format!("WORLD{number:04}"), "state": state,
            "at": at.rfc3339(), "place": "Lisboa",
        });
        let answer = self.host.carrier_says(&event).await;
        promise!(
            answer.status == 204,
            "a carrier was answered {} {}",
            answer.status,
            answer.body
        );
        self.look_at_all().await?;
        if self.chance.percent(40) {
            let before = self
                .host
                .count("SELECT COUNT(*) AS n FROM parcel_event", Vec::new())
                .await;
            self.host.carrier_says(&event).await;
            let after = self
                .host
                .count("SELECT COUNT(*) AS n FROM parcel_event", Vec::new())
                .await;
            promise!(before == after, "a repeated report was taken twice");
        }
        self.look_at_all().await
    }

    /// Jobs run; sometimes twice, sometimes until a statement fails.
    pub async fn work(&mut self, broken: Option<&'static str>, twice: bool) -> Kept {
        if let Some(table) = broken {
            self.host.break_table(table).await;
        }
        self.host.run_jobs(twice).await;
        if broken.is_some() {
            self.host.mend().await;
        }
        self.look_at_all().await
    }

    /// Writers other than exchanges may have moved any scope.
    pub async fn look_at_all(&mut self) -> Kept {
        let scopes: Vec<_> = self.oracle.scopes.keys().copied().collect();
        for scope in scopes {
            let seen = self.look(scope, false).await;
            let rows = self.host.checkouts(scope).await;
            let carts = if rows.is_empty() {
                Vec::new()
            } else {
                self.host.carts(scope).await
            };
            self.oracle
                .checkouts_went_on(scope, &rows, &carts, &self.shelf, seen)?;
        }
        Ok(())
    }
}
