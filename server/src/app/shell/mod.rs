//! The page shell: `index.html` filled with language, title, and the data of its route, so that a first visit paints
//! without a second round trip. Every address of the app answers with it; unknown ones do too, with a 404.

mod language;
mod manifest;
mod page;

use crate::{
    catalog::Catalog,
    platform::{
        Platform,
        assets::{self, Assets, fingerprint, is_known},
        problem::Problem,
        texts::direction,
    },
};
use actix_web::{
    HttpRequest, HttpResponse, guard,
    http::{Method, StatusCode, header},
    web,
};
use page::Page;
use serde_json::{Value, json};
use std::fmt::Write;

const HTML_TAG: &str = r#"<html lang="en" dir="ltr">"#;
const HEAD: &str = "<!--sampan:head-->";
const ISLAND: &str = "<!--sampan:island-->";
const MANIFEST_LINK: &str = r#"href="/manifest.webmanifest""#;

/// The app asks for this at each start.
const WORKER_SWITCH: header::HeaderName = header::HeaderName::from_static("sampan-worker");

/// Files of the app, its manifest; pages come from [`anything_else`].
pub fn routes(config: &mut web::ServiceConfig) {
    let reads = || guard::Any(guard::Get()).or(guard::Head());
    let on = |path: &str| web::resource(path).guard(reads());
    config
        .service(on("/assets/{file:.*}").to(hashed_asset))
        .service(on("/icons/{file:.*}").to(icon))
        .service(on("/sw.js").to(worker))
        .service(on("/manifest.webmanifest").to(manifest::serve));
}

async fn hashed_asset(
    request: HttpRequest,
    files: web::Data<Assets>,
) -> Result<HttpResponse, Problem> {
    let path = request.path().trim_start_matches('/');
    let found = match files.find(path, &request) {
        Some(found) => Some(found),
        None => files.find_stored(path, &request).await?,
    };
    found
        .map(|found| found.answer(&request, assets::IMMUTABLE))
        .ok_or_else(|| Problem::not_found("file of the app"))
}

async fn icon(request: HttpRequest, files: web::Data<Assets>) -> Result<HttpResponse, Problem> {
    file(&request, &files, assets::A_DAY).ok_or_else(|| Problem::not_found("icon"))
}

/// The worker, with the operator's wish to get rid of it where there is one.
async fn worker(
    request: HttpRequest,
    files: web::Data<Assets>,
    platform: web::Data<Platform>,
) -> Result<HttpResponse, Problem> {
    let mut answer = file(&request, &files, assets::NO_CACHE)
        .ok_or_else(|| Problem::not_found("file of the app"))?;
    if platform.config.worker_off {
        let off = header::HeaderValue::from_static("off");
        answer.headers_mut().insert(WORKER_SWITCH, off);
    }
    Ok(answer)
}

fn file(request: &HttpRequest, files: &Assets, cache: &'static str) -> Option<HttpResponse> {
    let path = request.path().trim_start_matches('/');
    Some(files.find(path, request)?.answer(request, cache))
}

/// What no other route took: a page of the app, a file at its root, or nothing that exists.
pub async fn anything_else(
    request: HttpRequest,
    platform: web::Data<Platform>,
    files: web::Data<Assets>,
    catalog: web::Data<Catalog>,
) -> Result<HttpResponse, Problem> {
    let path = request.path();
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD)
        && !path.starts_with("/api/")
        && !path.starts_with("/media/");
    if !is_page {
        return Err(Problem::not_found("address"));
    }
    let Some(template) = files.read("index.html") else {
        return Ok(not_built());
    };
    let is_root_file = path.contains('.')
        && path != "/index.html"
        && !path.ends_with(".br")
        && !path.ends_with(".gz");
    if let Some(answer) = is_root_file
        .then(|| file(&request, &files, assets::NO_CACHE))
        .flatten()
    {
        return Ok(answer);
    }
    let language = language::language(&request);
    let page = page::load(&request, language, &catalog).await?;
    let html = render(
        &String::from_utf8_lossy(&template),
        &request,
        &platform,
        &files,
        language,
        &page,
    );
    Ok(answer(&request, page.status, html))
}

fn answer(request: &HttpRequest, status: StatusCode, html: String) -> HttpResponse {
    let etag = format!("W/\"{}\"", fingerprint(html.as_bytes()));
    let is_same = status == StatusCode::OK && is_known(request, &etag);
    let mut response = HttpResponse::build(if is_same {
        StatusCode::NOT_MODIFIED
    } else {
        status
    });
    response
        .insert_header((header::CACHE_CONTROL, assets::NO_CACHE))
        .insert_header((header::VARY, "accept-language, cookie"))
        .insert_header((header::ETAG, etag));
    if is_same {
        return response.finish();
    }
    response.content_type("text/html; charset=utf-8").body(html)
}

fn not_built() -> HttpResponse {
    HttpResponse::ServiceUnavailable()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body("The app is not built yet. Build the app first: make app\nThe API is at /api/v1, its description at /api/docs.\n")
}

fn render(
    template: &str,
    request: &HttpRequest,
    platform: &Platform,
    files: &Assets,
    lang: &str,
    page: &Page,
) -> String {
    let dir = direction(lang);
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let island = json!({
        "path": path,
        "locale": lang,
        "currency": page.currency,
        "build": files.build().unwrap_or_default(),
        "data": page.data,
    });
    template
        .replacen(HTML_TAG, &format!(r#"<html lang="{lang}" dir="{dir}">"#), 1)
        .replacen(
            MANIFEST_LINK,
            &format!(r#"href="/manifest.webmanifest?lang={lang}""#),
            1,
        )
        .replacen(
            HEAD,
            &head(page, &platform.config.public_url(), request.path()),
            1,
        )
        .replacen(
            ISLAND,
            &format!(
                r#"<script type="application/json" id="island">{}</script>"#,
                inert(&island)
            ),
            1,
        )
}

/// Title, description, what a shared link shows, and the picture that the first paint waits for.
fn head(page: &Page, public_url: &str, path: &str) -> String {
    let (title, description) = (escaped(&page.title), escaped(&page.description));
    let url = escaped(&format!("{public_url}{path}"));
    let mut head = format!(
        "<title>{title}</title>\n    <meta name=\"description\" content=\"{description}\">\n    \
         <meta property=\"og:site_name\" content=\"Sampan\">\n    <meta property=\"og:type\" content=\"website\">\n    \
         <meta property=\"og:title\" content=\"{title}\">\n    <meta property=\"og:description\" content=\"{description}\">\n    \
         <meta property=\"og:url\" content=\"{url}\">"
    );
    if let Some(image) = page.image.as_deref() {
        let image = escaped(image);
        let absolute = escaped(public_url);
        // Writing to a String cannot fail.
        let _ = write!(
            head,
            "\n    <meta property=\"og:image\" content=\"{absolute}{image}\">\n    \
             <link rel=\"preload\" as=\"image\" href=\"{image}\" fetchpriority=\"high\">"
        );
    }
    head
}

/// Text inside an HTML attribute or element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// JSON that cannot end its script element, whatever a seller calls a product.
fn inert(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_island_stays_inside_its_script_and_reads_as_the_same_data() {
        let value = json!({"title": "</script><script>alert(1)</script><!--\u{2028}\u{2029}"});
        let text = inert(&value);
        assert!(!text.contains('<') && !text.contains('\u{2028}') && !text.contains('\u{2029}'));
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
    }
}
