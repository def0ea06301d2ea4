//! The 1,107 real baskets of *Online Retail* (Chen, D., 2015, UCI Machine Learning Repository), each put together by two
//! phones of one shopper over a line that drops requests and replies, then compared line by line.

use crate::{TestApp, app::spawn_app, phone::Phone};
use futures_util::{StreamExt, stream};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use sampan::catalog::{CatalogueImport, Importer, Map, Pictures};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
    path::Path,
    time::Instant,
};

const MAP: &str = include_str!("../../server/demo/maps/online-retail.json");
const SHOP: &str = "\
slug,name,tagline,story,country,place,tint,icon,founded,currency,manufacturer,address
retail,Online Retail,Gift ware,Real products and real baskets.,GB,London,#F4DDCB,,2009,GBP,Retail Ltd.,London; retail@shop.example
";
/// Shoppers at once.
const SHOPPERS: usize = 8;
/// Taps between two exchanges, at most.
const TAPS: usize = 6;

type Basket = BTreeMap<String, i64>;

/// What the line did to the requests of one basket.
#[derive(Default)]
struct Faults {
    exchanges: usize,
    dropped: usize,
    lost_replies: usize,
    sent_twice: usize,
}

/// Puts all baskets together and compares them; an error names the first differences.
pub async fn run(folder: &Path, loses_a_line: bool) -> Result<(), String> {
    let baskets = read(folder)?;
    let lines: usize = baskets.values().map(BTreeMap::len).sum();
    let app = spawn_app().await;
    fill(&app, folder).await?;
    let started = Instant::now();
    let put: Vec<_> = stream::iter(baskets.iter().enumerate())
        .map(|(number, (invoice, basket))| {
            let app = &app;
            async move {
                (
                    invoice,
                    basket,
                    put_together(app, basket, number as u64).await,
                )
            }
        })
        .buffer_unordered(SHOPPERS)
        .collect()
        .await;
    let elapsed = started.elapsed();
    let mut differences = Vec::new();
    let mut faults = Faults::default();
    for (index, (invoice, basket, shopper)) in put.into_iter().enumerate() {
        let mut shopper = shopper.map_err(|trouble| format!("basket {invoice}: {trouble}"))?;
        if loses_a_line && index == 0 {
            shopper.one.pop_first();
        }
        faults.exchanges += shopper.faults.exchanges;
        faults.dropped += shopper.faults.dropped;
        faults.lost_replies += shopper.faults.lost_replies;
        faults.sent_twice += shopper.faults.sent_twice;
        for (who, held) in [
            ("one phone", &shopper.one),
            ("the other phone", &shopper.two),
            ("the server", &shopper.server),
        ] {
            differences.extend(
                compare(basket, held).map(|line| format!("basket {invoice}, {who}: {line}")),
            );
        }
    }
    let Faults {
        exchanges,
        dropped,
        lost_replies,
        sent_twice,
    } = faults;
    println!(
        "Real baskets: {} baskets, {lines} lines, {exchanges} exchanges ({dropped} requests dropped, {lost_replies} replies lost, \
         {sent_twice} requests sent twice) in {:.1} s: {} differences",
        baskets.len(),
        elapsed.as_secs_f64(),
        differences.len()
    );
    if differences.is_empty() {
        return Ok(());
    }
    differences.truncate(5);
    Err(differences.join("; "))
}

/// Invoice → stock code → pieces.
fn read(folder: &Path) -> Result<BTreeMap<String, Basket>, String> {
    let mut baskets: BTreeMap<String, Basket> = BTreeMap::new();
    for line in lines(folder)? {
        *baskets
            .entry(line.invoice)
            .or_default()
            .entry(line.stock_code)
            .or_default() += line.pieces;
    }
    Ok(baskets)
}

/// One line of a real order.
pub struct OrderLine {
    pub invoice: String,
    /// ISO 3166-1, `JE` for the Channel Islands.
    pub country: String,
    pub stock_code: String,
    pub pieces: i64,
}

