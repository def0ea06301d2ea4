//! Private links end, are renewed and switched off, and tell no address.

use super::{
    TestApp,
    trade::{POTTERY, Shopper, account, id_of, market, seller, slug, text_of},
};
use sampan::{
    orders,
    scope::{ScopeError, in_scope_tx},
    shipments::{self, Report},
};
use sampan_engine::parcel::ParcelState;
use serde_json::{Value, json};
use uuid::Uuid;

const DAY_SECONDS: i64 = 86_400;

/// An order of six bowls: whose, its path, and its link's token.
async fn ordered(app: &TestApp) -> (Shopper<'_>, String, String) {
    let shopper = Shopper::with_bowls(app, 6).await;
    let placed = shopper.buy().await;
    let path = format!("/api/v1/orders/{}", text_of(&placed["orders"][0], "id"));
    let token = token(&shopper.get(&path).await.1);
    (shopper, path, token)
}

fn token(order: &Value) -> String {
    let link = text_of(order, "link");
    link.rsplit_once("/o/").expect("a link").1.to_owned()
}

async fn follow(app: &TestApp, token: &str) -> (u16, Value) {
    app.get(&format!("/api/v1/orders/by-link/{token}")).await
}

async fn end(shopper: &Shopper<'_>, path: &str) -> u16 {
    let request = shopper
        .app
        .client
        .delete(format!("{}{path}/link", shopper.app.address))
        .bearer_auth(shopper.token());
    shopper.app.send(request).await.0
}

/// Hands the one order over under this number and answers its parcel.
async fn ship(app: &TestApp, shopper: &Shopper<'_>) -> shipments::ParcelRow {
    let seller = seller(app, POTTERY).await;
    let (_, page) = seller.get("/api/v1/seller/batches").await;
    let batch = id_of(&page["items"][0], "id");
    let shipped = format!("/api/v1/seller/batches/{batch}/shipped");
    let body = json!({ "tracking_number": "RR123456785PT", "carrier": "CTT" });
    assert_eq!(seller.post(&shipped, body).await.0, 200);
    let reader = app.rooms.platform.db.reader();
    let parcel = shipments::find_of_batch(reader, shopper.guest.scope_id, batch).await;
    parcel.expect("a query").expect("a parcel")
}

