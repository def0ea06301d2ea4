//! When and of what a phone rings: its zone and quiet hours, the steps it chose, orders it hears nothing of.

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
            ALTER TABLE push_subscription ADD COLUMN steps {text} NOT NULL DEFAULT '';
            ALTER TABLE push_subscription ADD COLUMN zone {text};
            ALTER TABLE push_subscription ADD COLUMN quiet_from BIGINT NOT NULL DEFAULT 1320;
            ALTER TABLE push_subscription ADD COLUMN quiet_to BIGINT NOT NULL DEFAULT 480;
            CREATE TABLE muted_order (
                scope_id {uuid} NOT NULL,
                order_id {uuid} NOT NULL,
                muted_at BIGINT NOT NULL,
                PRIMARY KEY (scope_id, order_id)
            );
            CREATE INDEX push_delivery_by_time ON push_delivery (created_at)
            ",
        )
        .await
    }
}
