//! Jobs that end together are written down together, and still each answers for itself; messages that hang hold up no
//! money.

use super::spawn_app;
use sampan::{
    app::LANES,
    platform::{
        db,
        outbox::{self, Job, JobEnd, JobError, Lane, Runs},
    },
};
use sea_orm::DbErr;
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

/// Each job writes its kind down and is gone, but the one in the middle cannot.
struct Writers;

impl Runs for Writers {
    fn is_vital(&self, _: &str) -> bool {
        false
    }

    fn run<'a>(
        &'a self,
        job: &'a Job,
    ) -> Pin<Box<dyn Future<Output = Result<JobEnd, JobError>> + Send + 'a>> {
        let kind = job.kind.clone();
        Box::pin(async move {
            Ok(JobEnd::writes(move |tx| {
                let kind = kind.clone();
                Box::pin(async move {
                    if kind == "test.broken" {
                        return Err(DbErr::Custom("planted".to_owned()));
                    }
                    let text = "INSERT INTO heard (name) VALUES ($1)";
                    db::execute(tx, text, [kind.into()]).await.map(|_| ())
                })
            }))
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_last_write_fails_is_tried_again_and_holds_up_no_other() {
    let app = spawn_app().await;
    let platform = &app.rooms.platform;
    let outbox = platform.outbox.clone();
    platform
        .db
        .write(move |tx| {
            let outbox = outbox.clone();
            Box::pin(async move {
                let text = "CREATE TABLE heard (name TEXT NOT NULL)";
                db::execute(tx, text, []).await?;
                for kind in ["test.one", "test.broken", "test.two"] {
                    outbox.enqueue(tx, kind, &()).await?;
                }
                Ok::<_, DbErr>(())
            })
        })
        .await
        .expect("jobs");
    let read = async |text: &str| -> Vec<String> {
        let rows = db::fetch_all(platform.db.reader(), text, []).await;
        let rows = rows.expect("readable");
        rows.iter()
            .map(|row| row.try_get("", "name").expect("a name"))
            .collect()
    };
    let run = async || outbox::run_due(&platform.db, &*platform.clock, &Writers, Lane::All).await;
    while run().await.expect("readable") > 0 {}
    let written = "SELECT name FROM heard WHERE name LIKE 'test.%' ORDER BY name";
    assert_eq!(read(written).await, ["test.one", "test.two"]);
    let waiting = "SELECT kind || ' ' || attempts AS name FROM job WHERE state = 'waiting' AND kind LIKE 'test.%'";
    assert_eq!(read(waiting).await, ["test.broken 1"]);
    app.clock.advance_seconds(3);
    assert!(run().await.expect("readable") > 0);
    assert_eq!(read(waiting).await, ["test.broken 2"]);
}

/// A push service that never answers; anything else is done at once.
struct Hanging;

impl Runs for Hanging {
    fn is_vital(&self, _: &str) -> bool {
        false
    }

    fn run<'a>(
        &'a self,
        job: &'a Job,
    ) -> Pin<Box<dyn Future<Output = Result<JobEnd, JobError>> + Send + 'a>> {
        Box::pin(async move {
            if job.kind == "push.send" {
                std::future::pending::<()>().await;
            }
            Ok(JobEnd::Done)
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_service_that_hangs_holds_up_no_checkout() {
    let app = spawn_app().await;
    let platform = &app.rooms.platform;
    let enqueue = async |kind: &'static str| {
        let outbox = platform.outbox.clone();
        let job = platform.db.write(move |tx| {
            let outbox = outbox.clone();
            Box::pin(async move { outbox.enqueue(tx, kind, &()).await })
        });
        job.await.expect("a job");
    };
    let count = async |condition: &str| -> i64 {
        let text = format!("SELECT count(*) AS n FROM job WHERE {condition}");
        let row = db::fetch_one(platform.db.reader(), &text, []).await;
        let row = row.expect("readable").expect("a count");
        row.try_get("", "n").expect("a number")
    };
    let until = async |condition: &str, wanted: i64| {
        for _ in 0..200 {
            if count(condition).await == wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{condition}: never {wanted}");
    };
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let workers = LANES.map(|lane| {
        tokio::spawn(outbox::work(
            platform.db.clone(),
            platform.clock.clone(),
            Arc::new(Hanging),
            lane,
            stopped.clone(),
        ))
    });
    enqueue("push.send").await;
    until("kind = 'push.send' AND claimed_until > 0", 1).await;
    enqueue("checkout.step").await;
    until("kind = 'checkout.step'", 0).await;
    for worker in workers {
        worker.abort();
    }
}
