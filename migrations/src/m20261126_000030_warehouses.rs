//! Stock by place: what lies with the maker and what lies in a warehouse near the buyer. The maker's own room bears the
//! shop's id; only shared warehouses have a row of their own.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, WAREHOUSES).await?;
        crate::run(manager, STOCK_BY_PLACE).await?;
        crate::run(manager, JOURNAL).await
    }
}

const WAREHOUSES: &str = "
    CREATE TABLE warehouse (
        id {uuid} PRIMARY KEY,
        slug {text} NOT NULL UNIQUE,
        name {text} NOT NULL,
        country {text} NOT NULL,
        place {text} NOT NULL,
        handling_days BIGINT NOT NULL
    );
    ALTER TABLE shop_order ADD COLUMN ships_from {text};
    ALTER TABLE shop_order ADD COLUMN parcel {text} NOT NULL DEFAULT '';
    DROP INDEX shop_order_of_group;
    CREATE UNIQUE INDEX shop_order_of_group ON shop_order (scope_id, order_group, shop_slug, parcel);
    CREATE TABLE transfer (
        shop_id {uuid} NOT NULL,
        id {uuid} NOT NULL,
        warehouse {uuid} NOT NULL,
        state {text} NOT NULL,
        carrier {text},
        number {text},
        customs_entry {text},
        expected_on {text},
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (shop_id, id)
    );
    CREATE TABLE transfer_line (
        shop_id {uuid} NOT NULL,
        transfer_id {uuid} NOT NULL,
        sku {text} NOT NULL,
        sent BIGINT NOT NULL,
        received BIGINT,
        PRIMARY KEY (shop_id, transfer_id, sku)
    )
";

const STOCK_BY_PLACE: &str = "
    CREATE TABLE stock_by_place (
        shop_id {uuid} NOT NULL,
        sku {text} NOT NULL,
        warehouse {uuid} NOT NULL,
        on_hand BIGINT NOT NULL,
        reserved BIGINT NOT NULL,
        low_mark BIGINT NOT NULL DEFAULT 0,
        PRIMARY KEY (shop_id, sku, warehouse),
        CHECK (reserved >= 0 AND reserved <= on_hand)
    );
    INSERT INTO stock_by_place (shop_id, sku, warehouse, on_hand, reserved)
        SELECT shop_id, sku, shop_id, on_hand, reserved FROM stock;
    DROP TABLE stock;
    ALTER TABLE stock_by_place RENAME TO stock;
    CREATE TABLE reservation_by_place (
        shop_id {uuid} NOT NULL,
        order_group {uuid} NOT NULL,
        sku {text} NOT NULL,
        warehouse {uuid} NOT NULL,
        quantity BIGINT NOT NULL,
        shipped BIGINT NOT NULL,
        state {text} NOT NULL,
        until BIGINT NOT NULL,
        PRIMARY KEY (shop_id, order_group, sku)
    );
    INSERT INTO reservation_by_place (shop_id, order_group, sku, warehouse, quantity, shipped, state, until)
        SELECT shop_id, order_group, sku, shop_id, quantity, shipped, state, until FROM reservation;
    DROP TABLE reservation;
    ALTER TABLE reservation_by_place RENAME TO reservation;
    CREATE INDEX reservation_by_group ON reservation (order_group);
    CREATE INDEX reservation_due ON reservation (state, until)
";

/// What is held and given back is in the journal too from here on, so that both counters can be proved from it.
const JOURNAL: &str = "
    CREATE TABLE movement_by_place (
        shop_id {uuid} NOT NULL,
        sku {text} NOT NULL,
        warehouse {uuid} NOT NULL,
        kind {text} NOT NULL,
        reference {uuid} NOT NULL,
        quantity BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (shop_id, sku, warehouse, kind, reference)
    );
    INSERT INTO movement_by_place (shop_id, sku, warehouse, kind, reference, quantity, created_at)
        SELECT shop_id, sku, shop_id, kind, reference, quantity, created_at FROM stock_movement;
    INSERT INTO movement_by_place (shop_id, sku, warehouse, kind, reference, quantity, created_at)
        SELECT shop_id, sku, warehouse, 'reserved', order_group, quantity, 0 FROM reservation;
    INSERT INTO movement_by_place (shop_id, sku, warehouse, kind, reference, quantity, created_at)
        SELECT shop_id, sku, warehouse, 'released', order_group, shipped - quantity, 0 FROM reservation
        WHERE state = 'released';
    DROP TABLE stock_movement;
    ALTER TABLE movement_by_place RENAME TO stock_movement;
    INSERT INTO stock_movement (shop_id, sku, warehouse, kind, reference, quantity, created_at)
        SELECT s.shop_id, s.sku, s.warehouse, 'adjusted', s.warehouse, s.on_hand - COALESCE(m.quantity, 0), 0
        FROM stock s LEFT JOIN (SELECT shop_id, sku, SUM(quantity) AS quantity FROM stock_movement
            WHERE kind NOT IN ('reserved', 'released') GROUP BY shop_id, sku) m
            ON m.shop_id = s.shop_id AND m.sku = s.sku
        WHERE s.on_hand <> COALESCE(m.quantity, 0)
";
