//! `/media/<hash>.webp`: pictures, named by what they hold and so good for ever.

use super::Catalog;
use crate::platform::{Platform, db, problem::Problem};
use actix_web::{HttpResponse, http::header, web};
use bytes::Bytes;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Pictures kept in memory, in bytes; when there are more, all are forgotten.
const MAX_KEPT_BYTES: usize = 32 * 1024 * 1024;
const HASH_CHARS: usize = 32;

/// Pictures lately asked for.
#[derive(Default)]
pub struct Shown(Mutex<HashMap<String, Bytes>>);

impl Shown {
    fn find(&self, hash: &str) -> Option<Bytes> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(hash)
            .cloned()
    }

    fn keep(&self, hash: String, bytes: Bytes) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.values().map(Bytes::len).sum::<usize>() + bytes.len() > MAX_KEPT_BYTES {
            shown.clear();
        }
        shown.insert(hash, bytes);
    }
}

/// `GET /media/{name}`
pub async fn serve(
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    name: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let missing = || Problem::not_found("picture");
    let hash = name.strip_suffix(".webp").ok_or_else(missing)?;
    if hash.len() != HASH_CHARS || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(missing());
    }
    let shown = &catalog.shared.pictures;
    let bytes = match shown.find(hash) {
        Some(bytes) => bytes,
        None => {
            let text = "SELECT bytes FROM picture WHERE hash = $1";
            let row = db::fetch_one(platform.db.reader(), text, [hash.into()]).await?;
            let bytes: Vec<u8> = row.ok_or_else(missing)?.try_get("", "bytes")?;
            let bytes = Bytes::from(bytes);
            shown.keep(hash.to_owned(), bytes.clone());
            bytes
        }
    };
    Ok(HttpResponse::Ok()
        .content_type("image/webp")
        .insert_header((header::CACHE_CONTROL, FOR_EVER))
        .insert_header((header::ETAG, format!("\"{hash}\"")))
        // Already as small as it gets.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(bytes))
}
