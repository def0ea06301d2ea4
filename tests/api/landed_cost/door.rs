//! `POST /quotes`, with the arithmetic written out.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn to_germany_two_kinds_of_goods_pay_twice_three_euro_and_tax_on_all_of_it() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    let quote = quote(&shopper, &[("eur-SHIRT", 1), ("eur-WATCH", 1)], "DE", "EUR").await;
    // 60 + 20 goods, 10 freight, 2 × 3 duty: 96. 19 % of 96 is 18.24. 96 + 18.24 = 114.24.
    assert_eq!(
        minors(&quote, &SUMS),
        [8_000, 1_000, 600, 1_824, 11_424, 0].map(Some)
    );
    assert_eq!(quote["confidence"], "firm");
    assert_eq!(
        kinds(&quote),
        ["freight", "flat_duty", "tax", "tax_at_sale"]
    );
    let flat = &quote["rules"][1];
    assert_eq!(
        (&flat["rate"], &flat["amount"]["minor"]),
        (&json!("3.00 EUR"), &json!(600))
    );
    assert_eq!(
        (&flat["from"], &flat["to"]),
        (&json!("2026-07-01"), &json!("2028-06-30"))
    );
    assert!(
        flat["source"]
            .as_str()
            .is_some_and(|source| source.contains("2026/382"))
    );
    // The lines add up to it, so that a refund of one can give its part back.
    let of_lines = |part: &str| {
        let lines = quote["lines"].as_array().expect("lines");
        lines
            .iter()
            .map(|line| line[part]["minor"].as_i64().expect(part))
            .sum::<i64>()
    };
    assert_eq!(
        (of_lines("duty"), of_lines("tax"), of_lines("freight")),
        (600, 1_824, 1_000)
    );
    // 114.24 for two pieces.
    assert_eq!(quote["per_piece"]["minor"], 5_712);
}

