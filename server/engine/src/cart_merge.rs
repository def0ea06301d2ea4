//! What several phones, each often offline, meant by their taps on one cart line.
//!
//! A line keeps the last typed quantity (`set`, or none) and every step (`adds`) that this set had not seen.
//! `quantity = max(0, set.value + Σ adds.delta)`. An add always counts. A set or remove clears the steps its
//! phone had seen and keeps those it had not. Two sets that had not seen each other are ordered by `eff`, a time
//! built from the server's clock and the phone's own *differences*, so that no phone wins by a wrong clock.
//! The merge never sees stock or limits: what the shopper wants stays as tapped.

use crate::outcome::Outcome;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The place of an op in the scope's history, and what its phone had seen when it was tapped.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub device: Uuid,
    pub seq: i64,
    /// The revision that carries this op.
    pub rev: i64,
    /// The revision the phone showed when the tap was made.
    pub base: i64,
    /// Server time of `base`, ms, as the phone was told it.
    pub base_at: i64,
    /// Phone clock at the tap, ms.
    pub at: i64,
    /// Phone clock when the request was sent, ms.
    pub sent_at: i64,
    /// Server time of this revision (`rev_at`), ms.
    pub received_at: i64,
    /// False for a device that was dropped from the live ones, whose base may lie below what was combined.
    pub live: bool,
    /// False for a phone that has not heard of the last restore: it will queue acknowledged ops again, and they stand
    /// between these.
    pub is_current: bool,
}

/// A typed quantity (or a removal, value 0) that holds until a later one replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineSet {
    pub value: i64,
    #[serde(flatten)]
    pub stamp: Stamp,
}

/// Who decided a register, where in history, and its order among concurrent decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Microseconds; orders concurrent sets only.
    pub eff: i64,
    pub device: Uuid,
    pub seq: i64,
    pub rev: i64,
}

/// One step up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Add {
    pub device: Uuid,
    pub seq: i64,
    pub rev: i64,
    pub delta: i64,
}

/// All that is remembered of one cart line; an empty one is a line nobody touched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<LineSet>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<Add>,
    /// The highest revision whose adds were combined; a dropped device's set below it comes too late.
    #[serde(default)]
    pub combined: i64,
}

impl Place {
    /// Had this op's phone seen the other op when its owner tapped?
    pub fn had_seen(&self, device: Uuid, seq: i64, rev: i64) -> bool {
        (device == self.device && seq < self.seq) || rev <= self.base
    }

    /// Is the present decision a later one of this op's own phone? Ops come in seq order, but those that are queued again
    /// after a restore may come behind newer ones.
    fn is_before(&self, present: &Stamp) -> bool {
        present.device == self.device && present.seq > self.seq
    }

    /// When the tap happened on the server's clock, µs: the phone only contributes the time between tap and
    /// sending, so a constant error of its clock cancels. Never before what the phone had seen, nor in the
    /// future, nor before the device's own last one, nor before the present stamp if it had seen that.
    pub fn eff(&self, last_eff: i64, present: Option<&Stamp>) -> i64 {
        let waited = self.sent_at.saturating_sub(self.at).max(0);
        let tapped = self
            .received_at
            .saturating_sub(waited)
            .max(self.base_at)
            .min(self.received_at);
        let mut eff = tapped.saturating_mul(1000).max(last_eff.saturating_add(1));
        if let Some(present) =
            present.filter(|stamp| self.had_seen(stamp.device, stamp.seq, stamp.rev))
        {
            eff = eff.max(present.eff.saturating_add(1));
        }
        eff
    }

    /// The rule of every register: the first decision, one that had seen the present one, or the greater
    /// `(eff, device, seq)` of two concurrent ones. Moves the device's `last_eff` on, also when it loses.
    pub fn decide(&self, present: Option<&Stamp>, last_eff: &mut i64) -> Option<Stamp> {
        let eff = self.eff(*last_eff, present);
        *last_eff = eff;
        let stamp = Stamp {
            eff,
            device: self.device,
            seq: self.seq,
            rev: self.rev,
        };
        let wins = present.is_none_or(|present| {
            !self.is_before(present)
                && (self.had_seen(present.device, present.seq, present.rev)
                    || (eff, self.device, self.seq) > (present.eff, present.device, present.seq))
        });
        wins.then_some(stamp)
    }
}

impl Line {
    /// What the shopper wants of this line.
    pub fn quantity(&self) -> i64 {
        self.total().max(0)
    }

