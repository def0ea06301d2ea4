//! Rules of customs, tax and freight that were imported, and what of them orders and quotes keep. Zones and freight rates
//! are rules like the others now, so their own tables go.

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
            CREATE TABLE rule_version (
                id BIGINT PRIMARY KEY,
                version BIGINT NOT NULL
            );
            INSERT INTO rule_version (id, version) VALUES (1, 0);
            CREATE TABLE rule_import (
                id {uuid} PRIMARY KEY,
                version BIGINT NOT NULL,
                at BIGINT NOT NULL,
                by_scope {uuid},
                format {text} NOT NULL,
                file_name {text} NOT NULL,
                row_count BIGINT NOT NULL,
                added BIGINT NOT NULL,
                changed BIGINT NOT NULL,
                unchanged BIGINT NOT NULL,
                withdrawn_at BIGINT
            );
            CREATE TABLE rule_row (
                import_id {uuid} NOT NULL,
                position BIGINT NOT NULL,
                kind {text} NOT NULL,
                line BIGINT NOT NULL,
                fields {text} NOT NULL,
                PRIMARY KEY (import_id, position)
            );
            DROP TABLE freight_rate;
            DROP TABLE zone;
            ALTER TABLE quote ADD COLUMN country {text} NOT NULL DEFAULT '';
            CREATE INDEX quote_by_country ON quote (country, expires_at);
            ALTER TABLE shop_order ADD COLUMN crosses_border BIGINT NOT NULL DEFAULT 1;
            ALTER TABLE shop_order ADD COLUMN fees_minor BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE shop_order ADD COLUMN at_door_minor BIGINT;
            ALTER TABLE shop_order ADD COLUMN rules {text} NOT NULL DEFAULT '[]';
            ALTER TABLE shop_order ADD COLUMN terms {text} NOT NULL DEFAULT 'dap';
            ALTER TABLE order_line ADD COLUMN duty_minor BIGINT;
            ALTER TABLE order_line ADD COLUMN tax_minor BIGINT
            ",
        )
        .await
    }
}
