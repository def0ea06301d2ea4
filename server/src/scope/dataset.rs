//! Which set of data this is: its epoch, and whether it is the demo market.

use crate::platform::{
    db::{self, Db, Tx},
    ids::Ids,
};
use sea_orm::{ConnectionTrait, DbErr};

/// Gives a new database its epoch; leaves a known one alone.
pub async fn ensure(db: &Db, ids: &dyn Ids) -> Result<(), DbErr> {
    let epoch = new_epoch(ids);
    db.write(move |tx| {
        let epoch = epoch.clone();
        Box::pin(async move {
            let text = "INSERT INTO dataset (id, epoch, is_demo) VALUES (1, $1, 0) ON CONFLICT (id) DO NOTHING";
            db::execute(tx, text, [epoch.into()]).await.map(|_| ())
        })
    })
    .await
}

/// No shopper has been here yet.
pub async fn is_empty(db: &Db) -> Result<bool, DbErr> {
    Ok(
        db::fetch_one(db.reader(), "SELECT 1 AS one FROM scope LIMIT 1", [])
            .await?
            .is_none(),
    )
}

/// `sampan epoch renew`, after a point-in-time recovery: phones notice the new epoch, drop what they hold as confirmed,
/// and send again what the recovered data may have lost. Answers the new epoch.
pub async fn renew_epoch(db: &Db, ids: &dyn Ids) -> Result<String, DbErr> {
    let epoch = new_epoch(ids);
    let renewed = epoch.clone();
    db.write(move |tx| {
        let epoch = epoch.clone();
        Box::pin(async move {
            db::execute(tx, "UPDATE dataset SET epoch = $1", [epoch.into()]).await?;
            db::execute(tx, "UPDATE scope SET restored_rev = rev", []).await?;
            db::execute(tx, "UPDATE device SET base_floor = 0", [])
                .await
                .map(|_| ())
        })
    })
    .await?;
    Ok(renewed)
}

fn new_epoch(ids: &dyn Ids) -> String {
    format!("e_{}", &ids.v4().simple().to_string()[..16])
}

/// Was this database filled by `serve --demo`?
pub async fn is_demo(db: &Db) -> Result<bool, DbErr> {
    let text = "SELECT 1 AS one FROM dataset WHERE is_demo = 1";
    Ok(db::fetch_one(db.reader(), text, []).await?.is_some())
}

/// Neither shopper nor shop: the demo market may move in.
pub async fn is_untouched(db: &Db) -> Result<bool, DbErr> {
    let text = "SELECT 1 AS one FROM shop LIMIT 1";
    Ok(is_empty(db).await? && db::fetch_one(db.reader(), text, []).await?.is_none())
}

/// Marks the database as the demo market.
pub async fn mark_demo(tx: &Tx) -> Result<(), DbErr> {
    let text = "UPDATE dataset SET is_demo = 1 WHERE id = 1";
    db::execute(tx, text, []).await.map(|_| ())
}

/// The random name of this set of data; a restored backup gets another.
pub async fn epoch(connection: &impl ConnectionTrait) -> Result<String, DbErr> {
    let row = db::fetch_one(connection, "SELECT epoch FROM dataset WHERE id = 1", []).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("dataset".to_owned()))?
        .try_get("", "epoch")
}
