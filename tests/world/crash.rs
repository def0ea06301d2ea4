//! The server as a process of its own, killed at every crash point, at random moments, with its log cut off, with its
//! database connections torn away. Phones tap and order all the while; at the end everything tapped is there, once.

use crate::{
    app,
    chance::Chance,
    phone::Store,
    template::{self, Template},
};
use sampan::platform::db::{self, Db};
use sea_orm::QueryResult;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tempfile::TempDir;
use uuid::Uuid;

/// Where the server can be made to die: around every write, after a charge, after a job, before an answer.
const POINTS: [&str; 6] = [
    "db.begun",
    "db.worked",
    "db.committed",
    "sync.answering",
    "payments.charged",
    "outbox.ran",
];
const SKUS: [&str; 3] = ["MUG-1", "NET-1", "ROPE-1"];
const PATIENCE: Duration = Duration::from_secs(60);

/// The process that is killed: started by the tests below, it is this same program.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the server that the crash tests start and kill"]
async fn serves_until_killed() {
    let told = |name: &str| std::env::var(name);
    let (Ok(folder), Ok(database), Ok(bind)) = (
        told("SAMPAN_CRASH_FOLDER"),
        told("SAMPAN_CRASH_DATABASE"),
        told("SAMPAN_CRASH_BIND"),
    ) else {
        return;
    };
    let _armed = fail::FailScenario::setup();
    let mut config = app::settings(&PathBuf::from(folder), database);
    config.bind = bind.parse().expect("an address");
    sampan::app::serve(config).await.expect("it serves");
}

struct Server {
    folder: TempDir,
    database: String,
    bind: SocketAddr,
    process: Option<Child>,
    client: reqwest::Client,
    deaths: usize,
}

impl Server {
    async fn over(template: &Template) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = template.copy_to(&folder.path().join("crash.db")).await;
        std::fs::copy(&template.keys, folder.path().join("keys.json")).expect("the keys");
        Self {
            folder,
            database,
            bind: free_address(),
            process: None,
            client: app::client(),
            deaths: 0,
        }
    }

    /// Starts, and is ready or already dead.
    async fn start(&mut self, crash_at: &str) {
        let program = std::env::current_exe().expect("this program");
        let mut command = Command::new(program);
        command
            .args(["crash::serves_until_killed", "--exact", "--ignored"])
            .env("SAMPAN_CRASH_FOLDER", self.folder.path())
            .env("SAMPAN_CRASH_DATABASE", &self.database)
            .env("SAMPAN_CRASH_BIND", self.bind.to_string())
            .env("SAMPAN_LOG", "off")
            .env("FAILPOINTS", crash_at)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.process = Some(command.spawn().expect("a server process"));
        let ready = format!("http://{}/readyz", self.bind);
        let until = std::time::Instant::now() + PATIENCE;
        while !self.is_dead() {
            let answer = self.client.get(&ready).send().await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            assert!(
                std::time::Instant::now() < until,
                "the server does not come up"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn is_dead(&mut self) -> bool {
        self.process
            .as_mut()
            .is_none_or(|process| process.try_wait().expect("a process").is_some())
    }

    fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
            self.deaths += 1;
        }
    }

    fn signal(&self, name: &str) {
        let process = self.process.as_ref().expect("a process");
        let sent = Command::new("kill")
            .args([format!("-{name}"), process.id().to_string()])
            .status();
        assert!(sent.is_ok_and(|status| status.success()), "kill -{name}");
    }

    /// Stops as a service manager would, so that the log is in the file.
    fn stop(&mut self) {
        self.signal("TERM");
        if let Some(mut process) = self.process.take() {
            let _ = process.wait();
        }
    }

    async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Option<(u16, Value)> {
        let request = self
            .client
            .post(format!("http://{}/api/v1{path}", self.bind))
            .timeout(Duration::from_secs(20))
            .json(body);
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let answer = request.send().await.ok()?;
        let status = answer.status().as_u16();
        Some((status, answer.json().await.ok()?))
    }
}

fn free_address() -> SocketAddr {
    let probe = TcpListener::bind("127.0.0.1:0").expect("a free port");
    probe.local_addr().expect("an address")
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("a time after 1970").as_millis() as i64
}

