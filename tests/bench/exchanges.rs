//! What an exchange costs: grouped into shared transactions, one transaction each, and beside them a handler that does
//! nothing and an idle exchange. One run, one machine, the same load for each: so many connections, each a shopper of its own.

use crate::{
    TestApp,
    app::spawn_app_tuned,
    device::{Guest, guest},
    market::{MUG, SCARF, TEA, market},
    wire::Connection,
};
use actix_web::{App, HttpResponse, HttpServer, web};
use sampan::{app::Tuning, platform::db};
use std::{
    future::Future,
    io::Write,
    net::SocketAddr,
    time::{Duration, Instant},
};
use uuid::Uuid;

pub const CONNECTIONS: usize = 64;
const WARM_UP: Duration = Duration::from_secs(1);
const MEASURED: Duration = Duration::from_secs(6);
/// How many times as many grouped exchanges there must be as single ones.
const GROUPED_AT_LEAST: f64 = 3.0;

/// Requests a second, and how long they took.
pub struct Figure {
    pub name: &'static str,
    pub per_second: f64,
    pub p50: Duration,
    pub p99: Duration,
}

/// One of the connections, with whoever is behind it.
pub trait Caller: Send + Sized + 'static {
    /// One request, until its reply is here.
    fn call(&mut self) -> impl Future<Output = Result<(), String>> + Send;
}

/// Measures all and prints a table; an error when a tap was lost or grouping does not pay.
pub async fn run() -> Result<(), String> {
    request_size()?;
    let bare = bare_handler().await?;
    let grouped = spawn(Tuning::default()).await;
    let read = one_read(&grouped).await?;
    let idle = exchanges("idle exchange", &grouped, 0).await?;
    let one_op = exchanges("one-op exchange, grouped", &grouped, 1).await?;
    let fifty = exchanges("50-op exchange, grouped", &grouped, 50).await?;
    let alone = spawn(Tuning {
        max_exchanges: 1,
        ..Tuning::default()
    })
    .await;
    let single = exchanges("one-op exchange, a transaction each", &alone, 1).await?;

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "\n{CONNECTIONS} connections, server and load on the same {cores} cores, {}:",
        if is_postgres(&grouped) {
            "PostgreSQL"
        } else {
            "SQLite with synchronous=FULL"
        }
    );
    println!(
        "{:<38}{:>9}{:>9}{:>9}{:>10}",
        "", "req/s", "p50 ms", "p99 ms", "of bare"
    );
    for figure in [&bare, &read, &idle, &one_op, &single, &fifty] {
        println!(
            "{:<38}{:>9.0}{:>9.1}{:>9.1}{:>9.1}%",
            figure.name,
            figure.per_second,
            figure.p50.as_secs_f64() * 1000.0,
            figure.p99.as_secs_f64() * 1000.0,
            100.0 * figure.per_second / bare.per_second
        );
    }
    let is_postgres = is_postgres(&grouped);
    let asked = [
        (
            "idle exchange, of a handler with one primary-key read",
            100.0 * idle.per_second / read.per_second,
            60.0,
            "%",
        ),
        (
            "one-op exchange",
            one_op.per_second,
            if is_postgres { 8_000.0 } else { 10_000.0 },
            "/s",
        ),
        ("50-op exchange", fifty.per_second, 1_500.0, "/s"),
    ];
    for (what, is, least, unit) in asked {
        let verdict = if is >= least { "met" } else { "MISSED" };
        println!("{what:<56}{is:>8.0} {unit:<3} at least {least:>6.0}  {verdict}");
    }
    let p99 = one_op.p99.as_secs_f64() * 1000.0;
    let verdict = if p99 <= 40.0 { "met" } else { "MISSED" };
    println!(
        "{:<56}{p99:>8.1} ms  at most  {:>6.0}  {verdict}",
        "one-op exchange, p99", 40.0
    );
    let ratio = one_op.per_second / single.per_second;
    println!(
        "Grouped is {ratio:.1} times one transaction an op; at least {GROUPED_AT_LEAST:.0} is asked of it."
    );
    if ratio < GROUPED_AT_LEAST {
        return Err(format!("grouped is only {ratio:.1} times as fast"));
    }
    Ok(())
}

