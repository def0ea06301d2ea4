//! What a cart line and a register must hold, worked out from every tap ever made: nothing is folded, nothing is
//! forgotten, and time is the true time, not what a phone's clock showed. Written from sync.md, not from the engine.

use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Where an op stands in its scope's history, as the world knows it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub device: Uuid,
    pub seq: i64,
    pub rev: i64,
    pub base: i64,
    pub base_at: i64,
    /// Milliseconds between tap and sending: the true ones, and those the phone's clock jumped in between.
    pub waited: i64,
    /// True time of the revision, ms.
    pub received_at: i64,
    /// Tapped on a phone that was set back to an older copy of itself.
    pub wound_back: bool,
}

/// What must become of an op.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub code: String,
    pub why: Option<String>,
    pub kept: Option<i64>,
}

/// A decision that holds until a later one.
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    eff: i64,
    device: Uuid,
    seq: i64,
    rev: i64,
}

/// A step up or down. It is kept for ever; `is_seen` once a set had seen it.
#[derive(Clone, Debug)]
struct Step {
    device: Uuid,
    seq: i64,
    rev: i64,
    delta: i64,
    is_seen: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Line {
    set: Option<(i64, Stamp)>,
    steps: Vec<Step>,
    /// Up to this revision the server may have counted the steps of one device as one.
    foldable: i64,
    pub note: Register,
}

#[derive(Clone, Debug, Default)]
pub struct Register {
    stamp: Option<Stamp>,
    pub value: Option<Value>,
}

/// The last decision of each device, µs.
pub type LastEff = BTreeMap<Uuid, i64>;

impl Verdict {
    pub fn of(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            why: None,
            kept: None,
        }
    }

    pub fn why(code: &str, why: &str) -> Self {
        Self {
            why: Some(why.to_owned()),
            ..Self::of(code)
        }
    }

    pub fn is_told(&self) -> bool {
        self.code != "applied"
    }
}

impl Place {
    /// The present decision is a later one of the op's own phone: ops queued again after a restore may come behind.
    fn is_behind(&self, present: Stamp) -> bool {
        present.device == self.device && present.seq > self.seq
    }

    fn had_seen(&self, device: Uuid, seq: i64, rev: i64) -> bool {
        (device == self.device && seq < self.seq) || rev <= self.base
    }

    /// Takes the decision if it wins over the present one.
    fn decide(&self, present: Option<Stamp>, last: &mut LastEff) -> Option<Stamp> {
        let last = last.entry(self.device).or_insert(0);
        let tapped = (self.received_at - self.waited.max(0))
            .max(self.base_at)
            .min(self.received_at);
        let mut eff = (tapped * 1000).max(*last + 1);
        let seen = present.filter(|it| self.had_seen(it.device, it.seq, it.rev));
        if let Some(seen) = seen {
            eff = eff.max(seen.eff + 1);
        }
        *last = eff;
        let (device, seq, rev) = (self.device, self.seq, self.rev);
        let is_later = |it: Stamp| (eff, device, seq) > (it.eff, it.device, it.seq);
        let is_behind = present.is_some_and(|present| self.is_behind(present));
        let wins = !is_behind && (seen.is_some() || present.is_none_or(is_later));
        wins.then_some(Stamp {
            eff,
            device,
            seq,
            rev,
        })
    }
}

impl Line {
    /// The winning set, and every step that no set had seen.
    pub fn quantity(&self) -> i64 {
        self.total().max(0)
    }

    fn total(&self) -> i64 {
        let steps = self.steps.iter().filter(|step| !step.is_seen);
        self.set.map_or(0, |(value, _)| value) + steps.map(|step| step.delta).sum::<i64>()
    }

    pub fn add(&mut self, place: &Place, delta: i64) -> Verdict {
        if self.set.is_some_and(|(_, stamp)| place.is_behind(stamp)) {
            return Verdict::of("applied");
        }
        self.step(place, delta);
        self.forgive(place);
        Verdict::of("applied")
    }

    /// The line of a cart that was closed: what was written on it stays.
    pub fn emptied(&self) -> Self {
        Self {
            note: self.note.clone(),
            ..Self::default()
        }
    }

    /// Lines that the server moved from one cart to another.
    pub fn put_in(&mut self, rev: i64, delta: i64) {
        self.steps.push(Step {
            device: Uuid::nil(),
            seq: rev,
            rev,
            delta,
            is_seen: false,
        });
    }

    pub fn set(&mut self, place: &Place, value: i64, last: &mut LastEff) -> Verdict {
        let revs: Vec<i64> = (0..self.steps.len())
            .map(|index| self.rev_as_counted(place, index))
            .collect();
        for (step, rev) in self.steps.iter_mut().zip(revs) {
            step.is_seen |= place.had_seen(step.device, step.seq, rev);
        }
        let unseen = self.steps.iter().filter(|step| !step.is_seen);
        let kept: i64 = unseen.map(|step| step.delta).sum();
        let decided = place.decide(self.set.map(|(_, stamp)| stamp), last);
        if let Some(stamp) = decided {
            self.set = Some((value, stamp));
        }
        self.forgive(place);
        match (decided, kept) {
            (None, _) => Verdict::of("superseded"),
            (Some(_), 0) => Verdict::of("applied"),
            (Some(_), kept) => Verdict {
                kept: Some(kept),
                ..Verdict::why("merged", "unseen_add_kept")
            },
        }
    }

    /// No live phone may send a base below `floor` any more.
    pub fn may_fold(&mut self, floor: i64) {
        self.foldable = self.foldable.max(floor);
    }

    /// A phone that was set back may send a base that no live phone could; for it alone the steps of one device that
    /// the server may have counted as one bear the latest revision of them.
    fn rev_as_counted(&self, place: &Place, index: usize) -> i64 {
        let step = &self.steps[index];
        if !place.wound_back || step.rev > self.foldable {
            return step.rev;
        }
        let twins = self.steps.iter().filter(|other| {
            other.device == step.device && other.rev <= self.foldable && !other.is_seen
        });
        twins.map(|twin| twin.rev).max().unwrap_or(step.rev)
    }

    fn step(&mut self, place: &Place, delta: i64) {
        self.steps.push(Step {
            device: place.device,
            seq: place.seq,
            rev: place.rev,
            delta,
            is_seen: false,
        });
    }

    fn forgive(&mut self, place: &Place) {
        let total = self.total();
        if total < 0 {
            self.step(place, -total);
        }
    }
}

impl Register {
    /// As it stands in another scope, where the server wrote it.
    pub fn in_scope(mut self, rev: i64) -> Self {
        if let Some(stamp) = &mut self.stamp {
            (stamp.device, stamp.seq, stamp.rev) = (Uuid::nil(), rev, rev);
        }
        self
    }

    /// What came along counts only where nothing was written yet.
    pub fn unless_written(&mut self, other: Register) {
        if self.stamp.is_none() {
            *self = other;
        }
    }

    pub fn write(&mut self, place: &Place, value: Option<Value>, last: &mut LastEff) -> Verdict {
        match place.decide(self.stamp, last) {
            None => Verdict::of("superseded"),
            Some(stamp) => {
                self.stamp = Some(stamp);
                self.value = value;
                Verdict::of("applied")
            }
        }
    }
}
