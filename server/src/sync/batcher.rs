//! Grouping: while one transaction commits, the next exchanges gather. No timer: a lone one goes at once.

use crate::{
    planted::Bug,
    platform::{Platform, crash::crash_point, db, problem::Problem},
    sync::{
        SyncedRooms,
        batch::{self, Answer},
        exchange::{Exchange, SyncReply},
    },
};
use sea_orm::DbErr;
use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};
use tokio::sync::{mpsc, oneshot};

/// Exchanges that one transaction takes.
pub const MAX_EXCHANGES: usize = 64;
const MAX_OPS_A_BATCH: usize = 2_000;
const MAX_WAITING: usize = 4_096;
const RETRY_SECONDS: u32 = 2;

/// Hands exchanges to the task that commits them.
#[derive(Clone)]
pub struct Batcher {
    queue: mpsc::Sender<Waiting>,
}

struct Waiting {
    exchange: Exchange,
    answer: oneshot::Sender<Result<SyncReply, Problem>>,
}

impl Batcher {
    /// The task ends when the last handle is dropped and its queue is empty.
    pub fn start(platform: Platform, rooms: SyncedRooms, max_exchanges: usize) -> Self {
        let (queue, waiting) = mpsc::channel(MAX_WAITING);
        tokio::spawn(commit_batches(platform, rooms, waiting, max_exchanges));
        Self { queue }
    }

    /// Waits for the batch that holds this exchange. The work goes on even if the caller hangs up.
    pub async fn exchange(&self, exchange: Exchange) -> Result<SyncReply, Problem> {
        let (answer, answered) = oneshot::channel();
        self.queue
            .try_send(Waiting { exchange, answer })
            .map_err(|_| Problem::unavailable(RETRY_SECONDS))?;
        answered
            .await
            .map_err(|_| Problem::unavailable(RETRY_SECONDS))?
    }
}

async fn commit_batches(
    platform: Platform,
    rooms: SyncedRooms,
    mut queue: mpsc::Receiver<Waiting>,
    max_exchanges: usize,
) {
    let mut held: VecDeque<Waiting> = VecDeque::new();
    loop {
        if held.is_empty() {
            match queue.recv().await {
                Some(waiting) => held.push_back(waiting),
                None => return,
            }
        }
        while held.len() < MAX_WAITING {
            match queue.try_recv() {
                Ok(waiting) => held.push_back(waiting),
                Err(_) => break,
            }
        }
        commit(&platform, &rooms, next_batch(&mut held, max_exchanges)).await;
    }
}

/// The longest waiting exchanges that fit together: one a scope, a command alone.
fn next_batch(held: &mut VecDeque<Waiting>, max_exchanges: usize) -> Vec<Waiting> {
    let mut batch: Vec<Waiting> = Vec::new();
    let mut scopes = HashSet::new();
    let mut ops = 0;
    let mut later = VecDeque::new();
    while let Some(waiting) = held.pop_front() {
        let has_command = waiting.exchange.has_command();
        let fits = batch.is_empty()
            || (batch.len() < max_exchanges
                && !has_command
                && ops + waiting.exchange.ops.len() <= MAX_OPS_A_BATCH
                && !scopes.contains(&waiting.exchange.scope_id));
        // A later exchange of a scope must not overtake an earlier one that has to wait.
        scopes.insert(waiting.exchange.scope_id);
        if !fits {
            later.push_back(waiting);
            continue;
        }
        ops += waiting.exchange.ops.len();
        batch.push(waiting);
        if has_command || batch.len() == max_exchanges {
            break;
        }
    }
    later.append(held);
    *held = later;
    batch
}

/// Commits the batch once; if that fails, each exchange alone, so that one cannot fail the others.
async fn commit(platform: &Platform, rooms: &SyncedRooms, batch: Vec<Waiting>) {
    let (exchanges, answers): (Vec<Exchange>, Vec<_>) = batch
        .into_iter()
        .map(|waiting| (waiting.exchange, waiting.answer))
        .unzip();
    let exchanges = Arc::new(exchanges);
    match run(platform, rooms, exchanges.clone()).await {
        Ok(results) => {
            for (answer, result) in answers.into_iter().zip(results) {
                deliver(platform, answer, result);
            }
        }
        // Alone there is nobody to part from; and a database that cannot be reached fails each of them alike.
        Err(error) if exchanges.len() == 1 || db::is_out_of_reach(&error) => {
            tracing::error!(%error, count = exchanges.len(), "exchanges could not be committed");
            for (exchange, answer) in exchanges.iter().zip(answers) {
                let reply = if rooms.planted.is(Bug::UnsavedAcked) {
                    Ok(as_if_saved(exchange))
                } else {
                    Err(Problem::unavailable(RETRY_SECONDS))
                };
                let _ = answer.send(reply);
            }
        }
        Err(error) => {
            tracing::warn!(%error, count = exchanges.len(), "a batch failed; its exchanges run alone");
            for (exchange, answer) in exchanges.iter().zip(answers) {
                let result = match run(platform, rooms, Arc::new(vec![exchange.clone()])).await {
                    Ok(mut results) => results.pop(),
                    Err(error) => {
                        tracing::error!(%error, "an exchange could not be committed");
                        None
                    }
                };
                let refused = || Answer {
                    reply: Err(Problem::unavailable(RETRY_SECONDS)),
                    poke: None,
                };
                deliver(platform, answer, result.unwrap_or_else(refused));
            }
        }
    }
}

async fn run(
    platform: &Platform,
    rooms: &SyncedRooms,
    exchanges: Arc<Vec<Exchange>>,
) -> Result<Vec<Answer>, DbErr> {
    let (inner, of_batch) = (platform.clone(), rooms.clone());
    let answers = platform
        .db
        .write(move |tx| {
            let (platform, rooms, exchanges) = (inner.clone(), of_batch.clone(), exchanges.clone());
            Box::pin(async move { batch::run(&platform, &rooms, tx, &exchanges).await })
        })
        .await?;
    #[cfg(feature = "planted")]
    rooms.write_late_ops(platform).await?;
    Ok(answers)
}

/// The planted bug: an acknowledgement of what was not saved.
fn as_if_saved(exchange: &Exchange) -> SyncReply {
    SyncReply {
        epoch: exchange.epoch.clone().unwrap_or_default(),
        server_time: exchange.sent_at,
        acked: exchange.ops.iter().map(|op| op.seq).max(),
        cursor: exchange.cursor,
        cursor_at: 0,
        page: None,
        reset: None,
        upgrade: false,
        outcomes: Vec::new(),
        changes: Vec::new(),
    }
}

/// Pokes after the commit, then answers; a caller that hung up is nobody's loss.
fn deliver(
    platform: &Platform,
    answer: oneshot::Sender<Result<SyncReply, Problem>>,
    result: Answer,
) {
    crash_point("sync.answering");
    if let Some((scope_id, rev)) = result.poke {
        platform.events.publish(scope_id, rev);
    }
    let _ = answer.send(result.reply);
}
