//! What a seller takes from the shelves, and the barcodes a packer scans.

use super::trade::{BOWL, POTTERY, Shopper, WEAVERS, market, seller, slug};
use serde_json::{Value, json};

/// Of the workshop in Viet Nam, with the maker and near the buyers.
const CHOPSTICKS: &str = "NST-CHOP";
const WORKSHOP: &str = "nha-son-trang";
/// GS1 leaves numbers that begin with 2 to a company's own use.
const OWN_NUMBER: &str = "2000000000015";

async fn picks(seller: &Shopper<'_>) -> Value {
    let (status, picks) = seller.get("/api/v1/seller/picks").await;
    assert_eq!(status, 200, "{picks}");
    picks
}

async fn barcode(seller: &Shopper<'_>, sku: &str, gtin: Value) -> (u16, Value) {
    let path = format!("/api/v1/seller/goods/{sku}/barcode");
    let request = seller
        .app
        .client
        .put(format!("{}{path}", seller.app.address))
        .bearer_auth(seller.token())
        .json(&json!({ "gtin": gtin }));
    seller.app.send(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_gathers_all_paid_orders_of_a_place_and_leaves_out_the_packed() {
    let app = market().await;
    for quantity in [6, 12] {
        Shopper::with_bowls(&app, quantity).await.buy().await;
        app.clock.advance_seconds(1);
    }
    let mine = seller(&app, POTTERY).await;
    let gathered = picks(&mine).await;
    let place = &gathered["places"][0];
    assert_eq!(
        (&place["id"], &place["pieces"]),
        (&json!(POTTERY), &json!(18))
    );
    assert_eq!(place["lines"].as_array().map(Vec::len), Some(1));
    let line = &place["lines"][0];
    assert_eq!((&line["sku"], &line["pieces"]), (&json!(BOWL), &json!(18)));
    assert_eq!(line["wanted_by"][0]["pieces"], 6);
    assert_eq!(line["wanted_by"][1]["pieces"], 12);
    assert_eq!(gathered["more"], false);

    let first = line["wanted_by"][0]["batch_id"].as_str().expect("a batch");
    let path = format!("/api/v1/seller/batches/{first}/packed");
    assert_eq!(mine.post(&path, json!({})).await.0, 200);
    let place = &picks(&mine).await["places"][0];
    assert_eq!(place["pieces"], 12);
    assert_eq!(place["batches"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_place_has_a_walk_of_its_own() {
    let app = market().await;
    // More than any warehouse near the buyer holds comes from the maker.
    for quantity in [12, 300] {
        let shopper = Shopper::new(&app).await;
        shopper.put(CHOPSTICKS, quantity).await;
        shopper.buy().await;
    }
    let mine = seller(&app, WORKSHOP).await;
    let gathered = picks(&mine).await;
    let places: Vec<_> = gathered["places"]
        .as_array()
        .expect("places")
        .iter()
        .map(|place| (place["id"].clone(), place["pieces"].clone()))
        .collect();
    assert_eq!(
        places,
        [
            (json!(WORKSHOP), json!(300)),
            (json!("rotterdam"), json!(12))
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_picks_for_a_strangers_shop() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let other = seller(&app, WEAVERS).await;
    assert_eq!(picks(&other).await["places"], json!([]));
    let (status, problem) = shopper.get("/api/v1/seller/picks").await;
    assert_eq!((status, slug(&problem)), (403, "forbidden"));
    assert_eq!(barcode(&other, BOWL, json!(OWN_NUMBER)).await.0, 404);
    assert_eq!(barcode(&shopper, BOWL, json!(OWN_NUMBER)).await.0, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barcode_is_taken_when_its_check_digit_fits_and_no_other_goods_bear_it() {
    let app = market().await;
    Shopper::with_bowls(&app, 6).await.buy().await;
    let mine = seller(&app, POTTERY).await;
    for wrong in ["2000000000016", "200000000001", "20000000000O5", "00000000"] {
        assert_eq!(barcode(&mine, BOWL, json!(wrong)).await.0, 422, "{wrong}");
    }
    let (status, answer) = barcode(&mine, BOWL, json!("2 000000 000015")).await;
    assert_eq!((status, &answer["gtin"]), (200, &json!("02000000000015")));
    let line = picks(&mine).await["places"][0]["lines"][0].clone();
    assert_eq!(line["gtin"], "02000000000015");
    let (_, batches) = mine.get("/api/v1/seller/batches").await;
    assert_eq!(batches["items"][0]["lines"][0]["gtin"], "02000000000015");

    let (_, goods) = mine.get("/api/v1/seller/goods").await;
    let goods = goods["items"].as_array().expect("goods");
    let other = goods.iter().find(|good| good["sku"] != BOWL);
    let other = other.expect("other goods")["sku"].as_str().expect("a sku");
    assert_eq!(barcode(&mine, other, json!(OWN_NUMBER)).await.0, 422);
    assert_eq!(barcode(&mine, BOWL, Value::Null).await.0, 200);
    assert_eq!(barcode(&mine, other, json!(OWN_NUMBER)).await.0, 200);
}
