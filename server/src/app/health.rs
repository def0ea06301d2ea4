//! `/livez`: the process answers. `/readyz`: it can serve.

use crate::platform::{Platform, db};
use actix_web::{HttpResponse, get, web};
use std::sync::atomic::{AtomicBool, Ordering};

/// Set when the server is asked to stop, so that a load balancer looks elsewhere while requests finish.
pub static DRAINING: AtomicBool = AtomicBool::new(false);

#[get("/livez")]
pub async fn livez() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

#[get("/readyz")]
pub async fn readyz(platform: web::Data<Platform>) -> HttpResponse {
    let why = if DRAINING.load(Ordering::Relaxed) {
        Some("draining")
    } else if db::fetch_one(platform.db.reader(), "SELECT epoch FROM dataset", [])
        .await
        .is_err()
    {
        Some("database")
    } else {
        None
    };
    match why {
        None => HttpResponse::Ok().content_type("text/plain").body("ready"),
        Some(why) => HttpResponse::ServiceUnavailable()
            .insert_header(("retry-after", "2"))
            .body(why),
    }
}
