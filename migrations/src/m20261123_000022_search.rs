//! The index of words, FTS5 or tsvector. Both hold words that were folded before, so both find the same products.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = match manager.get_database_backend() {
            DbBackend::Postgres => {
                "CREATE TABLE product_search (search_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
                 CREATE INDEX product_search_words ON product_search USING GIN (words)"
            }
            _ => {
                "CREATE VIRTUAL TABLE product_search USING fts5(
                    words, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
            }
        };
        crate::run(manager, statements).await
    }
}
