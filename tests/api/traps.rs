//! The traps of this stack that lose writes in silence. Each of these tests was seen to fail without its guard.

use super::{
    TestApp,
    market::{MUG, market},
    phone::Phone,
    spawn_app,
    trade::wanted,
};
use sampan::platform::db::{self, Db};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, TransactionTrait};
use std::time::Duration;
use tokio::{io::AsyncWriteExt, net::TcpStream};
use uuid::Uuid;

async fn count(app: &TestApp, text: &str) -> i64 {
    let row = db::fetch_one(app.rooms.platform.db.reader(), text, [])
        .await
        .expect("a count");
    row.expect("a row").try_get("", "n").expect("a number")
}

/// Trap 1, the pool: a `begin` that is cancelled half-way must not hand its connection on inside a transaction, where
/// later writes are answered Ok and never commit. Guard: `after_release` rolls back.
#[tokio::test(flavor = "multi_thread")]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the call that must not do harm"
)]
async fn a_cancelled_begin_swallows_no_later_write() {
    let app = spawn_app().await;
    let pool = app.rooms.platform.db.writer().clone();
    let table = "CREATE TABLE trap (id INTEGER PRIMARY KEY)";
    pool.execute_unprepared(table).await.expect("a table");
    let mut written = 0;
    for round in 0..400_u64 {
        let begin = pool.begin();
        let patience = Duration::from_micros(20 + round * 13 % 600);
        if let Ok(begun) = tokio::time::timeout(patience, begin).await {
            begun
                .expect("a transaction")
                .rollback()
                .await
                .expect("undone");
        }
        let text = format!("INSERT INTO trap (id) VALUES ({round})");
        pool.execute_unprepared(&text).await.expect("a write");
        written += 1;
    }
    let url = app.rooms.platform.config.database.clone();
    let other = Db::connect(&url).await.expect("another connection");
    let row = db::fetch_one(other.reader(), "SELECT COUNT(*) AS n FROM trap", []).await;
    let there: i64 = row
        .expect("a count")
        .expect("a row")
        .try_get("", "n")
        .expect("a number");
    assert_eq!(there, written, "every write that was answered Ok is there");
}

/// Trap 1, the handler: a phone that resets its connection drops the handler in any phase of its work. Guard: every
/// write runs in a task of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_resets_its_connection_leaves_nothing_half_done() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.sync_all(&app).await;
    let url = app.rooms.platform.config.database.clone();
    let beside = Db::connect(&url).await.expect("a connection of its own");
    let rounds = 150;
    for round in 0..rounds {
        phone.add(&app, MUG, 1);
        let body = phone.request(&app).to_string();
        reset(
            &app,
            "POST",
            "/api/v1/sync",
            &phone.token,
            &body,
            round * 61 % 7_000,
        )
        .await;
        let body = r#"{"country":"FR"}"#;
        reset(
            &app,
            "PATCH",
            "/api/v1/me",
            &phone.token,
            body,
            round * 37 % 3_000,
        )
        .await;
        // What is answered with a yes right after is there for everybody.
        let country = ["DE", "GB"][(round % 2) as usize];
        let patch = app.client.patch(format!("{}/api/v1/me", app.address));
        let patch = patch
            .bearer_auth(&phone.token)
            .json(&serde_json::json!({"country": country}));
        let (status, reply) = app.send(patch).await;
        assert_eq!(status, 200, "{reply}");
        let text = "SELECT value FROM register WHERE kind = 'prefs' AND id = 'country'";
        let row = db::fetch_one(beside.reader(), text, []).await;
        let row = row.expect("a query").expect("a preference");
        let value: String = row.try_get("", "value").expect("a value");
        assert!(value.contains(country) || value.contains("FR"), "{value}");
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    phone.sync_all(&app).await;
    assert_eq!(phone.cart()[MUG], i64::try_from(rounds).expect("a number"));
    assert_eq!(
        count(&app, "SELECT COUNT(*) AS n FROM op").await,
        i64::try_from(rounds).expect("a number")
    );
    if app.rooms.platform.db.backend() == DbBackend::Postgres {
        let open = "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database() \
                    AND state LIKE 'idle in transaction%'";
        assert_eq!(count(&app, open).await, 0, "no transaction was left open");
    }
}