/// Phones of one shopper, all that they ever tapped, and the server that dies under them.
struct Crash {
    chance: Chance,
    server: Server,
    phones: Vec<(Store, String)>,
    taps: usize,
    wanted: BTreeMap<&'static str, i64>,
    /// Checkouts, each by the phone that tapped it and its op.
    orders: Vec<(usize, Uuid)>,
    /// Where the next servers die, last first.
    deaths_to_come: Vec<String>,
}

impl Crash {
    async fn begin(seed: u64) -> Self {
        let mut crash = Self {
            chance: Chance::new(seed),
            server: Server::over(&template::of_this_process().await).await,
            phones: Vec::new(),
            taps: 0,
            wanted: BTreeMap::new(),
            orders: Vec::new(),
            deaths_to_come: Vec::new(),
        };
        crash.server.start("").await;
        for index in 0..3 {
            let mut store = Store::new(&mut crash.chance, now_ms());
            let pair = json!({ "device_id": store.device, "secret": store.secret });
            let (path, token) = match crash.phones.first() {
                None => ("/auth/guest", None),
                Some((_, token)) => ("/devices", Some(token.as_str())),
            };
            let answer = crash.server.post(path, token, &pair).await;
            let (status, body) = answer.expect("a server that lives");
            assert!(status < 300, "phone {index}: {status} {body}");
            store.scope = body["scope_id"].as_str().and_then(|id| id.parse().ok());
            let token = body["access_token"].as_str().expect("a token").to_owned();
            crash.phones.push((store, token));
        }
        crash
    }

    /// Some taps, each sent at once and again until it is answered.
    async fn tap_on(&mut self, rounds: usize) {
        for _ in 0..rounds {
            let index = self.chance.index(self.phones.len());
            let is_filled = SKUS.iter().any(|sku| self.phones[index].0.shown(sku) > 0);
            let id = self.chance.id(now_ms());
            let op = if self.taps % 9 == 8 && is_filled {
                self.orders.push((index, id));
                self.order(index)
            } else {
                let sku = *self.chance.pick(&SKUS);
                let delta = self.chance.between(1..=3);
                *self.wanted.entry(sku).or_default() += delta;
                json!({"kind": "cart.add", "cart": null, "line": sku, "delta": delta})
            };
            self.phones[index].0.tap(id, now_ms(), op);
            self.taps += 1;
            self.talk(index).await;
        }
    }

    fn order(&mut self, index: usize) -> Value {
        let store = &self.phones[index].0;
        let lines: Vec<Value> = SKUS
            .iter()
            .filter(|sku| store.shown(sku) > 0)
            .map(|sku| json!({"sku": sku, "quantity": store.shown(sku)}))
            .collect();
        let cart = store.cart;
        let intent = self.chance.id(now_ms()).to_string();
        json!({
            "kind": "checkout.place", "intent": intent, "cart": cart, "quote_id": null, "lines": lines,
            "ship_to": {"name": "Ada", "line1": "1 Quay", "city": "Sevilla", "postcode": "41001", "country": "ES"},
            "contact": {"email": "ada@example.org"}, "payment_method": {"provider": "sandbox", "token": "ok"},
            "max_total": {"minor": 100_000_000, "currency": "EUR"},
        })
    }

    /// One phone speaks until everything it has is acknowledged, however often the server dies meanwhile.
    async fn talk(&mut self, index: usize) {
        let until = std::time::Instant::now() + PATIENCE;
        loop {
            assert!(
                std::time::Instant::now() < until,
                "the phone is never heard"
            );
            if self.server.is_dead() {
                self.server.deaths += 1;
                let crash_at = self.deaths_to_come.pop().unwrap_or_default();
                self.server.start(&crash_at).await;
                continue;
            }
            let (store, token) = &mut self.phones[index];
            let request = store
                .request(now_ms(), true, 500)
                .expect("a bearer may speak");
            let Some((status, reply)) = self.server.post("/sync", Some(token), &request).await
            else {
                tokio::time::sleep(Duration::from_millis(5)).await;
                continue;
            };
            match status {
                200 => {
                    let taken = store.take(&request, &reply, true, now_ms());
                    assert!(!taken.must_renumber, "no device was ever replaced");
                    if !taken.has_more && taken.is_whole && store.outbox.is_empty() {
                        return;
                    }
                }
                503 => tokio::time::sleep(Duration::from_millis(40)).await,
                _ => panic!("sync answered {status}: {reply}"),
            }
        }
    }

