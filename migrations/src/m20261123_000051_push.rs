//! Where pushes go, and what became of each.

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
            CREATE TABLE push_subscription (
                scope_id {uuid} NOT NULL,
                id {uuid} NOT NULL,
                device_id {uuid} NOT NULL,
                endpoint {text} NOT NULL,
                p256dh {text} NOT NULL,
                auth {text} NOT NULL,
                kid {text} NOT NULL,
                level {text} NOT NULL,
                locale {text},
                created_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                PRIMARY KEY (scope_id, id)
            );
            CREATE UNIQUE INDEX push_subscription_by_endpoint ON push_subscription (scope_id, endpoint);
            CREATE TABLE push_directory (
                endpoint_hash {bytes} PRIMARY KEY,
                scope_id {uuid} NOT NULL,
                subscription_id {uuid} NOT NULL
            );
            CREATE TABLE push_delivery (
                scope_id {uuid} NOT NULL,
                event_id {text} NOT NULL,
                subscription_id {uuid} NOT NULL,
                order_id {uuid} NOT NULL,
                step {text} NOT NULL,
                seq BIGINT NOT NULL,
                state {text} NOT NULL,
                attempts BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (scope_id, event_id, subscription_id)
            );
            CREATE INDEX push_delivery_of_order ON push_delivery (scope_id, subscription_id, order_id, seq)
            ",
        )
        .await
    }
}
