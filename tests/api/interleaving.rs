//! Three writers of one scope at the same moment, in every order: whoever takes the scope's row first has the lower
//! revision and commits first, and a reader never sees a later revision without the earlier ones.

use super::{TestApp, device::guest, spawn_app};
use sampan::{
    platform::db,
    scope::{Revision, ScopeError, in_scope_tx},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinHandle,
};
use uuid::Uuid;

/// Long enough for a writer to get in, if nothing holds it back.
const A_WHILE: Duration = Duration::from_millis(60);

/// A writer that stands inside its transaction, its row written, until it may go on.
struct Writer {
    gate: Arc<Semaphore>,
    ended: JoinHandle<Result<i64, ScopeError>>,
}

fn writer(
    app: &TestApp,
    scope_id: Uuid,
    name: usize,
    fails: bool,
    inside: mpsc::Sender<(usize, i64)>,
) -> Writer {
    let gate = Arc::new(Semaphore::new(0));
    let (platform, opens) = (app.rooms.platform.clone(), gate.clone());
    let ended = tokio::spawn(async move {
        in_scope_tx(&platform, scope_id, move |tx, revision: Revision| {
            let (opens, inside) = (opens.clone(), inside.clone());
            Box::pin(async move {
                let text = "INSERT INTO register (scope_id, kind, id, rev, stamp, value) VALUES ($1, 'prefs', $2, $3, '{}', '{}')";
                let id = format!("writer-{name}");
                let values = [scope_id.into(), id.into(), revision.rev.into()];
                db::execute(tx, text, values).await?;
                inside.send((name, revision.rev)).await.expect("a test");
                opens.acquire().await.expect("open").forget();
                if fails {
                    return Err(ScopeError::Unknown);
                }
                Ok(revision.rev)
            })
        })
        .await
    });
    Writer { gate, ended }
}

/// The scope's revision, and those of the rows that writers left.
async fn seen(app: &TestApp, scope_id: Uuid) -> (i64, Vec<i64>) {
    app.rooms
        .platform
        .db
        .snapshot(move |tx| {
            Box::pin(async move {
                let text = "SELECT rev FROM scope WHERE id = $1";
                let row = db::fetch_one(tx, text, [scope_id.into()]).await?;
                let rev = row.expect("a scope").try_get("", "rev")?;
                let text = "SELECT rev FROM register WHERE scope_id = $1 AND id LIKE 'writer-%' ORDER BY rev";
                let rows = db::fetch_all(tx, text, [scope_id.into()]).await?;
                let revs = rows.iter().map(|row| row.try_get("", "rev")).collect::<Result<_, _>>()?;
                Ok::<_, sea_orm::DbErr>((rev, revs))
            })
        })
        .await
        .expect("a snapshot")
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_of_one_scope_commit_in_the_order_of_their_revisions() {
    let app = spawn_app().await;
    const ORDERS: [[usize; 3]; 6] = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    for order in ORDERS {
        // Nobody fails, or the one in the middle does: its revision is then the next one's.
        for failing in [None, Some(order[1])] {
            let scope_id = guest(&app).await.scope_id;
            let before = seen(&app, scope_id).await.0;
            let (inside, mut entered) = mpsc::channel(3);
            let mut writers = Vec::new();
            for name in order {
                let fails = failing == Some(name);
                writers.push((name, writer(&app, scope_id, name, fails, inside.clone())));
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let mut committed = Vec::new();
            for _ in 0..3 {
                let (name, rev) = entered.recv().await.expect("somebody is inside");
                let next = before + committed.len() as i64 + 1;
                assert_eq!(rev, next, "{order:?}: one revision follows the other");
                let other = tokio::time::timeout(A_WHILE, entered.recv()).await;
                assert!(other.is_err(), "{order:?}: two writers at once: {other:?}");
                let now = seen(&app, scope_id).await;
                let shown = (before + committed.len() as i64, committed.clone());
                assert_eq!(now, shown, "{order:?}: nothing shows before its commit");
                let position = writers.iter().position(|(each, _)| *each == name);
                let (_, writer) = writers.remove(position.expect("one of the three"));
                writer.gate.add_permits(1);
                let ended = writer.ended.await.expect("a writer");
                assert_eq!(ended.is_err(), failing == Some(name));
                if ended.is_ok() {
                    committed.push(rev);
                }
            }
            let now = seen(&app, scope_id).await;
            assert_eq!(now, (before + committed.len() as i64, committed));
        }
    }
}
