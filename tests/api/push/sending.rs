//! From a change to a message, and what the service's answer does to it.

use super::ground::{Person, Phone, ground, ground_with};
use crate::api::{
    app::START,
    trade::{POTTERY, Shopper, account, seller, text_of},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ece::EcKeyComponents;
use sampan::{platform::token, push::Moved};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_shipped_batch_becomes_one_encrypted_message() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.subscribe(&person, json!({"locale": "en"})).await;
    let order = ground.app.rooms.platform.new_id();
    let moved = Moved {
        scope_id: person.scope_id,
        order_id: order,
        batch_id: Some(order),
        parcel_id: None,
        state: "shipped".to_owned(),
        event_id: None,
    };
    // The job may run twice, and nobody notices.
    ground.tell("push.batch", moved.clone()).await;
    ground.tell("push.batch", moved).await;
    ground.app.run_jobs().await;

    let posts = ground.sink.posts();
    assert_eq!(posts.len(), 1);
    let post = &posts[0];
    assert_eq!(
        format!("http://{}{}", ground.service, post.path),
        phone.endpoint
    );
    assert_eq!(post.headers["content-encoding"], "aes128gcm");
    assert!(post.headers["ttl"].parse::<u32>().expect("seconds") > 0);
    assert_eq!(post.headers["topic"], order.simple().to_string());
    assert_eq!(post.headers["urgency"], "normal");
    let payload = phone.read(post);
    let public_url = ground.app.rooms.platform.config.public_url();
    assert_eq!(payload["web_push"], 8030);
    assert_eq!(
        payload["notification"]["navigate"],
        format!("{public_url}/orders/{order}")
    );
    assert_eq!(payload["notification"]["tag"], format!("order-{order}"));
    assert_eq!(payload["notification"]["data"]["status"], "shipped");
    assert!(
        payload["notification"]["title"]
            .as_str()
            .expect("a title")
            .ends_with("on its way")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn our_signature_names_the_service_with_its_port_and_lasts_for_hours() {
    let ground = ground().await;
    let person = ground.person().await;
    ground.subscribe(&person, json!({})).await;
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&person, "push.batch", order, "shipped").await;
    ground.app.clock.advance_seconds(600);
    ground
        .moved(&person, "push.parcel", order, "delivered")
        .await;

    let (_, key) = ground.app.get("/api/v1/push/key").await;
    let posts = ground.sink.posts();
    let authorizations: Vec<&str> = posts
        .iter()
        .map(|post| post.headers["authorization"].as_str())
        .collect();
    assert_eq!(authorizations.len(), 2);
    assert_eq!(authorizations[0], authorizations[1]);
    let (token, public) = authorizations[0]
        .strip_prefix("vapid t=")
        .and_then(|rest| rest.split_once(", k="))
        .expect("a signature");
    assert_eq!(key["key"], public);
    let claims = URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1).expect("claims"))
        .expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    assert_eq!(claims["aud"], format!("http://{}", ground.service));
    assert_eq!(claims["sub"], "mailto:test@sampan.example");
    let life = claims["exp"].as_i64().expect("a time") - START.seconds();
    assert!((3_600..=86_400).contains(&life), "{life}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_of_a_service_has_its_consequence() {
    // Answer · later, in seconds · messages sent in all · is the subscription still there
    for (status, header, later, sent, kept) in [
        (201, None, 4_000, 1, true),
        (204, None, 4_000, 1, true),
        (307, Some(("location", "/elsewhere")), 4_000, 1, true),
        (400, None, 4_000, 1, true),
        (401, None, 800, 1, true),
        (401, None, 1_000, 2, true),
        (404, None, 4_000, 1, false),
        (406, Some(("retry-after", "120")), 100, 1, true),
        (406, Some(("retry-after", "120")), 130, 2, true),
        (410, None, 4_000, 1, false),
        (413, None, 0, 2, true),
        (
            429,
            Some(("retry-after", "Mon, 23 Nov 2026 20:05:00 GMT")),
            200,
            1,
            true,
        ),
        (
            429,
            Some(("retry-after", "Mon, 23 Nov 2026 20:05:00 GMT")),
            310,
            2,
            true,
        ),
        (500, None, 10, 1, true),
        (503, None, 100, 2, true),
    ] {
        let ground = ground().await;
        let person = ground.person().await;
        ground.subscribe(&person, json!({})).await;
        ground.sink.answer_next(status, header);
        let order = ground.app.rooms.platform.new_id();
        ground.moved(&person, "push.batch", order, "shipped").await;
        ground.app.clock.advance_seconds(later);
        ground.app.run_jobs().await;
        let posts = ground.sink.posts();
        assert_eq!(posts.len(), sent, "{status} after {later} s");
        assert!(
            posts.iter().all(|post| post.path.starts_with("/wpush/")),
            "{status}"
        );
        assert_eq!(ground.subscriptions().await == 1, kept, "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_too_long_for_a_service_comes_shortened_once() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.subscribe(&person, json!({})).await;
    ground.sink.answer_next(413, None);
    ground.sink.answer_next(413, None);
    let order = ground.app.rooms.platform.new_id();
    ground
        .moved(&person, "push.parcel", order, "delivered")
        .await;
    ground.app.clock.advance_seconds(4_000);
    ground.app.run_jobs().await;
    let posts = ground.sink.posts();
    assert_eq!(posts.len(), 2);
    let body = |post| {
        phone.read(post)["notification"]["body"]
            .as_str()
            .map(str::len)
    };
    assert!(body(&posts[1]) < body(&posts[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_hears_as_much_as_it_asked_for_in_its_own_language() {
    let ground = ground().await;
    let person = ground.person().await;
    let important = ground.subscribe(&person, json!({"locale": "ar"})).await;
    let every_step = ground
        .subscribe(&person, json!({"level": "every_step", "locale": "zh-Hans"}))
        .await;
    ground.subscribe(&person, json!({"level": "none"})).await;
    let order = ground.app.rooms.platform.new_id();
    for (kind, state) in [
        ("push.batch", "paid"),
        ("push.batch", "packed"),
        ("push.batch", "shipped"),
        ("push.parcel", "info_received"),
        ("push.parcel", "in_transit"),
        ("push.parcel", "delivered"),
        ("push.batch", "delivered"),
        ("push.batch", "settled"),
    ] {
        ground.moved(&person, kind, order, state).await;
    }
    let heard = |phone: &Phone| -> Vec<Value> {
        let posts = ground.sink.posts();
        let own = posts
            .iter()
            .filter(|post| phone.endpoint.ends_with(&post.path));
        own.map(|post| phone.read(post)["notification"].take())
            .collect()
    };
    let states = |told: &[Value]| -> Vec<String> {
        told.iter()
            .map(|each| {
                each["data"]["status"]
                    .as_str()
                    .expect("a status")
                    .to_owned()
            })
            .collect()
    };
    let told = heard(&important);
    assert_eq!(states(&told), ["shipped", "delivered"]);
    assert_eq!(
        (&told[0]["lang"], &told[0]["dir"]),
        (&json!("ar"), &json!("rtl"))
    );
    let told = heard(&every_step);
    assert_eq!(
        states(&told),
        ["packed", "shipped", "in_transit", "delivered"]
    );
    assert_eq!(
        (&told[0]["lang"], &told[0]["dir"]),
        (&json!("zh"), &json!("ltr"))
    );
    let order_of_time: Vec<i64> = told
        .iter()
        .map(|each| each["data"]["seq"].as_i64().expect("a number"))
        .collect();
    assert!(order_of_time.is_sorted());
    assert_eq!(ground.sink.posts().len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_step_is_not_told_after_a_newer_one_and_stale_news_not_at_all() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.subscribe(&person, json!({})).await;
    let order = ground.app.rooms.platform.new_id();
    ground.sink.answer_next(503, None);
    ground.moved(&person, "push.batch", order, "shipped").await;
    ground
        .moved(&person, "push.parcel", order, "delivered")
        .await;
    ground.app.clock.advance_seconds(4_000);
    ground.app.run_jobs().await;
    let told: Vec<Value> = ground
        .sink
        .posts()
        .iter()
        .map(|post| phone.read(post)["notification"]["data"]["status"].take())
        .collect();
    assert_eq!(
        told,
        ["shipped", "delivered"],
        "the first was refused, and then overtaken"
    );

    // Two steps in one millisecond, planned in either order: the one further on the way is told alone.
    let same = ground.app.rooms.platform.new_id();
    let moved = |state: &str| Moved {
        scope_id: person.scope_id,
        order_id: same,
        batch_id: None,
        parcel_id: None,
        state: state.to_owned(),
        event_id: Some(state.to_owned()),
    };
    for state in ["delivered", "out_for_delivery"] {
        ground.tell("push.parcel", moved(state)).await;
    }
    ground.app.run_jobs().await;
    let posts = ground.sink.posts();
    let last = posts.last().expect("a message");
    assert_eq!(
        phone.read(last)["notification"]["data"]["status"],
        "delivered"
    );
    let before = posts.len();
    ground.app.clock.advance_seconds(1);

    let other = ground.app.rooms.platform.new_id();
    ground.sink.answer_next(503, None);
    ground
        .moved(&person, "push.parcel", other, "out_for_delivery")
        .await;
    ground.app.clock.advance_seconds(13 * 3_600);
    ground.app.run_jobs().await;
    assert_eq!(ground.sink.posts().len(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_asks_for_a_pause_gets_it_from_every_message() {
    let ground = ground().await;
    let person = ground.person().await;
    ground.subscribe(&person, json!({})).await;
    ground.sink.answer_next(429, Some(("retry-after", "300")));
    let new_order = || ground.app.rooms.platform.new_id();
    ground
        .moved(&person, "push.batch", new_order(), "shipped")
        .await;
    ground
        .moved(&person, "push.batch", new_order(), "shipped")
        .await;
    assert_eq!(ground.sink.posts().len(), 1);
    ground.app.clock.advance_seconds(300);
    ground.app.run_jobs().await;
    assert_eq!(ground.sink.posts().len(), 3);
}

/// Many fail at once where many are sent at once: that is one failure of the service, not one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_fails_many_messages_at_once_is_asked_again_after_half_a_minute() {
    let ground = ground().await;
    let person = ground.person().await;
    for _ in 0..12 {
        ground.subscribe(&person, json!({})).await;
        ground.sink.answer_next(500, None);
    }
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&person, "push.batch", order, "shipped").await;
    let sent = "SELECT COUNT(*) AS n FROM push_delivery WHERE state = 'sent'";
    assert_eq!(ground.count(sent).await, 0);
    ground.sink.answers.lock().expect("answers").clear();
    ground.app.clock.advance_seconds(30);
    ground.app.run_jobs().await;
    assert_eq!(ground.count(sent).await, 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_arrives_even_on_a_silent_phone_but_not_too_often() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.subscribe(&person, json!({"level": "none"})).await;
    let ask = || {
        ground
            .app
            .post_as(&person.token, "/api/v1/push/test", json!({}))
    };
    assert_eq!(ask().await.0, 202);
    assert_eq!(ask().await.0, 429);
    ground.app.run_jobs().await;
    let posts = ground.sink.posts();
    assert_eq!(posts.len(), 1);
    assert!(!posts[0].headers.contains_key("topic"));
    assert_eq!(phone.read(&posts[0])["notification"]["tag"], "test");
    ground.app.clock.advance_seconds(11);
    assert_eq!(ask().await.0, 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_sellers_tap_to_the_door_each_step_is_told_once() {
    let ground = ground_with(true).await;
    let app = &ground.app;
    let shopper = Shopper::with_bowls(app, 6).await;
    let order = shopper.buy().await["orders"][0]["id"].clone();
    let (scope_id, device_id) = (shopper.guest.scope_id, shopper.guest.device_id);
    let token = token::sign(&app.rooms.platform, scope_id, device_id).expect("a token");
    let person = Person {
        scope_id,
        device_id,
        token,
    };
    let phone = ground
        .subscribe(&person, json!({"level": "every_step"}))
        .await;

    let seller = seller(app, POTTERY).await;
    let (_, page) = seller.get("/api/v1/seller/batches").await;
    let batch = text_of(&page["items"][0], "id");
    let tap = async |path: String| {
        let (status, item) = seller.post(&path, json!({})).await;
        assert_eq!(status, 200, "{item}");
        app.run_jobs().await;
        app.clock.advance_seconds(2);
        item
    };
    tap(format!("/api/v1/seller/batches/{batch}/packed")).await;
    let mut item = tap(format!("/api/v1/seller/batches/{batch}/shipped")).await;
    while !item["parcel"]["next_state"].is_null() {
        let parcel = text_of(&item["parcel"], "id");
        item = tap(format!("/api/v1/seller/parcels/{parcel}/advance")).await;
    }

    let told: Vec<Value> = ground
        .sink
        .posts()
        .iter()
        .map(|post| phone.read(post)["notification"].take())
        .collect();
    let states: Vec<&str> = told
        .iter()
        .filter_map(|each| each["data"]["status"].as_str())
        .collect();
    assert_eq!(
        (states[0], states[1], states.last()),
        ("packed", "shipped", Some(&"delivered")),
        "{states:?}"
    );
    let mut once = states.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), states.len(), "{states:?}");
    for each in &told {
        assert_eq!(each["data"]["order"], order);
        assert!(
            each["title"]
                .as_str()
                .expect("a title")
                .starts_with("Olaria Vale Manso: "),
            "{each}"
        );
        assert!(!each.to_string().contains("Escondida") && !each.to_string().contains("Duarte"));
    }
    assert!(
        told[1]["body"]
            .as_str()
            .expect("a body")
            .starts_with("Expected "),
        "{}",
        told[1]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_order_is_told_to_the_account_that_the_guest_has_logged_in_to() {
    let ground = ground_with(true).await;
    let app = &ground.app;
    let person = |shopper: &Shopper<'_>| {
        let (scope_id, device_id) = (shopper.guest.scope_id, shopper.guest.device_id);
        let token = token::sign(&app.rooms.platform, scope_id, device_id).expect("a token");
        Person {
            scope_id,
            device_id,
            token,
        }
    };
    let ana = account(app, "ana@example.com").await;
    let phone = ground.subscribe(&person(&ana), json!({})).await;
    let bea = account(app, "bea@example.com").await;
    ground.subscribe(&person(&bea), json!({})).await;
    let guest = Shopper::with_bowls(app, 6).await;
    let old_phone = ground.subscribe(&person(&guest), json!({})).await;
    let order = guest.buy().await["orders"][0]["id"].clone();
    guest.log_in("ana@example.com").await;

    // Who a guest is to themselves is theirs alone.
    let token = person(&guest).token;
    let (status, _) = app.post_as(&token, "/api/v1/push/test", json!({})).await;
    assert_eq!(status, 202);
    app.run_jobs().await;
    let posts = ground.sink.posts();
    assert_eq!(posts.len(), 1);
    assert!(old_phone.endpoint.ends_with(&posts[0].path));

    let seller = seller(app, POTTERY).await;
    let (_, page) = seller.get("/api/v1/seller/batches").await;
    let batch = text_of(&page["items"][0], "id");
    for step in ["packed", "shipped"] {
        let path = format!("/api/v1/seller/batches/{batch}/{step}");
        assert_eq!(seller.post(&path, json!({})).await.0, 200);
        app.run_jobs().await;
        app.clock.advance_seconds(2);
    }
    let posts = ground.sink.posts();
    assert_eq!(posts.len(), 3, "the test, and the guest's and Ana's phone");
    let told = posts[1..]
        .iter()
        .find(|post| phone.endpoint.ends_with(&post.path))
        .map(|post| phone.read(post)["notification"].take())
        .expect("a message for the account's phone");
    assert_eq!(told["data"]["order"], order);
    assert_eq!(told["title"], "Olaria Vale Manso: on its way");
    assert!(
        told["body"]
            .as_str()
            .expect("a body")
            .starts_with("Expected "),
        "{told}"
    );
}

/// RFC 8291, section 5: the decryptor that these tests trust reads the vector of the standard.
#[test]
fn the_decryptor_of_these_tests_reads_the_vector_of_the_standard() {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    let keys = EcKeyComponents::new(
        bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
        bytes(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        ),
    );
    let message = bytes(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    );
    let text = ece::decrypt(&keys, &bytes("BTBZMqHH6r4Tts7J_aSIgg"), &message).expect("decrypted");
    assert_eq!(text, b"When I grow up, I want to be a watermelon");
}