    /// A step. Always counts, unless its own phone has typed a number since: one that comes late, as after a restore, was
    /// seen by that number.
    pub fn add(&mut self, place: &Place, delta: i64) -> Outcome {
        let present = self.set.as_ref().map(|set| &set.stamp);
        if present.is_some_and(|present| place.is_before(present)) {
            return Outcome::applied();
        }
        match self
            .adds
            .iter_mut()
            .find(|add| place.is_current && add.device == place.device && add.rev == place.rev)
        {
            Some(add) => {
                add.delta = add.delta.saturating_add(delta);
                add.seq = add.seq.max(place.seq);
            }
            None => self.adds.push(Add {
                device: place.device,
                seq: place.seq,
                rev: place.rev,
                delta,
            }),
        }
        self.forgive_debt(place);
        Outcome::applied()
    }

    /// A typed quantity, or a removal with 0. `last_eff` is the device's own, moved on here.
    pub fn set(&mut self, place: &Place, value: i64, last_eff: &mut i64) -> Outcome {
        if !place.live && place.base < self.combined {
            return Outcome::superseded().why("too_old");
        }
        self.adds
            .retain(|add| !place.had_seen(add.device, add.seq, add.rev));
        let kept: i64 = self
            .adds
            .iter()
            .fold(0, |sum, add| sum.saturating_add(add.delta));
        let decided = place.decide(self.set.as_ref().map(|set| &set.stamp), last_eff);
        let outcome = match (decided, kept) {
            (None, _) => Outcome::superseded(),
            (Some(_), 0) => Outcome::applied(),
            (Some(_), kept) => Outcome::merged("unseen_add_kept").with("kept", kept),
        };
        if let Some(stamp) = decided {
            self.set = Some(LineSet { value, stamp });
        }
        self.forgive_debt(place);
        outcome
    }

    /// Folds adds of one device into one where no live device can still tell them apart: `floor` is the lowest
    /// revision that any live device may still send as `base`.
    pub fn combine(&mut self, floor: i64) {
        let mut folded: Vec<Add> = Vec::with_capacity(self.adds.len());
        for add in self.adds.drain(..) {
            let twin = folded
                .iter_mut()
                .find(|other| other.device == add.device && other.rev <= floor && add.rev <= floor);
            match twin {
                Some(other) => {
                    other.delta = other.delta.saturating_add(add.delta);
                    other.seq = other.seq.max(add.seq);
                    other.rev = other.rev.max(add.rev);
                    self.combined = self.combined.max(other.rev);
                }
                None => folded.push(add),
            }
        }
        self.adds = folded;
    }

    fn total(&self) -> i64 {
        let set = self.set.map_or(0, |set| set.value);
        self.adds
            .iter()
            .fold(set, |sum, add| sum.saturating_add(add.delta))
    }

