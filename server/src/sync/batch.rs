//! One transaction for a batch of exchanges: everything is read with a few queries, merged in memory, and written with
//! a few more.

use crate::{
    planted::Bug,
    platform::{Platform, db::Tx, problem::Problem},
    scope::{OpContext, ScopedOp, Synced, Touched, Viewer, Viewers, take_revisions},
    sync::{
        SyncedRooms, devices,
        exchange::{Exchange, SyncReply},
        op::Op,
        ops::{self, OpRow},
        outcomes,
        plan::{Known, Plan, Step, plan},
        reply,
    },
};
use sampan_engine::{outcome::Outcome, sequence::Stored};
use sea_orm::DbErr;
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};
use uuid::Uuid;

/// What one exchange of a batch ends in, and whether its scope's streams want a poke.
pub struct Answer {
    pub reply: Result<SyncReply, Problem>,
    pub poke: Option<(Uuid, i64)>,
}

/// Runs a batch of exchanges of distinct scopes.
pub async fn run(
    platform: &Platform,
    rooms: &SyncedRooms,
    tx: &Tx,
    exchanges: &[Exchange],
) -> Result<Vec<Answer>, DbErr> {
    let now = platform.now();
    let (mut plans, mut answers) = admit(rooms, tx, exchanges, now.millis(), now.micros()).await?;
    if rooms.planted.is(Bug::PokeBeforeCommit) {
        for plan in &plans {
            platform
                .events
                .publish(plan.revision.scope_id, plan.revision.rev);
        }
    }
    let touched = if exchanges.len() == 1 {
        match plans.first_mut() {
            Some(plan) => apply_alone(rooms, tx, plan, now.micros()).await?,
            None => Vec::new(),
        }
    } else {
        let viewers = viewers(&plans);
        let mut steps: Vec<&mut Step> = plans.iter_mut().flat_map(|plan| &mut plan.steps).collect();
        apply(rooms, tx, &mut steps, &viewers, now.micros()).await?
    };
    record(tx, exchanges, &mut plans, now.micros()).await?;
    let mut by_scope: HashMap<Uuid, Vec<Touched>> = HashMap::new();
    for one in touched {
        by_scope.entry(one.scope_id).or_default().push(one);
    }
    for plan in plans {
        let exchange = &exchanges[plan.index];
        let own = by_scope.remove(&exchange.scope_id).unwrap_or_default();
        let has_command = exchange.has_command();
        // A told outcome is a card on the other phones.
        let shows = !own.is_empty() || has_command || plan.steps.iter().any(Step::is_told);
        let poke = shows.then_some((exchange.scope_id, plan.revision.rev));
        let own = (!has_command).then(|| own.into_iter().map(|touched| touched.change).collect());
        let reply = reply::after_ops(tx, rooms, exchange, &plan, own, now.millis()).await?;
        answers[plan.index] = Some(Answer {
            reply: Ok(reply),
            poke,
        });
    }
    let missing = || Answer {
        reply: Err(Problem::internal("an exchange without an answer")),
        poke: None,
    };
    Ok(answers
        .into_iter()
        .map(|answer| answer.unwrap_or_else(missing))
        .collect())
}

