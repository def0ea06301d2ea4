//! Goods sold before they came: never more than are promised, and whoever waits longest is served first.

use super::{
    TestApp,
    trade::{Shopper, market, number, seller, text_of},
};
use futures_util::future::join_all;
use rand::{Rng, SeedableRng, rngs::StdRng};
use sampan::{
    platform::db,
    stock::{self, Count, Missing, Wanted},
};
use sampan_engine::time::Day;
use sea_orm::{DbBackend, DbErr};
use serde_json::{Value, json};
use uuid::Uuid;

/// A bowl of a workshop in Viet Nam; it lies with the maker alone.
const BOWL: &str = "NST-BOWLC-RED";
const WORKSHOP: &str = "nha-son-trang";

/// `YYYY-MM-DD`, so many days ahead.
fn ahead(app: &TestApp, days: i64) -> String {
    app.rooms.platform.now().plus_days(days).day().to_string()
}

async fn count(seller: &Shopper<'_>, body: Value) -> (u16, Value) {
    let request = seller
        .app
        .client
        .put(format!("{}/api/v1/seller/stock/{BOWL}", seller.app.address))
        .bearer_auth(seller.token())
        .json(&body);
    seller.app.send(request).await
}

/// So many are there, and so many more come.
async fn promised(seller: &Shopper<'_>, on_hand: i64, day: &str, coming: i64) {
    let body = json!({ "on_hand": on_hand, "expected_on": day, "coming": coming });
    let (status, answer) = count(seller, body).await;
    assert_eq!(status, 200, "{answer}");
}

async fn counted(seller: &Shopper<'_>, on_hand: i64) {
    let (status, answer) = count(seller, json!({ "on_hand": on_hand })).await;
    assert_eq!(status, 200, "{answer}");
    seller.app.run_jobs().await;
}

/// On hand, held of it, promised, and sold of that.
async fn counters(app: &TestApp) -> [i64; 4] {
    let stock = |column: &str| format!("SELECT {column} AS n FROM stock WHERE sku = '{BOWL}'");
    let promise = |column: &str| {
        format!("SELECT COALESCE((SELECT {column} FROM promise WHERE sku = '{BOWL}'), 0) AS n")
    };
    [
        number(app, &stock("on_hand")).await,
        number(app, &stock("reserved")).await,
        number(app, &promise("promised")).await,
        number(app, &promise("back_ordered")).await,
    ]
}

/// Buys bowls; answers the order's id and its batch's.
async fn bought(shopper: &Shopper<'_>, quantity: i64) -> (String, String) {
    shopper.put(BOWL, quantity).await;
    let placed = shopper.buy().await;
    let order = text_of(&placed["orders"][0], "id");
    let batch = text_of(&batch_of(shopper, &order).await, "id");
    (order, batch)
}

async fn batch_of(shopper: &Shopper<'_>, order: &str) -> Value {
    let (status, order) = shopper.get(&format!("/api/v1/orders/{order}")).await;
    assert_eq!(status, 200, "{order}");
    order["batches"][0].clone()
}

async fn packed(seller: &Shopper<'_>, batch: &str) -> (u16, Value) {
    let path = format!("/api/v1/seller/batches/{batch}/packed");
    seller.post(&path, json!({})).await
}