async fn spawn(tuning: Tuning) -> TestApp {
    let app = spawn_app_tuned(tuning, |_| ()).await;
    market(&app).await;
    app
}

/// A handler that does nothing, in the same framework under the same load.
async fn bare_handler() -> Result<Figure, String> {
    let app = || App::new().route("/", web::get().to(async || HttpResponse::Ok().body("{}")));
    let server = HttpServer::new(app)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .map_err(told)?;
    let address = server.addrs()[0];
    let running = server.run();
    let handle = running.handle();
    tokio::spawn(running);
    let mut callers = Vec::new();
    for _ in 0..CONNECTIONS {
        callers.push(Bare(Connection::open(address).await.map_err(told)?));
    }
    let (figure, _) = load("bare handler", callers).await?;
    handle.stop(false).await;
    Ok(figure)
}

/// A handler that reads one row by its primary key, from the same database under the same load.
async fn one_read(app: &TestApp) -> Result<Figure, String> {
    let db = app.rooms.platform.db.clone();
    let scope_id = guest(app).await.scope_id;
    let app = move || {
        let db = db.clone();
        let read = move || {
            let db = db.clone();
            async move {
                let text = "SELECT rev FROM scope WHERE id = $1";
                let row = db::fetch_one(db.reader(), text, [scope_id.into()]).await;
                let row = row.ok().flatten();
                let rev: Option<i64> = row.and_then(|row| row.try_get("", "rev").ok());
                match rev {
                    Some(rev) => HttpResponse::Ok().body(rev.to_string()),
                    None => HttpResponse::InternalServerError().finish(),
                }
            }
        };
        App::new().route("/", web::get().to(read))
    };
    let server = HttpServer::new(app)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .map_err(told)?;
    let address = server.addrs()[0];
    // It goes on to the end: connections of the shared pool may have been opened on its threads.
    tokio::spawn(server.run());
    let mut callers = Vec::new();
    for _ in 0..CONNECTIONS {
        callers.push(Bare(Connection::open(address).await.map_err(told)?));
    }
    let (figure, _) = load("handler with one primary-key read", callers).await?;
    Ok(figure)
}

fn is_postgres(app: &TestApp) -> bool {
    app.rooms.platform.config.database.starts_with("postgres")
}

/// Fifty taps made offline, as a phone sends them after gzip.
fn request_size() -> Result<(), String> {
    let ops: Vec<String> = (1..=50)
        .map(|seq| {
            tap(
                Uuid::now_v7(),
                seq,
                crate::app::START.millis() + seq * 7_919,
                41,
            )
        })
        .collect();
    let body = format!(
        r#"{{"schema":1,"epoch":"e_0123456789abcdef","device":"{}","cursor":41,"sent_at":{},"ops":[{}],"seen":[]}}"#,
        Uuid::now_v7(),
        crate::app::START.millis() + 900_000,
        ops.join(",")
    );
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(body.as_bytes()).map_err(told)?;
    let size = gzip.finish().map_err(told)?.len();
    let verdict = if size <= 3 * 1024 { "met" } else { "MISSED" };
    println!(
        "\nA request of 50 offline taps: {size} bytes gzipped, {} plain; at most 3,072 is asked of it: {verdict}",
        body.len()
    );
    Ok(())
}

fn tap(id: Uuid, seq: i64, at: i64, cursor: i64) -> String {
    let line = [MUG, SCARF, TEA][seq as usize % 3];
    format!(
        r#"{{"id":"{id}","seq":{seq},"at":{at},"base":{cursor},"base_at":{},"kind":"cart.add","cart":null,"line":"{line}","delta":1}}"#,
        crate::app::START.millis()
    )
}

struct Bare(Connection);

impl Caller for Bare {
    async fn call(&mut self) -> Result<(), String> {
        self.0
            .send("GET", "/", "", b"")
            .await
            .map_err(told)
            .map(|_| ())
    }
}

