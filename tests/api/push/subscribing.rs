//! Who may be told: subscriptions and their checks.

use super::ground::{Person, ground};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sampan::platform::db;
use sea_orm::DbErr;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_is_checked_field_by_field() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground.phone();
    for (field, wrong, pointer) in [
        ("/endpoint", json!("http://example.org/push"), "/endpoint"),
        ("/endpoint", json!("https://example.org/push"), "/endpoint"),
        (
            "/endpoint",
            json!("https://169.254.169.254/latest"),
            "/endpoint",
        ),
        ("/endpoint", json!("https://127.0.0.1/x"), "/endpoint"),
        ("/endpoint", json!("http://127.0.0.1:1/x"), "/endpoint"),
        (
            "/endpoint",
            json!("https://fcm.googleapis.com:444/x"),
            "/endpoint",
        ),
        ("/endpoint", json!(""), "/endpoint"),
        ("/keys/p256dh", json!("AAAA"), "/keys/p256dh"),
        (
            "/keys/p256dh",
            json!(URL_SAFE_NO_PAD.encode([4_u8; 65])),
            "/keys/p256dh",
        ),
        ("/keys/auth", json!("AAAA"), "/keys/auth"),
    ] {
        let mut body = phone.subscription();
        *body.pointer_mut(field).expect("a field") = wrong.clone();
        let (status, problem) = ground.put(&person, &body).await;
        assert_eq!(
            (status, &problem["errors"][0]["pointer"]),
            (422, &json!(pointer)),
            "{field} {wrong}"
        );
    }
    for (name, wrong) in [
        ("level", json!("loud")),
        ("locale", json!("<script>")),
        ("expirationTime", json!(null)),
    ] {
        let mut body = phone.subscription();
        body[name] = wrong;
        assert_eq!(ground.put(&person, &body).await.0, 422, "{name}");
    }
    let nobody = Person {
        token: "nonsense".to_owned(),
        ..person.clone()
    };
    assert_eq!(ground.put(&nobody, &phone.subscription()).await.0, 401);
    assert_eq!(ground.subscriptions().await, 0);
    for endpoint in [
        "https://fcm.googleapis.com/fcm/send/x",
        "https://web.push.apple.com/x",
    ] {
        let mut body = phone.subscription();
        body["endpoint"] = json!(endpoint);
        assert_eq!(ground.put(&person, &body).await.0, 200, "{endpoint}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_says_it_again_and_is_still_one_phone() {
    let ground = ground().await;
    let person = ground.person().await;
    let phone = ground
        .subscribe(&person, json!({"level": "every_step"}))
        .await;
    let (_, again) = ground.put(&person, &phone.subscription()).await;
    let (_, once_more) = ground.put(&person, &phone.subscription()).await;
    assert_eq!(again["id"], once_more["id"]);
    assert_eq!(ground.subscriptions().await, 1);
    let quiet = "SELECT COUNT(*) AS n FROM push_subscription WHERE level = 'every_step'";
    assert_eq!(
        ground.count(quiet).await,
        1,
        "the level stays when it is not said"
    );

    let url = format!(
        "{}/api/v1/push/subscriptions/{}",
        ground.app.address,
        again["id"].as_str().expect("an id")
    );
    let stranger = ground.person().await;
    for (token, left) in [(&stranger.token, 1), (&person.token, 0), (&person.token, 0)] {
        let (status, _) = ground
            .app
            .send(ground.app.client.delete(&url).bearer_auth(token))
            .await;
        assert_eq!((status, ground.subscriptions().await), (204, left));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_in_other_hands_tells_only_its_new_owners_news() {
    let ground = ground().await;
    let (first, second) = (ground.person().await, ground.person().await);
    let phone = ground.subscribe(&first, json!({})).await;
    assert_eq!(ground.put(&second, &phone.subscription()).await.0, 200);
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&first, "push.batch", order, "shipped").await;
    assert_eq!(ground.sink.posts().len(), 0);
    ground.moved(&second, "push.batch", order, "shipped").await;
    assert_eq!(ground.sink.posts().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_twenty_phones_at_most_and_a_signed_out_one_stays_silent() {
    let ground = ground().await;
    let person = ground.person().await;
    for _ in 0..22 {
        ground.subscribe(&person, json!({})).await;
        ground.app.clock.advance_seconds(1);
    }
    assert_eq!(ground.subscriptions().await, 20);

    let (scope_id, device_id) = (person.scope_id, person.device_id);
    ground
        .app
        .rooms
        .platform
        .db
        .write(move |tx| {
            Box::pin(async move {
                let text = "UPDATE device SET signed_out_at = 1 WHERE scope_id = $1 AND id = $2";
                db::execute(tx, text, [scope_id.into(), device_id.into()]).await?;
                Ok::<_, DbErr>(())
            })
        })
        .await
        .expect("signed out");
    let order = ground.app.rooms.platform.new_id();
    ground.moved(&person, "push.batch", order, "shipped").await;
    assert_eq!(ground.sink.posts().len(), 0);
}