pub fn lines(folder: &Path) -> Result<Vec<OrderLine>, String> {
    let path = folder.join("online-retail/cross-border-orders.csv.gz");
    let packed = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice())
        .read_to_string(&mut text)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let line = |row: &str| {
        let cells: Vec<&str> = row.split(',').collect();
        let [invoice, _, _, country, stock_code, quantity, _] = cells[..] else {
            return Err(format!("not seven columns: {row}"));
        };
        let pieces = quantity
            .parse()
            .map_err(|_| format!("not a quantity: {row}"))?;
        Ok(OrderLine {
            invoice: invoice.to_owned(),
            country: country.to_owned(),
            stock_code: stock_code.to_owned(),
            pieces,
        })
    };
    text.lines().skip(1).map(line).collect()
}

/// The 1,555 real products as a shop's.
pub async fn fill(app: &TestApp, folder: &Path) -> Result<(), String> {
    let importer = Importer::of(&app.rooms.platform);
    let db = &app.rooms.platform.db;
    let told = |error: sampan::catalog::ImportError| error.to_string();
    importer
        .shops(db, SHOP.into(), Pictures::LeftOut)
        .await
        .map_err(told)?;
    let import = CatalogueImport {
        shop: "retail".to_owned(),
        bytes: std::fs::read(folder.join("online-retail/products.csv"))
            .map_err(|error| error.to_string())?,
        map: Some(Map::parse(MAP.as_bytes()).map_err(told)?),
        pictures: Pictures::LeftOut,
        replace: false,
        dry_run: false,
    };
    importer.catalogue(db, import).await.map_err(told)?;
    app.rooms.catalog.written();
    Ok(())
}

/// A basket as it stands in three places after everything has been sent.
struct Shopper {
    one: Basket,
    two: Basket,
    server: Basket,
    faults: Faults,
}

/// One tap, on one of the two phones.
enum Tap {
    Add(usize, i64),
    Set(usize, i64),
    Remove(usize),
}

async fn put_together(app: &TestApp, basket: &Basket, seed: u64) -> Result<Shopper, String> {
    let mut chance = StdRng::seed_from_u64(seed);
    let one = Phone::guest(app).await;
    let two = one.join(app).await;
    let cart = one.cart.clone();
    let mut phones = [one, two];
    let mut faults = Faults::default();
    let mut lines: Vec<(&String, Vec<Tap>)> = basket
        .iter()
        .map(|(line, pieces)| (line, taps(*pieces, &mut chance)))
        .collect();
    lines.shuffle(&mut chance);
    // Several lines are in hand at once, so that taps on one come between those on others.
    let mut in_hand: HashMap<usize, std::vec::IntoIter<Tap>> = HashMap::new();
    let mut waiting = lines.into_iter();
    let mut names = Vec::new();
    let mut until_exchange = [1, 1];
    loop {
        while in_hand.len() < 4 {
            let Some((line, taps)) = waiting.next() else {
                break;
            };
            in_hand.insert(names.len(), taps.into_iter());
            names.push(line);
        }
        let mut keys: Vec<usize> = in_hand.keys().copied().collect();
        keys.sort_unstable();
        let Some(key) = (!keys.is_empty()).then(|| keys[chance.random_range(0..keys.len())]) else {
            break;
        };
        let Some(tap) = in_hand.get_mut(&key).and_then(Iterator::next) else {
            in_hand.remove(&key);
            continue;
        };
        let line = names[key];
        let phone = match tap {
            Tap::Add(phone, delta) => {
                phones[phone].add(app, line, delta);
                phone
            }
            Tap::Set(phone, pieces) => {
                phones[phone].set(app, line, pieces);
                phone
            }
            Tap::Remove(phone) => {
                phones[phone].remove(app, line);
                phone
            }
        };
        until_exchange[phone] -= 1;
        if until_exchange[phone] == 0 {
            until_exchange[phone] = chance.random_range(1..=TAPS);
            exchange(app, &mut phones[phone], &mut faults, &mut chance).await?;
        }
    }
    for phone in [0, 1, 0] {
        calm(app, &mut phones[phone], &mut faults).await?;
    }
    let [one, two] = phones;
    Ok(Shopper {
        one: one.cart(),
        two: two.cart(),
        server: cart_of(app, &one, &cart).await?,
        faults,
    })
}

