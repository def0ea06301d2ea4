//! Carriers that are asked, against a tracking endpoint of the test's own that can answer as a bad day would.

use super::{
    TestApp,
    app::{START, TestClock, fresh_database, settings},
    spawn_app_with,
    trade::{POTTERY, Shopper, number, seller},
};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::StatusCode, web};
use futures_util::future::join_all;
use sampan::{
    app::{Runner, Sources, build},
    platform::{
        config::Config,
        db,
        ids::SystemIds,
        keys::Keys,
        outbox::{self, Lane},
    },
};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    os::unix::fs::OpenOptionsExt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

const SECRET: &str = "what only we and the post know";
const NUMBER: &str = "RR123456785PT";
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// What the endpoint says next.
#[derive(Clone)]
enum Answer {
    Says(u16, Option<(&'static str, String)>, String),
    /// Nothing, for so many milliseconds; then 404.
    Waits(u64),
}

#[derive(Default)]
struct Endpoint {
    /// Path and `Authorization` of each question.
    questions: Mutex<Vec<(String, String)>>,
    answers: Mutex<VecDeque<Answer>>,
    /// After the answers: this one for good; 404 without it.
    lasting: Mutex<Option<Answer>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

async fn answer(request: HttpRequest, endpoint: web::Data<Endpoint>) -> HttpResponse {
    let header = request.headers().get("authorization");
    let bearer = header.and_then(|value| value.to_str().ok()).unwrap_or("");
    let question = (request.path().to_owned(), bearer.to_owned());
    endpoint.questions.lock().expect("questions").push(question);
    let at_once = endpoint.at_once.fetch_add(1, Ordering::SeqCst) + 1;
    endpoint.most_at_once.fetch_max(at_once, Ordering::SeqCst);
    let next = endpoint.answers.lock().expect("answers").pop_front();
    let next = next.or_else(|| endpoint.lasting.lock().expect("an answer").clone());
    let response = match next.unwrap_or_else(|| says(404, "")) {
        Answer::Says(status, header, body) => {
            let status = StatusCode::from_u16(status).expect("a status");
            let mut response = HttpResponse::build(status);
            if let Some(header) = header {
                response.insert_header(header);
            }
            response.body(body)
        }
        Answer::Waits(millis) => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            HttpResponse::NotFound().finish()
        }
    };
    endpoint.at_once.fetch_sub(1, Ordering::SeqCst);
    response
}

fn says(status: u16, body: &str) -> Answer {
    Answer::Says(status, None, body.to_owned())
}

fn later(status: u16, retry_after: &str) -> Answer {
    let header = Some(("retry-after", retry_after.to_owned()));
    Answer::Says(status, header, String::new())
}

fn scan(id: &str, state: &str, at: &str) -> Value {
    json!({ "event_id": id, "tracking_number": NUMBER, "state": state, "at": at, "place": "Porto" })
}

/// The demo market, and a post that it asks.
struct Ground {
    app: TestApp,
    endpoint: web::Data<Endpoint>,
}

async fn ground() -> Ground {
    let endpoint = web::Data::new(Endpoint::default());
    let shared = endpoint.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(shared.clone())
            .default_service(web::to(answer))
    })
    .workers(1)
    .disable_signals()
    .bind(("127.0.0.1", 0))
    .expect("a free port");
    let service = server.addrs()[0].to_string();
    tokio::spawn(server.run());
    let app = spawn_app_with(|config| {
        config.push_allow = Some(service.clone());
        asks(config, &format!("http://{service}/track/{{number}}"), "CTT");
    })
    .await;
    Ground { app, endpoint }
}

/// A demo market whose carrier CTT is asked there, and whose keys hold a secret for it.
fn asks(config: &mut Config, url: &str, carrier: &str) {
    config.demo = true;
    config.poll_url = Some(url.to_owned());
    config.poll_carrier = Some(carrier.to_owned());
    let mut keys = Keys::generate(&SystemIds);
    keys.webhooks.insert("CTT".to_owned(), SECRET.to_owned());
    let mut file = std::fs::OpenOptions::new();
    let file = file.write(true).create_new(true).mode(0o600);
    let file = file.open(&config.keys_file).expect("a key file");
    serde_json::to_writer(file, &keys).expect("written");
}