async fn hold(app: &TestApp, until: i64, day: &str) -> Option<Uuid> {
    let (now, group, day) = (
        app.rooms.platform.now().micros(),
        Uuid::now_v7(),
        day.to_owned(),
    );
    let write = app.rooms.platform.db.write(move |tx| {
        let line = Wanted {
            sku: BOWL.to_owned(),
            quantity: 1,
            warehouse: None,
            ships_on: Some(day.clone()),
        };
        Box::pin(async move {
            let held = stock::reserve(tx, group, &[line], until, now).await?;
            Ok::<_, DbErr>(held.is_ok())
        })
    });
    write.await.expect("an answer").then_some(group)
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_buyers_of_ten_pieces_and_ten_promised_ones_get_twenty() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    let day = ahead(&app, 20);
    promised(&seller, 10, &day, 10).await;
    let soon = app.rooms.platform.now().plus_seconds(60).micros();
    // Fifteen hold pieces and will not pay: ten from the shelf and five of what comes.
    for _ in 0..15 {
        assert!(hold(&app, soon, &day).await.is_some());
    }
    assert_eq!(counters(&app).await, [10, 10, 10, 5]);
    app.clock.advance_seconds(61);
    let race = async || {
        let buyers = (0..64).map(|_| hold(&app, i64::MAX, &day));
        let sweeps = async {
            for _ in 0..4 {
                stock::sweep(&app.rooms.platform).await.expect("swept");
            }
        };
        let (held, ()) = tokio::join!(join_all(buyers), sweeps);
        held.into_iter().flatten().count()
    };
    let first = race().await;
    assert!((5..=20).contains(&first), "{first}");
    assert_eq!(first + race().await, 20);
    assert_eq!(counters(&app).await, [10, 10, 10, 10]);
    assert_eq!(hold(&app, i64::MAX, &day).await, None);
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));

    // Goods that come while buyers come are sold once.
    let receipt = counted(&seller, 16);
    let buyers = (0..16).map(|_| hold(&app, i64::MAX, &day));
    let (held, ()) = tokio::join!(join_all(buyers), receipt);
    assert_eq!(held.into_iter().flatten().count(), 0);
    assert_eq!(counters(&app).await, [16, 16, 4, 4]);
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_is_sold_with_its_day_and_packed_when_it_is_there() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    let early = Shopper::new(&app).await;
    early.put(BOWL, 4).await;
    let before = early.quote().await;
    assert_eq!(before["lines"][0].get("ships_on"), None);
    let day = ahead(&app, 20);
    promised(&seller, 0, &day, 12).await;
    let (_, product) = app.get(&format!("/api/v1/products/{BOWL}")).await;
    assert_eq!(
        product["stock"]["coming"],
        json!({ "on": day, "available": 12 })
    );

    // Who was not told of the wait does not get it: they are asked again.
    let key = Uuid::new_v4().to_string();
    let (status, answer) = early.checkout(&key, early.order(&before, "ok")).await;
    assert_eq!(status, 409, "{answer}");
    assert!(text_of(&answer, "type").ends_with("/stock"), "{answer}");
    let quote = early.quote().await;
    assert_eq!(quote["lines"][0]["ships_on"], json!(day), "{quote}");
    assert_eq!(quote["lines"][0]["problem"], Value::Null);
    let shop = |quote: &Value| quote["shops"][0]["days"]["to"].as_i64().expect("days");
    assert_eq!(shop(&quote), shop(&before) + 20);

    let (first, first_batch) = bought(&early, 4).await;
    let late = Shopper::new(&app).await;
    app.clock.advance_seconds(5);
    let (second, _) = bought(&late, 4).await;
    assert_eq!(counters(&app).await, [0, 0, 12, 8]);
    let noon = |day: &str| format!("{day}T12:00:00");
    for (shopper, order) in [(&early, &first), (&late, &second)] {
        let planned = text_of(&batch_of(shopper, order).await, "planned_for");
        assert!(planned.starts_with(&noon(&day)), "{planned}");
    }
    let (status, problem) = packed(&seller, &first_batch).await;
    assert_eq!(status, 409, "{problem}");
    assert!(
        text_of(&problem, "type").ends_with("/goods-not-there"),
        "{problem}"
    );
    assert!(text_of(&problem, "detail").contains(&day), "{problem}");

    // It comes later: the orders say so, and what they said before.
    let moved = ahead(&app, 30);
    promised(&seller, 0, &moved, 12).await;
    app.run_jobs().await;
    let batch = batch_of(&early, &first).await;
    assert!(text_of(&batch, "planned_for").starts_with(&noon(&moved)));
    assert!(text_of(&batch, "planned_before").starts_with(&noon(&day)));
    let told = "SELECT COUNT(*) AS n FROM push_delivery WHERE step = 'delayed'";
    assert_eq!(number(&app, told).await, 2);

    // Told twice, the same receipt serves once, and the oldest first.
    for _ in 0..2 {
        counted(&seller, 6).await;
        assert_eq!(counters(&app).await, [6, 6, 6, 2]);
    }
    assert_eq!(batch_of(&early, &first).await["planned_for"], Value::Null);
    assert_ne!(batch_of(&late, &second).await["planned_for"], Value::Null);
    let (status, problem) = packed(&seller, &first_batch).await;
    assert_eq!(status, 200, "{problem}");
    counted(&seller, 9).await;
    assert_eq!(counters(&app).await, [9, 8, 3, 0]);
    assert_eq!(batch_of(&late, &second).await["planned_for"], Value::Null);
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_back_goes_to_who_waits() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    let day = ahead(&app, 20);
    promised(&seller, 1, &day, 2).await;
    let shelf = hold(&app, i64::MAX, &day).await.expect("a piece");
    let first = hold(&app, i64::MAX, &day).await.expect("a promise");
    let second = hold(&app, i64::MAX, &day).await.expect("a promise");
    assert_eq!(counters(&app).await, [1, 1, 2, 2]);
    let release = async |group: Uuid| {
        let write = app
            .rooms
            .platform
            .db
            .write(move |tx| Box::pin(stock::release(tx, group, 0)));
        write.await.expect("released")
    };
    assert_eq!(release(shelf).await, [first]);
    assert_eq!(release(shelf).await, Vec::<Uuid>::new());
    assert_eq!(counters(&app).await, [1, 1, 2, 1]);
    assert_eq!(release(second).await, Vec::<Uuid>::new());
    assert_eq!(counters(&app).await, [1, 1, 2, 0]);
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
}

