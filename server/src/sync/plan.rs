//! Before anything is applied: is the exchange admitted, which of its ops are new, where does each stand?

use crate::{
    planted::Bug,
    platform::{db::Tx, problem::Problem},
    scope::{OpContext, Revision},
    sync::{
        SyncedRooms,
        devices::DeviceRow,
        exchange::{Exchange, device_unknown},
        op::{self, Op},
        ops, outcomes,
    },
};
use actix_web::http::StatusCode;
use sampan_engine::{
    cart_merge::Place,
    outcome::Outcome,
    protocol::{MAX_OP_AGE_MS, MAX_UNDELIVERED_OUTCOMES, RawOp, SCHEMA},
    sequence::{Forked, Stored, sequence},
};
use sea_orm::DbErr;
use uuid::Uuid;

/// An admitted exchange, ready to be applied.
pub struct Plan {
    /// Its place in the batch.
    pub index: usize,
    pub revision: Revision,
    pub device: DeviceRow,
    pub steps: Vec<Step>,
    /// Known ops that were not simply applied, sent again: their outcomes are told again.
    pub told_again: Vec<ToldAgain>,
    pub acked: Option<i64>,
    /// The phone's cursor or a base lies beyond the scope's revision: the data set was rewound.
    pub is_rewound: bool,
}

/// A known op that is sent again, maybe under a new device id of its phone, and what became of it.
pub struct ToldAgain {
    pub op_id: Uuid,
    pub seq: i64,
    pub kind: String,
    pub outcome: Outcome,
}

/// One new op with its place in history.
pub struct Step {
    pub at: OpContext,
    pub seq: i64,
    pub base: i64,
    /// Read by its room, or already decided.
    pub op: Result<Op, Outcome>,
}

impl Step {
    /// Once decided: is there more to say than that it was applied?
    pub fn is_told(&self) -> bool {
        self.op.as_ref().err().is_none_or(Outcome::is_told)
    }
}

/// What a batch knows of the exchange's scope.
pub struct Known<'a> {
    pub revision: Option<Revision>,
    pub device: Option<DeviceRow>,
    pub stored: &'a [Stored<Outcome>],
    pub combine_floor: i64,
    pub is_live: bool,
}

/// Admits an exchange or says why not; a refusal concerns it alone.
pub async fn plan(
    tx: &Tx,
    rooms: &SyncedRooms,
    index: usize,
    exchange: &Exchange,
    known: Known<'_>,
) -> Result<Result<Plan, Problem>, DbErr> {
    let (Some(revision), Some(mut device)) = (known.revision, known.device) else {
        return Ok(Err(device_unknown()));
    };
    if device.signed_out {
        return Ok(Err(device_unknown()));
    }
    if device.undelivered >= MAX_UNDELIVERED_OUTCOMES as i64 {
        // Counted anew, after what this request has seen: the count beside the device may be stale.
        device.undelivered =
            outcomes::mark_seen(tx, exchange.scope_id, exchange.device, &exchange.seen).await?;
        if device.undelivered >= MAX_UNDELIVERED_OUTCOMES as i64 {
            return Ok(Err(Problem::too_many_requests(30)));
        }
    }
    if let Some(problem) = server_older(rooms, exchange) {
        return Ok(Err(problem));
    }
    let mut stored = known.stored.to_vec();
    stored.extend(held_seqs(tx, exchange, &device, known.stored).await?);
    let mut ops = exchange.ops.clone();
    if rooms.planted.is(Bug::DedupeBySeqOnly) {
        stored.clear();
    }
    if rooms.planted.is(Bug::DedupeBySeqOnly) || rooms.planted.is(Bug::ForkUnnoticed) {
        let is_known = |id: Uuid| stored.iter().any(|known| known.id == id);
        ops.retain(|op| op.seq > device.last_seq || is_known(op.id));
    }
    let sequenced = match sequence(exchange.device, ops, &stored) {
        Ok(sequenced) => sequenced,
        Err(Forked { seq }) => return Ok(Err(forked(seq))),
    };
    let mut plan = Plan {
        index,
        revision,
        acked: exchange.ops.iter().map(|op| op.seq).max(),
        is_rewound: is_this_epoch(exchange.epoch.as_ref(), &device)
            && exchange.cursor >= revision.rev,
        steps: Vec::with_capacity(sequenced.new.len()),
        told_again: Vec::new(),
        device,
    };
    for (op, outcome) in sequenced.resent {
        if outcome.is_told() && !rooms.planted.is(Bug::HandOverForgotten) {
            plan.told_again.push(ToldAgain {
                op_id: op.id,
                seq: op.seq,
                kind: op.kind,
                outcome,
            });
        }
    }
    for op in sequenced.new {
        let step = plan.step(rooms, exchange, op, known.combine_floor, known.is_live);
        plan.steps.push(step);
    }
    Ok(Ok(plan))
}

