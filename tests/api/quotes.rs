use super::trade::{BOWL, Shopper, market, number, slug};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn inside_the_union_a_quote_adds_goods_freight_and_the_buyers_tax() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 24).await;
    let quote = shopper.quote().await;
    assert_eq!(quote["lines"][0]["unit_price"]["minor"], 870);
    assert_eq!(
        quote["goods"],
        json!({ "minor": 24 * 870, "currency": "EUR" })
    );
    let sent = quote["goods"]["minor"].as_i64().expect("goods")
        + quote["freight"]["minor"].as_i64().expect("freight");
    // 21 % in Spain, half up.
    let tax = (sent * 21 + 50) / 100;
    assert_eq!(
        (&quote["duty"]["minor"], &quote["tax"]["minor"]),
        (&json!(0), &json!(tax))
    );
    assert_eq!(quote["total"]["minor"], sent + tax);
    assert_eq!(quote["shops"][0]["weight_grams"], 24 * 510);
    assert_eq!(quote["confidence"], "firm");
    let rules = quote["rules"].as_array().expect("rules");
    let rule = |part: &str| {
        rules
            .iter()
            .find(|rule| rule["part"] == part)
            .expect("a rule")
    };
    assert!(
        !rule("freight")["source"]
            .as_str()
            .expect("a source")
            .is_empty()
    );
    assert_eq!(rule("freight")["as_of"], "2026-11-01");
    assert_eq!(rule("duty")["kind"], "no_border");
    assert_eq!(rule("tax")["rate"], "21%");
    assert_eq!(quote["expires_at"], "2026-11-23T20:30:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_in_another_currency_names_the_rate_it_used() {
    let app = market().await;
    let shopper = Shopper::new(&app).await;
    let body = json!({ "lines": [{ "sku": BOWL, "quantity": 6 }], "ship_to": { "country": "GB" }, "currency": "GBP" });
    let (status, quote) = shopper.post("/api/v1/quotes", body).await;
    assert_eq!(status, 200, "{quote}");
    assert_eq!(
        quote["lines"][0]["unit_price"],
        json!({ "minor": 829, "currency": "GBP" })
    );
    let rule = quote["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .find(|rule| rule["part"] == "goods")
        .expect("a rate");
    assert_eq!(rule["as_of"], "2024-06-28");
    assert!(
        rule["rate"]
            .as_str()
            .expect("text")
            .starts_with("EUR/GBP 0.84638")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_cannot_be_bought_say_why() {
    let app = market().await;
    let shopper = Shopper::new(&app).await;
    let table = [
        ("NO-SUCH-SKU", 1, "unlisted"),
        (BOWL, 3, "below_minimum"),
        (BOWL, 7, "not_in_steps"),
        (BOWL, 3_000, "short_stock"),
    ];
    for (sku, quantity, problem) in table {
        let body = json!({ "lines": [{ "sku": sku, "quantity": quantity }], "ship_to": { "country": "ES" }, "currency": "EUR" });
        let (status, quote) = shopper.post("/api/v1/quotes", body).await;
        assert_eq!(
            (status, &quote["lines"][0]["problem"]),
            (200, &json!(problem)),
            "{quote}"
        );
    }
    assert_eq!(number(&app, "SELECT COUNT(*) AS n FROM quote").await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_quoted_says_which_field_to_change() {
    let app = market().await;
    let shopper = Shopper::new(&app).await;
    let lines = json!([{ "sku": BOWL, "quantity": 6 }]);
    let many: Vec<_> = (0..201)
        .map(|n| json!({ "sku": format!("S{n}"), "quantity": 1 }))
        .collect();
    let table = [
        (
            json!({ "lines": lines, "ship_to": { "country": "XX" }, "currency": "EUR" }),
            "/ship_to/country",
        ),
        (
            json!({ "lines": lines, "ship_to": { "country": "ES" }, "currency": "XAU" }),
            "/currency",
        ),
        (
            json!({ "lines": [], "ship_to": { "country": "ES" }, "currency": "EUR" }),
            "/lines",
        ),
        (
            json!({ "lines": many, "ship_to": { "country": "ES" }, "currency": "EUR" }),
            "/lines",
        ),
        (
            json!({ "ship_to": { "country": "ES" }, "currency": "EUR" }),
            "/lines",
        ),
        (
            json!({ "lines": [{ "sku": BOWL, "quantity": 0 }], "ship_to": { "country": "ES" }, "currency": "EUR" }),
            "/lines/0/quantity",
        ),
    ];
    for (body, pointer) in table {
        let (status, problem) = shopper.post("/api/v1/quotes", body).await;
        assert_eq!((status, slug(&problem)), (422, "invalid"), "{problem}");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let other = Shopper::with_bowls(&app, 6).await;
    let body = json!({ "cart_id": other.guest.cart_id, "ship_to": { "country": "ES" }, "currency": "EUR" });
    let (status, problem) = shopper.post("/api/v1/quotes", body).await;
    assert_eq!(
        (status, slug(&problem)),
        (404, "not-found"),
        "another's cart"
    );
}
