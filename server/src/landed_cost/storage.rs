//! Quotes in the database.

use crate::{
    landed_cost::model::Quote,
    platform::db::{self, Tx},
};
use sampan_engine::time::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

/// Quotes are kept so long after they expired, for whoever asks what was promised.
const KEPT_DAYS: i64 = 7;

/// Stores a quote whole, and drops the shopper's long expired ones.
pub async fn insert(tx: &Tx, scope_id: Uuid, quote: &Quote, now: Timestamp) -> Result<(), DbErr> {
    let old = "DELETE FROM quote WHERE scope_id = $1 AND expires_at < $2";
    let values = [scope_id.into(), now.plus_days(-KEPT_DAYS).micros().into()];
    db::execute(tx, old, values).await?;
    let body = serde_json::to_string(quote).map_err(|error| DbErr::Custom(error.to_string()))?;
    let text = "INSERT INTO quote (scope_id, id, created_at, expires_at, country, body) \
                VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        scope_id.into(),
        quote.id.into(),
        now.micros().into(),
        quote.expires_at.micros().into(),
        quote.ship_to.country.as_str().into(),
        body.into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

/// A quote of this shopper, expired or not.
pub async fn find(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    quote_id: Uuid,
) -> Result<Option<Quote>, DbErr> {
    let text = "SELECT body FROM quote WHERE scope_id = $1 AND id = $2";
    let row = db::fetch_one(connection, text, [scope_id.into(), quote_id.into()]).await?;
    row.map(|row| {
        let body: String = row.try_get("", "body")?;
        serde_json::from_str(&body).map_err(|error| DbErr::Custom(format!("stored quote: {error}")))
    })
    .transpose()
}
