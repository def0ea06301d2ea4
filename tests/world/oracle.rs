//! The oracle: keeps every op that was ever tapped, works out by itself what the server must hold, and holds each
//! reply against it. It never asks the server what became of an op.

use super::{
    host::Answer,
    merge::{LastEff, Line, Register, Verdict},
    network::Letter,
    promise,
    trade::Checkout,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// A promise that was not kept, in words.
#[derive(Clone, Debug)]
pub struct Broken(pub String);
pub type Kept = Result<(), Broken>;

/// An op as its phone tapped it.
#[derive(Clone, Debug)]
pub struct Tap {
    pub true_ms: i64,
    /// What the phone's clock showed too much.
    pub clock_error: i64,
    pub wound_back: bool,
}

/// What one shopper's phones may see, by `kind/id`; and the outcome cards, which depend on who looks.
#[derive(Clone, Debug, Default)]
pub struct Past {
    pub view: BTreeMap<String, Value>,
    pub cards: BTreeMap<Uuid, Told>,
}

/// An outcome on its way to its maker.
#[derive(Clone, Debug)]
pub struct Told {
    pub verdict: Verdict,
    pub device: Uuid,
    /// Every device that this was told to.
    pub makers: BTreeSet<Uuid>,
    pub is_seen: bool,
    pub is_dismissed: bool,
    /// A phone that was set back sent its dismissal before the op it names: in one request that may take the card along.
    pub is_perhaps_dismissed: bool,
}

#[derive(Clone, Debug)]
pub struct Known {
    pub device: Uuid,
    pub seq: i64,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, Default)]
pub struct Device {
    pub base_floor: i64,
}

#[derive(Clone, Debug)]
pub struct Cart {
    pub is_open: bool,
    pub successor: Option<Uuid>,
    /// How many lines a login took along.
    pub absorbed: Option<i64>,
}

/// One shopper's data as it must be.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub rev: i64,
    pub rev_at: i64,
    pub restored_rev: i64,
    pub open: Uuid,
    pub devices: BTreeMap<Uuid, Device>,
    pub last_eff: LastEff,
    pub ops: BTreeMap<Uuid, Known>,
    pub told: BTreeMap<Uuid, Told>,
    /// Dismissals of what was not told yet.
    pub dismissed_early: BTreeSet<Uuid>,
    pub carts: BTreeMap<Uuid, Cart>,
    pub lines: BTreeMap<(Uuid, String), Line>,
    pub registers: BTreeMap<String, Register>,
    pub checkouts: BTreeMap<String, Checkout>,
}

/// What the world saw of the server when it answered.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub now_ms: i64,
    pub rev: i64,
    pub rev_at: i64,
    /// A table was broken while it answered.
    pub was_broken: bool,
}

#[derive(Default)]
pub struct Oracle {
    pub epoch: String,
    pub scopes: BTreeMap<Uuid, Scope>,
    /// Every op ever, whatever data was put back.
    pub taps: HashMap<Uuid, Tap>,
    pub pasts: HashMap<(String, Uuid, i64), Past>,
    /// SKUs that are on the shelf.
    pub listed: BTreeSet<String>,
}

impl Oracle {
    /// Judges the reply to an exchange, whoever gets to read it.
    pub fn exchange(&mut self, letter: &Letter, answer: &Answer, seen: Seen) -> Kept {
        let problem = answer.body["type"].as_str().unwrap_or_default();
        let told = format!("{} {problem}", answer.status);
        let has_ops = !ops_of(letter).is_empty();
        let before = self.scopes.get(&letter.scope).map_or(0, |it| it.rev);
        if seen.was_broken && answer.status >= 500 {
            promise!(
                seen.rev == before,
                "a failed exchange left revision {} behind",
                seen.rev
            );
            return Ok(());
        }
        let expected = self.admission(letter, seen.now_ms);
        promise!(
            told.trim() == expected,
            "answered {told:?} where {expected:?} was due: {}",
            answer.body
        );
        if answer.status != 200 {
            return self.moved_on(letter.scope, seen);
        }
        if has_ops {
            promise!(
                seen.rev == before + 1,
                "revision {} follows {before}",
                seen.rev
            );
        } else {
            promise!(
                seen.rev == before,
                "a pull moved the revision to {}",
                seen.rev
            );
        }
        self.moved_on(letter.scope, seen)?;
        let mut scope = self.scopes.remove(&letter.scope).unwrap_or_default();
        let kept = self.take_ops(&mut scope, letter, seen);
        scope.mark_seen(letter);
        let read = kept.and_then(|()| self.read(&scope, letter, answer));
        self.remember(letter.scope, &scope);
        self.scopes.insert(letter.scope, scope);
        read
    }

