use super::app::{TestApp, spawn_app, spawn_app_with};
use sampan::stock;
use uuid::Uuid;

async fn demo() -> TestApp {
    spawn_app_with(|config| config.demo = true).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_market_fills_an_empty_database() {
    let app = demo().await;
    let db = &app.rooms.platform.db;
    let sku = "OVM-SOPA-OCRE";
    let listings = app
        .rooms
        .catalog
        .listings(db.reader(), &[sku, "NO-SUCH"])
        .await
        .expect("listings");
    let listing = &listings[sku];
    assert_eq!(listings.len(), 1);
    assert_eq!(listing.shop.slug, "olaria-vale-manso");
    assert_eq!((listing.minimum_quantity(), listing.pack_step), (6, 6));
    assert!(
        listing
            .image
            .as_deref()
            .is_some_and(|image| image.starts_with("/media/"))
    );
    let available = app
        .rooms
        .catalog
        .available(db.reader(), &[sku])
        .await
        .expect("stock");
    assert_eq!(available[sku], 340);
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_held_once_and_never_beyond_what_is_there() {
    let app = demo().await;
    let group = Uuid::from_u128(1);
    let line = |quantity| vec![("OVM-SOPA-OCRE".to_owned(), quantity)];
    let reserve = |group: Uuid, quantity: i64| {
        let lines = line(quantity);
        app.rooms.platform.db.write(move |tx| {
            let lines = lines.clone();
            Box::pin(async move { stock::reserve(tx, group, &lines, i64::MAX).await })
        })
    };
    let left = || async {
        let db = &app.rooms.platform.db;
        app.rooms
            .catalog
            .available(db.reader(), &["OVM-SOPA-OCRE"])
            .await
            .expect("stock")["OVM-SOPA-OCRE"]
    };
    assert_eq!(reserve(group, 300).await, Ok(Ok(())));
    assert_eq!(reserve(group, 300).await, Ok(Ok(())));
    assert_eq!(left().await, 40);
    let short = stock::Shortage {
        sku: "OVM-SOPA-OCRE".into(),
        available: 40,
    };
    assert_eq!(reserve(Uuid::from_u128(2), 41).await, Ok(Err(short)));
    let ship = |batch: u128, quantity: i64| {
        let lines = line(quantity);
        app.rooms.platform.db.write(move |tx| {
            let lines = lines.clone();
            Box::pin(async move { stock::ship(tx, group, Uuid::from_u128(batch), &lines, 0).await })
        })
    };
    ship(7, 100).await.expect("shipped");
    ship(7, 100).await.expect("shipped once");
    assert_eq!(left().await, 40);
    let release = || {
        app.rooms
            .platform
            .db
            .write(move |tx| Box::pin(stock::release(tx, group)))
    };
    release().await.expect("released");
    release().await.expect("released once");
    assert_eq!(left().await, 240);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_holds_something_else_is_refused_for_the_demo() {
    let app = spawn_app().await;
    let shops =
        b"slug,name,tagline,story,country,place,tint,founded,currency,manufacturer,address\n\
        mine,Mine,T,S,GB,Leeds,#FFFFFF,2020,GBP,Mine Ltd,Leeds; a@b.example\n"
            .to_vec();
    let importer = app.rooms.catalog.importer();
    let made = importer
        .shops(
            &app.rooms.platform.db,
            shops,
            sampan::catalog::Pictures::LeftOut,
        )
        .await;
    assert_eq!(made.expect("a shop"), 1);
    let mut config = (*app.rooms.platform.config).clone();
    config.demo = true;
    let sources = sampan::app::Sources::of_machine(&config).expect("sources");
    let refusal = sampan::app::build(config, sources)
        .await
        .err()
        .expect("a refusal")
        .to_string();
    assert!(refusal.contains("--demo"), "{refusal}");
}
