//! What a guest ordered is still there after logging in.

use super::trade::{BOWL, POTTERY, Shopper, account, market, seller, text_of};
use sampan::platform::token;
use serde_json::{Value, json};

const ANA: &str = "ana@example.com";

/// Puts bowls into the cart and orders them, a second after whatever happened before; answers the order's id.
async fn order_of(shopper: &Shopper<'_>) -> String {
    shopper.app.clock.advance_seconds(1);
    shopper.put(BOWL, 6).await;
    text_of(&shopper.buy().await["orders"][0], "id")
}

/// All orders, a page of so many at a time.
async fn listed(shopper: &Shopper<'_>, query: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let (status, page) = shopper
            .get(&format!("/api/v1/orders?{query}{cursor}"))
            .await;
        assert_eq!(status, 200, "{page}");
        let items = page["items"].as_array().expect("orders");
        found.extend(items.iter().map(|order| text_of(order, "id")));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_orders_are_listed_with_the_accounts_own_newest_first() {
    let app = market().await;
    let ana = account(&app, ANA).await;
    let (first, second) = (Shopper::new(&app).await, Shopper::new(&app).await);
    let oldest = order_of(&first).await;
    let own = order_of(&ana).await;
    let newest = order_of(&second).await;
    assert_eq!(listed(&ana, "limit=1").await, std::slice::from_ref(&own));
    first.log_in(ANA).await;
    second.log_in(ANA).await;
    let all = [newest.clone(), own, oldest.clone()];
    for query in ["limit=1", "limit=2", "limit=3", "limit=20"] {
        assert_eq!(listed(&ana, query).await, all, "{query}");
    }
    assert_eq!(
        listed(&ana, "linked=true&limit=1").await,
        [newest, oldest.clone()]
    );
    // Rows never change scope: the guest's phone still has its own, and nothing else.
    assert_eq!(listed(&first, "limit=1").await, [oldest]);
    assert_eq!(listed(&first, "linked=true").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_order_opens_after_logging_in_with_parcel_events_and_link() {
    let app = market().await;
    let ana = account(&app, ANA).await;
    let guest = Shopper::new(&app).await;
    let path = format!("/api/v1/orders/{}", order_of(&guest).await);
    let pottery = seller(&app, POTTERY).await;
    let (_, page) = pottery.get("/api/v1/seller/batches").await;
    let batch = text_of(&page["items"][0], "id");
    for step in ["packed", "shipped"] {
        let tap = format!("/api/v1/seller/batches/{batch}/{step}");
        assert_eq!(pottery.post(&tap, json!({})).await.0, 200);
    }
    assert_eq!(ana.get(&path).await.0, 404);
    guest.log_in(ANA).await;
    let (status, seen) = ana.get(&path).await;
    assert_eq!(status, 200, "{seen}");
    assert_eq!((200, &seen), (200, &guest.get(&path).await.1));
    assert_eq!(seen["lines"][0]["sku"], BOWL);
    assert_eq!(seen["batches"][0]["state"], "shipped");
    assert_eq!(
        seen["parcels"][0]["events"].as_array().map(Vec::len),
        Some(1)
    );
    assert!(text_of(&seen, "link").contains("/o/"));
    let (_, page) = ana.get("/api/v1/orders").await;
    assert_eq!(page["items"], json!([seen]));
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_of_a_guest_who_became_somebody_with_an_account_are_theirs_alone() {
    let app = market().await;
    let ana = account(&app, ANA).await;
    let guest = Shopper::new(&app).await;
    let order = order_of(&guest).await;
    guest.log_in(ANA).await;
    assert_eq!(listed(&ana, "").await, std::slice::from_ref(&order));
    // Somebody else takes the guest's phone, and makes an account of what is on it.
    guest.register("bea@example.com").await;
    assert_eq!(listed(&ana, "").await, Vec::<String>::new());
    assert_eq!(ana.get(&format!("/api/v1/orders/{order}")).await.0, 404);
    assert_eq!(listed(&guest, "").await, [order]);
    let (_, export) = ana.get("/api/v1/me/export").await;
    assert_eq!(export["scopes"].as_array().map(Vec::len), Some(1));
    let erase = app.client.delete(format!("{}/api/v1/me", app.address));
    let (scope_id, device_id) = (ana.guest.scope_id, ana.guest.device_id);
    let token = token::sign(&app.rooms.platform, scope_id, device_id).expect("a token");
    assert_eq!(app.send(erase.bearer_auth(token)).await.0, 204);
    let (status, me): (u16, Value) = guest.get("/api/v1/me").await;
    assert_eq!((status, &me["email"]), (200, &json!("bea@example.com")));
}
