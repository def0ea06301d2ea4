//! What goes wrong, told as RFC 9457 problem details: what happened and what to change.

use crate::platform::db;
use actix_web::{HttpResponse, ResponseError, http::StatusCode, http::header};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// A problem on its way to the client. Anything internal is logged where it is made, never shown.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    slug: &'static str,
    detail: String,
    errors: Vec<FieldError>,
    retry_after_seconds: Option<u32>,
    extra: Map<String, Value>,
}

/// One field and what to change about it; `pointer` is a JSON pointer into the request body.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, utoipa::ToSchema)]
pub struct FieldError {
    pub pointer: String,
    pub detail: String,
}

/// The body of every error, for the OpenAPI document.
#[derive(Serialize, utoipa::ToSchema)]
#[allow(dead_code)]
pub struct ProblemBody {
    /// `/problems/<slug>`
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    pub request_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
}

tokio::task_local! {
    /// The id of the request being served, for problems and logs.
    pub static REQUEST_ID: String;
}

impl Problem {
    pub fn new(status: StatusCode, slug: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            slug,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after_seconds: None,
            extra: Map::new(),
        }
    }
    pub fn bad_request(slug: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, slug, detail)
    }
    /// 422 with the fields to change.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = "Some fields need a change; each is named in errors.";
        Self {
            errors,
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail)
        }
    }
    /// 422 about one field.
    pub fn field(pointer: &str, detail: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError {
            pointer: pointer.to_owned(),
            detail: detail.into(),
        }])
    }
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }
    /// For what does not exist and for what belongs to somebody else alike.
    pub fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            format!("There is no such {what}."),
        )
    }
    pub fn conflict(slug: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, slug, detail)
    }
    pub fn too_many_requests(retry_after_seconds: u32) -> Self {
        let detail = format!("Too many tries. Try again in {retry_after_seconds} seconds.");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", detail)
            .retry_after(retry_after_seconds)
    }
    pub fn unavailable(retry_after_seconds: u32) -> Self {
        let detail = "The server cannot do this right now. Nothing was changed; try again shortly.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail)
            .retry_after(retry_after_seconds)
    }
    /// A fault of ours: logged here with its cause, told without it.
    pub fn internal(cause: impl fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something failed on our side. Nothing was lost.",
        )
    }

    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }
    /// An extension member beside the standard ones.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(name.to_owned(), value.into());
        self
    }
    pub fn slug(&self) -> &'static str {
        self.slug
    }

    /// The body as JSON, with the id of the request being served.
    pub fn body(&self) -> Value {
        let mut body = self.extra.clone();
        body.insert("type".into(), format!("/problems/{}", self.slug).into());
        body.insert(
            "title".into(),
            self.status.canonical_reason().unwrap_or("Error").into(),
        );
        body.insert("status".into(), self.status.as_u16().into());
        body.insert("detail".into(), self.detail.clone().into());
        body.insert(
            "request_id".into(),
            REQUEST_ID.try_with(Clone::clone).unwrap_or_default().into(),
        );
        if !self.errors.is_empty() {
            body.insert(
                "errors".into(),
                serde_json::to_value(&self.errors).unwrap_or_default(),
            );
        }
        Value::Object(body)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {}: {}",
            self.status.as_u16(),
            self.slug,
            self.detail
        )
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if let Some(seconds) = self.retry_after_seconds {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        response
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("application/problem+json")
            .body(self.body().to_string())
    }
}

/// A full disk is told as 507, a database that is busy or out of reach as 503, to be tried again; anything else of it is a
/// fault of ours.
impl From<&sea_orm::DbErr> for Problem {
    fn from(error: &sea_orm::DbErr) -> Self {
        if db::is_disk_full(error) {
            tracing::error!(%error, "the disk is full");
            let detail =
                "There is no room to store this. Nothing was changed; keep it and try again later.";
            return Problem::new(StatusCode::INSUFFICIENT_STORAGE, "no-room", detail)
                .retry_after(60);
        }
        if db::is_out_of_reach(error) || db::is_transient(error) {
            tracing::warn!(%error, "the database does not answer in time");
            return Problem::unavailable(2);
        }
        Problem::internal(error)
    }
}

impl From<sea_orm::DbErr> for Problem {
    fn from(error: sea_orm::DbErr) -> Self {
        Problem::from(&error)
    }
}
