//! What the world reads straight out of the database: where scopes stand, what staff finds, what must add up.

use super::{
    host::Host,
    trade::{CartRow, CheckoutRow},
};
use sampan::platform::{db, token};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

/// A batch on a seller's bench.
#[derive(Clone, Debug)]
pub struct BatchRow {
    pub id: Uuid,
    pub shop: String,
    pub state: String,
}

impl Host {
    async fn rows(&self, text: &str, values: Vec<Value>) -> Vec<QueryResult> {
        let reader = self.rooms().platform.db.reader();
        db::fetch_all(reader, text, values).await.expect("a query")
    }

    /// One number called `n`.
    pub async fn count(&self, text: &str, values: Vec<Value>) -> i64 {
        let rows = self.rows(text, values).await;
        rows[0].try_get("", "n").expect("a number")
    }

    /// Revision and its time; 0 where there is no such scope.
    pub async fn revision(&self, scope: Uuid) -> (i64, i64) {
        let text = "SELECT rev, rev_at FROM scope WHERE id = $1";
        let rows = self.rows(text, vec![scope.into()]).await;
        let number = |name| {
            rows.first()
                .map_or(0, |row| row.try_get("", name).expect("a number"))
        };
        (number("rev"), number("rev_at"))
    }

    pub async fn carts(&self, scope: Uuid) -> Vec<CartRow> {
        let text =
            "SELECT id, rev, successor, order_group FROM cart WHERE scope_id = $1 ORDER BY id";
        let rows = self.rows(text, vec![scope.into()]).await;
        let read = |row: &QueryResult| CartRow {
            id: row.try_get("", "id").expect("an id"),
            rev: row.try_get("", "rev").expect("a revision"),
            successor: row.try_get("", "successor").expect("an id"),
            group: row.try_get("", "order_group").expect("an id"),
        };
        rows.iter().map(read).collect()
    }

    pub async fn checkouts(&self, scope: Uuid) -> Vec<CheckoutRow> {
        let text = "SELECT intent, state, why, rev, order_group, payment_id, quote FROM checkout \
                    WHERE scope_id = $1 ORDER BY intent";
        let rows = self.rows(text, vec![scope.into()]).await;
        let word = |row: &QueryResult, name: &str| {
            row.try_get::<Option<String>>("", name)
                .expect("a word")
                .unwrap_or_default()
        };
        let read = |row: &QueryResult| CheckoutRow {
            intent: word(row, "intent"),
            state: word(row, "state"),
            why: word(row, "why"),
            rev: row.try_get("", "rev").expect("a revision"),
            group: row.try_get("", "order_group").expect("an id"),
            payment: row.try_get("", "payment_id").expect("an id"),
            quote: serde_json::from_str(&word(row, "quote")).unwrap_or_default(),
        };
        rows.iter().map(read).collect()
    }

    /// Charges made for a payment, and what of them was kept; none if the provider never heard of it.
    pub async fn charged(&self, payment: Uuid) -> (i64, i64) {
        let text = "SELECT charges, captured_minor - refunded_minor AS kept FROM sandbox_payment WHERE payment_id = $1";
        let rows = self.rows(text, vec![payment.into()]).await;
        let number = |name| {
            rows.first()
                .map_or(0, |row| row.try_get("", name).expect("a number"))
        };
        (number("charges"), number("kept"))
    }

    pub async fn batches(&self) -> Vec<BatchRow> {
        let text = "SELECT d.batch_id, d.shop_slug, b.state FROM batch_directory d \
                    JOIN batch b ON b.scope_id = d.scope_id AND b.id = d.batch_id ORDER BY d.batch_id";
        let read = |row: &QueryResult| BatchRow {
            id: row.try_get("", "batch_id").expect("an id"),
            shop: row.try_get("", "shop_slug").expect("a slug"),
            state: row.try_get("", "state").expect("a state"),
        };
        self.rows(text, Vec::new()).await.iter().map(read).collect()
    }

    /// A seller's access token.
    pub fn seller_token(&self, seller: Uuid) -> String {
        token::sign(&self.rooms().platform, seller, Uuid::nil()).expect("a token")
    }
}
