//! Freight, quotes, checkouts, payments, orders, batches, parcels, and the directories that lead to their scope.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statements in [LANDED_COST, CHECKOUT, ORDERS, PARCELS, DIRECTORIES] {
            crate::run(manager, statements).await?;
        }
        Ok(())
    }
}

const LANDED_COST: &str = "
    CREATE TABLE zone (
        country {text} PRIMARY KEY,
        zone {text} NOT NULL
    );
    CREATE TABLE freight_rate (
        origin {text} NOT NULL,
        zone {text} NOT NULL,
        service {text} NOT NULL,
        as_of {text} NOT NULL,
        base_minor BIGINT NOT NULL,
        per_kg_minor BIGINT NOT NULL,
        currency {text} NOT NULL,
        days_from BIGINT NOT NULL,
        days_to BIGINT NOT NULL,
        source {text} NOT NULL,
        PRIMARY KEY (origin, zone, service, as_of)
    );
    CREATE TABLE quote (
        scope_id {uuid} NOT NULL,
        id {uuid} NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        body {text} NOT NULL,
        PRIMARY KEY (scope_id, id)
    )
";

const CHECKOUT: &str = "
    CREATE TABLE checkout (
        scope_id {uuid} NOT NULL,
        intent {text} NOT NULL,
        rev BIGINT NOT NULL,
        state {text} NOT NULL,
        why {text},
        op_id {uuid},
        request_hash {bytes} NOT NULL,
        request {text} NOT NULL,
        cart_id {uuid} NOT NULL,
        order_group {uuid} NOT NULL,
        payment_id {uuid} NOT NULL,
        quote {text},
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (scope_id, intent)
    );
    CREATE INDEX checkout_by_rev ON checkout (scope_id, rev);
    CREATE TABLE payment (
        scope_id {uuid} NOT NULL,
        id {uuid} NOT NULL,
        intent {text} NOT NULL,
        provider {text} NOT NULL,
        token {text} NOT NULL,
        state {text} NOT NULL,
        amount_minor BIGINT NOT NULL,
        currency {text} NOT NULL,
        captured_minor BIGINT NOT NULL,
        refunded_minor BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (scope_id, id)
    );
    CREATE UNIQUE INDEX payment_by_intent ON payment (scope_id, intent);
    CREATE TABLE sandbox_payment (
        payment_id {uuid} PRIMARY KEY,
        token {text} NOT NULL,
        state {text} NOT NULL,
        amount_minor BIGINT NOT NULL,
        currency {text} NOT NULL,
        captured_minor BIGINT NOT NULL,
        refunded_minor BIGINT NOT NULL,
        charges BIGINT NOT NULL
    )
";

const ORDERS: &str = "
    CREATE TABLE order_group (
        scope_id {uuid} NOT NULL,
        id {uuid} NOT NULL,
        cart_id {uuid} NOT NULL,
        intent {text} NOT NULL,
        state {text} NOT NULL,
        contact {text} NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (scope_id, id)
    );
    CREATE UNIQUE INDEX order_group_of_cart ON order_group (scope_id, cart_id) WHERE state <> 'cancelled';
    CREATE TABLE shop_order (
        scope_id {uuid} NOT NULL,
        id {uuid} NOT NULL,
        rev BIGINT NOT NULL,
        order_group {uuid} NOT NULL,
        number {text} NOT NULL,
        link_key {text} NOT NULL,
        shop_slug {text} NOT NULL,
        shop {text} NOT NULL,
        currency {text} NOT NULL,
        goods_minor BIGINT NOT NULL,
        freight_minor BIGINT NOT NULL,
        duty_minor BIGINT,
        tax_minor BIGINT,
        total_minor BIGINT NOT NULL,
        transit_days_from BIGINT NOT NULL,
        transit_days_to BIGINT NOT NULL,
        ship_to {text} NOT NULL,
        placed_at BIGINT NOT NULL,
        PRIMARY KEY (scope_id, id)
    );
    CREATE INDEX shop_order_by_rev ON shop_order (scope_id, rev);
    CREATE UNIQUE INDEX shop_order_of_group ON shop_order (scope_id, order_group, shop_slug);
    CREATE TABLE order_line (
        scope_id {uuid} NOT NULL,
        order_id {uuid} NOT NULL,
        position BIGINT NOT NULL,
        sku {text} NOT NULL,
        title {text} NOT NULL,
        image {text},
        quantity BIGINT NOT NULL,
        unit_price_minor BIGINT NOT NULL,
        total_minor BIGINT NOT NULL,
        PRIMARY KEY (scope_id, order_id, position)
    );
    CREATE TABLE batch (
        scope_id {uuid} NOT NULL,
        id {uuid} NOT NULL,
        order_id {uuid} NOT NULL,
        state {text} NOT NULL,
        planned_for BIGINT,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (scope_id, id)
    );
    CREATE INDEX batch_of_order ON batch (scope_id, order_id)
