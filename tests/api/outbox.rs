//! Jobs that end together are written down together, and still each answers for itself.

use super::spawn_app;
use sampan::platform::{
    db,
    outbox::{self, Job, JobEnd, JobError, Runs},
};
use sea_orm::DbErr;
use std::{future::Future, pin::Pin};

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
    let run = async || outbox::run_due(&platform.db, &*platform.clock, &Writers).await;
    while run().await.expect("readable") > 0 {}
    let written = "SELECT name FROM heard WHERE name LIKE 'test.%' ORDER BY name";
    assert_eq!(read(written).await, ["test.one", "test.two"]);
    let waiting = "SELECT kind || ' ' || attempts AS name FROM job WHERE state = 'waiting' AND kind LIKE 'test.%'";
    assert_eq!(read(waiting).await, ["test.broken 1"]);
    app.clock.advance_seconds(3);
    assert!(run().await.expect("readable") > 0);
    assert_eq!(read(waiting).await, ["test.broken 2"]);
}
