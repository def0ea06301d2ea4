//! Carts, their lines, and the small registers a shopper sets; what a phone has not yet named as seen.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            "
            CREATE TABLE cart (
                scope_id {uuid} NOT NULL,
                id {uuid} NOT NULL,
                rev BIGINT NOT NULL,
                state {text} NOT NULL,
                successor {uuid},
                order_group {uuid},
                absorbed_lines BIGINT NOT NULL,
                line_count BIGINT NOT NULL,
                PRIMARY KEY (scope_id, id)
            );
            CREATE INDEX cart_by_rev ON cart (scope_id, rev);
            CREATE UNIQUE INDEX cart_by_order_group ON cart (scope_id, order_group);
            CREATE TABLE cart_line (
                scope_id {uuid} NOT NULL,
                cart_id {uuid} NOT NULL,
                line {text} NOT NULL,
                rev BIGINT NOT NULL,
                quantity BIGINT NOT NULL,
                merge {text} NOT NULL,
                note {text},
                note_stamp {text},
                seen_price_minor BIGINT,
                seen_price_currency {text},
                PRIMARY KEY (scope_id, cart_id, line)
            );
            CREATE INDEX cart_line_by_rev ON cart_line (scope_id, rev);
            CREATE TABLE register (
                scope_id {uuid} NOT NULL,
                kind {text} NOT NULL,
                id {text} NOT NULL,
                rev BIGINT NOT NULL,
                stamp {text} NOT NULL,
                value {text},
                PRIMARY KEY (scope_id, kind, id)
            );
            CREATE INDEX register_by_rev ON register (scope_id, kind, rev);
            ALTER TABLE device ADD COLUMN undelivered BIGINT NOT NULL DEFAULT 0
            ",
        )
        .await
    }
}