/// Several ways to come to so many pieces. Only one phone types quantities of a line; steps come from both.
fn taps(pieces: i64, chance: &mut StdRng) -> Vec<Tap> {
    let phone = chance.random_range(0..2);
    let part = chance.random_range(0..=pieces);
    match chance.random_range(0..5) {
        0 => vec![Tap::Set(phone, pieces)],
        1 => vec![Tap::Set(phone, pieces + 3), Tap::Set(phone, pieces)],
        2 => vec![
            Tap::Add(phone, pieces + 2),
            Tap::Remove(phone),
            Tap::Add(phone, pieces),
        ],
        3 => vec![Tap::Add(0, pieces + 1), Tap::Add(0, -1)],
        _ if part == 0 || part == pieces => vec![Tap::Add(phone, pieces)],
        _ => vec![Tap::Add(0, part), Tap::Add(1, pieces - part)],
    }
}

/// One try at an exchange over a bad line.
async fn exchange(
    app: &TestApp,
    phone: &mut Phone,
    faults: &mut Faults,
    chance: &mut StdRng,
) -> Result<(), String> {
    match chance.random_range(0..10) {
        0 => faults.dropped += 1,
        1..=3 => {
            faults.exchanges += 1;
            faults.lost_replies += 1;
            expect_200(phone.sync_and_lose_the_reply(app).await)?;
        }
        4 => {
            faults.exchanges += 2;
            faults.sent_twice += 1;
            expect_200(phone.sync_and_lose_the_reply(app).await)?;
            no_outcome(&expect_200(phone.sync(app).await)?)?;
        }
        _ => calm(app, phone, faults).await?,
    }
    Ok(())
}

/// An exchange that nothing happens to.
async fn calm(app: &TestApp, phone: &mut Phone, faults: &mut Faults) -> Result<(), String> {
    faults.exchanges += 1;
    no_outcome(&expect_200(phone.sync(app).await)?)
}

fn expect_200((status, reply): (u16, Value)) -> Result<Value, String> {
    if status == 200 {
        Ok(reply)
    } else {
        Err(format!("{status} {reply}"))
    }
}

/// Nothing here is refused, merged or superseded: an outcome would be a tap that was changed.
fn no_outcome(reply: &Value) -> Result<(), String> {
    match reply["outcomes"].as_array() {
        Some(outcomes) if outcomes.is_empty() => Ok(()),
        _ => Err(format!("an outcome nobody expects: {}", reply["outcomes"])),
    }
}

async fn cart_of(app: &TestApp, phone: &Phone, cart: &str) -> Result<Basket, String> {
    let reply = expect_200(
        app.get_as(&phone.token, &format!("/api/v1/carts/{cart}"))
            .await,
    )?;
    let lines = reply["lines"].as_array().ok_or("a cart without lines")?;
    let line = |line: &Value| {
        Some((
            line["line"].as_str()?.to_owned(),
            line["quantity"].as_i64()?,
        ))
    };
    Ok(lines.iter().filter_map(line).collect())
}

/// Every line that is missing, too much or another quantity.
fn compare<'a>(wanted: &'a Basket, held: &'a Basket) -> impl Iterator<Item = String> + 'a {
    let missing_or_other = wanted
        .iter()
        .filter_map(|(line, pieces)| match held.get(line) {
            Some(found) if found == pieces => None,
            found => Some(format!("{line} is {found:?} instead of {pieces}")),
        });
    let too_much = held.iter().filter(|(line, _)| !wanted.contains_key(*line));
    missing_or_other
        .chain(too_much.map(|(line, pieces)| format!("{line} is {pieces}, and was never ordered")))
}
