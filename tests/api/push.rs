//! Pushes, against a push service of this test's own that can answer as a bad day would.

use super::{TestApp, spawn_app_with};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ece::EcKeyComponents;
use sampan::{
    platform::{db, token},
    push::Moved,
    scope,
};
use sea_orm::DbErr;
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};
use uuid::Uuid;

/// What came to the push service.
#[derive(Clone)]
struct Post {
    path: String,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

#[derive(Default)]
struct Sink {
    posts: Mutex<Vec<Post>>,
    /// Status and header of the next answers; afterwards 201.
    answers: Mutex<VecDeque<(u16, Option<(&'static str, String)>)>>,
}

impl Sink {
    fn posts(&self) -> Vec<Post> {
        self.posts.lock().expect("posts").clone()
    }
    fn answer_next(&self, status: u16, header: Option<(&'static str, &str)>) {
        let header = header.map(|(name, value)| (name, value.to_owned()));
        self.answers
            .lock()
            .expect("answers")
            .push_back((status, header));
    }
}

async fn receive(request: HttpRequest, body: web::Bytes, sink: web::Data<Sink>) -> HttpResponse {
    let headers = request
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned()))
        .collect();
    sink.posts.lock().expect("posts").push(Post {
        path: request.path().to_owned(),
        headers,
        body: body.to_vec(),
    });
    let answer = sink.answers.lock().expect("answers").pop_front();
    let (status, header) = answer.unwrap_or((201, None));
    let mut response =
        HttpResponse::build(actix_web::http::StatusCode::from_u16(status).expect("a status"));
    if let Some((name, value)) = header {
        response.insert_header((name, value));
    }
    response.body("x".repeat(100_000))
}

/// A server of ours and a push service it may send to.
struct Ground {
    app: TestApp,
    sink: web::Data<Sink>,
    service: String,
}

async fn ground() -> Ground {
    let sink = web::Data::new(Sink::default());
    let shared = sink.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(shared.clone())
            .default_service(web::to(receive))
    })
    .workers(1)
    .disable_signals()
    .bind(("127.0.0.1", 0))
    .expect("a free port");
    let service = server.addrs()[0].to_string();
    tokio::spawn(server.run());
    let allowed = service.clone();
    let app = spawn_app_with(|config| config.push_allow = Some(allowed)).await;
    Ground { app, sink, service }
}

/// A person with a bearer token.
#[derive(Clone)]
struct Person {
    scope_id: Uuid,
    device_id: Uuid,
    token: String,
}

/// A phone whose private key the test holds.
struct Phone {
    keys: EcKeyComponents,
    auth: Vec<u8>,
    endpoint: String,
}

impl Phone {
    fn subscription(&self) -> Value {
        json!({
            "endpoint": self.endpoint,
            "keys": {
                "p256dh": URL_SAFE_NO_PAD.encode(self.keys.public_key()),
                "auth": URL_SAFE_NO_PAD.encode(&self.auth),
            },
        })
    }

    fn read(&self, post: &Post) -> Value {
        let text = ece::decrypt(&self.keys, &self.auth, &post.body).expect("decrypted");
        serde_json::from_slice(&text).expect("JSON")
    }
}

impl Ground {
    async fn person(&self) -> Person {
        let platform = &self.app.rooms.platform;
        let (scope_id, device_id) = (platform.ids.v4(), platform.new_id());
        let now = platform.now().micros();
        platform
            .db
            .write(move |tx| {
                Box::pin(async move {
                    scope::create(tx, scope_id, "guest", now).await?;
                    let text = "INSERT INTO device (scope_id, id, secret_hash, last_seq, last_eff, base_floor, created_at, last_seen_at) \
                                VALUES ($1, $2, $3, 0, 0, 0, $4, $4)";
                    let values = [scope_id.into(), device_id.into(), vec![0_u8].into(), now.into()];
                    db::execute(tx, text, values).await.map(|_| ())
                })
            })
            .await
            .expect("a person");
        let token = token::sign(platform, scope_id, device_id).expect("a token");
        Person {
            scope_id,
            device_id,
            token,
        }
    }

