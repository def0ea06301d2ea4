//! Parcels as other people's systems report them: their signatures, their shapes, their repeats.

use super::{
    TestApp, spawn_app_with,
    trade::{POTTERY, Shopper, number, seller, slug},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sampan::platform::{ids::SystemIds, keys::Keys, signature};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::os::unix::fs::OpenOptionsExt;

const SECRET: &str = "whsec of a test";

/// The demo market, known to the trackers.
async fn market() -> TestApp {
    spawn_app_with(|config| {
        config.demo = true;
        let mut keys = Keys::generate(&SystemIds);
        for tracker in ["aftership", "17track", "easypost"] {
            keys.webhooks.insert(tracker.to_owned(), SECRET.to_owned());
        }
        let mut file = std::fs::OpenOptions::new();
        let file = file.write(true).create_new(true).mode(0o600);
        let file = file.open(&config.keys_file).expect("a key file");
        serde_json::to_writer(file, &keys).expect("written");
    })
    .await
}

/// A shopper whose six bowls travel under this number.
async fn travelling<'a>(app: &'a TestApp, number: &str) -> Shopper<'a> {
    let shopper = Shopper::with_bowls(app, 6).await;
    shopper.buy().await;
    let seller = seller(app, POTTERY).await;
    let (_, batches) = seller.get("/api/v1/seller/batches").await;
    let id = batches["items"][0]["id"].as_str().expect("a batch");
    let path = format!("/api/v1/seller/batches/{id}/shipped");
    let (status, shipped) = seller
        .post(
            &path,
            json!({ "tracking_number": number, "carrier": "CTT" }),
        )
        .await;
    assert_eq!(status, 200, "{shipped}");
    shopper
}

async fn says(app: &TestApp, tracker: &str, header: (&str, String), body: &str) -> (u16, Value) {
    let request = app
        .client
        .post(format!("{}/api/v1/hooks/carriers/{tracker}", app.address))
        .header(header.0, header.1)
        .body(body.to_owned());
    app.send(request).await
}

fn mac(body: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

async fn states(shopper: &Shopper<'_>) -> (String, Vec<String>) {
    let (_, orders) = shopper.get("/api/v1/orders").await;
    let parcel = &orders["items"][0]["parcels"][0];
    let text = |value: &Value| value["state"].as_str().expect("a state").to_owned();
    let events = parcel["events"].as_array().expect("events");
    (text(parcel), events.iter().map(text).collect())
}

async fn pushes(app: &TestApp) -> i64 {
    number(
        app,
        "SELECT COUNT(*) AS n FROM job WHERE kind = 'push.parcel'",
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tracker_tells_a_whole_history_at_once_and_the_shopper_is_told_of_the_newest() {
    let app = market().await;
    let shopper = travelling(&app, "RB123456785GB").await;
    let point = |time: &str, tag: &str, subtag: &str| json!({ "checkpoint_time": time, "tag": tag, "subtag": subtag, "message": "Said", "location": "Leipzig" });
    let body = json!({ "event": "tracking_update", "ts": 1_795_500_000, "msg": { "tracking_number": "RB123456785GB", "tag": "InTransit", "checkpoints": [
        point("2026-11-24T10:00:00+01:00", "InTransit", "InTransit_002"),
        point("2026-11-25T10:00:00+01:00", "InTransit", "InTransit_007"),
        point("2026-11-26T10:00:00+01:00", "InTransit", "InTransit_006"),
    ]}})
    .to_string();
    let signed = || ("aftership-hmac-sha256", STANDARD.encode(mac(&body)));
    assert_eq!(says(&app, "aftership", signed(), &body).await.0, 204);
    let told = (
        "customs".to_owned(),
        ["info_received", "picked_up", "in_transit", "customs"]
            .map(str::to_owned)
            .to_vec(),
    );
    assert_eq!(states(&shopper).await, told);
    assert_eq!(pushes(&app).await, 1);
    let rev = "SELECT CAST(SUM(rev) AS BIGINT) AS n FROM scope";
    let before = number(&app, rev).await;
    assert_eq!(says(&app, "aftership", signed(), &body).await.0, 204);
    assert_eq!((number(&app, rev).await, pushes(&app).await), (before, 1));
    let other = format!("{body} ");
    let (status, problem) = says(&app, "aftership", signed(), &other).await;
    assert_eq!((status, slug(&problem)), (401, "unauthorized"));
}

#[tokio::test(flavor = "multi_thread")]
async fn three_trackers_and_a_post_may_report_the_same_parcel() {
    let app = market().await;
    let shopper = travelling(&app, "RA473124829FI").await;
    let event = json!({ "time_utc": "2026-11-24T10:00:00Z", "sub_status": "InTransit_PickedUp", "description": "Collected" });
    let body = json!({ "event": "TRACKING_UPDATED", "data": { "number": "RA473124829FI", "track_info": { "tracking": { "providers": [{ "events": [event] }] } } } }).to_string();
    let sign = hex::encode(Sha256::digest(format!("{body}/{SECRET}")));
    assert_eq!(says(&app, "17track", ("sign", sign), &body).await.0, 204);
    let body = json!({ "description": "tracker.updated", "result": { "object": "Tracker", "tracking_code": "RA473124829FI", "status": "out_for_delivery", "updated_at": "2026-11-28T06:00:00Z" } }).to_string();
    let sign = format!("hmac-sha256-hex={}", hex::encode(mac(&body)));
    assert_eq!(
        says(&app, "easypost", ("x-hmac-signature", sign), &body)
            .await
            .0,
        204
    );
    let secret = app.rooms.platform.keys.webhooks["generic"].clone();
    let post = |body: &str| {
        let now = app.rooms.platform.now();
        (
            "x-sampan-signature",
            signature::sign(&secret, body.as_bytes(), now),
        )
    };
    let rows = "item,event,at,office\nRA473124829FI,EDB,2026-11-26T08:00:00Z,ESMADB\nRA473124829FI,EMI,2026-11-28T12:00:00Z,Sevilla\n";
    assert_eq!(says(&app, "emsevt", post(rows), rows).await.0, 204);
    let told = [
        "info_received",
        "picked_up",
        "customs",
        "out_for_delivery",
        "delivered",
    ];
    assert_eq!(
        states(&shopper).await,
        ("delivered".to_owned(), told.map(str::to_owned).to_vec())
    );
    assert_eq!(pushes(&app).await, 3);
    let wrong = "item,event,at,office\nRA473124829FI,EMI,yesterday,Sevilla\n";
    let (status, problem) = says(&app, "emsevt", post(wrong), wrong).await;
    assert_eq!((status, slug(&problem)), (422, "invalid"));
    assert_eq!(problem["errors"][0]["pointer"], "/events/0/at");
    app.clock.advance_seconds(301);
    let stale = post(rows);
    app.clock.advance_seconds(301);
    assert_eq!(says(&app, "emsevt", stale, rows).await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tracker_without_a_secret_is_refused_like_a_forged_one() {
    let app = super::trade::market().await;
    let signed = ("sign", hex::encode(Sha256::digest("{}/")));
    let (status, problem) = says(&app, "17track", signed, "{}").await;
    assert_eq!((status, slug(&problem)), (401, "unauthorized"));
}
