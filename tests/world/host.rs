//! The server's side of a world: the real server over HTTP on a database of its own, started, killed, restarted,
//! backed up and put back as the world wants.

use super::{chance::SeededIds, template};
use crate::app::{self, Running, TestClock};
use sampan::{
    app::{Rooms, Runner, Sources, Tuning},
    planted::Planted,
    platform::outbox::{self, Job, JobEnd, JobError, Lane, Runs},
    scope::dataset,
};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use std::{future::Future, path::PathBuf, pin::Pin, sync::Arc};
use tempfile::TempDir;

/// Tables at which a statement can be made to fail, which rolls back all that its transaction did before.
pub const BREAKABLE: [&str; 10] = [
    "op",
    "outcome",
    "cart_line",
    "cart",
    "device",
    "register",
    "checkout",
    "reservation",
    "payment",
    "shop_order",
];

/// An answer as a phone gets it.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub cookie: Option<String>,
}

/// What a request carries beside its body.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    pub authorization: Option<String>,
    pub cookie: Option<String>,
}

pub struct Host {
    pub clock: Arc<TestClock>,
    folder: TempDir,
    database: String,
    backup: Option<String>,
    ids: Arc<SeededIds>,
    planted: Planted,
    client: reqwest::Client,
    running: Option<Running>,
}

impl Host {
    /// A server over a fresh copy of the world's market.
    pub async fn open(seed: u64, planted: Planted) -> Self {
        let template = template::of_this_process().await;
        let folder = template::folder();
        let database = template.copy_to(&folder.path().join("world.db")).await;
        std::fs::copy(&template.keys, folder.path().join("keys.json")).expect("the keys");
        let mut host = Self {
            clock: Arc::new(TestClock::starting_at(app::START)),
            folder,
            database,
            backup: None,
            ids: Arc::new(SeededIds::new(seed ^ 0x5a4d_5057)),
            planted,
            client: app::client(),
            running: None,
        };
        host.start().await;
        host
    }

    pub async fn start(&mut self) {
        let config = app::settings(self.folder.path(), self.database.clone());
        let sources = Sources {
            clock: self.clock.clone(),
            ids: self.ids.clone(),
        };
        let tuning = Tuning {
            planted: self.planted,
            ..Tuning::default()
        };
        self.running = Some(app::start(config, sources, tuning).await);
    }

    /// Kills the server: nothing is finished, connections are cut.
    pub async fn stop(&mut self) {
        let Some(running) = self.running.take() else {
            return;
        };
        running.handle.stop(false).await;
        let db = running.rooms.platform.db.clone();
        drop(running);
        template::close(&db).await;
    }

    pub fn rooms(&self) -> &Rooms {
        &self.running.as_ref().expect("a running server").rooms
    }

    pub fn now_ms(&self) -> i64 {
        sampan::platform::clock::Clock::now(&*self.clock).millis()
    }

    /// Keeps a copy of the data, by `sampan backup` where it copies; only while the server is stopped.
    pub async fn back_up(&mut self) {
        let copy = if self.is_sqlite() {
            let file = self.folder.path().join("backup.db");
            let _ = std::fs::remove_file(&file);
            sampan::app::copy(&self.database, &file)
                .await
                .expect("a backup");
            format!("sqlite://{}", file.display())
        } else {
            template::copy(&self.database, self.folder.path()).await
        };
        let old = self.backup.replace(copy);
        if let Some(old) = old.filter(|old| self.backup.as_ref() != Some(old)) {
            template::discard(&old).await;
        }
    }