    fn phone(&self) -> Phone {
        let (pair, auth) = ece::generate_keypair_and_auth_secret().expect("keys");
        let id = self.app.rooms.platform.new_id();
        Phone {
            keys: pair.raw_components().expect("keys"),
            auth: auth.to_vec(),
            endpoint: format!("http://{}/wpush/v2/{id}", self.service),
        }
    }

    async fn put(&self, person: &Person, body: &Value) -> (u16, Value) {
        let url = format!("{}/api/v1/push/subscriptions", self.app.address);
        self.app
            .send(
                self.app
                    .client
                    .put(url)
                    .bearer_auth(&person.token)
                    .json(body),
            )
            .await
    }

    async fn subscribe(&self, person: &Person, more: Value) -> Phone {
        let phone = self.phone();
        let mut body = phone.subscription();
        for (name, value) in more.as_object().expect("members") {
            body[name] = value.clone();
        }
        let (status, reply) = self.put(person, &body).await;
        assert_eq!(status, 200, "{reply}");
        phone
    }

    /// Writes the job that a change of state writes.
    async fn moved(&self, person: &Person, kind: &'static str, order_id: Uuid, state: &str) {
        self.tell(
            kind,
            Moved {
                scope_id: person.scope_id,
                order_id,
                state: state.to_owned(),
                event_id: self.app.rooms.platform.new_id().to_string(),
            },
        )
        .await;
        self.app.run_jobs().await;
        self.app.clock.advance_seconds(1);
    }

    async fn tell(&self, kind: &'static str, moved: Moved) {
        let platform = self.app.rooms.platform.clone();
        let outbox = platform.outbox.clone();
        platform
            .db
            .write(move |tx| {
                let (outbox, moved) = (outbox.clone(), moved.clone());
                Box::pin(async move { outbox.enqueue(tx, kind, &moved).await })
            })
            .await
            .expect("a job");
    }

    async fn count(&self, text: &str) -> i64 {
        let row = db::fetch_one(self.app.rooms.platform.db.reader(), text, [])
            .await
            .expect("readable")
            .expect("a row");
        row.try_get("", "n").expect("a number")
    }

