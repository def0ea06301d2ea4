//! The world's market, built once a process and copied for every seed: shops, shelves, accounts, and the triggers by
//! which a world makes a statement fail.

use super::chance::SeededIds;
use crate::app::{self, TestClock};
use sampan::{
    accounts,
    app::{Sources, Tuning, build_with},
    catalog::{self, CatalogueImport, Importer, Pictures},
    platform::{Platform, db::Db},
};
use sea_orm::ConnectionTrait;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::Uuid;

pub const PASSWORD: &str = "two sloops and a ketch";
/// Accounts that shoppers log in to.
pub const EMAILS: [&str; 2] = ["one@world.example", "two@world.example"];
/// The shops, each with the people who pack for it.
pub const SHOPS: [&str; 2] = ["pots", "nets"];

/// One thing on a shelf, as the seller prices it today; cents of a euro.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    pub sku: &'static str,
    pub shop: &'static str,
    pub price: i64,
    /// From 24 pieces.
    pub price_from_24: i64,
    pub stock: i64,
    pub is_listed: bool,
}

pub const OFFERS: [Offer; 4] = [
    offer("MUG-1", "pots", 900, 750, 100_000),
    offer("TEA-1", "pots", 400, 350, 45),
    offer("NET-1", "nets", 2_000, 1_800, 100_000),
    offer("ROPE-1", "nets", 150, 120, 100_000),
];

const fn offer(
    sku: &'static str,
    shop: &'static str,
    price: i64,
    price_from_24: i64,
    stock: i64,
) -> Offer {
    Offer {
        sku,
        shop,
        price,
        price_from_24,
        stock,
        is_listed: true,
    }
}

const SHOP_ROWS: &str = "\
slug,name,tagline,story,country,place,tint,icon,founded,currency,manufacturer,address
pots,Pots,Clay by hand,Three cousins and a kiln.,PT,Redondo,#F4DDCB,,2009,EUR,Pots Lda.,Rua 1 Redondo; pots@shop.example
nets,Nets,Knots that hold,Two sisters and a quay.,PT,Olhão,#DDE6F4,,2011,EUR,Nets Lda.,Cais 3 Olhão; nets@shop.example
";

/// The filled database that seeds start from.
#[derive(Clone)]
pub struct Template {
    database: String,
    pub keys: PathBuf,
    pub sellers: [Uuid; 2],
}

/// A folder in memory where there is one: a world flushes to disk thousands of times.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    made.expect("a temporary folder")
}

pub async fn of_this_process() -> Template {
    static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
    TEMPLATE.get_or_init(make).await.clone()
}

async fn make() -> Template {
    let folder = tempfile::tempdir().expect("a temporary folder").keep();
    let database = app::fresh_database(&folder).await;
    let config = app::settings(&folder, database.clone());
    let keys = config.keys_file.clone();
    let sources = Sources {
        clock: Arc::new(TestClock::starting_at(app::START)),
        ids: Arc::new(SeededIds::new(0)),
    };
    sampan::app::install_crypto();
    let rooms = build_with(config, sources, Tuning::default())
        .await
        .expect("the server is built");
    let platform = rooms.platform.clone();
    let importer = Importer::of(&platform);
    importer
        .shops(&platform.db, SHOP_ROWS.into(), Pictures::LeftOut)
        .await
        .expect("shops");
    for shop in SHOPS {
        stock_shelf(&platform, shop, &OFFERS, true).await;
    }
    let mut people = Vec::new();
    for email in EMAILS
        .iter()
        .chain(&["pots@world.example", "nets@world.example"])
    {
        let preferences = accounts::Preferences::default();
        let made = accounts::create_account(&platform, email, PASSWORD, &[], preferences).await;
        people.push(made.expect("an account"));
    }
    let sellers = [people[2], people[3]];
    for (shop, seller) in SHOPS.into_iter().zip(sellers) {
        let write = platform.db.write(move |tx| {
            Box::pin(async move { catalog::add_member(tx, shop, seller, "owner").await })
        });
        assert!(write.await.expect("a write"), "{shop} exists");
    }
    make_breakable(&platform.db).await;
    drop(rooms);
    close(&platform.db).await;
    Template {
        database,
        keys,
        sellers,
    }
}