    /// A line below zero would silently swallow a later tap, so the op that took it there brings it back to zero.
    fn forgive_debt(&mut self, place: &Place) {
        let total = self.total();
        if total < 0 {
            self.adds.push(Add {
                device: place.device,
                seq: place.seq,
                rev: place.rev,
                delta: total.saturating_neg(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::{BTreeMap, HashMap, HashSet};

    struct Replay {
        lines: BTreeMap<String, Line>,
        last_eff: HashMap<Uuid, i64>,
        seen: HashSet<(Uuid, i64)>,
    }

    impl Replay {
        /// Applies one exchange of the vectors and gives back the outcomes of the ops that were new.
        fn exchange(&mut self, exchange: &Value) -> Vec<Value> {
            let number = |value: &Value, name: &str| {
                value[name]
                    .as_i64()
                    .unwrap_or_else(|| panic!("{name} in {value}"))
            };
            let device: Uuid = exchange["device"]
                .as_str()
                .expect("a device")
                .parse()
                .expect("a uuid");
            let mut outcomes = Vec::new();
            for op in exchange["ops"].as_array().expect("ops") {
                let seq = number(op, "seq");
                if !self.seen.insert((device, seq)) {
                    continue;
                }
                let place = Place {
                    device,
                    seq,
                    rev: number(exchange, "rev"),
                    base: number(op, "base"),
                    base_at: number(op, "base_at"),
                    at: number(op, "at"),
                    sent_at: number(exchange, "sent_at"),
                    received_at: number(exchange, "received_at"),
                    live: true,
                    is_current: true,
                };
                let line = self
                    .lines
                    .entry(op["line"].as_str().expect("a line").to_owned())
                    .or_default();
                let last_eff = self.last_eff.entry(device).or_insert(0);
                let outcome = match op["kind"].as_str().expect("a kind") {
                    "add" => line.add(&place, number(op, "delta")),
                    "set" => line.set(&place, number(op, "quantity"), last_eff),
                    "remove" => line.set(&place, 0, last_eff),
                    other => panic!("a kind the vectors do not have: {other}"),
                };
                let mut told = serde_json::Map::from_iter([("seq".to_owned(), seq.into())]);
                outcome.write_to(&mut told);
                outcomes.push(Value::Object(told));
            }
            outcomes
        }

        fn cart(&self) -> BTreeMap<String, i64> {
            let held = |(name, line): (&String, &Line)| (name.clone(), line.quantity());
            self.lines
                .iter()
                .map(held)
                .filter(|(_, quantity)| *quantity > 0)
                .collect()
        }
    }

    #[test]
    fn every_case_of_the_vectors_ends_as_written() {
        let cases: Vec<Value> =
            serde_json::from_str(include_str!("../../../tests/vectors/cart-merge.json"))
                .expect("readable vectors");
        assert!(cases.len() >= 90, "the vectors are all there");
        for case in &cases {
            let mut replay = Replay {
                lines: BTreeMap::new(),
                last_eff: HashMap::new(),
                seen: HashSet::new(),
            };
            for exchange in case["exchanges"].as_array().expect("exchanges") {
                let outcomes = replay.exchange(exchange);
                let name = format!("{} at rev {}", case["name"], exchange["rev"]);
                assert_eq!(
                    Value::from(outcomes),
                    exchange["outcomes"],
                    "outcomes of {name}"
                );
                let expected: BTreeMap<String, i64> =
                    serde_json::from_value(exchange["cart"].clone()).expect("a cart");
                assert_eq!(replay.cart(), expected, "cart of {name}");
            }
        }
    }

    #[test]
    fn adds_combine_only_below_what_a_live_phone_may_still_send_as_base() {
        let device = Uuid::from_u128(1);
        let add = |seq, rev| Add {
            device,
            seq,
            rev,
            delta: 1,
        };
        let mut line = Line {
            set: None,
            adds: vec![add(1, 1), add(2, 2), add(3, 5)],
            combined: 0,
        };
        line.combine(3);
        assert_eq!(
            line.adds,
            vec![
                Add {
                    device,
                    seq: 2,
                    rev: 2,
                    delta: 2
                },
                add(3, 5)
            ]
        );
        assert_eq!((line.quantity(), line.combined), (3, 2));
    }

    #[test]
    fn what_a_phone_tapped_before_its_own_number_stays_before_it_even_when_it_comes_late() {
        let place = |seq, rev, base| Place {
            device: Uuid::from_u128(1),
            seq,
            rev,
            base,
            base_at: 0,
            at: seq,
            sent_at: 100,
            received_at: 1_000 + rev,
            live: true,
            is_current: true,
        };
        let mut last_eff = 0;
        let mut line = Line::default();
        line.set(&place(60, 7, 5), 0, &mut last_eff);
        line.add(&place(41, 8, 5), 2);
        assert_eq!(line.quantity(), 0);
        let late = line.set(&place(42, 8, 5), 9, &mut last_eff);
        assert_eq!((late, line.quantity()), (Outcome::superseded(), 0));
        line.add(&place(61, 9, 8), 3);
        assert_eq!(line.quantity(), 3);
    }

    #[test]
    fn steps_of_a_phone_that_has_not_heard_of_a_restore_stay_apart_for_what_it_queues_again() {
        let place = |seq, rev, is_current| Place {
            device: Uuid::from_u128(1),
            seq,
            rev,
            base: 1,
            base_at: 0,
            at: seq,
            sent_at: 100,
            received_at: 1_000 + rev,
            live: true,
            is_current,
        };
        let mut line = Line::default();
        line.add(&place(3, 4, false), 8);
        line.add(&place(15, 4, false), 6);
        let outcome = line.set(&place(12, 5, true), 12, &mut 0);
        assert_eq!(
            outcome,
            Outcome::merged("unseen_add_kept").with("kept", 6_i64)
        );
        assert_eq!(line.quantity(), 18);
    }

    #[test]
    fn a_removal_by_a_dropped_phone_comes_too_late_for_what_was_combined() {
        let place = Place {
            device: Uuid::from_u128(2),
            seq: 1,
            rev: 9,
            base: 1,
            base_at: 0,
            at: 0,
            sent_at: 0,
            received_at: 0,
            live: false,
            is_current: true,
        };
        let add = Add {
            device: Uuid::from_u128(1),
            seq: 2,
            rev: 2,
            delta: 4,
        };
        let mut line = Line {
            set: None,
            adds: vec![add],
            combined: 2,
        };
        let outcome = line.set(&place, 0, &mut 0);
        assert_eq!(outcome, Outcome::superseded().why("too_old"));
        assert_eq!(line.quantity(), 4);
    }
}
