//! Two phones with lost replies, resends and concurrent taps end as the protocol says.

use super::{
    device::pair,
    market::{MUG, SCARF, TEA, market},
    phone::{Phone, cart_of},
    spawn_app,
};
use serde_json::json;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_first_exchange_takes_the_taps_and_tells_the_whole_cart() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.add(&app, MUG, 6);
    phone.set(&app, SCARF, 4);
    let (status, reply) = phone.sync(&app).await;
    assert_eq!(status, 200, "{reply}");
    assert_eq!(
        (
            reply["acked"].as_i64(),
            reply["outcomes"].as_array().map(Vec::len)
        ),
        (Some(2), Some(0))
    );
    assert_eq!(phone.cart(), cart_of(&[(MUG, 6), (SCARF, 4)]));
    let line = &phone.confirmed[&format!("cart_line/{}/{MUG}", phone.cart)];
    for field in ["quantity", "note", "product", "market"] {
        assert!(line.get(field).is_some(), "{field} in {line}");
    }
    for field in ["title", "image", "price", "tiers"] {
        assert!(line["product"].get(field).is_some(), "{field} in {line}");
    }
    for field in [
        "available",
        "minimum_quantity",
        "pack_step",
        "max_per_order",
        "price_changed_from",
        "problem",
    ] {
        assert!(line["market"].get(field).is_some(), "{field} in {line}");
    }
    assert_eq!(
        phone.confirmed[&format!("cart/{}", phone.cart)],
        json!({"state": "open", "successor": null})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_and_a_resend_count_a_tap_once() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.add(&app, MUG, 6);
    for _ in 0..3 {
        assert_eq!(phone.sync_and_lose_the_reply(&app).await.0, 200);
    }
    phone.add(&app, MUG, 2);
    phone.add(&app, TEA, 1);
    phone.remove(&app, TEA);
    let reply = phone.sync_all(&app).await;
    assert_eq!(reply["acked"], 4);
    assert!(phone.outbox.is_empty());
    assert_eq!(phone.cart(), cart_of(&[(MUG, 8)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_add_offline_and_both_count() {
    let app = spawn_app().await;
    market(&app).await;
    let mut one = Phone::guest(&app).await;
    let mut two = one.join(&app).await;
    one.add(&app, MUG, 6);
    two.add(&app, MUG, 12);
    one.sync_all(&app).await;
    two.sync_all(&app).await;
    one.sync_all(&app).await;
    assert_eq!(
        (one.cart(), two.cart()),
        (cart_of(&[(MUG, 18)]), cart_of(&[(MUG, 18)]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_quantity_keeps_an_add_it_had_not_seen_and_says_so_until_seen() {
    let app = spawn_app().await;
    market(&app).await;
    let mut one = Phone::guest(&app).await;
    let mut two = one.join(&app).await;
    one.add(&app, MUG, 2);
    one.sync_all(&app).await;
    app.clock.advance_seconds(5);
    let id = two.set(&app, MUG, 5);
    let reply = two.sync_and_lose_the_reply(&app).await.1;
    let told = &reply["outcomes"][0];
    assert_eq!(
        (
            told["id"].as_str(),
            told["code"].as_str(),
            told["why"].as_str()
        ),
        (Some(&*id), Some("merged"), Some("unseen_add_kept"))
    );
    assert_eq!(
        (
            told["line"].as_str(),
            told["kept"].as_i64(),
            told["actions"].clone()
        ),
        (Some(MUG), Some(2), json!(["keep", "remove"]))
    );
    let again = two.sync_all(&app).await;
    assert_eq!(
        again["outcomes"][0]["id"],
        id.as_str(),
        "told again after the lost reply"
    );
    let after = two.sync_all(&app).await;
    assert_eq!(
        after["outcomes"],
        json!([]),
        "named in seen, never told again"
    );
    one.sync_all(&app).await;
    assert_eq!(one.cart(), cart_of(&[(MUG, 7)]));
    assert_eq!(
        one.confirmed[&format!("outcome/{id}")]["code"],
        "merged",
        "a card on the other phone"
    );
    one.tap(&app, json!({"kind": "outcome.dismiss", "op": id}));
    one.sync_all(&app).await;
    assert!(!one.confirmed.contains_key(&format!("outcome/{id}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_younger_of_two_typed_quantities_wins_whatever_the_clocks_say() {
    let app = spawn_app().await;
    market(&app).await;
    let mut one = Phone::guest(&app).await;
    let mut two = one.join(&app).await;
    one.sync_all(&app).await;
    two.sync_all(&app).await;
    one.skew = 86_400_000;
    two.skew = -31_536_000_000;
    one.set(&app, MUG, 6);
    app.clock.advance_seconds(60);
    two.set(&app, MUG, 9);
    two.sync_all(&app).await;
    app.clock.advance_seconds(60);
    let reply = one.sync_all(&app).await;
    assert_eq!(reply["outcomes"][0]["code"], "superseded");
    two.sync_all(&app).await;
    assert_eq!(
        (one.cart(), two.cart()),
        (cart_of(&[(MUG, 9)]), cart_of(&[(MUG, 9)]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_op_is_an_outcome_of_that_op_alone() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    let bad = [
        (
            json!({"kind": "cart.set", "line": MUG, "quantity": -1}),
            "bad_quantity",
        ),
        (
            json!({"kind": "cart.set", "line": MUG, "quantity": 2_147_483_648_i64}),
            "bad_quantity",
        ),
        (
            json!({"kind": "cart.add", "line": MUG, "delta": 1, "price": 1}),
            "unknown_field",
        ),
        (
            json!({"kind": "cart.add", "line": "GONE-1", "delta": 1}),
            "unknown_line",
        ),
        (
            json!({"kind": "cart.add", "cart": Uuid::new_v4(), "line": MUG, "delta": 1}),
            "unknown_cart",
        ),
        (json!({"kind": "rfq.open", "sku": MUG}), "unknown_kind"),
    ];
    for (op, _) in &bad {
        phone.tap(&app, op.clone());
    }
    phone.add(&app, TEA, 3);
    let (status, reply) = phone.sync(&app).await;
    assert_eq!(status, 200, "{reply}");
    let outcomes = reply["outcomes"].as_array().expect("outcomes");
    let whys: Vec<_> = outcomes
        .iter()
        .map(|told| (told["code"].as_str(), told["why"].as_str()))
        .collect();
    let expected: Vec<_> = bad
        .iter()
        .map(|(_, why)| (Some("rejected"), Some(*why)))
        .collect();
    assert_eq!(whys, expected);
    assert_eq!(phone.cart(), cart_of(&[(TEA, 3)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_seq_refuses_the_request_and_applies_nothing() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.add(&app, MUG, 1);
    phone.tap(&app, json!({"kind": "cart.add", "line": TEA, "delta": 1}));
    phone.outbox[1]["seq"] = "two".into();
    let (status, problem) = phone.sync(&app).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (400, Some("/problems/invalid"))
    );
    phone.outbox.pop();
    phone.sync_all(&app).await;
    assert_eq!(phone.cart(), cart_of(&[(MUG, 1)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloned_phone_is_told_to_take_a_new_device_and_loses_no_tap() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.sync_all(&app).await;
    let mut clone = phone.clone();
    phone.add(&app, MUG, 1);
    phone.sync_all(&app).await;
    clone.add(&app, TEA, 2);
    let (status, problem) = clone.sync(&app).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (409, Some("/problems/device-forked"))
    );
    let outbox = clone.outbox.clone();
    let mut renewed = clone.join(&app).await;
    for mut op in outbox {
        renewed.seq += 1;
        op["seq"] = renewed.seq.into();
        renewed.outbox.push(op);
    }
    renewed.sync_all(&app).await;
    assert_eq!(renewed.cart(), cart_of(&[(MUG, 1), (TEA, 2)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_secret_pushes_cart_ops_and_reads_nothing() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.add(&app, MUG, 2);
    phone.tap(
        &app,
        json!({"kind": "prefs.set", "name": "currency", "value": "JPY"}),
    );
    let push = |secret: &str| {
        let credentials = format!("Device {}:{secret}", phone.device);
        app.client
            .post(format!("{}/api/v1/sync", app.address))
            .header("authorization", credentials)
            .json(&phone.request(&app))
    };
    assert_eq!(app.send(push(&pair().1)).await.0, 401);
    let (status, reply) = app.send(push(&phone.secret)).await;
    assert_eq!(
        (status, reply["changes"].clone(), reply["cursor"].as_i64()),
        (200, json!([]), Some(0)),
        "{reply}"
    );
    assert_eq!(reply["outcomes"][0]["why"], "sign_in");
    phone.sync_all(&app).await;
    assert_eq!(phone.cart(), cart_of(&[(MUG, 2)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_of_another_shopper_is_not_known() {
    let app = spawn_app().await;
    market(&app).await;
    let mut mine = Phone::guest(&app).await;
    let theirs = Phone::guest(&app).await;
    mine.device = theirs.device;
    mine.add(&app, MUG, 1);
    let (status, problem) = mine.sync(&app).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (401, Some("/problems/device-unknown"))
    );
    let (status, _) = app
        .get_as(&mine.token, &format!("/api/v1/carts/{}", theirs.cart))
        .await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_every_change_once() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    for number in 0..37 {
        phone.tap(
            &app,
            json!({"kind": "wishlist.put", "sku": format!("W-{number}")}),
        );
        if number % 5 == 0 {
            phone.sync_all(&app).await;
        }
    }
    phone.sync_all(&app).await;
    let mut cursor = json!({"schema": 1, "epoch": phone.epoch, "device": phone.device, "cursor": 0, "sent_at": phone.now(&app), "limit": 4});
    let mut ids = Vec::new();
    loop {
        let (status, reply) = app
            .post_as(&phone.token, "/api/v1/sync", cursor.clone())
            .await;
        assert_eq!(status, 200, "{reply}");
        let changes = reply["changes"].as_array().expect("changes");
        assert!(changes.len() <= 4);
        ids.extend(
            changes
                .iter()
                .map(|change| format!("{}/{}", change["kind"], change["id"])),
        );
        if reply["page"].is_null() {
            break;
        }
        assert_eq!(reply["cursor"], 0, "the cursor waits for the last page");
        cursor["page"] = reply["page"].clone();
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), count), (38, 38), "37 wishes and a cart");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_while_a_snapshot_is_being_paged_is_gone_at_its_end() {
    let app = spawn_app().await;
    market(&app).await;
    let mut one = Phone::guest(&app).await;
    for sku in [MUG, TEA] {
        one.add(&app, sku, 2);
        one.sync_all(&app).await;
    }
    let mut two = one.join(&app).await;
    let mut request = two.request(&app);
    request["limit"] = 2.into();
    let (_, first) = app
        .post_as(&two.token, "/api/v1/sync", request.clone())
        .await;
    assert!(first["changes"].to_string().contains(MUG), "{first}");
    one.remove(&app, MUG);
    one.sync_all(&app).await;
    let mut told = vec![first.clone()];
    while let Some(page) = told.last().and_then(|reply| reply["page"].as_str()) {
        request["page"] = page.into();
        let (_, next) = app
            .post_as(&two.token, "/api/v1/sync", request.clone())
            .await;
        told.push(next);
    }
    for reply in told {
        two.take(&reply);
    }
    assert_eq!(two.cart(), one.cart());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_op_ninety_days_old_is_asked_about_instead_of_applied() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.add(&app, MUG, 1);
    app.clock.advance_seconds(91 * 86_400);
    let (_, refreshed) = app
        .post(
            "/api/v1/auth/guest",
            json!({"device_id": phone.device, "secret": phone.secret}),
        )
        .await;
    phone.token = refreshed["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let (_, reply) = phone.sync(&app).await;
    assert_eq!(
        (
            reply["outcomes"][0]["code"].as_str(),
            reply["outcomes"][0]["why"].as_str()
        ),
        (Some("needs_you"), Some("old"))
    );
    assert!(phone.cart().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_phones_at_once_lose_nothing() {
    let app = spawn_app().await;
    market(&app).await;
    let mut first = Phone::guest(&app).await;
    let mut phones = Vec::new();
    for _ in 0..6 {
        phones.push(first.join(&app).await);
    }
    let app = std::sync::Arc::new(app);
    let mut tasks = Vec::new();
    for mut phone in phones {
        let app = app.clone();
        tasks.push(tokio::spawn(async move {
            for round in 0..10 {
                phone.add(&app, MUG, 1);
                if round % 3 == 0 {
                    phone.sync_and_lose_the_reply(&app).await;
                }
                phone.sync_all(&app).await;
            }
        }));
    }
    for task in tasks {
        task.await.expect("a phone");
    }
    first.sync_all(&app).await;
    assert_eq!(first.cart(), cart_of(&[(MUG, 60)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_live_stream_tells_the_revision_at_once_and_when_another_phone_taps() {
    use futures_util::StreamExt;
    let app = spawn_app().await;
    market(&app).await;
    let mut one = Phone::guest(&app).await;
    one.sync_all(&app).await;
    let mut two = one.join(&app).await;
    let response = app
        .client
        .get(format!("{}/api/v1/sync/live", app.address))
        .bearer_auth(&one.token)
        .send()
        .await
        .expect("a stream");
    assert_eq!(response.status().as_u16(), 200);
    let mut events = response.bytes_stream();
    let mut read = async || {
        String::from_utf8(
            events
                .next()
                .await
                .expect("an event")
                .expect("bytes")
                .to_vec(),
        )
        .expect("text")
    };
    assert!(read().await.starts_with("event: rev\ndata: {\"rev\":"));
    two.add(&app, MUG, 1);
    let reply = two.sync_all(&app).await;
    assert_eq!(
        read().await,
        format!("event: rev\ndata: {{\"rev\":{}}}\n\n", reply["cursor"])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_exchange_writes_nothing() {
    let app = spawn_app().await;
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.add(&app, MUG, 1);
    let before = phone.sync_all(&app).await["cursor"].clone();
    for _ in 0..3 {
        let reply = phone.sync_all(&app).await;
        assert_eq!(
            (
                reply["cursor"].clone(),
                reply["changes"].clone(),
                reply["acked"].clone()
            ),
            (before.clone(), json!([]), json!(null))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_ops_are_refused_with_the_limits() {
    let app = spawn_app().await;
    let mut phone = Phone::guest(&app).await;
    for _ in 0..201 {
        phone.add(&app, MUG, 1);
    }
    let (status, problem) = phone.sync(&app).await;
    assert_eq!(
        (
            status,
            problem["max_ops"].as_i64(),
            problem["max_bytes"].as_i64()
        ),
        (413, Some(200), Some(262_144))
    );
    assert_eq!(phone.outbox.len(), 201);
}
