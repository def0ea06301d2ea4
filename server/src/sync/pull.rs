//! An exchange without ops: reads, and at most marks outcomes as seen. Takes no revision.

use crate::{
    platform::{
        Platform,
        db::{self, Tx},
        problem::Problem,
    },
    scope,
    sync::{
        SyncedRooms, devices,
        exchange::{Exchange, SyncReply, device_unknown},
        outcomes,
        reply::{self, Moment},
    },
};
use sea_orm::DbErr;
use std::sync::Arc;
use uuid::Uuid;

/// One consistent snapshot; an idle exchange reads one row and writes nothing.
pub async fn pull(
    platform: &Platform,
    rooms: &SyncedRooms,
    exchange: Exchange,
) -> Result<SyncReply, Problem> {
    if !exchange.seen.is_empty() {
        remember_seen(platform, &exchange).await?;
    }
    let exchange = Arc::new(exchange);
    let (rooms, now_ms) = (rooms.clone(), platform.now().millis());
    let answer = platform
        .db
        .snapshot(move |tx| Box::pin(async move { read(tx, &rooms, &exchange, now_ms).await }))
        .await;
    answer
        .map_err(|error: DbErr| Problem::from(error))?
        .ok_or_else(device_unknown)
}

async fn read(
    tx: &Tx,
    rooms: &SyncedRooms,
    exchange: &Exchange,
    now_ms: i64,
) -> Result<Option<SyncReply>, DbErr> {
    let Some(device) = devices::load(tx, &[(exchange.scope_id, exchange.device)])
        .await?
        .pop()
    else {
        return Ok(None);
    };
    if device.signed_out {
        return Ok(None);
    }
    let (rev, rev_at) = (device.rev, device.rev_at);
    let moment = Moment {
        rev,
        rev_at,
        device: &device,
        now_ms,
    };
    let is_rewound = exchange.cursor > rev
        && exchange
            .epoch
            .as_ref()
            .is_none_or(|epoch| *epoch == device.epoch);
    let nothing_new = (exchange.cursor == rev && exchange.page.is_none()).then(Vec::new);
    reply::build(tx, rooms, exchange, &moment, is_rewound, nothing_new)
        .await
        .map(Some)
}

/// Bookkeeping: no revision, no poke.
async fn remember_seen(platform: &Platform, exchange: &Exchange) -> Result<(), Problem> {
    let (scope_id, device): (Uuid, Uuid) = (exchange.scope_id, exchange.device);
    let seen = Arc::new(exchange.seen.clone());
    platform
        .db
        .write(move |tx| {
            let seen = seen.clone();
            Box::pin(async move {
                scope::hold(tx, scope_id).await?;
                let left = outcomes::mark_seen(tx, scope_id, device, &seen).await?;
                let text = "UPDATE device SET undelivered = $3 WHERE scope_id = $1 AND id = $2";
                db::execute(tx, text, [scope_id.into(), device.into(), left.into()])
                    .await
                    .map(|_| ())
            })
        })
        .await
        .map_err(|error: DbErr| error.into())
}
