//! What is on the shelf, what is held for whom, and how it came and went. Goes by `shop_id`.

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
            CREATE TABLE stock (
                shop_id {uuid} NOT NULL,
                sku {text} NOT NULL,
                on_hand BIGINT NOT NULL,
                reserved BIGINT NOT NULL,
                PRIMARY KEY (shop_id, sku),
                CHECK (reserved >= 0 AND reserved <= on_hand)
            );
            CREATE TABLE reservation (
                shop_id {uuid} NOT NULL,
                order_group {uuid} NOT NULL,
                sku {text} NOT NULL,
                quantity BIGINT NOT NULL,
                shipped BIGINT NOT NULL,
                state {text} NOT NULL,
                until BIGINT NOT NULL,
                PRIMARY KEY (shop_id, order_group, sku)
            );
            CREATE INDEX reservation_by_group ON reservation (order_group);
            CREATE INDEX reservation_due ON reservation (state, until);
            CREATE TABLE stock_movement (
                shop_id {uuid} NOT NULL,
                sku {text} NOT NULL,
                kind {text} NOT NULL,
                reference {uuid} NOT NULL,
                quantity BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (shop_id, sku, kind, reference)
            )
            ",
        )
        .await
    }
}
