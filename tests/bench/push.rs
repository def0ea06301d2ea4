//! A busy evening: ten thousand orders move in one transaction, and ten thousand closed phones are to hear of it. A push
//! service on loopback answers 201 at once, over TLS and HTTP/2 as the real ones do, so that what is measured is ours:
//! planning, wording, encrypting, signing, sending and writing down how it ended.
//!
//! No change concerns more people than those behind one order, so "one event" is one transaction with a job an order,
//! as a change of state writes it. The product's own worker does the rest.

use crate::app;
use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer, dev::ServerHandle, http::Version, web,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ece::EcKeyComponents;
use futures_util::{StreamExt, stream};
use openssl::{
    asn1::Asn1Time,
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    x509::{X509, X509NameBuilder, extension::SubjectAlternativeName},
};
use sampan::{
    app::{Rooms, Runner, Sources, Tuning},
    platform::{
        clock::SystemClock,
        config::Config,
        db,
        ids::SystemIds,
        outbox::{self, Lane},
        token,
    },
    push::{Message, Moved, Urgency, Verdict},
    scope,
};
use sea_orm::DbErr;
use serde_json::{Value, json};
use std::{
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use uuid::Uuid;

/// The word that makes this program the server that pushes.
pub const SEND: &str = "--send-pushes";
/// Whether the push service's certificate is trusted is told to the whole process, by this.
const TRUSTED: &str = "SSL_CERT_FILE";
const CERTIFICATE_FILE: &str = "SAMPAN_PUSH_CERTIFICATE";
const KEY_FILE: &str = "SAMPAN_PUSH_KEY";

const PHONES: usize = 10_000;
const SENDS_A_SECOND: f64 = 3_000.0;
const PATIENCE: Duration = Duration::from_secs(300);
const ROWS_AT_ONCE: usize = 500;
/// Requests that subscribe, and messages of the sender alone, at once.
const AT_ONCE: usize = 64;
/// As long as the product's usual message.
const PAYLOAD_BYTES: usize = 500;
/// Real services are reached on this port only; it may be the administrator's.
const PORT: u16 = 443;
const DATABASE: &str = "SAMPAN_PUSH_DATABASE";

/// Starts the server that pushes, in a process that trusts the push service's certificate.
pub async fn run() -> Result<(), String> {
    if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)) {
        println!("\nSKIPPED pushes: port {PORT} cannot be had for the push service: {error}");
        return Ok(());
    }
    let folder = tempfile::tempdir().map_err(told)?;
    let (certificate, key) = (
        folder.path().join("service.pem"),
        folder.path().join("service.key"),
    );
    make_certificate(&certificate, &key).map_err(told)?;
    let program = std::env::current_exe().map_err(told)?;
    let mut process = Command::new(program)
        .arg(SEND)
        .env(DATABASE, app::fresh_database(folder.path()).await)
        .env(TRUSTED, &certificate)
        .env(CERTIFICATE_FILE, &certificate)
        .env(KEY_FILE, &key)
        .spawn()
        .map_err(told)?;
    let status = tokio::task::spawn_blocking(move || process.wait());
    if status.await.map_err(told)?.map_err(told)?.success() {
        return Ok(());
    }
    Err("pushes: not every phone heard its message".to_owned())
}

