//! What goods cost at the door, through `POST /quotes`, with the arithmetic written out; rules imported and taken back.

use super::{
    TestApp, spawn_app,
    trade::{Shopper, slug},
};
use sampan::{
    accounts::{Preferences, Role, create_account},
    catalog::{CatalogueImport, Importer, Pictures},
    landed_cost::{ImportAsk, ImportError, ImportReport},
    platform::token,
};
use sampan_engine::time::Day;
use serde_json::{Value, json};
use uuid::Uuid;

const HEADER: &str = "sku,title,description,category,currency,tier1_min,tier1_price,tier2_min,tier2_price,pack_step,origin,hs6,\
                      weight_grams,lead_time_days,stock,dangerous_goods\n";
/// One shop a currency, all in Türkiye; every parcel costs ten of its currency.
const SHOPS: [(&str, &str); 4] = [
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("aud", "AUD"),
    ("chf", "CHF"),
];
const RATES: &str = "date,currency,rate\n2026-11-20,GBP,0.85\n2026-11-20,AUD,1.60\n2026-11-20,CHF,0.95\n2026-11-20,USD,1.10\n\
                     2026-11-20,BRL,6.10\n2026-11-20,JPY,165.5\n2026-11-20,NOK,11.4\n2026-11-20,CAD,1.52\n";
const CARDS: &str = "carrier,service,origin,zone,up_to_grams,base,per_kg,currency,divisor,max_side_mm,min_grams,days_from,days_to,\
                     advance_fee_percent,advance_fee_min,accepts,note,effective_from,effective_to,as_of,review_by,source,confidence\n";

/// T-shirts at 60, watches at 20, a hundred's worth of plates, tea lights that nobody has classified, lamps with a battery.
async fn goods(app: &TestApp) {
    let importer = Importer::of(&app.rooms.platform);
    let db = &app.rooms.platform.db;
    importer.fx(db, RATES.as_bytes()).await.expect("rates");
    for (shop, currency) in SHOPS {
        let shops = format!(
            "slug,name,tagline,story,country,place,tint,icon,founded,currency,manufacturer,address\n\
             {shop},{shop},Made by hand,Two sisters.,TR,Buldan,#F4DDCB,,2009,{currency},{shop} Ltd.,Road 1 Buldan; {shop}@shop.example\n"
        );
        importer
            .shops(db, shops.into(), Pictures::LeftOut)
            .await
            .expect("a shop");
        let rows = [
            ("SHIRT", "60.00", "610910", ""),
            ("WATCH", "20.00", "910211", ""),
            ("PLATES", "100.00", "691110", ""),
            ("RUG", "50.00", "570242", ""),
            ("LIGHTS", "15.00", "", ""),
            ("LAMP", "30.00", "940520", "UN3480"),
        ];
        let rows = rows.map(|(sku, price, hs6, un)| {
            format!("{shop}-{sku},{sku},Made by hand.,textiles,{currency},1,{price},,,1,TR,{hs6},200,3,1000,{un}\n")
        });
        let import = CatalogueImport {
            shop: shop.to_owned(),
            bytes: format!("{HEADER}{}", rows.concat()).into_bytes(),
            map: None,
            pictures: Pictures::LeftOut,
            replace: false,
            dry_run: false,
        };
        importer.catalogue(db, import).await.expect("a catalogue");
    }
    app.rooms.catalog.written();
    let card = |zone: &str, currency: &str| {
        format!(
            "Sampan Post,post,TR,{zone},30000,10.00,0.00,{currency},,,,5,9,0,,,,,,2026-11-01,2027-12-31,A table for tests,firm\n"
        )
    };
    let cards = [("EU", "EUR"), ("GB", "GBP"), ("AU", "AUD"), ("CH", "CHF")]
        .map(|(zone, currency)| card(zone, currency));
    import(app, "cards.csv", &format!("{CARDS}{}", cards.concat()))
        .await
        .expect("cards");
}

