//! The papers of a batch, as PDF.

use super::{
    TestApp,
    trade::{POTTERY, Shopper, WEAVERS, market, seller, slug},
};

/// A shopper's six bowls, on the pottery's table.
async fn ordered<'a>(app: &'a TestApp) -> (Shopper<'a>, String) {
    let shopper = Shopper::with_bowls(app, 6).await;
    shopper.buy().await;
    let seller = seller(app, POTTERY).await;
    let (_, batches) = seller.get("/api/v1/seller/batches").await;
    let id = batches["items"][0]["id"].as_str().expect("a batch");
    (seller, id.to_owned())
}

async fn paper(seller: &Shopper<'_>, batch: &str, name: &str) -> (u16, String, Vec<u8>) {
    let url = format!(
        "{}/api/v1/seller/batches/{batch}/papers/{name}",
        seller.app.address
    );
    let request = seller.app.client.get(url).bearer_auth(seller.token());
    let answer = request.send().await.expect("an answer");
    let kind = answer.headers()["content-type"].to_str().expect("a type");
    let (status, kind) = (answer.status().as_u16(), kind.to_owned());
    (status, kind, answer.bytes().await.expect("a body").to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_has_its_invoice_packing_list_and_customs_form_and_after_the_hand_over_its_label() {
    let app = market().await;
    let (seller, batch) = ordered(&app).await;
    for name in ["invoice", "packing_list", "customs"] {
        let (status, kind, body) = paper(&seller, &batch, name).await;
        let said = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
        assert_eq!((status, &*kind), (200, "application/pdf"), "{name}: {said}");
        assert!(body.starts_with(b"%PDF-") && body.len() > 5_000);
    }
    let (status, _, body) = paper(&seller, &batch, "label").await;
    let problem = serde_json::from_slice(&body).expect("a problem");
    assert_eq!((status, slug(&problem)), (409, "conflict"));
    let shipped = format!("/api/v1/seller/batches/{batch}/shipped");
    let (_, told) = seller.post(&shipped, serde_json::json!({})).await;
    let number = told["parcel"]["number"].as_str().expect("a number");
    assert!(sampan_engine::tracking_number::is_s10(number), "{number}");
    let (status, kind, body) = paper(&seller, &batch, "label").await;
    assert_eq!((status, &*kind), (200, "application/pdf"));
    assert!(body.starts_with(b"%PDF-"));
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_of_other_shops_are_not_found() {
    let app = market().await;
    let (_, batch) = ordered(&app).await;
    let other = super::trade::seller(&app, WEAVERS).await;
    assert_eq!(paper(&other, &batch, "invoice").await.0, 404);
    assert_eq!(paper(&other, &batch, "passport").await.0, 404);
}