/// Measures all and prints it.
pub async fn send() -> Result<(), String> {
    let sink = Arc::new(Sink::new());
    let service = serve(&sink)?;
    let folder = tempfile::tempdir().map_err(told)?;
    let database = std::env::var(DATABASE).map_err(told)?;
    let config = Config {
        // A server on loopback is for tests and demo markets only.
        demo: true,
        push_hosts: vec!["localhost".to_owned()],
        push_allow: Some(format!("localhost:{PORT}")),
        ..app::settings(folder.path(), database)
    };
    let sources = Sources {
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
    };
    let running = app::start(config, sources, Tuning::default()).await;
    let phones = subscribe(&running.rooms, &running.address).await?;

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "\n{PHONES} phones, one a shopper; server and push service on the same {cores} cores:"
    );
    println!(
        "{:<38}{:>8}{:>9}{:>9}{:>9}{:>9}{:>13}{:>14}",
        "", "s", "sends/s", "p50 s", "p95 s", "p99 s", "CPU s, all", "CPU s, service"
    );
    let evening = measured("orders move, to the last 201", &sink, async || {
        busy_evening(&running.rooms, &phones, &sink).await
    })
    .await?;
    check(&phones[0], &sink)?;
    let alone = measured("encrypting, signing, sending alone", &sink, async || {
        sender_alone(&running.rooms, &phones).await
    })
    .await?;
    let asked = [
        ("pushes of a busy evening", evening),
        ("pushes, sender alone", alone),
    ];
    for (what, is) in asked {
        let verdict = if is >= SENDS_A_SECOND {
            "met"
        } else {
            "MISSED"
        };
        println!("{what:<56}{is:>8.0} /s  at least {SENDS_A_SECOND:>6.0}  {verdict}");
    }
    service.stop(false).await;
    Ok(())
}

/// A phone with keys of its own and the order it waits for.
struct Phone {
    number: usize,
    scope_id: Uuid,
    order_id: Uuid,
    keys: EcKeyComponents,
    auth: Vec<u8>,
}

impl Phone {
    fn new(number: usize) -> Result<Self, String> {
        let (pair, auth) = ece::generate_keypair_and_auth_secret().map_err(told)?;
        Ok(Self {
            number,
            scope_id: Uuid::new_v4(),
            order_id: Uuid::now_v7(),
            keys: pair.raw_components().map_err(told)?,
            auth: auth.to_vec(),
        })
    }

    fn endpoint(&self) -> String {
        format!("https://localhost/wpush/v2/{}", self.number)
    }

    fn p256dh(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.keys.public_key())
    }

    fn auth(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.auth)
    }
}

/// Shoppers with an order under way, each of whom subscribes as a browser does.
async fn subscribe(rooms: &Rooms, address: &str) -> Result<Vec<Phone>, String> {
    let phones = (0..PHONES).map(Phone::new).collect::<Result<Vec<_>, _>>()?;
    for some in phones.chunks(ROWS_AT_ONCE) {
        let owned: Vec<(Uuid, Uuid)> = some
            .iter()
            .map(|phone| (phone.scope_id, phone.order_id))
            .collect();
        let written = rooms.platform.db.write(move |tx| {
            let owned = owned.clone();
            Box::pin(async move { buy(tx, &owned).await })
        });
        written.await.map_err(told)?;
    }
    let client = app::client();
    let mut replies = stream::iter(&phones)
        .map(|phone| {
            let token = token::sign(&rooms.platform, phone.scope_id, Uuid::nil());
            let request = client.put(format!("{address}/api/v1/push/subscriptions"));
            async move {
                let body = json!({
                    "endpoint": phone.endpoint(),
                    "keys": {"p256dh": phone.p256dh(), "auth": phone.auth()},
                    "locale": "en",
                });
                let request = request.bearer_auth(token.map_err(told)?).json(&body);
                let reply = request.send().await.map_err(told)?;
                reply.error_for_status().map_err(told)
            }
        })
        .buffer_unordered(AT_ONCE);
    while let Some(reply) = replies.next().await {
        reply?;
    }
    drop(replies);
    Ok(phones)
}

