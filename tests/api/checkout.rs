use super::trade::{BOWL, Shopper, id_of, market, number, outcome, slug, text_of, wanted};
use futures_util::future::join_all;
use sampan::catalog::{CatalogueImport, Importer, Pictures};
use serde_json::{Value, json};

fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Checkouts as the phone has them after this reply.
fn checkout_change(reply: &Value) -> Value {
    let changes = reply["changes"].as_array().expect("changes");
    let found = changes.iter().rfind(|change| change["kind"] == "checkout");
    found
        .map(|change| change["value"].clone())
        .unwrap_or_default()
}

async fn held(app: &super::TestApp) -> i64 {
    number(
        app,
        &format!("SELECT reserved AS n FROM stock WHERE sku = '{BOWL}'"),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_takes_the_cart_holds_stock_and_is_paid_once() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    let (status, placed) = shopper.checkout(&key(), shopper.order(&quote, "ok")).await;
    assert_eq!(status, 201, "{placed}");
    assert_eq!(placed["payment"]["state"], "captured");
    assert_eq!(placed["orders"][0]["state"], "paid");
    assert!(text_of(&placed["orders"][0], "number").starts_with("SP-"));
    assert_eq!(shopper.cart().await, []);
    assert_eq!(held(&app).await, 12);
    let total = quote["total"]["minor"].as_i64().expect("a total");
    assert_eq!(
        number(&app, "SELECT captured_minor AS n FROM payment").await,
        total
    );
    let (_, payment) = shopper
        .get(&format!(
            "/api/v1/payments/{}",
            text_of(&placed["payment"], "id")
        ))
        .await;
    assert_eq!(
        (&payment["state"], &payment["provider"]),
        (&json!("captured"), &json!("sandbox"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gets_the_same_answer_and_another_body_is_refused() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    let (order, key) = (shopper.order(&quote, "ok"), key());
    let first = shopper.checkout(&key, order.clone()).await;
    let second = shopper.checkout(&key, order.clone()).await;
    assert_eq!(first, second);
    assert_eq!(first.0, 201);
    let mut other = order;
    other["contact"]["email"] = json!("somebody@example.org");
    let (status, problem) = shopper.checkout(&key, other).await;
    assert_eq!((status, slug(&problem)), (422, "invalid"));
    assert_eq!(
        number(&app, "SELECT COUNT(*) AS n FROM shop_order").await,
        1
    );
    assert_eq!(
        number(
            &app,
            "SELECT CAST(SUM(charges) AS BIGINT) AS n FROM sandbox_payment"
        )
        .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_requests_with_one_key_at_once_place_one_order() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    let (order, key) = (shopper.order(&quote, "ok"), key());
    let (one, two) = tokio::join!(
        shopper.checkout(&key, order.clone()),
        shopper.checkout(&key, order.clone())
    );
    assert_eq!((one.0, two.0), (201, 201), "{one:?} {two:?}");
    assert_eq!(one.1["orders"], two.1["orders"]);
    assert_eq!(
        number(&app, "SELECT COUNT(*) AS n FROM shop_order").await,
        1
    );
    assert_eq!(
        number(
            &app,
            "SELECT CAST(SUM(charges) AS BIGINT) AS n FROM sandbox_payment"
        )
        .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_nothing_is_ordered() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    let (status, problem) = shopper
        .post("/api/v1/checkouts", shopper.order(&quote, "ok"))
        .await;
    assert_eq!((status, slug(&problem)), (400, "invalid"));
    assert_eq!(number(&app, "SELECT COUNT(*) AS n FROM checkout").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_that_no_mail_can_be_written_to_is_named_before_anything_is_bought() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    for email in [
        "anä@exämple.org",
        "a<b@c.d",
        "a..b@example.org",
        "a@b@c.org",
    ] {
        let mut order = shopper.order(&quote, "ok");
        order["contact"]["email"] = json!(email);
        let (status, problem) = shopper.checkout(&key(), order).await;
        assert_eq!(
            (status, problem["errors"][0]["pointer"].as_str()),
            (422, Some("/contact/email")),
            "{email}"
        );
        let mut op = shopper.place_op(&key(), 12, 100_000_000, "ok");
        op["contact"]["email"] = json!(email);
        let (ids, reply) = shopper.sync(vec![op]).await;
        assert_eq!(outcome(&reply, ids[0])["code"], "rejected", "{email}");
    }
    assert_eq!(number(&app, "SELECT COUNT(*) AS n FROM checkout").await, 0);
    let mut order = shopper.order(&quote, "ok");
    order["contact"]["email"] = json!(" ines@example.org ");
    assert_eq!(shopper.checkout(&key(), order).await.0, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_card_gives_the_lines_back_and_charges_nothing() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    let (order, first) = (shopper.order(&quote, "declined"), key());
    for _ in 0..2 {
        let (status, problem) = shopper.checkout(&first, order.clone()).await;
        assert_eq!((status, slug(&problem)), (409, "declined"), "{problem}");
    }
    assert_eq!(shopper.cart().await, [(BOWL.to_owned(), 12)]);
    assert_eq!(held(&app).await, 0);
    assert_eq!(
        number(&app, "SELECT COUNT(*) AS n FROM shop_order").await,
        0
    );
    assert_eq!(
        number(
            &app,
            "SELECT CAST(SUM(captured_minor) AS BIGINT) AS n FROM sandbox_payment"
        )
        .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_commits_and_then_hangs_is_asked_after_and_never_charges_twice() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    let (order, key) = (shopper.order(&quote, "timeout"), key());
    let (status, placed) = shopper.checkout(&key, order.clone()).await;
    assert_eq!(status, 201, "{placed}");
    assert_eq!(shopper.checkout(&key, order).await, (201, placed));
    app.clock.advance_seconds(60);
    app.run_jobs().await;
    let charged = "SELECT CAST(SUM(charges) AS BIGINT) AS n FROM sandbox_payment";
    assert_eq!(number(&app, charged).await, 1);
    assert_eq!(
        number(&app, "SELECT COUNT(*) AS n FROM shop_order").await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_that_asks_its_customer_waits_for_the_answer() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    let (order, key) = (shopper.order(&quote, "challenge"), key());
    let (status, problem) = shopper.checkout(&key, order.clone()).await;
    assert_eq!((status, slug(&problem)), (409, "authenticate"), "{problem}");
    assert_eq!(problem["payment"]["state"], "requires_action");
    let confirm = format!(
        "/api/v1/payments/{}/sandbox-confirm",
        text_of(&problem["payment"], "id")
    );
    let stranger = Shopper::new(&app).await;
    assert_eq!(
        stranger.post(&confirm, json!({ "accept": true })).await.0,
        404
    );
    assert_eq!(
        shopper.post(&confirm, json!({ "accept": true })).await.0,
        200
    );
    let (status, placed) = shopper.checkout(&key, order).await;
    assert_eq!(
        (status, &placed["payment"]["state"]),
        (201, &json!("captured"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_that_hears_no_or_nothing_ends_the_checkout() {
    let app = market().await;
    for accept in [Some(false), None] {
        let shopper = Shopper::with_bowls(&app, 12).await;
        let quote = shopper.quote().await;
        let (order, key) = (shopper.order(&quote, "challenge"), key());
        let (_, problem) = shopper.checkout(&key, order.clone()).await;
        let confirm = format!(
            "/api/v1/payments/{}/sandbox-confirm",
            text_of(&problem["payment"], "id")
        );
        match accept {
            Some(accept) => assert_eq!(
                shopper.post(&confirm, json!({ "accept": accept })).await.0,
                200
            ),
            None => app.clock.advance_seconds(16 * 60),
        }
        app.run_jobs().await;
        assert_eq!(shopper.cart().await, [(BOWL.to_owned(), 12)]);
        assert_eq!(held(&app).await, 0);
        // An answer that comes too late takes no money.
        shopper.post(&confirm, json!({ "accept": true })).await;
        app.run_jobs().await;
        assert_eq!(
            number(
                &app,
                "SELECT CAST(SUM(charges) AS BIGINT) AS n FROM sandbox_payment"
            )
            .await,
            0
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_becomes_one_order_however_many_checkouts_race_for_it() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    let order = shopper.order(&quote, "ok");
    let (one, two) = (key(), key());
    let (one, two) = tokio::join!(
        shopper.checkout(&one, order.clone()),
        shopper.checkout(&two, order.clone())
    );
    let mut statuses = [one.0, two.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{one:?} {two:?}");
    let refused = if one.0 == 409 { one.1 } else { two.1 };
    assert_eq!(slug(&refused), "cart-ordered");
    assert_eq!(
        number(&app, "SELECT COUNT(*) AS n FROM shop_order").await,
        1
    );
    assert_eq!(held(&app).await, 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_shoppers_never_get_the_same_last_pieces() {
    let app = market().await;
    let (one, two) = (
        Shopper::with_bowls(&app, 336).await,
        Shopper::with_bowls(&app, 336).await,
    );
    let (first, second) = (one.quote().await, two.quote().await);
    let (a, b) = (key(), key());
    let (a, b) = tokio::join!(
        one.checkout(&a, one.order(&first, "ok")),
        two.checkout(&b, two.order(&second, "ok"))
    );
    let mut statuses = [a.0, b.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{a:?} {b:?}");
    let refused = if a.0 == 409 { &a.1 } else { &b.1 };
    assert_eq!(slug(refused), "stock");
    assert_eq!(held(&app).await, 336);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_added_after_the_quote_moves_on_to_the_next_cart() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    shopper.put(BOWL, 18).await;
    let (status, _) = shopper.checkout(&key(), shopper.order(&quote, "ok")).await;
    assert_eq!(status, 201);
    assert_eq!(shopper.cart().await, [(BOWL.to_owned(), 6)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_holds_less_or_an_old_quote_is_refused() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let quote = shopper.quote().await;
    shopper.put(BOWL, 6).await;
    let (status, problem) = shopper.checkout(&key(), shopper.order(&quote, "ok")).await;
    assert_eq!((status, slug(&problem)), (409, "cart-changed"));
    let quote = shopper.quote().await;
    app.clock.advance_seconds(31 * 60);
    let (status, problem) = shopper.checkout(&key(), shopper.order(&quote, "ok")).await;
    assert_eq!((status, slug(&problem)), (409, "quote-expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_cart_or_quote_cannot_be_ordered() {
    let app = market().await;
    let (mine, theirs) = (
        Shopper::with_bowls(&app, 12).await,
        Shopper::with_bowls(&app, 12).await,
    );
    let quote = theirs.quote().await;
    let (status, _) = mine.checkout(&key(), mine.order(&quote, "ok")).await;
    assert_eq!(status, 404);
    let (status, _) = mine
        .checkout(&key(), theirs.order(&mine.quote().await, "ok"))
        .await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_queued_offline_is_placed_and_its_phone_is_told() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let total = shopper.quote().await["total"]["minor"]
        .as_i64()
        .expect("a total");
    let (ops, reply) = shopper
        .sync(vec![shopper.place_op("intent-0001", 12, total, "ok")])
        .await;
    assert_eq!(outcome(&reply, ops[0])["code"], "working", "{reply}");
    assert_eq!(checkout_change(&reply)["state"], "queued");
    app.run_jobs().await;
    let (_, reply) = shopper.sync(vec![]).await;
    assert_eq!(outcome(&reply, ops[0])["code"], "applied", "{reply}");
    assert_eq!(checkout_change(&reply)["state"], "placed");
    let changes = reply["changes"].as_array().expect("changes");
    let order = changes
        .iter()
        .find(|change| change["kind"] == "order")
        .expect("an order");
    assert_eq!(order["value"]["state"], "paid");
    assert!(order["value"]["placed_at"].is_i64(), "{order}");
    assert_eq!(
        id_of(&checkout_change(&reply), "order_group"),
        id_of(&order["value"], "order_group")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queued_checkout_that_cannot_be_placed_says_why_and_charges_nothing() {
    let app = market().await;
    let table = [
        (12, 1, "ok", "price_changed"),
        (18, 100_000_000, "ok", "cart_changed"),
        (12, 100_000_000, "declined", "declined"),
        (12, 100_000_000, "challenge", "authenticate"),
        (6_000, 100_000_000, "ok", "stock"),
    ];
    for (index, (quantity, max, card, why)) in table.into_iter().enumerate() {
        let shopper = Shopper::with_bowls(&app, 12).await;
        let intent = format!("intent-000{index}");
        let (ops, _) = shopper
            .sync(vec![shopper.place_op(&intent, quantity, max, card)])
            .await;
        app.run_jobs().await;
        let (_, reply) = shopper.sync(vec![]).await;
        let outcome = outcome(&reply, ops[0]);
        assert_eq!(
            (&outcome["code"], &outcome["why"]),
            (&json!("needs_you"), &json!(why)),
            "{reply}"
        );
        assert_eq!(checkout_change(&reply)["state"], "cancelled");
        assert_eq!(shopper.cart().await, [(BOWL.to_owned(), 12)], "{why}");
    }
    assert_eq!(
        number(
            &app,
            "SELECT CAST(SUM(charges) AS BIGINT) AS n FROM sandbox_payment"
        )
        .await,
        0
    );
    assert_eq!(held(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queued_checkout_can_be_withdrawn_until_it_begins() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let withdraw = json!({ "kind": "checkout.withdraw", "intent": "intent-0001" });
    let place = shopper.place_op("intent-0001", 12, 100_000_000, "ok");
    let (ops, _) = shopper.sync(vec![place]).await;
    let (_, reply) = shopper.sync(vec![withdraw.clone()]).await;
    assert_eq!(outcome(&reply, ops[0])["code"], "superseded", "{reply}");
    assert_eq!(checkout_change(&reply), json!(null));
    app.run_jobs().await;
    assert_eq!(
        number(&app, "SELECT COUNT(*) AS n FROM shop_order").await,
        0
    );

    let place = shopper.place_op("intent-0002", 12, 100_000_000, "ok");
    shopper.sync(vec![place]).await;
    app.run_jobs().await;
    let late = json!({ "kind": "checkout.withdraw", "intent": "intent-0002" });
    let (ops, reply) = shopper.sync(vec![late]).await;
    assert_eq!(outcome(&reply, ops[0])["why"], "too_late", "{reply}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_checkout_op_is_refused_alone() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let mut priced = shopper.place_op("intent-0001", 12, 5000, "ok");
    priced["total"] = json!(1);
    let mut nowhere = shopper.place_op("intent-0002", 12, 5000, "ok");
    nowhere["ship_to"]["country"] = json!("XX");
    let mut foreign = shopper.place_op("intent-0003", 12, 5000, "ok");
    foreign["cart"] = json!(uuid::Uuid::new_v4());
    let add = json!({ "kind": "cart.add", "cart": null, "line": BOWL, "delta": 6 });
    let (ops, reply) = shopper.sync(vec![priced, nowhere, foreign, add]).await;
    for (op, why) in ops.iter().zip(["invalid", "invalid", "unknown_cart"]) {
        let outcome = outcome(&reply, *op);
        assert_eq!(
            (&outcome["code"], &outcome["why"]),
            (&json!("rejected"), &json!(why)),
            "{reply}"
        );
    }
    assert_eq!(shopper.cart().await, [(BOWL.to_owned(), 18)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_held_for_a_payment_that_never_comes_goes_back_to_the_shelf() {
    let app = market().await;
    let until = app.rooms.platform.now().plus_seconds(60).micros();
    let write = app.rooms.platform.db.write(move |tx| {
        Box::pin(async move {
            let lines = [wanted(BOWL, 12)];
            sampan::stock::reserve(tx, uuid::Uuid::from_u128(1), &lines, until, 0).await
        })
    });
    assert_eq!(write.await, Ok(Ok(())));
    app.run_jobs().await;
    assert_eq!(held(&app).await, 12);
    app.clock.advance_seconds(61);
    app.run_jobs().await;
    assert_eq!(held(&app).await, 0);
}

const LAST_PIECES: i64 = 10;
const BUYERS: usize = 64;
const HAIRPIN: &str = "OVM-HAIRPIN";

/// A product sold by the piece, of which so many are left.
async fn hairpins(app: &super::TestApp, stock: i64) {
    let import = CatalogueImport {
        shop: super::trade::POTTERY.to_owned(),
        bytes: format!(
            "sku,title,description,category,currency,tier1_min,tier1_price,tier2_min,tier2_price,pack_step,origin,hs6,weight_grams,lead_time_days,stock\n\
             {HAIRPIN},Hairpin,Of stoneware.,ceramics,EUR,1,9.00,,,1,PT,691390,40,3,{stock}\n"
        )
        .into_bytes(),
        map: None,
        pictures: Pictures::LeftOut,
        replace: false,
        dry_run: false,
    };
    let importer = Importer::of(&app.rooms.platform);
    let written = importer.catalogue(&app.rooms.platform.db, import).await;
    written.expect("a catalogue");
    app.rooms.catalog.written();
}

/// Everybody orders one piece at the same moment; answers who got one and who was told that none is left.
async fn race(buyers: &[(Shopper<'_>, Value)]) -> (Vec<usize>, Vec<usize>) {
    let orders = buyers.iter().map(|(buyer, quote)| async {
        // Who lost after the cart was taken finds its lines in the next one.
        let mut order = buyer.order(quote, "ok");
        order["cart_id"] = json!(buyer.open_cart().await);
        let (status, answer) = buyer.checkout(&key(), order).await;
        match status {
            201 => true,
            409 if slug(&answer) == "stock" => false,
            _ => panic!("{status}: {answer}"),
        }
    });
    let got = join_all(orders).await;
    (0..got.len()).partition(|at| got[*at])
}

async fn shelf(app: &super::TestApp, column: &str) -> i64 {
    let text = format!("SELECT {column} AS n FROM stock WHERE sku = '{HAIRPIN}'");
    number(app, &text).await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixty_four_buyers_ten_get_the_last_ten_pieces_and_the_others_hear_it_at_once() {
    let app = market().await;
    hairpins(&app, LAST_PIECES).await;
    let mut buyers = Vec::new();
    for _ in 0..BUYERS {
        let buyer = Shopper::new(&app).await;
        buyer.put(HAIRPIN, 1).await;
        let quote = buyer.quote().await;
        buyers.push((buyer, quote));
    }
    let (got, told) = race(&buyers).await;
    assert_eq!((got.len(), told.len()), (10, 54));
    assert_eq!(
        (shelf(&app, "on_hand").await, shelf(&app, "reserved").await),
        (10, 10)
    );
    let orders = number(&app, "SELECT COUNT(*) AS n FROM shop_order").await;
    assert_eq!(orders, LAST_PIECES);
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_whose_hold_runs_out_during_the_race_are_sold_once_and_to_somebody() {
    let app = market().await;
    hairpins(&app, LAST_PIECES).await;
    let mut buyers = Vec::new();
    for _ in 0..24 {
        let buyer = Shopper::new(&app).await;
        buyer.put(HAIRPIN, 1).await;
        let quote = buyer.quote().await;
        buyers.push((buyer, quote));
    }
    let now = app.rooms.platform.now().micros();
    let until = app.rooms.platform.now().plus_seconds(60).micros();
    for group in 1..=4_u128 {
        let write = app.rooms.platform.db.write(move |tx| {
            Box::pin(async move {
                let lines = [wanted(HAIRPIN, 1)];
                let group = uuid::Uuid::from_u128(group);
                sampan::stock::reserve(tx, group, &lines, until, now).await
            })
        });
        assert_eq!(write.await, Ok(Ok(())));
    }
    assert_eq!(shelf(&app, "on_hand - reserved").await, 6);
    app.clock.advance_seconds(61);
    let ((got, told), ()) = tokio::join!(race(&buyers), app.run_jobs());
    assert!((6..=10).contains(&got.len()), "{got:?}");
    app.run_jobs().await;
    let again: Vec<(Shopper<'_>, Value)> = buyers
        .into_iter()
        .enumerate()
        .filter(|(at, _)| told.contains(at))
        .map(|(_, buyer)| buyer)
        .collect();
    let (late, _) = race(&again).await;
    assert_eq!(got.len() + late.len(), 10, "{got:?} and then {late:?}");
    assert_eq!(shelf(&app, "on_hand - reserved").await, 0);
}