/// Takes the revisions, reads devices and known ops, and plans each exchange or answers its refusal.
async fn admit(
    rooms: &SyncedRooms,
    tx: &Tx,
    exchanges: &[Exchange],
    now_ms: i64,
    now_micros: i64,
) -> Result<(Vec<Plan>, Vec<Option<Answer>>), DbErr> {
    let scopes: Vec<Uuid> = exchanges.iter().map(|exchange| exchange.scope_id).collect();
    let mut revisions = take_revisions(tx, scopes.clone(), now_ms).await?;
    if rooms.planted.is(Bug::SharedRevision) {
        let highest = revisions.iter().map(|revision| revision.rev).max();
        for revision in &mut revisions {
            revision.rev = highest.unwrap_or(revision.rev);
        }
    }
    let named: Vec<(Uuid, Uuid)> = exchanges
        .iter()
        .map(|exchange| (exchange.scope_id, exchange.device))
        .collect();
    let devices = devices::load(tx, &named).await?;
    let live = devices::live(tx, &scopes, now_micros).await?;
    let ids: Vec<(Uuid, Uuid)> = exchanges
        .iter()
        .flat_map(|exchange| exchange.ops.iter().map(|op| (exchange.scope_id, op.id)))
        .collect();
    let mut stored: HashMap<Uuid, Vec<Stored<Outcome>>> = HashMap::new();
    for (scope_id, op) in ops::by_id(tx, &ids).await? {
        stored.entry(scope_id).or_default().push(op);
    }
    let mut plans = Vec::with_capacity(exchanges.len());
    let mut answers = Vec::with_capacity(exchanges.len());
    for (index, exchange) in exchanges.iter().enumerate() {
        let mine =
            |scope_id: Uuid, id: Uuid| scope_id == exchange.scope_id && id == exchange.device;
        let floors = live
            .iter()
            .filter(|(scope_id, ..)| *scope_id == exchange.scope_id);
        let known = Known {
            revision: revisions
                .iter()
                .find(|revision| revision.scope_id == exchange.scope_id)
                .copied(),
            device: devices
                .iter()
                .find(|device| mine(device.scope_id, device.id))
                .cloned(),
            stored: stored.get(&exchange.scope_id).map_or(&[], Vec::as_slice),
            combine_floor: floors.map(|(.., floor)| *floor).min().unwrap_or(0),
            is_live: live.iter().any(|(scope_id, id, _)| mine(*scope_id, *id)),
        };
        match plan(tx, rooms, index, exchange, known).await? {
            Ok(plan) => {
                plans.push(plan);
                answers.push(None);
            }
            Err(problem) => answers.push(Some(Answer {
                reply: Err(problem),
                poke: None,
            })),
        }
    }
    Ok((plans, answers))
}

/// One exchange, with commands between its other ops: each command finds all that came before it saved, so that a
/// withdrawal can end a checkout of the same request.
async fn apply_alone(
    rooms: &SyncedRooms,
    tx: &Tx,
    plan: &mut Plan,
    now_micros: i64,
) -> Result<Vec<Touched>, DbErr> {
    let viewers = viewers(std::slice::from_ref(plan));
    let revision = plan.revision;
    let is_command = |step: &Step| matches!(step.op, Ok(Op::Command { .. }));
    let mut last_eff = plan.device.last_eff;
    let mut touched = Vec::new();
    for run in plan
        .steps
        .chunk_by_mut(|left, right| !is_command(left) && !is_command(right))
    {
        if let [Step { at, op, .. }] = run
            && let Ok(Op::Command { kind, rest }) = op
        {
            let outcome = rooms
                .command(tx, at, revision, kind, std::mem::take(rest))
                .await?;
            *op = Err(outcome);
            store(rooms, tx, run.iter(), now_micros).await?;
        } else {
            for step in run.iter_mut() {
                step.at.last_eff = last_eff;
            }
            let mut steps: Vec<&mut Step> = run.iter_mut().collect();
            touched.extend(apply(rooms, tx, &mut steps, &viewers, now_micros).await?);
            last_eff = run
                .iter()
                .map(|step| step.at.last_eff)
                .fold(last_eff, i64::max);
        }
    }
    Ok(touched)
}

/// Loads what the steps touch, applies them in order, saves, and stores the ops. Afterwards every step holds its outcome.
async fn apply(
    rooms: &SyncedRooms,
    tx: &Tx,
    steps: &mut [&mut Step],
    viewers: &Viewers,
    now_micros: i64,
) -> Result<Vec<Touched>, DbErr> {
    let cart_ops = of_room(steps, |op| {
        if let Op::Cart(op) = op {
            Some(op.clone())
        } else {
            None
        }
    });
    let register_ops = of_room(steps, |op| {
        if let Op::Register(op) = op {
            Some(op.clone())
        } else {
            None
        }
    });
    let mut carts = if cart_ops.is_empty() {
        None
    } else {
        Some(rooms.carts.load(tx, &cart_ops).await?)
    };
    let mut registers = if register_ops.is_empty() {
        None
    } else {
        Some(rooms.registers.load(tx, &register_ops).await?)
    };
    let mut dismissed = Vec::new();
    let mut last_eff: HashMap<Uuid, i64> = HashMap::new();
    for step in steps.iter_mut() {
        let Ok(op) = &step.op else { continue };
        let device = step.at.place.device;
        step.at.last_eff = last_eff.get(&device).copied().unwrap_or(step.at.last_eff);
        let at = &mut step.at;
        let outcome = match (op.clone(), carts.as_mut(), registers.as_mut()) {
            (Op::Cart(op), Some(state), _) => guarded(|| rooms.carts.apply(state, at, op)),
            (Op::Register(op), _, Some(state)) => guarded(|| rooms.registers.apply(state, at, op)),
            (Op::Outcome(op), ..) => guarded(|| rooms.outcomes.apply(&mut dismissed, at, op)),
            (Op::Cart(_) | Op::Register(_) | Op::Command { .. }, ..) => {
                Outcome::rejected("internal")
            }
        };
        last_eff.insert(device, step.at.last_eff);
        step.op = Err(outcome);
    }
    let mut touched = Vec::new();
    if let Some(state) = carts {
        touched.extend(rooms.carts.save(tx, state, viewers).await?);
    }
    if let Some(state) = registers {
        touched.extend(rooms.registers.save(tx, state, viewers).await?);
    }
    // Before the dismissals: what is dismissed may be the outcome of an op of this very request.
    store(rooms, tx, steps.iter().map(|step| &**step), now_micros).await?;
    touched.extend(rooms.outcomes.save(tx, dismissed, viewers).await?);
    Ok(touched)
}