async fn import(app: &TestApp, name: &str, text: &str) -> Result<ImportReport, ImportError> {
    let ask = ImportAsk {
        format: None,
        file_name: name.to_owned(),
        text: text.to_owned(),
        by: None,
        dry_run: false,
    };
    app.rooms.landed_cost.rules().import(&ask).await
}

async fn quote(shopper: &Shopper<'_>, lines: &[(&str, i64)], to: &str, currency: &str) -> Value {
    quote_with(shopper, lines, to, currency, json!({})).await
}

async fn quote_with(
    shopper: &Shopper<'_>,
    lines: &[(&str, i64)],
    to: &str,
    currency: &str,
    more: Value,
) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|(sku, quantity)| json!({ "sku": sku, "quantity": quantity }))
        .collect();
    let mut body = json!({ "lines": lines, "ship_to": { "country": to }, "currency": currency });
    let more = more.as_object().expect("an object").clone();
    body.as_object_mut().expect("an object").extend(more);
    let (status, quote) = shopper.post("/api/v1/quotes", body).await;
    assert_eq!(status, 200, "{quote}");
    quote
}

/// Minor units by name; null for null.
fn minors(quote: &Value, names: &[&str]) -> Vec<Option<i64>> {
    names
        .iter()
        .map(|name| quote[*name]["minor"].as_i64())
        .collect()
}

fn kinds(quote: &Value) -> Vec<&str> {
    let rules = quote["rules"].as_array().expect("rules");
    rules
        .iter()
        .filter_map(|rule| rule["kind"].as_str())
        .collect()
}

const SUMS: [&str; 6] = ["goods", "freight", "duty", "tax", "total", "at_door"];

#[tokio::test(flavor = "multi_thread")]
async fn to_germany_two_kinds_of_goods_pay_twice_three_euro_and_tax_on_all_of_it() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    let quote = quote(&shopper, &[("eur-SHIRT", 1), ("eur-WATCH", 1)], "DE", "EUR").await;
    // 60 + 20 goods, 10 freight, 2 × 3 duty: 96. 19 % of 96 is 18.24. 96 + 18.24 = 114.24.
    assert_eq!(
        minors(&quote, &SUMS),
        [8_000, 1_000, 600, 1_824, 11_424, 0].map(Some)
    );
    assert_eq!(quote["confidence"], "firm");
    assert_eq!(
        kinds(&quote),
        ["freight", "flat_duty", "tax", "tax_at_sale"]
    );
    let flat = &quote["rules"][1];
    assert_eq!(
        (&flat["rate"], &flat["amount"]["minor"]),
        (&json!("3.00 EUR"), &json!(600))
    );
    assert_eq!(
        (&flat["from"], &flat["to"]),
        (&json!("2026-07-01"), &json!("2028-06-30"))
    );
    assert!(
        flat["source"]
            .as_str()
            .is_some_and(|source| source.contains("2026/382"))
    );
    // The lines add up to it, so that a refund of one can give its part back.
    let of_lines = |part: &str| {
        let lines = quote["lines"].as_array().expect("lines");
        lines
            .iter()
            .map(|line| line[part]["minor"].as_i64().expect(part))
            .sum::<i64>()
    };
    assert_eq!(
        (of_lines("duty"), of_lines("tax"), of_lines("freight")),
        (600, 1_824, 1_000)
    );
    // 114.24 for two pieces.
    assert_eq!(quote["per_piece"]["minor"], 5_712);
}

