//! Quotes in the database. Those that wait while one transaction commits share the next one.

use crate::{
    landed_cost::model::Quote,
    platform::{
        Platform,
        db::{self, Db, Tx},
    },
};
use sampan_engine::time::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, Value};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// Quotes are kept so long after they expired, for whoever asks what was promised.
const KEPT_DAYS: i64 = 7;
const QUOTES_AT_ONCE: usize = 64;
const MAX_WAITING: usize = 4_096;
/// Expired quotes that one transaction takes away.
const SWEPT_AT_ONCE: u32 = 2_000;
/// The id of the recurring job, so that it exists once.
pub const SWEEP_JOB: Uuid = Uuid::from_u128(0x5a4d_5057_5357_4550_0000_0000_0000_0003);
/// How often it looks.
pub const SWEEP_SECONDS: i64 = 3_600;

/// Why a quote was not stored; several that shared a transaction share the reason.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeepError {
    #[error("too many quotes are waiting")]
    Busy,
    #[error(transparent)]
    Database(Arc<DbErr>),
}

/// Hands quotes to the task that stores them.
#[derive(Clone)]
pub struct Keeper {
    queue: mpsc::Sender<Waiting>,
}

/// A quote on its way into the database, whole as it is told.
struct Waiting {
    row: Arc<Row>,
    stored: oneshot::Sender<Result<(), KeepError>>,
}

struct Row {
    scope_id: Uuid,
    id: Uuid,
    created_at: i64,
    expires_at: i64,
    country: String,
    body: String,
}

impl Keeper {
    /// The task ends when the last handle is dropped and its queue is empty.
    pub fn start(db: Db) -> Self {
        let (queue, waiting) = mpsc::channel(MAX_WAITING);
        tokio::spawn(store(db, waiting));
        Self { queue }
    }

    /// Stores a quote; `body` is the quote as JSON. Returns once it is committed.
    pub async fn keep(
        &self,
        scope_id: Uuid,
        quote: &Quote,
        body: String,
        now: Timestamp,
    ) -> Result<(), KeepError> {
        let row = Row {
            scope_id,
            id: quote.id,
            created_at: now.micros(),
            expires_at: quote.expires_at.micros(),
            country: quote.ship_to.country.as_str().to_owned(),
            body,
        };
        let (stored, answer) = oneshot::channel();
        let waiting = Waiting {
            row: Arc::new(row),
            stored,
        };
        self.queue.try_send(waiting).map_err(|_| KeepError::Busy)?;
        answer.await.map_err(|_| KeepError::Busy)?
    }
}

async fn store(db: Db, mut queue: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::new();
    while queue.recv_many(&mut batch, QUOTES_AT_ONCE).await > 0 {
        let rows: Arc<[Arc<Row>]> = batch
            .iter()
            .map(|waiting: &Waiting| waiting.row.clone())
            .collect();
        let written = db
            .write(move |tx| {
                let rows = rows.clone();
                Box::pin(async move { insert(tx, &rows).await })
            })
            .await;
        let result = written.map_err(|error| KeepError::Database(Arc::new(error)));
        for waiting in batch.drain(..) {
            // Whoever hung up does not wait for it.
            let _ = waiting.stored.send(result.clone());
        }
    }
}

async fn insert(tx: &Tx, rows: &[Arc<Row>]) -> Result<(), DbErr> {
    let text = format!(
        "INSERT INTO quote (scope_id, id, created_at, expires_at, country, body) VALUES {}",
        db::rows(tx, rows.len(), 6)
    );
    let values = rows.iter().flat_map(|row| -> [Value; 6] {
        [
            row.scope_id.into(),
            row.id.into(),
            row.created_at.into(),
            row.expires_at.into(),
            row.country.as_str().into(),
            row.body.as_str().into(),
        ]
    });
    db::execute(tx, &text, values).await.map(|_| ())
}

/// The job `landed_cost.sweep`: long expired quotes go.
pub async fn sweep(platform: &Platform) -> Result<(), DbErr> {
    let before = platform.now().plus_days(-KEPT_DAYS).micros();
    let text = format!(
        "DELETE FROM quote WHERE (scope_id, id) IN (SELECT scope_id, id FROM quote WHERE expires_at < $1 LIMIT {SWEPT_AT_ONCE})"
    );
    let text = Arc::new(text);
    loop {
        let text = text.clone();
        let gone = platform
            .db
            .write(move |tx| {
                let text = text.clone();
                Box::pin(async move { db::execute(tx, &text, [before.into()]).await })
            })
            .await?;
        if gone < u64::from(SWEPT_AT_ONCE) {
            return Ok(());
        }
    }
}

/// A quote of this shopper, expired or not.
pub async fn find(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    quote_id: Uuid,
) -> Result<Option<Quote>, DbErr> {
    let text = "SELECT body FROM quote WHERE scope_id = $1 AND id = $2";
    let row = db::fetch_one(connection, text, [scope_id.into(), quote_id.into()]).await?;
    row.map(|row| {
        let body: String = row.try_get("", "body")?;
        serde_json::from_str(&body).map_err(|error| DbErr::Custom(format!("stored quote: {error}")))
    })
    .transpose()
}
