//! What can happen in a world, and how often.

use super::{
    World,
    host::BREAKABLE,
    network::{Fate, Late, Letter},
    oracle::{Kept, Scope, Tap},
    phone::{Phone, Store},
};
use futures_util::future::join_all;
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug)]
pub enum Event {
    Tap,
    Talk,
    TalkTogether,
    Jobs,
    Reprice,
    PackOrShip,
    CarrierReports,
    LogsIn,
    LoginEnds,
    ClockJumps,
    KeepsCopy,
    WoundBack,
    Cloned,
    Evicted,
    ServerKilled,
    BackedUp,
    Restored,
}

const EVENTS: [(i64, Event); 17] = [
    (340, Event::Tap),
    (330, Event::Talk),
    (50, Event::TalkTogether),
    (70, Event::Jobs),
    (25, Event::Reprice),
    (25, Event::PackOrShip),
    (20, Event::CarrierReports),
    (20, Event::LogsIn),
    (15, Event::LoginEnds),
    (20, Event::ClockJumps),
    (25, Event::KeepsCopy),
    (12, Event::WoundBack),
    (8, Event::Cloned),
    (10, Event::Evicted),
    (8, Event::ServerKilled),
    (10, Event::BackedUp),
    (12, Event::Restored),
];
const MAX_PHONES: usize = 7;
const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;

impl World {
    pub async fn step(&mut self) -> Kept {
        self.time_passes();
        self.late_letters_arrive().await?;
        let event = self.chance.weighed(&EVENTS);
        let index = self.chance.index(self.phones.len());
        let line = format!("{} {event:?}", self.phones[index].name);
        self.trace.step(self.host.now_ms(), line);
        match event {
            Event::Tap => self.taps(index),
            Event::Talk => self.talks(index).await,
            Event::TalkTogether => self.talk_together().await,
            Event::Jobs => {
                let breaks = self.chance.percent(25);
                let broken =
                    *self
                        .chance
                        .pick(&["reservation", "payment", "shop_order", "cart", "outcome"]);
                let twice = self.chance.percent(20);
                self.work(breaks.then_some(broken), twice).await?;
                if breaks && self.chance.percent(50) {
                    return self.calls_off(index).await;
                }
                Ok(())
            }
            Event::Reprice => self.reprice().await,
            Event::PackOrShip => self.pack_or_ship().await,
            Event::CarrierReports => self.carrier_reports().await,
            Event::LogsIn => self.logs_in(index).await,
            _ => self.mishap(event, index).await,
        }
    }

    async fn mishap(&mut self, event: Event, index: usize) -> Kept {
        let phone = &mut self.phones[index];
        match event {
            Event::LoginEnds => phone.is_signed_out = phone.store.scope.is_some(),
            Event::ClockJumps => phone.clock_error += self.chance.between(-9 * 24..=9 * 24) * HOUR,
            Event::KeepsCopy => phone.copy = Some(phone.store.clone()),
            Event::WoundBack => {
                if let Some(copy) = phone.copy.clone() {
                    phone.store = Store {
                        is_wound_back: true,
                        has_twin: copy.has_twin || phone.store.has_twin,
                        ..copy
                    };
                    phone.in_flight = None;
                }
            }
            Event::Cloned => self.clone_phone(index),
            Event::Evicted => return self.evict(index).await,
            Event::ServerKilled => return self.kill(false).await,
            Event::BackedUp => return self.kill(true).await,
            Event::Restored => return self.restore().await,
            _ => {}
        }
        Ok(())
    }

    fn time_passes(&mut self) {
        let most = self.chance.weighed(&[
            (35, 0),
            (35, 3 * SECOND),
            (15, 240 * SECOND),
            (10, 5 * HOUR),
            (3, 50 * HOUR),
        ]);
        self.host
            .clock
            .advance_millis(self.chance.between(0..=most));
    }

    async fn late_letters_arrive(&mut self) -> Kept {
        let now = self.host.now_ms();
        let is_due = |late: &Late| late.at_ms <= now;
        let (mut due, later): (Vec<Late>, Vec<Late>) =
            std::mem::take(&mut self.late).into_iter().partition(is_due);
        self.late = later;
        while !due.is_empty() {
            let late = due.remove(self.chance.index(due.len()));
            self.trace.step(
                now,
                format!("{} was late", self.phones[late.letter.phone].name),
            );
            self.deliver(&late.letter, false).await?;
        }
        Ok(())
    }

    /// A few taps, online or not.
    fn taps(&mut self, index: usize) -> Kept {
        for _ in 0..self.chance.between(1..=3) {
            let op = self.some_op(index);
            self.tap(index, op);
        }
        Ok(())
    }

    pub fn tap(&mut self, index: usize, op: Value) {
        let true_ms = self.host.now_ms();
        let phone = &mut self.phones[index];
        let phone_ms = true_ms + phone.clock_error;
        let id = self.chance.id(phone_ms);
        self.trace.note(format!("  {} {}", op["kind"], op["line"]));
        phone.store.tap(id, phone_ms, op);
        let tap = Tap {
            true_ms,
            clock_error: phone.clock_error,
            wound_back: phone.store.is_wound_back || phone.store.has_twin,
        };
        self.oracle.taps.insert(id, tap);
    }

