//! `sampan backup`, `verify`, `restore`: a copy of the database that is known to be whole, and the way back to it.
//!
//! A restored database is an earlier moment with a new epoch: phones notice, drop what they hold as confirmed, and send
//! again what the copy may lack. On PostgreSQL the copying is pgBackRest's; `verify` and `epoch renew` serve both.

use crate::{
    app::StartError,
    platform::{
        config::Config,
        db::{self, Db},
        ids::Ids,
    },
    scope::dataset,
};
use sea_orm::{ConnectionTrait, DbBackend};
use std::path::{Path, PathBuf};

/// What must be true of any moment of the data: a name, and a query that counts what breaks it.
const INVARIANTS: [(&str, &str); 11] = [
    (
        "no line is newer than its scope",
        "SELECT COUNT(*) AS n FROM cart_line l JOIN scope s ON s.id = l.scope_id WHERE l.rev > s.rev",
    ),
    (
        "no cart is newer than its scope",
        "SELECT COUNT(*) AS n FROM cart c JOIN scope s ON s.id = c.scope_id WHERE c.rev > s.rev",
    ),
    (
        "no op is newer than its scope",
        "SELECT COUNT(*) AS n FROM op o JOIN scope s ON s.id = o.scope_id WHERE o.rev > s.rev",
    ),
    (
        "every told op has its outcome",
        "SELECT COUNT(*) AS n FROM op o WHERE o.code = 'working' \
         AND NOT EXISTS (SELECT 1 FROM outcome t WHERE t.scope_id = o.scope_id AND t.op_id = o.id)",
    ),
    (
        "a scope has one open cart at most",
        "SELECT COUNT(*) AS n FROM (SELECT scope_id FROM cart WHERE state = 'open' GROUP BY scope_id HAVING COUNT(*) > 1) AS twice",
    ),
    (
        "what is held for orders adds up",
        "SELECT COUNT(*) AS n FROM stock s WHERE s.reserved <> (SELECT COALESCE(SUM(r.quantity - r.shipped - r.waiting), 0) \
         FROM reservation r WHERE r.shop_id = s.shop_id AND r.sku = s.sku AND r.warehouse = s.warehouse AND r.state = 'held')",
    ),
    (
        "what is sold of a promise is what orders wait for",
        "SELECT COUNT(*) AS n FROM promise p WHERE p.back_ordered <> (SELECT COALESCE(SUM(r.waiting), 0) \
         FROM reservation r WHERE r.shop_id = p.shop_id AND r.sku = p.sku AND r.warehouse = p.warehouse AND r.state = 'held')",
    ),
    (
        "what is on hand follows from its movements",
        "SELECT COUNT(*) AS n FROM stock s WHERE s.on_hand <> (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movement m \
         WHERE m.shop_id = s.shop_id AND m.sku = s.sku AND m.warehouse = s.warehouse AND m.kind NOT IN ('reserved', 'released', 'back_ordered', 'back_released', 'back_served'))",
    ),
    (
        "a placed checkout has its orders",
        "SELECT COUNT(*) AS n FROM checkout c WHERE c.state = 'placed' \
         AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.scope_id = c.scope_id AND o.order_group = c.order_group)",
    ),
    (
        "an order's lines add up to its goods",
        "SELECT COUNT(*) AS n FROM shop_order o WHERE o.goods_minor <> (SELECT COALESCE(SUM(l.total_minor), 0) \
         FROM order_line l WHERE l.scope_id = o.scope_id AND l.order_id = o.id)",
    ),
    (
        "no payment gave back more than it took",
        "SELECT COUNT(*) AS n FROM payment WHERE refunded_minor > captured_minor OR captured_minor > amount_minor",
    ),
];

/// How much a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    pub scopes: i64,
    pub orders: i64,
    pub ops: i64,
}

/// `sampan backup FILE`
pub async fn backup(config: &Config, file: &Path) -> Result<(), StartError> {
    let contents = copy(&config.database, file).await?;
    println!(
        "{} holds {contents}. Keep {} with it: without the keys no phone and no push subscription knows the server.",
        file.display(),
        config.keys_file.display()
    );
    Ok(())
}

/// `sampan verify [FILE]`
pub async fn verify(config: &Config, file: Option<&Path>) -> Result<(), StartError> {
    let database = match file {
        Some(file) => existing(file)?,
        None => config.database.clone(),
    };
    let contents = check(&database).await?;
    println!(
        "All {} promises hold. It holds {contents}.",
        INVARIANTS.len()
    );
    Ok(())
}

/// `sampan restore FILE`
pub async fn restore(config: &Config, file: &Path, ids: &dyn Ids) -> Result<(), StartError> {
    let (contents, kept) = put_back(&config.database, file, ids).await?;
    println!(
        "{} holds {contents} again, in a new epoch: phones send again what it may lack.",
        config.database
    );
    if let Some(kept) = kept {
        println!("What was there before is kept as {}.", kept.display());
    }
    Ok(())
}

