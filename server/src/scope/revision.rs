//! Taking a scope's revision, the first statement of every write.

use crate::{
    planted::Bug,
    platform::{
        Platform,
        db::{self, Db, Tx, Work, WriteError},
        problem::Problem,
    },
};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use uuid::Uuid;

/// One write transaction of one scope.
#[derive(Clone, Copy, Debug)]
pub struct Revision {
    pub scope_id: Uuid,
    pub rev: i64,
    /// Milliseconds, strictly rising with `rev`.
    pub rev_at: i64,
}

/// Why a scope could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ScopeError {
    #[error("no such scope")]
    Unknown,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The body of a write to one scope.
pub type ScopeWork<'a, T, E> = Work<'a, T, E>;

impl WriteError for ScopeError {
    fn database(&self) -> Option<&DbErr> {
        match self {
            ScopeError::Unknown => None,
            ScopeError::Database(error) => Some(error),
        }
    }
}

impl From<ScopeError> for Problem {
    fn from(error: ScopeError) -> Self {
        match error {
            ScopeError::Unknown => Problem::not_found("shopper"),
            ScopeError::Database(error) => error.into(),
        }
    }
}

/// Runs `work` in a write transaction of one scope and pokes its live streams after the commit.
pub async fn in_scope_tx<T, E, F>(platform: &Platform, scope_id: Uuid, work: F) -> Result<T, E>
where
    T: Send + 'static,
    E: WriteError + From<ScopeError>,
    F: for<'a> Fn(&'a Tx, Revision) -> ScopeWork<'a, T, E> + Send + Sync + 'static,
{
    let clock = platform.clock.clone();
    let work = std::sync::Arc::new(work);
    let (db, events) = (platform.db.clone(), platform.events.clone());
    let is_unlocked = platform.planted.is(Bug::NoScopeLock);
    let written = async move {
        let stale = if is_unlocked {
            Some(read_unlocked(&db, scope_id).await?)
        } else {
            None
        };
        let (value, rev) = db
            .write(move |tx| {
                let (clock, work) = (clock.clone(), work.clone());
                Box::pin(async move {
                    let mut revision = take_revision(tx, scope_id, clock.now().millis()).await?;
                    if let Some(stale) = stale {
                        revision.rev = stale + 1;
                        let text = "UPDATE scope SET rev = $2 WHERE id = $1";
                        let values = [scope_id.into(), revision.rev.into()];
                        db::execute(tx, text, values)
                            .await
                            .map_err(ScopeError::from)?;
                    }
                    let value = work(tx, revision).await?;
                    Ok::<_, E>((value, revision.rev))
                })
            })
            .await?;
        events.publish(scope_id, rev);
        Ok(value)
    };
    // To its end even if the caller hangs up: what is committed is also told.
    platform.db.to_its_end(written).await
}

/// The planted bug: the revision as it stands before the scope's row is held.
async fn read_unlocked(db: &Db, scope_id: Uuid) -> Result<i64, ScopeError> {
    let text = "SELECT rev FROM scope WHERE id = $1";
    let row = db::fetch_one(db.reader(), text, [scope_id.into()]).await?;
    Ok(row.ok_or(ScopeError::Unknown)?.try_get("", "rev")?)
}

/// Takes the next revision of one scope; its row stays locked until the transaction ends.
pub async fn take_revision(tx: &Tx, scope_id: Uuid, now_ms: i64) -> Result<Revision, ScopeError> {
    take_revisions(tx, vec![scope_id], now_ms)
        .await?
        .pop()
        .ok_or(ScopeError::Unknown)
}

/// Takes the next revision of several scopes, locking them in id order. Unknown scopes are left out.
pub async fn take_revisions(
    tx: &Tx,
    mut scope_ids: Vec<Uuid>,
    now_ms: i64,
) -> Result<Vec<Revision>, DbErr> {
    scope_ids.sort_unstable();
    scope_ids.dedup();
    if scope_ids.is_empty() {
        return Ok(Vec::new());
    }
    if scope_ids.len() > 1 && tx.get_database_backend() == DbBackend::Postgres {
        let mut values = scope_ids.iter().map(|id| (*id).into()).collect();
        let list = db::in_list(1, &mut values);
        db::fetch_all(
            tx,
            &format!("SELECT id FROM scope WHERE id IN ({list}) ORDER BY id FOR UPDATE"),
            values,
        )
        .await?;
    }
    let mut ids = scope_ids.into_iter().map(Into::into).collect();
    let list = db::in_list(2, &mut ids);
    let text = format!(
        "UPDATE scope SET rev = rev + 1, rev_at = CASE WHEN rev_at >= $1 THEN rev_at + 1 ELSE $1 END \
         WHERE id IN ({list}) RETURNING id, rev, rev_at"
    );
    let values: Vec<_> = std::iter::once(now_ms.into()).chain(ids).collect();
    let rows = db::fetch_all(tx, &text, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Revision {
                scope_id: row.try_get("", "id")?,
                rev: row.try_get("", "rev")?,
                rev_at: row.try_get("", "rev_at")?,
            })
        })
        .collect()
}

/// Keeps every other writer of the scope out until the transaction ends, without taking a revision: for bookkeeping that
/// no phone sees.
pub async fn hold(tx: &Tx, scope_id: Uuid) -> Result<(), DbErr> {
    // SQLite has one writer, and this transaction is it.
    if tx.get_database_backend() == DbBackend::Postgres {
        let text = "SELECT 1 AS one FROM scope WHERE id = $1 FOR UPDATE";
        db::fetch_one(tx, text, [scope_id.into()]).await?;
    }
    Ok(())
}

/// A new, empty scope at revision 0.
pub async fn create(tx: &Tx, scope_id: Uuid, kind: &str, now_micros: i64) -> Result<(), DbErr> {
    let text = "INSERT INTO scope (id, kind, rev, rev_at, restored_rev, created_at) VALUES ($1, $2, 0, 0, 0, $3)";
    db::execute(tx, text, [scope_id.into(), kind.into(), now_micros.into()])
        .await
        .map(|_| ())
}
