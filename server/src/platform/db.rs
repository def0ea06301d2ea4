//! One door to the database: a single writer and a pool of readers on SQLite, one pool on PostgreSQL.
//!
//! Every write goes through [`Db::write`]: its own task, so that a phone that hangs up cannot leave a half-open
//! transaction behind; `BEGIN IMMEDIATE` on SQLite; a bounded retry when the database asks for one.

use crate::platform::crash::crash_point;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, IsolationLevel, QueryResult, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

/// An open transaction.
pub type Tx = DatabaseTransaction;
/// The future a transaction's body answers with.
pub type Work<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 12;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const MAX_TRIES: u32 = 5;

/// Handles to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    apart: DatabaseConnection,
    runtime: tokio::runtime::Handle,
    committed: Arc<tokio::sync::Notify>,
}

/// An error of a transaction's body that may hold a database error worth a retry.
pub trait WriteError: From<DbErr> + Send + 'static {
    fn database(&self) -> Option<&DbErr>;
}

impl WriteError for DbErr {
    fn database(&self) -> Option<&DbErr> {
        Some(self)
    }
}

impl Db {
    /// Connects; must be called inside the runtime that outlives the server.
    pub async fn connect(url: &str) -> Result<Self, DbErr> {
        let (writer, reader, apart) = if url.starts_with("postgres") {
            let pool = Database::connect(postgres_options(url, POSTGRES_CONNECTIONS)).await?;
            let apart = Database::connect(postgres_options(url, 1)).await?;
            (pool.clone(), pool, apart)
        } else {
            (
                Database::connect(sqlite_options(url, 1, false)).await?,
                Database::connect(sqlite_options(url, READERS, true)).await?,
                Database::connect(sqlite_options(url, 1, true)).await?,
            )
        };
        Ok(Self {
            writer,
            reader,
            apart,
            runtime: tokio::runtime::Handle::current(),
            committed: Arc::default(),
        })
    }

    /// One connection and nothing else, to a SQLite file that must not be in use.
    pub async fn connect_alone(url: &str) -> Result<DatabaseConnection, DbErr> {
        Database::connect(sqlite_options(url, 1, false)).await
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<(), DbErr> {
        self.apart.close().await?;
        self.reader.close().await?;
        self.writer.close().await
    }

    pub fn backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }

    /// For reads of one statement.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// One connection apart from the pools, for reads under a lock of our own: whoever waits for that lock may hold a
    /// connection of the pools, so its owner must not need one.
    pub fn apart(&self) -> &DatabaseConnection {
        &self.apart
    }

    /// For migrations and maintenance at start-up only.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Several reads of one moment.
    #[allow(clippy::disallowed_methods)]
    pub async fn snapshot<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbErr> + Send + 'static,
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T, E> + Send + 'static,
    {
        let isolation_level =
            (self.backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let reader = self.reader.clone();
        let task = async move {
            let options = TransactionOptions {
                isolation_level,
                ..Default::default()
            };
            let tx = reader.begin_with_options(options).await?;
            let result = work(&tx).await;
            tx.rollback().await?;
            result
        };
        self.to_its_end(task).await
    }

    /// One write transaction, all or nothing. `work` may run again after a serialisation failure, so it must keep no
    /// state outside the transaction.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: WriteError,
        F: for<'a> Fn(&'a Tx) -> Work<'a, T, E> + Send + Sync + 'static,
    {
        let writer = self.writer.clone();
        let committed = self.committed.clone();
        let task = async move {
            let mut attempt = 1;
            loop {
                match write_once(&writer, &work).await {
                    Err(error)
                        if attempt < MAX_TRIES && error.database().is_some_and(is_transient) =>
                    {
                        tokio::time::sleep(Duration::from_millis(u64::from(attempt * attempt) * 7))
                            .await;
                        attempt += 1;
                    }
                    result => {
                        if result.is_ok() {
                            committed.notify_one();
                        }
                        return result;
                    }
                }
            }
        };
        self.to_its_end(task).await
    }

    /// Before the process ends: SQLite's log goes into its file.
    pub async fn checkpoint(&self) -> Result<(), DbErr> {
        if self.backend() == DbBackend::Sqlite {
            execute(&self.writer, "PRAGMA wal_checkpoint(TRUNCATE)", []).await?;
        }
        Ok(())
    }

    /// Waits for the next commit of this process.
    pub async fn committed(&self) {
        self.committed.notified().await;
    }

    /// Runs to its end even if the caller is dropped, as a handler is when its phone hangs up.
    pub async fn to_its_end<T, E>(
        &self,
        task: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbErr> + Send + 'static,
    {
        match self.runtime.spawn(task).await {
            Ok(result) => result,
            Err(error) => {
                Err(DbErr::Custom(format!("the transaction's task ended early: {error}")).into())
            }
        }
    }
}

#[allow(clippy::disallowed_methods)]
async fn write_once<T, E, F>(writer: &DatabaseConnection, work: &F) -> Result<T, E>
where
    E: WriteError,
    F: for<'a> Fn(&'a Tx) -> Work<'a, T, E>,
{
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    let tx = writer.begin_with_options(options).await?;
    crash_point("db.begun");
    match work(&tx).await {
        Ok(value) => {
            crash_point("db.worked");
            tx.commit().await?;
            crash_point("db.committed");
            Ok(value)
        }
        Err(error) => {
            // The first error is the one to tell; a failed rollback is undone by the pool.
            let _ = tx.rollback().await;
            Err(error)
        }
    }
}

