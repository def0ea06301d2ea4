//! The live stream: content-free pokes with the scope's revision.

use crate::{
    platform::{db, problem::Problem, token},
    scope::actor::credentials,
    sync::Sync,
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use bytes::Bytes;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;
use uuid::Uuid;

const PING: Duration = Duration::from_secs(20);
const MAX_STREAMS: usize = 20_000;
/// A person's further phones ask from time to time instead.
const MAX_STREAMS_A_SCOPE: usize = 10;

/// Counts a stream for as long as it is open.
struct Open(Arc<AtomicUsize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Stream {
    revs: watch::Receiver<i64>,
    last: i64,
    ends: tokio::time::Instant,
    started: bool,
    _open: Open,
}

/// Subscribes first, then sends the current revision at once, so that nothing falls between. Ends with the token.
pub async fn stream(http: &HttpRequest, sync: &Sync) -> Result<HttpResponse, Problem> {
    let token = credentials(http, "Bearer")
        .ok_or_else(|| Problem::unauthorized("Send Authorization: Bearer with an access token."))?;
    let claims = token::verify(&sync.platform, token)?;
    let busy = || {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Too many live streams are open.",
        )
        .retry_after(20)
    };
    let open = Open(sync.streams.clone());
    if sync.streams.fetch_add(1, Ordering::Relaxed) >= MAX_STREAMS {
        return Err(busy());
    }
    let revs = sync.platform.events.subscribe(claims.sub);
    if sync.platform.events.listeners(claims.sub) > MAX_STREAMS_A_SCOPE {
        return Err(busy());
    }
    let rev = current_revision(sync, claims.sub).await?;
    let seconds = (claims.exp - sync.platform.now().seconds()).clamp(1, token::ACCESS_SECONDS);
    let ends = tokio::time::Instant::now() + Duration::from_secs(seconds as u64);
    let state = Stream {
        revs,
        last: rev,
        ends,
        started: false,
        _open: open,
    };
    let body = futures_util::stream::unfold(state, |state| async move { next(state).await });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .insert_header(("content-encoding", "identity"))
        .streaming(body))
}

async fn next(mut state: Stream) -> Option<(Result<Bytes, actix_web::Error>, Stream)> {
    if !state.started {
        state.started = true;
        return Some((Ok(event(state.last)), state));
    }
    tokio::select! {
        changed = state.revs.changed() => {
            changed.ok()?;
            state.last = state.last.max(*state.revs.borrow_and_update());
        }
        () = tokio::time::sleep(PING) => {
            state.last = state.last.max(*state.revs.borrow());
            return Some((Ok(ping(state.last)), state));
        }
        () = tokio::time::sleep_until(state.ends) => return None,
    }
    Some((Ok(event(state.last)), state))
}

fn event(rev: i64) -> Bytes {
    Bytes::from(format!("event: rev\ndata: {{\"rev\":{rev}}}\n\n"))
}

fn ping(rev: i64) -> Bytes {
    Bytes::from(format!("event: ping\ndata: {{\"rev\":{rev}}}\n\n"))
}

async fn current_revision(sync: &Sync, scope_id: Uuid) -> Result<i64, Problem> {
    let row = db::fetch_one(
        sync.platform.db.reader(),
        "SELECT rev FROM scope WHERE id = $1",
        [scope_id.into()],
    )
    .await?;
    let row = row.ok_or_else(crate::sync::exchange::device_unknown)?;
    Ok(row.try_get("", "rev")?)
}
