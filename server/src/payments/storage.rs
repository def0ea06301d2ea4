//! Payments in the database. They are bookkeeping: no phone syncs them, so they take no revision.

use crate::{
    payments::{
        model::{NewPayment, Payment, PaymentMethod, PaymentState},
        provider::Standing,
    },
    platform::{
        Platform,
        db::{self, Tx},
    },
};
use sampan_engine::money::{Currency, Money};
use sea_orm::{ConnectionTrait, DbErr, Value};
use uuid::Uuid;

/// Opens the one payment of an intent; opening it again changes nothing.
pub async fn open(tx: &Tx, scope_id: Uuid, payment: &NewPayment, now: i64) -> Result<(), DbErr> {
    let text = "INSERT INTO payment (scope_id, id, intent, provider, token, state, amount_minor, currency, captured_minor, \
                refunded_minor, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $9) \
                ON CONFLICT (scope_id, intent) DO NOTHING";
    let values: [Value; 9] = [
        scope_id.into(),
        payment.id.into(),
        payment.intent.as_str().into(),
        payment.method.provider.as_str().into(),
        payment.method.token.as_str().into(),
        PaymentState::Created.as_str().into(),
        payment.amount.minor.into(),
        payment.amount.currency.as_str().into(),
        now.into(),
    ];
    db::execute(tx, text, values).await?;
    let directory = "INSERT INTO payment_directory (payment_id, scope_id) VALUES ($1, $2) ON CONFLICT (payment_id) DO NOTHING";
    db::execute(tx, directory, [payment.id.into(), scope_id.into()])
        .await
        .map(|_| ())
}

/// A payment of this shopper.
pub async fn find(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    payment_id: Uuid,
) -> Result<Option<Payment>, DbErr> {
    let text = "SELECT id, intent, provider, token, state, amount_minor, currency FROM payment WHERE scope_id = $1 AND id = $2";
    let row = db::fetch_one(connection, text, [scope_id.into(), payment_id.into()]).await?;
    row.map(|row| {
        let (state, code): (String, String) =
            (row.try_get("", "state")?, row.try_get("", "currency")?);
        let unreadable = |what: &str| DbErr::Custom(format!("stored payment: {what}"));
        let currency = Currency::parse(&code).ok_or_else(|| unreadable("currency"))?;
        Ok(Payment {
            id: row.try_get("", "id")?,
            intent: row.try_get("", "intent")?,
            method: PaymentMethod {
                provider: row.try_get("", "provider")?,
                token: row.try_get("", "token")?,
            },
            state: PaymentState::parse(&state).ok_or_else(|| unreadable("state"))?,
            amount: Money::new(row.try_get("", "amount_minor")?, currency),
        })
    })
    .transpose()
}

/// Whose payment this is.
pub async fn scope_of(
    connection: &impl ConnectionTrait,
    payment_id: Uuid,
) -> Result<Option<Uuid>, DbErr> {
    let text = "SELECT scope_id FROM payment_directory WHERE payment_id = $1";
    let row = db::fetch_one(connection, text, [payment_id.into()]).await?;
    row.map(|row| row.try_get("", "scope_id")).transpose()
}

/// From here on the provider may know of it: ask after it before asking again.
pub async fn processing(
    platform: &Platform,
    scope_id: Uuid,
    payment_id: Uuid,
) -> Result<(), DbErr> {
    let text = "UPDATE payment SET state = 'processing', updated_at = $3 \
                WHERE scope_id = $1 AND id = $2 AND state IN ('created', 'unknown', 'processing', 'requires_action')";
    let values = vec![
        scope_id.into(),
        payment_id.into(),
        platform.now().micros().into(),
    ];
    write(platform, text, values).await
}

/// What the provider said. The money captured and given back is kept with it.
pub async fn record(
    platform: &Platform,
    scope_id: Uuid,
    payment_id: Uuid,
    standing: Standing,
) -> Result<(), DbErr> {
    let state = PaymentState::from(standing);
    let text = "UPDATE payment SET state = $3, updated_at = $4, \
                captured_minor = CASE WHEN $3 = 'captured' THEN amount_minor ELSE captured_minor END, \
                refunded_minor = CASE WHEN $3 = 'cancelled' THEN captured_minor ELSE refunded_minor END \
                WHERE scope_id = $1 AND id = $2 AND (state NOT IN ('captured', 'declined', 'cancelled') OR $3 = 'cancelled')";
    let values = vec![
        scope_id.into(),
        payment_id.into(),
        state.as_str().into(),
        platform.now().micros().into(),
    ];
    write(platform, text, values).await
}

async fn write(platform: &Platform, text: &'static str, values: Vec<Value>) -> Result<(), DbErr> {
    platform
        .db
        .write(move |tx| {
            let values = values.clone();
            Box::pin(async move { db::execute(tx, text, values).await.map(|_| ()) })
        })
        .await
}
