//! The number under a variant's barcode, so that a packer's scan is understood.

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
            ALTER TABLE variant ADD COLUMN gtin {text};
            CREATE UNIQUE INDEX variant_by_gtin ON variant (shop_id, gtin)
            ",
        )
        .await
    }
}