/// Copies a database, also while a server runs on it, and checks the copy. An existing file is never written over.
pub async fn copy(database: &str, file: &Path) -> Result<Contents, StartError> {
    let source = sqlite_file(database).ok_or(
        "PostgreSQL is backed up by its own tools: see pgBackRest in the README, then `sampan verify` and `sampan epoch renew`",
    )?;
    if !source.exists() {
        return Err(format!("{} is not there", source.display()).into());
    }
    if file.exists() {
        return Err(format!("{} is already there: give another name", file.display()).into());
    }
    let name = file
        .to_str()
        .ok_or("the name of the file must be readable text")?;
    let db = Db::connect(database).await?;
    let copied = db::execute(db.writer(), "VACUUM INTO $1", [name.into()]).await;
    db.close().await?;
    copied.map_err(|error| format!("{} could not be written: {error}", file.display()))?;
    std::fs::File::open(file)?.sync_all()?;
    // A copy that fails its check is kept for a look, under a name that nobody restores by mistake.
    match check(&existing(file)?).await {
        Ok(contents) => Ok(contents),
        Err(error) => {
            let bad = beside(file, "broken");
            std::fs::rename(file, &bad)?;
            Err(format!("{error}. The copy is kept as {}", bad.display()).into())
        }
    }
}

/// Is every page readable, and does every promise hold?
pub async fn check(database: &str) -> Result<Contents, StartError> {
    let db = Db::connect(database).await?;
    let checked = check_open(&db).await;
    db.close().await?;
    checked
}

async fn check_open(db: &Db) -> Result<Contents, StartError> {
    let reader = db.reader();
    if db.backend() == DbBackend::Sqlite {
        let row = db::fetch_one(reader, "PRAGMA integrity_check(1)", []).await?;
        let verdict: String = row.ok_or("SQLite checks nothing")?.try_get_by_index(0)?;
        if verdict != "ok" {
            return Err(format!("the file is damaged: {verdict}").into());
        }
    }
    let mut broken = Vec::new();
    for (name, text) in INVARIANTS {
        let count = count(reader, text).await?;
        if count > 0 {
            broken.push(format!("{name}: {count} break it"));
        }
    }
    if !broken.is_empty() {
        return Err(format!("the data breaks promises: {}", broken.join("; ")).into());
    }
    Ok(Contents {
        scopes: count(reader, "SELECT COUNT(*) AS n FROM scope").await?,
        orders: count(reader, "SELECT COUNT(*) AS n FROM shop_order").await?,
        ops: count(reader, "SELECT COUNT(*) AS n FROM op").await?,
    })
}

/// Puts a checked copy in the database's place and renews the epoch; what was there is kept beside it. Refuses while a
/// server has the database open.
pub async fn put_back(
    database: &str,
    file: &Path,
    ids: &dyn Ids,
) -> Result<(Contents, Option<PathBuf>), StartError> {
    let target = sqlite_file(database).ok_or(
        "PostgreSQL is restored by its own tools: see pgBackRest in the README, then `sampan epoch renew`",
    )?;
    let contents = check(&existing(file)?).await?;
    let kept = if target.exists() {
        close_log(database, &target).await?;
        let kept = (1..)
            .map(|number| beside(&target, &format!("before-restore-{number}")))
            .find(|name| !name.exists());
        let kept = kept.ok_or("no name is left for what is there")?;
        std::fs::rename(&target, &kept)?;
        Some(kept)
    } else {
        None
    };
    let arriving = beside(&target, "arriving");
    std::fs::copy(file, &arriving)?;
    std::fs::File::open(&arriving)?.sync_all()?;
    std::fs::rename(&arriving, &target)?;
    let db = Db::connect(database).await?;
    sampan_migrations::up(db.writer()).await?;
    let renewed = dataset::renew_epoch(&db, ids).await;
    db.close().await?;
    renewed?;
    Ok((contents, kept))
}

/// Moves SQLite's log into its file, which works only when nobody else has it open.
async fn close_log(database: &str, target: &Path) -> Result<(), StartError> {
    let db = Db::connect_alone(database).await?;
    let text = "PRAGMA journal_mode = DELETE";
    let row = db::fetch_one(&db, text, []).await;
    let is_alone = matches!(&row, Ok(Some(row)) if row.try_get_by_index::<String>(0).is_ok_and(|mode| mode == "delete"));
    db.close().await?;
    if is_alone {
        return Ok(());
    }
    Err(format!(
        "a server still has {} open: stop it first",
        target.display()
    )
    .into())
}

async fn count(connection: &impl ConnectionTrait, text: &str) -> Result<i64, StartError> {
    let row = db::fetch_one(connection, text, []).await?;
    Ok(row.ok_or("a count without a row")?.try_get("", "n")?)
}

fn existing(file: &Path) -> Result<String, StartError> {
    if file.is_file() {
        Ok(format!("sqlite://{}", file.display()))
    } else {
        Err(format!("{} is not there", file.display()).into())
    }
}

/// The file behind a SQLite address.
fn sqlite_file(database: &str) -> Option<PathBuf> {
    let file = database.strip_prefix("sqlite:")?;
    let file = file.trim_start_matches("//");
    Some(file.split('?').next().unwrap_or(file).into())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

impl std::fmt::Display for Contents {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{} shoppers, {} orders, {} ops",
            self.scopes, self.orders, self.ops
        )
    }
}
