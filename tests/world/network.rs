//! Between phones and server: requests and replies, lost, doubled, late, and what a phone does about each refusal.

use super::{
    World,
    host::{Answer, Credentials},
    oracle::{Broken, Kept, Seen},
    promise,
};
use serde_json::Value;
use uuid::Uuid;

/// A request for the server, as it left the phone.
#[derive(Clone, Debug)]
pub struct Letter {
    pub phone: usize,
    pub scope: Uuid,
    pub device: Uuid,
    pub body: Value,
    pub by: Credentials,
    pub is_bearer: bool,
    pub expires_s: i64,
    /// True time of sending, and what the phone's clock showed too much then.
    pub true_ms: i64,
    pub clock_error: i64,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Arrives,
    /// Never arrives.
    Dropped,
    /// Arrives; the reply does not.
    ReplyLost,
    /// Arrives twice; the phone reads the second reply.
    Doubled,
    /// The reply is on its way while the shopper goes on tapping.
    InFlight,
    /// The phone gives it up; it arrives later, when others have come before.
    Late,
    /// A statement fails while the server works on it.
    ServerDies(&'static str),
}

/// A request that will arrive yet.
pub struct Late {
    pub at_ms: i64,
    pub letter: Letter,
}

const MAX_PAGES: usize = 500;

impl World {
    /// The phone's next request, if it has a reason for one and the right to it.
    pub fn write_letter(&mut self, index: usize, limit: i64) -> Option<Letter> {
        let true_ms = self.host.now_ms();
        let phone = &self.phones[index];
        let (is_bearer, authorization, expires_s) = match &phone.token {
            Some(token) if !phone.is_signed_out => {
                (true, format!("Bearer {}", token.text), token.expires_s)
            }
            _ => (
                false,
                format!("Device {}:{}", phone.store.device, phone.store.secret),
                i64::MAX,
            ),
        };
        let body = phone
            .store
            .request(true_ms + phone.clock_error, is_bearer, limit)?;
        Some(Letter {
            phone: index,
            scope: phone.store.scope?,
            device: phone.store.device,
            body,
            by: Credentials {
                authorization: Some(authorization),
                cookie: None,
            },
            is_bearer,
            expires_s,
            true_ms,
            clock_error: phone.clock_error,
        })
    }

    /// Brings a letter to the server; the oracle judges the reply, whoever reads it.
    pub async fn deliver(&mut self, letter: &Letter, was_broken: bool) -> Result<Answer, Broken> {
        let answer = self
            .host
            .post("/api/v1/sync", &letter.by, &letter.body)
            .await;
        self.judge(letter, &answer, was_broken).await?;
        Ok(answer)
    }

    pub async fn judge(&mut self, letter: &Letter, answer: &Answer, was_broken: bool) -> Kept {
        let letter = &self.addressed(letter);
        let seen = self.look(letter.scope, was_broken).await;
        let ops = super::oracle::ops_of(letter).len();
        let name = &self.phones[letter.phone].name;
        let right = if letter.is_bearer {
            ""
        } else {
            " by its secret"
        };
        let line = format!(
            "  {name} sends {ops} ops{right} -> {} at revision {}",
            answer.status, seen.rev
        );
        self.trace.note(line);
        self.exchanges += 1;
        self.oracle.exchange(letter, answer, seen)?;
        self.no_poke_ahead(letter.scope, seen.rev)
    }

    /// A device's secret speaks for the scope that has the device now: after a restore a clone of the phone may have opened
    /// another with the pair that both of them hold.
    pub fn addressed(&self, letter: &Letter) -> Letter {
        let knows = |scope: &Uuid| {
            self.oracle.scopes[scope]
                .devices
                .contains_key(&letter.device)
        };
        let now = self.oracle.scopes.keys().copied().find(knows);
        Letter {
            scope: now.filter(|_| !letter.is_bearer).unwrap_or(letter.scope),
            ..letter.clone()
        }
    }

    /// Where a scope stands in the database.
    pub async fn look(&self, scope: Uuid, was_broken: bool) -> Seen {
        let (rev, rev_at) = self.host.revision(scope).await;
        Seen {
            now_ms: self.host.now_ms(),
            rev,
            rev_at,
            was_broken,
        }
    }

    /// Whoever hears of a revision must find it.
    fn no_poke_ahead(&mut self, scope: Uuid, rev: i64) -> Kept {
        let heard = self.pokes.get(&scope).map_or(0, |poke| *poke.borrow());
        promise!(
            heard <= rev,
            "a poke for revision {heard} while {rev} is the last"
        );
        Ok(())
    }

