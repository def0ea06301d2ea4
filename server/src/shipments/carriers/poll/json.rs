//! A carrier's tracking endpoint that answers in the body of our generic hook: one event, or a list of them.
//!
//! A few questions at once, no redirects, no proxy, no address of our own network, bounded times and bounded answers. An
//! endpoint that asks for a pause, or fails again and again, gets one for all of its parcels.

use super::{Asked, Asking, Poll, PollError, is_same};
use crate::{
    platform::{Platform, clock::Clock, outward},
    shipments::{
        LOCAL_CARRIER,
        carriers::{Adapter, generic},
    },
};
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{ACCEPT, RETRY_AFTER},
};
use sampan_engine::time::Timestamp;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Semaphore, time::timeout};

const AT_ONCE: usize = 4;
/// Longer is not waited for a turn: whoever runs the job has other work.
const TURN_WITHIN: Duration = Duration::from_secs(2);
const TURN_AGAIN_SECONDS: i64 = 15;
const ANSWER_BYTES: usize = 64 * 1024;
const MAX_URL_BYTES: usize = 2_048;
const PLACE_OF_NUMBER: &str = "{number}";
const DEFAULT_PAUSE_SECONDS: i64 = 900;
const MAX_PAUSE_SECONDS: i64 = 24 * 3_600;
/// Our secret is refused: somebody must look, and until then every question would be refused as well.
const SECRET_PAUSE_SECONDS: i64 = 3_600;
const FAILURE_SECONDS: i64 = 900;
const MAX_FAILURE_SECONDS: i64 = 6 * 3_600;
/// So many failures in a row and the endpoint gets a pause.
const FAILURES_BEFORE_PAUSE: u32 = 3;

/// Why no carrier can be asked as it is configured, in words for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PollMistake {
    #[error("SAMPAN_POLL_URL and SAMPAN_POLL_CARRIER belong together: set both or neither")]
    Half,
    #[error("SAMPAN_POLL_URL: {0}")]
    Url(&'static str),
    #[error(
        "SAMPAN_POLL_CARRIER={0} is taken: the name belongs to the demo or to a web hook, whose secret must not be sent"
    )]
    Name(String),
    #[error("SAMPAN_POLL_CARRIER={0}: the key file has no secret of this name among its webhooks")]
    Secret(String),
}

/// The endpoint of one carrier.
pub struct JsonPoll {
    carrier: String,
    /// With `{number}` in its path or query.
    url: String,
    secret: String,
    client: Client,
    clock: Arc<dyn Clock>,
    turns: Semaphore,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    paused_until: Option<Timestamp>,
    failures: u32,
}

/// What one answer means for the endpoint.
enum Heard {
    Answer(Asked),
    Unusable(String),
    Pause { seconds: i64 },
    Failed,
}

impl JsonPoll {
    /// The carrier that the configuration names, if it names one. `is_payments`: does a payment provider have this name?
    pub fn of(
        platform: &Platform,
        is_payments: impl Fn(&str) -> bool,
    ) -> Result<Option<Self>, PollMistake> {
        let config = &platform.config;
        let (url, carrier) = match (&config.poll_url, &config.poll_carrier) {
            (None, None) => return Ok(None),
            (Some(url), Some(carrier)) => (url.clone(), carrier.trim().to_owned()),
            _ => return Err(PollMistake::Half),
        };
        check_url(&url, config.push_allow.as_deref())?;
        let lower = carrier.to_lowercase();
        let is_taken = Adapter::parse(&lower).is_some() || is_payments(&lower);
        if carrier.is_empty() || is_taken || lower == LOCAL_CARRIER {
            return Err(PollMistake::Name(carrier));
        }
        let secret = platform.keys.webhooks.get(&carrier).cloned();
        let secret = secret.filter(|secret| !secret.is_empty());
        let secret = secret.ok_or_else(|| PollMistake::Secret(carrier.clone()))?;
        let client = outward::client(config.push_allow.as_deref())
            .map_err(|_| PollMistake::Url("the system's certificates cannot be read."))?;
        Ok(Some(Self {
            carrier,
            url,
            secret,
            client,
            clock: platform.clock.clone(),
            turns: Semaphore::new(AT_ONCE),
            state: Mutex::default(),
        }))
    }

