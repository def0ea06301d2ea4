//! One exchange as it waits for its batch, and what it ends in.

use crate::{platform::problem::Problem, sync::op};
use actix_web::http::StatusCode;
use sampan_engine::protocol::{
    DEFAULT_CHANGES, MAX_BODY_BYTES, MAX_CHANGES, MAX_OPS, OLDEST_SCHEMA, Page, RawOp, Request,
};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// A request that was read; its ops are still raw.
#[derive(Clone, Debug)]
pub struct Exchange {
    pub scope_id: Uuid,
    pub device: Uuid,
    /// By bearer token; otherwise by the device's secret, which pushes but reads nothing.
    pub signed_in: bool,
    pub schema: u32,
    pub epoch: Option<String>,
    pub cursor: i64,
    pub sent_at: i64,
    pub ops: Vec<RawOp>,
    pub seen: Vec<Uuid>,
    pub limit: u32,
    pub page: Option<Page>,
}

/// The reply of sync.md.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SyncReply {
    pub epoch: String,
    /// Milliseconds.
    pub server_time: i64,
    /// The last seq of this request; null without ops.
    pub acked: Option<i64>,
    pub cursor: i64,
    /// Milliseconds; the server's time of `cursor`.
    pub cursor_at: i64,
    pub page: Option<String>,
    /// `epoch`, `schema`, `floor` or `scope_changed`.
    pub reset: Option<&'static str>,
    pub upgrade: bool,
    #[schema(value_type = Vec<Object>)]
    pub outcomes: Vec<Map<String, Value>>,
    #[schema(value_type = Vec<Object>)]
    pub changes: Vec<crate::scope::Change>,
}

impl Exchange {
    /// Reads the common fields of every op; one that cannot be read refuses the request, and nothing is applied.
    pub fn read(scope_id: Uuid, signed_in: bool, request: Request) -> Result<Self, Problem> {
        if request.schema < OLDEST_SCHEMA {
            let detail = "This app is too old for the server. Nothing is lost: update it, then it sends what is waiting.";
            return Err(Problem::new(
                StatusCode::UPGRADE_REQUIRED,
                "upgrade-required",
                detail,
            ));
        }
        if request.ops.len() > MAX_OPS || request.seen.len() > 1_000 {
            let detail = format!(
                "At most {MAX_OPS} ops and 1000 seen outcomes a request. Send the rest in another."
            );
            return Err(
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-big", detail)
                    .with("max_ops", MAX_OPS)
                    .with("max_bytes", MAX_BODY_BYTES),
            );
        }
        let ops = request
            .ops
            .into_iter()
            .enumerate()
            .map(|(index, op)| RawOp::read(index, &op));
        let ops = ops.collect::<Result<Vec<_>, _>>().map_err(|unreadable| {
            Problem::bad_request("invalid", format!("{unreadable}. Nothing was applied."))
        })?;
        let page = match request.page.as_deref().map(Page::from_token) {
            None => None,
            Some(Some(page)) => Some(page),
            Some(None) => {
                return Err(Problem::bad_request(
                    "invalid",
                    "page must be the one of the last reply.",
                ));
            }
        };
        Ok(Self {
            scope_id,
            device: request.device,
            signed_in,
            schema: request.schema,
            epoch: request.epoch,
            cursor: request.cursor.max(0),
            sent_at: request.sent_at,
            ops,
            seen: request.seen,
            limit: request
                .limit
                .unwrap_or(DEFAULT_CHANGES)
                .clamp(1, MAX_CHANGES),
            page,
        })
    }

    /// Runs in a transaction of its own.
    pub fn has_command(&self) -> bool {
        self.ops.iter().any(|op| op::is_command(&op.kind))
    }
}

/// The device or its scope is not in this data set (a restored backup), or was signed out.
pub fn device_unknown() -> Problem {
    let detail = "This device is not known here. A guest repeats POST /api/v1/auth/guest with the same device_id and \
                  secret; an account logs in with a new device_id. Keep the waiting ops and send them again.";
    Problem::new(StatusCode::UNAUTHORIZED, "device-unknown", detail)
}
