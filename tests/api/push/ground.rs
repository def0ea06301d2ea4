//! A server of ours, and a push service that can answer as a bad day would.

use crate::api::{TestApp, spawn_app_with};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ece::EcKeyComponents;
use sampan::{
    platform::{db, token},
    push::Moved,
    scope,
};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};
use uuid::Uuid;

/// What came to the push service.
#[derive(Clone)]
pub struct Post {
    pub path: String,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

/// A status, and a header if there is one.
type NextAnswer = (u16, Option<(&'static str, String)>);

#[derive(Default)]
pub struct Sink {
    pub posts: Mutex<Vec<Post>>,
    /// Status and header of the next answers; afterwards 201.
    pub answers: Mutex<VecDeque<NextAnswer>>,
}

impl Sink {
    pub fn posts(&self) -> Vec<Post> {
        self.posts.lock().expect("posts").clone()
    }
    pub fn answer_next(&self, status: u16, header: Option<(&'static str, &str)>) {
        let header = header.map(|(name, value)| (name, value.to_owned()));
        self.answers
            .lock()
            .expect("answers")
            .push_back((status, header));
    }
}

pub async fn receive(
    request: HttpRequest,
    body: web::Bytes,
    sink: web::Data<Sink>,
) -> HttpResponse {
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
pub struct Ground {
    pub app: TestApp,
    pub sink: web::Data<Sink>,
    pub service: String,
}

pub async fn ground() -> Ground {
    ground_with(false).await
}

pub async fn ground_with(demo: bool) -> Ground {
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
    let app = spawn_app_with(|config| {
        config.push_allow = Some(allowed);
        config.demo = demo;
    })
    .await;
    Ground { app, sink, service }
}

/// A person with a bearer token.
#[derive(Clone)]
pub struct Person {
    pub scope_id: Uuid,
    pub device_id: Uuid,
    pub token: String,
}

/// A phone whose private key the test holds.
pub struct Phone {
    pub keys: EcKeyComponents,
    pub auth: Vec<u8>,
    pub endpoint: String,
}

impl Phone {
    pub fn subscription(&self) -> Value {
        json!({
            "endpoint": self.endpoint,
            "keys": {
                "p256dh": URL_SAFE_NO_PAD.encode(self.keys.public_key()),
                "auth": URL_SAFE_NO_PAD.encode(&self.auth),
            },
        })
    }

    pub fn read(&self, post: &Post) -> Value {
        let text = ece::decrypt(&self.keys, &self.auth, &post.body).expect("decrypted");
        serde_json::from_slice(&text).expect("JSON")
    }
}

impl Ground {
    pub async fn person(&self) -> Person {
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

    pub fn phone(&self) -> Phone {
        let (pair, auth) = ece::generate_keypair_and_auth_secret().expect("keys");
        let id = self.app.rooms.platform.new_id();
        Phone {
            keys: pair.raw_components().expect("keys"),
            auth: auth.to_vec(),
            endpoint: format!("http://{}/wpush/v2/{id}", self.service),
        }
    }

    pub async fn put(&self, person: &Person, body: &Value) -> (u16, Value) {
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

    pub async fn subscribe(&self, person: &Person, more: Value) -> Phone {
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
    pub async fn moved(&self, person: &Person, kind: &'static str, order_id: Uuid, state: &str) {
        self.tell(
            kind,
            Moved {
                scope_id: person.scope_id,
                order_id,
                batch_id: None,
                parcel_id: None,
                state: state.to_owned(),
                event_id: Some(self.app.rooms.platform.new_id().to_string()),
            },
        )
        .await;
        self.app.run_jobs().await;
        self.app.clock.advance_seconds(1);
    }

    pub async fn tell(&self, kind: &'static str, moved: Moved) {
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

    pub async fn count(&self, text: &str) -> i64 {
        let row = db::fetch_one(self.app.rooms.platform.db.reader(), text, [])
            .await
            .expect("readable")
            .expect("a row");
        row.try_get("", "n").expect("a number")
    }

    pub async fn subscriptions(&self) -> i64 {
        self.count("SELECT COUNT(*) AS n FROM push_subscription")
            .await
    }
}
