//! From a guest to the accounts it has logged in to: who else wants to hear of its orders.

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
            "CREATE INDEX scope_link_by_guest ON scope_link (guest_scope, account_scope)",
        )
        .await
    }
}
