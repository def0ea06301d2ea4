use super::{
    TestApp,
    trade::{BOWL, POTTERY, Shopper, WEAVERS, carrier_says, market, number, seller, slug, text_of},
};
use serde_json::{Value, json};

/// The one batch the seller sees.
async fn batch(seller: &Shopper<'_>) -> Value {
    let (status, page) = seller.get("/api/v1/seller/batches").await;
    assert_eq!(status, 200, "{page}");
    page["items"][0].clone()
}

async fn ship(seller: &Shopper<'_>, body: Value) -> Value {
    let id = text_of(&batch(seller).await, "id");
    let (status, batch) = seller
        .post(&format!("/api/v1/seller/batches/{id}/shipped"), body)
        .await;
    assert_eq!(status, 200, "{batch}");
    batch
}

async fn order(shopper: &Shopper<'_>) -> Value {
    let (_, page) = shopper.get("/api/v1/orders").await;
    page["items"][0].clone()
}

/// A market with an order of six bowls that travels as `RR123456785PT`.
async fn travelling(app: &TestApp) -> (Shopper<'_>, Shopper<'_>) {
    let shopper = Shopper::with_bowls(app, 6).await;
    shopper.buy().await;
    let seller = seller(app, POTTERY).await;
    ship(
        &seller,
        json!({ "tracking_number": "rr 123 456 785 pt", "carrier": "CTT" }),
    )
    .await;
    (shopper, seller)
}