    async fn question(&self, number: &str) -> Result<Asked, PollError> {
        let Ok(Ok(_turn)) = timeout(TURN_WITHIN, self.turns.acquire()).await else {
            return Err(PollError::Wait {
                seconds: TURN_AGAIN_SECONDS,
            });
        };
        let now = self.clock.now();
        if let Some(seconds) = self.state().pause_left(now) {
            return Err(PollError::Wait { seconds });
        }
        // A number holds letters, digits and hyphens only.
        let url = self.url.replace(PLACE_OF_NUMBER, number);
        let request = self
            .client
            .get(url)
            .bearer_auth(&self.secret)
            .header(ACCEPT, "application/json");
        let heard = match request.send().await {
            Ok(response) => read(response, number, now).await,
            Err(error) => {
                tracing::warn!(error = %error.without_url(), carrier = self.carrier, "a carrier does not answer");
                Heard::Failed
            }
        };
        self.note(heard, now)
    }

    /// Draws the consequences for all parcels of this carrier.
    fn note(&self, heard: Heard, now: Timestamp) -> Result<Asked, PollError> {
        let mut state = self.state();
        match heard {
            Heard::Answer(asked) => {
                state.failures = 0;
                Ok(asked)
            }
            Heard::Unusable(why) => {
                state.failures = 0;
                tracing::error!(
                    why,
                    carrier = self.carrier,
                    "a carrier's answer cannot be used"
                );
                Err(PollError::Unusable(why))
            }
            Heard::Pause { seconds } => {
                state.pause(now, seconds);
                Err(PollError::Wait { seconds })
            }
            Heard::Failed => {
                // What was on its way when a pause began says nothing new.
                if let Some(left) = state.pause_left(now) {
                    let seconds = left.max(FAILURE_SECONDS);
                    return Err(PollError::Failed { seconds });
                }
                state.failures += 1;
                let beyond = state.failures.saturating_sub(FAILURES_BEFORE_PAUSE).min(8);
                let seconds = (FAILURE_SECONDS << beyond).min(MAX_FAILURE_SECONDS);
                if state.failures >= FAILURES_BEFORE_PAUSE {
                    state.pause(now, seconds);
                }
                Err(PollError::Failed { seconds })
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Poll for JsonPoll {
    fn is_of(&self, carrier: &str) -> bool {
        is_same(&self.carrier, carrier)
    }

    fn ask<'a>(&'a self, number: &'a str) -> Asking<'a> {
        Box::pin(self.question(number))
    }
}

impl State {
    fn pause_left(&self, now: Timestamp) -> Option<i64> {
        let left = self.paused_until?.seconds() - now.seconds();
        (left > 0).then_some(left)
    }

    /// A shorter pause does not end a longer one.
    fn pause(&mut self, now: Timestamp, seconds: i64) {
        let until = now.plus_seconds(seconds);
        self.paused_until = Some(self.paused_until.map_or(until, |before| before.max(until)));
    }
}

async fn read(response: Response, number: &str, now: Timestamp) -> Heard {
    let status = response.status();
    let retry_after = response.headers().get(RETRY_AFTER);
    let retry_after = retry_after
        .and_then(|value| value.to_str().ok())
        .and_then(|text| outward::retry_after_seconds(text, now))
        .map(|seconds| seconds.clamp(1, MAX_PAUSE_SECONDS));
    match status {
        StatusCode::OK => match body(response).await {
            Ok(Some(body)) => scans(&body, number),
            Ok(None) => Heard::Unusable("The body is longer than 64 KiB.".to_owned()),
            Err(_) => Heard::Failed,
        },
        StatusCode::NO_CONTENT => Heard::Answer(Asked::Said(Vec::new())),
        StatusCode::NOT_FOUND => Heard::Answer(Asked::NotKnown),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            tracing::error!("a carrier refuses our secret; it is not asked for now");
            Heard::Pause {
                seconds: SECRET_PAUSE_SECONDS,
            }
        }
        StatusCode::TOO_MANY_REQUESTS => Heard::Pause {
            seconds: retry_after.unwrap_or(DEFAULT_PAUSE_SECONDS),
        },
        StatusCode::SERVICE_UNAVAILABLE => {
            retry_after.map_or(Heard::Failed, |seconds| Heard::Pause { seconds })
        }
        status if status.is_server_error() => Heard::Failed,
        // A redirection is never followed: the address was checked, its target was not.
        status => Heard::Unusable(format!("The status is {}.", status.as_u16())),
    }
}

/// The whole body; None when it is too long, of which no more is read than that.
async fn body(mut response: Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > ANSWER_BYTES {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

/// An answer counts as a whole: one scan of another parcel, and none of it is believed.
fn scans(body: &[u8], number: &str) -> Heard {
    let mut scans = match generic::read_all(body) {
        Ok(scans) => scans,
        Err(error) => return Heard::Unusable(format!("{} {}", error.pointer, error.detail)),
    };
    if scans.iter().any(|scan| scan.number != number) {
        return Heard::Unusable("It tells of a number that was not asked for.".to_owned());
    }
    scans.sort_by_key(|scan| scan.report.at);
    Heard::Answer(Asked::Said(scans))
}

/// https, to the open internet, with the number in path or query.
fn check_url(text: &str, loopback: Option<&str>) -> Result<(), PollMistake> {
    let wrong = |why| Err(PollMistake::Url(why));
    if text.len() > MAX_URL_BYTES || text.matches(PLACE_OF_NUMBER).count() != 1 {
        return wrong("an address of at most 2048 characters with {number} in it once.");
    }
    let numbered = |number: &str| Url::parse(&text.replace(PLACE_OF_NUMBER, number));
    let (Ok(url), Ok(other)) = (numbered("1111"), numbered("2222")) else {
        return wrong("not an address; https://HOST/PATH/{number} is one.");
    };
    if url.origin() != other.origin() {
        return wrong("{number} belongs in the path or the query.");
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return wrong("no user, password or fragment belongs there.");
    }
    let host = url.host_str().unwrap_or_default();
    let place = format!("{host}:{}", url.port_or_known_default().unwrap_or(0));
    if url.scheme() == "http" && loopback == Some(place.as_str()) {
        return Ok(());
    }
    if url.scheme() != "https" {
        return wrong("carriers are asked over https.");
    }
    if !outward::leads_outside(&url) {
        return wrong("this is no address of the open internet.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_open_internet_over_tls_are_asked() {
        for (url, taken) in [
            ("https://carrier.example/track/{number}", true),
            ("https://carrier.example:8443/track?number={number}", true),
            ("http://127.0.0.1:9/{number}", true),
            ("http://127.0.0.1:10/{number}", false),
            ("https://127.0.0.1:9/{number}", false),
            ("http://carrier.example/{number}", false),
            ("https://carrier.example/track", false),
            ("https://carrier.example/{number}/{number}", false),
            ("https://carrier.example/#{number}", false),
            ("https://{number}.carrier.example/", false),
            ("https://carrier.example:{number}/", false),
            ("https://{number}@carrier.example/", false),
            ("https://user:secret@carrier.example/{number}", false),
            ("https://10.0.0.1/{number}", false),
            ("https://[::1]/{number}", false),
            ("https://0x7f.1/{number}", false),
            ("ftp://carrier.example/{number}", false),
            ("/{number}", false),
            ("", false),
        ] {
            assert_eq!(check_url(url, Some("127.0.0.1:9")).is_ok(), taken, "{url}");
        }
    }

    #[test]
    fn an_answer_is_believed_as_a_whole_or_not_at_all() {
        let event = |id: &str, number: &str, at: &str| {
            format!(
                r#"{{"event_id":"{id}","tracking_number":"{number}","state":"in_transit","at":"{at}"}}"#
            )
        };
        let own = event("b", "rr 123456785 pt", "2026-11-25T10:00:00Z");
        let older = event("a", "RR123456785PT", "2026-11-24T10:00:00Z");
        let other = event("c", "RR123456799PT", "2026-11-24T10:00:00Z");
        let nobody = event("d", "?", "2026-11-24T10:00:00Z");
        let ids = |body: String| match scans(body.as_bytes(), "RR123456785PT") {
            Heard::Answer(Asked::Said(scans)) => {
                let ids = scans.into_iter().map(|scan| scan.report.event_id);
                Some(ids.collect::<String>())
            }
            _ => None,
        };
        assert_eq!(ids(own.clone()).as_deref(), Some("b"));
        assert_eq!(ids(format!("[{own},{older}]")).as_deref(), Some("ab"));
        assert_eq!(ids(" []".to_owned()).as_deref(), Some(""));
        for bad in [
            format!("[{own},{other}]"),
            format!("[{own},{nobody}]"),
            other,
            format!("[{own}"),
            String::new(),
            "null".to_owned(),
        ] {
            assert_eq!(ids(bad.clone()), None, "{bad}");
        }
    }
}
