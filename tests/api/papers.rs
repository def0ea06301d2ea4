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

async fn own_copy(shopper: &Shopper<'_>, url: &str) -> reqwest::Response {
    let url = format!("{}{url}", shopper.app.address);
    let request = shopper.app.client.get(url).bearer_auth(shopper.token());
    request.send().await.expect("an answer")
}

fn names(order: &serde_json::Value) -> Vec<String> {
    let documents = order["documents"].as_array().expect("documents");
    documents
        .iter()
        .map(|each| each["name"].as_str().expect("a name").to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shopper_keeps_the_invoice_and_once_packed_the_packing_list_and_nobody_else_does() {
    let app = market().await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    let placed = shopper.buy().await;
    let path = format!(
        "/api/v1/orders/{}",
        placed["orders"][0]["id"].as_str().expect("an id")
    );
    let (_, order) = shopper.get(&path).await;
    assert_eq!(names(&order), ["invoice"]);
    let invoice = format!("{path}/documents/invoice.pdf");
    let packing_list = format!("{path}/documents/packing-list.pdf");
    assert_eq!(order["documents"][0]["url"], *invoice);

    let answer = own_copy(&shopper, &invoice).await;
    assert_eq!(answer.status(), 200);
    let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert!(header("cache-control").starts_with("private"));
    let number = order["number"].as_str().expect("a number");
    let named = format!("inline; filename=\"{number}-invoice.pdf\"");
    assert_eq!(header("content-disposition"), named);
    assert!(answer.bytes().await.expect("a body").starts_with(b"%PDF-"));

    for missing in ["packing-list", "customs", "label", "passport"] {
        let url = format!("{path}/documents/{missing}.pdf");
        assert_eq!(own_copy(&shopper, &url).await.status(), 404, "{missing}");
    }
    let seller = seller(&app, POTTERY).await;
    let (_, batches) = seller.get("/api/v1/seller/batches").await;
    let batch = batches["items"][0]["id"]
        .as_str()
        .expect("a batch")
        .to_owned();
    let packed = format!("/api/v1/seller/batches/{batch}/packed");
    let (status, told) = seller.post(&packed, serde_json::json!({})).await;
    assert!(status < 300, "{told}");
    let (_, order) = shopper.get(&path).await;
    assert_eq!(names(&order), ["invoice", "packing-list"]);
    assert_eq!(own_copy(&shopper, &packing_list).await.status(), 200);

    // The copy is the seller's paper, to the byte.
    let copy = own_copy(&shopper, &invoice)
        .await
        .bytes()
        .await
        .expect("a body");
    assert_eq!(copy, paper(&seller, &batch, "invoice").await.2);

    // Neither another shopper, nor the seller by this way, nor the holder of the link.
    let other = Shopper::with_bowls(&app, 1).await;
    assert_eq!(own_copy(&other, &invoice).await.status(), 404);
    assert_eq!(own_copy(&seller, &invoice).await.status(), 404);
    let bare = app.client.get(format!("{}{invoice}", app.address));
    assert_eq!(bare.send().await.expect("an answer").status(), 401);
    let link = order["link"].as_str().expect("a link");
    let token = link.rsplit('/').next().expect("a token");
    let (_, linked) = app.get(&format!("/api/v1/orders/by-link/{token}")).await;
    assert_eq!(linked["number"], number, "{linked}");
    assert_eq!(linked["documents"], serde_json::json!([]));
}

/// The papers refuse to be drawn unless goods, freight, duty, tax and fees are the total to the minor unit, so a drawn one
/// says the order's total; and where the text of a PDF can be read, it is read.
#[tokio::test(flavor = "multi_thread")]
async fn the_invoice_totals_what_the_order_did_also_in_a_currency_without_cents() {
    let app = market().await;
    for (currency, digits) in [("EUR", 2), ("JPY", 0)] {
        let shopper = Shopper::with_bowls(&app, 6).await;
        let body = serde_json::json!({ "cart_id": shopper.guest.cart_id, "ship_to": { "country": "ES" }, "currency": currency });
        let (status, quote) = shopper.post("/api/v1/quotes", body).await;
        assert_eq!(status, 200, "{quote}");
        let (status, placed) = shopper
            .checkout(&format!("paid-in-{currency}"), shopper.order(&quote, "ok"))
            .await;
        assert_eq!(status, 201, "{placed}");
        let path = format!(
            "/api/v1/orders/{}",
            placed["orders"][0]["id"].as_str().expect("an id")
        );
        let (_, order) = shopper.get(&path).await;
        assert_eq!(order["total"]["currency"], currency);
        let parts = ["goods", "freight", "duty", "tax", "fees"]
            .map(|part| order[part]["minor"].as_i64().unwrap_or(0));
        let total = order["total"]["minor"].as_i64().expect("a total");
        if order["terms"] == "ddp" {
            assert_eq!(parts.iter().sum::<i64>(), total, "{order}");
        }
        let answer = own_copy(&shopper, &format!("{path}/documents/invoice.pdf")).await;
        assert_eq!(answer.status(), 200);
        let Some(text) = text_of_pdf(&answer.bytes().await.expect("a body")) else {
            println!("SKIPPED reading the total back: no pdftotext (poppler-utils)");
            continue;
        };
        assert!(text.contains("Gross weight (estimated)"), "{text}");
        let printed = match digits {
            0 => format!("{currency}{total}"),
            _ => format!("{currency}{}.{:02}", total / 100, total % 100),
        };
        let bare: String = text.split_whitespace().collect();
        assert!(bare.contains(&printed), "{printed} in {text}");
    }
}

fn text_of_pdf(pdf: &[u8]) -> Option<String> {
    use std::io::Write;
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(pdf).expect("written");
    let said = std::process::Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8"])
        .arg(file.path())
        .arg("-")
        .output()
        .ok()?;
    assert!(said.status.success());
    Some(String::from_utf8_lossy(&said.stdout).into_owned())
}
