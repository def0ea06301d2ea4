//! Around every request: an id, headers that keep browsers strict, one line in the log.

use crate::platform::{
    Platform,
    problem::{Problem, REQUEST_ID},
};
use actix_web::{
    Error, ResponseError,
    body::{BodySize, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};

const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Tells the compression to leave a body alone; never sent.
const UNCOMPRESSED: &str = "identity";
const WORTH_COMPRESSING_BYTES: u64 = 860;

const STRICT_HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types sampan",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "geolocation=(), microphone=(), payment=(), camera=(self)",
    ),
];

/// Serves the request with an id that its problems and log lines carry.
pub async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let given = request
        .headers()
        .get(&REQUEST_ID_HEADER)
        .and_then(|value| value.to_str().ok());
    let acceptable = |id: &&str| {
        (8..=64).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let id = match given.filter(acceptable) {
        Some(id) => id.to_owned(),
        None => request
            .app_data::<web::Data<Platform>>()
            .map(|platform| platform.new_id().to_string())
            .unwrap_or_default(),
    };
    let is_https = request
        .app_data::<web::Data<Platform>>()
        .is_some_and(|platform| platform.config.is_https());
    let started = std::time::Instant::now();
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let refused = cross_site(&request);
    let mut response = REQUEST_ID
        .scope(id.clone(), async move {
            let response = match refused {
                Some(problem) => request
                    .into_response(problem.error_response())
                    .map_into_right_body(),
                None => next.call(request).await?.map_into_left_body(),
            };
            Ok::<_, Error>(told_as_problem(response))
        })
        .await?;
    let status = response.status().as_u16();
    let headers = response.headers_mut();
    if headers
        .get(CONTENT_ENCODING)
        .is_some_and(|value| value == UNCOMPRESSED)
    {
        headers.remove(CONTENT_ENCODING);
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID_HEADER, value);
    }
    for (name, value) in STRICT_HEADERS {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if is_https {
        let hsts = HeaderValue::from_static("max-age=31536000");
        headers.insert(HeaderName::from_static("strict-transport-security"), hsts);
    }
    tracing::debug!(request_id = %id, %method, path, status, elapsed_us = started.elapsed().as_micros() as u64, "served");
    Ok(response)
}

/// Marks what compression would only delay: event streams, and bodies that fit into one packet anyway.
pub async fn spare_compression(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let is_stream = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    let is_small = matches!(response.response().body().size(), BodySize::Sized(bytes) if bytes < WORTH_COMPRESSING_BYTES);
    if (is_stream || is_small) && !response.headers().contains_key(CONTENT_ENCODING) {
        let mark = HeaderValue::from_static(UNCOMPRESSED);
        response.headers_mut().insert(CONTENT_ENCODING, mark);
    }
    Ok(response)
}

/// Refusals that the framework made by itself (a wrong method, an encoding nobody speaks) are told like all others.
fn told_as_problem<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
) -> ServiceResponse<EitherBody<B>> {
    let status = response.status();
    let is_told = response.headers().get(CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes().starts_with(b"application/problem+json")
            || kind.as_bytes().starts_with(b"text/html")
    });
    if !status.is_client_error() || is_told {
        return response.map_into_left_body();
    }
    let problem = match status {
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(
            status,
            "not-found",
            "This address does not take that method.",
        ),
        StatusCode::NOT_ACCEPTABLE => Problem::new(
            status,
            "invalid",
            "Replies come as they are, in br or in gzip; accept one of them.",
        ),
        StatusCode::NOT_FOUND => Problem::not_found("address"),
        status => Problem::new(status, "invalid", "The request cannot be read."),
    };
    let (request, _) = response.into_parts();
    ServiceResponse::new(request, problem.error_response()).map_into_right_body()
}

/// A browser on another site may not write here. Clients that are no browsers send neither header.
fn cross_site(request: &ServiceRequest) -> Option<Problem> {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return None;
    }
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if let Some(site) = header("sec-fetch-site") {
        return (!matches!(site, "same-origin" | "none")).then(forbidden);
    }
    let host = request.connection_info().host().to_owned();
    let origin = header("origin")?;
    let same = origin
        .split_once("://")
        .is_some_and(|(_, origin_host)| origin_host == host);
    (!same).then(forbidden)
}

fn forbidden() -> Problem {
    Problem::forbidden("Writes are taken from Sampan's own pages only.")
}
