//! The page shell, the app's files, the manifest, the documents for people.

use super::{
    TestApp,
    catalog_import::{COLUMNS, add_shop, import},
    spawn_app, spawn_app_with,
};
use serde_json::Value;
use std::path::Path;

const TEMPLATE: &str = r#"<!doctype html>
<html lang="en" dir="ltr">
<head><link rel="manifest" href="/manifest.webmanifest" /><!--sampan:head--></head>
<body><div id="app"></div><!--sampan:island--></body>
</html>"#;

/// A built app of a few files; `build` makes its hashed names differ.
fn write_app(folder: &Path, build: &str) {
    let write = |name: String, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        std::fs::write(path, bytes).expect("written");
    };
    write("index.html".to_owned(), TEMPLATE.as_bytes());
    write("sw.js".to_owned(), format!("// {build}").as_bytes());
    write(format!("assets/app-{build}.js"), b"plain");
    write(format!("assets/app-{build}.js.br"), b"brotli");
    write(format!("assets/app-{build}.js.gz"), b"gzip");
    write("icons/icon.svg".to_owned(), b"<svg/>");
    for (name, side) in [
        ("icon-192", 192_u32),
        ("maskable-512", 512),
        ("monochrome-512", 512),
    ] {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([side.to_be_bytes(), side.to_be_bytes()].concat());
        write(format!("icons/{name}.png"), &png);
    }
}

async fn spawn_with_app() -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    write_app(folder.path(), "one");
    let app = spawn_app_with(|config| config.app_dir = Some(folder.path().to_owned())).await;
    (app, folder)
}

async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> reqwest::Response {
    let mut request = app.client.get(format!("{}{path}", app.address));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer")
}

fn header<'a>(response: &'a reqwest::Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().expect("text"))
}

