//! What a lane's parcels took: kept once, told as a range, and compared with what was promised.

use super::{
    TestApp,
    landed_cost::staff,
    spawn_app,
    trade::{POTTERY, Shopper, WEAVERS, carrier_says, market, number, seller, slug, text_of},
};
use sampan::{
    accounts::Role,
    platform::db,
    shipments::{HistoryError, import_history},
};
use sampan_engine::time::Timestamp;
use serde_json::{Value, json};

const HEADER: &str =
    "shop,origin,destination,carrier,service,promised_from_days,promised_to_days,actual_days";
const DAY_SECONDS: i64 = 86_400;

/// Takes trips in as the demo does: lines of its file.
async fn history(app: &TestApp, lines: &str) -> Result<usize, HistoryError> {
    let file = format!("{HEADER}\n{lines}\n");
    let now = app.rooms.platform.now().micros();
    let write = app.rooms.platform.db.write(move |tx| {
        let file = file.clone();
        Box::pin(async move {
            import_history(tx, file.as_bytes(), now)
                .await
                .map_err(|error| match error {
                    HistoryError::Row(detail) => sea_orm::DbErr::Custom(detail),
                    HistoryError::Database(error) => error,
                })
        })
    });
    write.await.map_err(HistoryError::Database)
}

/// An order of six bowls from Portugal to Spain, handed over to CTT; answers its parcel's number and the shopper.
async fn travelling<'a>(
    app: &'a TestApp,
    seller: &Shopper<'_>,
    serial: usize,
) -> (String, Shopper<'a>) {
    let shopper = Shopper::with_bowls(app, 6).await;
    shopper.buy().await;
    let (_, page) = seller.get("/api/v1/seller/batches?state=paid").await;
    let batch = text_of(&page["items"][0], "id");
    let number = format!("CTT-{serial:06}");
    let (status, shipped) = seller
        .post(
            &format!("/api/v1/seller/batches/{batch}/shipped"),
            json!({ "tracking_number": number, "carrier": "CTT" }),
        )
        .await;
    assert_eq!(status, 200, "{shipped}");
    (number, shopper)
}

async fn says(app: &TestApp, number: &str, event: &str, state: &str, at: &str) {
    let event = json!({
        "event_id": format!("{number}-{event}"), "tracking_number": number, "state": state, "at": at, "place": null,
    });
    assert_eq!(carrier_says(app, &event, None).await.0, 204);
}

async fn parcel(shopper: &Shopper<'_>) -> Value {
    let (_, page) = shopper.get("/api/v1/orders").await;
    page["items"][0]["parcels"][0].clone()
}

