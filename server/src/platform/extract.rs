//! Request bodies read within a size and a time, and answered with a problem that says what to change.

use crate::platform::problem::Problem;
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::StatusCode, http::header};
use bytes::BytesMut;
use futures_util::StreamExt;
use sampan_engine::protocol::holds_nul;
use serde::de::DeserializeOwned;
use std::{future::Future, pin::Pin, time::Duration};

/// The largest JSON body, in bytes.
pub const MAX_BODY_BYTES: usize = 256 * 1024;
/// A body must be here in whole after this time.
pub const BODY_DEADLINE: Duration = Duration::from_secs(10);
/// The largest file that staff send, in bytes; the whole tariff of the United States has about five million.
pub const MAX_FILE_BYTES: usize = 8 * 1024 * 1024;
const FILE_DEADLINE: Duration = Duration::from_secs(120);

/// A JSON body. Types say `deny_unknown_fields`, so a misspelt field is told instead of ignored.
pub struct Body<T>(pub T);

/// The raw bytes of a body, for signed web hooks.
pub struct RawBody(pub bytes::Bytes);

/// A file as body, for those who may import; ask for their right before anything is read of it.
pub struct FileBody {
    payload: Payload,
    declared: Option<usize>,
}

/// How much of a body is read, and how long.
#[derive(Clone, Copy)]
struct Limit {
    bytes: usize,
    time: Duration,
}

const SMALL: Limit = Limit {
    bytes: MAX_BODY_BYTES,
    time: BODY_DEADLINE,
};
const FILE: Limit = Limit {
    bytes: MAX_FILE_BYTES,
    time: FILE_DEADLINE,
};

impl FromRequest for FileBody {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self {
            declared: declared_length(request),
            payload: payload.take(),
        }))
    }
}

impl FileBody {
    /// The whole file as text.
    pub async fn text(self) -> Result<String, Problem> {
        let bytes = read(self.payload, self.declared, FILE).await?;
        if holds_nul(&bytes) {
            return Err(Problem::bad_request(
                "invalid",
                "The file holds the character U+0000; it is no text.",
            ));
        }
        String::from_utf8(bytes.to_vec()).map_err(|_| {
            Problem::bad_request(
                "invalid",
                "The file is not UTF-8. Save it as UTF-8 and send it again.",
            )
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let declared = declared_length(request);
        let is_json = is_json(request);
        let payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err(Problem::new(
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "bad-json",
                    "Send the body as Content-Type: application/json.",
                ));
            }
            let bytes = read(payload, declared, SMALL).await?;
            parse(&bytes).map(Body)
        })
    }
}

impl FromRequest for RawBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let declared = declared_length(request);
        let payload = payload.take();
        Box::pin(async move { read(payload, declared, SMALL).await.map(RawBody) })
    }
}

/// Reads JSON, naming the line and column of a mistake; U+0000 is refused, as PostgreSQL cannot store it.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if holds_nul(bytes) {
        return Err(Problem::bad_request(
            "bad-json",
            "The character U+0000 is not allowed in any text.",
        ));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        if error.is_data() {
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                format!("A field needs a change: {error}."),
            )
        } else {
            Problem::bad_request("bad-json", format!("The body is not JSON: {error}."))
        }
    })
}

fn declared_length(request: &HttpRequest) -> Option<usize> {
    request
        .headers()
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

fn is_json(request: &HttpRequest) -> bool {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

async fn read(
    payload: Payload,
    declared: Option<usize>,
    limit: Limit,
) -> Result<bytes::Bytes, Problem> {
    if declared.is_some_and(|length| length > limit.bytes) {
        return Err(too_big(limit));
    }
    let slow = || {
        let detail = format!(
            "The body did not arrive within {} seconds. Send it again.",
            limit.time.as_secs()
        );
        Problem::new(StatusCode::REQUEST_TIMEOUT, "slow-body", detail)
    };
    tokio::time::timeout(limit.time, collect(payload, limit))
        .await
        .map_err(|_| slow())?
}

async fn collect(mut payload: Payload, limit: Limit) -> Result<bytes::Bytes, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| {
            Problem::bad_request("bad-json", "The body ended early. Send it again.")
        })?;
        if body.len() + chunk.len() > limit.bytes {
            return Err(too_big(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn too_big(limit: Limit) -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too-big",
        format!(
            "A body may have at most {} bytes. Send it in parts.",
            limit.bytes
        ),
    )
    .with("max_bytes", limit.bytes)
    .with("max_ops", sampan_engine::protocol::MAX_OPS)
}