fn event(id: &str, state: &str, at: &str) -> Value {
    json!({ "event_id": id, "tracking_number": "RR123456785PT", "state": state, "at": at, "place": "Lisboa" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_packs_and_ships_and_the_shopper_sees_it() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let seller = seller(&app, POTTERY).await;
    let paid = batch(&seller).await;
    assert_eq!(
        (&paid["state"], &paid["lines"][0]["quantity"]),
        (&json!("paid"), &json!(6))
    );
    let id = text_of(&paid, "id");
    for _ in 0..2 {
        let (status, packed) = seller
            .post(&format!("/api/v1/seller/batches/{id}/packed"), json!({}))
            .await;
        assert_eq!(
            (status, &packed["state"]),
            (200, &json!("packed")),
            "{packed}"
        );
    }
    let shipped = ship(&seller, json!({})).await;
    assert_eq!(
        (&shipped["state"], &shipped["parcel"]["carrier"]),
        (&json!("shipped"), &json!("sampan-local"))
    );
    assert_eq!(ship(&seller, json!({})).await, shipped);
    let order = order(&shopper).await;
    assert_eq!(order["state"], "shipped");
    assert_eq!(order["parcels"][0]["events"][0]["state"], "info_received");
    assert!(order["parcels"][0]["eta"]["from"].as_str().expect("a time") > "2026-11-23");
    assert_eq!(
        number(
            &app,
            &format!("SELECT on_hand AS n FROM stock WHERE sku = '{BOWL}'")
        )
        .await,
        334
    );
    assert_eq!(
        number(
            &app,
            &format!("SELECT reserved AS n FROM stock WHERE sku = '{BOWL}'")
        )
        .await,
        0
    );
    let (status, _) = seller
        .post(&format!("/api/v1/seller/batches/{id}/packed"), json!({}))
        .await;
    assert_eq!(status, 409);
    assert_eq!(
        number(
            &app,
            "SELECT COUNT(*) AS n FROM job WHERE kind = 'push.batch'"
        )
        .await,
        2,
        "one for packed, one for shipped, none for the repeats"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_of_another_shop_finds_no_such_batch() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let mine = seller(&app, POTTERY).await;
    let other = seller(&app, WEAVERS).await;
    assert_eq!(
        other.get("/api/v1/seller/batches").await.1["items"],
        json!([])
    );
    let id = text_of(&batch(&mine).await, "id");
    for step in ["packed", "shipped"] {
        let (status, _) = other
            .post(&format!("/api/v1/seller/batches/{id}/{step}"), json!({}))
            .await;
        assert_eq!(status, 404, "{step}");
    }
    let parcel = text_of(&ship(&mine, json!({})).await["parcel"], "id");
    assert_eq!(
        other
            .post(
                &format!("/api/v1/seller/parcels/{parcel}/advance"),
                json!({})
            )
            .await
            .0,
        404
    );
    let (status, problem) = shopper.get("/api/v1/seller/batches").await;
    assert_eq!((status, slug(&problem)), (403, "forbidden"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_carrier_moves_a_step_a_tap_until_the_door() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let seller = seller(&app, POTTERY).await;
    let mut batch = ship(&seller, json!({})).await;
    let parcel = text_of(&batch["parcel"], "id");
    // Portugal to Spain: no customs in between.
    for state in ["picked_up", "in_transit", "out_for_delivery", "delivered"] {
        assert_eq!(batch["parcel"]["next_state"], state);
        let (status, moved) = seller
            .post(
                &format!("/api/v1/seller/parcels/{parcel}/advance"),
                json!({}),
            )
            .await;
        assert_eq!(
            (status, &moved["parcel"]["state"]),
            (200, &json!(state)),
            "{moved}"
        );
        batch = moved;
    }
    assert_eq!(
        (&batch["state"], &batch["parcel"]["next_state"]),
        (&json!("delivered"), &json!(null))
    );
    assert_eq!(
        seller
            .post(
                &format!("/api/v1/seller/parcels/{parcel}/advance"),
                json!({})
            )
            .await
            .0,
        409
    );
    let order = order(&shopper).await;
    assert_eq!(
        (
            &order["state"],
            order["parcels"][0]["events"].as_array().map(Vec::len)
        ),
        (&json!("delivered"), Some(6))
    );
    assert_eq!(order["parcels"][0]["events"][5]["place"], "Madrid, ES");
    assert_eq!(
        number(
            &app,
            "SELECT COUNT(*) AS n FROM job WHERE kind = 'push.parcel'"
        )
        .await,
        4
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_carrier_also_moves_on_the_clock() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    ship(&seller(&app, POTTERY).await, json!({})).await;
    // Some numbers are held by customs or find nobody at home, and take longer.
    for _ in 0..16 {
        app.clock.advance_seconds(24 * 3600);
        app.run_jobs().await;
    }
    assert_eq!(
        number(
            &app,
            "SELECT COUNT(*) AS n FROM batch WHERE state = 'delivered'"
        )
        .await,
        1
    );
    assert_eq!(
        number(
            &app,
            "SELECT COUNT(*) AS n FROM job WHERE kind = 'sellers.carry'"
        )
        .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_number_is_asked_about_and_taken_when_it_is_printed_so() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let seller = seller(&app, POTTERY).await;
    let id = text_of(&batch(&seller).await, "id");
    let path = format!("/api/v1/seller/batches/{id}/shipped");
    for number in ["RR123456786PT", "RR123456785XX"] {
        let (status, problem) = seller
            .post(&path, json!({ "tracking_number": number }))
            .await;
        assert_eq!((status, slug(&problem)), (422, "invalid"));
        assert_eq!(problem["errors"][0]["pointer"], "/tracking_number");
    }
    let (status, shipped) = seller
        .post(
            &path,
            json!({ "tracking_number": "RR123456786PT", "as_printed": true }),
        )
        .await;
    assert_eq!((status, &shipped["state"]), (200, &json!("shipped")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_or_stale_hook_is_refused() {
    let app = market().await;
    let (shopper, _) = travelling(&app).await;
    let event = event("e1", "picked_up", "2026-11-23T20:00:00Z");
    let (status, problem) = carrier_says(&app, &event, Some("a guess")).await;
    assert_eq!((status, slug(&problem)), (401, "unauthorized"));
    let unsigned = app.post("/api/v1/hooks/carriers/generic", event).await;
    assert_eq!(unsigned.0, 401);
    assert_eq!(
        app.post("/api/v1/hooks/carriers/nobody", json!({})).await.0,
        404
    );
    assert_eq!(
        order(&shopper).await["parcels"][0]["state"],
        "info_received"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_moves_the_parcel_and_its_repeat_changes_nothing() {
    let app = market().await;
    let (shopper, _) = travelling(&app).await;
    let event = event("e1", "in_transit", "2026-11-23T21:00:00Z");
    assert_eq!(carrier_says(&app, &event, None).await.0, 204);
    let moved = order(&shopper).await;
    assert_eq!(moved["parcels"][0]["state"], "in_transit");
    let rev = "SELECT CAST(SUM(rev) AS BIGINT) AS n FROM scope";
    let before = number(&app, rev).await;
    assert_eq!(carrier_says(&app, &event, None).await.0, 204);
    assert_eq!(
        (order(&shopper).await, number(&app, rev).await),
        (moved, before)
    );
    let mut unknown = event;
    unknown["tracking_number"] = json!("RR000000000XX");
    assert_eq!(carrier_says(&app, &unknown, None).await.0, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_scan_joins_the_history_and_moves_nothing_back() {
    let app = market().await;
    let (shopper, _) = travelling(&app).await;
    carrier_says(&app, &event("e2", "customs", "2026-11-25T09:00:00Z"), None).await;
    carrier_says(
        &app,
        &event("e1", "picked_up", "2026-11-24T09:00:00Z"),
        None,
    )
    .await;
    let parcel = order(&shopper).await["parcels"][0].clone();
    assert_eq!(
        (&parcel["state"], &parcel["last_event_at"]),
        (&json!("customs"), &json!("2026-11-25T09:00:00Z"))
    );
    let states: Vec<_> = parcel["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|event| event["state"].clone())
        .collect();
    assert_eq!(states, ["info_received", "picked_up", "customs"]);
    assert_eq!(
        number(
            &app,
            "SELECT COUNT(*) AS n FROM job WHERE kind = 'push.parcel'"
        )
        .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_reaches_the_phone_through_sync_with_its_events() {
    let app = market().await;
    let (shopper, _) = travelling(&app).await;
    carrier_says(
        &app,
        &event("e1", "delivered", "2026-11-24T09:00:00Z"),
        None,
    )
    .await;
    let (_, reply) = shopper.sync(vec![]).await;
    let changes = reply["changes"].as_array().expect("changes");
    let of = |kind: &str| {
        changes
            .iter()
            .filter(|change| change["kind"] == kind)
            .cloned()
            .collect::<Vec<_>>()
    };
    let (parcels, events) = (of("parcel"), of("parcel_event"));
    assert_eq!((parcels.len(), events.len()), (1, 2), "{reply}");
    assert_eq!(parcels[0]["value"]["state"], "delivered");
    assert_eq!(parcels[0]["value"]["last_event_at"], 1_795_510_800_000_i64);
    let id = format!("{}/2", text_of(&parcels[0], "id"));
    let last = events
        .iter()
        .find(|event| event["id"] == json!(id))
        .expect("the second event");
    assert_eq!(last["value"]["place"], "Lisboa");
    assert_eq!(
        of("order").last().expect("the order")["value"]["state"],
        "delivered"
    );
}