const OTHER: &str = "NST-CHOP";
const HANDS: u64 = 8;
const TAPS: usize = 40;

/// One hand that reserves, gives back, counts, promises and misses at random; none of it may fail.
async fn hand(app: &TestApp, shop: Uuid, day: &str, seed: u64) {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut groups: Vec<Uuid> = Vec::new();
    for _ in 0..TAPS {
        let now = app.rooms.platform.now().micros();
        let sku = if chance.random() { BOWL } else { OTHER };
        let (pieces, day) = (chance.random_range(1..4), day.to_owned());
        let group = groups.get(chance.random_range(0..groups.len().max(1)));
        let (fresh, group, what) = (Uuid::now_v7(), group.copied(), chance.random_range(0..10));
        let place = (shop, shop);
        let write = app.rooms.platform.db.write(move |tx| {
            let day = day.clone();
            Box::pin(async move {
                match (what, group) {
                    (0, _) => {
                        let more = [BOWL, OTHER].map(|sku| Count {
                            sku: sku.to_owned(),
                            on_hand: pieces * 6,
                        });
                        stock::set_on_hand(tx, place, &more, fresh, now).await?;
                    }
                    (1, _) => {
                        stock::promise(tx, place, sku, &day, pieces * 5).await?;
                    }
                    (2, _) => stock::withdraw(tx, place, sku).await?,
                    (3 | 4, Some(group)) => {
                        stock::release(tx, group, now).await?;
                    }
                    (5, Some(group)) => {
                        let missing = Missing {
                            id: fresh,
                            sku: sku.to_owned(),
                            pieces: 1,
                            expected_on: Day::parse(&day).expect("a day"),
                        };
                        if stock::miss(tx, group, &missing, now).await?.is_err() {
                            return Err(DbErr::Custom("fewer are held".to_owned()));
                        }
                    }
                    _ => {
                        let lines = [OTHER, BOWL].map(|sku| Wanted {
                            sku: sku.to_owned(),
                            quantity: pieces,
                            warehouse: None,
                            ships_on: Some(day.clone()),
                        });
                        if stock::reserve(tx, fresh, &lines, i64::MAX, now)
                            .await?
                            .is_err()
                        {
                            return Err(DbErr::Custom("short".to_owned()));
                        }
                    }
                }
                Ok::<_, DbErr>(())
            })
        });
        match write.await {
            Ok(()) => groups.push(fresh),
            Err(DbErr::Custom(why)) if why == "short" || why == "fewer are held" => {}
            Err(error) => panic!("seed {seed}: {error}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_hands_on_one_shelf_hinder_no_one_for_good_and_every_piece_is_accounted_for() {
    let app = market().await;
    let text = "SELECT id FROM shop WHERE slug = $1";
    let row = db::fetch_one(app.rooms.platform.db.reader(), text, [WORKSHOP.into()]).await;
    let shop: Uuid = row
        .expect("a row")
        .expect("a shop")
        .try_get("", "id")
        .expect("an id");
    let day = ahead(&app, 20);
    let seed: u64 = rand::random();
    join_all((0..HANDS).map(|at| hand(&app, shop, &day, seed.wrapping_add(at)))).await;
    assert_eq!(
        stock::prove(&app.rooms.platform).await,
        Ok(0),
        "seed {seed}"
    );
    for wrong in [
        "SELECT COUNT(*) AS n FROM stock WHERE reserved < 0 OR reserved > on_hand",
        "SELECT COUNT(*) AS n FROM promise WHERE back_ordered < 0 OR back_ordered > promised",
        "SELECT COUNT(*) AS n FROM reservation WHERE waiting < 0 OR waiting + shipped > quantity OR (state <> 'held' AND waiting > 0)",
        "SELECT COUNT(*) AS n FROM stock s WHERE s.reserved <> (SELECT COALESCE(SUM(r.quantity - r.shipped - r.waiting), 0) \
         FROM reservation r WHERE r.shop_id = s.shop_id AND r.sku = s.sku AND r.warehouse = s.warehouse AND r.state = 'held')",
    ] {
        assert_eq!(number(&app, wrong).await, 0, "seed {seed}: {wrong}");
    }
    if app.rooms.platform.db.backend() == DbBackend::Postgres {
        // Whatever takes a promise and a shelf takes them in this order, so nobody had to be sent back.
        let text = "SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()";
        assert_eq!(number(&app, text).await, 0, "seed {seed}");
    }
    // Something was sold, and something of it before it came.
    for sold in ["reserved", "back_ordered"] {
        let text = format!("SELECT COUNT(*) AS n FROM stock_movement WHERE kind = '{sold}'");
        assert!(number(&app, &text).await > 0, "seed {seed}: {sold}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_packer_does_not_find_is_waited_for_unless_more_lies_free() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    counted(&seller, 10).await;
    let shopper = Shopper::new(&app).await;
    let (order, batch) = bought(&shopper, 4).await;
    let path = format!("/api/v1/seller/batches/{batch}/missing");
    let find = |id: Uuid, pieces: i64, days: i64| {
        let day = ahead(&app, days);
        json!({ "id": id, "sku": BOWL, "pieces": pieces, "expected_on": day })
    };
    let (status, answer) = seller.post(&path, find(Uuid::now_v7(), 2, 9)).await;
    assert_eq!(
        (status, &answer["planned_for"]),
        (200, &Value::Null),
        "{answer}"
    );
    assert_eq!(counters(&app).await, [8, 4, 0, 0]);

    counted(&seller, 4).await;
    let wrong = [
        (find(Uuid::now_v7(), 5, 9), "/pieces"),
        (find(Uuid::now_v7(), 0, 9), "/pieces"),
        (find(Uuid::now_v7(), 1, 0), "/expected_on"),
        (find(Uuid::now_v7(), 1, 181), "/expected_on"),
        (
            json!({ "id": Uuid::now_v7(), "sku": "NST-CHOP", "pieces": 1, "expected_on": ahead(&app, 9) }),
            "/sku",
        ),
    ];
    for (body, pointer) in wrong {
        let (status, problem) = seller.post(&path, body).await;
        assert_eq!(status, 422, "{problem}");
        assert_eq!(text_of(&problem["errors"][0], "pointer"), pointer);
    }
    let stranger = super::trade::seller(&app, super::trade::POTTERY).await;
    let id = Uuid::now_v7();
    assert_eq!(stranger.post(&path, find(id, 1, 9)).await.0, 404);
    assert_eq!(counters(&app).await, [4, 4, 0, 0]);

    // Told twice it is missing once; its shopper hears of it, and it cannot be packed.
    for _ in 0..2 {
        let (status, answer) = seller.post(&path, find(id, 1, 9)).await;
        assert_eq!(status, 200, "{answer}");
        assert!(text_of(&answer, "planned_for").starts_with(&ahead(&app, 9)));
        assert_eq!(counters(&app).await, [3, 3, 1, 1]);
    }
    app.run_jobs().await;
    let told = "SELECT COUNT(*) AS n FROM push_delivery WHERE step = 'delayed'";
    assert_eq!(number(&app, told).await, 1);
    assert_eq!(packed(&seller, &batch).await.0, 409);
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
    counted(&seller, 4).await;
    assert_eq!(counters(&app).await, [4, 4, 0, 0]);
    assert_eq!(batch_of(&shopper, &order).await["planned_for"], Value::Null);
    assert_eq!(packed(&seller, &batch).await.0, 200);
    let (status, problem) = seller.post(&path, find(Uuid::now_v7(), 1, 9)).await;
    assert_eq!(status, 409, "{problem}");
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_tells_what_comes_and_names_its_mistakes() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    let day = ahead(&app, 180);
    let file = async |row: &str| {
        let path = "/api/v1/seller/stock/imports?dry_run=false";
        let request = app
            .client
            .post(format!("{}{path}", app.address))
            .bearer_auth(seller.token())
            .body(format!("sku,on_hand,expected_on,coming\n{BOWL},{row}\n"));
        app.send(request).await
    };
    let wrong = [
        (format!("0,{},5", ahead(&app, 0)), "/2/expected_on"),
        (format!("0,{},5", ahead(&app, 181)), "/2/expected_on"),
        ("0,soon,5".to_owned(), "/2/expected_on"),
        ("0,,5".to_owned(), "/2/expected_on"),
        (format!("0,{day},"), "/2/coming"),
        (format!("0,{day},-1"), "/2/coming"),
    ];
    for (row, pointer) in wrong {
        let (status, problem) = file(&row).await;
        assert_eq!(status, 422, "{row}: {problem}");
        assert_eq!(text_of(&problem["errors"][0], "pointer"), pointer, "{row}");
    }
    let right = format!("0,{day},5");
    assert_eq!(file(&right).await.1["changed"], 1);
    assert_eq!(file(&right).await.1["changed"], 0);
    for _ in 0..3 {
        assert!(hold(&app, i64::MAX, &day).await.is_some());
    }
    // Fewer than are sold cannot come; nothing more of it can be sold.
    let (status, problem) = file(&format!("0,{day},2")).await;
    assert_eq!(status, 422, "{problem}");
    assert_eq!(file("0,,0").await.0, 200);
    assert_eq!(counters(&app).await, [0, 0, 3, 3]);
    assert_eq!(hold(&app, i64::MAX, &day).await, None);
    let (_, page) = seller.get("/api/v1/seller/stock?q=NST-BOWLC-RED").await;
    assert_eq!(
        page["items"][0]["places"][0]["promise"],
        json!({ "expected_on": day, "pieces": 3, "waiting": 3 }),
        "{page}"
    );
    let stranger = super::trade::seller(&app, super::trade::POTTERY).await;
    let body = json!({ "on_hand": 0, "expected_on": day, "coming": 50 });
    assert_eq!(count(&stranger, body).await.0, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_was_sold_without_a_movement_is_found() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    promised(&seller, 0, &ahead(&app, 9), 5).await;
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
    let write = app.rooms.platform.db.write(|tx| {
        let text = format!("UPDATE promise SET back_ordered = 1 WHERE sku = '{BOWL}'");
        Box::pin(async move { db::execute(tx, &text, []).await })
    });
    assert_eq!(write.await, Ok(1));
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(1));
}