impl Plan {
    fn step(
        &mut self,
        rooms: &SyncedRooms,
        exchange: &Exchange,
        raw: RawOp,
        combine_floor: i64,
        live: bool,
    ) -> Step {
        let is_current =
            is_this_epoch(raw.epoch.as_ref().or(exchange.epoch.as_ref()), &self.device);
        let highest = if is_current || rooms.planted.is(Bug::LostBaseKept) {
            self.revision.rev - 1
        } else {
            self.device.restored_rev
        };
        self.is_rewound |= is_current && raw.base > highest;
        let base = if rooms.planted.is(Bug::BaseIgnored) {
            highest
        } else {
            raw.base.min(highest)
        };
        let op = match decided(exchange, &raw) {
            Some(outcome) => Err(outcome),
            None => {
                op::parse(rooms, &raw).map_err(|why| Outcome::rejected(why).actions(&["dismiss"]))
            }
        };
        let place = Place {
            device: exchange.device,
            seq: raw.seq,
            rev: self.revision.rev,
            base,
            base_at: raw.base_at,
            at: raw.at,
            sent_at: if rooms.planted.is(Bug::ClockTrusted) {
                self.revision.rev_at
            } else {
                exchange.sent_at
            },
            received_at: self.revision.rev_at,
            live,
            is_current: is_this_epoch(exchange.epoch.as_ref(), &self.device),
        };
        let at = OpContext {
            scope_id: exchange.scope_id,
            op_id: raw.id,
            kind: raw.kind,
            place,
            last_eff: self.device.last_eff,
            combine_floor,
            signed_in: exchange.signed_in,
        };
        Step {
            at,
            seq: raw.seq,
            base,
            op,
        }
    }
}

/// Outcomes that need no look into the op's own fields.
fn decided(exchange: &Exchange, op: &RawOp) -> Option<Outcome> {
    if exchange.sent_at.saturating_sub(op.at) > MAX_OP_AGE_MS {
        return Some(Outcome::needs_you("old").actions(&["again", "dismiss"]));
    }
    let needs_login = !exchange.signed_in && !op::is_for_device(&op.kind);
    needs_login.then(|| Outcome::needs_you("sign_in").actions(&["sign_in"]))
}

/// A phone of a later schema may know kinds that this server does not: it waits, instead of having them rejected.
fn server_older(rooms: &SyncedRooms, exchange: &Exchange) -> Option<Problem> {
    let is_unknown =
        |raw: &RawOp| matches!(op::parse(rooms, raw), Err(why) if why == "unknown_kind");
    (exchange.schema > SCHEMA && exchange.ops.iter().any(is_unknown)).then(|| {
        let detail =
            "The app is newer than this server. Keep the ops and send them again in a while.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "server-older", detail).retry_after(60)
    })
}

/// Seqs at or below the highest stored one may be taken; above it, none can be.
async fn held_seqs(
    tx: &Tx,
    exchange: &Exchange,
    device: &DeviceRow,
    stored: &[Stored<Outcome>],
) -> Result<Vec<Stored<Outcome>>, DbErr> {
    let is_known = |id: Uuid| stored.iter().any(|known| known.id == id);
    let suspicious = exchange
        .ops
        .iter()
        .filter(|op| op.seq <= device.last_seq && !is_known(op.id));
    let (from, to) = suspicious.fold((i64::MAX, i64::MIN), |(from, to), op| {
        (from.min(op.seq), to.max(op.seq))
    });
    if from > to {
        return Ok(Vec::new());
    }
    ops::by_seq(tx, exchange.scope_id, exchange.device, from, to).await
}

fn is_this_epoch(told: Option<&String>, device: &DeviceRow) -> bool {
    told.is_none_or(|epoch| *epoch == device.epoch)
}

fn forked(seq: i64) -> Problem {
    let detail = "Another op already holds this seq of this device: the app was cloned or rewound. Take a new device id, \
                  keep the op ids, renumber, send again. Nothing was applied.";
    Problem::conflict("device-forked", detail).with("seq", seq)
}
