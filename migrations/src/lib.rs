//! The database, one change a file: expand first, contract later, the same on SQLite and PostgreSQL.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{self, DbBackend},
};

mod m20261123_000001_scope;
mod m20261123_000010_accounts;
mod m20261123_000020_catalogue;
mod m20261123_000021_stock;
mod m20261123_000022_search;
mod m20261123_000030_trade;
mod m20261123_000050_asset;
mod m20261123_000051_push;
mod m20261123_000060_cart;
mod m20261124_000010_guest_orders;
mod m20261124_000020_order_notes;
mod m20261126_000010_rules;
mod m20261126_000020_quiet_hours;
mod m20261126_000030_warehouses;
mod m20261126_000040_mail_fallback;
mod m20261127_000010_lanes;
mod m20261127_000030_packing;
mod m20261127_000050_told;
mod m20261127_000060_back_orders;

/// All migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_scope::Migration),
            Box::new(m20261123_000010_accounts::Migration),
            Box::new(m20261123_000020_catalogue::Migration),
            Box::new(m20261123_000021_stock::Migration),
            Box::new(m20261123_000022_search::Migration),
            Box::new(m20261123_000030_trade::Migration),
            Box::new(m20261123_000050_asset::Migration),
            Box::new(m20261123_000051_push::Migration),
            Box::new(m20261123_000060_cart::Migration),
            Box::new(m20261124_000010_guest_orders::Migration),
            Box::new(m20261124_000020_order_notes::Migration),
            Box::new(m20261126_000010_rules::Migration),
            Box::new(m20261126_000020_quiet_hours::Migration),
            Box::new(m20261126_000030_warehouses::Migration),
            Box::new(m20261126_000040_mail_fallback::Migration),
            Box::new(m20261127_000010_lanes::Migration),
            Box::new(m20261127_000030_packing::Migration),
            Box::new(m20261127_000050_told::Migration),
            Box::new(m20261127_000060_back_orders::Migration),
        ]
    }
}

/// Brings the database up to date.
pub async fn up(connection: &sea_orm::DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(connection, None).await
}

/// Runs statements written once for both databases: `{uuid}`, `{bytes}` and `{text}` stand for the column types,
/// `{text}` being ordered byte by byte on both, so that keyset pages agree. Statements are separated by `;`.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let (uuid, bytes, text) = match connection.get_database_backend() {
        DbBackend::Postgres => ("UUID", "BYTEA", "TEXT COLLATE \"C\""),
        _ => ("BLOB", "BLOB", "TEXT"),
    };
    let statements = statements
        .replace("{uuid}", uuid)
        .replace("{bytes}", bytes)
        .replace("{text}", text);
    for statement in statements
        .split(';')
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
    {
        connection.execute_unprepared(statement).await?;
    }
    Ok(())
}
