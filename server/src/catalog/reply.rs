//! Answers made once and given many times: serialised, compressed at first demand, kept until the catalogue moves.

use crate::platform::{assets, problem::Problem};
use actix_web::{HttpRequest, HttpResponse, http::header};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

/// Answers kept; when there are more, all are forgotten.
const MAX_KEPT: usize = 2_000;
/// Smaller answers are not worth compressing.
const WORTH_COMPRESSING_BYTES: usize = 512;
const BROTLI_QUALITY: i32 = 5;
/// The client keeps the answer and asks each time whether it still holds.
const CACHE_CONTROL: &str = "public, max-age=0, must-revalidate";

/// One answer in every encoding.
pub struct Reply {
    etag: String,
    json: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

/// Answers of one version of the catalogue, by what was asked.
#[derive(Default)]
pub struct Replies(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    version: i64,
    replies: HashMap<String, (Arc<Reply>, Option<Instant>)>,
}

impl Reply {
    pub fn of(value: &impl Serialize) -> Result<Self, Problem> {
        let json = serde_json::to_vec(value).map_err(Problem::internal)?;
        Ok(Self {
            etag: format!("W/\"{}\"", assets::fingerprint(&json)),
            json: json.into(),
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        })
    }

    /// 304 when the client holds it, else the smallest encoding it takes.
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let known = assets::is_known(request, &self.etag);
        let mut response = if known {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        response
            .insert_header((header::ETAG, self.etag.as_str()))
            .insert_header((header::CACHE_CONTROL, CACHE_CONTROL))
            .insert_header((header::VARY, "accept-encoding"));
        if known {
            return response.finish();
        }
        response.content_type("application/json");
        let encodings = assets::accepted(request).map(|(encoding, _)| encoding);
        let chosen = if self.json.len() < WORTH_COMPRESSING_BYTES {
            None
        } else {
            encodings
                .into_iter()
                .find(|encoding| matches!(*encoding, "br" | "gzip"))
        };
        match chosen {
            Some("br") => response
                .insert_header((header::CONTENT_ENCODING, "br"))
                .body(self.brotli.get_or_init(|| brotli(&self.json)).clone()),
            Some("gzip") => response
                .insert_header((header::CONTENT_ENCODING, "gzip"))
                .body(self.gzip.get_or_init(|| gzip(&self.json)).clone()),
            _ => response.body(self.json.clone()),
        }
    }
}

impl Replies {
    /// The kept answer of this version.
    pub fn find(&self, version: i64, asked: &str) -> Option<Arc<Reply>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (reply, until) = kept
            .replies
            .get(asked)
            .filter(|_| kept.version == version)?;
        until
            .is_none_or(|until| Instant::now() < until)
            .then(|| reply.clone())
    }

    /// Keeps an answer, for a while if `age` says so.
    pub fn keep(
        &self,
        version: i64,
        asked: String,
        reply: Reply,
        age: Option<Duration>,
    ) -> Arc<Reply> {
        let reply = Arc::new(reply);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version < version || kept.replies.len() >= MAX_KEPT {
            kept.version = version;
            kept.replies.clear();
        }
        if kept.version == version {
            let until = age.map(|age| Instant::now() + age);
            kept.replies.insert(asked, (reply.clone(), until));
        }
        reply
    }
}

fn brotli(bytes: &[u8]) -> Bytes {
    let mut compressed = Vec::new();
    let parameters = ::brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        ..Default::default()
    };
    ::brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)
        .expect("BUG: memory takes every byte");
    compressed.into()
}

fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(bytes)
        .expect("BUG: memory takes every byte");
    encoder
        .finish()
        .expect("BUG: memory takes every byte")
        .into()
}