    /// `sampan restore`, or on PostgreSQL another tool's recovery; only while the server is stopped. The next start
    /// finds yesterday's data.
    pub async fn put_back(&mut self) {
        let backup = self.backup.clone().expect("a backup");
        if self.is_sqlite() {
            let file = PathBuf::from(backup.trim_start_matches("sqlite://"));
            // A task that outlived the server may hold the file for a moment yet.
            let mut tries = 0;
            while let Err(error) = sampan::app::put_back(&self.database, &file, &*self.ids).await {
                tries += 1;
                assert!(tries < 100, "the backup is not put back: {error}");
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            return;
        }
        template::discard(&self.database).await;
        self.database = template::copy(&backup, self.folder.path()).await;
    }

    /// The epoch after [`Self::put_back`]: `restore` renewed it, after another tool `sampan epoch renew` does.
    pub async fn renewed_epoch(&self) -> String {
        let db = &self.rooms().platform.db;
        let renewed = if self.is_sqlite() {
            dataset::epoch(db.reader()).await
        } else {
            dataset::renew_epoch(db, &*self.ids).await
        };
        renewed.expect("a new epoch")
    }

    fn is_sqlite(&self) -> bool {
        self.database.starts_with("sqlite")
    }

    /// From now on writing to this table fails, until [`Host::mend`].
    pub async fn break_table(&self, table: &str) {
        self.execute(&format!(
            "INSERT INTO world_fault (name) VALUES ('{table}')"
        ))
        .await;
    }

    pub async fn mend(&self) {
        self.execute("DELETE FROM world_fault").await;
    }

    async fn execute(&self, statement: &str) {
        let writer = self.rooms().platform.db.writer();
        writer
            .execute_unprepared(statement)
            .await
            .expect("a statement of the world's own");
    }

    pub async fn post(&self, path: &str, by: &Credentials, body: &Value) -> Answer {
        let address = &self.running.as_ref().expect("a running server").address;
        let mut request = self.client.post(format!("{address}{path}")).json(body);
        if let Some(authorization) = &by.authorization {
            request = request.header("authorization", authorization);
        }
        if let Some(cookie) = &by.cookie {
            request = request.header("cookie", cookie);
        }
        self.send(request).await
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let cookie = response.headers().get("set-cookie");
        let cookie = cookie
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .map(str::to_owned);
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer {
            status,
            body,
            cookie,
        }
    }

    /// A signed report of the carrier.
    pub async fn carrier_says(&self, event: &Value) -> Answer {
        let body = event.to_string();
        let platform = &self.rooms().platform;
        let secret = &platform.keys.webhooks["generic"];
        let signature = sampan::platform::signature::sign(secret, body.as_bytes(), platform.now());
        let address = &self.running.as_ref().expect("a running server").address;
        let request = self
            .client
            .post(format!("{address}/api/v1/hooks/carriers/generic"))
            .header("x-sampan-signature", signature)
            .header("content-type", "application/json")
            .body(body);
        self.send(request).await
    }

    /// Runs what is due, one job after another, and those they cause. With `twice`, each runs again after it ended, as
    /// after a crash between its work and the end of its row.
    pub async fn run_jobs(&self, twice: bool) {
        let rooms = self.rooms();
        let runner = InTurn {
            runner: Runner(rooms.clone()),
            twice,
            turn: tokio::sync::Mutex::new(()),
        };
        let platform = &rooms.platform;
        for _ in 0..20 {
            let ran = outbox::run_due(&platform.db, &*platform.clock, &runner, Lane::All).await;
            if ran.expect("the outbox is readable") == 0 {
                return;
            }
        }
    }

    /// `sampan verify`: what must be true of any moment of the data.
    pub async fn check(&self) -> Result<(), String> {
        let checked = sampan::app::check(&self.database).await;
        checked.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Stops, and leaves nothing behind.
    pub async fn close(mut self) {
        self.stop().await;
        template::discard(&self.database).await;
        if let Some(backup) = &self.backup {
            template::discard(backup).await;
        }
    }
}

/// Jobs one at a time, so that a seed replays.
struct InTurn {
    runner: Runner,
    twice: bool,
    turn: tokio::sync::Mutex<()>,
}

impl Runs for InTurn {
    fn is_vital(&self, kind: &str) -> bool {
        self.runner.is_vital(kind)
    }

    fn run<'a>(
        &'a self,
        job: &'a Job,
    ) -> Pin<Box<dyn Future<Output = Result<JobEnd, JobError>> + Send + 'a>> {
        Box::pin(async move {
            let _mine = self.turn.lock().await;
            let first = self.runner.run(job).await;
            if self.twice && first.is_ok() {
                return self.runner.run(job).await;
            }
            first
        })
    }
}
