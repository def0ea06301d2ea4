//! When and of what a phone rings.

use super::ground::{Person, Phone, ground};
use crate::api::trade::slug;
use serde_json::{Value, json};

/// 21:00 in Madrid, by the tests' clock.
const HOURS: i64 = 3_600;

fn statuses(ground: &super::ground::Ground, phone: &Phone) -> Vec<Value> {
    let path = |endpoint: &str| endpoint[endpoint.find("/wpush").expect("a path")..].to_owned();
    ground
        .sink
        .posts()
        .iter()
        .filter(|post| post.path == path(&phone.endpoint))
        .map(|post| phone.read(post)["notification"]["data"]["status"].take())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nights_news_waits_for_the_morning_and_only_the_latest_is_told() {
    let ground = ground().await;
    let person = ground.person().await;
    let asleep = ground
        .subscribe(
            &person,
            json!({ "level": "every_step", "locale": "es", "zone": "Europe/Madrid" }),
        )
        .await;
    let awake = ground
        .subscribe(
            &person,
            json!({ "level": "every_step", "locale": "ar", "zone": "America/Lima" }),
        )
        .await;
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&person, "push.batch", order, "shipped").await;
    assert_eq!(statuses(&ground, &asleep), ["shipped"], "it is nine");
    ground.app.clock.advance_seconds(2 * HOURS);
    for state in ["customs", "customs_cleared", "out_for_delivery"] {
        ground.moved(&person, "push.parcel", order, state).await;
        ground.app.clock.advance_seconds(2 * HOURS);
    }
    assert_eq!(statuses(&ground, &asleep), ["shipped"], "it is five");
    let told = ["shipped", "customs", "customs_cleared", "out_for_delivery"];
    assert_eq!(statuses(&ground, &awake), told);
    ground.app.clock.advance_seconds(3 * HOURS - 120);
    ground.app.run_jobs().await;
    assert_eq!(statuses(&ground, &asleep).len(), 1, "a minute to eight");
    ground.app.clock.advance_seconds(180);
    ground.app.run_jobs().await;
    assert_eq!(statuses(&ground, &asleep), ["shipped", "out_for_delivery"]);
    let post = ground.sink.posts().pop().expect("a message");
    assert_eq!(asleep.read(&post)["notification"]["lang"], "es");
}

