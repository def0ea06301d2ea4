//! Building a reply inside the transaction, so that it shows one moment.

use crate::{
    checkout, orders,
    planted::Bug,
    platform::db::Tx,
    scope::{Change, Synced, Viewer},
    shipments,
    sync::{
        SyncedRooms,
        devices::DeviceRow,
        exchange::{Exchange, SyncReply},
        outcomes,
        plan::Plan,
    },
};
use sampan_engine::protocol::{Page, Position, SCHEMA};
use sea_orm::DbErr;

/// Where the scope stands at the moment of the reply.
pub struct Moment<'a> {
    pub rev: i64,
    pub rev_at: i64,
    pub device: &'a DeviceRow,
    pub now_ms: i64,
}

/// The reply to an exchange with ops. `own` are the changes it made itself, when that is all it could have changed: a
/// phone that was up to date needs no more.
pub async fn after_ops(
    tx: &Tx,
    rooms: &SyncedRooms,
    exchange: &Exchange,
    plan: &Plan,
    own: Option<Vec<Change>>,
    now_ms: i64,
) -> Result<SyncReply, DbErr> {
    let moment = Moment {
        rev: plan.revision.rev,
        rev_at: plan.revision.rev_at,
        device: &plan.device,
        now_ms,
    };
    let is_current =
        exchange.cursor == plan.revision.rev - 1 && exchange.page.is_none() && exchange.cursor > 0;
    let own = own.filter(|own| is_current && own.len() <= exchange.limit as usize);
    let mut reply = build(tx, rooms, exchange, &moment, plan.is_rewound, own).await?;
    reply.acked = plan.acked;
    Ok(reply)
}

/// The reply to an exchange without ops, or the common part of any other.
pub async fn build(
    tx: &Tx,
    rooms: &SyncedRooms,
    exchange: &Exchange,
    moment: &Moment<'_>,
    is_rewound: bool,
    own: Option<Vec<Change>>,
) -> Result<SyncReply, DbErr> {
    let device = moment.device;
    let reset = reset(exchange, device, is_rewound);
    let mut reply = SyncReply {
        epoch: device.epoch.clone(),
        server_time: moment.now_ms,
        acked: None,
        cursor: exchange.cursor,
        cursor_at: 0,
        page: None,
        reset,
        upgrade: exchange.schema < SCHEMA,
        outcomes: Vec::new(),
        changes: Vec::new(),
    };
    if device.undelivered > 0 {
        reply.outcomes = outcomes::undelivered(tx, device.scope_id, device.id).await?;
    }
    if !exchange.signed_in && !rooms.planted.is(Bug::DevicePushReads) {
        reply.reset = None;
        return Ok(reply);
    }
    match own.filter(|_| reset.is_none()) {
        Some(mut own) => {
            own.sort_by(|left, right| order(left).cmp(&order(right)));
            own.dedup_by(|left, right| left.kind == right.kind && left.id == right.id);
            reply.changes = own;
            (reply.cursor, reply.cursor_at) = (moment.rev, moment.rev_at);
        }
        None => fill(tx, rooms, exchange, moment, &mut reply).await?,
    }
    Ok(reply)
}

/// Changes behind the cursor or page, at most `limit`, and where to go on.
async fn fill(
    tx: &Tx,
    rooms: &SyncedRooms,
    exchange: &Exchange,
    moment: &Moment<'_>,
    reply: &mut SyncReply,
) -> Result<(), DbErr> {
    let device = moment.device;
    let viewer = Viewer {
        scope_id: device.scope_id,
        device_id: device.id,
        currency: device.currency,
    };
    let from = match (&exchange.page, reply.reset) {
        (Some(page), None) => page.clone(),
        (_, reset) => {
            let cursor = if reset.is_some() { 0 } else { exchange.cursor };
            Page {
                epoch: device.epoch.clone(),
                snapshot_rev: if cursor == 0 { moment.rev } else { 0 },
                after: Position::after_revision(cursor),
            }
        }
    };
    let limit = exchange.limit as usize;
    let mut changes = rooms
        .changes(tx, &viewer, &from.after, exchange.limit + 1)
        .await?;
    changes.sort_by(|left, right| order(left).cmp(&order(right)));
    if rooms.planted.is(Bug::TimeBasedCursor) {
        let ahead = (moment.rev_at - moment.now_ms).max(0);
        changes.retain(|change| change.rev <= moment.rev - ahead);
    }
    if changes.len() > limit {
        changes.truncate(limit);
        let last = changes.last().map(|last| Page {
            after: if rooms.planted.is(Bug::PageByRevAlone) {
                Position::after_revision(last.rev)
            } else {
                Position {
                    rev: last.rev,
                    kind: last.kind.to_owned(),
                    id: last.id.clone(),
                }
            },
            ..from.clone()
        });
        reply.page = last.map(|last| last.to_token());
    } else {
        (reply.cursor, reply.cursor_at) = (moment.rev, moment.rev_at);
    }
    changes.retain(|change| change.value.is_some() || change.rev > from.snapshot_rev);
    reply.changes = changes;
    Ok(())
}

impl SyncedRooms {
    /// Changes of every room behind a position.
    async fn changes(
        &self,
        tx: &Tx,
        viewer: &Viewer,
        after: &Position,
        limit: u32,
    ) -> Result<Vec<Change>, DbErr> {
        let mut changes = self.carts.changes(tx, viewer, after, limit).await?;
        changes.extend(self.registers.changes(tx, viewer, after, limit).await?);
        changes.extend(self.outcomes.changes(tx, viewer, after, limit).await?);
        changes.extend(checkout::changes(tx, viewer, after, limit).await?);
        changes.extend(orders::changes(tx, viewer, after, limit).await?);
        changes.extend(shipments::changes(tx, viewer, after, limit).await?);
        Ok(changes)
    }
}

fn order(change: &Change) -> (i64, &str, &str) {
    (change.rev, change.kind, &change.id)
}

/// Must the phone drop what it holds as confirmed? Said once: further pages of a snapshot only go on.
fn reset(exchange: &Exchange, device: &DeviceRow, is_rewound: bool) -> Option<&'static str> {
    let page_epoch = exchange.page.as_ref().map(|page| &page.epoch);
    if page_epoch.is_some_and(|epoch| *epoch == device.epoch) {
        return None;
    }
    let told = page_epoch.or(exchange.epoch.as_ref());
    let is_other_epoch = told.is_some_and(|epoch| *epoch != device.epoch);
    if is_rewound && !is_other_epoch {
        tracing::error!(scope_id = %device.scope_id, cursor = exchange.cursor, "a phone is ahead of the server within one epoch");
    }
    (is_other_epoch || is_rewound).then_some("epoch")
}
