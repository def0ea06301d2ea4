//! What the operator asks of messages: through which push service, and when they came to their end.

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
            ALTER TABLE push_subscription ADD COLUMN service {text} NOT NULL DEFAULT '';
            ALTER TABLE push_delivery ADD COLUMN service {text} NOT NULL DEFAULT '';
            ALTER TABLE push_delivery ADD COLUMN ended_at BIGINT
            ",
        )
        .await
    }
}
