//! Effects that leave the transaction: push, mail, the steps of a checkout.
//!
//! A job's row belongs to the transaction that caused it, so it exists exactly when its cause does. A job may run
//! twice (a crash after its work, before its row is gone), and nobody may notice: handlers are idempotent.

use crate::platform::{
    clock::Clock,
    crash::crash_point,
    db::{self, Db, Tx, Work},
    ids::Ids,
};
use futures_util::{StreamExt, stream::FuturesUnordered};
use sampan_engine::time::Timestamp;
use sea_orm::{DbBackend, DbErr, Value};
use serde::{Serialize, de::DeserializeOwned};
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use uuid::Uuid;

const CLAIM_SECONDS: i64 = 30;
/// All of them must have ended before their claim does, or another node runs them too. A push waits longest: see how
/// many may be at one service at once, and for how long.
const CLAIM_AT_ONCE: usize = 128;
/// So many jobs end in one transaction; more would let a phone's exchange wait.
const END_AT_ONCE: usize = 32;
const MAX_ATTEMPTS: i32 = 12;
const IDLE_POLL: Duration = Duration::from_millis(500);
const SETTLE: Duration = Duration::from_millis(10);

/// Puts jobs into the caller's transaction.
#[derive(Clone)]
pub struct Outbox {
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

/// A claimed job.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: Uuid,
    /// `<room>.<verb>`, such as `checkout.step`.
    pub kind: String,
    pub payload: String,
    /// 1 at the first run.
    pub attempts: i32,
}

/// What a job writes last, in the transaction that ends it. It may be called again after a transaction that failed.
pub type LastWrite = Arc<dyn for<'a> Fn(&'a Tx) -> Work<'a, (), DbErr> + Send + Sync>;

/// How a run ended.
#[derive(Clone)]
pub enum JobEnd {
    Done,
    /// Done as soon as this is written: it is there exactly when the job is gone.
    Writes(LastWrite),
    /// Run again after this many seconds; not a failure.
    Again {
        seconds: i64,
    },
}

/// Why a run failed; it is tried again with growing pauses, twelve times in all, then kept as dead for the operator.
#[derive(Clone, Debug)]
pub struct JobError(pub String);

impl<E: std::error::Error> From<E> for JobError {
    fn from(error: E) -> Self {
        JobError(error.to_string())
    }
}

/// Which kinds one worker takes. Messages have a lane of their own: a service outside that does not answer holds up no
/// money.
#[derive(Clone, Copy, Debug)]
pub enum Lane {
    All,
    Only(&'static [&'static str]),
    Except(&'static [&'static str]),
}

impl Lane {
    /// The condition on `kind`; the names are the program's own.
    fn condition(self) -> String {
        let list = |kinds: &[&str]| format!("'{}'", kinds.join("', '"));
        match self {
            Lane::All => String::new(),
            Lane::Only(kinds) => format!("AND kind IN ({})", list(kinds)),
            Lane::Except(kinds) => format!("AND kind NOT IN ({})", list(kinds)),
        }
    }
}

/// Hands jobs to their rooms.
pub trait Runs: Send + Sync {
    /// Is this a kind that must never be given up, because nobody would take its work over?
    fn is_vital(&self, kind: &str) -> bool;

    fn run<'a>(
        &'a self,
        job: &'a Job,
    ) -> Pin<Box<dyn Future<Output = Result<JobEnd, JobError>> + Send + 'a>>;
}

impl JobEnd {
    pub fn writes<F>(write: F) -> Self
    where
        F: for<'a> Fn(&'a Tx) -> Work<'a, (), DbErr> + Send + Sync + 'static,
    {
        JobEnd::Writes(Arc::new(write))
    }
}

impl Job {
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, JobError> {
        serde_json::from_str(&self.payload).map_err(JobError::from)
    }
}

