//! What it costs to say what goods cost: every real basket quoted by the rules as they ship, and how fast.

use crate::{
    TestApp,
    app::spawn_app,
    baskets::{self, OrderLine},
    device::{Guest, guest},
    exchanges::{CONNECTIONS, Caller, load},
    wire::Connection,
};
use sampan::{
    catalog::Importer,
    landed_cost::{Ask, Quote, QuoteDestination, Wishes},
};
use sampan_engine::{
    landed_cost::{Buyer, Consignment, Good, Rules, reckon},
    money::{Currency, Money, Rate},
    time::Day,
    trade::CountryCode,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use uuid::Uuid;

const LINES: usize = 20;
const ENGINE_AT_LEAST: f64 = 20_000.0;
const POST_AT_LEAST: f64 = 3_000.0;
const MEASURED: Duration = Duration::from_secs(4);

/// Reports and measures; an error when a basket cannot be quoted at all.
pub async fn run(folder: &Path) -> Result<(), String> {
    let app = spawn_app().await;
    baskets::fill(&app, folder).await?;
    let rates = std::fs::read(folder.join("trade/eurofxref-daily-2024-06-28.xml")).map_err(told)?;
    let importer = Importer::of(&app.rooms.platform);
    importer
        .fx(&app.rooms.platform.db, &rates)
        .await
        .map_err(told)?;
    app.rooms.catalog.written();
    let lines = baskets::lines(folder)?;
    report(&app, &lines).await?;
    coverage(&app, folder).await?;
    let set = app
        .rooms
        .landed_cost
        .rules()
        .current()
        .await
        .map_err(told)?;
    engine(&set.rules)?;
    post(&app, &lines).await
}

/// Where a basket went, and what was in it.
type Order<'a> = (&'a str, Vec<(String, i64)>);

