//! The built app: inside the binary in a release, read from `pwa/dist` by a debug build, or from `--app FOLDER`.
//!
//! Vite laid a `.br` and a `.gz` beside each text file; a request gets the smallest that it accepts. The hashed files of
//! the last three builds stay in the database, so that a page that was opened before an update still finds its parts.

use crate::platform::db::{self, Db};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use bytes::Bytes;
use sampan_engine::time::Timestamp;
use sea_orm::{DbErr, Value};
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    path::{Component, Path, PathBuf},
};

/// Content never changes under a hashed name.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Ask every time; unchanged content costs a 304.
pub const NO_CACHE: &str = "no-cache";
/// Icons change seldom and are harmless when old.
pub const A_DAY: &str = "public, max-age=86400";

const BUILDS_KEPT: usize = 3;
const HASHED: &str = "assets/";
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Hands out the files of the app.
#[derive(Clone)]
pub struct Assets {
    folder: Option<PathBuf>,
    db: Db,
}

/// A file in the encoding that suits a request.
pub struct Found {
    bytes: Bytes,
    encoding: Option<&'static str>,
    kind: &'static str,
}

#[derive(rust_embed::RustEmbed)]
#[folder = "../pwa/dist"]
#[allow_missing = true]
struct Embedded;

impl Assets {
    /// `folder` replaces the app that was built in.
    pub fn new(folder: Option<PathBuf>, db: Db) -> Self {
        Self { folder, db }
    }

    /// A file of this build as it is, by its path below `dist`.
    pub fn read(&self, path: &str) -> Option<Bytes> {
        if !is_plain(path) {
            return None;
        }
        match &self.folder {
            Some(folder) => std::fs::read(folder.join(path)).ok().map(Bytes::from),
            None => match <Embedded as rust_embed::RustEmbed>::get(path)?.data {
                Cow::Borrowed(bytes) => Some(Bytes::from_static(bytes)),
                Cow::Owned(bytes) => Some(bytes.into()),
            },
        }
    }

    /// Every file below this folder of the build, sorted.
    pub fn names(&self, under: &str) -> Vec<String> {
        let mut names: Vec<String> = match &self.folder {
            Some(folder) => files_below(folder, under),
            None => <Embedded as rust_embed::RustEmbed>::iter()
                .filter(|name| name.starts_with(under))
                .map(Cow::into_owned)
                .collect(),
        };
        names.sort_unstable();
        names
    }

    /// Names this build of the app; none when it was not built.
    pub fn build(&self) -> Option<String> {
        let mut hash = Sha256::new();
        hash.update(self.read("index.html")?);
        hash.update(self.read("sw.js").unwrap_or_default());
        Some(hex::encode(&hash.finalize()[..6]))
    }

    /// A file of this build, compressed if the request likes it so.
    pub fn find(&self, path: &str, request: &HttpRequest) -> Option<Found> {
        accepted(request)
            .find_map(|(encoding, suffix)| {
                Some(Found::new(
                    path,
                    self.read(&format!("{path}{suffix}"))?,
                    Some(encoding),
                ))
            })
            .or_else(|| Some(Found::new(path, self.read(path)?, None)))
    }

    /// A hashed file of an earlier build, or of the next one that another node already serves.
    pub async fn find_stored(
        &self,
        path: &str,
        request: &HttpRequest,
    ) -> Result<Option<Found>, DbErr> {
        for (encoding, suffix) in accepted(request)
            .map(|(name, suffix)| (Some(name), suffix))
            .chain([(None, "")])
        {
            let text = "SELECT bytes FROM asset WHERE path = $1 LIMIT 1";
            let name = format!("{path}{suffix}");
            if let Some(row) = db::fetch_one(self.db.reader(), text, [name.into()]).await? {
                let bytes: Vec<u8> = row.try_get("", "bytes")?;
                return Ok(Some(Found::new(path, bytes.into(), encoding)));
            }
        }
        Ok(None)
    }

