//! `spawn_app`: the real server in this process, with its own database and a clock that stands still.

use actix_web::dev::ServerHandle;
use sampan::{
    app::{Rooms, Runner, Sources, Tuning, build_with, listen},
    platform::{
        clock::Clock,
        config::Config,
        ids::SystemIds,
        outbox::{self, Lane},
    },
};
use sampan_engine::time::Timestamp;
use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::sync::OnceCell;

/// 2026-11-23T20:00:00Z
pub const START: Timestamp = Timestamp::from_seconds(1_795_464_000);

/// A clock that moves when a test says so.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn starting_at(start: Timestamp) -> Self {
        Self(AtomicI64::new(start.micros()))
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.advance_millis(seconds * 1_000);
    }

    pub fn advance_millis(&self, millis: i64) {
        self.0.fetch_add(millis * 1_000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// A running server and a client for it.
pub struct TestApp {
    pub address: String,
    pub rooms: Rooms,
    pub clock: Arc<TestClock>,
    pub client: reqwest::Client,
    pub folder: tempfile::TempDir,
    pub handle: ServerHandle,
}

/// Starts a server over a fresh, migrated database. Jobs run when the test says so: `run_jobs`.
pub async fn spawn_app() -> TestApp {
    spawn_app_with(|_| ()).await
}

/// The same with changed settings.
pub async fn spawn_app_with(change: impl FnOnce(&mut Config)) -> TestApp {
    spawn_app_tuned(Tuning::default(), change).await
}

/// The same, built as a bench compares it.
pub async fn spawn_app_tuned(tuning: Tuning, change: impl FnOnce(&mut Config)) -> TestApp {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut config = settings(folder.path(), fresh_database(folder.path()).await);
    change(&mut config);
    let clock = Arc::new(TestClock::starting_at(START));
    let sources = Sources {
        clock: clock.clone(),
        ids: Arc::new(SystemIds),
    };
    let running = start(config, sources, tuning).await;
    TestApp {
        address: running.address,
        rooms: running.rooms,
        clock,
        client: client(),
        folder,
        handle: running.handle,
    }
}

/// What a test's server is told: everything of its own in one folder, nothing of the machine's.
pub fn settings(folder: &Path, database: String) -> Config {
    Config {
        bind: ([127, 0, 0, 1], 0).into(),
        database,
        events_url: None,
        demo: false,
        public_url: None,
        tls_cert: None,
        tls_key: None,
        keys_file: folder.join("keys.json"),
        smtp_url: None,
        mail_from: None,
        mail_dir: folder.join("mail"),
        app_dir: None,
        worker_off: false,
        contact: "mailto:test@sampan.example".to_owned(),
        push_hosts: Vec::new(),
        push_allow: None,
        poll_url: None,
        poll_carrier: None,
        clock: None,
    }
}

/// A server that listens, and the handle that stops it.
pub struct Running {
    pub address: String,
    pub rooms: Rooms,
    pub handle: ServerHandle,
}

/// Builds the server and lets it listen on a free port.
pub async fn start(mut config: Config, sources: Sources, tuning: Tuning) -> Running {
    sampan::app::install_crypto();
    let listener = TcpListener::bind(config.bind).expect("a free port");
    config.bind = listener.local_addr().expect("an address");
    let address = format!("http://{}", config.bind);
    let rooms = build_with(config, sources, tuning)
        .await
        .expect("the server is built");
    let server = listen(rooms.clone(), listener).expect("the server listens");
    let handle = server.handle();
    tokio::spawn(server);
    Running {
        address,
        rooms,
        handle,
    }
}

impl TestApp {
    /// Runs every job that is due, and those they cause, until none is left.
    pub async fn run_jobs(&self) {
        let runner = Runner(self.rooms.clone());
        let platform = &self.rooms.platform;
        while outbox::run_due(&platform.db, &*platform.clock, &runner, Lane::All)
            .await
            .expect("the outbox is readable")
            > 0
        {}
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.send(self.client.get(format!("{}{path}", self.address)))
            .await
    }

    pub async fn get_as(&self, token: &str, path: &str) -> (u16, Value) {
        self.send(
            self.client
                .get(format!("{}{path}", self.address))
                .bearer_auth(token),
        )
        .await
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(
            self.client
                .post(format!("{}{path}", self.address))
                .json(&body),
        )
        .await
    }

    pub async fn post_as(&self, token: &str, path: &str, body: Value) -> (u16, Value) {
        self.send(
            self.client
                .post(format!("{}{path}", self.address))
                .bearer_auth(token)
                .json(&body),
        )
        .await
    }

    /// Status and JSON body (null when there is none).
    pub async fn send(&self, request: reqwest::RequestBuilder) -> (u16, Value) {
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let text = response.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        // Well before the server closes an idle connection: a request never meets one that is just being closed.
        .pool_idle_timeout(Duration::from_secs(1))
        .build()
        .expect("a client")
}

/// A database of this test's own, already migrated: a copy of a file, or of a template database.
pub async fn fresh_database(folder: &Path) -> String {
    match std::env::var("SAMPAN_TEST_DATABASE") {
        Ok(url) if url.starts_with("postgres") => fresh_postgres(&url).await,
        _ => {
            let file = folder.join("sampan.db");
            std::fs::copy(sqlite_template().await, &file).expect("a copy of the template");
            format!("sqlite://{}", file.display())
        }
    }
}

async fn sqlite_template() -> PathBuf {
    static TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
    let make = || async {
        let file = tempfile::tempdir()
            .expect("a temporary folder")
            .keep()
            .join("template.db");
        let db = Database::connect(format!("sqlite://{}?mode=rwc", file.display()))
            .await
            .expect("a database");
        sampan_migrations::up(&db).await.expect("migrations");
        db.close().await.expect("closed");
        file
    };
    TEMPLATE.get_or_init(make).await.clone()
}

async fn fresh_postgres(url: &str) -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let template = TEMPLATE
        .get_or_init(|| async {
            let name = format!("sampan_template_{}", std::process::id());
            on_postgres(url, &format!("CREATE DATABASE {name}")).await;
            let db = Database::connect(in_server(url, &name))
                .await
                .expect("the template");
            sampan_migrations::up(&db).await.expect("migrations");
            db.close().await.expect("closed");
            name
        })
        .await;
    copy_postgres(url, template).await
}

/// A copy of a database of this server that nobody is connected to.
pub async fn copy_postgres(url: &str, template: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("sampan_test_{}_{number}", std::process::id());
    let create = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY = FILE_COPY");
    on_postgres(url, &create).await;
    in_server(url, &name)
}

/// Runs one statement in the database that the address names.
pub async fn on_postgres(url: &str, statement: &str) {
    let server = Database::connect(url).await.expect("PostgreSQL");
    server
        .execute_unprepared(statement)
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
    server.close().await.expect("closed");
}

fn in_server(url: &str, name: &str) -> String {
    let (server, _) = url.rsplit_once('/').expect("a database in the address");
    format!("{server}/{name}")
}