/// Shoppers, with what a message mentions of an order: its shop and its parcel's arrival.
async fn buy(tx: &db::Tx, owned: &[(Uuid, Uuid)]) -> Result<(), DbErr> {
    let now = i64::try_from(
        Uuid::now_v7()
            .get_timestamp()
            .map_or(0, |at| at.to_unix().0),
    )
    .unwrap_or(0)
        * 1_000_000;
    let days = |count: i64| now + count * 86_400 * 1_000_000;
    let shop =
        json!({"slug": "olaria", "name": "Olaria Vale Manso", "country": "PT", "tint": "clay"})
            .to_string();
    for (scope_id, order_id) in owned.iter().copied() {
        scope::create(tx, scope_id, "guest", now).await?;
        let text = "INSERT INTO shop_order (scope_id, id, rev, order_group, number, link_key, shop_slug, shop, currency, goods_minor, \
                    freight_minor, total_minor, transit_days_from, transit_days_to, ship_to, placed_at) \
                    VALUES ($1, $2, 1, $2, $3, $3, 'olaria', $4, 'EUR', 100, 0, 100, 3, 5, '{}', $5)";
        let number = order_id.simple().to_string();
        let values = [
            scope_id.into(),
            order_id.into(),
            number.as_str().into(),
            shop.as_str().into(),
            now.into(),
        ];
        db::execute(tx, text, values).await?;
        let text = "INSERT INTO parcel (scope_id, id, rev, order_id, batch_id, carrier, number, state, origin, destination, \
                    crosses_border, eta_from, eta_to, last_event_at, events) \
                    VALUES ($1, $2, 1, $2, $2, 'post', $3, 'in_transit', 'PT', 'FR', 1, $4, $5, $6, 1)";
        let values = [
            scope_id.into(),
            order_id.into(),
            number.as_str().into(),
            days(3).into(),
            days(5).into(),
            now.into(),
        ];
        db::execute(tx, text, values).await?;
    }
    Ok(())
}

/// Every order moves in one transaction; answers when that was committed, once each phone has its message and the
/// outbox is empty.
async fn busy_evening(rooms: &Rooms, phones: &[Phone], sink: &Sink) -> Result<Instant, String> {
    let platform = &rooms.platform;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(outbox::work(
        platform.db.clone(),
        platform.clock.clone(),
        Arc::new(Runner(rooms.clone())),
        Lane::All,
        stopped,
    ));
    let moved: Vec<Moved> = phones
        .iter()
        .map(|phone| Moved {
            scope_id: phone.scope_id,
            order_id: phone.order_id,
            batch_id: Some(phone.order_id),
            parcel_id: None,
            state: "shipped".to_owned(),
            event_id: None,
        })
        .collect();
    let outbox = platform.outbox.clone();
    let written = platform.db.write(move |tx| {
        let (outbox, moved) = (outbox.clone(), moved.clone());
        Box::pin(async move {
            for moved in &moved {
                outbox.enqueue(tx, "push.batch", moved).await?;
            }
            Ok::<_, DbErr>(())
        })
    });
    written.await.map_err(told)?;
    let started = Instant::now();
    let drained = async {
        while sink.heard() < PHONES || jobs_left(rooms).await? > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok::<_, String>(())
    };
    tokio::time::timeout(PATIENCE, drained)
        .await
        .map_err(|_| format!("{} of {PHONES} phones heard their message", sink.heard()))??;
    let _ = stop.send(true);
    worker.await.map_err(told)?;
    Ok(started)
}

/// Jobs of pushes that have not come to their end.
async fn jobs_left(rooms: &Rooms) -> Result<i64, String> {
    let text = "SELECT COUNT(*) AS n FROM job WHERE kind LIKE 'push.%'";
    let row = db::fetch_one(rooms.platform.db.reader(), text, [])
        .await
        .map_err(told)?;
    row.ok_or("no count")?.try_get("", "n").map_err(told)
}

/// Messages straight to the sender, without a database, each on a task of its own as the worker sends them.
async fn sender_alone(rooms: &Rooms, phones: &[Phone]) -> Result<Instant, String> {
    let (kid, _) = rooms.push.key().map_err(told)?;
    let subscriptions: Vec<_> = phones
        .iter()
        .map(|phone| (phone.endpoint(), phone.p256dh(), phone.auth()))
        .collect();
    let started = Instant::now();
    let mut verdicts = stream::iter(subscriptions)
        .map(|(endpoint, p256dh, auth)| {
            let (push, kid) = (rooms.push.clone(), kid.clone());
            tokio::spawn(async move {
                let message = Message {
                    endpoint: &endpoint,
                    p256dh: &p256dh,
                    auth: &auth,
                    kid: &kid,
                    payload: &[b'x'; PAYLOAD_BYTES],
                    ttl_seconds: 3_600,
                    urgency: Urgency::Normal,
                    topic: None,
                };
                push.send(&message).await
            })
        })
        .buffer_unordered(AT_ONCE);
    while let Some(verdict) = verdicts.next().await {
        let verdict = verdict.map_err(told)?;
        if verdict != Verdict::Delivered {
            return Err(format!("a message came to {verdict:?}"));
        }
    }
    Ok(started)
}