fn of_room<O>(steps: &[&mut Step], pick: impl Fn(&Op) -> Option<O>) -> Vec<ScopedOp<O>> {
    let scoped = |step: &&mut Step| {
        Some(ScopedOp {
            scope_id: step.at.scope_id,
            op: pick(step.op.as_ref().ok()?)?,
        })
    };
    steps.iter().filter_map(scoped).collect()
}

/// A panic in an op's own rule is that op's outcome, not the end of the batch.
fn guarded(rule: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(rule)).unwrap_or_else(|_| {
        tracing::error!("an op's rule panicked");
        Outcome::rejected("internal")
    })
}

/// Op rows and told outcomes of steps that were applied.
async fn store<'a>(
    rooms: &SyncedRooms,
    tx: &Tx,
    steps: impl Iterator<Item = &'a Step>,
    now_micros: i64,
) -> Result<(), DbErr> {
    let rows: Vec<OpRow> = steps
        .map(|step| op_row(&step.at, step, now_micros))
        .collect();
    if !rooms.put_off(&rows) {
        ops::insert(tx, &rows).await?;
    }
    let told: Vec<&OpRow> = rows.iter().filter(|row| row.outcome.is_told()).collect();
    outcomes::insert(tx, &told).await
}

/// Where each device stands now, and what it has not heard yet.
async fn record(
    tx: &Tx,
    exchanges: &[Exchange],
    plans: &mut [Plan],
    now_micros: i64,
) -> Result<(), DbErr> {
    for plan in plans.iter_mut() {
        let (scope_id, device) = (plan.device.scope_id, plan.device.id);
        let exchange = &exchanges[plan.index];
        for told in &plan.told_again {
            let place = (scope_id, device, plan.revision.rev);
            outcomes::tell_again(tx, place, told, now_micros).await?;
        }
        plan.device.undelivered = if !exchange.seen.is_empty() {
            outcomes::mark_seen(tx, scope_id, device, &exchange.seen).await?
        } else if !plan.told_again.is_empty() {
            outcomes::count_undelivered(tx, scope_id, device).await?
        } else {
            plan.device.undelivered + plan.steps.iter().filter(|step| step.is_told()).count() as i64
        };
        // A phone that has not heard of a restore yet will queue its acknowledged ops again, with bases below these.
        let told = exchange.epoch.as_ref();
        let is_current = told.is_none_or(|epoch| *epoch == plan.device.epoch);
        for step in &plan.steps {
            plan.device.last_seq = plan.device.last_seq.max(step.seq);
            plan.device.last_eff = plan.device.last_eff.max(step.at.last_eff);
            if is_current {
                plan.device.base_floor = plan.device.base_floor.max(step.base);
            }
        }
        plan.device.last_seen_at = now_micros;
    }
    let devices: Vec<&devices::DeviceRow> = plans.iter().map(|plan| &plan.device).collect();
    devices::save(tx, &devices).await
}

fn op_row(at: &OpContext, step: &Step, now_micros: i64) -> OpRow {
    OpRow {
        scope_id: at.scope_id,
        id: at.op_id,
        device: at.place.device,
        seq: step.seq,
        rev: at.place.rev,
        kind: at.kind.clone(),
        outcome: step
            .op
            .as_ref()
            .err()
            .cloned()
            .unwrap_or_else(|| Outcome::rejected("internal")),
        created_at: now_micros,
    }
}

fn viewers(plans: &[Plan]) -> Viewers {
    let viewer = |plan: &Plan| {
        let device = &plan.device;
        (
            device.scope_id,
            Viewer {
                scope_id: device.scope_id,
                device_id: device.id,
                currency: device.currency,
            },
        )
    };
    plans.iter().map(viewer).collect()
}
