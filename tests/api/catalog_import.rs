//! Files in: whole or not at all, and every mistake told.

use super::app::{TestApp, spawn_app};
use sampan::{
    catalog::{CatalogueImport, ImportError, Map, Pictures, Report},
    platform::db,
};
use sampan_engine::money::Currency;
use serde_json::json;
use std::{path::PathBuf, time::Instant};

pub const COLUMNS: &str = "sku,product,title,category,options,currency,tier1_min,tier1_price,pack_step,origin,weight_grams";
const MAP: &str = include_str!("../../server/demo/maps/online-retail.json");

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_in_whole_or_not_at_all() {
    let app = shop().await;
    let good = format!("{COLUMNS},stock\nA-1,,Tea bowl,tableware,,GBP,6,9.80,6,PT,510,12\n");
    let report = import(&app, "mine", &good, false).await.expect("imported");
    assert_eq!((report.rows, report.products, report.added), (1, 1, 1));
    let bad = format!(
        "{COLUMNS}\nA-1,,Tea cup,tableware,,GBP,6,9.80,6,PT,510\nA-2,,Tea cup,tableware,,GBP,6,9.80,6,Portugal,510\n"
    );
    let Err(ImportError::Rows(mistakes)) = import(&app, "mine", &bad, false).await else {
        panic!("a refusal expected");
    };
    assert_eq!(
        (
            mistakes.len(),
            mistakes[0].line,
            mistakes[0].column.as_str()
        ),
        (1, 3, "origin")
    );
    assert_eq!(app.get("/api/v1/products/A-1").await.1["title"], "Tea bowl");
    let nobody = import(&app, "nobody", &good, false).await;
    assert!(matches!(nobody, Err(ImportError::UnknownShop(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_again_changes_what_differs_and_keeps_the_stock() {
    let app = shop().await;
    let file = format!("{COLUMNS},stock\nA-1,,Tea bowl,tableware,,GBP,6,9.80,6,PT,510,12\n");
    import(&app, "mine", &file, false).await.expect("imported");
    let again = import(&app, "mine", &file, false).await.expect("imported");
    assert_eq!((again.unchanged, again.updated, again.added), (1, 0, 0));
    let other = format!("{COLUMNS}\nA-1,,Tea cup,tableware,,GBP,6,9.80,6,PT,510\n");
    let report = import(&app, "mine", &other, false).await.expect("imported");
    assert_eq!((report.updated, report.added), (1, 0));
    let (_, product) = app.get("/api/v1/products/A-1").await;
    assert_eq!(
        (&product["title"], &product["stock"]["available"]),
        (&json!("Tea cup"), &json!(12))
    );
    assert_eq!(
        app.get("/api/v1/products?q=cup").await.1["items"][0]["sku"],
        "A-1"
    );
    assert_eq!(
        app.get("/api/v1/products?q=bowl").await.1["items"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn barcodes_come_with_the_catalogue_may_be_exchanged_and_stay_where_it_is_silent() {
    let app = shop().await;
    let file = |a: &str, b: &str| {
        let row = |sku: &str, gtin: &str| {
            format!("{sku},,Tea bowl,tableware,,GBP,6,9.80,6,PT,510,{gtin}\n")
        };
        format!("{COLUMNS},gtin\n{}{}", row("A-1", a), row("B-1", b))
    };
    let told = async || {
        let text = "SELECT COALESCE(gtin, '-') AS gtin FROM variant WHERE sku IN ('A-1', 'B-1') ORDER BY sku";
        let rows = db::fetch_all(app.rooms.platform.db.reader(), text, []).await;
        let rows = rows.expect("variants");
        let told = rows
            .iter()
            .map(|row| row.try_get::<String>("", "gtin").expect("a number"));
        told.collect::<Vec<_>>()
    };
    const PEN: &str = "4006381333931";
    const CUP: &str = "036000291452";
    let report = import(&app, "mine", &file(PEN, CUP), false).await;
    assert_eq!(report.expect("imported").added, 2);
    assert_eq!(told().await, ["04006381333931", "00036000291452"]);
    let report = import(&app, "mine", &file(CUP, PEN), false).await;
    assert_eq!(report.expect("imported").updated, 2);
    let exchanged = ["00036000291452", "04006381333931"];
    assert_eq!(told().await, exchanged);
    let report = import(&app, "mine", &file("", ""), false).await;
    assert_eq!(report.expect("imported").unchanged, 2);
    let silent = format!("{COLUMNS}\nA-1,,Tea bowl,tableware,,GBP,6,9.80,6,PT,510\n");
    import(&app, "mine", &silent, false)
        .await
        .expect("imported");
    for (wrong, line) in [
        (file("4006381333932", ""), 2),
        (file("96385074", "96385074"), 3),
        // Borne by the variant that the file says nothing of.
        (file(PEN, ""), 2),
    ] {
        let Err(ImportError::Rows(mistakes)) = import(&app, "mine", &wrong, false).await else {
            panic!("a refusal expected");
        };
        assert_eq!(
            (mistakes[0].line, mistakes[0].column.as_str()),
            (line, "gtin")
        );
    }
    assert_eq!(told().await, exchanged);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sku_belongs_to_one_shop() {
    let app = shop().await;
    let file = |currency: &str| {
        format!("{COLUMNS}\nA-1,,Tea bowl,tableware,,{currency},6,9.80,6,PT,510\n")
    };
    import(&app, "mine", &file("GBP"), false)
        .await
        .expect("imported");
    add_shop(&app, "yours", "EUR").await;
    let Err(ImportError::Rows(mistakes)) = import(&app, "yours", &file("EUR"), false).await else {
        panic!("a refusal expected");
    };
    assert_eq!((mistakes[0].line, mistakes[0].column.as_str()), (2, "sku"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_reports_and_writes_nothing() {
    let app = shop().await;
    let file = format!("{COLUMNS}\nA-1,,Tea bowl,tableware,,GBP,6,9.80,6,PT,510\n");
    let mut wish = catalogue("mine", file.into_bytes());
    wish.dry_run = true;
    let report = app
        .rooms
        .catalog
        .importer()
        .catalogue(&app.rooms.platform.db, wish)
        .await;
    assert_eq!(report.expect("a report").added, 1);
    assert_eq!(app.get("/api/v1/products").await.1["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_imported_twice_change_nothing() {
    let app = spawn_app().await;
    let importer = app.rooms.catalog.importer();
    let db = &app.rooms.platform.db;
    let file = b"Date,USD,JPY,\n2026-11-20,1.1000,170.00,\n2026-11-19,1.0900,N/A,\n";
    let first = importer.fx(db, file).await.expect("rates");
    let second = importer.fx(db, file).await.expect("rates");
    assert_eq!((first.rates, first.written, second.written), (3, 3, 0));
    app.rooms.catalog.written();
    let rates = app.rooms.catalog.rates().await.expect("rates");
    let dollars = Currency::parse("USD").expect("a code");
    let cross = rates.cross(Currency::EUR, dollars).expect("a rate");
    assert_eq!(
        (cross.decimal.as_str(), cross.date.as_str()),
        ("1.1000000000", "2026-11-20")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn real_products_come_in_by_a_map_within_five_seconds() {
    let Some(folder) = std::env::var_os("SAMPAN_DATA").map(PathBuf::from) else {
        println!(
            "SKIPPED real_products_come_in_by_a_map_within_five_seconds: SAMPAN_DATA is not set"
        );
        return;
    };
    let app = shop().await;
    let products = std::fs::read(folder.join("online-retail/products.csv")).expect("the data set");
    let mut wish = catalogue("mine", products);
    wish.map = Some(Map::parse(MAP.as_bytes()).expect("a map"));
    wish.pictures = Pictures::Folder(folder.join("pictures"));
    let started = Instant::now();
    let report = app
        .rooms
        .catalog
        .importer()
        .catalogue(&app.rooms.platform.db, wish)
        .await;
    let (report, elapsed) = (report.expect("imported"), started.elapsed());
    assert_eq!((report.rows, report.added), (1555, 1555));
    println!("1,555 products in {elapsed:?}");
    assert!(elapsed.as_secs() < 5, "{elapsed:?}");
    app.rooms.catalog.written();
    let (_, page) = app
        .get("/api/v1/products?q=t-light%20holder&currency=GBP")
        .await;
    assert!(
        page["items"]
            .as_array()
            .is_some_and(|items| items.len() > 5),
        "{page}"
    );
    assert!(page["items"][0]["image"].is_string());
}

/// A server with one empty shop, `mine`, that sells in pounds.
pub async fn shop() -> TestApp {
    let app = spawn_app().await;
    add_shop(&app, "mine", "GBP").await;
    app
}

/// Imports a file as the command line would, and lets the server see it at once.
pub async fn import(
    app: &TestApp,
    shop: &str,
    file: &str,
    replace: bool,
) -> Result<Report, ImportError> {
    let mut wish = catalogue(shop, file.as_bytes().to_vec());
    wish.replace = replace;
    let report = app
        .rooms
        .catalog
        .importer()
        .catalogue(&app.rooms.platform.db, wish)
        .await;
    app.rooms.catalog.written();
    report
}

pub async fn add_shop(app: &TestApp, slug: &str, currency: &str) {
    let file = format!(
        "slug,name,tagline,story,country,place,tint,founded,currency,manufacturer,address\n\
         {slug},Mine,T,S,GB,Leeds,#FFFFFF,2020,{currency},Mine Ltd,Leeds; a@b.example\n"
    );
    let importer = app.rooms.catalog.importer();
    let made = importer
        .shops(&app.rooms.platform.db, file.into(), Pictures::LeftOut)
        .await;
    assert_eq!(made.expect("a shop"), 1);
    app.rooms.catalog.written();
}

fn catalogue(shop: &str, bytes: Vec<u8>) -> CatalogueImport {
    CatalogueImport {
        shop: shop.to_owned(),
        bytes,
        map: None,
        pictures: Pictures::LeftOut,
        replace: false,
        dry_run: false,
    }
}
