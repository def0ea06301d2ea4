//! Deaths and returns of the server; and the end of a world, when everybody is online again and everything must agree.

use super::{
    World,
    oracle::{Broken, Kept, Scope, Told},
    promise,
};
use sampan::scope::{Revision, ScopeError, in_scope_tx};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const MAX_STARTS: usize = 3;
const RUSH: i64 = 6;
impl World {
    /// The server dies with everything in flight, and starts again on the same data; meanwhile a backup may be taken.
    pub async fn kill(&mut self, with_backup: bool) -> Kept {
        if self.starts >= MAX_STARTS {
            return Ok(());
        }
        self.starts += 1;
        self.host.stop().await;
        if with_backup {
            self.host.back_up().await;
            self.backup = Some(self.oracle.scopes.clone());
        }
        self.host.start().await;
        self.listen_again();
        Ok(())
    }

    /// The backup is put back and the epoch renewed: what came after it is known to the phones alone.
    pub async fn restore(&mut self) -> Kept {
        let Some(scopes) = self.backup.clone() else {
            return self.kill(true).await;
        };
        if self.starts >= MAX_STARTS {
            return Ok(());
        }
        self.starts += 1;
        self.host.stop().await;
        self.host.put_back().await;
        self.host.start().await;
        self.oracle.epoch = self.host.renewed_epoch().await;
        self.oracle.scopes = scopes;
        let restored: Vec<Uuid> = self.oracle.scopes.keys().copied().collect();
        for scope_id in restored {
            let Some(mut scope) = self.oracle.scopes.remove(&scope_id) else {
                continue;
            };
            scope.restored_rev = scope.rev;
            scope
                .devices
                .values_mut()
                .for_each(|device| device.base_floor = 0);
            self.oracle.remember(scope_id, &scope);
            self.oracle.scopes.insert(scope_id, scope);
        }
        self.reshelve().await;
        self.listen_again();
        Ok(())
    }

    /// The restored catalogue is yesterday's; the sellers put today's prices in again.
    async fn reshelve(&mut self) {
        let rooms = self.host.rooms();
        for shop in super::template::SHOPS {
            super::template::stock_shelf(&rooms.platform, shop, &self.offers, false).await;
        }
        rooms.catalog.written();
    }

    fn listen_again(&mut self) {
        let events = &self.host.rooms().platform.events;
        self.pokes = self
            .oracle
            .scopes
            .keys()
            .map(|id| (*id, events.subscribe(*id)))
            .collect();
        self.phones
            .iter_mut()
            .for_each(|phone| phone.in_flight = None);
    }

    /// Everybody is online, the server is well, and nobody taps any more.
    pub async fn comes_to_rest(&mut self) -> Kept {
        self.trace.step(self.host.now_ms(), "the end".to_owned());
        for late in std::mem::take(&mut self.late) {
            self.deliver(&late.letter, false).await?;
        }
        for index in 0..self.phones.len() {
            self.phones[index].in_flight = None;
            self.arrive(index).await?;
            if self.phones[index].is_signed_out {
                self.log_in_again(index).await?;
            }
        }
        for round in 0..4 {
            for index in 0..self.phones.len() {
                let limit = if round == 0 { self.some_limit() } else { 500 };
                self.send_all(index, limit).await?;
            }
            self.host.clock.advance_millis(2_400_000);
            self.work(None, round == 1).await?;
        }
        for index in 0..self.phones.len() {
            self.send_all(index, 500).await?;
        }
        Ok(())
    }

    /// All phones, the server and the oracle agree, and nothing is owed to anybody.
    pub async fn all_agree(&mut self) -> Kept {
        for index in 0..self.phones.len() {
            self.compare(index)?;
            self.nothing_is_owed(index)?;
        }
        let scopes: Vec<Uuid> = self.oracle.scopes.keys().copied().collect();
        for scope_id in scopes {
            let scope = self.oracle.scopes[&scope_id].clone();
            self.storage_is_bounded(scope_id, &scope).await?;
            self.outcomes_were_heard(scope_id, &scope)?;
            self.money_adds_up(scope_id).await?;
        }
        self.host.check().await.map_err(Broken)?;
        self.newcomers_see_the_same().await
    }

    fn nothing_is_owed(&self, index: usize) -> Kept {
        let phone = &self.phones[index];
        let waiting: Vec<&Value> = phone
            .store
            .outbox
            .iter()
            .map(|waiting| &waiting.op)
            .collect();
        promise!(
            waiting.is_empty(),
            "{} still waits with {waiting:?}",
            phone.name
        );
        let scope = &self.oracle.scopes[&phone.store.scope.unwrap_or_default()];
        let lost = phone
            .store
            .acked
            .iter()
            .find(|(waiting, _)| !scope.ops.contains_key(&waiting.id));
        promise!(
            lost.is_none(),
            "{} had an op acknowledged that is not there: {lost:?}",
            phone.name
        );
        Ok(())
    }