/// Runs one of them, prints its figures and answers messages a second.
async fn measured(
    name: &str,
    sink: &Sink,
    sending: impl AsyncFnOnce() -> Result<Instant, String>,
) -> Result<f64, String> {
    sink.forget();
    let before = cpu(sink);
    let started = sending().await?;
    let (all, of_service) = cpu(sink);
    let mut took = sink.took_since(started)?;
    took.sort_unstable();
    let at =
        |hundredth: usize| took[(took.len() * hundredth / 100).min(took.len() - 1)].as_secs_f64();
    let per_second = took.len() as f64 / at(100);
    println!(
        "{name:<38}{:>8.2}{per_second:>9.0}{:>9.2}{:>9.2}{:>9.2}{:>13.1}{:>14.1}",
        at(100),
        at(50),
        at(95),
        at(99),
        all - before.0,
        of_service - before.1,
    );
    println!(
        "  {} requests, {} of them HTTP/2, on {} new connections",
        sink.requests.load(Ordering::Relaxed),
        sink.http2.load(Ordering::Relaxed),
        sink.connections.load(Ordering::Relaxed)
    );
    Ok(per_second)
}

/// The phone reads what was sent to it, or nothing was measured.
fn check(phone: &Phone, sink: &Sink) -> Result<(), String> {
    let body = sink.first_body.lock().map_err(told)?.clone();
    let text = ece::decrypt(&phone.keys, &phone.auth, &body).map_err(told)?;
    let payload: Value = serde_json::from_slice(&text).map_err(told)?;
    let title = &payload["notification"]["title"];
    if title == "Olaria Vale Manso: on its way" {
        return Ok(());
    }
    Err(format!("the first phone was told {title}"))
}

/// What the push service has heard.
struct Sink {
    connections: AtomicUsize,
    requests: AtomicUsize,
    http2: AtomicUsize,
    /// When each phone's message was answered.
    answered: Mutex<Vec<Option<Instant>>>,
    /// What phone 0 got last.
    first_body: Mutex<Vec<u8>>,
    /// The system's number of the one thread that answers.
    thread: AtomicUsize,
}

impl Sink {
    fn new() -> Self {
        Self {
            connections: AtomicUsize::new(0),
            requests: AtomicUsize::new(0),
            http2: AtomicUsize::new(0),
            answered: Mutex::new(vec![None; PHONES]),
            first_body: Mutex::default(),
            thread: AtomicUsize::new(0),
        }
    }

    fn forget(&self) {
        for count in [&self.connections, &self.requests, &self.http2] {
            count.store(0, Ordering::Relaxed);
        }
        self.answered
            .lock()
            .expect("BUG: no answer panics")
            .fill(None);
    }

