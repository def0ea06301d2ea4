//! Goods codes that sellers give.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_gives_goods_their_code_and_the_duty_becomes_known() {
    let app = spawn_app().await;
    goods(&app).await;
    let seller = staff(&app, "seller@example.org", &[Role::Seller]).await;
    assert_eq!(
        app.get_as(&seller, "/api/v1/seller/goods").await.0,
        403,
        "works for no shop"
    );
    let scope_id = token::verify(&app.rooms.platform, &seller)
        .expect("a token")
        .sub;
    let db = &app.rooms.platform.db;
    db.write(move |tx| Box::pin(sampan::catalog::add_member(tx, "gbp", scope_id, "owner")))
        .await
        .expect("a member");
    let (_, page) = app
        .get_as(&seller, "/api/v1/seller/goods?missing=true")
        .await;
    assert_eq!((&page["missing"], &page["total"]), (&json!(1), &json!(6)));
    assert_eq!(page["items"][0]["sku"], "gbp-LIGHTS");

    let put = async |sku: &str, body: Value| {
        let request = app
            .client
            .put(format!("{}/api/v1/seller/goods/{sku}/code", app.address));
        app.send(request.bearer_auth(&seller).json(&body)).await
    };
    assert_eq!(
        put("eur-LIGHTS", json!({ "hs6": "340600" })).await.0,
        404,
        "another's shop"
    );
    for wrong in ["34060", "34060000", "candle"] {
        let (status, problem) = put("gbp-LIGHTS", json!({ "hs6": wrong })).await;
        assert_eq!(
            (status, &problem["errors"][0]["pointer"]),
            (422, &json!("/hs6")),
            "{wrong}"
        );
    }
    let (status, good) = put("gbp-LIGHTS", json!({ "hs6": "3406.00" })).await;
    assert_eq!((status, &good["hs6"]), (200, &json!("340600")));
    assert!(
        good["meaning"]
            .as_array()
            .is_some_and(|meaning| meaning.len() == 3)
    );
    let shopper = Shopper::new(&app).await;
    let known = quote(&shopper, &[("gbp-LIGHTS", 10)], "GB", "GBP").await;
    assert!(known["duty"]["minor"].is_i64(), "{known}");
    assert_eq!(
        put("gbp-LIGHTS", json!({ "hs6": null })).await.1["hs6"],
        json!(null)
    );
}