    /// The status and problem that are due.
    fn admission(&self, letter: &Letter, now_ms: i64) -> &'static str {
        if letter.is_bearer && now_ms / 1000 >= letter.expires_s {
            return "401 /problems/token-expired";
        }
        let scope = self.scopes.get(&letter.scope);
        let Some(scope) = scope.filter(|it| it.devices.contains_key(&letter.device)) else {
            return "401 /problems/device-unknown";
        };
        let is_taken = |op: &&Value| {
            let other = |known: &&Known| {
                known.device == letter.device && Some(known.seq) == op["seq"].as_i64()
            };
            !scope.ops.contains_key(&id_of(op)) && scope.ops.values().any(|known| other(&known))
        };
        if ops_of(letter).iter().find(is_taken).is_some() {
            return "409 /problems/device-forked";
        }
        "200"
    }

    /// A writer took revisions of a scope, whichever it was.
    pub fn moved_on(&mut self, scope_id: Uuid, seen: Seen) -> Kept {
        let Some(scope) = self.scopes.get_mut(&scope_id) else {
            return Ok(());
        };
        promise!(
            seen.rev >= scope.rev,
            "revision {} came after {}",
            seen.rev,
            scope.rev
        );
        let is_later = seen.rev == scope.rev || seen.rev_at > scope.rev_at;
        promise!(is_later, "the time of revision {} does not rise", seen.rev);
        (scope.rev, scope.rev_at) = (seen.rev, seen.rev_at);
        let scope = scope.clone();
        self.remember(scope_id, &scope);
        Ok(())
    }

    pub fn remember(&mut self, scope_id: Uuid, scope: &Scope) {
        let past = Past {
            view: scope.view(),
            cards: scope.told.clone(),
        };
        self.pasts
            .insert((self.epoch.clone(), scope_id, scope.rev), past);
    }

    /// Holds what a reply says against what must be.
    fn read(&self, scope: &Scope, letter: &Letter, answer: &Answer) -> Kept {
        let reply = &answer.body;
        promise!(
            reply["epoch"] == self.epoch.as_str(),
            "epoch {} where {} is",
            reply["epoch"],
            self.epoch
        );
        let acked = ops_of(letter)
            .iter()
            .filter_map(|op| op["seq"].as_i64())
            .max();
        promise!(
            reply["acked"].as_i64() == acked,
            "acked {} of {acked:?}",
            reply["acked"]
        );
        let mine = |told: &&Told| told.device == letter.device && !told.is_seen;
        let due: BTreeMap<Uuid, &Verdict> = scope
            .told
            .iter()
            .filter(|(_, told)| mine(told))
            .map(|(id, told)| (*id, &told.verdict))
            .collect();
        let outcomes = reply["outcomes"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let told: BTreeMap<Uuid, Verdict> = outcomes
            .iter()
            .map(|told| (id_of(told), verdict_of(told)))
            .collect();
        promise!(
            outcomes.len() == told.len(),
            "an outcome is told twice: {}",
            reply["outcomes"]
        );
        let same = told.len() == due.len()
            && told
                .iter()
                .all(|(id, verdict)| due.get(id) == Some(&verdict));
        promise!(same, "outcomes {told:?} where {due:?} are due");
        if !letter.is_bearer {
            let is_silent = reply["changes"] == json!([])
                && reply["cursor"] == letter.body["cursor"]
                && reply["page"].is_null();
            promise!(
                is_silent,
                "a device's secret alone was told more than its outcomes"
            );
            return Ok(());
        }
        let epoch = letter.body["epoch"].as_str();
        let reset = epoch.filter(|epoch| *epoch != self.epoch).map(|_| "epoch");
        promise!(
            reply["reset"].as_str() == reset,
            "reset {} where {reset:?} is due",
            reply["reset"]
        );
        if reply["page"].is_null() {
            let at = (reply["cursor"].as_i64(), reply["cursor_at"].as_i64());
            promise!(
                at == (Some(scope.rev), Some(scope.rev_at)),
                "cursor {at:?} at revision {} of {}",
                scope.rev,
                scope.rev_at
            );
        }
        Ok(())
    }
}

/// The ops of a request.
pub fn ops_of(letter: &Letter) -> &[Value] {
    letter.body["ops"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

pub fn id_of(value: &Value) -> Uuid {
    uuid(value, "id")
}

pub fn uuid(value: &Value, name: &str) -> Uuid {
    value[name]
        .as_str()
        .and_then(|id| id.parse().ok())
        .unwrap_or_default()
}

pub fn number(value: &Value, name: &str) -> i64 {
    value[name].as_i64().unwrap_or_default()
}

pub fn verdict_of(told: &Value) -> Verdict {
    Verdict {
        code: told["code"].as_str().unwrap_or_default().to_owned(),
        why: told["why"].as_str().map(str::to_owned),
        kept: told["kept"].as_i64(),
    }
}