/// A shopper whose six bowls travel under this number with this carrier.
async fn travelling<'a>(app: &'a TestApp, number: &str, carrier: &str) -> Shopper<'a> {
    let shopper = Shopper::with_bowls(app, 6).await;
    shopper.buy().await;
    let seller = seller(app, POTTERY).await;
    let (_, batches) = seller.get("/api/v1/seller/batches").await;
    let batches = batches["items"].as_array().expect("batches");
    let paid = batches.iter().find(|batch| batch["state"] == "paid");
    let id = paid.expect("a paid batch")["id"].as_str().expect("an id");
    let path = format!("/api/v1/seller/batches/{id}/shipped");
    let body = json!({ "tracking_number": number, "carrier": carrier });
    let (status, shipped) = seller.post(&path, body).await;
    assert_eq!(status, 200, "{shipped}");
    shopper
}

impl Ground {
    fn answers(&self, answer: Answer) {
        let mut answers = self.endpoint.answers.lock().expect("answers");
        answers.push_back(answer);
    }

    fn always(&self, answer: Answer) {
        *self.endpoint.lasting.lock().expect("an answer") = Some(answer);
    }

    fn questions(&self) -> usize {
        self.endpoint.questions.lock().expect("questions").len()
    }
}

/// Runs the questions that are due, and nothing that they cause.
async fn ask(app: &TestApp) {
    let runner = Runner(app.rooms.clone());
    let platform = &app.rooms.platform;
    let lane = Lane::Only(&["shipments.poll"]);
    while outbox::run_due(&platform.db, &*platform.clock, &runner, lane)
        .await
        .expect("the outbox is readable")
        > 0
    {}
}

/// Seconds until the first question that waits.
async fn pause(app: &TestApp) -> i64 {
    let query = "SELECT MIN(run_at) AS n FROM job WHERE kind = 'shipments.poll' AND state = 'waiting' AND claimed_until = 0";
    (number(app, query).await - app.rooms.platform.now().micros()) / 1_000_000
}

/// Lets the time pass until the next question, and asks it.
async fn ask_next(app: &TestApp) {
    app.clock.advance_seconds(pause(app).await + 1);
    ask(app).await;
}

async fn questions_waiting(app: &TestApp) -> i64 {
    let query = "SELECT COUNT(*) AS n FROM job WHERE kind = 'shipments.poll' AND state = 'waiting'";
    number(app, query).await
}

async fn pushes(app: &TestApp) -> i64 {
    let query = "SELECT COUNT(*) AS n FROM job WHERE kind = 'push.parcel'";
    number(app, query).await
}

async fn revisions(app: &TestApp) -> i64 {
    number(app, "SELECT CAST(SUM(rev) AS BIGINT) AS n FROM scope").await
}

/// The parcel's state, and those of its history as they came in.
async fn history(app: &TestApp) -> (String, Vec<String>) {
    let reader = app.rooms.platform.db.reader();
    let text = "SELECT p.state AS now, e.state AS said FROM parcel p JOIN parcel_event e ON e.parcel_id = p.id \
                WHERE p.number = $1 ORDER BY e.received_at, e.at";
    let rows = db::fetch_all(reader, text, [NUMBER.into()]).await;
    let rows = rows.expect("a history");
    let text = |at: usize, name: &str| rows[at].try_get::<String>("", name).expect("a state");
    let said = (0..rows.len()).map(|at| text(at, "said")).collect();
    (text(0, "now"), said)
}

