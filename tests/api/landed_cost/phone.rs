//! What a phone gets to work out an estimate by itself, and that it comes to the same.

use super::*;
use std::collections::BTreeMap;

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

/// Quotes of the server with the rules they rest on, for the phone's own reckoning to agree with
/// (`pwa/src/landed-cost`). `UPDATE_VECTORS=1` writes them anew.
#[tokio::test(flavor = "multi_thread")]
async fn the_phones_vectors_are_what_the_server_says() {
    let app = spawn_app().await;
    goods(&app).await;
    bulky_goods(&app).await;
    let shopper = Shopper::new(&app).await;
    let baskets: [&[(&str, i64)]; 9] = [
        &[("eur-SHIRT", 1), ("eur-WATCH", 1)],
        &[("gbp-PLATES", 3), ("gbp-RUG", 2)],
        &[("eur-LIGHTS", 3), ("eur-PLATES", 2)],
        &[("chf-RUG", 1)],
        &[("aud-SHIRT", 40), ("eur-WATCH", 7), ("gbp-SHIRT", 1)],
        &[("eur-BASKET", 9), ("eur-SHIRT", 4)],
        &[("eur-BASKET", 300), ("eur-RADIO", 3)],
        &[("eur-POLE", 2), ("eur-SHIRT", 1)],
        &[("eur-RADIO", 5), ("eur-POLE", 1)],
    ];
    let destinations = [
        "DE", "FR", "GB", "US", "AU", "NZ", "CA", "CH", "NO", "JP", "BR", "TR", "NG",
    ];
    let wishes = [
        json!({}),
        json!({ "buyer": { "kind": "business", "vat": "DE123456789" } }),
        json!({ "terms": "dap", "service": "express" }),
        json!({ "service": "consolidated" }),
    ];
    let shelf = pieces(&app).await;
    let mut slices = serde_json::Map::new();
    let mut cases = Vec::new();
    for to in destinations {
        let (_, slice) = app.get(&format!("/api/v1/landed-cost/rules?to={to}")).await;
        slices.insert(to.to_owned(), slice);
        for (at, lines) in baskets.iter().enumerate() {
            let wish = &wishes[at % wishes.len()];
            let currency = ["EUR", "GBP", "USD"][at % 3];
            let quote = quote_with(&shopper, lines, to, currency, wish.clone()).await;
            cases.push(vector(&shelf, to, currency, wish, &quote));
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

/// Baskets that take more room than weight, a pole that no courier lifts, a radio with a battery; and carriers with
/// weight steps that count room and take batteries up to a limit.
async fn bulky_goods(app: &TestApp) {
    let header = HEADER.trim_end().to_owned() + ",length_mm,width_mm,height_mm\n";
    let rows = [
        ("BASKET", "460219", "400,400,300", ""),
        ("POLE", "442199", "1600,40,40", ""),
        ("RADIO", "852791", "180,120,60", "UN3481"),
    ];
    let rows = rows.map(|(sku, hs6, sides, un)| {
        format!(
            "eur-{sku},{sku},Made by hand.,textiles,EUR,1,25.00,,,1,TR,{hs6},600,3,1000,{un},{sides}\n"
        )
    });
    let import_of = CatalogueImport {
        shop: "eur".to_owned(),
        bytes: format!("{header}{}", rows.concat()).into_bytes(),
        map: None,
        pictures: Pictures::LeftOut,
        replace: false,
        dry_run: false,
    };
    let importer = Importer::of(&app.rooms.platform);
    importer
        .catalogue(&app.rooms.platform.db, import_of)
        .await
        .expect("a catalogue");
    app.rooms.catalog.written();
    let cards: String = ["EU", "GB", "US"]
        .into_iter()
        .flat_map(|zone| {
            [(2_000, "4.00", "6.50"), (30_000, "9.00", "3.10")].map(|(up_to, base, per_kg)| {
                format!(
                    "Test Couriers,express,TR,{zone},{up_to},{base},{per_kg},USD,5000,1200,500,2,4,2.5,12.00,UN3481,,,,2026-11-01,2027-12-31,A table for tests,firm\n"
                )
            })
        })
        .collect();
    import(app, "couriers.csv", &format!("{CARDS}{cards}"))
        .await
        .expect("cards");
}

/// What the shelves tell phones of one piece of each product: weight, room, danger.
async fn pieces(app: &TestApp) -> BTreeMap<String, Value> {
    let mut pieces = BTreeMap::new();
    for (shop, _) in SHOPS {
        let (_, shelf) = app.get(&format!("/api/v1/shelf?shop={shop}")).await;
        for item in shelf["items"].as_array().expect("items") {
            let names = ["weight_grams", "dimensions_mm", "dangerous_goods"];
            let told = names.map(|name| (name.to_owned(), item[name].clone()));
            let sku = item["sku"].as_str().expect("a SKU").to_owned();
            pieces.insert(sku, serde_json::Map::from_iter(told).into());
        }
    }
    pieces
}

/// What a phone would know of the lines, and what the server says of them.
fn vector(
    shelf: &BTreeMap<String, Value>,
    to: &str,
    currency: &str,
    wish: &Value,
    quote: &Value,
) -> Value {
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
                "problem": line["problem"], "piece": shelf[line["sku"].as_str().expect("a SKU")],
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
            let more = [
                "slug",
                "terms",
                "terms_why",
                "tax_at_sale",
                "service",
                "carrier",
                "chargeable_grams",
            ];
            says.extend(more.map(|name| (name.to_owned(), shop[name].clone())));
            says.into()
        })
        .collect();
    json!({
        "to": to, "currency": currency, "wish": wish, "day": quote["day"], "lines": lines, "shops": shops,
        "total": quote["total"]["minor"], "per_piece": quote["per_piece"]["minor"], "kinds": kinds(quote),
    })
}