    /// Stores this build's hashed files and forgets builds older than the last three. A debug build that reads
    /// `pwa/dist` from disk has nothing to remember: its files come and go while it runs.
    pub async fn remember(&self, now: Timestamp) -> Result<(), DbErr> {
        let is_fixed = self.folder.is_some() || !cfg!(debug_assertions);
        let Some(build) = self.build().filter(|_| is_fixed) else {
            return Ok(());
        };
        let files: Vec<(String, Vec<u8>)> = self
            .names(HASHED)
            .into_iter()
            .filter_map(|name| Some((name.clone(), self.read(&name)?.to_vec())))
            .collect();
        self.db
            .write(move |tx| {
                let (build, files) = (build.clone(), files.clone());
                Box::pin(async move {
                    let seen = "INSERT INTO asset_build (build, seen_at) VALUES ($1, $2) \
                                ON CONFLICT (build) DO UPDATE SET seen_at = excluded.seen_at";
                    db::execute(tx, seen, [build.as_str().into(), now.micros().into()]).await?;
                    for (path, bytes) in files {
                        let text = "INSERT INTO asset (build, path, bytes) VALUES ($1, $2, $3) \
                                    ON CONFLICT (build, path) DO NOTHING";
                        let values: [Value; 3] = [build.as_str().into(), path.into(), bytes.into()];
                        db::execute(tx, text, values).await?;
                    }
                    forget_old_builds(tx).await
                })
            })
            .await
    }
}

async fn forget_old_builds(tx: &db::Tx) -> Result<(), DbErr> {
    let kept =
        format!("SELECT build FROM asset_build ORDER BY seen_at DESC, build LIMIT {BUILDS_KEPT}");
    let text = format!("DELETE FROM asset WHERE build NOT IN ({kept})");
    db::execute(tx, &text, []).await?;
    let text = format!("DELETE FROM asset_build WHERE build NOT IN ({kept})");
    db::execute(tx, &text, []).await.map(|_| ())
}

impl Found {
    fn new(path: &str, bytes: Bytes, encoding: Option<&'static str>) -> Self {
        Self {
            bytes,
            encoding,
            kind: kind_of(path),
        }
    }

    /// The reply, or 304 when the phone has these very bytes.
    pub fn answer(self, request: &HttpRequest, cache: &'static str) -> HttpResponse {
        let etag = format!("\"{}\"", fingerprint(&self.bytes));
        let mut response = HttpResponse::build(if is_known(request, &etag) {
            StatusCode::NOT_MODIFIED
        } else {
            StatusCode::OK
        });
        response
            .insert_header((header::CACHE_CONTROL, cache))
            .insert_header((header::ETAG, etag.clone()))
            .insert_header((header::VARY, "accept-encoding"));
        if is_known(request, &etag) {
            return response.finish();
        }
        response
            .insert_header((header::CONTENT_TYPE, self.kind))
            // Said even when it is not compressed, so that nothing compresses it on the way out.
            .insert_header((header::CONTENT_ENCODING, self.encoding.unwrap_or("identity")))
            .body(self.bytes)
    }
}

/// Names content: equal bytes, equal fingerprint.
pub fn fingerprint(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..12])
}

/// Did the request say that it already has this content?
pub fn is_known(request: &HttpRequest, etag: &str) -> bool {
    let given = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    given.is_some_and(|given| given.split(',').any(|tag| weak(tag) == weak(etag)))
}

/// The encodings the request takes, best first, with the suffix of their files.
pub fn accepted(request: &HttpRequest) -> impl Iterator<Item = (&'static str, &'static str)> {
    let accept = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_ascii_lowercase();
    ENCODINGS.into_iter().filter(move |(name, _)| {
        accept.split(',').any(|one| {
            let (coding, quality) = one.split_once(';').unwrap_or((one, "q=1"));
            let refused = matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
            coding.trim() == *name && !refused
        })
    })
}

/// Only plain relative names: nothing may lead out of the folder.
fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && !path.contains('\\')
        && Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

fn files_below(folder: &Path, under: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.join(under)];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(name) = path.strip_prefix(folder) {
                found.push(name.to_string_lossy().into_owned());
            }
        }
    }
    found
}

fn kind_of(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "ftl" | "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
