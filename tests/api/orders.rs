use super::trade::{BOWL, Shopper, market, text_of};
use base64::Engine;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_one_a_shop_with_its_lines_and_one_paid_batch() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 12).await;
    let listed = sampan::platform::db::fetch_one(
        app.rooms.platform.db.reader(),
        "SELECT v.sku, t.minimum_quantity FROM variant v JOIN shop s ON s.id = v.shop_id JOIN tier t ON t.shop_id = v.shop_id \
         AND t.sku = v.sku WHERE s.slug = 'akanyo-grass-weavers' ORDER BY v.position, t.minimum_quantity LIMIT 1",
        [],
    )
    .await
    .expect("a query")
    .expect("a basket");
    let (basket, minimum): (String, i64) = (
        listed.try_get("", "sku").expect("a SKU"),
        listed.try_get("", "minimum_quantity").expect("a number"),
    );
    shopper.put(&basket, minimum).await;
    let placed = shopper.buy().await;
    assert_eq!(placed["orders"].as_array().map(Vec::len), Some(2));
    let (status, page) = shopper.get("/api/v1/orders").await;
    assert_eq!(
        (status, page["items"].as_array().map(Vec::len)),
        (200, Some(2))
    );
    let bowls = page["items"]
        .as_array()
        .expect("orders")
        .iter()
        .find(|order| order["shop"]["slug"] == "olaria-vale-manso");
    let bowls = bowls.expect("the pottery's");
    assert_eq!(bowls["lines"][0]["sku"], BOWL);
    assert_eq!(
        bowls["lines"][0]["total"],
        json!({ "minor": 12 * 980, "currency": "EUR" })
    );
    assert_eq!(bowls["state"], "paid");
    assert_eq!(bowls["batches"].as_array().map(Vec::len), Some(1));
    assert_eq!(bowls["ship_to"]["line1"], "Calle Escondida 7");
    let (status, one) = shopper
        .get(&format!("/api/v1/orders/{}", text_of(bowls, "id")))
        .await;
    assert_eq!((status, &one), (200, bowls));
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_come_in_pages_newest_first() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let (_, page) = shopper.get("/api/v1/orders?limit=1").await;
    assert_eq!(
        (page["items"].as_array().map(Vec::len), &page["next_cursor"]),
        (Some(1), &json!(null))
    );
    let (status, _) = shopper.get("/api/v1/orders?cursor=nonsense").await;
    assert_eq!(status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_order_does_not_exist() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    let placed = shopper.buy().await;
    let stranger = Shopper::new(&app).await;
    let path = format!("/api/v1/orders/{}", text_of(&placed["orders"][0], "id"));
    assert_eq!(stranger.get(&path).await.0, 404);
    assert_eq!(app.get(&path).await.0, 401);
    assert_eq!(stranger.get("/api/v1/orders").await.1["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_link_shows_the_order_but_no_name_and_no_street() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    let placed = shopper.buy().await;
    let (_, order) = shopper
        .get(&format!(
            "/api/v1/orders/{}",
            text_of(&placed["orders"][0], "id")
        ))
        .await;
    let link = text_of(&order, "link");
    let (_, token) = link.rsplit_once("/o/").expect("a link");
    let (status, linked) = app.get(&format!("/api/v1/orders/by-link/{token}")).await;
    assert_eq!((status, &linked["number"]), (200, &order["number"]));
    assert_eq!(
        linked["ship_to"],
        json!({ "city": "Sevilla", "country": "ES" })
    );
    let text = linked.to_string();
    for private in ["Escondida", "Inés", "ines@example.org", "41001"] {
        assert!(!text.contains(private), "{private}");
    }
    let mut guess = token.to_owned();
    guess.replace_range(0..1, if token.starts_with('A') { "B" } else { "A" });
    assert_eq!(
        app.get(&format!("/api/v1/orders/by-link/{guess}")).await.0,
        404
    );
    assert_eq!(app.get("/api/v1/orders/by-link/short").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_confirmation_reaches_the_contact_with_a_link_that_works() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    let placed = shopper.buy().await;
    app.run_jobs().await;
    let folder = &app.rooms.platform.config.mail_dir;
    let mail = folder.join(format!("{}.eml", text_of(&placed, "order_group_id")));
    let message = std::fs::read_to_string(mail).expect("a mail");
    assert!(message.contains("To: <ines@example.org>"));
    assert!(message.contains(&text_of(&placed["orders"][0], "number")));
    let (_, body) = message.split_once("\r\n\r\n").expect("a body");
    let body = base64::engine::general_purpose::STANDARD
        .decode(body.replace("\r\n", ""))
        .expect("base64");
    let body = String::from_utf8(body).expect("UTF-8");
    let (_, rest) = body.split_once("/o/").expect("a link");
    let token = rest.split_whitespace().next().expect("a token");
    let (status, linked) = app.get(&format!("/api/v1/orders/by-link/{token}")).await;
    assert_eq!(
        (status, &linked["number"]),
        (200, &placed["orders"][0]["number"])
    );
}