fn told(state: &str, history: &[&str]) -> (String, Vec<String>) {
    let history = history.iter().map(|state| (*state).to_owned());
    (state.to_owned(), history.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carrier_is_asked_until_it_has_delivered_and_the_shopper_hears_of_each_step_once() {
    let ground = ground().await;
    let app = &ground.app;
    let _shopper = travelling(app, NUMBER, "ctt").await;
    assert!((2 * HOUR..=2 * HOUR + HOUR / 4).contains(&pause(app).await));
    ask(app).await;
    assert_eq!(ground.questions(), 0);
    let picked = scan("1", "picked_up", "2026-11-23T20:30:00Z");
    let moving = scan("2", "in_transit", "2026-11-23T21:30:00Z");
    ground.answers(says(200, &json!([moving, picked]).to_string()));
    ask_next(app).await;
    let question = (format!("/track/{NUMBER}"), format!("Bearer {SECRET}"));
    assert_eq!(
        *ground.endpoint.questions.lock().expect("questions"),
        [question]
    );
    let steps = ["info_received", "picked_up", "in_transit"];
    assert_eq!(history(app).await, told("in_transit", &steps));
    assert_eq!(pushes(app).await, 1);

    // The same again takes no revision, and a late scan only joins the history.
    let before = revisions(app).await;
    ground.answers(says(200, &json!([picked, moving]).to_string()));
    ask_next(app).await;
    assert_eq!((revisions(app).await, pushes(app).await), (before, 1));
    let late = scan("0", "info_received", "2026-11-23T20:10:00Z");
    ground.answers(says(200, &json!([late, picked, moving]).to_string()));
    ask_next(app).await;
    assert_eq!(pushes(app).await, 1);
    let (state, steps) = history(app).await;
    assert_eq!((state.as_str(), steps.len()), ("in_transit", 4));

    // One event needs no list; arrived, nothing is asked any more.
    let delivered = scan("3", "delivered", "2026-11-24T02:00:00Z");
    ground.answers(says(200, &delivered.to_string()));
    ask_next(app).await;
    assert_eq!(history(app).await.0, "delivered");
    assert_eq!((pushes(app).await, questions_waiting(app).await), (2, 0));
    let batch = "SELECT COUNT(*) AS n FROM batch WHERE state = 'delivered'";
    assert_eq!(number(app, batch).await, 1);
    assert_eq!(ground.questions(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_arrival_told_by_a_hook_ends_the_questions_and_other_carriers_are_not_asked() {
    let ground = ground().await;
    let app = &ground.app;
    let _shopper = travelling(app, NUMBER, "CTT").await;
    let _other = travelling(app, "RR000000005PT", "DHL").await;
    assert_eq!(questions_waiting(app).await, 1);
    let delivered = scan("9", "delivered", "2026-11-23T21:00:00Z");
    let (status, _) = super::trade::carrier_says(app, &delivered, None).await;
    assert_eq!(status, 204);
    ask_next(app).await;
    assert_eq!((ground.questions(), questions_waiting(app).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_cannot_be_right_changes_nothing_and_the_next_is_taken() {
    let ground = ground().await;
    let app = &ground.app;
    let _shopper = travelling(app, NUMBER, "CTT").await;
    let own = scan("1", "in_transit", "2026-11-23T21:00:00Z");
    let mut other = own.clone();
    other["tracking_number"] = "RR000000005PT".into();
    let mut long = vec![own.clone()];
    long.extend(
        (0..1_000).map(|at| scan(&format!("long {at}"), "in_transit", "2026-11-23T21:00:00Z")),
    );
    let elsewhere = Some(("location", format!("/track/{NUMBER}/elsewhere")));
    let unusable = [
        says(404, &own.to_string()),
        Answer::Says(302, elsewhere.clone(), String::new()),
        Answer::Says(307, elsewhere, own.to_string()),
        says(200, &json!(long).to_string()),
        says(200, &json!([own, other]).to_string()),
        says(200, &other.to_string()),
        says(200, "<html>"),
        says(200, ""),
        says(200, "[]"),
        says(204, ""),
        says(418, &own.to_string()),
    ];
    let before = revisions(app).await;
    for (at, answer) in unusable.into_iter().enumerate() {
        ground.answers(answer);
        ask_next(app).await;
        assert_eq!(ground.questions(), at + 1);
        let pause = pause(app).await;
        assert!(
            (2 * HOUR..=2 * HOUR + HOUR / 4).contains(&pause),
            "{at}: {pause}"
        );
    }
    assert_eq!(revisions(app).await, before);
    assert_eq!(
        history(app).await,
        told("info_received", &["info_received"])
    );
    ground.answers(says(200, &own.to_string()));
    ask_next(app).await;
    assert_eq!(history(app).await.0, "in_transit");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carrier_that_wants_a_pause_gets_it_for_all_its_parcels() {
    let ground = ground().await;
    let app = &ground.app;
    let _shopper = travelling(app, NUMBER, "CTT").await;
    for (answer, at_least, at_most) in [
        (later(429, "5000"), 5_000, 5_625),
        (
            later(429, "Fri, 01 Jan 2027 00:00:00 GMT"),
            DAY,
            DAY + 3 * HOUR,
        ),
        (later(503, "864000"), DAY, DAY + 3 * HOUR),
        (says(429, ""), 900, 1_013),
        (says(401, ""), HOUR, HOUR + 450),
    ] {
        ground.answers(answer);
        ask_next(app).await;
        let pause = pause(app).await;
        assert!((at_least..=at_most).contains(&pause), "{at_least}: {pause}");
    }
    // Another parcel meets the pause before it asks anything.
    let _other = travelling(app, "RR000000005PT", "CTT").await;
    ground.answers(later(429, "20000"));
    ask_next(app).await;
    let asked = ground.questions();
    app.clock.advance_seconds(9_000);
    ask(app).await;
    assert_eq!(ground.questions(), asked);
    app.clock.advance_seconds(14_000);
    ask(app).await;
    assert_eq!(ground.questions(), asked + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carrier_that_fails_is_asked_less_and_less_but_never_forgotten() {
    let ground = ground().await;
    let app = &ground.app;
    let _shopper = travelling(app, NUMBER, "CTT").await;
    ground.always(says(500, "oh"));
    for (at, due) in [900, 900, 900, 1_800, 3_600, 7_200, 14_400, 21_600]
        .into_iter()
        .chain([21_600; 8])
        .enumerate()
    {
        ask_next(app).await;
        assert_eq!(ground.questions(), at + 1);
        let pause = pause(app).await;
        assert!((due..=due + due / 8).contains(&pause), "{at}: {pause}");
    }
    let own = scan("1", "in_transit", "2026-11-23T21:00:00Z");
    ground.always(says(200, &own.to_string()));
    ask_next(app).await;
    assert_eq!(history(app).await.0, "in_transit");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carrier_that_hangs_is_left_in_time() {
    let ground = ground().await;
    let app = &ground.app;
    let _shopper = travelling(app, NUMBER, "CTT").await;
    ground.answers(Answer::Waits(60_000));
    let started = std::time::Instant::now();
    ask_next(app).await;
    assert!(started.elapsed() < Duration::from_secs(20));
    assert_eq!(ground.questions(), 1);
    assert!((900..=1_013).contains(&pause(app).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn few_questions_are_asked_at_once() {
    let ground = ground().await;
    ground.always(Answer::Waits(300));
    let carrier = ground.app.rooms.polled.clone().expect("a carrier");
    let numbers: Vec<String> = (0..12).map(|at| format!("PARCEL-{at}")).collect();
    let answers = join_all(numbers.iter().map(|number| carrier.ask(number))).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(ground.endpoint.most_at_once.load(Ordering::SeqCst), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_leads_into_our_own_network_is_never_connected_to() {
    let home = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    home.set_nonblocking(true).expect("set");
    let port = home.local_addr().expect("an address").port();
    let url = format!("https://localhost:{port}/{{number}}");
    let app = spawn_app_with(|config| asks(config, &url, "CTT")).await;
    let _shopper = travelling(&app, NUMBER, "CTT").await;
    ask_next(&app).await;
    let knocked = home.accept().map(|_| ()).map_err(|error| error.kind());
    assert_eq!(knocked, Err(std::io::ErrorKind::WouldBlock));
    assert!((900..=1_013).contains(&pause(&app).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_says_what_is_wrong_with_the_carrier_it_should_ask() {
    sampan::app::install_crypto();
    let good = "https://carrier.example/{number}";
    for (url, carrier, why) in [
        ("https://10.0.0.1/{number}", Some("CTT"), "SAMPAN_POLL_URL"),
        ("http://carrier.example/{number}", Some("CTT"), "https"),
        ("https://carrier.example/", Some("CTT"), "{number}"),
        (good, None, "both or neither"),
        (good, Some("Generic"), "taken"),
        (good, Some("sandbox"), "taken"),
        (good, Some("sampan-local"), "taken"),
        (good, Some("DHL"), "no secret"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut config = settings(folder.path(), fresh_database(folder.path()).await);
        asks(&mut config, url, "");
        config.poll_carrier = carrier.map(str::to_owned);
        let sources = Sources {
            clock: Arc::new(TestClock::starting_at(START)),
            ids: Arc::new(SystemIds),
        };
        let refusal = build(config, sources).await.err().expect(url).to_string();
        assert!(refusal.contains(why), "{url} {carrier:?}: {refusal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_silent_days_end_the_questions_and_the_history_says_so() {
    let ground = ground().await;
    let app = &ground.app;
    let _shopper = travelling(app, NUMBER, "CTT").await;
    let days = || (app.rooms.platform.now().seconds() - START.seconds()) / DAY;
    // The silence counts from the last news, those of the second day.
    while days() < 2 {
        ask_next(app).await;
    }
    let moving = scan("1", "in_transit", "2026-11-25T19:00:00Z");
    ground.answers(says(200, &moving.to_string()));
    ask_next(app).await;
    ground.always(says(200, &moving.to_string()));
    while questions_waiting(app).await > 0 {
        assert!(days() < 64);
        ask_next(app).await;
    }
    assert!((62..=63).contains(&days()), "{}", days());
    assert!(
        (90..=140).contains(&ground.questions()),
        "{}",
        ground.questions()
    );
    let steps = ["info_received", "in_transit", "expired"];
    assert_eq!(history(app).await, told("expired", &steps));
}