/// Takes a shop's offers in, through the importer as a seller would. What is not listed is left out of the file.
pub async fn stock_shelf(platform: &Platform, shop: &str, offers: &[Offer], with_stock: bool) {
    let mut file =
        "sku,title,description,category,currency,tier1_min,tier1_price,tier2_min,tier2_price,\
                    pack_step,origin,hs6,weight_grams,lead_time_days"
            .to_owned();
    file.push_str(if with_stock { ",stock\n" } else { "\n" });
    let euros = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
    for offer in offers
        .iter()
        .filter(|offer| offer.shop == shop && offer.is_listed)
    {
        let (sku, one, many) = (offer.sku, euros(offer.price), euros(offer.price_from_24));
        file.push_str(&format!(
            "{sku},{sku},Made by hand.,tableware,EUR,1,{one},24,{many},1,PT,691200,350,3"
        ));
        if with_stock {
            file.push_str(&format!(",{}", offer.stock));
        }
        file.push('\n');
    }
    let import = CatalogueImport {
        shop: shop.to_owned(),
        bytes: file.into_bytes(),
        map: None,
        pictures: Pictures::LeftOut,
        replace: true,
        dry_run: false,
    };
    Importer::of(platform)
        .catalogue(&platform.db, import)
        .await
        .expect("a catalogue");
}

/// Triggers that fail a statement while the table's name is in `world_fault`.
async fn make_breakable(db: &Db) {
    let is_postgres = db.backend() == sea_orm::DbBackend::Postgres;
    let mut statements = vec!["CREATE TABLE world_fault (name TEXT PRIMARY KEY)".to_owned()];
    if is_postgres {
        statements.push(
            "CREATE FUNCTION world_break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF EXISTS (SELECT 1 FROM world_fault WHERE name = TG_TABLE_NAME) THEN \
             RAISE EXCEPTION 'the server died here'; END IF; RETURN NEW; END $$"
                .to_owned(),
        );
    }
    for table in super::host::BREAKABLE {
        statements.push(if is_postgres {
            format!(
                "CREATE TRIGGER world_break BEFORE INSERT OR UPDATE ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION world_break()"
            )
        } else {
            format!(
                "CREATE TRIGGER world_break_{table} BEFORE INSERT ON {table} \
                 WHEN EXISTS (SELECT 1 FROM world_fault WHERE name = '{table}') \
                 BEGIN SELECT RAISE(ABORT, 'the server died here'); END"
            )
        });
    }
    for statement in statements {
        db.writer()
            .execute_unprepared(&statement)
            .await
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

impl Template {
    pub async fn copy_to(&self, file: &Path) -> String {
        copy(&self.database, file).await
    }
}

/// A copy of a database nobody is connected to; on SQLite it becomes this file.
pub async fn copy(database: &str, file: &Path) -> String {
    if let Some(name) = postgres_name(database) {
        return app::copy_postgres(&server(), name).await;
    }
    let source = sqlite_file(database);
    for ending in ["", "-wal"] {
        let (from, to) = (with(&source, ending), with(file, ending));
        let _ = std::fs::remove_file(&to);
        if from.exists() {
            std::fs::copy(&from, &to).expect("a copy of the file");
        }
    }
    let _ = std::fs::remove_file(with(file, "-shm"));
    format!("sqlite://{}", file.display())
}

/// Drops a database that is no longer needed.
pub async fn discard(database: &str) {
    if let Some(name) = postgres_name(database) {
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        app::on_postgres(&server(), &drop).await;
        return;
    }
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(with(&sqlite_file(database), ending));
    }
}

/// Closes every connection of a stopped server.
pub async fn close(db: &Db) {
    db.writer().clone().close().await.expect("closed");
    if db.backend() != sea_orm::DbBackend::Postgres {
        db.reader().clone().close().await.expect("closed");
    }
}

/// Which database the worlds of this process run on.
pub fn backend() -> &'static str {
    match std::env::var("SAMPAN_TEST_DATABASE") {
        Ok(url) if url.starts_with("postgres") => "PostgreSQL",
        _ => "SQLite",
    }
}

fn server() -> String {
    std::env::var("SAMPAN_TEST_DATABASE").expect("the address of PostgreSQL")
}

fn postgres_name(database: &str) -> Option<&str> {
    database
        .starts_with("postgres")
        .then(|| database.rsplit('/').next())?
}

fn sqlite_file(database: &str) -> PathBuf {
    PathBuf::from(database.trim_start_matches("sqlite://"))
}

fn with(file: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", file.display()))
}
