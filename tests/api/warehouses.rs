//! Stock near the buyer: where an order leaves from, what moves between places, and what the counters rest on.

use super::{
    TestApp,
    trade::{Shopper, market, number, seller, text_of},
};
use sampan::stock;
use serde_json::{Value, json};
use uuid::Uuid;

/// Chopsticks of a workshop in Viet Nam, by sixes; they lie with the maker, in Rotterdam and in Newark.
const CHOPSTICKS: &str = "NST-CHOP";
/// Of the same workshop, with the maker alone.
const BOWL: &str = "NST-BOWLC-RED";
const WORKSHOP: &str = "nha-son-trang";

async fn quoted(shopper: &Shopper<'_>, lines: &[(&str, i64)], country: &str) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|(sku, quantity)| json!({ "sku": sku, "quantity": quantity }))
        .collect();
    let ask = json!({ "lines": lines, "ship_to": { "country": country }, "currency": "EUR" });
    let (status, quote) = shopper.post("/api/v1/quotes", ask).await;
    assert_eq!(status, 200, "{quote}");
    quote
}

async fn counter(app: &TestApp, column: &str, sku: &str, warehouse: &str) -> i64 {
    let text = format!(
        "SELECT COALESCE(SUM({column}), 0) AS n FROM stock s LEFT JOIN warehouse w ON w.id = s.warehouse \
         WHERE s.sku = '{sku}' AND COALESCE(w.slug, '') = '{warehouse}'"
    );
    let text = text
        .replace("SUM(", "CAST(SUM(")
        .replace(", 0)", " AS BIGINT), 0)");
    number(app, &text).await
}

/// Counts what lies in a place, as its seller does.
async fn count(seller: &Shopper<'_>, sku: &str, warehouse: Option<&str>, on_hand: i64) {
    let body = json!({ "warehouse": warehouse, "on_hand": on_hand });
    let path = format!("/api/v1/seller/stock/{sku}");
    let (status, answer) = put(seller, &path, body).await;
    assert_eq!(status, 200, "{answer}");
}

async fn put(seller: &Shopper<'_>, path: &str, body: Value) -> (u16, Value) {
    let request = seller
        .app
        .client
        .put(format!("{}{path}", seller.app.address))
        .bearer_auth(seller.token())
        .json(&body);
    seller.app.send(request).await
}

