//! In the demo market time passes: at a tap of who ordered, or by itself.

use super::{
    TestApp, spawn_app,
    trade::{Shopper, market, number, text_of},
};
use serde_json::{Value, json};
use std::collections::HashSet;

async fn order(shopper: &Shopper<'_>) -> Value {
    let (_, page) = shopper.get("/api/v1/orders").await;
    page["items"][0].clone()
}

async fn next(shopper: &Shopper<'_>, order: &str) -> (u16, Value) {
    shopper
        .get(&format!("/api/v1/demo/orders/{order}/next"))
        .await
}

async fn forward(shopper: &Shopper<'_>, order: &str, step: &str) -> (u16, Value) {
    let path = format!("/api/v1/demo/orders/{order}/forward");
    shopper.post(&path, json!({ "step": step })).await
}

async fn jobs(app: &TestApp, kind: &str) -> i64 {
    number(
        app,
        &format!("SELECT COUNT(*) AS n FROM job WHERE kind = '{kind}'"),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_a_step_leads_from_the_shop_to_the_door_and_a_double_tap_leads_no_further() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let id = text_of(&order(&shopper).await, "id");
    assert_eq!(order(&shopper).await["is_demo"], true);
    let (mut steps, mut states) = (Vec::new(), Vec::new());
    let (_, mut coming) = next(&shopper, &id).await;
    while let Some(step) = coming["step"].as_str().map(str::to_owned) {
        let (status, after) = forward(&shopper, &id, &step).await;
        assert_eq!(status, 200, "{after}");
        let (_, again) = forward(&shopper, &id, &step).await;
        assert_eq!(again, after, "a repeat of {step} changes nothing");
        if let Some(state) = coming["state"].as_str() {
            let parcel = &order(&shopper).await["parcels"][0];
            assert_eq!(parcel["state"], state, "{step}");
            let last = parcel["events"]
                .as_array()
                .and_then(|all| all.last())
                .cloned();
            assert_eq!(last.expect("an event")["place"], coming["place"], "{step}");
            states.push(state.to_owned());
        }
        steps.push(step);
        coming = after;
        assert!(steps.len() < 15, "{steps:?}");
    }
    assert_eq!(steps[..3], ["packed", "shipped", "picked_up"]);
    assert_eq!(steps.last().map(String::as_str), Some("delivered"));
    assert_eq!(order(&shopper).await["state"], "delivered");
    // One push a state, whatever was scanned between.
    let told: HashSet<&String> = states.iter().collect();
    assert_eq!(jobs(&app, "push.parcel").await, told.len() as i64);
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_sold_before_they_came_come_at_a_tap_or_on_their_day() {
    let app = market().await;
    let waiting = async |sku: &str| {
        let shopper = Shopper::new(&app).await;
        shopper.put(sku, 4).await;
        let placed = shopper.buy().await;
        (shopper, text_of(&placed["orders"][0], "id"))
    };
    let (tapping, id) = waiting("LAK-SHIRT-XL").await;
    let (_, coming) = next(&tapping, &id).await;
    assert_eq!(coming["step"], "received");
    for _ in 0..2 {
        let (status, after) = forward(&tapping, &id, "received").await;
        assert_eq!((status, &after["step"]), (200, &json!("packed")), "{after}");
    }
    assert_eq!(
        order(&tapping).await["batches"][0]["planned_for"],
        Value::Null
    );
    let on_hand = "SELECT on_hand AS n FROM stock WHERE sku = 'LAK-SHIRT-XL'";
    assert_eq!(number(&app, on_hand).await, 60);

    // The demo's file says that they come in three weeks.
    let (patient, _) = waiting("NBH-DRESS-L").await;
    for (hours, state) in [
        (0, "paid"),
        (21 * 24 - 36, "paid"),
        (48, "packed"),
        (2, "shipped"),
    ] {
        app.clock.advance_seconds(hours * 3_600);
        app.run_jobs().await;
        app.clock.advance_seconds(3_601);
        app.run_jobs().await;
        let order = order(&patient).await;
        assert_eq!(order["state"], state, "{hours}: {order}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_ordered_lets_time_pass_and_only_in_the_demo() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let id = text_of(&order(&shopper).await, "id");
    let stranger = Shopper::new(&app).await;
    assert_eq!(next(&stranger, &id).await.0, 404);
    assert_eq!(forward(&stranger, &id, "packed").await.0, 404);
    assert_eq!(order(&shopper).await["state"], "paid");
    let (status, problem) = forward(&shopper, &id, "delivered").await;
    assert_eq!((status, &problem["step"]), (200, &json!("packed")));
    assert_eq!(order(&shopper).await["state"], "paid");

    let earnest = spawn_app().await;
    let shopper = Shopper::new(&earnest).await;
    let none = uuid::Uuid::now_v7().to_string();
    assert_eq!(next(&shopper, &none).await.0, 404);
    assert_eq!(forward(&shopper, &none, "packed").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_nobody_touches_is_packed_shipped_and_delivered_by_the_clock() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    app.run_jobs().await;
    assert_eq!(order(&shopper).await["state"], "paid");
    let mut seen = Vec::new();
    for _ in 0..24 * 16 {
        app.clock.advance_seconds(3_600);
        app.run_jobs().await;
        let order = order(&shopper).await;
        let state = match &order["parcels"][0]["state"] {
            Value::String(state) => state.clone(),
            _ => text_of(&order, "state"),
        };
        if seen.last() != Some(&state) {
            seen.push(state);
        }
    }
    assert_eq!(seen[..3], ["paid", "packed", "info_received"], "{seen:?}");
    assert_eq!(
        seen.last().map(String::as_str),
        Some("delivered"),
        "{seen:?}"
    );
    let events = &order(&shopper).await["parcels"][0]["events"];
    let times: Vec<&str> = events
        .as_array()
        .expect("events")
        .iter()
        .filter_map(|event| event["at"].as_str())
        .collect();
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{times:?}");
    for kind in ["sellers.carry", "sellers.demo_pack"] {
        assert_eq!(jobs(&app, kind).await, 0, "{kind}");
    }
}