/// Every basket at today's rules: how sure each is, and what is missing where it is not.
async fn report(app: &TestApp, lines: &[OrderLine]) -> Result<(), String> {
    let mut orders: BTreeMap<&str, Order<'_>> = BTreeMap::new();
    for line in lines {
        let order = orders
            .entry(&line.invoice)
            .or_insert((&line.country, Vec::new()));
        order.1.push((line.stock_code.clone(), line.pieces));
    }
    let mut sure: BTreeMap<String, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_country: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let started = Instant::now();
    for (invoice, (country, wanted)) in &orders {
        let quote = quote(app, country, wanted)
            .await
            .map_err(|why| format!("{invoice}: {why}"))?;
        let confidence = word(&quote.confidence);
        *sure.entry(confidence.clone()).or_default() += 1;
        *by_country
            .entry(country)
            .or_default()
            .entry(confidence)
            .or_default() += 1;
        for reason in reasons_of(&quote) {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    let took = started.elapsed();
    println!(
        "\n{} real baskets of {} lines to {} countries, quoted by the rules as they ship, in {:.1} s: {}",
        orders.len(),
        lines.len(),
        by_country.len(),
        took.as_secs_f64(),
        told_counts(&sure)
    );
    println!("Why they are not all firm (a basket may have several reasons):");
    for (reason, baskets) in &reasons {
        println!("  {baskets:>5} baskets: {reason}");
    }
    for (country, sure) in &by_country {
        println!("  {country}: {}", told_counts(sure));
    }
    Ok(())
}

async fn quote(app: &TestApp, country: &str, wanted: &[(String, i64)]) -> Result<Quote, String> {
    let platform = &app.rooms.platform;
    let ask = Ask {
        lines: wanted.to_vec(),
        to: QuoteDestination {
            country: CountryCode::parse(country).ok_or("no country")?,
            postcode: None,
        },
        currency: currency("GBP"),
        wishes: Wishes::default(),
    };
    let room = &app.rooms.landed_cost;
    let quote = room
        .quote(platform.db.reader(), Uuid::now_v7(), platform.now(), &ask)
        .await;
    quote.map_err(told)?.map_err(told)
}

/// What keeps a quote from being firm, each reason once.
fn reasons_of(quote: &Quote) -> BTreeSet<String> {
    let mut reasons = BTreeSet::new();
    for line in &quote.lines {
        if let Some(missing) = &line.unknown {
            reasons.insert(match word(missing).as_str() {
                "hs" => "a line that nobody has classified".to_owned(),
                "duty" => "goods that the tariff at hand does not have".to_owned(),
                "territory" => "a country without rules".to_owned(),
                other => format!("no {other} at hand"),
            });
        }
    }
    if quote.duty_range.is_some() {
        reasons.insert("six digits leave several rates open".to_owned());
    }
    for rule in &quote.rules {
        let is_guess = word(&rule.confidence) == "estimate";
        let (day, review) = (
            Day::parse(&quote.day),
            rule.review_by.as_deref().and_then(Day::parse),
        );
        if is_guess && day > review && review.is_some() {
            reasons.insert(format!(
                "a rule past its review: {} {}",
                word(&rule.kind),
                rule.source
            ));
        } else if is_guess && word(&rule.kind) != "preference_possible" {
            reasons.insert(format!(
                "a rule that is itself an estimate: {}",
                word(&rule.kind)
            ));
        }
    }
    reasons
}

/// The name that JSON gives a word.
fn word(word: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(word).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

fn told_counts(counts: &BTreeMap<String, usize>) -> String {
    let told: Vec<String> = counts
        .iter()
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    told.join(", ")
}

/// Of the codes of small goods in the data set, how many the shipped tariffs know with the same rates.
async fn coverage(app: &TestApp, folder: &Path) -> Result<(), String> {
    let text =
        std::fs::read_to_string(folder.join("trade/mfn_small_batch_hs6.csv")).map_err(told)?;
    let set = app
        .rooms
        .landed_cost
        .rules()
        .current()
        .await
        .map_err(told)?;
    let day = app.rooms.platform.now().day();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().map_err(told)?.clone();
    for (column, country) in [
        ("eu_cet_mfn_cn2021", "DE"),
        ("uk_ukgt_mfn_2021", "GB"),
        ("us_hts_general_2025_04", "US"),
    ] {
        let at = headings
            .iter()
            .position(|heading| heading == column)
            .ok_or(column)?;
        let territory = set
            .rules
            .territory(code(country), day)
            .ok_or("no territory")?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let (mut codes, mut known, mut same) = (0, 0, 0);
        for record in reader.records() {
            let record = record.map_err(told)?;
            let rows = set.rules.duties(territory, &record[0], day);
            let ours: BTreeSet<String> = rows.iter().map(|row| row.rate.to_string()).collect();
            let theirs: BTreeSet<String> = record[at]
                .split([';', '|'])
                .map(|rate| plain(rate.trim()))
                .collect();
            codes += 1;
            known += usize::from(!ours.is_empty());
            same +=
                usize::from(ours.iter().map(|rate| plain(rate)).collect::<BTreeSet<_>>() == theirs);
        }
        println!(
            "{country}: {known} of {codes} codes of small goods are in the shipped tariff, {same} with exactly the rates of the data set"
        );
    }
    Ok(())
}

/// `Free`, `0%` and `0.00 %` are one rate.
fn plain(rate: &str) -> String {
    let rate = rate.to_lowercase().replace(' ', "");
    let percent = rate.strip_suffix('%').map(|number| {
        let number = if number.contains('.') {
            number.trim_end_matches('0').trim_end_matches('.')
        } else {
            number
        };
        number.to_owned()
    });
    match percent.as_deref() {
        Some("0") => "free".to_owned(),
        Some(number) => format!("{number}%"),
        None => rate,
    }
}

/// Twenty lines to the European Union, above the flat duty, so that each asks the tariff.
fn engine(rules: &Rules) -> Result<(), String> {
    const CODES: [&str; 10] = [
        "691110", "610910", "420222", "442090", "392640", "711719", "570210", "630260", "940511",
        "340600",
    ];
    let good = |at: usize| Good {
        hs: Some(Arc::from(CODES[at % CODES.len()])),
        origin: Some(code(["TR", "IN", "VN", "MX"][at % 4])),
        is_origin_proven: false,
        value: Money::new(2_000 + at as i64 * 37, Currency::EUR),
        items: 6,
        grams: 1_200,
    };
    let consignment = Consignment {
        day: Day::parse("2026-11-26").ok_or("a day")?,
        from: code("TR"),
        to: code("DE"),
        buyer: Buyer::Person,
        goods: (0..LINES).map(good).collect(),
        freight: Money::new(4_500, Currency::EUR),
    };
    let none = |_, _| None::<Rate>;
    let cost = reckon(rules, &consignment, none).map_err(told)?;
    if cost.duty.is_none_or(|duty| duty.minor == 0) || cost.tax.is_none() {
        return Err(format!(
            "the tariff was not asked: {:?} {:?}",
            cost.duty, cost.unknown
        ));
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let until = Instant::now() + MEASURED;
    let count = |()| {
        let mut count = 0_u64;
        while Instant::now() < until {
            let cost = reckon(rules, &consignment, none);
            count += u64::from(std::hint::black_box(cost).is_ok());
        }
        count
    };
    let counted: u64 = std::thread::scope(|threads| {
        let running: Vec<_> = (0..cores)
            .map(|_| threads.spawn(move || count(())))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or(0))
            .sum()
    });
    told_figure(
        "20-line baskets reckoned in the engine",
        counted as f64 / MEASURED.as_secs_f64(),
        ENGINE_AT_LEAST,
    );
    Ok(())
}

/// A shopper who asks for quotes of twenty lines without a pause.
struct Asking {
    connection: Connection,
    guest: Guest,
    body: Arc<str>,
}

impl Caller for Asking {
    async fn call(&mut self) -> Result<(), String> {
        let body = self.body.as_bytes();
        let reply = self
            .connection
            .send("POST", "/api/v1/quotes", &self.guest.token, body)
            .await;
        let reply = reply.map_err(told)?;
        if reply.status == 200 {
            return Ok(());
        }
        Err(format!(
            "{} {}",
            reply.status,
            String::from_utf8_lossy(&reply.body)
        ))
    }
}

/// `POST /quotes` of twenty lines.
async fn post(app: &TestApp, lines: &[OrderLine]) -> Result<(), String> {
    let mut skus: BTreeSet<&str> = BTreeSet::new();
    for line in lines.iter().take(2_000) {
        skus.insert(&line.stock_code);
    }
    let wanted: Vec<String> = skus
        .into_iter()
        .take(LINES)
        .map(|sku| format!(r#"{{"sku":"{sku}","quantity":24}}"#))
        .collect();
    let body = format!(
        r#"{{"lines":[{}],"ship_to":{{"country":"DE"}},"currency":"EUR"}}"#,
        wanted.join(",")
    );
    let body: Arc<str> = body.into();
    let address: SocketAddr = app
        .address
        .trim_start_matches("http://")
        .parse()
        .map_err(told)?;
    let mut asking = Vec::new();
    for _ in 0..CONNECTIONS {
        asking.push(Asking {
            connection: Connection::open(address).await.map_err(told)?,
            guest: guest(app).await,
            body: body.clone(),
        });
    }
    let (figure, _) = load("POST /quotes", asking).await?;
    println!(
        "p50 {:.1} ms, p99 {:.1} ms",
        figure.p50.as_secs_f64() * 1e3,
        figure.p99.as_secs_f64() * 1e3
    );
    told_figure("POST /quotes of 20 lines", figure.per_second, POST_AT_LEAST);
    Ok(())
}

fn told_figure(what: &str, is: f64, least: f64) {
    let verdict = if is >= least { "met" } else { "MISSED" };
    println!("{what:<56}{is:>8.0} /s  at least {least:>6.0}  {verdict}");
}

fn code(country: &str) -> CountryCode {
    CountryCode::parse(country).unwrap_or_else(|| panic!("{country} is a country"))
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap_or(Currency::EUR)
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
