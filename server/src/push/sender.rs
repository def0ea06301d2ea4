//! The way out: encrypts a message and hands it to its push service, kindly.
//!
//! A few messages at once for each service, no redirects, no proxy, no address of our own network, bounded times and
//! bounded replies. A service that asks for a pause gets it, for all of its messages.

use super::{
    answer::{Verdict, judge, pause_seconds},
    endpoint::Allowed,
    vapid::Vapid,
};
use crate::platform::{Platform, clock::Clock, outward};
use reqwest::{Client, Response, header::RETRY_AFTER};
use sampan_engine::time::Timestamp;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Semaphore;
use web_push::{
    ContentEncoding, SubscriptionInfo, SubscriptionKeys, Urgency, WebPushError,
    WebPushMessageBuilder, WebPushPayload,
};

/// On one connection where the service speaks HTTP/2. A claim of the outbox holds twice as many: of a service that does
/// not answer each waits through two time-outs at most.
const AT_ONCE_A_SERVICE: usize = 64;
const REPLY_BYTES: usize = 4 * 1024;
/// So many failures in a row and the whole service gets a pause.
const FAILURES_BEFORE_PAUSE: u32 = 5;

/// One message for one phone.
pub struct Message<'a> {
    pub endpoint: &'a str,
    pub p256dh: &'a str,
    pub auth: &'a str,
    /// The key that the subscription was made with.
    pub kid: &'a str,
    pub payload: &'a [u8],
    pub ttl_seconds: u32,
    pub urgency: Urgency,
    /// A later message of the same topic replaces one that still waits at the service.
    pub topic: Option<String>,
}

/// Sends to push services.
pub struct Sender {
    clock: Arc<dyn Clock>,
    client: Option<Client>,
    allowed: Allowed,
    vapid: Vapid,
    services: Mutex<HashMap<String, Arc<Service>>>,
}

/// How one push service fares.
struct Service {
    permits: Semaphore,
    state: Mutex<ServiceState>,
}

#[derive(Default)]
struct ServiceState {
    paused_until: Option<Timestamp>,
    failures: u32,
    /// Times this node's key was refused since it started.
    keys_refused: i64,
}

impl Sender {
    pub fn new(platform: &Platform, allowed: Allowed) -> Self {
        let client = outward::client(allowed.loopback());
        if let Err(error) = &client {
            tracing::error!(%error, "no push can be sent: the system's certificates cannot be read");
        }
        Self {
            clock: platform.clock.clone(),
            client: client.ok(),
            allowed,
            vapid: Vapid::new(platform),
            services: Mutex::default(),
        }
    }

    pub fn vapid(&self) -> &Vapid {
        &self.vapid
    }

    pub fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    /// One attempt. The address is checked again: rules may have changed since it was stored.
    pub async fn send(&self, message: &Message<'_>) -> Verdict {
        let Some(client) = &self.client else {
            return Verdict::Failed;
        };
        let Ok(endpoint) = self.allowed.endpoint(message.endpoint) else {
            tracing::error!(
                "a subscription's push service is no longer among those that may be used"
            );
            return Verdict::Refused;
        };
        let service = self.service(&endpoint.origin);
        let Ok(_permit) = service.permits.acquire().await else {
            return Verdict::Failed;
        };
        let now = self.clock.now();
        if let Some(seconds) = locked(&service.state).pause_left(now) {
            return Verdict::Busy { seconds };
        }
        let encrypted = match self.encrypt(message, &endpoint.origin, now) {
            Ok(encrypted) => encrypted,
            Err(WebPushError::PayloadTooLarge) => return Verdict::TooBig,
            Err(error) => {
                tracing::error!(%error, service = endpoint.origin, "a push could not be encrypted");
                return Verdict::Refused;
            }
        };
        let mut request = client
            .post(endpoint.url)
            .header("ttl", message.ttl_seconds)
            .header("urgency", message.urgency.to_string())
            .header("content-type", "application/octet-stream")
            .header("content-encoding", encrypted.content_encoding.to_str());
        if let Some(topic) = &message.topic {
            request = request.header("topic", topic);
        }
        for (name, value) in encrypted.crypto_headers {
            request = request.header(name, value);
        }
        let verdict = match request.body(encrypted.content).send().await {
            Ok(response) => read(response, now).await,
            Err(error) => {
                tracing::warn!(error = %error.without_url(), service = endpoint.origin, "a push service does not answer");
                Verdict::Failed
            }
        };
        self.note(&endpoint.origin, &service, verdict, now);
        verdict
    }