async fn file(seller: &Shopper<'_>, csv: &str, dry_run: bool) -> (u16, Value) {
    let path = format!("/api/v1/seller/stock/imports?dry_run={dry_run}");
    let request = seller
        .app
        .client
        .post(format!("{}{path}", seller.app.address))
        .bearer_auth(seller.token())
        .body(csv.to_owned());
    seller.app.send(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_leave_from_near_the_buyer_and_the_quote_says_why() {
    let app = market().await;
    let shopper = Shopper::new(&app).await;
    let near = quoted(&shopper, &[(CHOPSTICKS, 12)], "ES").await;
    let parcel = &near["shops"][0];
    assert_eq!(parcel["ships_from"]["warehouse"], "rotterdam", "{parcel}");
    assert_eq!(parcel["ships_from"]["why"], "sooner");
    let instead = &parcel["ships_from"]["instead"];
    assert_eq!(instead["country"], "VN");
    assert!(instead["dearer"]["minor"].as_i64() < Some(0), "{parcel}");
    assert!(parcel["ships_from"]["instead"]["days_later"].as_i64() > Some(0));
    assert_eq!(
        (&parcel["country"], &parcel["terms_why"]),
        (&json!("NL"), &json!("no_border"))
    );
    assert_eq!(near["lines"][0]["parcel"], parcel["parcel"]);
    let of_parcel = |rule: &&Value| rule["parcel"] == parcel["parcel"];
    assert!(
        near["rules"]
            .as_array()
            .expect("rules")
            .iter()
            .filter(of_parcel)
            .count()
            >= 2
    );

    let to_america = quoted(&shopper, &[(CHOPSTICKS, 12)], "US").await;
    assert_eq!(to_america["shops"][0]["ships_from"]["warehouse"], "newark");

    // More than any one place near the buyer has comes from the maker.
    let many = quoted(&shopper, &[(CHOPSTICKS, 300)], "ES").await;
    assert_eq!(many["shops"][0]["ships_from"]["warehouse"], Value::Null);
    assert_eq!(many["shops"][0]["ships_from"]["why"], "only");
    assert_eq!(many["lines"][0]["problem"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_parcels_are_sent_where_they_cost_less_than_one_and_each_becomes_an_order() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    count(&seller, CHOPSTICKS, None, 0).await;
    let shopper = Shopper::new(&app).await;
    shopper.put(CHOPSTICKS, 12).await;
    shopper.put(BOWL, 4).await;
    let quote = shopper.quote().await;
    let shops = quote["shops"].as_array().expect("shops");
    assert_eq!(shops.len(), 2, "{quote}");
    for shop in shops {
        assert_eq!(
            (&shop["slug"], &shop["ships_from"]["why"]),
            (&json!(WORKSHOP), &json!("split"))
        );
    }
    let sum: i64 = shops
        .iter()
        .filter_map(|shop| shop["total"]["minor"].as_i64())
        .sum();
    assert_eq!(quote["total"]["minor"], sum);

    let placed = shopper.buy().await;
    let mut orders = Vec::new();
    for order in placed["orders"].as_array().expect("orders") {
        let path = format!("/api/v1/orders/{}", text_of(order, "id"));
        let (status, order) = app.get_as(&shopper.token(), &path).await;
        assert_eq!(status, 200, "{order}");
        orders.push(order);
    }
    assert_eq!(orders.len(), 2);
    let mut from: Vec<String> = orders
        .iter()
        .map(|order| text_of(&order["ships_from"], "country"))
        .collect();
    from.sort();
    assert_eq!(from, ["NL", "VN"]);
    for order in &orders {
        assert_eq!(order["lines"].as_array().map(Vec::len), Some(1), "{order}");
    }
    assert_eq!(counter(&app, "reserved", CHOPSTICKS, "rotterdam").await, 12);
    assert_eq!(counter(&app, "reserved", BOWL, "").await, 4);

    // What is handed over leaves the shelf it was held on.
    let rotterdam = counter(&app, "on_hand", CHOPSTICKS, "rotterdam").await;
    let near = orders
        .iter()
        .find(|order| order["ships_from"]["country"] == "NL");
    let batch = text_of(&near.expect("an order from near")["batches"][0], "id");
    let (status, _) = seller
        .post(&format!("/api/v1/seller/batches/{batch}/packed"), json!({}))
        .await;
    assert_eq!(status, 200);
    let (status, shipped) = seller
        .post(
            &format!("/api/v1/seller/batches/{batch}/shipped"),
            json!({}),
        )
        .await;
    assert_eq!(status, 200, "{shipped}");
    assert!(
        text_of(&shipped["parcel"], "number").ends_with("NL"),
        "{shipped}"
    );
    assert_eq!(
        counter(&app, "on_hand", CHOPSTICKS, "rotterdam").await,
        rotterdam - 12
    );
    assert_eq!(counter(&app, "reserved", CHOPSTICKS, "rotterdam").await, 0);
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_place_ran_dry_meanwhile_the_order_leaves_from_another_or_asks_first() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    let shopper = Shopper::new(&app).await;
    shopper.put(CHOPSTICKS, 12).await;
    let near = shopper.quote().await;
    assert_eq!(near["shops"][0]["ships_from"]["warehouse"], "rotterdam");
    count(&seller, CHOPSTICKS, Some("rotterdam"), 6).await;

    // From the maker it costs more than was accepted: nothing is charged, the new price is shown.
    let key = Uuid::new_v4().to_string();
    let (status, answer) = shopper.checkout(&key, shopper.order(&near, "ok")).await;
    assert_eq!(status, 409, "{answer}");
    assert!(
        text_of(&answer, "type").ends_with("/price-changed"),
        "{answer}"
    );
    let far = shopper.quote().await;
    assert_ne!(far["shops"][0]["ships_from"]["warehouse"], "rotterdam");
    let key = Uuid::new_v4().to_string();
    let (status, placed) = shopper.checkout(&key, shopper.order(&far, "ok")).await;
    assert_eq!(status, 201, "{placed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_moves_pieces_once_and_what_the_warehouse_counted_lies_there() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    let home = counter(&app, "on_hand", BOWL, "").await;
    let id = Uuid::now_v7();
    let body = json!({
        "id": id, "warehouse": "rotterdam", "lines": [{ "sku": BOWL, "pieces": 40 }],
        "carrier": "Sea freight", "number": "MSKU1234565", "expected_on": "2026-12-20",
    });
    for _ in 0..2 {
        let (status, sent) = seller.post("/api/v1/seller/transfers", body.clone()).await;
        assert_eq!(
            (status, &sent["state"]),
            (200, &json!("on_the_way")),
            "{sent}"
        );
    }
    assert_eq!(counter(&app, "on_hand", BOWL, "").await, home - 40);
    assert_eq!(counter(&app, "on_hand", BOWL, "rotterdam").await, 0);

    let path = format!("/api/v1/seller/transfers/{id}");
    let entry = json!({ "entry": "26NLABC123456789R1" });
    let (status, held) = seller.post(&format!("{path}/customs"), entry).await;
    assert_eq!(
        (status, &held["customs_entry"]),
        (200, &json!("26NLABC123456789R1")),
        "{held}"
    );

    let counted = json!({ "lines": [{ "sku": BOWL, "pieces": 38 }] });
    for _ in 0..2 {
        let (status, received) = seller
            .post(&format!("{path}/received"), counted.clone())
            .await;
        assert_eq!(status, 200, "{received}");
        assert_eq!(received["lines"][0]["difference"], -2);
    }
    assert_eq!(counter(&app, "on_hand", BOWL, "rotterdam").await, 38);
    let other = json!({ "lines": [{ "sku": BOWL, "pieces": 40 }] });
    assert_eq!(seller.post(&format!("{path}/received"), other).await.0, 409);
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));

    // More than is free is refused whole; nobody else's transfer is found.
    let body = json!({ "id": Uuid::now_v7(), "warehouse": "rotterdam", "lines": [{ "sku": BOWL, "pieces": 100_000 }] });
    assert_eq!(seller.post("/api/v1/seller/transfers", body).await.0, 409);
    assert_eq!(counter(&app, "on_hand", BOWL, "").await, home - 40);
    let stranger = super::trade::seller(&app, super::trade::POTTERY).await;
    let (status, _) = stranger
        .post(&format!("{path}/received"), json!({ "lines": [] }))
        .await;
    assert_eq!(status, 404);
    let shopper = Shopper::new(&app).await;
    assert_eq!(shopper.get("/api/v1/seller/transfers").await.0, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_counts_goes_in_whole_and_names_every_mistake() {
    let app = market().await;
    let seller = seller(&app, WORKSHOP).await;
    let shopper = Shopper::new(&app).await;
    shopper.put(CHOPSTICKS, 12).await;
    shopper.buy().await;

    let wrong = format!(
        "sku,warehouse,on_hand,low_mark\n{CHOPSTICKS},rotterdam,11,\nOVM-SOPA-OCRE,,5,\n{BOWL},atlantis,5,\n{BOWL},,-1,\n"
    );
    let (status, problem) = file(&seller, &wrong, false).await;
    assert_eq!(status, 422, "{problem}");
    let told: Vec<String> = problem["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| text_of(error, "pointer"))
        .collect();
    assert_eq!(
        told,
        ["/2/on_hand", "/3/sku", "/4/warehouse", "/5/on_hand"],
        "{problem}"
    );

    let right =
        format!("sku,warehouse,on_hand,low_mark\n{CHOPSTICKS},rotterdam,20,10\n{BOWL},,77,0\n");
    let (_, dry) = file(&seller, &right, true).await;
    assert_eq!(dry, json!({ "rows": 2, "changed": 2 }));
    assert_ne!(counter(&app, "on_hand", BOWL, "").await, 77);
    let (_, done) = file(&seller, &right, false).await;
    assert_eq!(done, json!({ "rows": 2, "changed": 2 }));
    assert_eq!(counter(&app, "on_hand", BOWL, "").await, 77);
    let (_, again) = file(&seller, &right, false).await;
    assert_eq!(again, json!({ "rows": 2, "changed": 0 }));

    // Twenty there, twelve held, eight free: low.
    let (status, page) = seller.get("/api/v1/seller/stock?low=true").await;
    assert_eq!((status, &page["low"]), (200, &json!(1)), "{page}");
    let places = page["items"][0]["places"].as_array().expect("places");
    let rotterdam = places
        .iter()
        .find(|place| place["warehouse"] == "rotterdam");
    let rotterdam = rotterdam.expect("a count in Rotterdam");
    assert_eq!(
        (&rotterdam["free"], &rotterdam["is_low"]),
        (&json!(8), &json!(true))
    );
    assert_eq!(rotterdam["ages"]["up_to_30_days"], 20);
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
    let (status, _) = put(
        &seller,
        "/api/v1/seller/stock/OVM-SOPA-OCRE",
        json!({ "on_hand": 1 }),
    )
    .await;
    assert_eq!(status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_nothing_explains_is_found() {
    let app = market().await;
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(0));
    let write = app.rooms.platform.db.write(|tx| {
        Box::pin(async move {
            let text = "UPDATE stock SET on_hand = on_hand + 1 WHERE sku = 'NST-CHOP'";
            sampan::platform::db::execute(tx, text, []).await
        })
    });
    assert_eq!(write.await, Ok(3));
    assert_eq!(stock::prove(&app.rooms.platform).await, Ok(3));
}
