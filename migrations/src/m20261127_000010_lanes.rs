//! What each lane's parcels took, whose lane a parcel goes, and private links that end and are renewed.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, LANES).await?;
        crate::run(manager, LINKS).await
    }
}

/// A parcel that was handed over before this has no lane and makes no trip. A trip names no scope: it is the lane's, not a
/// person's.
const LANES: &str = "
    CREATE TABLE trip (
        parcel_id {uuid} PRIMARY KEY,
        origin {text} NOT NULL,
        destination {text} NOT NULL,
        carrier {text} NOT NULL,
        service {text} NOT NULL,
        shop_slug {text} NOT NULL,
        promised_from BIGINT NOT NULL,
        promised_to BIGINT NOT NULL,
        shipped_at BIGINT NOT NULL,
        delivered_at BIGINT NOT NULL
    );
    CREATE INDEX trip_of_lane ON trip (origin, destination, carrier, service, delivered_at);
    CREATE INDEX trip_of_shop ON trip (shop_slug, delivered_at);
    ALTER TABLE parcel ADD COLUMN lane_origin {text};
    ALTER TABLE parcel ADD COLUMN lane_destination {text};
    ALTER TABLE parcel ADD COLUMN service {text};
    ALTER TABLE parcel ADD COLUMN shop_slug {text};
    ALTER TABLE parcel ADD COLUMN shipped_at BIGINT;
    ALTER TABLE parcel ADD COLUMN eta_trips BIGINT;
    ALTER TABLE parcel ADD COLUMN eta_share BIGINT;
    ALTER TABLE shop_order ADD COLUMN service {text}
";

/// `link_since` is null until the first renewal: the link then counts from the day of the order. A link that was ended
/// keeps its row, so that whoever follows it is told so.
const LINKS: &str = "
    ALTER TABLE shop_order ADD COLUMN link_turn BIGINT NOT NULL DEFAULT 0;
    ALTER TABLE shop_order ADD COLUMN link_since BIGINT;
    ALTER TABLE order_link ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
    ALTER TABLE order_link ADD COLUMN ended_at BIGINT;
    CREATE INDEX order_link_of_order ON order_link (scope_id, order_id)
";