#[tokio::test(flavor = "multi_thread")]
async fn to_britain_australia_and_switzerland_the_threshold_looks_at_what_the_law_says() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    // £100 of goods is below £135: no duty. 20 % of 110 is 22.
    let gb = quote(&shopper, &[("gbp-PLATES", 1)], "GB", "GBP").await;
    assert_eq!(
        minors(&gb, &SUMS),
        [10_000, 1_000, 0, 2_200, 13_200, 0].map(Some)
    );
    // A$900 of goods is below A$1,000 though A$1,000 is taxed: 10 % of 900 + 100 is 100.
    import(
        &app,
        "cards.csv",
        &format!("{CARDS}Sampan Post,post,TR,AU,30000,100.00,0.00,AUD,,,,5,9,0,,,,,,2026-11-01,2027-12-31,A table for tests,firm\n"),
    )
    .await
    .expect("a dearer card");
    let by_post = json!({ "service": "post" });
    let au = quote_with(&shopper, &[("aud-PLATES", 9)], "AU", "AUD", by_post).await;
    assert_eq!(
        minors(&au, &SUMS),
        [90_000, 10_000, 0, 10_000, 110_000, 0].map(Some)
    );
    // 8.1 % of 50 + 10 is 4.86, less than five francs: not levied.
    let ch = quote(&shopper, &[("chf-RUG", 1)], "CH", "CHF").await;
    assert_eq!(minors(&ch, &SUMS), [5_000, 1_000, 0, 0, 6_000, 0].map(Some));
    assert!(kinds(&ch).contains(&"tax_relief"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_day_of_june_and_the_first_of_july_differ_by_the_rule_that_changed() {
    let app = spawn_app().await;
    goods(&app).await;
    import(
        &app,
        "cards.csv",
        &format!("{CARDS}Sampan Post,post,TR,EU,30000,10.00,0.00,EUR,,,,5,9,0,,,,2026-01-01,,2026-01-01,2027-12-31,A table for tests,firm\n"),
    )
    .await
    .expect("a card");
    let fx = RATES.replace("2026-11-20", "2026-06-01");
    let importer = Importer::of(&app.rooms.platform);
    importer
        .fx(&app.rooms.platform.db, fx.as_bytes())
        .await
        .expect("rates");
    let at = |day: &str| {
        let day = Day::parse(day).expect("a day");
        app.rooms.platform.now().day().days_until(day)
    };
    let shopper = Shopper::new(&app).await;
    let mut quotes = Vec::new();
    for day in ["2026-06-30", "2026-07-01"] {
        app.clock.advance_seconds(at(day) * 86_400);
        let quote = quote(&shopper, &[("eur-SHIRT", 1)], "DE", "EUR").await;
        assert_eq!(quote["day"], day);
        quotes.push(quote);
    }
    // Side by side: before, nothing up to 150 euro and 19 % of 70; after, 3 euro and 19 % of 73.
    let [before, after] =
        [&quotes[0], &quotes[1]].map(|quote| minors(quote, &["duty", "tax", "total"]));
    assert_eq!(before, [0, 1_330, 8_330].map(Some));
    assert_eq!(after, [300, 1_387, 8_687].map(Some));
    let differing = |one: &Value, other: &Value| -> Vec<String> {
        let kinds_of_other = kinds(other);
        kinds(one)
            .into_iter()
            .filter(|kind| !kinds_of_other.contains(kind))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(differing(&quotes[0], &quotes[1]), ["duty_relief"]);
    assert_eq!(differing(&quotes[1], &quotes[0]), ["flat_duty"]);

    let body = json!({
        "days": ["2026-06-30", "2026-07-01"],
        "quote": { "lines": [{ "sku": "eur-SHIRT", "quantity": 1 }], "ship_to": { "country": "DE" }, "currency": "EUR" },
    });
    let (status, told) = shopper.post("/api/v1/quotes/compare", body.clone()).await;
    assert_eq!(status, 200, "{told}");
    let totals: Vec<i64> = (0..2)
        .filter_map(|at| told["quotes"][at]["total"]["minor"].as_i64())
        .collect();
    assert_eq!(totals, [8_330, 8_687], "as the two quotes, from any day");
    assert_eq!(
        (&told["gone"][0]["kind"], &told["new"][0]["kind"]),
        (&json!("duty_relief"), &json!("flat_duty"))
    );
    let mut wrong = body;
    wrong["days"] = json!(["yesterday", "2026-07-01"]);
    assert_eq!(shopper.post("/api/v1/quotes/compare", wrong).await.0, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_is_null_and_said_and_paid_at_the_door() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    // £150 is above the threshold, so the tariff is asked, and nobody has classified the tea lights.
    let quote = quote_with(
        &shopper,
        &[("gbp-LIGHTS", 10)],
        "GB",
        "GBP",
        json!({ "terms": "ddp" }),
    )
    .await;
    assert_eq!(
        minors(&quote, &SUMS),
        [Some(15_000), Some(1_000), None, None, Some(16_000), None]
    );
    assert_eq!(quote["confidence"], "unknown");
    assert_eq!(quote["lines"][0]["unknown"], "hs");
    let shop = &quote["shops"][0];
    assert_eq!(
        (&shop["terms"], &shop["terms_why"]),
        (&json!("dap"), &json!("not_known"))
    );
    let unknown = quote["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .find(|rule| rule["kind"] == "unknown");
    assert_eq!(unknown.expect("a rule")["name"], "LIGHTS");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buyer_may_pay_at_the_door_and_a_business_hears_what_is_different_for_it() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    // £200 of plates: 6 % (or what the tariff says) on 210, then VAT; all of it at the door.
    let lines = [("gbp-PLATES", 2)];
    let ddp = quote(&shopper, &lines, "GB", "GBP").await;
    let dap = quote_with(&shopper, &lines, "GB", "GBP", json!({ "terms": "dap" })).await;
    assert_eq!(minors(&dap, &["total"]), [Some(21_000)]);
    let door = dap["at_door"]["minor"].as_i64().expect("known");
    assert_eq!(ddp["total"]["minor"].as_i64(), Some(21_000 + door));
    assert_eq!(ddp["per_piece"], dap["per_piece"]);

    let buyer = json!({ "buyer": { "kind": "business", "company": "Tee GmbH", "vat": "de 123.456.789", "eori": "DE1234567890123" } });
    let business = quote_with(&shopper, &[("eur-SHIRT", 1)], "DE", "EUR", buyer).await;
    assert_eq!(business["buyer"]["vat"], "DE123456789");
    // 12 % of 70, then 19 % of 78.40.
    assert_eq!(
        minors(&business, &["duty", "tax"]),
        [Some(840), Some(1_490)]
    );
    let changed: Vec<&str> = business["changed_for_business"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["kind"].as_str())
        .collect();
    assert_eq!(changed, ["flat_duty", "tax_at_sale"]);
    let wrong = json!({
        "lines": [{ "sku": "eur-SHIRT", "quantity": 1 }], "ship_to": { "country": "DE" }, "currency": "EUR",
        "buyer": { "kind": "business", "vat": "DE12" },
    });
    let (status, problem) = shopper.post("/api/v1/quotes", wrong).await;
    assert_eq!(
        (status, &problem["errors"][0]["pointer"]),
        (422, &json!("/buyer/vat"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn dangerous_goods_are_rerouted_or_left_out_in_words() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    // Batteries alone do not go by post; express takes them.
    let quote = quote_with(
        &shopper,
        &[("eur-LAMP", 1)],
        "DE",
        "EUR",
        json!({ "service": "post" }),
    )
    .await;
    let shop = &quote["shops"][0];
    assert_eq!(shop["service"], "express");
    let post = shop["services"]
        .as_array()
        .expect("services")
        .iter()
        .find(|one| one["service"] == "post");
    assert_eq!(
        post.expect("post")["refused"],
        json!({ "code": "dangerous_goods", "un": "UN3480", "limit": null })
    );
    // More than express takes in one parcel: the line cannot be sent, the others can.
    let quote = self::quote(&shopper, &[("eur-LAMP", 40), ("eur-SHIRT", 1)], "DE", "EUR").await;
    assert_eq!(quote["lines"][0]["problem"], "not_carried");
    assert_eq!(minors(&quote, &["goods", "duty"]), [Some(6_000), Some(300)]);
}