    fn encrypt(
        &self,
        message: &Message<'_>,
        origin: &str,
        now: Timestamp,
    ) -> Result<WebPushPayload, WebPushError> {
        let subscription = SubscriptionInfo {
            endpoint: message.endpoint.to_owned(),
            keys: SubscriptionKeys {
                p256dh: message.p256dh.to_owned(),
                auth: message.auth.to_owned(),
            },
        };
        let signature = self.vapid.sign(message.kid, &subscription, origin, now)?;
        let mut builder = WebPushMessageBuilder::new(&subscription);
        builder.set_payload(ContentEncoding::Aes128Gcm, message.payload);
        builder.set_vapid_signature(signature);
        builder.build()?.payload.ok_or(WebPushError::Unspecified)
    }

    fn service(&self, origin: &str) -> Arc<Service> {
        let mut services = locked(&self.services);
        services
            .entry(origin.to_owned())
            .or_insert_with(|| {
                Arc::new(Service {
                    permits: Semaphore::new(AT_ONCE_A_SERVICE),
                    state: Mutex::default(),
                })
            })
            .clone()
    }

    /// Each service this node has sent to since it started: its host, until when it is paused, how often it refused our key.
    pub fn standing(&self, now: Timestamp) -> Vec<(String, Option<Timestamp>, i64)> {
        let services = locked(&self.services);
        let standing = services.iter().map(|(origin, service)| {
            let state = locked(&service.state);
            let paused = state
                .paused_until
                .filter(|_| state.pause_left(now).is_some());
            (
                super::storage::service_of(origin),
                paused,
                state.keys_refused,
            )
        });
        standing.collect()
    }

    /// Draws the consequences for the whole service.
    fn note(&self, origin: &str, service: &Service, verdict: Verdict, now: Timestamp) {
        let mut state = locked(&service.state);
        let was_paused_meanwhile = state.pause_left(now).is_some();
        match verdict {
            Verdict::Busy { seconds } => state.paused_until = Some(now.plus_seconds(seconds)),
            Verdict::KeyRefused { seconds } => {
                tracing::error!(
                    service = origin,
                    "a push service refuses our key; nothing is sent there for now"
                );
                state.paused_until = Some(now.plus_seconds(seconds));
                state.keys_refused += 1;
                self.vapid.forget(origin);
            }
            // What was on its way when a pause began says nothing new.
            Verdict::Failed if was_paused_meanwhile => {}
            Verdict::Failed => {
                state.failures += 1;
                if state.failures >= FAILURES_BEFORE_PAUSE {
                    let beyond = i64::from(state.failures - FAILURES_BEFORE_PAUSE);
                    state.paused_until = Some(now.plus_seconds(pause_seconds(beyond, 0)));
                }
            }
            Verdict::Delivered | Verdict::Gone | Verdict::Refused | Verdict::TooBig => {
                state.failures = 0;
            }
        }
    }
}

impl ServiceState {
    fn pause_left(&self, now: Timestamp) -> Option<i64> {
        let until = self.paused_until?;
        let left = until.seconds() - now.seconds();
        (left > 0).then_some(left)
    }
}

/// The verdict of an answer. Its body is read a little, so that the connection can be used again, and never kept.
async fn read(mut response: Response, now: Timestamp) -> Verdict {
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok());
    let verdict = judge(response.status().as_u16(), retry_after, now);
    if verdict == Verdict::Refused {
        tracing::error!(
            status = response.status().as_u16(),
            "a push service refuses a message"
        );
    }
    let mut read = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        read += chunk.len();
        if read > REPLY_BYTES {
            break;
        }
    }
    verdict
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