/// Exchanges of `ops` taps each, every connection a shopper of its own; afterwards every cart must hold what was tapped.
async fn exchanges(name: &'static str, app: &TestApp, ops: usize) -> Result<Figure, String> {
    let mut phones = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut phone = Phone::arrive(app, ops).await?;
        // The first exchange brings the snapshot, and the phone up to date.
        phone.exchange(1).await?;
        phones.push(phone);
    }
    let (figure, phones) = load(name, phones).await?;
    for phone in phones {
        let path = format!("/api/v1/carts/{}", phone.guest.cart_id);
        let (_, cart) = app.get_as(&phone.guest.token, &path).await;
        let lines = cart["lines"].as_array().ok_or("a cart without lines")?;
        let held: i64 = lines
            .iter()
            .filter_map(|line| line["quantity"].as_i64())
            .sum();
        if held != phone.seq {
            return Err(format!(
                "{name}: {} pieces were tapped, the cart holds {held}",
                phone.seq
            ));
        }
    }
    Ok(figure)
}

/// A phone that adds one piece with each op and is up to date before each exchange.
pub struct Phone {
    connection: Connection,
    guest: Guest,
    ops: usize,
    seq: i64,
    pub cursor: i64,
}

impl Phone {
    async fn open(address: SocketAddr, guest: Guest, ops: usize) -> Result<Self, String> {
        Ok(Self {
            connection: Connection::open(address).await.map_err(told)?,
            guest,
            ops,
            seq: 0,
            cursor: 0,
        })
    }

    /// A new guest's, on a connection of its own.
    pub async fn arrive(app: &TestApp, ops: usize) -> Result<Self, String> {
        let address = app.address.trim_start_matches("http://");
        Self::open(address.parse().map_err(told)?, guest(app).await, ops).await
    }

    /// After a pause the server has hung up.
    pub async fn reconnect(&mut self, app: &TestApp) -> Result<(), String> {
        let address = app.address.trim_start_matches("http://");
        let address = address.parse().map_err(told)?;
        self.connection = Connection::open(address).await.map_err(told)?;
        Ok(())
    }

    pub fn scope_id(&self) -> Uuid {
        self.guest.scope_id
    }

    pub async fn exchange(&mut self, ops: usize) -> Result<(), String> {
        let now = crate::app::START.millis();
        let cursor = self.cursor;
        let taps: Vec<String> = (0..ops)
            .map(|_| {
                self.seq += 1;
                tap(Uuid::now_v7(), self.seq, now, cursor)
            })
            .collect();
        let Guest {
            epoch,
            device_id,
            token,
            ..
        } = &self.guest;
        let body = format!(
            r#"{{"schema":1,"epoch":"{epoch}","device":"{device_id}","cursor":{cursor},"sent_at":{now},"ops":[{}],"seen":[]}}"#,
            taps.join(",")
        );
        let reply = self
            .connection
            .send("POST", "/api/v1/sync", token, body.as_bytes())
            .await
            .map_err(told)?;
        let text = String::from_utf8_lossy(&reply.body);
        let told = (text.split_once("\"cursor\":"))
            .and_then(|(_, rest)| rest.split(',').next()?.parse().ok());
        match told {
            Some(cursor) if reply.status == 200 => {
                self.cursor = cursor;
                Ok(())
            }
            _ => Err(format!("{} {text}", reply.status)),
        }
    }
}

impl Caller for Phone {
    async fn call(&mut self) -> Result<(), String> {
        self.exchange(self.ops).await
    }
}

/// Lets all callers call without a pause, and counts after the warm-up.
pub async fn load<C: Caller>(
    name: &'static str,
    callers: Vec<C>,
) -> Result<(Figure, Vec<C>), String> {
    let from = Instant::now() + WARM_UP;
    let until = from + MEASURED;
    let mut running = Vec::new();
    for mut caller in callers {
        running.push(tokio::spawn(async move {
            let mut took = Vec::new();
            loop {
                let started = Instant::now();
                if started >= until {
                    return Ok::<_, String>((caller, took));
                }
                caller.call().await?;
                if started >= from {
                    took.push(started.elapsed());
                }
            }
        }));
    }
    let mut took = Vec::new();
    let mut callers = Vec::new();
    for task in running {
        let (caller, times) = task.await.map_err(told)??;
        callers.push(caller);
        took.extend(times);
    }
    took.sort_unstable();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
    let figure = Figure {
        name,
        per_second: took.len() as f64 / MEASURED.as_secs_f64(),
        p50: at(0.5),
        p99: at(0.99),
    };
    Ok((figure, callers))
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
