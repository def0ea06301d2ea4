//! What a shopper writes on a line comes to whom it is for, and is not lost on the way.

use super::trade::{BOWL, POTTERY, Shopper, account, market, number, seller, text_of};
use sampan::platform::{db, token};
use serde_json::{Value, json};
use uuid::Uuid;

const WISH: &str = "Glaze them all in one firing, please";

/// SKU, quantity and note of the open cart's lines.
async fn noted(shopper: &Shopper<'_>) -> Vec<(String, i64, Value)> {
    let lines = shopper.cart_lines().await;
    let read = |line: &Value| {
        let quantity = line["quantity"].as_i64().expect("a number");
        (text_of(line, "line"), quantity, line["note"].clone())
    };
    lines.iter().map(read).collect()
}

fn bowls(quantity: i64, note: impl Into<Value>) -> Vec<(String, i64, Value)> {
    vec![(BOWL.to_owned(), quantity, note.into())]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_in_the_order_and_its_seller_reads_it() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    shopper.note(BOWL, WISH).await;
    let placed = shopper.buy().await;
    let path = format!("/api/v1/orders/{}", text_of(&placed["orders"][0], "id"));
    let (_, order) = shopper.get(&path).await;
    assert_eq!(order["lines"][0]["note"], WISH);
    let (_, reply) = shopper.sync(Vec::new()).await;
    let changes = reply["changes"].as_array().expect("changes");
    let synced = changes.iter().find(|change| change["kind"] == "order");
    assert_eq!(
        synced.expect("the order")["value"]["lines"][0]["note"],
        WISH
    );
    let pottery = seller(&app, POTTERY).await;
    let (_, page) = pottery.get("/api/v1/seller/batches").await;
    assert_eq!(page["items"][0]["lines"][0]["note"], WISH);
    let link = text_of(&order, "link");
    let (_, token) = link.rsplit_once("/o/").expect("a link");
    let (_, linked) = app.get(&format!("/api/v1/orders/by-link/{token}")).await;
    assert_eq!(
        (&linked["lines"][0]["sku"], &linked["lines"][0]["note"]),
        (&json!(BOWL), &Value::Null),
        "what somebody wrote is not for everybody who holds the link"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_in_the_cart_after_an_order_keeps_its_note() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    shopper.note(BOWL, WISH).await;
    let quote = shopper.quote().await;
    shopper.put(BOWL, 18).await;
    let key = Uuid::new_v4().to_string();
    let (status, placed) = shopper.checkout(&key, shopper.order(&quote, "ok")).await;
    assert_eq!(status, 201, "{placed}");
    assert_eq!(noted(&shopper).await, bowls(6, WISH));
    // A later decision of the phone that saw it is the last.
    shopper.note(BOWL, "").await;
    assert_eq!(noted(&shopper).await, bowls(6, Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_given_back_after_a_declined_payment_keep_their_note() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    shopper.note(BOWL, WISH).await;
    let quote = shopper.quote().await;
    let key = Uuid::new_v4().to_string();
    let order = shopper.order(&quote, "declined");
    assert_eq!(shopper.checkout(&key, order).await.0, 409);
    assert_eq!(noted(&shopper).await, bowls(12, WISH));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_written_or_cleared_meanwhile_wins_over_the_one_that_comes_back() {
    for (meanwhile, left) in [("Two by two", json!("Two by two")), ("", Value::Null)] {
        let app = market().await;
        let shopper = Shopper::with_bowls(&app, 12).await;
        shopper.note(BOWL, WISH).await;
        let quote = shopper.quote().await;
        let key = Uuid::new_v4().to_string();
        let order = shopper.order(&quote, "challenge");
        let (status, waiting) = shopper.checkout(&key, order.clone()).await;
        assert_eq!(status, 409, "{waiting}");
        shopper.put(BOWL, 6).await;
        shopper.note(BOWL, meanwhile).await;
        let payment = text_of(&waiting["payment"], "id");
        let confirm = format!("/api/v1/payments/{payment}/sandbox-confirm");
        shopper.post(&confirm, json!({ "accept": false })).await;
        app.run_jobs().await;
        assert_eq!(shopper.checkout(&key, order).await.0, 409);
        assert_eq!(noted(&shopper).await, bowls(18, left));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_note_comes_along_at_log_in_unless_the_account_has_one() {
    let app = market().await;
    let ana = account(&app, "ana@example.com").await;
    ana.put(BOWL, 6).await;
    let guest = Shopper::with_bowls(&app, 6).await;
    // A guest's revisions say nothing in the account, however many there were.
    for quantity in 7..20 {
        guest.put(BOWL, quantity).await;
    }
    guest.put(BOWL, 6).await;
    guest.note(BOWL, WISH).await;
    guest.log_in("ana@example.com").await;
    assert_eq!(noted(&ana).await, bowls(12, WISH));
    ana.sync(Vec::new()).await;
    ana.note(BOWL, "In two boxes").await;
    assert_eq!(noted(&ana).await, bowls(12, "In two boxes"));
    let other = Shopper::with_bowls(&app, 6).await;
    other.note(BOWL, WISH).await;
    other.log_in("ana@example.com").await;
    assert_eq!(noted(&ana).await, bowls(18, "In two boxes"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_shoppers_note_stays_until_the_order_has_arrived() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.note(BOWL, WISH).await;
    shopper.buy().await;
    let (scope_id, device_id) = (shopper.guest.scope_id, shopper.guest.device_id);
    let token = token::sign(&app.rooms.platform, scope_id, device_id).expect("a token");
    let erase = app.client.delete(format!("{}/api/v1/me", app.address));
    assert_eq!(app.send(erase.bearer_auth(token)).await.0, 204);
    app.run_jobs().await;
    let notes = "SELECT COUNT(*) AS n FROM order_line WHERE note IS NOT NULL";
    assert_eq!(number(&app, notes).await, 1);
    let arrived = "UPDATE batch SET state = 'delivered'";
    db::execute(app.rooms.platform.db.writer(), arrived, [])
        .await
        .expect("written");
    app.clock.advance_seconds(86_400);
    app.run_jobs().await;
    assert_eq!(number(&app, notes).await, 0);
}