    /// The last server lives; jobs end; everything ever tapped is in the cart or in an order, and paid for once.
    async fn ends_well(mut self) {
        let until = std::time::Instant::now() + PATIENCE;
        loop {
            for index in 0..self.phones.len() {
                self.talk(index).await;
            }
            // Its end is heard of, whatever it was: after a cut its cart may be gone as well.
            let is_open = |(index, id): &&(usize, Uuid)| {
                let heard = self.phones[*index].0.heard.get(id);
                heard.is_none_or(|heard| heard["code"] == "working")
            };
            let open: Vec<_> = self.orders.iter().filter(is_open).collect();
            if open.is_empty() {
                break;
            }
            assert!(
                std::time::Instant::now() < until,
                "checkouts never end: {open:?}"
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        for index in 0..self.phones.len() {
            self.talk(index).await;
        }
        self.server.stop();
        sampan::app::check(&self.server.database)
            .await
            .expect("every promise of the data");
        let db = Db::connect(&self.server.database).await.expect("the data");
        let rows = rows(&db, "SELECT COUNT(*) AS n FROM op").await;
        assert_eq!(number(&rows[0], "n"), self.taps as i64, "one row a tap");
        let mut there = self.held(0);
        for index in 1..self.phones.len() {
            assert_eq!(self.held(index), there, "phones agree");
        }
        let ordered = "SELECT sku, CAST(SUM(quantity) AS BIGINT) AS n FROM order_line GROUP BY sku";
        for row in self::rows(&db, ordered).await {
            let sku: String = row.try_get("", "sku").expect("a sku");
            *there.entry(sku).or_default() += number(&row, "n");
        }
        let wanted: BTreeMap<String, i64> = self
            .wanted
            .iter()
            .map(|(sku, quantity)| ((*sku).to_owned(), *quantity))
            .collect();
        assert_eq!(there, wanted, "cart and orders hold what was tapped");
        let charges = "SELECT c.state, COALESCE(p.charges, 0) AS charges, \
             COALESCE(p.captured_minor - p.refunded_minor, 0) AS kept FROM checkout c \
             LEFT JOIN sandbox_payment p ON p.payment_id = c.payment_id";
        let mut placed = 0;
        for row in self::rows(&db, charges).await {
            let state: String = row.try_get("", "state").expect("a state");
            let (charges, kept) = (number(&row, "charges"), number(&row, "kept"));
            placed += i64::from(state == "placed");
            match state.as_str() {
                "placed" => assert!(charges == 1 && kept > 0, "charged {charges} times"),
                _ => assert_eq!(kept, 0, "{state}, and money kept"),
            }
        }
        assert!(placed > 0, "orders were placed");
        db.close().await.expect("closed");
        println!(
            "{}: {} taps, {placed} orders, {} deaths of the server, nothing lost or doubled",
            template::backend(),
            self.taps,
            self.server.deaths
        );
        template::discard(&self.server.database).await;
    }

    fn held(&self, index: usize) -> BTreeMap<String, i64> {
        let store = &self.phones[index].0;
        let shown = SKUS.iter().map(|sku| ((*sku).to_owned(), store.shown(sku)));
        shown.filter(|(_, quantity)| *quantity > 0).collect()
    }
}

impl Drop for Crash {
    fn drop(&mut self) {
        self.server.kill();
    }
}

async fn rows(db: &Db, text: &str) -> Vec<QueryResult> {
    db::fetch_all(db.reader(), text, [])
        .await
        .expect("a query of the test")
}

fn number(row: &QueryResult, name: &str) -> i64 {
    row.try_get("", name).expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn dying_at_every_crash_point_loses_and_doubles_nothing() {
    let mut crash = Crash::begin(1).await;
    for point in POINTS {
        // Passes at start-up count too; a point that is reached once an order is met late.
        let is_rare = matches!(point, "payments.charged" | "outbox.ran");
        for _ in 0..3 {
            let passes = if is_rare {
                crash.chance.between(1..=2)
            } else {
                crash.chance.between(9..=40)
            };
            crash
                .deaths_to_come
                .push(format!("{point}={passes}*off->return"));
        }
    }
    crash.server.kill();
    let mut rounds = 0;
    while !crash.deaths_to_come.is_empty() {
        crash.tap_on(9).await;
        rounds += 9;
        assert!(rounds < 3_000, "left: {:?}", crash.deaths_to_come);
    }
    crash.tap_on(40).await;
    let deaths = crash.server.deaths;
    assert!(deaths >= POINTS.len() * 3, "the server died {deaths} times");
    crash.ends_well().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dying_at_any_moment_loses_and_doubles_nothing() {
    let mut crash = Crash::begin(2).await;
    for _ in 0..6 {
        let process = crash.server.process.as_ref().map_or(0, Child::id);
        let wait = crash.chance.between(30..=400) as u64;
        let killer = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            let _ = Command::new("kill")
                .args(["-9", &process.to_string()])
                .status();
        });
        while !killer.is_finished() {
            crash.tap_on(5).await;
        }
        crash.tap_on(1).await;
    }
    crash.tap_on(3).await;
    assert!(crash.server.deaths >= 6);
    crash.ends_well().await;
}

/// A machine that lost power keeps a prefix of SQLite's log at best: what is then missing, the phones bring again.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_cut_off_anywhere_leaves_an_earlier_moment_and_the_phones_bring_the_rest() {
    if template::backend() != "SQLite" {
        return;
    }
    let mut crash = Crash::begin(3).await;
    crash.server.stop();
    let file = PathBuf::from(crash.server.database.trim_start_matches("sqlite://"));
    let log = PathBuf::from(format!("{}-wal", file.display()));
    let mut lost = 0;
    for _ in 0..5 {
        // Everything so far is in the file, and the log stays too short to be moved there while the phones tap.
        crash.server.start("").await;
        crash.server.stop();
        crash.server.start("").await;
        crash.tap_on(30).await;
        crash.server.signal("STOP");
        let (data, mut tail) = (
            std::fs::read(&file).expect("the file"),
            std::fs::read(&log).expect("its log"),
        );
        crash.server.kill();
        let whole = tail.len();
        tail.truncate(crash.chance.between(0..=whole as i64) as usize);
        lost += whole - tail.len();
        std::fs::write(&file, data).expect("the file");
        std::fs::write(&log, tail).expect("its log");
        let _ = std::fs::remove_file(format!("{}-shm", file.display()));
        sampan::app::check(&crash.server.database)
            .await
            .expect("an earlier moment, and whole");
        let db = Db::connect(&crash.server.database).await.expect("the data");
        sampan::scope::dataset::renew_epoch(&db, &sampan::platform::ids::SystemIds)
            .await
            .expect("a new epoch");
        db.close().await.expect("closed");
    }
    assert!(lost > 0, "something was cut off");
    crash.server.start("").await;
    crash.tap_on(9).await;
    crash.ends_well().await;
}

/// A database that drops connections in the middle of transactions: exchanges are retried or answered 503.
#[tokio::test(flavor = "multi_thread")]
async fn connections_torn_away_in_mid_transaction_lose_and_double_nothing() {
    if template::backend() != "PostgreSQL" {
        return;
    }
    let mut crash = Crash::begin(4).await;
    let url = std::env::var("SAMPAN_TEST_DATABASE").expect("the address of PostgreSQL");
    let name = crash.server.database.rsplit('/').next().expect("a name");
    let tear = format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND state <> 'idle'"
    );
    let tearing = tokio::spawn(async move {
        let server = sea_orm::Database::connect(&url).await.expect("PostgreSQL");
        loop {
            let _ = sea_orm::ConnectionTrait::execute_unprepared(&server, &tear).await;
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    });
    crash.tap_on(120).await;
    tearing.abort();
    crash.ends_well().await;
}