    /// A phone talks to the server, or hears at last what it was told before.
    async fn talks(&mut self, index: usize) -> Kept {
        self.arrive(index).await?;
        if let Some((letter, answer)) = self.phones[index].in_flight.take() {
            if self.chance.percent(70) {
                return self.take_in(&letter, &answer).await;
            }
            return Ok(());
        }
        let table = *self.chance.pick(&BREAKABLE[..7]);
        let fate = self.chance.weighed(&[
            (50, Fate::Arrives),
            (12, Fate::ReplyLost),
            (8, Fate::Dropped),
            (6, Fate::Doubled),
            (10, Fate::InFlight),
            (7, Fate::Late),
            (7, Fate::ServerDies(table)),
        ]);
        self.trace.note(format!("  {fate:?}"));
        let limit = self.some_limit();
        match fate {
            Fate::Arrives => self.send_all(index, limit).await,
            fate => self.send(index, fate, limit).await,
        }
    }

    pub fn some_limit(&mut self) -> i64 {
        if self.chance.percent(35) {
            self.chance.between(1..=4)
        } else {
            500
        }
    }

    /// A shopper changes their mind while the jobs are half-way through.
    async fn calls_off(&mut self, index: usize) -> Kept {
        if self.phones[index].store.scope.is_none() {
            return Ok(());
        }
        self.phones[index].in_flight = None;
        let scope = self.phones[index].store.scope.unwrap_or_default();
        let half_way = self.oracle.scopes.get(&scope).and_then(Scope::half_way);
        let op = match half_way {
            Some(intent) => json!({"kind": "checkout.withdraw", "intent": intent}),
            None => self.some_withdrawal(index),
        };
        self.tap(index, op);
        self.send(index, Fate::Arrives, 500).await
    }

    /// A phone that never spoke to the server does so now.
    pub async fn arrive(&mut self, index: usize) -> Kept {
        if self.phones[index].store.scope.is_some() {
            return Ok(());
        }
        let shopper = self.phones[index].shopper;
        let is_mate = |phone: &Phone| {
            phone.shopper == shopper
                && phone.store.account.is_some()
                && phone.token.is_some()
                && !phone.is_signed_out
        };
        let mate = self.phones.iter().position(is_mate);
        match mate {
            Some(mate) if self.chance.percent(80) => self.join(index, mate).await,
            None if self.chance.percent(60) => self.log_in(index, false).await,
            _ => self.enter_as_guest(index).await,
        }
    }

    /// Phones of different shoppers at the same moment, so that one transaction may take them together.
    async fn talk_together(&mut self) -> Kept {
        let mut letters: Vec<Letter> = Vec::new();
        for index in 0..self.phones.len() {
            self.arrive(index).await?;
            let phone = &self.phones[index];
            if phone.in_flight.is_some() || phone.store.scope.is_none() {
                continue;
            }
            let Some(letter) = self.write_letter(index, 500) else {
                continue;
            };
            let scope = self.addressed(&letter).scope;
            if letters
                .iter()
                .all(|other| self.addressed(other).scope != scope)
            {
                letters.push(letter);
            }
        }
        let host = &self.host;
        let posts = letters
            .iter()
            .map(|letter| host.post("/api/v1/sync", &letter.by, &letter.body));
        let answers = join_all(posts).await;
        for (letter, answer) in letters.iter().zip(&answers) {
            self.judge(letter, answer, false).await?;
        }
        for (letter, answer) in letters.iter().zip(&answers) {
            self.take_in(letter, answer).await?;
        }
        Ok(())
    }

    /// A guest logs in, with everything sent before and the cart taken along; the signed out log in again.
    async fn logs_in(&mut self, index: usize) -> Kept {
        let phone = &self.phones[index];
        if phone.store.scope.is_none() {
            return Ok(());
        }
        if phone.is_signed_out {
            return self.log_in_again(index).await;
        }
        if phone.store.account.is_some() {
            return Ok(());
        }
        self.phones[index].in_flight = None;
        self.send_all(index, 500).await?;
        self.fresh_token(index).await?;
        let is_repeated = self.chance.percent(40);
        self.log_in(index, is_repeated).await
    }

    fn clone_phone(&mut self, index: usize) {
        if self.phones.len() >= MAX_PHONES {
            return;
        }
        self.phones[index].store.has_twin = true;
        let phone = &self.phones[index];
        let clone = Phone {
            name: format!("{}'", phone.name),
            shopper: phone.shopper,
            store: phone.store.clone(),
            copy: None,
            token: phone.token.clone(),
            cookie: phone.cookie.clone(),
            is_signed_out: phone.is_signed_out,
            clock_error: phone.clock_error,
            in_flight: None,
        };
        self.phones.push(clone);
    }

    /// The browser throws the storage away; the cookie is still there, and everything confirmed comes back.
    async fn evict(&mut self, index: usize) -> Kept {
        let now = self.host.now_ms() + self.phones[index].clock_error;
        let store = Store::new(&mut self.chance, now);
        let phone = &mut self.phones[index];
        let (scope, account) = (phone.store.scope, phone.store.account);
        if scope.is_none() || phone.is_signed_out {
            return Ok(());
        }
        phone.store = Store { account, ..store };
        (phone.copy, phone.in_flight, phone.token) = (None, None, None);
        self.readmit(index).await
    }
}