    /// One row an op, and no line that remembers more steps than its phones and their bases need.
    async fn storage_is_bounded(&self, scope_id: Uuid, scope: &Scope) -> Kept {
        let ops = "SELECT COUNT(*) AS n FROM op WHERE scope_id = $1";
        let ops = self.host.count(ops, vec![scope_id.into()]).await;
        promise!(
            ops == scope.ops.len() as i64,
            "{ops} ops are stored where {} were taken",
            scope.ops.len()
        );
        let told = "SELECT COUNT(*) AS n FROM outcome WHERE scope_id = $1";
        let told = self.host.count(told, vec![scope_id.into()]).await;
        promise!(
            told == scope.told.len() as i64,
            "{told} outcomes where {} were told",
            scope.told.len()
        );
        promise!(scope.working() == 0, "{} ops never ended", scope.working());
        let lines = "SELECT COUNT(*) AS n FROM cart_line WHERE scope_id = $1 AND quantity > 0";
        let lines = self.host.count(lines, vec![scope_id.into()]).await;
        let due = scope
            .view()
            .keys()
            .filter(|key| key.starts_with("cart_line/"))
            .count() as i64;
        promise!(
            lines == due,
            "{lines} lines are held where {due} are wanted"
        );
        Ok(())
    }

    /// Each outcome reached a phone of its maker, if one of them is still there.
    fn outcomes_were_heard(&self, scope_id: Uuid, scope: &Scope) -> Kept {
        // What a phone named as seen, it has heard, even if it was set back to an older copy since.
        let is_due = |told: &Told| !told.is_dismissed && !told.is_seen && told.verdict.is_told();
        for (id, told) in scope.told.iter().filter(|(_, told)| is_due(told)) {
            let mates = self
                .phones
                .iter()
                .filter(|phone| phone.store.scope == Some(scope_id));
            let mut mates = mates
                .filter(|phone| !phone.store.devices.is_disjoint(&told.makers))
                .peekable();
            if mates.peek().is_none() {
                continue;
            }
            let heard = mates.any(|phone| {
                let heard = phone
                    .store
                    .heard
                    .get(id)
                    .is_some_and(|it| it["code"] == told.verdict.code.as_str());
                heard || phone.store.cards().contains(id)
            });
            promise!(heard, "nobody heard of {id}: {told:?}");
        }
        Ok(())
    }

    /// A placed order was charged once and in full; of anything else nothing was kept.
    async fn money_adds_up(&self, scope_id: Uuid) -> Kept {
        for row in self.host.checkouts(scope_id).await {
            let (charges, kept) = self.host.charged(row.payment).await;
            let total = row.quote["total"]["minor"].as_i64().unwrap_or(0);
            match row.state.as_str() {
                "placed" => promise!(
                    (charges, kept) == (1, total),
                    "{} was charged {charges} times: {kept} of {total}",
                    row.intent
                ),
                "cancelled" | "withdrawn" => {
                    promise!(kept == 0, "{} kept {kept} without an order", row.intent)
                }
                state => {
                    let words = format!("{} is still {state}", row.intent);
                    return Err(Broken(words));
                }
            }
        }
        Ok(())
    }

    /// A phone that starts from nothing sees what all others see, also of kinds the oracle does not know.
    async fn newcomers_see_the_same(&mut self) -> Kept {
        let mut first: BTreeMap<Uuid, usize> = BTreeMap::new();
        for (index, phone) in self.phones.iter().enumerate() {
            first
                .entry(phone.store.scope.unwrap_or_default())
                .or_insert(index);
        }
        for (scope_id, mate) in first {
            let newcomer = self.add_phone(self.phones[mate].shopper);
            self.join(newcomer, mate).await?;
            self.send_all(newcomer, 3).await?;
            let expected = settled(&self.phones[newcomer].store.confirmed);
            for phone in self
                .phones
                .iter()
                .filter(|phone| phone.store.scope == Some(scope_id))
            {
                let shown = settled(&phone.store.confirmed);
                let other = expected
                    .iter()
                    .find(|(key, value)| shown.get(*key) != Some(value));
                promise!(other.is_none(), "{} lacks {other:?}", phone.name);
                let keys: BTreeSet<&&String> = shown
                    .keys()
                    .filter(|key| !expected.contains_key(*key))
                    .collect();
                promise!(keys.is_empty(), "{} still shows {keys:?}", phone.name);
            }
        }
        Ok(())
    }

    /// Writers of one scope at the same moment: each has a revision of its own, and none is left out.
    pub async fn rush(&mut self) -> Kept {
        let scope_id = self.phones[0].store.scope.unwrap_or_default();
        let platform = self.host.rooms().platform.clone();
        let before = self.host.revision(scope_id).await.0;
        let writers = (0..RUSH).map(|_| {
            let platform = platform.clone();
            tokio::spawn(async move {
                in_scope_tx(&platform, scope_id, |_, revision: Revision| {
                    Box::pin(async move { Ok::<_, ScopeError>(revision.rev) })
                })
                .await
            })
        });
        let mut revs = BTreeSet::new();
        for writer in futures_util::future::join_all(writers).await {
            revs.insert(writer.expect("a writer").expect("a revision"));
        }
        let due: BTreeSet<i64> = (before + 1..=before + RUSH).collect();
        promise!(
            revs == due,
            "writers at once took the revisions {revs:?} after {before}"
        );
        Ok(())
    }
}

/// What phones hold, without what is computed anew for every reply or told to each phone alone.
fn settled(confirmed: &BTreeMap<String, Value>) -> BTreeMap<&String, Value> {
    let shown = confirmed
        .iter()
        .filter(|(key, _)| !key.starts_with("outcome/"));
    let shown = shown.map(|(key, value)| {
        let mut value = value.clone();
        if let Some(line) = value
            .as_object_mut()
            .filter(|_| key.starts_with("cart_line/"))
        {
            line.remove("market");
            line.remove("product");
        }
        (key, value)
    });
    shown.collect()
}