    /// One exchange of a phone, whatever becomes of it.
    pub async fn send(&mut self, index: usize, fate: Fate, limit: i64) -> Kept {
        let Some(letter) = self.write_letter(index, limit) else {
            return Ok(());
        };
        match fate {
            Fate::Dropped => Ok(()),
            Fate::Arrives => {
                let answer = self.deliver(&letter, false).await?;
                self.take_in(&letter, &answer).await
            }
            Fate::ReplyLost => self.deliver(&letter, false).await.map(|_| ()),
            Fate::Doubled => {
                self.deliver(&letter, false).await?;
                let answer = self.deliver(&letter, false).await?;
                self.take_in(&letter, &answer).await
            }
            Fate::InFlight => {
                let answer = self.deliver(&letter, false).await?;
                self.phones[index].in_flight = Some((letter, answer));
                Ok(())
            }
            Fate::Late => {
                let wait = self.chance.weighed(&[
                    (4, 20_000),
                    (3, 300_000),
                    (3, 86_400_000),
                    (1, 6 * 86_400_000),
                ]);
                let at_ms = self.host.now_ms() + self.chance.between(1..=wait);
                self.late.push(Late { at_ms, letter });
                Ok(())
            }
            Fate::ServerDies(table) => {
                self.host.break_table(table).await;
                let answer = self.deliver(&letter, true).await;
                self.host.mend().await;
                let answer = answer?;
                self.take_in(&letter, &answer).await
            }
        }
    }

    /// Exchanges until there is nothing left to say.
    pub async fn send_all(&mut self, index: usize, limit: i64) -> Kept {
        for _ in 0..MAX_PAGES {
            self.send(index, Fate::Arrives, limit).await?;
            let phone = &self.phones[index];
            let is_quiet = phone.store.staged.is_empty()
                && phone.store.outbox.iter().all(|waiting| waiting.is_pushed);
            if phone.is_signed_out || is_quiet && !self.has_more {
                return Ok(());
            }
        }
        Err(Broken(format!(
            "{} never comes to an end",
            self.phones[index].name
        )))
    }

    /// The phone reads a reply: it applies it, or repairs what was refused. Nothing leaves the outbox by a refusal.
    pub async fn take_in(&mut self, letter: &Letter, answer: &Answer) -> Kept {
        let index = letter.phone;
        self.has_more = true;
        if answer.status != 200 {
            return self.repair(index, answer).await;
        }
        let now = self.host.now_ms();
        let phone = &mut self.phones[index];
        if phone.store.device != letter.device || phone.store.scope != Some(letter.scope) {
            return Ok(());
        }
        let phone_ms = now + phone.clock_error;
        let taken = phone
            .store
            .take(&letter.body, &answer.body, letter.is_bearer, phone_ms);
        self.has_more = taken.has_more;
        if taken.is_whole {
            self.compare(index)?;
        }
        if taken.must_renumber {
            return self.take_new_device(index).await;
        }
        Ok(())
    }

    /// A whole reply was applied: the phone shows exactly what was true at its cursor.
    pub fn compare(&self, index: usize) -> Kept {
        let phone = &self.phones[index];
        let store = &phone.store;
        let at = (
            store.epoch.clone().unwrap_or_default(),
            store.scope.unwrap_or_default(),
            store.cursor,
        );
        let past = self.oracle.pasts.get(&at);
        let past = past.ok_or_else(|| {
            Broken(format!(
                "{} shows a revision {} that never was",
                phone.name, at.2
            ))
        })?;
        let view = store.view();
        for (key, value) in &past.view {
            let shown = view.get(key);
            promise!(
                shown == Some(value),
                "{} shows {shown:?} for {key} where {value} is due at revision {}",
                phone.name,
                at.2
            );
        }
        let strange = view.keys().find(|key| !past.view.contains_key(*key));
        promise!(
            strange.is_none(),
            "{} still shows {strange:?} at revision {}",
            phone.name,
            at.2
        );
        let (may, must) = past.cards_of(&store.devices);
        let cards = store.cards();
        promise!(
            cards.is_subset(&may),
            "{} shows cards that are gone: {:?}",
            phone.name,
            past.explain(cards.difference(&may))
        );
        promise!(
            must.is_subset(&cards),
            "{} lacks cards: {:?}",
            phone.name,
            past.explain(must.difference(&cards))
        );
        Ok(())
    }

    async fn repair(&mut self, index: usize, answer: &Answer) -> Kept {
        let problem = answer.body["type"].as_str().unwrap_or_default();
        match problem.trim_start_matches("/problems/") {
            "token-expired" => self.refresh(index).await,
            "device-forked" => {
                self.phones[index].store.staged.clear();
                self.take_new_device(index).await
            }
            "device-unknown" => self.revive(index).await,
            _ => Ok(()),
        }
    }
}