";

const PARCELS: &str = "
    CREATE TABLE parcel (
        scope_id {uuid} NOT NULL,
        id {uuid} NOT NULL,
        rev BIGINT NOT NULL,
        order_id {uuid} NOT NULL,
        batch_id {uuid} NOT NULL,
        carrier {text} NOT NULL,
        number {text} NOT NULL,
        state {text} NOT NULL,
        origin {text} NOT NULL,
        destination {text} NOT NULL,
        crosses_border BIGINT NOT NULL,
        eta_from BIGINT NOT NULL,
        eta_to BIGINT NOT NULL,
        last_event_at BIGINT NOT NULL,
        events BIGINT NOT NULL,
        PRIMARY KEY (scope_id, id)
    );
    CREATE INDEX parcel_by_rev ON parcel (scope_id, rev);
    CREATE INDEX parcel_of_order ON parcel (scope_id, order_id);
    CREATE UNIQUE INDEX parcel_of_batch ON parcel (scope_id, batch_id);
    CREATE TABLE parcel_event (
        scope_id {uuid} NOT NULL,
        id {text} NOT NULL,
        rev BIGINT NOT NULL,
        parcel_id {uuid} NOT NULL,
        event_id {text} NOT NULL,
        at BIGINT NOT NULL,
        state {text} NOT NULL,
        place {text},
        text {text},
        received_at BIGINT NOT NULL,
        PRIMARY KEY (scope_id, id)
    );
    CREATE INDEX parcel_event_by_rev ON parcel_event (scope_id, rev);
    CREATE UNIQUE INDEX parcel_event_once ON parcel_event (scope_id, parcel_id, event_id)
";

const DIRECTORIES: &str = "
    CREATE TABLE order_directory (
        number {text} PRIMARY KEY,
        scope_id {uuid} NOT NULL,
        order_id {uuid} NOT NULL
    );
    CREATE TABLE order_link (
        token_hash {bytes} PRIMARY KEY,
        scope_id {uuid} NOT NULL,
        order_id {uuid} NOT NULL
    );
    CREATE TABLE batch_directory (
        batch_id {uuid} PRIMARY KEY,
        shop_slug {text} NOT NULL,
        scope_id {uuid} NOT NULL,
        order_id {uuid} NOT NULL
    );
    CREATE INDEX batch_directory_by_shop ON batch_directory (shop_slug, batch_id);
    CREATE TABLE parcel_directory (
        number {text} NOT NULL,
        parcel_id {uuid} NOT NULL,
        scope_id {uuid} NOT NULL,
        PRIMARY KEY (number, parcel_id)
    );
    CREATE UNIQUE INDEX parcel_directory_by_id ON parcel_directory (parcel_id);
    CREATE TABLE payment_directory (
        payment_id {uuid} PRIMARY KEY,
        scope_id {uuid} NOT NULL
    )
";
