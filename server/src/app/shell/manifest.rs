//! The web manifest: what the phone shows when the app is installed, in the shopper's language.

use super::language::language;
use crate::platform::{
    assets::Assets,
    texts::{direction, text},
};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::{Value, json};

/// Tokens of the look: paper, light.
const PAPER: &str = "#FBFAF6";

/// `GET /manifest.webmanifest?lang=`
pub async fn serve(request: HttpRequest, files: web::Data<Assets>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "accept-language, cookie"))
        .content_type("application/manifest+json")
        .body(manifest(language(&request), &files).to_string())
}

fn manifest(lang: &str, files: &Assets) -> Value {
    let words = |key: &str| text(lang, key, &[]);
    let small = json!([{"src": "/icons/icon-192.png", "sizes": "192x192", "type": "image/png"}]);
    json!({
        "id": "/",
        "name": "Sampan",
        "short_name": "Sampan",
        "description": words("shell-description"),
        "lang": lang,
        "dir": direction(lang),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "orientation": "natural",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["shopping", "business"],
        "icons": pictures(files, "icons/", icon),
        "screenshots": pictures(files, "screenshots/", |path, size| {
            Some(json!({"src": format!("/{path}"), "sizes": size, "type": "image/png", "form_factor": "narrow"}))
        }),
        "shortcuts": [
            {"name": words("shell-orders"), "url": "/orders", "icons": small},
            {"name": words("shell-cart"), "url": "/cart", "icons": small},
        ],
        "share_target": {"action": "/search", "method": "GET", "enctype": "application/x-www-form-urlencoded", "params": {"text": "q"}},
        "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
    })
}

/// The icons a home screen can use; those of tabs and notifications are not among them.
fn icon(path: &str, size: &str) -> Option<Value> {
    let name = path.rsplit('/').next()?;
    let purpose = match name.split(['-', '.']).next()? {
        "icon" => "any",
        "maskable" => "maskable",
        "monochrome" => "monochrome",
        _ => return None,
    };
    Some(json!({"src": format!("/{path}"), "sizes": size, "type": "image/png", "purpose": purpose}))
}

/// The PNG pictures of a folder, each with the size it really has.
fn pictures(
    files: &Assets,
    folder: &str,
    describe: impl Fn(&str, &str) -> Option<Value>,
) -> Vec<Value> {
    files
        .names(folder)
        .iter()
        .filter(|path| path.ends_with(".png"))
        .filter_map(|path| describe(path, &png_size(&files.read(path)?)?))
        .collect()
}

/// `192x192`, from the header that every PNG starts with.
fn png_size(bytes: &[u8]) -> Option<String> {
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    bytes.starts_with(b"\x89PNG").then_some(())?;
    Some(format!("{}x{}", side(16)?, side(20)?))
}