    /// How many messages came in.
    fn heard(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// How long each phone waited; an error unless each was told exactly once.
    fn took_since(&self, started: Instant) -> Result<Vec<Duration>, String> {
        let answered = self.answered.lock().map_err(told)?;
        let took: Vec<Duration> = answered
            .iter()
            .flatten()
            .map(|at| at.duration_since(started))
            .collect();
        if took.len() == PHONES && self.heard() == PHONES {
            return Ok(took);
        }
        Err(format!(
            "{} messages for {} of {PHONES} phones",
            self.heard(),
            took.len()
        ))
    }
}

async fn receive(request: HttpRequest, body: web::Bytes, sink: web::Data<Sink>) -> HttpResponse {
    let number = request
        .path()
        .rsplit('/')
        .next()
        .and_then(|number| number.parse().ok());
    let number: usize = number.unwrap_or(usize::MAX);
    if number == 0 {
        *sink.first_body.lock().expect("BUG: no answer panics") = body.to_vec();
    }
    if request.version() == Version::HTTP_2 {
        sink.http2.fetch_add(1, Ordering::Relaxed);
    }
    if let Some(at) = sink
        .answered
        .lock()
        .expect("BUG: no answer panics")
        .get_mut(number)
    {
        *at = Some(Instant::now());
    }
    sink.requests.fetch_add(1, Ordering::Relaxed);
    HttpResponse::Created().finish()
}

/// Lets the push service listen.
fn serve(sink: &Arc<Sink>) -> Result<ServerHandle, String> {
    sampan::app::install_crypto();
    let read = |name| {
        let file = std::env::var_os(name).ok_or(format!("{name} is not set"))?;
        std::fs::read(file).map_err(told)
    };
    let certificate = X509::from_pem(&read(CERTIFICATE_FILE)?)
        .and_then(|pem| pem.to_der())
        .map_err(told)?;
    let key = PKey::private_key_from_pem(&read(KEY_FILE)?)
        .and_then(|pem| pem.private_key_to_pkcs8())
        .map_err(told)?;
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(key);
    let tls = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key.into())
        .map_err(told)?;
    let (shared, counted) = (web::Data::from(sink.clone()), sink.clone());
    let server = HttpServer::new(move || {
        shared.thread.store(own_thread(), Ordering::Relaxed);
        App::new()
            .app_data(shared.clone())
            .default_service(web::to(receive))
    })
    .on_connect(move |_, _| {
        counted.connections.fetch_add(1, Ordering::Relaxed);
    })
    .workers(1)
    .disable_signals()
    .bind_rustls_0_23((Ipv4Addr::LOCALHOST, PORT), tls)
    .map_err(told)?
    .run();
    let handle = server.handle();
    tokio::spawn(server);
    Ok(handle)
}

/// A certificate for localhost that vouches for itself.
fn make_certificate(certificate: &Path, key: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    let own: PKey<Private> = PKey::from_ec_key(EcKey::generate(&group)?)?;
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_text("CN", "localhost")?;
    let name = name.build();
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    builder.set_pubkey(&own)?;
    let (yesterday, tomorrow) = (Asn1Time::from_unix(0)?, Asn1Time::days_from_now(1)?);
    builder.set_not_before(&yesterday)?;
    builder.set_not_after(&tomorrow)?;
    let host = SubjectAlternativeName::new()
        .dns("localhost")
        .build(&builder.x509v3_context(None, None))?;
    builder.append_extension(host)?;
    builder.sign(&own, MessageDigest::sha256())?;
    std::fs::write(certificate, builder.build().to_pem()?)?;
    std::fs::write(key, own.private_key_to_pem_pkcs8()?)?;
    Ok(())
}

/// Processor seconds of this process, and of the push service's thread in it; nought where the system does not tell.
fn cpu(sink: &Sink) -> (f64, f64) {
    const TICKS_A_SECOND: f64 = 100.0;
    let seconds = |file: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let after_name = text.rsplit(')').next().unwrap_or_default();
        let ticks = after_name.split_whitespace().skip(11).take(2);
        ticks
            .filter_map(|ticks| ticks.parse::<f64>().ok())
            .sum::<f64>()
            / TICKS_A_SECOND
    };
    let thread = sink.thread.load(Ordering::Relaxed);
    (
        seconds("/proc/self/stat"),
        seconds(&format!("/proc/self/task/{thread}/stat")),
    )
}

fn own_thread() -> usize {
    let link = std::fs::read_link("/proc/thread-self").ok();
    let number = link.and_then(|link| link.file_name()?.to_str()?.parse().ok());
    number.unwrap_or(0)
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
