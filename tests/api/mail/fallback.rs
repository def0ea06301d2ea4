//! An order's important step goes by mail when no phone can be reached, and only then.

use crate::api::{
    push::ground::{Ground, Person, ground_with},
    trade::{Shopper, account, slug},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sampan::{platform::db, push::Moved};
use serde_json::{Value, json};
use uuid::Uuid;

/// Somebody who has bought bowls.
struct Buyer {
    person: Person,
    order: Uuid,
    number: String,
}

async fn buyer(ground: &Ground) -> Buyer {
    buyer_of(&Shopper::with_bowls(&ground.app, 6).await).await
}

async fn buyer_of(shopper: &Shopper<'_>) -> Buyer {
    let placed = shopper.buy().await;
    shopper.app.run_jobs().await;
    let order = &placed["orders"][0];
    Buyer {
        person: person(shopper),
        order: order["id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .expect("an id"),
        number: order["number"].as_str().expect("a number").to_owned(),
    }
}

fn person(shopper: &Shopper<'_>) -> Person {
    Person {
        scope_id: shopper.guest.scope_id,
        device_id: shopper.guest.device_id,
        token: shopper.token(),
    }
}

/// Subject, text and language of every letter about a step, oldest first; confirmations are not.
fn letters(ground: &Ground) -> Vec<(String, String, String)> {
    let folder = &ground.app.rooms.platform.config.mail_dir;
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .collect();
    names.sort();
    let letter = |path: &std::path::PathBuf| {
        let message = std::fs::read_to_string(path).expect("a message");
        let (head, body) = message.split_once("\r\n\r\n").expect("a body");
        let body = STANDARD.decode(body.replace("\r\n", "")).expect("base64");
        let header = |name: &str| {
            let (_, rest) = head.split_once(name).expect("a header");
            rest.split("\r\n").next().unwrap_or_default().to_owned()
        };
        assert!(head.contains("To: <ines@example.org>"), "{head}");
        (
            header("Subject: "),
            String::from_utf8(body).expect("UTF-8"),
            header("Content-Language: "),
        )
    };
    let is_about_a_step = |(_, text, _): &(String, String, String)| {
        text.matches("/o/").count() == 1 && !text.contains("EUR")
    };
    names.iter().map(letter).filter(is_about_a_step).collect()
}

async fn put(ground: &Ground, person: &Person, path: &str, body: Value) -> (u16, Value) {
    let url = format!("{}/api/v1/push/{path}", ground.app.address);
    let request = ground.app.client.put(url).bearer_auth(&person.token);
    ground.app.send(request.json(&body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_phone_each_important_step_is_one_letter_with_the_orders_link() {
    let ground = ground_with(true).await;
    let buyer = buyer(&ground).await;
    let moved = async |kind, state| ground.moved(&buyer.person, kind, buyer.order, state).await;
    moved("push.batch", "packed").await;
    assert_eq!(letters(&ground).len(), 0);
    moved("push.batch", "shipped").await;
    moved("push.parcel", "in_transit").await;
    moved("push.parcel", "delivered").await;
    let told = letters(&ground);
    assert_eq!(told.len(), 2);
    let subjects: Vec<&str> = told.iter().map(|(subject, ..)| subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            format!("Olaria Vale Manso: on its way, order {}", buyer.number),
            format!("Olaria Vale Manso: delivered, order {}", buyer.number),
        ]
    );
    let (_, rest) = told[0].1.split_once("/o/").expect("a link");
    let token = rest.split_whitespace().next().expect("a token");
    let path = format!("/api/v1/orders/by-link/{token}");
    assert_eq!(ground.app.get(&path).await.1["number"], json!(buyer.number));
    for private in ["Escondida", "Duarte", "Sevilla"] {
        assert!(!told[0].1.contains(private), "{private}");
    }

    // The same step again, by another scan and by the same job twice.
    moved("push.batch", "shipped").await;
    let moved = Moved {
        scope_id: buyer.person.scope_id,
        order_id: buyer.order,
        batch_id: Some(buyer.order),
        parcel_id: None,
        state: "shipped".to_owned(),
        event_id: None,
    };
    ground.tell("push.batch", moved.clone()).await;
    ground.tell("push.batch", moved).await;
    ground.app.run_jobs().await;
    assert_eq!(letters(&ground).len(), 2);
    let mailed = "SELECT COUNT(*) AS n FROM push_delivery WHERE state = 'mailed'";
    assert_eq!(ground.count(mailed).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_speaks_the_shoppers_language() {
    let ground = ground_with(true).await;
    let buyer = buyer(&ground).await;
    let scope_id = buyer.person.scope_id;
    let write = ground.app.rooms.platform.db.write(move |tx| {
        Box::pin(async move {
            let text = "UPDATE scope SET locale = 'ar-EG' WHERE id = $1";
            db::execute(tx, text, [scope_id.into()]).await.map(|_| ())
        })
    });
    write.await.expect("a language");
    ground
        .moved(&buyer.person, "push.parcel", buyer.order, "customs_held")
        .await;
    let told = letters(&ground);
    assert_eq!(told.len(), 1);
    assert!(told[0].0.starts_with("=?utf-8?B?"), "{}", told[0].0);
    assert!(
        told[0].1.contains("الطرد ينتظر ردّك على الحدود"),
        "{}",
        told[0].1
    );
    assert_eq!(told[0].2, "ar");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_can_be_reached_or_silence_asked_for_means_no_letter() {
    let ground = ground_with(true).await;
    let buyer = buyer(&ground).await;
    let person = &buyer.person;
    let shipped = async || {
        ground
            .moved(person, "push.parcel", buyer.order, "exception")
            .await
    };

    let mute = format!("orders/{}", buyer.order);
    assert_eq!(
        put(&ground, person, &mute, json!({ "muted": true }))
            .await
            .0,
        204
    );
    shipped().await;
    assert_eq!(
        put(&ground, person, &mute, json!({ "muted": false }))
            .await
            .0,
        204
    );

    assert_eq!(
        ground.app.get_as(&person.token, "/api/v1/push/mail").await,
        (200, json!({ "level": "important" }))
    );
    assert_eq!(
        put(&ground, person, "mail", json!({ "level": "none" }))
            .await
            .0,
        204
    );
    assert_eq!(
        ground.app.get_as(&person.token, "/api/v1/push/mail").await,
        (200, json!({ "level": "none" }))
    );
    shipped().await;
    assert_eq!(
        put(&ground, person, "mail", json!({ "level": "important" }))
            .await
            .0,
        204
    );
    let (status, problem) = put(&ground, person, "mail", json!({ "level": "loud" })).await;
    assert!(
        status == 400 || status == 422,
        "{status} {}",
        slug(&problem)
    );

    ground.subscribe(person, json!({ "level": "none" })).await;
    shipped().await;
    assert_eq!(ground.sink.posts().len(), 0);
    ground.subscribe(person, json!({})).await;
    shipped().await;
    assert_eq!(ground.sink.posts().len(), 1);
    assert_eq!(letters(&ground).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_phone_that_is_gone_leaves_its_news_to_a_letter() {
    let ground = ground_with(true).await;
    let buyer = buyer(&ground).await;
    let moved = async |state| {
        ground
            .moved(&buyer.person, "push.parcel", buyer.order, state)
            .await
    };
    for _ in 0..2 {
        ground.subscribe(&buyer.person, json!({})).await;
    }
    ground.sink.answer_next(410, None);
    moved("out_for_delivery").await;
    assert_eq!(
        (ground.sink.posts().len(), ground.subscriptions().await),
        (2, 1)
    );
    assert_eq!(letters(&ground).len(), 0, "one phone was told");
    ground.sink.answer_next(404, None);
    moved("delivered").await;
    assert_eq!(
        (ground.sink.posts().len(), ground.subscriptions().await),
        (3, 0)
    );
    assert_eq!(letters(&ground).len(), 1);
    ground.app.clock.advance_seconds(3_600);
    ground.app.run_jobs().await;
    assert_eq!(letters(&ground).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_order_goes_to_the_accounts_phone_and_to_paper_only_without_one() {
    let ground = ground_with(true).await;
    let ana = account(&ground.app, "ana@example.com").await;
    let guest = Shopper::with_bowls(&ground.app, 6).await;
    let buyer = buyer_of(&guest).await;
    guest.log_in("ana@example.com").await;
    ground.subscribe(&person(&ana), json!({})).await;
    let moved = async |state| {
        ground
            .moved(&buyer.person, "push.parcel", buyer.order, state)
            .await
    };
    moved("out_for_delivery").await;
    assert_eq!((ground.sink.posts().len(), letters(&ground).len()), (1, 0));
    ground.sink.answer_next(410, None);
    moved("delivered").await;
    assert_eq!((ground.sink.posts().len(), letters(&ground).len()), (2, 1));
}
