//! `/api/docs`: the contract for people, drawn from `/api/openapi.json` without anything from elsewhere.

use actix_web::{HttpResponse, http::header, web};

/// The page and its two files.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route(
            "/api/docs",
            web::get().to(|| async { file("text/html; charset=utf-8", include_str!("docs.html")) }),
        )
        .route(
            "/api/docs/docs.css",
            web::get().to(|| async { file("text/css; charset=utf-8", include_str!("docs.css")) }),
        )
        .route(
            "/api/docs/docs.js",
            web::get()
                .to(|| async { file("text/javascript; charset=utf-8", include_str!("docs.js")) }),
        );
}

fn file(kind: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .content_type(kind)
        .body(text)
}