/// Sends a request and resets the connection so many microseconds later.
async fn reset(app: &TestApp, method: &str, path: &str, token: &str, body: &str, micros: u64) {
    let address = app.address.trim_start_matches("http://");
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut connection = TcpStream::connect(address).await.expect("a connection");
    connection.set_zero_linger().expect("a reset, not a close");
    connection
        .write_all(request.as_bytes())
        .await
        .expect("a request");
    tokio::time::sleep(Duration::from_micros(micros)).await;
}

/// Trap 2: a transaction that reads and then writes finds SQLite locked, unless it begins as a writer. Guard:
/// `BEGIN IMMEDIATE` in `Db::write`, whichever process writes at the same time.
#[tokio::test(flavor = "multi_thread")]
async fn transactions_that_read_and_then_write_never_find_the_database_locked() {
    const WRITERS: i64 = 4;
    const TIMES: i64 = 40;
    let app = spawn_app().await;
    let url = app.rooms.platform.config.database.clone();
    let table = "CREATE TABLE trap (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)";
    let writer = app.rooms.platform.db.writer();
    writer.execute_unprepared(table).await.expect("a table");
    let row = "INSERT INTO trap (id, n) VALUES (1, 0)";
    writer.execute_unprepared(row).await.expect("a row");
    let mut tasks = Vec::new();
    for _ in 0..WRITERS {
        let db = Db::connect(&url).await.expect("a database");
        tasks.push(tokio::spawn(async move {
            for _ in 0..TIMES {
                db.write(|tx| {
                    Box::pin(async move {
                        let lock = if tx.get_database_backend() == DbBackend::Postgres {
                            " FOR UPDATE"
                        } else {
                            ""
                        };
                        let text = format!("SELECT n FROM trap WHERE id = 1{lock}");
                        let row = db::fetch_one(tx, &text, []).await?.expect("a row");
                        let n: i64 = row.try_get("", "n")?;
                        tokio::time::sleep(Duration::from_millis(1)).await;
                        let text = "UPDATE trap SET n = $1 WHERE id = 1";
                        db::execute(tx, text, [(n + 1).into()]).await.map(|_| ())
                    })
                })
                .await
                .map_err(|error: DbErr| error.to_string())?;
            }
            Ok::<_, String>(())
        }));
    }
    for task in tasks {
        task.await.expect("a writer").expect("a write");
    }
    let n = count(&app, "SELECT n FROM trap WHERE id = 1").await;
    assert_eq!(n, WRITERS * TIMES, "every write counts");
}

/// Trap 3: an active record's `save()` updates, and never inserts, a row whose key the application made; ours all are.
/// Guard: statements say INSERT, UPDATE or ON CONFLICT themselves, and no active record is in the server.
#[test]
fn no_active_record_decides_between_insert_and_update() {
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../server/src"
    ))];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the server's source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap_or_default();
            files += 1;
            for word in ["ActiveModel", "EntityTrait", "DeriveEntityModel"] {
                assert!(!source.contains(word), "{} has {word}", path.display());
            }
        }
    }
    assert!(files > 100, "the source is there");
}

/// Trap 4: at READ COMMITTED, whoever reads a count and writes it back sells what another has just sold. Guard: one
/// conditional update.
#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_buyers_of_the_last_ten_pieces_get_ten() {
    const BUYERS: usize = 64;
    let app = spawn_app().await;
    market(&app).await;
    let db = &app.rooms.platform.db;
    let text = format!("UPDATE stock SET on_hand = 10 WHERE sku = '{MUG}'");
    db.writer()
        .execute_unprepared(&text)
        .await
        .expect("ten pieces");
    let buyers = (0..BUYERS).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            let group = Uuid::new_v4();
            db.write(move |tx| {
                Box::pin(async move {
                    let line = [wanted(MUG, 1)];
                    let held = sampan::stock::reserve(tx, group, &line, i64::MAX, 0).await?;
                    Ok::<_, DbErr>(held.is_ok())
                })
            })
            .await
            .expect("an answer")
        })
    });
    let answers = futures_util::future::join_all(buyers).await;
    let sold = answers
        .into_iter()
        .filter(|answer| *answer.as_ref().expect("a buyer"))
        .count();
    assert_eq!(sold, 10, "ten of {BUYERS} hold a piece");
    let text = format!("SELECT reserved AS n FROM stock WHERE sku = '{MUG}'");
    assert_eq!(count(&app, &text).await, 10);
    let held = "SELECT COUNT(*) AS n FROM reservation WHERE state = 'held'";
    assert_eq!(count(&app, held).await, 10);
}
