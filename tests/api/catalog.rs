//! Shops, products, search, shelves and pictures, as a phone reads them.

use super::{
    app::{TestApp, spawn_app_with},
    catalog_import::{COLUMNS, import, shop},
    device,
    trade::wanted,
};
use sampan::stock;
use serde_json::{Value, json};
use std::collections::BTreeSet;
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
        .listings(&[sku, "NO-SUCH"])
        .await
        .expect("listings");
    let listing = &listings[sku];
    assert_eq!(listings.len(), 1);
    assert_eq!(listing.shop.slug, "olaria-vale-manso");
    assert_eq!((listing.minimum_quantity(), listing.pack_step), (6, 6));
    let available = app
        .rooms
        .catalog
        .available(db.reader(), &[sku])
        .await
        .expect("stock");
    assert_eq!(available[sku], 340);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_market_starts_again_and_takes_no_other_database() {
    let app = demo().await;
    let config = (*app.rooms.platform.config).clone();
    let sources = sampan::app::Sources::of_machine(&config).expect("sources");
    assert!(sampan::app::build(config, sources).await.is_ok());

    let app = shop().await;
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

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_held_once_and_never_beyond_what_is_there() {
    let app = demo().await;
    let group = Uuid::from_u128(1);
    let line = |quantity| vec![("OVM-SOPA-OCRE".to_owned(), quantity)];
    let reserve = |group: Uuid, quantity: i64| {
        app.rooms.platform.db.write(move |tx| {
            Box::pin(async move {
                let lines = [wanted("OVM-SOPA-OCRE", quantity)];
                stock::reserve(tx, group, &lines, i64::MAX, 0).await
            })
        })
    };
    let left = || async {
        let db = &app.rooms.platform.db;
        let available = app
            .rooms
            .catalog
            .available(db.reader(), &["OVM-SOPA-OCRE"])
            .await;
        available.expect("stock")["OVM-SOPA-OCRE"]
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
            .write(move |tx| Box::pin(stock::release(tx, group, 0)))
    };
    release().await.expect("released");
    release().await.expect("released once");
    assert_eq!(left().await, 240);
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_buyers_at_once_get_exactly_what_there_is() {
    let app = demo().await;
    let buyers = (0..40_u128).map(|buyer| {
        let db = app.rooms.platform.db.clone();
        tokio::spawn(async move {
            db.write(move |tx| {
                Box::pin(async move {
                    let lines = [wanted("OVM-SOPA-OCRE", 12)];
                    stock::reserve(tx, Uuid::from_u128(buyer), &lines, i64::MAX, 0).await
                })
            })
            .await
        })
    });
    let mut held = 0;
    for buyer in buyers.collect::<Vec<_>>() {
        held += i64::from(buyer.await.expect("finished").expect("answered").is_ok());
    }
    assert_eq!(held, 340 / 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_shows_its_face() {
    let app = demo().await;
    let (status, page) = app.get("/api/v1/shops").await;
    assert_eq!(status, 200);
    assert!(page["items"].as_array().expect("shops").len() >= 12);
    let (status, shop) = app.get("/api/v1/shops/kamihina-bungu").await;
    assert_eq!(
        (status, &shop["country"], &shop["founded"]),
        (200, &json!("JP"), &json!("2013"))
    );
    assert!(shop["product_count"].as_u64().expect("a count") > 5);
    assert_eq!(app.get("/api/v1/shops/no-such").await.0, 404);
    let (_, first) = app.get("/api/v1/shops?limit=5").await;
    let cursor = first["next_cursor"].as_str().expect("more shops");
    let (_, second) = app
        .get(&format!("/api/v1/shops?limit=5&cursor={cursor}"))
        .await;
    assert_ne!(first["items"][4]["slug"], second["items"][0]["slug"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_products_hold_each_product_once() {
    let app = demo().await;
    for sort in ["relevance", "newest", "price_asc", "price_desc"] {
        let (mut seen, mut pages, mut cursor) = (BTreeSet::new(), 0, String::new());
        loop {
            let url = format!("/api/v1/products?sort={sort}&limit=60&currency=USD{cursor}");
            let (status, page) = app.get(&url).await;
            assert_eq!(status, 200, "{page}");
            for item in page["items"].as_array().expect("items") {
                assert!(seen.insert(item["sku"].to_string()), "{sort}: {item}");
                assert_eq!(item["price"]["currency"], "USD");
            }
            pages += 1;
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert!(
            seen.len() >= 300 && pages > 4,
            "{sort}: {} products",
            seen.len()
        );
    }
    let (_, page) = app.get("/api/v1/products?sort=price_asc&limit=60").await;
    let items = page["items"].as_array().expect("items");
    assert!(
        items
            .iter()
            .map(|item| item["price"]["minor"].as_i64())
            .is_sorted(),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_folded_words_and_beginnings_and_ranks_titles_first() {
    let app = demo().await;
    let search = async |query: &str| {
        let (status, page) = app.get(&format!("/api/v1/products?q={query}")).await;
        assert_eq!(status, 200, "{page}");
        page["items"].as_array().expect("items").clone()
    };
    let bowls = search("soup%20bo").await;
    assert!(
        bowls[0]["title"]
            .as_str()
            .expect("a title")
            .starts_with("Soup bowl"),
        "{bowls:?}"
    );
    assert!(!search("OLARIA%20vale%20SO%C3%9AP").await.is_empty());
    assert!(search("soup%20zzzz").await.is_empty());
    assert!(search("%27%22%20OR%20%28zzzz%3A*%20--").await.is_empty());
    assert_eq!(
        search("ovm-sopa-ocre").await[0]["shop"]["slug"],
        "olaria-vale-manso"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_count_without_their_own_filter() {
    let app = demo().await;
    let (_, all) = app.get("/api/v1/products").await;
    let (_, page) = app
        .get("/api/v1/products?category=baskets&shop=akanyo-grass-weavers")
        .await;
    for item in page["items"].as_array().expect("items") {
        assert_eq!(
            (&item["category"], &item["origin"]),
            (&json!("baskets"), &json!("GH"))
        );
    }
    assert!(all["facets"]["category"].as_array().expect("a facet").len() >= 10);
    let shops = page["facets"]["shop"].as_array().expect("a facet");
    assert!(
        shops
            .iter()
            .any(|shop| shop["label"] == "Akanyo Grass Weavers"),
        "{shops:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_is_told() {
    let app = demo().await;
    for (query, status) in [
        ("currency=euro", 422),
        ("ship_to=Germany", 422),
        ("cursor=x", 422),
        ("sort=best", 400),
        ("colour=red", 400),
        ("limit=-1", 400),
        ("q=", 200),
        ("ship_to=DE&currency=XAU", 200),
    ] {
        let (got, body) = app.get(&format!("/api/v1/products?{query}")).await;
        assert_eq!(got, status, "{query}: {body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_tells_both_prices_and_the_rate_between() {
    let app = demo().await;
    let (status, product) = app.get("/api/v1/products/KHB-NB-A6-KON?currency=GBP").await;
    assert_eq!(status, 200, "{product}");
    assert_eq!(
        product["seller_tiers"][0]["price"],
        json!({"minor": 780, "currency": "JPY"})
    );
    // 780 / 171.94 * 0.84638, rounded half up once.
    assert_eq!(
        product["tiers"][0]["price"],
        json!({"minor": 384, "currency": "GBP"})
    );
    assert_eq!(
        (&product["fx"]["pair"], &product["fx"]["date"]),
        (&json!("JPY/GBP"), &json!("2024-06-28"))
    );
    assert!(product["variants"].as_array().expect("variants").len() > 1);
    assert_eq!(
        (&product["minimum_quantity"], &product["pack_step"]),
        (&json!(5), &json!(5))
    );
    assert!(product["stock"]["available"].as_i64().expect("stock") > 0);
    let (_, own) = app.get("/api/v1/products/KHB-NB-A6-KON?currency=JPY").await;
    assert!(own["fx"].is_null());
    assert_eq!(app.get("/api/v1/products/NO-SUCH").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_served_for_ever_and_nothing_else_is() {
    let app = demo().await;
    let (_, product) = app.get("/api/v1/products/OVM-SOPA-OCRE").await;
    let image = product["image"].as_str().expect("a picture");
    let response = app
        .client
        .get(format!("{}{image}", app.address))
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.headers()["content-type"], "image/webp");
    assert!(
        response.headers()["cache-control"]
            .to_str()
            .expect("text")
            .contains("immutable")
    );
    assert!(response.bytes().await.expect("bytes").starts_with(b"RIFF"));
    for name in [
        "00000000000000000000000000000000.webp",
        "..%2f..%2fCargo.toml",
        "x.webp",
    ] {
        assert_eq!(app.get(&format!("/media/{name}")).await.0, 404, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unchanged_list_is_not_sent_again_and_is_small_on_the_way() {
    let app = demo().await;
    let url = format!("{}/api/v1/products", app.address);
    let get = async |name: &'static str, value: &str| {
        app.client
            .get(&url)
            .header(name, value)
            .send()
            .await
            .expect("an answer")
    };
    let compressed = get("accept-encoding", "gzip, br").await;
    assert_eq!(compressed.headers()["content-encoding"], "br");
    let etag = compressed.headers()["etag"]
        .to_str()
        .expect("text")
        .to_owned();
    let plain = get("accept-encoding", "identity").await;
    assert_eq!(plain.headers()["etag"], etag.as_str());
    let small = compressed.bytes().await.expect("bytes").len();
    let large = plain.bytes().await.expect("bytes").len();
    assert!(small * 3 < large, "{small} of {large}");
    assert_eq!(get("if-none-match", &etag).await.status(), 304);
    let file = format!("{COLUMNS}\nNEW-1,,New jug,tableware,,EUR,1,2.50,1,PT,90\n");
    import(&app, "olaria-vale-manso", &file, false)
        .await
        .expect("imported");
    assert_eq!(get("if-none-match", &etag).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shelf_tells_what_changed_and_what_is_gone() {
    let app = shop().await;
    let file = |price: &str| {
        format!(
            "{COLUMNS}\nA-1,A,Tea bowl,tableware,colour=red,GBP,6,{price},6,PT,510\n\
             A-2,A,Tea bowl,tableware,colour=blue,GBP,6,9.80,6,PT,510\n"
        )
    };
    import(&app, "mine", &file("9.80"), false)
        .await
        .expect("imported");
    let (_, all) = app.get("/api/v1/shelf?shop=mine&currency=GBP").await;
    assert_eq!(
        (&all["full"], all["items"].as_array().map(Vec::len)),
        (&json!(true), Some(2))
    );
    let version = all["version"].as_str().expect("a version");
    let since = format!("/api/v1/shelf?shop=mine&currency=GBP&since={version}");
    import(&app, "mine", &file("9.80"), false)
        .await
        .expect("imported");
    let (_, same) = app.get(&since).await;
    assert_eq!(
        (&same["full"], &same["items"], &same["version"]),
        (&json!(false), &json!([]), &all["version"])
    );
    import(
        &app,
        "mine",
        &file("9.70").replace("A-2,A,", "A-3,A,"),
        true,
    )
    .await
    .expect("imported");
    let (_, changed) = app.get(&since).await;
    let items = changed["items"].as_array().expect("items");
    let skus: Vec<&Value> = items.iter().map(|item| &item["sku"]).collect();
    assert_eq!(
        (json!(skus), &changed["removed"]),
        (json!(["A-1", "A-3"]), &json!(["A-2"]))
    );
    let (_, euros) = app
        .get(&since.replace("currency=GBP", "currency=EUR"))
        .await;
    assert_eq!(euros["full"], true);
    assert_eq!(app.get("/api/v1/products/A-2").await.0, 404);
    let known = app.rooms.catalog.listings(&["A-2"]).await;
    assert!(!known.expect("listings")["A-2"].is_listed);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_seller_works_for_every_shop() {
    let app = demo().await;
    let (device_id, secret) = device::pair();
    let login = json!({"email": "seller@demo.sampan", "password": "sampan-demo", "device_id": device_id, "secret": secret});
    let (status, reply) = app.post("/api/v1/auth/login", login).await;
    assert_eq!(status, 200, "{reply}");
    let scope_id = device::id(&reply, "scope_id");
    let shops = sampan::catalog::shops_of(app.rooms.platform.db.reader(), scope_id)
        .await
        .expect("shops");
    let (_, page) = app.get("/api/v1/shops").await;
    assert_eq!(Some(shops.len()), page["items"].as_array().map(Vec::len));
}