#[tokio::test(flavor = "multi_thread")]
async fn news_that_would_be_stale_by_the_morning_is_told_then_all_the_same() {
    let ground = ground().await;
    let person = ground.person().await;
    let rest = json!({ "zone": "Europe/Madrid", "quiet": { "from": 1260, "to": 720 } });
    let phone = ground.subscribe(&person, rest).await;
    let order = ground.app.rooms.platform.new_id();
    ground
        .moved(&person, "push.parcel", order, "out_for_delivery")
        .await;
    ground.app.clock.advance_seconds(15 * HOURS + 60);
    ground.app.run_jobs().await;
    assert_eq!(statuses(&ground, &phone), ["out_for_delivery"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_rings_for_the_steps_it_chose_and_a_muted_order_for_none() {
    let ground = ground().await;
    let (person, other) = (ground.person().await, ground.person().await);
    let phone = ground
        .subscribe(
            &person,
            json!({ "level": "chosen", "steps": ["customs", "delivered"] }),
        )
        .await;
    let new_order = || ground.app.rooms.platform.new_id();
    let order = new_order();
    for state in ["in_transit", "customs", "out_for_delivery", "delivered"] {
        ground.moved(&person, "push.parcel", order, state).await;
    }
    assert_eq!(statuses(&ground, &phone), ["customs", "delivered"]);

    let muted = new_order();
    let path = format!("/api/v1/push/orders/{muted}");
    let set = async |person: &Person, is_muted: bool| {
        let url = format!("{}{path}", ground.app.address);
        let request = ground.app.client.put(url).bearer_auth(&person.token);
        ground
            .app
            .send(request.json(&json!({ "muted": is_muted })))
            .await
    };
    assert_eq!(set(&person, true).await.0, 204);
    assert_eq!(set(&person, true).await.0, 204);
    assert_eq!(
        ground.app.get_as(&person.token, &path).await.1,
        json!({ "muted": true })
    );
    assert_eq!(
        ground.app.get_as(&other.token, &path).await.1,
        json!({ "muted": false })
    );
    ground.moved(&person, "push.parcel", muted, "customs").await;
    assert_eq!(statuses(&ground, &phone).len(), 2);
    assert_eq!(set(&person, false).await.0, 204);
    ground
        .moved(&person, "push.parcel", muted, "delivered")
        .await;
    assert_eq!(statuses(&ground, &phone).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn zones_and_hours_that_no_clock_shows_are_refused() {
    let ground = ground().await;
    let person = ground.person().await;
    for (more, pointer) in [
        (json!({ "zone": "Mars/Olympus" }), "/zone"),
        (json!({ "zone": "../../etc/passwd" }), "/zone"),
        (json!({ "quiet": { "from": 1440, "to": 0 } }), "/quiet"),
    ] {
        let mut body = ground.phone().subscription();
        for (name, value) in more.as_object().expect("members") {
            body[name] = value.clone();
        }
        let (status, problem) = ground.put(&person, &body).await;
        assert_eq!((status, slug(&problem)), (422, "invalid"), "{more}");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_how_messages_ended_and_nobody_else_does() {
    let ground = ground().await;
    let person = ground.person().await;
    ground.subscribe(&person, json!({})).await;
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&person, "push.batch", order, "shipped").await;
    let path = "/api/v1/operator/pushes";
    assert_eq!(ground.app.get_as(&person.token, path).await.0, 403);
    let (scope_id, db) = (person.scope_id, &ground.app.rooms.platform.db);
    db.write(move |tx| {
        Box::pin(async move {
            let text = "INSERT INTO account_role (scope_id, role) VALUES ($1, 'support')";
            sampan::platform::db::execute(tx, text, [scope_id.into()])
                .await
                .map(|_| ())
        })
    })
    .await
    .expect("a role");
    let (status, told) = ground.app.get_as(&person.token, path).await;
    assert_eq!(status, 200, "{told}");
    let one = |end: &str| {
        let mut ends = json!({ "planned": 1, "sent": 0, "mailed": 0, "gone": 0, "superseded": 0,
            "expired": 0, "refused": 0, "muted": 0, "waiting": 0 });
        ends[end] = json!(1);
        ends
    };
    assert_eq!(told["total"], one("sent"));
    let mut step = one("sent");
    step["step"] = json!("shipped");
    assert_eq!(told["steps"], json!([step]));
    let days = told["days"].as_array().expect("days");
    assert_eq!((days.len(), &days[6]["sent"]), (7, &json!(1)));
    assert_eq!(days[0]["planned"], 0);
    assert!(
        told["median_seconds"]
            .as_i64()
            .is_some_and(|seconds| seconds < 5),
        "{told}"
    );
    // The host alone: neither port, path nor key of any phone.
    assert_eq!(told["services"][0]["service"], "127.0.0.1");
    assert_eq!(
        (
            &told["services"][0]["sent"],
            &told["services"][0]["retries"]
        ),
        (&json!(1), &json!(0))
    );
    assert_eq!(
        (&told["phones"][0]["service"], &told["phones"][0]["phones"]),
        (&json!("127.0.0.1"), &json!(1))
    );
    assert!(!told.to_string().contains("wpush"), "{told}");
    for days in ["0", "91", "-1"] {
        let (status, problem) = ground
            .app
            .get_as(&person.token, &format!("{path}?days={days}"))
            .await;
        assert_eq!((status, slug(&problem)), (422, "invalid"), "{days}");
    }
    let (_, quarter) = ground
        .app
        .get_as(&person.token, &format!("{path}?days=90"))
        .await;
    assert_eq!(quarter["days"].as_array().map(Vec::len), Some(90));
    assert_eq!(quarter["total"], told["total"]);
}