fn island(html: &str) -> Value {
    let (_, rest) = html.split_once(r#"id="island">"#).expect("an island");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(json).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_of_the_app_answers_with_the_shell_and_unknown_ones_with_a_404() {
    let (app, _folder) = spawn_with_app().await;
    for path in [
        "/",
        "/index.html",
        "/search?q=tea",
        "/cart",
        "/orders/0193",
        "/o/token",
        "/you/sync",
        "/reset?token=x",
        "/sell",
    ] {
        let response = get(&app, path, &[]).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(&response, "cache-control"), "no-cache");
        assert!(header(&response, "content-security-policy").contains("script-src 'self'"));
        let html = response.text().await.expect("a page");
        assert!(
            html.contains("<title>Sampan</title>") && !html.contains("<!--sampan"),
            "{html}"
        );
        assert_eq!(island(&html)["path"], path);
    }
    for path in ["/nothing", "/you/nothing", "/orders/1/2", "/p/", "/app.js"] {
        let response = get(&app, path, &[]).await;
        assert_eq!(response.status(), 404, "{path}");
        assert!(header(&response, "content-type").starts_with("text/html"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shell_speaks_the_shoppers_language_and_says_when_nothing_changed() {
    let (app, _folder) = spawn_with_app().await;
    for (path, headers, lang, dir) in [
        (
            "/",
            vec![("accept-language", "ar-EG,en;q=0.5")],
            "ar",
            "rtl",
        ),
        (
            "/",
            vec![("accept-language", "ar"), ("cookie", "sampan_locale=es")],
            "es",
            "ltr",
        ),
        (
            "/?lang=zh",
            vec![("cookie", "sampan_locale=es")],
            "zh",
            "ltr",
        ),
        ("/", vec![("accept-language", "fi")], "en", "ltr"),
    ] {
        let response = get(&app, path, &headers).await;
        let etag = header(&response, "etag").to_owned();
        let html = response.text().await.expect("a page");
        assert!(
            html.contains(&format!(r#"<html lang="{lang}" dir="{dir}">"#)),
            "{html}"
        );
        assert!(html.contains(&format!(r#"href="/manifest.webmanifest?lang={lang}""#)));
        assert_eq!(island(&html)["locale"], lang);
        let mut again = headers.clone();
        again.push(("if-none-match", &etag));
        assert_eq!(get(&app, path, &again).await.status(), 304);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_cannot_end_the_island_or_the_head() {
    let (app, _folder) = spawn_with_app().await;
    let html = get(&app, "/search?q=</script><script>alert(1)</script>", &[])
        .await
        .text()
        .await
        .expect("a page");
    assert_eq!(html.matches("</script>").count(), 1, "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hashed_files_are_immutable_and_come_compressed_as_they_lie_there() {
    let (app, _folder) = spawn_with_app().await;
    for (accept, encoding, body) in [
        ("gzip, br", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0", "", "plain"),
        ("", "", "plain"),
    ] {
        let response = get(&app, "/assets/app-one.js", &[("accept-encoding", accept)]).await;
        assert_eq!(
            header(&response, "cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(header(&response, "vary"), "accept-encoding");
        assert!(header(&response, "content-type").starts_with("text/javascript"));
        assert_eq!(header(&response, "content-encoding"), encoding);
        assert_eq!(response.text().await.expect("a file"), body, "{accept}");
    }
    let worker = get(&app, "/sw.js", &[]).await;
    assert_eq!(
        (worker.status().as_u16(), header(&worker, "cache-control")),
        (200, "no-cache")
    );
    for path in [
        "/assets/none.js",
        "/assets/..%2findex.html",
        "/assets/..%2fsw.js",
        "/icons/none.png",
    ] {
        assert_eq!(get(&app, path, &[]).await.status(), 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_the_last_three_builds_stay_and_older_ones_go() {
    let (app, folder) = spawn_with_app().await;
    let files = &app.rooms.assets;
    for build in ["two", "three", "four"] {
        std::fs::remove_dir_all(folder.path().join("assets")).expect("removed");
        write_app(folder.path(), build);
        app.clock.advance_seconds(60);
        files
            .remember(app.rooms.platform.now())
            .await
            .expect("remembered");
    }
    for (build, status) in [("four", 200), ("three", 200), ("two", 200), ("one", 404)] {
        let response = get(
            &app,
            &format!("/assets/app-{build}.js"),
            &[("accept-encoding", "br")],
        )
        .await;
        assert_eq!(response.status(), status, "{build}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manifest_is_whole_in_each_language() {
    let (app, _folder) = spawn_with_app().await;
    for (lang, dir) in [("en", "ltr"), ("es", "ltr"), ("ar", "rtl"), ("zh", "ltr")] {
        let response = get(&app, &format!("/manifest.webmanifest?lang={lang}"), &[]).await;
        assert_eq!(
            header(&response, "content-type"),
            "application/manifest+json"
        );
        let manifest: Value =
            serde_json::from_str(&response.text().await.expect("text")).expect("JSON");
        assert_eq!(
            (
                &manifest["id"],
                &manifest["lang"],
                &manifest["dir"],
                &manifest["display"]
            ),
            (&"/".into(), &lang.into(), &dir.into(), &"standalone".into())
        );
        let icons: Vec<String> = manifest["icons"]
            .as_array()
            .expect("icons")
            .iter()
            .map(|icon| {
                format!(
                    "{} {}",
                    icon["sizes"].as_str().expect("a size"),
                    icon["purpose"].as_str().expect("a purpose")
                )
            })
            .collect();
        assert_eq!(
            icons,
            ["192x192 any", "512x512 maskable", "512x512 monochrome"]
        );
        assert_eq!(manifest["shortcuts"][0]["url"], "/orders");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_built_app_the_page_says_what_to_do_and_the_api_works() {
    let empty = tempfile::tempdir().expect("a folder");
    let app = spawn_app_with(|config| config.app_dir = Some(empty.path().to_owned())).await;
    let response = get(&app, "/", &[]).await;
    assert_eq!(response.status(), 503);
    assert!(
        response
            .text()
            .await
            .expect("text")
            .contains("Build the app first")
    );
    assert_eq!(app.get("/readyz").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documents_for_people_need_nothing_from_elsewhere() {
    let app = spawn_app().await;
    for path in [
        "/api/docs",
        "/api/docs/docs.css",
        "/api/docs/docs.js",
        "/problems/invalid",
        "/problems/internal",
    ] {
        let response = get(&app, path, &[]).await;
        assert_eq!(response.status(), 200, "{path}");
        let text = response.text().await.expect("text");
        assert!(
            !text.contains("//cdn") && !text.contains(" style=") && !text.contains("<style"),
            "{path}"
        );
        assert!(
            !text.contains("<script>") && !text.contains("onclick"),
            "{path}"
        );
    }
    assert_eq!(get(&app, "/problems/nonsense", &[]).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn big_replies_are_compressed_and_small_ones_are_not() {
    let app = spawn_app().await;
    let contract = get(&app, "/api/openapi.json", &[("accept-encoding", "br")]).await;
    assert_eq!(header(&contract, "content-encoding"), "br");
    let small = get(&app, "/livez", &[("accept-encoding", "br")]).await;
    assert_eq!(header(&small, "content-encoding"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_a_problem() {
    let app = spawn_app().await;
    let at = |path: &str| format!("{}{path}", app.address);
    let client = &app.client;
    for request in [
        client.get(at("/api/v1/nothing")),
        client.post(at("/api/openapi.json")),
        client.post(at("/api/docs")),
        client.put(at("/nothing")).body("x"),
        client.get(at("/media/none.webp")),
        client
            .get(at("/api/openapi.json"))
            .header("accept-encoding", "identity;q=0"),
        client
            .post(at("/api/v1/anything"))
            .header("sec-fetch-site", "cross-site"),
    ] {
        let response = request.send().await.expect("an answer");
        let status = response.status();
        assert!(status.is_client_error(), "{status} {}", response.url());
        assert_eq!(
            header(&response, "content-type"),
            "application/problem+json",
            "{}",
            response.url()
        );
        assert!(!header(&response, "content-security-policy").is_empty());
        let problem: Value =
            serde_json::from_str(&response.text().await.expect("text")).expect("JSON");
        assert_eq!(problem["status"], status.as_u16());
        assert!(
            problem["type"]
                .as_str()
                .expect("a type")
                .starts_with("/problems/")
        );
        assert!(!problem["request_id"].as_str().expect("an id").is_empty());
    }
}

/// A shop whose owner calls things by dangerous names.
async fn spawn_with_goods() -> (TestApp, tempfile::TempDir) {
    let (app, folder) = spawn_with_app().await;
    add_shop(&app, "mine", "EUR").await;
    let title = "Bowl </script><script>alert(1)</script> \u{2028}<!-- & co";
    let file = format!(
        "{COLUMNS},description,stock\nB-1,,{title},tableware,,EUR,6,9.80,6,PT,510,{title},12\n"
    );
    import(&app, "mine", &file, false).await.expect("imported");
    (app, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_carries_the_data_of_its_screen() {
    let (app, _folder) = spawn_with_goods().await;
    for (path, pointer, expected) in [
        ("/", "/home/shops/0/slug", "mine"),
        ("/", "/home/products/0/sku", "B-1"),
        ("/s/mine", "/shop/slug", "mine"),
        ("/s/mine", "/products/items/0/sku", "B-1"),
        ("/p/B-1", "/product/sku", "B-1"),
        ("/p/B%2D1", "/product/sku", "B-1"),
        (
            "/search?q=bowl&sort=price_asc&utm=x",
            "/products/items/0/sku",
            "B-1",
        ),
        ("/search?currency=GBP", "/products/items/0/sku", "B-1"),
        ("/search?sort=nonsense", "/products/items/0/sku", "B-1"),
    ] {
        let response = get(&app, path, &[]).await;
        assert_eq!(response.status(), 200, "{path}");
        let island = island(&response.text().await.expect("a page"));
        assert_eq!(island["path"], path);
        assert_eq!(
            island["data"].pointer(pointer),
            Some(&expected.into()),
            "{path} {island}"
        );
    }
    let (_, product) = app.get("/api/v1/products/B-1").await;
    let html = get(&app, "/p/B-1", &[]).await.text().await.expect("a page");
    assert_eq!(
        island(&html)["data"]["product"],
        product,
        "the same as over the API"
    );
    for path in ["/p/NO-SUCH", "/s/no-such"] {
        let response = get(&app, path, &[]).await;
        assert_eq!(response.status(), 404, "{path}");
        let html = response.text().await.expect("a page");
        assert_eq!(island(&html)["data"], serde_json::json!({}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_cannot_break_out_of_its_page() {
    let (app, _folder) = spawn_with_goods().await;
    for path in ["/p/B-1", "/", "/s/mine", "/search"] {
        let html = get(&app, path, &[]).await.text().await.expect("a page");
        assert_eq!(html.matches("</script>").count(), 1, "{html}");
        assert!(
            !html.contains("<script>") && !html.contains("<!--"),
            "{html}"
        );
    }
    let html = get(&app, "/p/B-1", &[]).await.text().await.expect("a page");
    assert!(html.contains("<title>Bowl &lt;/script&gt;"), "{html}");
    let title = island(&html)["data"]["product"]["title"].clone();
    assert!(
        title.as_str().expect("a title").contains("</script>"),
        "the data itself is whole"
    );
}
