//! What is promised of a variant in a place: more comes on a day, and so many of it may be sold before it is there.

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
            CREATE TABLE promise (
                shop_id {uuid} NOT NULL,
                sku {text} NOT NULL,
                warehouse {uuid} NOT NULL,
                expected_on {text} NOT NULL,
                promised BIGINT NOT NULL,
                back_ordered BIGINT NOT NULL,
                PRIMARY KEY (shop_id, sku, warehouse),
                CHECK (back_ordered >= 0 AND back_ordered <= promised)
            );
            ALTER TABLE reservation ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE reservation ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
            CREATE INDEX reservation_waiting ON reservation (shop_id, sku, warehouse, since) WHERE waiting > 0;
            CREATE INDEX order_group_by_id ON order_group (id);
            ALTER TABLE batch ADD COLUMN planned_before BIGINT
            ",
        )
        .await
    }
}
