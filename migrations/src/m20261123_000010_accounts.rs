//! Accounts, their logins, roles, and the links between an account and the guests it has been.

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
            CREATE TABLE account (
                scope_id {uuid} PRIMARY KEY,
                email {text} NOT NULL,
                password_hash {text} NOT NULL,
                created_at BIGINT NOT NULL
            );
            CREATE TABLE account_directory (
                email {text} PRIMARY KEY,
                scope_id {uuid} NOT NULL
            );
            CREATE TABLE account_role (
                scope_id {uuid} NOT NULL,
                role {text} NOT NULL,
                PRIMARY KEY (scope_id, role)
            );
            CREATE TABLE session (
                scope_id {uuid} NOT NULL,
                id {uuid} NOT NULL,
                device_id {uuid} NOT NULL,
                generation BIGINT NOT NULL,
                token_hash {bytes} NOT NULL,
                previous_hash {bytes},
                created_at BIGINT NOT NULL,
                used_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                ended_at BIGINT,
                PRIMARY KEY (scope_id, id)
            );
            CREATE UNIQUE INDEX session_by_device ON session (scope_id, device_id);
            CREATE TABLE mail_link (
                scope_id {uuid} NOT NULL,
                id {uuid} NOT NULL,
                purpose {text} NOT NULL,
                email {text} NOT NULL,
                token_hash {bytes} NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT,
                PRIMARY KEY (scope_id, id)
            );
            CREATE TABLE scope_link (
                account_scope {uuid} NOT NULL,
                guest_scope {uuid} NOT NULL,
                linked_at BIGINT NOT NULL,
                PRIMARY KEY (account_scope, guest_scope)
            )
            ",
        )
        .await
    }
}
