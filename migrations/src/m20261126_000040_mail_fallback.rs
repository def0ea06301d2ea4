//! What a person is told by mail when no phone can be reached; without a row, the important steps.

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
            CREATE TABLE told_by_mail (
                scope_id {uuid} PRIMARY KEY,
                level {text} NOT NULL
            )
            ",
        )
        .await
    }
}
