//! Shops and what they sell. A shop's rows go by `shop_id`; `sku_directory` makes a SKU unique in the whole market and
//! tells whose it is.

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
            CREATE TABLE catalogue_version (
                id BIGINT PRIMARY KEY,
                version BIGINT NOT NULL
            );
            INSERT INTO catalogue_version (id, version) VALUES (1, 0);
            CREATE TABLE shop (
                id {uuid} PRIMARY KEY,
                slug {text} NOT NULL,
                name {text} NOT NULL,
                tagline {text} NOT NULL,
                story {text} NOT NULL,
                country {text} NOT NULL,
                place {text} NOT NULL,
                tint {text} NOT NULL,
                icon {text},
                founded {text} NOT NULL,
                currency {text} NOT NULL,
                manufacturer {text} NOT NULL,
                address {text} NOT NULL,
                version BIGINT NOT NULL,
                created_at BIGINT NOT NULL
            );
            CREATE UNIQUE INDEX shop_by_slug ON shop (slug);
            CREATE TABLE shop_member (
                shop_id {uuid} NOT NULL,
                scope_id {uuid} NOT NULL,
                role {text} NOT NULL,
                PRIMARY KEY (shop_id, scope_id)
            );
            CREATE INDEX shop_member_by_scope ON shop_member (scope_id);
            CREATE TABLE product (
                shop_id {uuid} NOT NULL,
                id {uuid} NOT NULL,
                key {text} NOT NULL,
                title {text} NOT NULL,
                description {text} NOT NULL,
                category {text} NOT NULL,
                position BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (shop_id, id)
            );
            CREATE UNIQUE INDEX product_by_key ON product (shop_id, key);
            CREATE TABLE variant (
                shop_id {uuid} NOT NULL,
                sku {text} NOT NULL,
                product_id {uuid} NOT NULL,
                options {text} NOT NULL,
                currency {text} NOT NULL,
                pack_step BIGINT NOT NULL,
                max_per_order BIGINT,
                hs6 {text},
                origin {text} NOT NULL,
                weight_grams BIGINT NOT NULL,
                length_mm BIGINT,
                width_mm BIGINT,
                height_mm BIGINT,
                dangerous_goods {text},
                lead_time_days BIGINT NOT NULL,
                picture {text},
                warnings {text},
                is_listed BIGINT NOT NULL,
                position BIGINT NOT NULL,
                fingerprint {text} NOT NULL,
                version BIGINT NOT NULL,
                PRIMARY KEY (shop_id, sku)
            );
            CREATE INDEX variant_by_version ON variant (shop_id, version);
            CREATE TABLE tier (
                shop_id {uuid} NOT NULL,
                sku {text} NOT NULL,
                minimum_quantity BIGINT NOT NULL,
                price_minor BIGINT NOT NULL,
                PRIMARY KEY (shop_id, sku, minimum_quantity)
            );
            CREATE TABLE sku_directory (
                sku {text} PRIMARY KEY,
                shop_id {uuid} NOT NULL
            );
            CREATE TABLE picture (
                hash {text} PRIMARY KEY,
                bytes {bytes} NOT NULL,
                created_at BIGINT NOT NULL
            );
            CREATE TABLE fx_rate (
                currency {text} NOT NULL,
                date {text} NOT NULL,
                per_euro {text} NOT NULL,
                source {text} NOT NULL,
                PRIMARY KEY (currency, date)
            )
            ",
        )
        .await
    }
}