#[tokio::test(flavor = "multi_thread")]
async fn to_britain_australia_and_switzerland_the_threshold_looks_at_what_the_law_says() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    // £100 of goods is below £135: no duty. 20 % of 110 is 22.
    let gb = quote(&shopper, &[("gbp-PLATES", 1)], "GB", "GBP").await;
    assert_eq!(
        minors(&gb, &SUMS),
        [10_000, 1_000, 0, 2_200, 13_200, 0].map(Some)
    );
    // A$900 of goods is below A$1,000 though A$1,000 is taxed: 10 % of 900 + 100 is 100.
    import(
        &app,
        "cards.csv",
        &format!("{CARDS}Sampan Post,post,TR,AU,30000,100.00,0.00,AUD,,,,5,9,0,,,,,,2026-11-01,2027-12-31,A table for tests,firm\n"),
    )
    .await
    .expect("a dearer card");
    let by_post = json!({ "service": "post" });
    let au = quote_with(&shopper, &[("aud-PLATES", 9)], "AU", "AUD", by_post).await;
    assert_eq!(
        minors(&au, &SUMS),
        [90_000, 10_000, 0, 10_000, 110_000, 0].map(Some)
    );
    // 8.1 % of 50 + 10 is 4.86, less than five francs: not levied.
    let ch = quote(&shopper, &[("chf-RUG", 1)], "CH", "CHF").await;
    assert_eq!(minors(&ch, &SUMS), [5_000, 1_000, 0, 0, 6_000, 0].map(Some));
    assert!(kinds(&ch).contains(&"tax_relief"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_day_of_june_and_the_first_of_july_differ_by_the_rule_that_changed() {
    let app = spawn_app().await;
    goods(&app).await;
    import(
        &app,
        "cards.csv",
        &format!("{CARDS}Sampan Post,post,TR,EU,30000,10.00,0.00,EUR,,,,5,9,0,,,,2026-01-01,,2026-01-01,2027-12-31,A table for tests,firm\n"),
    )
    .await
    .expect("a card");
    let fx = RATES.replace("2026-11-20", "2026-06-01");
    let importer = Importer::of(&app.rooms.platform);
    importer
        .fx(&app.rooms.platform.db, fx.as_bytes())
        .await
        .expect("rates");
    let at = |day: &str| {
        let day = Day::parse(day).expect("a day");
        app.rooms.platform.now().day().days_until(day)
    };
    let shopper = Shopper::new(&app).await;
    let mut quotes = Vec::new();
    for day in ["2026-06-30", "2026-07-01"] {
        app.clock.advance_seconds(at(day) * 86_400);
        let quote = quote(&shopper, &[("eur-SHIRT", 1)], "DE", "EUR").await;
        assert_eq!(quote["day"], day);
        quotes.push(quote);
    }
    // Side by side: before, nothing up to 150 euro and 19 % of 70; after, 3 euro and 19 % of 73.
    let [before, after] =
        [&quotes[0], &quotes[1]].map(|quote| minors(quote, &["duty", "tax", "total"]));
    assert_eq!(before, [0, 1_330, 8_330].map(Some));
    assert_eq!(after, [300, 1_387, 8_687].map(Some));
    let differing = |one: &Value, other: &Value| -> Vec<String> {
        let kinds_of_other = kinds(other);
        kinds(one)
            .into_iter()
            .filter(|kind| !kinds_of_other.contains(kind))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(differing(&quotes[0], &quotes[1]), ["duty_relief"]);
    assert_eq!(differing(&quotes[1], &quotes[0]), ["flat_duty"]);

    let body = json!({
        "days": ["2026-06-30", "2026-07-01"],
        "quote": { "lines": [{ "sku": "eur-SHIRT", "quantity": 1 }], "ship_to": { "country": "DE" }, "currency": "EUR" },
    });
    let (status, told) = shopper.post("/api/v1/quotes/compare", body.clone()).await;
    assert_eq!(status, 200, "{told}");
    let totals: Vec<i64> = (0..2)
        .filter_map(|at| told["quotes"][at]["total"]["minor"].as_i64())
        .collect();
    assert_eq!(totals, [8_330, 8_687], "as the two quotes, from any day");
    assert_eq!(
        (&told["gone"][0]["kind"], &told["new"][0]["kind"]),
        (&json!("duty_relief"), &json!("flat_duty"))
    );
    let mut wrong = body;
    wrong["days"] = json!(["yesterday", "2026-07-01"]);
    assert_eq!(shopper.post("/api/v1/quotes/compare", wrong).await.0, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_is_null_and_said_and_paid_at_the_door() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    // £150 is above the threshold, so the tariff is asked, and nobody has classified the tea lights.
    let quote = quote_with(
        &shopper,
        &[("gbp-LIGHTS", 10)],
        "GB",
        "GBP",
        json!({ "terms": "ddp" }),
    )
    .await;
    assert_eq!(
        minors(&quote, &SUMS),
        [Some(15_000), Some(1_000), None, None, Some(16_000), None]
    );
    assert_eq!(quote["confidence"], "unknown");
    assert_eq!(quote["lines"][0]["unknown"], "hs");
    let shop = &quote["shops"][0];
    assert_eq!(
        (&shop["terms"], &shop["terms_why"]),
        (&json!("dap"), &json!("not_known"))
    );
    let unknown = quote["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .find(|rule| rule["kind"] == "unknown");
    assert_eq!(unknown.expect("a rule")["name"], "LIGHTS");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buyer_may_pay_at_the_door_and_a_business_hears_what_is_different_for_it() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    // £200 of plates: 6 % (or what the tariff says) on 210, then VAT; all of it at the door.
    let lines = [("gbp-PLATES", 2)];
    let ddp = quote(&shopper, &lines, "GB", "GBP").await;
    let dap = quote_with(&shopper, &lines, "GB", "GBP", json!({ "terms": "dap" })).await;
    assert_eq!(minors(&dap, &["total"]), [Some(21_000)]);
    let door = dap["at_door"]["minor"].as_i64().expect("known");
    assert_eq!(ddp["total"]["minor"].as_i64(), Some(21_000 + door));
    assert_eq!(ddp["per_piece"], dap["per_piece"]);

    let buyer = json!({ "buyer": { "kind": "business", "company": "Tee GmbH", "vat": "de 123.456.789", "eori": "DE1234567890123" } });
    let business = quote_with(&shopper, &[("eur-SHIRT", 1)], "DE", "EUR", buyer).await;
    assert_eq!(business["buyer"]["vat"], "DE123456789");
    // 12 % of 70, then 19 % of 78.40.
    assert_eq!(
        minors(&business, &["duty", "tax"]),
        [Some(840), Some(1_490)]
    );
    let changed: Vec<&str> = business["changed_for_business"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["kind"].as_str())
        .collect();
    assert_eq!(changed, ["flat_duty", "tax_at_sale"]);
    let wrong = json!({
        "lines": [{ "sku": "eur-SHIRT", "quantity": 1 }], "ship_to": { "country": "DE" }, "currency": "EUR",
        "buyer": { "kind": "business", "vat": "DE12" },
    });
    let (status, problem) = shopper.post("/api/v1/quotes", wrong).await;
    assert_eq!(
        (status, &problem["errors"][0]["pointer"]),
        (422, &json!("/buyer/vat"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_row_changes_the_answer_and_an_import_taken_back_gives_the_old_one() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    let asked = [("eur-SHIRT", 1)];
    assert_eq!(
        quote(&shopper, &asked, "DE", "EUR").await["duty"]["minor"],
        300
    );
    let file = "territory,amount,percent,minus,currency,per,goods_up_to,buyer,origin,note,effective_from,effective_to,as_of,review_by,source,confidence\n\
                EU,5,,,EUR,item_category,150,person,,,2026-11-20,,2026-11-20,2027-06-30,A regulation for tests,firm\n";
    let report = import(&app, "flat_duties.csv", file)
        .await
        .expect("an import");
    assert_eq!((report.added, report.changed, report.unchanged), (0, 1, 0));
    assert_eq!(
        report.changes[0].before.as_ref().expect("a row")["amount"],
        "3"
    );
    assert!(report.touched.countries.contains(&"DE".to_owned()));
    assert_eq!(report.touched.open_quotes, 1);
    assert_eq!(
        quote(&shopper, &asked, "DE", "EUR").await["duty"]["minor"],
        500
    );

    let again = import(&app, "flat_duties.csv", file)
        .await
        .expect("an import");
    assert_eq!(
        (again.id, again.unchanged, again.changed),
        (None, 1, 0),
        "idempotent"
    );

    let book = app.rooms.landed_cost.rules();
    assert!(
        book.withdraw(report.id.expect("an id"))
            .await
            .expect("a database")
    );
    assert!(
        !book
            .withdraw(report.id.expect("an id"))
            .await
            .expect("a database"),
        "once"
    );
    assert_eq!(
        quote(&shopper, &asked, "DE", "EUR").await["duty"]["minor"],
        300
    );
    let history = book.history(None, 10).await.expect("a history");
    assert_eq!(history.len(), 2);
    assert!(history[0].withdrawn_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_one_bad_row_is_refused_whole_and_names_it() {
    let app = spawn_app().await;
    goods(&app).await;
    let head = "territory,hs,variant,rate,description,note,effective_from,effective_to,as_of,review_by,source,confidence\n";
    let good = "GB,691110,,3%,,,2026-11-01,,2026-11-01,2027-06-30,A tariff for tests,firm\n";
    let table = [
        (
            "GB,69111,,3%,,,,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "hs",
        ),
        (
            "GB,69111000001,,3%,,,,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "hs",
        ),
        (
            "GB,691190,,3 percent,,,,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "rate",
        ),
        (
            "ZZ,691190,,3%,,,,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "territory",
        ),
        (
            "GB,691110,,4%,,,2027-01-01,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "effective_from",
        ),
        (
            "GB,691190,,3%,,,2026-12-01,2026-11-01,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "effective_to",
        ),
        (
            "GB,691190,,3%,,,,,2026-11-01,2027-06-30,,firm\n",
            3,
            "source",
        ),
    ];
    for (bad, line, column) in table {
        let refused = import(&app, "duty_rates.csv", &format!("{head}{good}{bad}")).await;
        let Err(ImportError::Mistakes(mistakes)) = refused else {
            panic!("{bad} was taken");
        };
        let places: Vec<(u64, &str)> = mistakes
            .iter()
            .map(|mistake| (mistake.line, mistake.column.as_str()))
            .collect();
        assert!(places.contains(&(line, column)), "{bad} {places:?}");
    }
    let card = format!(
        "{CARDS}Sampan Post,post,TR,EU,0,10.00,0.00,EUR,,,,5,9,0,,,,,,2026-11-01,2027-12-31,A table,firm\n"
    );
    let Err(ImportError::Mistakes(mistakes)) = import(&app, "cards.csv", &card).await else {
        panic!("a weight of 0 was taken");
    };
    assert_eq!(
        (mistakes[0].line, mistakes[0].column.as_str()),
        (2, "up_to_grams")
    );
    let history = app
        .rooms
        .landed_cost
        .rules()
        .history(None, 10)
        .await
        .expect("a history");
    assert_eq!(history.len(), 1, "nothing by half");
}

#[tokio::test(flavor = "multi_thread")]
async fn dangerous_goods_are_rerouted_or_left_out_in_words() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    // Batteries alone do not go by post; express takes them.
    let quote = quote_with(
        &shopper,
        &[("eur-LAMP", 1)],
        "DE",
        "EUR",
        json!({ "service": "post" }),
    )
    .await;
    let shop = &quote["shops"][0];
    assert_eq!(shop["service"], "express");
    let post = shop["services"]
        .as_array()
        .expect("services")
        .iter()
        .find(|one| one["service"] == "post");
    assert_eq!(
        post.expect("post")["refused"],
        json!({ "code": "dangerous_goods", "un": "UN3480", "limit": null })
    );
    // More than express takes in one parcel: the line cannot be sent, the others can.
    let quote = self::quote(&shopper, &[("eur-LAMP", 40), ("eur-SHIRT", 1)], "DE", "EUR").await;
    assert_eq!(quote["lines"][0]["problem"], "not_carried");
    assert_eq!(minors(&quote, &["goods", "duty"]), [Some(6_000), Some(300)]);
}

async fn staff(app: &TestApp, email: &str, roles: &[Role]) -> String {
    let platform = &app.rooms.platform;
    let made = create_account(
        platform,
        email,
        "correct horse battery",
        roles,
        Preferences::default(),
    )
    .await;
    let scope_id = made.unwrap_or_else(|_| panic!("an account for {email}"));
    token::sign(platform, scope_id, Uuid::nil()).expect("a token")
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_may_do_what_their_role_allows_and_nobody_else_anything() {
    let app = spawn_app().await;
    let file = "territory,currency,per_unit,effective_from,effective_to,as_of,review_by,source,confidence\n\
                GB,EUR,1.18,2026-11-01,2026-11-30,2026-11-01,2026-11-30,HM Revenue and Customs for tests,firm\n";
    let table: [(&[Role], [u16; 4]); 5] = [
        (&[], [403, 403, 403, 403]),
        (&[Role::Seller], [403, 403, 403, 403]),
        (&[Role::Support], [200, 200, 200, 403]),
        (&[Role::Rules], [200, 200, 200, 200]),
        (&[Role::Operator], [200, 200, 200, 200]),
    ];
    for (at, (roles, due)) in table.into_iter().enumerate() {
        let token = staff(&app, &format!("staff-{at}@example.org"), roles).await;
        let mut found = Vec::new();
        for path in [
            "/operator/rules/summary",
            "/operator/rules?kind=taxes&territory=DE",
            "/operator/rules/imports",
        ] {
            found.push(app.get_as(&token, &format!("/api/v1{path}")).await.0);
        }
        let import = app
            .client
            .post(format!(
                "{}/api/v1/operator/rules/imports?file_name=customs_rates.csv",
                app.address
            ))
            .bearer_auth(&token)
            .body(file);
        let (status, report) = app.send(import).await;
        found.push(status);
        assert_eq!(found, due, "{roles:?} {report}");
    }
    assert_eq!(app.get("/api/v1/operator/rules/summary").await.0, 401);

    let operator = staff(&app, "staff-4@example.org", &[]).await;
    let (_, summary) = app
        .get_as(&operator, "/api/v1/operator/rules/summary")
        .await;
    let eu = summary["territories"]
        .as_array()
        .expect("territories")
        .iter()
        .find(|one| one["territory"] == "EU");
    assert!(eu.expect("the EU")["duty_rates"].as_u64() > Some(300));
    let (_, found) = app
        .get_as(&operator, "/api/v1/operator/rules?kind=customs_rates")
        .await;
    assert_eq!(found["items"][0]["fields"]["per_unit"], "1.18");
    let (_, history) = app
        .get_as(&operator, "/api/v1/operator/rules/imports")
        .await;
    assert_eq!(
        history["items"].as_array().map(Vec::len),
        Some(1),
        "the second import said nothing new"
    );
    let bad = app
        .client
        .post(format!(
            "{}/api/v1/operator/rules/imports?file_name=customs_rates.csv",
            app.address
        ))
        .bearer_auth(&operator)
        .body(file.replace("1.18", "much"));
    let (status, problem) = app.send(bad).await;
    assert_eq!((status, slug(&problem)), (422, "invalid"));
    assert_eq!(
        (
            &problem["mistakes"][0]["line"],
            &problem["mistakes"][0]["column"]
        ),
        (&json!(2), &json!("per_unit"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_gets_the_rules_for_one_destination_and_asks_again_for_nothing_new() {
    let app = spawn_app().await;
    goods(&app).await;
    let (status, slice) = app.get("/api/v1/landed-cost/rules?to=DE").await;
    assert_eq!(status, 200);
    assert_eq!(slice["territories"][0]["territory"], "EU");
    assert_eq!(slice["zones"]["DE"], "EU");
    let rates = slice["duty_rates"].as_array().expect("rows");
    assert!(rates.iter().all(|row| row["territory"] == "EU"));
    assert!(rates.iter().any(|row| row["hs"] == "610910"));
    assert!(rates.len() < 60, "only what the market sells");
    let ask = |tag: String| {
        app.client
            .get(format!("{}/api/v1/landed-cost/rules?to=DE", app.address))
            .header("if-none-match", tag)
    };
    let first = ask(String::new()).send().await.expect("an answer");
    let tag = first.headers()["etag"].to_str().expect("a tag").to_owned();
    assert_eq!(ask(tag).send().await.expect("an answer").status(), 304);
    let (status, problem) = app.get("/api/v1/landed-cost/rules?to=XX").await;
    assert_eq!((status, slug(&problem)), (422, "invalid"));
}

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

/// Quotes of the server with the rules they rest on, for the phone's own reckoning to agree with
/// (`pwa/src/landed-cost`). `UPDATE_VECTORS=1` writes them anew.
#[tokio::test(flavor = "multi_thread")]
async fn the_phones_vectors_are_what_the_server_says() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    let baskets: [&[(&str, i64)]; 5] = [
        &[("eur-SHIRT", 1), ("eur-WATCH", 1)],
        &[("gbp-PLATES", 3), ("gbp-RUG", 2)],
        &[("eur-LIGHTS", 3), ("eur-PLATES", 2)],
        &[("chf-RUG", 1)],
        &[("aud-SHIRT", 40), ("eur-WATCH", 7), ("gbp-SHIRT", 1)],
    ];
    let destinations = [
        "DE", "FR", "GB", "US", "AU", "NZ", "CA", "CH", "NO", "JP", "BR", "TR", "NG",
    ];
    let wishes = [
        json!({}),
        json!({ "buyer": { "kind": "business", "vat": "DE123456789" } }),
        json!({ "terms": "dap", "service": "express" }),
    ];
    let mut slices = serde_json::Map::new();
    let mut cases = Vec::new();
    for to in destinations {
        let (_, slice) = app.get(&format!("/api/v1/landed-cost/rules?to={to}")).await;
        slices.insert(to.to_owned(), slice);
        for (at, lines) in baskets.iter().enumerate() {
            let wish = &wishes[at % wishes.len()];
            let currency = ["EUR", "GBP", "USD"][at % 3];
            let quote = quote_with(&shopper, lines, to, currency, wish.clone()).await;
            cases.push(vector(to, currency, wish, &quote));
        }
    }
    let made =
        serde_json::to_string(&json!({ "slices": slices, "cases": cases })).expect("JSON") + "\n";
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/landed-quotes.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(file, &made).expect("a file");
    }
    let kept: Value =
        serde_json::from_str(&std::fs::read_to_string(file).expect("the vectors")).expect("JSON");
    let made: Value = serde_json::from_str(&made).expect("JSON");
    assert!(
        kept == made,
        "tests/vectors/landed-quotes.json is old; write it anew with UPDATE_VECTORS=1"
    );
}

/// What a phone would know of the lines, and what the server says of them.
fn vector(to: &str, currency: &str, wish: &Value, quote: &Value) -> Value {
    let amounts = |of: &Value, names: &[&str]| -> serde_json::Map<String, Value> {
        names
            .iter()
            .map(|name| ((*name).to_owned(), of[*name]["minor"].clone()))
            .collect()
    };
    let lines: Vec<Value> = quote["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| {
            json!({
                "sku": line["sku"], "quantity": line["quantity"], "unit_price": line["unit_price"], "hs": line["hs"],
                "origin": line["origin"], "shop": line["shop"], "says": amounts(line, &["freight", "duty", "tax"]),
            })
        })
        .collect();
    let shops: Vec<Value> = quote["shops"]
        .as_array()
        .expect("shops")
        .iter()
        .map(|shop| {
            let mut says = amounts(
                shop,
                &[
                    "goods", "freight", "duty", "tax", "fees", "total", "at_door",
                ],
            );
            says.insert("low".to_owned(), shop["duty_range"]["low"]["minor"].clone());
            let more = ["slug", "terms", "terms_why", "tax_at_sale", "service"];
            says.extend(more.map(|name| (name.to_owned(), shop[name].clone())));
            says.into()
        })
        .collect();
    json!({
        "to": to, "currency": currency, "wish": wish, "day": quote["day"], "lines": lines, "shops": shops,
        "total": quote["total"]["minor"], "per_piece": quote["per_piece"]["minor"], "kinds": kinds(quote),
    })
}