    async fn subscriptions(&self) -> i64 {
        self.count("SELECT COUNT(*) AS n FROM push_subscription")
            .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shipped_batch_becomes_one_encrypted_message() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.subscribe(&person, json!({"locale": "en"})).await;
    let order = ground.app.rooms.platform.new_id();
    let moved = Moved {
        scope_id: person.scope_id,
        order_id: order,
        state: "shipped".to_owned(),
        event_id: "event-1".to_owned(),
    };
    // The job may run twice, and nobody notices.
    ground.tell("push.batch", moved.clone()).await;
    ground.tell("push.batch", moved).await;
    ground.app.run_jobs().await;

    let posts = ground.sink.posts();
    assert_eq!(posts.len(), 1);
    let post = &posts[0];
    assert_eq!(
        format!("http://{}{}", ground.service, post.path),
        phone.endpoint
    );
    assert_eq!(post.headers["content-encoding"], "aes128gcm");
    assert!(post.headers["ttl"].parse::<u32>().expect("seconds") > 0);
    assert_eq!(post.headers["topic"], order.simple().to_string());
    assert_eq!(post.headers["urgency"], "normal");
    let payload = phone.read(post);
    let public_url = ground.app.rooms.platform.config.public_url();
    assert_eq!(payload["web_push"], 8030);
    assert_eq!(
        payload["notification"]["navigate"],
        format!("{public_url}/orders/{order}")
    );
    assert_eq!(payload["notification"]["tag"], format!("order-{order}"));
    assert_eq!(payload["notification"]["data"]["status"], "shipped");
    assert!(
        payload["notification"]["title"]
            .as_str()
            .expect("a title")
            .ends_with("on its way")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn our_signature_names_the_service_with_its_port_and_lasts_for_hours() {
    let ground = ground().await;
    let person = ground.person().await;
    ground.subscribe(&person, json!({})).await;
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&person, "push.batch", order, "shipped").await;
    ground.app.clock.advance_seconds(600);
    ground
        .moved(&person, "push.parcel", order, "delivered")
        .await;

    let (_, key) = ground.app.get("/api/v1/push/key").await;
    let posts = ground.sink.posts();
    let authorizations: Vec<&str> = posts
        .iter()
        .map(|post| post.headers["authorization"].as_str())
        .collect();
    assert_eq!(authorizations.len(), 2);
    assert_eq!(authorizations[0], authorizations[1]);
    let (token, public) = authorizations[0]
        .strip_prefix("vapid t=")
        .and_then(|rest| rest.split_once(", k="))
        .expect("a signature");
    assert_eq!(key["key"], public);
    let claims = URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1).expect("claims"))
        .expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    assert_eq!(claims["aud"], format!("http://{}", ground.service));
    assert_eq!(claims["sub"], "mailto:test@sampan.example");
    let life = claims["exp"].as_i64().expect("a time") - super::app::START.seconds();
    assert!((3_600..=86_400).contains(&life), "{life}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_of_a_service_has_its_consequence() {
    // Answer · later, in seconds · messages sent in all · is the subscription still there
    for (status, header, later, sent, kept) in [
        (201, None, 4_000, 1, true),
        (204, None, 4_000, 1, true),
        (307, Some(("location", "/elsewhere")), 4_000, 1, true),
        (400, None, 4_000, 1, true),
        (401, None, 800, 1, true),
        (401, None, 1_000, 2, true),
        (404, None, 4_000, 1, false),
        (406, Some(("retry-after", "120")), 100, 1, true),
        (406, Some(("retry-after", "120")), 130, 2, true),
        (410, None, 4_000, 1, false),
        (413, None, 0, 2, true),
        (
            429,
            Some(("retry-after", "Mon, 23 Nov 2026 20:05:00 GMT")),
            200,
            1,
            true,
        ),
        (
            429,
            Some(("retry-after", "Mon, 23 Nov 2026 20:05:00 GMT")),
            310,
            2,
            true,
        ),
        (500, None, 10, 1, true),
        (503, None, 100, 2, true),
    ] {
        let ground = ground().await;
        let person = ground.person().await;
        ground.subscribe(&person, json!({})).await;
        ground.sink.answer_next(status, header);
        let order = ground.app.rooms.platform.new_id();
        ground.moved(&person, "push.batch", order, "shipped").await;
        ground.app.clock.advance_seconds(later);
        ground.app.run_jobs().await;
        let posts = ground.sink.posts();
        assert_eq!(posts.len(), sent, "{status} after {later} s");
        assert!(
            posts.iter().all(|post| post.path.starts_with("/wpush/")),
            "{status}"
        );
        assert_eq!(ground.subscriptions().await == 1, kept, "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_too_long_for_a_service_comes_shortened_once() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.subscribe(&person, json!({})).await;
    ground.sink.answer_next(413, None);
    ground.sink.answer_next(413, None);
    let order = ground.app.rooms.platform.new_id();
    ground
        .moved(&person, "push.parcel", order, "delivered")
        .await;
    ground.app.clock.advance_seconds(4_000);
    ground.app.run_jobs().await;
    let posts = ground.sink.posts();
    assert_eq!(posts.len(), 2);
    let body = |post| {
        phone.read(post)["notification"]["body"]
            .as_str()
            .map(str::len)
    };
    assert!(body(&posts[1]) < body(&posts[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_hears_as_much_as_it_asked_for_in_its_own_language() {
    let ground = ground().await;
    let person = ground.person().await;
    let important = ground.subscribe(&person, json!({"locale": "ar"})).await;
    let every_step = ground
        .subscribe(&person, json!({"level": "every_step", "locale": "zh-Hans"}))
        .await;
    ground.subscribe(&person, json!({"level": "none"})).await;
    let order = ground.app.rooms.platform.new_id();
    for (kind, state) in [
        ("push.batch", "paid"),
        ("push.batch", "packed"),
        ("push.batch", "shipped"),
        ("push.parcel", "info_received"),
        ("push.parcel", "in_transit"),
        ("push.parcel", "delivered"),
        ("push.batch", "delivered"),
        ("push.batch", "settled"),
    ] {
        ground.moved(&person, kind, order, state).await;
    }
    let heard = |phone: &Phone| -> Vec<Value> {
        let posts = ground.sink.posts();
        let own = posts
            .iter()
            .filter(|post| phone.endpoint.ends_with(&post.path));
        own.map(|post| phone.read(post)["notification"].take())
            .collect()
    };
    let states = |told: &[Value]| -> Vec<String> {
        told.iter()
            .map(|each| {
                each["data"]["status"]
                    .as_str()
                    .expect("a status")
                    .to_owned()
            })
            .collect()
    };
    let told = heard(&important);
    assert_eq!(states(&told), ["shipped", "delivered"]);
    assert_eq!(
        (&told[0]["lang"], &told[0]["dir"]),
        (&json!("ar"), &json!("rtl"))
    );
    let told = heard(&every_step);
    assert_eq!(
        states(&told),
        ["packed", "shipped", "in_transit", "delivered"]
    );
    assert_eq!(
        (&told[0]["lang"], &told[0]["dir"]),
        (&json!("zh"), &json!("ltr"))
    );
    let order_of_time: Vec<i64> = told
        .iter()
        .map(|each| each["data"]["seq"].as_i64().expect("a number"))
        .collect();
    assert!(order_of_time.is_sorted());
    assert_eq!(ground.sink.posts().len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_step_is_not_told_after_a_newer_one_and_stale_news_not_at_all() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.subscribe(&person, json!({})).await;
    let order = ground.app.rooms.platform.new_id();
    ground.sink.answer_next(503, None);
    ground.moved(&person, "push.batch", order, "shipped").await;
    ground
        .moved(&person, "push.parcel", order, "delivered")
        .await;
    ground.app.clock.advance_seconds(4_000);
    ground.app.run_jobs().await;
    let told: Vec<Value> = ground
        .sink
        .posts()
        .iter()
        .map(|post| phone.read(post)["notification"]["data"]["status"].take())
        .collect();
    assert_eq!(
        told,
        ["shipped", "delivered"],
        "the first was refused, and then overtaken"
    );

    let other = ground.app.rooms.platform.new_id();
    ground.sink.answer_next(503, None);
    ground
        .moved(&person, "push.parcel", other, "out_for_delivery")
        .await;
    ground.app.clock.advance_seconds(13 * 3_600);
    ground.app.run_jobs().await;
    assert_eq!(ground.sink.posts().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_asks_for_a_pause_gets_it_from_every_message() {
    let ground = ground().await;
    let person = ground.person().await;
    ground.subscribe(&person, json!({})).await;
    ground.sink.answer_next(429, Some(("retry-after", "300")));
    let new_order = || ground.app.rooms.platform.new_id();
    ground
        .moved(&person, "push.batch", new_order(), "shipped")
        .await;
    ground
        .moved(&person, "push.batch", new_order(), "shipped")
        .await;
    assert_eq!(ground.sink.posts().len(), 1);
    ground.app.clock.advance_seconds(300);
    ground.app.run_jobs().await;
    assert_eq!(ground.sink.posts().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_is_checked_field_by_field() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.phone();
    for (field, wrong, pointer) in [
        ("/endpoint", json!("http://example.org/push"), "/endpoint"),
        ("/endpoint", json!("https://example.org/push"), "/endpoint"),
        (
            "/endpoint",
            json!("https://169.254.169.254/latest"),
            "/endpoint",
        ),
        ("/endpoint", json!("https://127.0.0.1/x"), "/endpoint"),
        ("/endpoint", json!("http://127.0.0.1:1/x"), "/endpoint"),
        (
            "/endpoint",
            json!("https://fcm.googleapis.com:444/x"),
            "/endpoint",
        ),
        ("/endpoint", json!(""), "/endpoint"),
        ("/keys/p256dh", json!("AAAA"), "/keys/p256dh"),
        (
            "/keys/p256dh",
            json!(URL_SAFE_NO_PAD.encode([4_u8; 65])),
            "/keys/p256dh",
        ),
        ("/keys/auth", json!("AAAA"), "/keys/auth"),
    ] {
        let mut body = phone.subscription();
        *body.pointer_mut(field).expect("a field") = wrong.clone();
        let (status, problem) = ground.put(&person, &body).await;
        assert_eq!(
            (status, &problem["errors"][0]["pointer"]),
            (422, &json!(pointer)),
            "{field} {wrong}"
        );
    }
    for (name, wrong) in [
        ("level", json!("loud")),
        ("locale", json!("<script>")),
        ("expirationTime", json!(null)),
    ] {
        let mut body = phone.subscription();
        body[name] = wrong;
        assert_eq!(ground.put(&person, &body).await.0, 422, "{name}");
    }
    let nobody = Person {
        token: "nonsense".to_owned(),
        ..person.clone()
    };
    assert_eq!(ground.put(&nobody, &phone.subscription()).await.0, 401);
    assert_eq!(ground.subscriptions().await, 0);
    for endpoint in [
        "https://fcm.googleapis.com/fcm/send/x",
        "https://web.push.apple.com/x",
    ] {
        let mut body = phone.subscription();
        body["endpoint"] = json!(endpoint);
        assert_eq!(ground.put(&person, &body).await.0, 200, "{endpoint}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_says_it_again_and_is_still_one_phone() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground
        .subscribe(&person, json!({"level": "every_step"}))
        .await;
    let (_, again) = ground.put(&person, &phone.subscription()).await;
    let (_, once_more) = ground.put(&person, &phone.subscription()).await;
    assert_eq!(again["id"], once_more["id"]);
    assert_eq!(ground.subscriptions().await, 1);
    let quiet = "SELECT COUNT(*) AS n FROM push_subscription WHERE level = 'every_step'";
    assert_eq!(
        ground.count(quiet).await,
        1,
        "the level stays when it is not said"
    );

    let url = format!(
        "{}/api/v1/push/subscriptions/{}",
        ground.app.address,
        again["id"].as_str().expect("an id")
    );
    let stranger = ground.person().await;
    for (token, left) in [(&stranger.token, 1), (&person.token, 0), (&person.token, 0)] {
        let (status, _) = ground
            .app
            .send(ground.app.client.delete(&url).bearer_auth(token))
            .await;
        assert_eq!((status, ground.subscriptions().await), (204, left));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_in_other_hands_tells_only_its_new_owners_news() {
    let ground = ground().await;
    let (first, second) = (ground.person().await, ground.person().await);
    let phone = ground.subscribe(&first, json!({})).await;
    assert_eq!(ground.put(&second, &phone.subscription()).await.0, 200);
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&first, "push.batch", order, "shipped").await;
    assert_eq!(ground.sink.posts().len(), 0);
    ground.moved(&second, "push.batch", order, "shipped").await;
    assert_eq!(ground.sink.posts().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_twenty_phones_at_most_and_a_signed_out_one_stays_silent() {
    let ground = ground().await;
    let person = ground.person().await;
    for _ in 0..22 {
        ground.subscribe(&person, json!({})).await;
        ground.app.clock.advance_seconds(1);
    }
    assert_eq!(ground.subscriptions().await, 20);

    let (scope_id, device_id) = (person.scope_id, person.device_id);
    ground
        .app
        .rooms
        .platform
        .db
        .write(move |tx| {
            Box::pin(async move {
                let text = "UPDATE device SET signed_out_at = 1 WHERE scope_id = $1 AND id = $2";
                db::execute(tx, text, [scope_id.into(), device_id.into()]).await?;
                Ok::<_, DbErr>(())
            })
        })
        .await
        .expect("signed out");
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&person, "push.batch", order, "shipped").await;
    assert_eq!(ground.sink.posts().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_arrives_even_on_a_silent_phone_but_not_too_often() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.subscribe(&person, json!({"level": "none"})).await;
    let ask = || {
        ground
            .app
            .post_as(&person.token, "/api/v1/push/test", json!({}))
    };
    assert_eq!(ask().await.0, 202);
    assert_eq!(ask().await.0, 429);
    ground.app.run_jobs().await;
    let posts = ground.sink.posts();
    assert_eq!(posts.len(), 1);
    assert!(!posts[0].headers.contains_key("topic"));
    assert_eq!(phone.read(&posts[0])["notification"]["tag"], "test");
    ground.app.clock.advance_seconds(11);
    assert_eq!(ask().await.0, 202);
}

/// RFC 8291, section 5: the decryptor that these tests trust reads the vector of the standard.
#[test]
fn the_decryptor_of_these_tests_reads_the_vector_of_the_standard() {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    let keys = EcKeyComponents::new(
        bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
        bytes(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        ),
    );
    let message = bytes(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    );
    let text = ece::decrypt(&keys, &bytes("BTBZMqHH6r4Tts7J_aSIgg"), &message).expect("decrypted");
    assert_eq!(text, b"When I grow up, I want to be a watermelon");
}