impl Outbox {
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self { clock, ids }
    }

    /// Runs as soon as the transaction is committed.
    pub async fn enqueue(
        &self,
        tx: &Tx,
        kind: &str,
        payload: &impl Serialize,
    ) -> Result<(), DbErr> {
        self.enqueue_in(tx, kind, payload, 0).await
    }

    /// Runs `seconds` from now, at the earliest.
    pub async fn enqueue_in(
        &self,
        tx: &Tx,
        kind: &str,
        payload: &impl Serialize,
        seconds: i64,
    ) -> Result<(), DbErr> {
        let now = self.clock.now();
        let payload =
            serde_json::to_string(payload).map_err(|error| DbErr::Custom(error.to_string()))?;
        let values = [
            self.ids.v7(now).into(),
            kind.into(),
            payload.into(),
            now.plus_seconds(seconds).micros().into(),
            now.micros().into(),
        ];
        let text = "INSERT INTO job (id, kind, payload, run_at, created_at, claimed_until, attempts, state) \
                    VALUES ($1, $2, $3, $4, $5, 0, 0, 'waiting')";
        db::execute(tx, text, values).await.map(|_| ())
    }
}

/// Makes sure that a job which answers `Again` at every run exists once, under an id of its own, and goes on.
pub async fn ensure_recurring(
    db: &Db,
    clock: &dyn Clock,
    id: Uuid,
    kind: &'static str,
) -> Result<(), DbErr> {
    let now = clock.now().micros();
    db.write(move |tx| {
        Box::pin(async move {
            let text = "INSERT INTO job (id, kind, payload, run_at, created_at, claimed_until, attempts, state) \
                        VALUES ($1, $2, 'null', $3, $3, 0, 0, 'waiting') ON CONFLICT (id) DO UPDATE \
                        SET state = 'waiting', attempts = 0, claimed_until = 0, run_at = excluded.run_at WHERE job.state = 'dead'";
            db::execute(tx, text, [id.into(), kind.into(), now.into()]).await.map(|_| ())
        })
    })
    .await
}

/// When a server starts that is the only one on its database: jobs that its predecessor died over are due again at once.
/// Where there are several nodes a claim simply runs out.
pub async fn take_over(db: &Db) -> Result<(), DbErr> {
    if db.backend() == DbBackend::Postgres {
        return Ok(());
    }
    db.write(|tx| {
        Box::pin(async move {
            let text = "UPDATE job SET claimed_until = 0 WHERE claimed_until > 0";
            db::execute(tx, text, []).await.map(|_| ())
        })
    })
    .await
}

/// Works in one lane until `stop` is told, waking at every commit.
pub async fn work(
    db: Db,
    clock: Arc<dyn Clock>,
    runner: Arc<dyn Runs>,
    lane: Lane,
    mut stop: tokio::sync::watch::Receiver<bool>,
) {
    loop {
        if *stop.borrow() {
            return;
        }
        match run_due(&db, &*clock, &*runner, lane).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "the outbox could not be read"),
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = db.committed() => tokio::time::sleep(SETTLE).await,
            () = tokio::time::sleep(IDLE_POLL) => {}
        }
    }
}

/// Claims what is due and runs it side by side; answers how many ran. While some ends are written, others gather for
/// the next transaction.
pub async fn run_due(
    db: &Db,
    clock: &dyn Clock,
    runner: &dyn Runs,
    lane: Lane,
) -> Result<usize, DbErr> {
    let now = clock.now();
    let due = format!(
        "SELECT id FROM job WHERE state = 'waiting' AND run_at <= $1 AND claimed_until <= $1 {} LIMIT 1",
        lane.condition()
    );
    if db::fetch_one(db.reader(), &due, [now.micros().into()])
        .await?
        .is_none()
    {
        return Ok(0);
    }
    let jobs = claim(db, now.micros(), lane).await?;
    let count = jobs.len();
    let mut running: FuturesUnordered<_> =
        jobs.into_iter().map(|job| run_one(runner, job)).collect();
    let mut ended = Vec::new();
    let mut writing = FuturesUnordered::new();
    loop {
        tokio::select! {
            Some(one) = running.next() => ended.push(one),
            Some(written) = writing.next() => written?,
            else => return Ok(count),
        }
        if writing.is_empty() && !ended.is_empty() {
            let some = ended.drain(..ended.len().min(END_AT_ONCE)).collect();
            writing.push(end(db, clock, runner, some));
        }
    }
}

