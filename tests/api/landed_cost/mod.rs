//! What goods cost at the door: the same few goods of a small market, asked for in each room beside this one.

mod codes;
mod door;
mod phone;
mod rules;

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

pub(super) async fn staff(app: &TestApp, email: &str, roles: &[Role]) -> String {
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