fn permutations(items: &[usize]) -> Vec<Vec<usize>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let each = items.iter().flat_map(|first| {
        let rest: Vec<usize> = items.iter().copied().filter(|item| item != first).collect();
        permutations(&rest).into_iter().map(move |mut order| {
            order.insert(0, *first);
            order
        })
    });
    each.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_is_one_trip_in_whatever_order_and_how_often_its_events_come() {
    let app = market().await;
    let seller = seller(&app, POTTERY).await;
    let events = [
        ("in_transit", "2026-11-24T09:00:00Z"),
        ("delivered", "2026-11-27T09:00:00Z"),
        ("delivered", "2026-11-26T15:00:00Z"),
        ("returned", "2026-12-05T09:00:00Z"),
    ];
    let due = Timestamp::parse_rfc3339("2026-11-26T15:00:00Z").expect("a time");
    for (serial, order) in permutations(&[0, 1, 2, 3]).into_iter().enumerate() {
        let (number, _) = travelling(&app, &seller, serial).await;
        for at in order.iter().chain(&order) {
            let (state, when) = events[*at];
            says(&app, &number, &at.to_string(), state, when).await;
        }
        let text = "SELECT t.delivered_at, t.shipped_at, t.promised_from - p.eta_from + t.promised_to - p.eta_to AS off, \
                    t.origin, t.destination, t.carrier, t.service, t.shop_slug FROM trip t \
                    JOIN parcel p ON p.id = t.parcel_id WHERE p.number = $1";
        let reader = app.rooms.platform.db.reader();
        let rows = db::fetch_all(reader, text, [number.into()]).await;
        let rows = rows.expect("a query");
        assert_eq!(rows.len(), 1, "{order:?}");
        let micros = |column| rows[0].try_get::<i64>("", column).expect("a time");
        assert_eq!(micros("delivered_at"), due.micros(), "{order:?}");
        assert_eq!(micros("shipped_at"), super::app::START.micros());
        assert_eq!(micros("off"), 0, "what was promised at the hand-over");
        let words = ["origin", "destination", "carrier", "service", "shop_slug"]
            .map(|column| rows[0].try_get::<String>("", column).expect("a text"));
        assert_eq!(words, ["EU", "EU", "ctt", "post", POTTERY]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_cannot_be_this_parcels_is_no_trip() {
    let app = market().await;
    let seller = seller(&app, POTTERY).await;
    let trips = "SELECT COUNT(*) AS n FROM trip WHERE carrier = 'ctt'";
    let (number_used_again, _) = travelling(&app, &seller, 1).await;
    for (event, at) in [
        ("before", "2026-11-22T09:00:00Z"),
        ("much-later", "2027-11-22T09:00:00Z"),
    ] {
        says(&app, &number_used_again, event, "delivered", at).await;
        assert_eq!(number(&app, trips).await, 0, "{event}");
    }
    says(
        &app,
        &number_used_again,
        "own",
        "delivered",
        "2026-11-25T09:00:00Z",
    )
    .await;
    assert_eq!(number(&app, trips).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_rests_on_the_lane_once_nine_parcels_have_arrived_and_says_so_everywhere() {
    let app = market().await;
    let seller = seller(&app, POTTERY).await;
    // Another service's parcels say nothing of the post's.
    let express = format!("{POTTERY},EU,EU,CTT,express,1,2,1;1;1;1;1;1;1;1;1;1");
    history(&app, &express).await.expect("trips");
    let told = async |serial: usize| {
        let (_, shopper) = travelling(&app, &seller, serial).await;
        let eta = parcel(&shopper).await["eta"].clone();
        (eta, shopper)
    };
    let carrier = |trips: i64| {
        json!({
            "from": "2026-11-26T20:00:00Z", "to": "2026-11-29T20:00:00Z", "basis": "carrier", "trips": trips,
            "share": null,
        })
    };
    assert_eq!(told(1).await.0, carrier(0));
    let eight = format!("{POTTERY},EU,EU,ctt,post,3,6,2.5;3;3;3;3;3;3;4.2");
    history(&app, &eight).await.expect("trips");
    assert_eq!(told(2).await.0, carrier(8));
    let nine = format!("{POTTERY},EU,EU,ctt,post,3,6,2.5;3;3;3;3;3;3;4.2;3");
    history(&app, &nine).await.expect("trips");
    let (eta, shopper) = told(3).await;
    let due = json!({
        "from": "2026-11-25T20:00:00Z", "to": "2026-11-28T20:00:00Z", "basis": "lane", "trips": 9, "share": 80,
    });
    assert_eq!(eta, due);

    let (_, reply) = shopper.sync(vec![]).await;
    let changes = reply["changes"].as_array().expect("changes");
    let synced = changes.iter().find(|change| change["kind"] == "parcel");
    let synced = &synced.expect("the parcel")["value"]["eta"];
    assert_eq!(
        (&synced["basis"], &synced["trips"], &synced["share"]),
        (&json!("lane"), &json!(9), &json!(80))
    );
    let (_, page) = shopper.get("/api/v1/orders").await;
    let link = text_of(&page["items"][0], "link");
    let (_, token) = link.rsplit_once("/o/").expect("a link");
    let (_, linked) = app.get(&format!("/api/v1/orders/by-link/{token}")).await;
    assert_eq!(linked["parcels"][0]["eta"], due);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_keeps_its_newest_500_trips_of_the_last_year() {
    let app = market().await;
    let seller = seller(&app, POTTERY).await;
    let took = ["3"; 500].join(";");
    let row = format!("{POTTERY},EU,EU,ctt,post,3,6,{took}");
    assert_eq!(history(&app, &row).await.expect("trips"), 500);
    // The same file again changes nothing.
    app.clock.advance_seconds(60);
    history(&app, &row).await.expect("trips");
    let count = "SELECT COUNT(*) AS n FROM trip WHERE carrier = 'ctt'";
    let oldest = "SELECT MIN(delivered_at) AS n FROM trip WHERE carrier = 'ctt'";
    let before = (number(&app, count).await, number(&app, oldest).await);
    assert_eq!(before.0, 500);
    let (first, _) = travelling(&app, &seller, 1).await;
    says(&app, &first, "d", "delivered", "2026-11-26T09:00:00Z").await;
    assert_eq!(number(&app, count).await, 500);
    assert!(number(&app, oldest).await > before.1, "the oldest has gone");
    app.clock.advance_seconds(400 * DAY_SECONDS);
    let (last, shopper) = travelling(&app, &seller, 2).await;
    assert_eq!(parcel(&shopper).await["eta"]["trips"], 0);
    says(&app, &last, "d", "delivered", "2027-12-30T09:00:00Z").await;
    assert_eq!(number(&app, count).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_reads_what_was_promised_and_what_became_of_it() {
    let app = spawn_app().await;
    let lines =
        "kiln,EU,US,Post,post,3,5,1;2;3;4;5;6;7;8;9;10\nweavers,GH,EU,Post,post,8,15,9.5;20";
    assert_eq!(history(&app, lines).await.expect("trips"), 12);
    let table: [(&[Role], u16); 5] = [
        (&[], 403),
        (&[Role::Seller], 403),
        (&[Role::Rules], 403),
        (&[Role::Support], 200),
        (&[Role::Operator], 200),
    ];
    let path = "/api/v1/operator/lanes";
    for (at, (roles, due)) in table.into_iter().enumerate() {
        let token = staff(&app, &format!("staff-{at}@example.org"), roles).await;
        assert_eq!(app.get_as(&token, path).await.0, due, "{roles:?}");
    }
    assert_eq!(app.get(path).await.0, 401);

    let token = staff(&app, "reader@example.org", &[Role::Operator]).await;
    let (_, page) = app.get_as(&token, path).await;
    let newest = app.rooms.platform.now().plus_days(-9).rfc3339();
    let first = json!({
        "origin": "EU", "destination": "US", "carrier": "post", "service": "post", "newest_at": newest, "trips": 10,
        "promised_days": { "from": 3.0, "to": 5.0 }, "actual_days": { "p10": 1.0, "median": 5.0, "p90": 9.0 },
        "on_time_percent": 50, "is_enough": true,
    });
    assert_eq!(page["items"][0], first);
    let second = &page["items"][1];
    assert_eq!(
        (&second["origin"], &second["trips"], &second["is_enough"]),
        (&json!("GH"), &json!(2), &json!(false))
    );
    assert_eq!(second["on_time_percent"], 50);
    assert_eq!(
        second["actual_days"],
        json!({ "p10": 9.5, "median": 9.5, "p90": 20.0 })
    );
    assert_eq!(page["next_cursor"], Value::Null);
    let (_, one) = app.get_as(&token, &format!("{path}?limit=1")).await;
    assert_eq!((&one["items"][0], &one["next_cursor"]), (&first, &json!(1)));
    let (_, rest) = app
        .get_as(&token, &format!("{path}?limit=1&cursor=1"))
        .await;
    assert_eq!(
        (&rest["items"][0], &rest["next_cursor"]),
        (second, &Value::Null)
    );
    app.clock.advance_seconds(366 * DAY_SECONDS);
    let token = staff(&app, "later@example.org", &[Role::Operator]).await;
    let (_, later) = app.get_as(&token, path).await;
    assert_eq!(later["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_reads_the_lanes_of_their_own_parcels_and_no_others() {
    let app = market().await;
    let lines = format!(
        "{POTTERY},EU,US,CTT,express,3,5,4;4;4\n{WEAVERS},GH,EU,Ghana Post,post,8,15,9\n{WEAVERS},EU,US,CTT,express,3,5,30"
    );
    history(&app, &lines).await.expect("trips");
    let path = "/api/v1/seller/lanes";
    let potter = seller(&app, POTTERY).await;
    let (status, page) = potter.get(path).await;
    assert_eq!(status, 200, "{page}");
    let lanes = page["items"].as_array().expect("lanes");
    let shared = lanes.iter().find(|lane| lane["carrier"] == "ctt");
    let shared = shared.expect("the potter's lane");
    assert_eq!(
        (&shared["trips"], &shared["on_time_percent"]),
        (&json!(3), &json!(100)),
        "another shop's parcel on the same lane is not counted"
    );
    assert!(lanes.iter().all(|lane| lane["origin"] == "EU"), "{page}");
    let stranger = Shopper::new(&app).await;
    let (status, problem) = stranger.get(path).await;
    assert_eq!((status, slug(&problem)), (403, "forbidden"));
    assert_eq!(app.get(path).await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_a_past_and_a_file_that_is_wrong_is_refused_with_its_line() {
    let app = market().await;
    let trips = "SELECT COUNT(*) AS n FROM trip";
    let before = number(&app, trips).await;
    assert!(before > 300, "{before}");
    let parcels = "SELECT COUNT(*) AS n FROM trip t JOIN parcel p ON p.id = t.parcel_id";
    assert_eq!(number(&app, parcels).await, 0, "they are nobody's");
    for wrong in [
        "kiln,EU,US,Post,post,3,5,4;often",
        "kiln,EU,US,Post,post,5,3,4",
        "kiln,EU,US,Post,post,3,5,-1",
        "kiln,EU,US,Post,post,3,5",
    ] {
        let lines = format!("kiln,EU,US,Post,post,3,5,4\n{wrong}");
        let error = history(&app, &lines).await.expect_err(wrong);
        assert!(error.to_string().contains("line 3"), "{error}");
    }
    assert_eq!(number(&app, trips).await, before, "nothing by half");
}
