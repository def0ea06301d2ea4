//! Scopes, devices, ops, outcomes, jobs.

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
            CREATE TABLE dataset (
                id BIGINT PRIMARY KEY,
                epoch {text} NOT NULL,
                is_demo BIGINT NOT NULL
            );
            CREATE TABLE scope (
                id {uuid} PRIMARY KEY,
                kind {text} NOT NULL,
                rev BIGINT NOT NULL,
                rev_at BIGINT NOT NULL,
                restored_rev BIGINT NOT NULL,
                open_cart {uuid},
                currency {text} NOT NULL DEFAULT 'EUR',
                country {text},
                locale {text} NOT NULL DEFAULT 'en',
                created_at BIGINT NOT NULL,
                erased_at BIGINT
            );
            CREATE TABLE device (
                scope_id {uuid} NOT NULL,
                id {uuid} NOT NULL,
                secret_hash {bytes} NOT NULL,
                name {text} NOT NULL DEFAULT '',
                last_seq BIGINT NOT NULL,
                last_eff BIGINT NOT NULL,
                base_floor BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                last_seen_at BIGINT NOT NULL,
                signed_out_at BIGINT,
                PRIMARY KEY (scope_id, id)
            );
            CREATE TABLE device_directory (
                device_id {uuid} PRIMARY KEY,
                scope_id {uuid} NOT NULL
            );
            CREATE TABLE op (
                scope_id {uuid} NOT NULL,
                id {uuid} NOT NULL,
                device {uuid} NOT NULL,
                seq BIGINT NOT NULL,
                rev BIGINT NOT NULL,
                code {text} NOT NULL,
                detail {text} NOT NULL,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (scope_id, id)
            );
            CREATE UNIQUE INDEX op_by_seq ON op (scope_id, device, seq);
            CREATE INDEX op_by_age ON op (created_at);
            CREATE TABLE outcome (
                scope_id {uuid} NOT NULL,
                op_id {uuid} NOT NULL,
                rev BIGINT NOT NULL,
                device {uuid} NOT NULL,
                seq BIGINT NOT NULL,
                kind {text} NOT NULL,
                code {text} NOT NULL,
                detail {text} NOT NULL,
                seen BIGINT NOT NULL,
                dismissed BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (scope_id, op_id)
            );
            CREATE INDEX outcome_by_rev ON outcome (scope_id, rev);
            CREATE TABLE job (
                id {uuid} PRIMARY KEY,
                kind {text} NOT NULL,
                payload {text} NOT NULL,
                run_at BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                claimed_until BIGINT NOT NULL,
                attempts INTEGER NOT NULL,
                state {text} NOT NULL,
                last_error {text}
            );
            CREATE INDEX job_due ON job (state, run_at)
            ",
        )
        .await
    }
}
