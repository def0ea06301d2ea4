//! The hashed files of the app's latest builds, so that an open page of an old build still finds its parts.

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
            CREATE TABLE asset_build (
                build {text} PRIMARY KEY,
                seen_at BIGINT NOT NULL
            );
            CREATE TABLE asset (
                build {text} NOT NULL,
                path {text} NOT NULL,
                bytes {bytes} NOT NULL,
                PRIMARY KEY (build, path)
            );
            CREATE INDEX asset_by_path ON asset (path)
            ",
        )
        .await
    }
}
