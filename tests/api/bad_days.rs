//! Sync on bad days: ops nobody can read, replies seen and lost again, phones newer than the server, data sets restored.

use super::{
    TestApp,
    device::pair,
    market::{MUG, SCARF, TEA, market},
    phone::{Phone, cart_of},
    spawn_app,
};
use futures_util::StreamExt;
use sampan::{platform::db, scope::dataset};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Sends a body as it stands, in which `WORD` takes the place of a note.
async fn send_with_note(app: &TestApp, phone: &Phone, word: &str) -> (u16, Value) {
    let body = phone.request(app).to_string().replace(r#""WORD""#, word);
    let request = app
        .client
        .post(format!("{}/api/v1/sync", app.address))
        .bearer_auth(&phone.token)
        .header("content-type", "application/json")
        .body(body);
    app.send(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_character_in_one_note_keeps_no_other_tap_waiting() {
    let app = spawn_app().await;
    market(&app).await;
    for word in [r#""\ud83d""#, r#""\u0000""#, "1e999"] {
        let mut phone = Phone::guest(&app).await;
        phone.add(&app, MUG, 2);
        phone.tap(
            &app,
            json!({"kind": "cart.note", "line": MUG, "text": "WORD"}),
        );
        phone.add(&app, TEA, 1);
        let (status, reply) = send_with_note(&app, &phone, word).await;
        assert_eq!(
            (status, reply["acked"].as_i64()),
            (200, Some(3)),
            "{word}: {reply}"
        );
        let told = &reply["outcomes"][0];
        assert_eq!(
            (
                told["seq"].as_i64(),
                told["code"].as_str(),
                told["why"].as_str()
            ),
            (Some(2), Some("rejected"), Some("bad_op")),
            "{word}"
        );
        phone.outbox.clear();
        phone.sync_all(&app).await;
        assert_eq!(phone.cart(), cart_of(&[(MUG, 2), (TEA, 1)]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_tap_shows_on_the_other_phone_at_once() {
    let app = spawn_app().await;
    market(&app).await;
    let mut one = Phone::guest(&app).await;
    one.sync_all(&app).await;
    let mut two = one.join(&app).await;
    let live = app.client.get(format!("{}/api/v1/sync/live", app.address));
    let response = live.bearer_auth(&one.token).send().await.expect("a stream");
    let mut events = response.bytes_stream();
    events.next().await.expect("the present").expect("bytes");
    let id = two.tap(
        &app,
        json!({"kind": "cart.set", "line": MUG, "quantity": -1}),
    );
    two.sync_all(&app).await;
    let poke = tokio::time::timeout(Duration::from_secs(5), events.next()).await;
    assert!(poke.expect("a poke").is_some());
    one.sync_all(&app).await;
    assert_eq!(one.confirmed[&format!("outcome/{id}")]["code"], "rejected");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_restored_after_it_saw_an_answer_gets_it_again() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    let id = phone.tap(
        &app,
        json!({"kind": "cart.set", "line": MUG, "quantity": -1}),
    );
    let before = phone.clone();
    phone.sync_all(&app).await;
    phone.sync_all(&app).await;
    assert_eq!(phone.sync_all(&app).await["outcomes"], json!([]));
    let mut restored = before;
    let reply = restored.sync_all(&app).await;
    assert_eq!(reply["outcomes"][0]["id"], id.as_str(), "{reply}");
    assert_eq!(reply["outcomes"][0]["code"], "rejected");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_of_a_newer_app_waits_for_a_newer_server() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.tap(&app, json!({"kind": "cart.coupon", "code": "SPRING"}));
    let mut request = phone.request(&app);
    let (_, today) = app
        .post_as(&phone.token, "/api/v1/sync", request.clone())
        .await;
    assert_eq!(today["outcomes"][0]["why"], "unknown_kind", "{today}");
    let mut phone = Phone::guest(&app).await;
    phone.tap(&app, json!({"kind": "cart.coupon", "code": "SPRING"}));
    request = phone.request(&app);
    request["schema"] = json!(2);
    let (status, problem) = app.post_as(&phone.token, "/api/v1/sync", request).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (503, Some("/problems/server-older"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_keeps_its_old_epoch_while_paging_comes_to_the_end() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    for number in 0..9 {
        phone.tap(
            &app,
            json!({"kind": "wishlist.put", "sku": format!("W-{number}")}),
        );
    }
    phone.add(&app, MUG, 1);
    phone.add(&app, SCARF, 1);
    phone.remove(&app, SCARF);
    phone.sync_all(&app).await;
    let platform = &app.rooms.platform;
    dataset::renew_epoch(&platform.db, &*platform.ids)
        .await
        .expect("a new epoch");
    let mut request = json!({
        "schema": 1, "epoch": phone.epoch, "device": phone.device, "cursor": phone.cursor,
        "sent_at": phone.now(&app), "limit": 4,
    });
    let mut resets = Vec::new();
    let mut told = Vec::new();
    for _ in 0..10 {
        let (status, reply) = app
            .post_as(&phone.token, "/api/v1/sync", request.clone())
            .await;
        assert_eq!(status, 200, "{reply}");
        resets.push(reply["reset"].clone());
        let changes = reply["changes"].as_array().expect("changes");
        told.extend(
            changes
                .iter()
                .map(|change| (change["kind"].clone(), change["value"].is_null())),
        );
        if reply["page"].is_null() {
            break;
        }
        request["page"] = reply["page"].clone();
    }
    assert_eq!(resets[0], "epoch");
    assert!(resets[1..].iter().all(Value::is_null), "{resets:?}");
    assert!(
        told.iter().all(|(_, is_gone)| !is_gone),
        "a snapshot tells nothing that is gone"
    );
    assert_eq!(told.len(), 11, "nine wishes, a line and a cart");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_never_says_what_it_saw_is_held_up_until_it_does() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        for _ in 0..200 {
            ids.push(phone.tap(
                &app,
                json!({"kind": "cart.set", "line": MUG, "quantity": -1}),
            ));
        }
        let mut request = phone.request(&app);
        request["seen"] = json!([uuid::Uuid::nil()]);
        let (status, _) = app.post_as(&phone.token, "/api/v1/sync", request).await;
        assert_eq!(status, 200);
        phone.outbox.clear();
    }
    phone.add(&app, TEA, 1);
    let mut request = phone.request(&app);
    request["seen"] = json!([uuid::Uuid::nil()]);
    assert_eq!(
        app.post_as(&phone.token, "/api/v1/sync", request.clone())
            .await
            .0,
        429
    );
    request["seen"] = json!(ids);
    let (status, reply) = app.post_as(&phone.token, "/api/v1/sync", request).await;
    assert_eq!(
        (status, reply["outcomes"].clone()),
        (200, json!([])),
        "{reply}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshots_and_product_lists_side_by_side_never_wait_for_each_other() {
    let app = std::sync::Arc::new(spawn_app().await);
    market(&app).await;
    let phone = Phone::guest(&app).await;
    let until = Instant::now() + Duration::from_millis(2_500);
    let mut running = Vec::new();
    for number in 0..18 {
        let (app, phone) = (app.clone(), phone.clone());
        running.push(tokio::spawn(async move {
            let mut longest = Duration::ZERO;
            while Instant::now() < until {
                let started = Instant::now();
                let (status, _) = if number % 3 == 0 {
                    app.get(&format!("/api/v1/products?q=mug&limit={}", 1 + number))
                        .await
                } else {
                    app.post_as(&phone.token, "/api/v1/sync", phone.request(&app))
                        .await
                };
                assert_eq!(status, 200);
                longest = longest.max(started.elapsed());
            }
            longest
        }));
    }
    for task in running {
        let longest = task.await.expect("a caller");
        assert!(longest < Duration::from_secs(5), "{longest:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_out_phone_cannot_make_itself_a_new_login() {
    let app = spawn_app().await;
    let mut mine = Phone::guest(&app).await;
    mine.sync_all(&app).await;
    let lost = mine.join(&app).await;
    let address = format!("{}/api/v1/devices/{}", app.address, lost.device);
    let request = app.client.delete(address).bearer_auth(&mine.token);
    assert_eq!(app.send(request).await.0, 204);
    let (device_id, secret) = pair();
    let body = json!({"device_id": device_id, "secret": secret});
    let (status, problem) = app.post_as(&lost.token, "/api/v1/devices", body).await;
    assert_eq!(status, 401, "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_that_was_given_up_goes_on_after_a_restart() {
    let app = spawn_app().await;
    let platform = &app.rooms.platform;
    let dead = "UPDATE job SET state = 'dead' WHERE kind = 'stock.sweep'";
    assert_eq!(
        db::execute(platform.db.writer(), dead, [])
            .await
            .expect("written"),
        1
    );
    sampan::platform::outbox::ensure_recurring(
        &platform.db,
        &*platform.clock,
        sampan::stock::SWEEP_JOB,
        "stock.sweep",
    )
    .await
    .expect("a job");
    let alive = "SELECT COUNT(*) AS n FROM job WHERE kind = 'stock.sweep' AND state = 'waiting'";
    let row = db::fetch_one(platform.db.reader(), alive, [])
        .await
        .expect("a query")
        .expect("a row");
    assert_eq!(row.try_get::<i64>("", "n").expect("a number"), 1);
}