fn sqlite_options(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
    let url = if url.contains('?') {
        url.to_owned()
    } else {
        format!("{url}?mode=rwc")
    };
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                .statement_cache_capacity(512)
                .pragma("journal_size_limit", "67108864")
                .pragma("cache_size", "-32000")
                .pragma("query_only", if read_only { "ON" } else { "OFF" })
        });
    options
}

fn postgres_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .map_sqlx_postgres_pool_opts(|pool| {
            // A cancelled `begin` hands the connection back inside an open transaction: writes would then be
            // answered Ok and never commit.
            pool.after_release(|connection, _| {
                Box::pin(async move {
                    sqlx::Executor::execute(&mut *connection, "ROLLBACK").await?;
                    Ok(true)
                })
            })
        });
    options
}

/// Will the same work succeed if it is tried again? Serialisation, deadlock, lost connection, busy.
pub fn is_transient(error: &DbErr) -> bool {
    let (DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error))
    | DbErr::Query(sea_orm::RuntimeErr::SqlxError(error))
    | DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    match error.as_ref() {
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            matches!(
                code.as_ref(),
                "40001" | "40P01" | "55P03" | "57P01" | "5" | "6" | "261" | "517"
            ) || code.starts_with("08")
        }),
        sqlx::Error::Io(_) => true,
        _ => false,
    }
}

/// Is it the database itself that fails, whatever was asked of it? No connection, a broken one, a full or unreadable disk.
pub fn is_out_of_reach(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error))
        | DbErr::Query(sea_orm::RuntimeErr::SqlxError(error)) => match error.as_ref() {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
            // SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN; PostgreSQL: disk full, shutting down, starting up.
            sqlx::Error::Database(error) => error.code().is_some_and(|code| {
                matches!(
                    code.as_ref(),
                    "10" | "13" | "14" | "53100" | "57P01" | "57P03"
                )
            }),
            _ => false,
        },
        _ => false,
    }
}

/// Is the disk full?
pub fn is_disk_full(error: &DbErr) -> bool {
    matches!(error, DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error)) | DbErr::Query(sea_orm::RuntimeErr::SqlxError(error))
        if matches!(error.as_ref(), sqlx::Error::Database(error)
            if error.code().is_some_and(|code| matches!(code.as_ref(), "13" | "53100"))))
}

/// A statement with `$1`, `$2` … on either database.
pub fn sql(
    connection: &impl ConnectionTrait,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), text, values)
}

/// Runs a statement and answers how many rows it touched.
pub async fn execute(
    connection: &impl ConnectionTrait,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, DbErr> {
    Ok(connection
        .execute_raw(sql(connection, text, values))
        .await?
        .rows_affected())
}

/// All rows of a query.
pub async fn fetch_all(
    connection: &impl ConnectionTrait,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>, DbErr> {
    connection
        .query_all_raw(sql(connection, text, values))
        .await
}

/// The first row of a query, if there is one.
pub async fn fetch_one(
    connection: &impl ConnectionTrait,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>, DbErr> {
    connection
        .query_one_raw(sql(connection, text, values))
        .await
}

/// `$from, $from+1, …` for an `IN` list, padded to a power of two so that few statements are ever prepared.
/// `values` is padded with its last element; it must not be empty.
pub fn in_list(first: usize, values: &mut Vec<Value>) -> String {
    let padded = values.len().next_power_of_two();
    if let Some(last) = values.last().cloned() {
        values.resize(padded, last);
    }
    (first..first + padded)
        .map(|index| format!("${index}"))
        .collect::<Vec<_>>()
        .join(",")
}

/// `WITH wanted (a, b) AS (VALUES (…),…) `, to be joined with a table by its whole key: every key is one look-up in the
/// index, where two `IN` lists would be one for each combination. Padded to a power of two with `nobody`, a key that no
/// row has. `keys` must not be empty. Join it with CROSS JOIN and WHERE: SQLite then starts from here, whatever it
/// guesses.
pub fn wanted<const N: usize>(
    connection: &impl ConnectionTrait,
    columns: [&str; N],
    mut keys: Vec<[Value; N]>,
    nobody: [Value; N],
) -> (String, Vec<Value>) {
    keys.resize(keys.len().next_power_of_two(), nobody);
    let text = format!(
        "WITH wanted ({}) AS (VALUES {}) ",
        columns.join(", "),
        rows(connection, keys.len(), N)
    );
    (text, keys.into_iter().flatten().collect())
}

/// `($1,$2),($3,$4),…`: the rows of a multi-row insert, which hold the statement's first places or all of them. On SQLite
/// the places are nameless: binding looks the name of each up among all others, and a thousand names take longer
/// than the insert.
pub fn rows(connection: &impl ConnectionTrait, count: usize, columns: usize) -> String {
    use std::fmt::Write;
    let is_numbered = connection.get_database_backend() == DbBackend::Postgres;
    let mut text = String::with_capacity(count * columns * 6);
    for place in 0..count * columns {
        text.push_str(match (place, place % columns) {
            (0, _) => "(",
            (_, 0) => "),(",
            _ => ",",
        });
        if is_numbered {
            // Writing to a text cannot fail.
            let _ = write!(text, "${}", place + 1);
        } else {
            text.push('?');
        }
    }
    if !text.is_empty() {
        text.push(')');
    }
    text
}