async fn claim(db: &Db, now: i64, lane: Lane) -> Result<Vec<Job>, DbErr> {
    let of_lane = lane.condition();
    let skip_locked = if db.backend() == DbBackend::Postgres {
        "FOR UPDATE SKIP LOCKED"
    } else {
        ""
    };
    let text = format!(
        "UPDATE job SET claimed_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM job \
         WHERE state = 'waiting' AND run_at <= $1 AND claimed_until <= $1 {of_lane} ORDER BY run_at, id LIMIT {CLAIM_AT_ONCE} {skip_locked}) \
         RETURNING id, kind, payload, attempts"
    );
    db.write(move |tx| {
        let text = text.clone();
        Box::pin(async move {
            let until = now + CLAIM_SECONDS * 1_000_000;
            let mut jobs = Vec::new();
            for row in db::fetch_all(tx, &text, [now.into(), until.into()]).await? {
                jobs.push(Job {
                    id: row.try_get("", "id")?,
                    kind: row.try_get("", "kind")?,
                    payload: row.try_get("", "payload")?,
                    attempts: row.try_get("", "attempts")?,
                });
            }
            jobs.sort_by_key(|job| job.id);
            Ok::<_, DbErr>(jobs)
        })
    })
    .await
}

/// A job that ran.
#[derive(Clone)]
struct Ended {
    job: Job,
    end: Result<JobEnd, JobError>,
}

async fn run_one(runner: &dyn Runs, job: Job) -> Ended {
    let end = runner.run(&job).await;
    crash_point("outbox.ran");
    Ended { job, end }
}

/// Writes down how jobs ended, all in one transaction. If that fails, each has its own, so that one job's fault is not
/// the others'.
async fn end(
    db: &Db,
    clock: &dyn Clock,
    runner: &dyn Runs,
    ended: Vec<Ended>,
) -> Result<(), DbErr> {
    let now = clock.now();
    let close = |one: &Ended| closing(runner, one, now);
    if ended.len() > 1 && write(db, ended.iter().map(close).collect()).await.is_ok() {
        return Ok(());
    }
    for mut one in ended {
        let Err(error) = write(db, vec![close(&one)]).await else {
            continue;
        };
        if !matches!(one.end, Ok(JobEnd::Writes(_))) {
            return Err(error);
        }
        one.end = Err(error.into());
        write(db, vec![close(&one)]).await?;
    }
    Ok(())
}

/// What is written at a job's end.
#[derive(Clone)]
struct Closing {
    id: Uuid,
    last_write: Option<LastWrite>,
    /// What becomes of its row; None when it goes.
    change: Option<(&'static str, Vec<Value>)>,
}

fn closing(runner: &dyn Runs, ended: &Ended, now: Timestamp) -> Closing {
    let job = &ended.job;
    let id = job.id;
    let mut last_write = None;
    let change = match &ended.end {
        Ok(JobEnd::Done) => None,
        Ok(JobEnd::Writes(write)) => {
            last_write = Some(write.clone());
            None
        }
        Ok(JobEnd::Again { seconds }) => Some((
            "UPDATE job SET claimed_until = 0, attempts = 0, run_at = $2 WHERE id = $1",
            vec![id.into(), now.plus_seconds(*seconds).micros().into()],
        )),
        Err(error) if job.attempts >= MAX_ATTEMPTS && !runner.is_vital(&job.kind) => {
            tracing::error!(job = %id, kind = %job.kind, error = error.0, "a job is given up");
            Some((
                "UPDATE job SET state = 'dead', last_error = $2 WHERE id = $1",
                vec![id.into(), error.0.as_str().into()],
            ))
        }
        Err(error) => {
            tracing::warn!(job = %id, kind = %job.kind, attempt = job.attempts, error = error.0, "a job will be tried again");
            let pause = 1_i64 << job.attempts.clamp(0, 10);
            Some((
                "UPDATE job SET claimed_until = 0, run_at = $2, last_error = $3 WHERE id = $1",
                vec![
                    id.into(),
                    now.plus_seconds(pause).micros().into(),
                    error.0.as_str().into(),
                ],
            ))
        }
    };
    Closing {
        id,
        last_write,
        change,
    }
}

async fn write(db: &Db, closings: Vec<Closing>) -> Result<(), DbErr> {
    db.write(move |tx| {
        let closings = closings.clone();
        Box::pin(async move {
            let mut done = Vec::new();
            for closing in closings {
                if let Some(write) = closing.last_write {
                    write(tx).await?;
                }
                match closing.change {
                    Some((text, values)) => db::execute(tx, text, values).await.map(|_| ())?,
                    None => done.push(closing.id.into()),
                }
            }
            if !done.is_empty() {
                let places = db::in_list(1, &mut done);
                let text = format!("DELETE FROM job WHERE id IN ({places})");
                db::execute(tx, &text, done).await?;
            }
            Ok(())
        })
    })
    .await
}