/// A carrier's report as an adapter hands it on.
async fn report(app: &TestApp, parcel: &shipments::ParcelRow, state: ParcelState, place: &str) {
    let platform = app.rooms.platform.clone();
    let report = Report {
        event_id: Uuid::new_v4().to_string(),
        at: platform.now().micros(),
        state,
        place: Some(place.to_owned()),
        text: Some("Left with Inés Duarte, Calle Escondida 7".to_owned()),
    };
    let (scope_id, parcel_id) = (parcel.scope_id, parcel.id);
    let room = platform.clone();
    let written = in_scope_tx(&platform, scope_id, move |tx, revision| {
        let (platform, report) = (room.clone(), report.clone());
        Box::pin(async move {
            let parcel = shipments::find_by_id(tx, scope_id, parcel_id).await?;
            let parcel = parcel.ok_or(ScopeError::Unknown)?;
            orders::report(&platform, tx, revision, &parcel, &[report]).await?;
            Ok::<_, ScopeError>(())
        })
    });
    written.await.expect("a report");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_runs_out_after_180_days_and_says_whom_to_ask() {
    let app = market().await;
    let (shopper, path, token) = ordered(&app).await;
    let (_, order) = shopper.get(&path).await;
    assert_eq!(order["link_until"], "2027-05-22T20:00:00Z");
    app.clock.advance_seconds(180 * DAY_SECONDS - 1);
    assert_eq!(follow(&app, &token).await.0, 200);
    app.clock.advance_seconds(1);
    let (status, problem) = follow(&app, &token).await;
    assert_eq!((status, slug(&problem)), (410, "link-ended"));
    let detail = text_of(&problem, "detail");
    assert!(detail.contains("Ask the person who sent it"), "{detail}");
    assert_eq!(problem.get("number"), None, "nothing of the order");
    let (_, order) = shopper.get(&path).await;
    assert_eq!(
        (&order["link"], &order["link_until"]),
        (&json!(null), &json!("2027-05-22T20:00:00Z"))
    );
    let (status, renewed) = shopper.post(&format!("{path}/link"), json!({})).await;
    assert_eq!(
        (status, &renewed["link_until"]),
        (200, &json!("2027-11-18T20:00:00Z"))
    );
    assert_eq!(follow(&app, &self::token(&renewed)).await.0, 200);
    assert_eq!(follow(&app, &token).await.0, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_runs_out_60_days_after_the_last_parcel_arrived() {
    let app = market().await;
    let (shopper, path, token) = ordered(&app).await;
    let parcel = ship(&app, &shopper).await;
    app.clock.advance_seconds(4 * DAY_SECONDS);
    report(&app, &parcel, ParcelState::InTransit, "Lisboa").await;
    let (_, order) = shopper.get(&path).await;
    assert_eq!(order["link_until"], "2027-05-22T20:00:00Z");
    report(&app, &parcel, ParcelState::Delivered, "Sevilla").await;
    let (_, order) = shopper.get(&path).await;
    assert_eq!(order["link_until"], "2027-01-26T20:00:00Z");
    app.clock.advance_seconds(60 * DAY_SECONDS - 1);
    assert_eq!(follow(&app, &token).await.0, 200);
    app.clock.advance_seconds(1);
    assert_eq!(follow(&app, &token).await.0, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn renewing_and_switching_off_end_the_link_before_at_once() {
    let app = market().await;
    let (shopper, path, first) = ordered(&app).await;
    let link = format!("{path}/link");
    let (status, renewed) = shopper.post(&link, json!({})).await;
    assert_eq!(status, 200, "{renewed}");
    let second = token(&renewed);
    assert_eq!(second, token(&shopper.get(&path).await.1));
    assert_eq!(follow(&app, &second).await.0, 200);
    assert_eq!(follow(&app, &first).await.0, 410);
    for _ in 0..2 {
        assert_eq!(end(&shopper, &path).await, 204);
        let (_, order) = shopper.get(&path).await;
        assert_eq!(
            (&order["link"], &order["link_until"]),
            (&json!(null), &json!(null))
        );
        assert_eq!(follow(&app, &second).await.0, 410);
    }
    let third = token(&shopper.post(&link, json!({})).await.1);
    let codes = [&first, &second, &third].map(async |token| follow(&app, token).await.0);
    let [one, two, three] = codes;
    assert_eq!((one.await, two.await, three.await), (410, 410, 200));
    for _ in 0..20 {
        assert_eq!(shopper.post(&link, json!({})).await.0, 200);
    }
    assert_eq!(follow(&app, &first).await.0, 404, "not kept for ever");
    assert_eq!(follow(&app, &third).await.0, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_renews_and_ends_nothing() {
    let app = market().await;
    let (_, path, token) = ordered(&app).await;
    let stranger = Shopper::new(&app).await;
    let link = format!("{path}/link");
    assert_eq!(stranger.post(&link, json!({})).await.0, 404);
    assert_eq!(end(&stranger, &path).await, 404);
    assert_eq!(app.post(&link, json!({})).await.0, 401);
    let request = app.client.delete(format!("{}{link}", app.address));
    assert_eq!(app.send(request).await.0, 401);
    assert_eq!(follow(&app, &token).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_that_a_guest_logged_in_to_renews_the_guests_link() {
    let app = market().await;
    let ana = account(&app, "ana@example.com").await;
    let (guest, path, token) = ordered(&app).await;
    assert_eq!(ana.post(&format!("{path}/link"), json!({})).await.0, 404);
    guest.log_in("ana@example.com").await;
    let (status, renewed) = ana.post(&format!("{path}/link"), json!({})).await;
    assert_eq!(status, 200, "{renewed}");
    assert_eq!(follow(&app, &token).await.0, 410);
    assert_eq!(follow(&app, &self::token(&renewed)).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_never_carries_a_link_that_was_switched_off() {
    let app = market().await;
    let (shopper, path, _) = ordered(&app).await;
    assert_eq!(end(&shopper, &path).await, 204);
    app.run_jobs().await;
    let folder = &app.rooms.platform.config.mail_dir;
    let mails = std::fs::read_dir(folder).expect("mails").flatten();
    let mail = mails.map(|file| file.path()).next().expect("a mail");
    let message = std::fs::read_to_string(mail).expect("a mail");
    let (_, body) = message.split_once("\r\n\r\n").expect("a body");
    use base64::Engine;
    let body = base64::engine::general_purpose::STANDARD.decode(body.replace("\r\n", ""));
    let body = String::from_utf8(body.expect("base64")).expect("UTF-8");
    let (_, order_id) = path.rsplit_once('/').expect("an id");
    assert!(body.contains(&format!("/orders/{order_id}")), "{body}");
    assert!(!body.contains("/o/"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_carriers_write_tells_the_holder_of_a_link_no_address() {
    let app = market().await;
    let (shopper, path, token) = ordered(&app).await;
    let parcel = ship(&app, &shopper).await;
    let table = [
        (
            ParcelState::PickedUp,
            "Cais 3, Lisboa, PT",
            json!("Lisboa, PT"),
        ),
        (ParcelState::InTransit, "Calle Escondida, ES", json!("ES")),
        (
            ParcelState::AvailableForPickup,
            "Kiosko Marta, ES",
            json!("ES"),
        ),
        (
            ParcelState::Delivered,
            "Calle Escondida 7, 41001 Sevilla, ES",
            json!("Sevilla, ES"),
        ),
    ];
    for (state, place, _) in &table {
        app.clock.advance_seconds(3600);
        report(&app, &parcel, *state, place).await;
    }
    let (status, linked) = follow(&app, &token).await;
    assert_eq!(status, 200, "{linked}");
    let events = linked["parcels"][0]["events"].as_array().expect("events");
    let ours = "The shipment was announced by the seller.";
    assert_eq!(events[0]["text"], ours, "our own words stay");
    for ((state, _, due), event) in table.iter().zip(&events[1..]) {
        assert_eq!(
            (&event["place"], &event["text"]),
            (due, &json!(null)),
            "{state:?}"
        );
    }
    let text = linked.to_string();
    for private in ["Escondida", "Inés", "Duarte", "41001", "Marta", "Cais"] {
        assert!(!text.contains(private), "{private}");
    }
    let (_, own) = shopper.get(&path).await;
    let last = &own["parcels"][0]["events"][4];
    assert_eq!(last["place"], "Calle Escondida 7, 41001 Sevilla, ES");
    assert!(text_of(last, "text").contains("Inés Duarte"));
}
