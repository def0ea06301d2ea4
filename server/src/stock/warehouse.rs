//! The places goods lie in. The maker's own room bears the shop's id and has no row; shared warehouses have one.

use crate::{
    platform::db::{self, Tx},
    stock::{Coming, promise},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use std::collections::HashMap;
use uuid::Uuid;

const ROWS_AT_ONCE: usize = 100;
const SELECT: &str = "SELECT id, slug, name, country, place, handling_days FROM warehouse";

/// A shared warehouse near buyers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warehouse {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub place: String,
    /// Working days from an order to its hand-over.
    pub handling_days: i64,
}

/// Pieces of a variant that are free in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// None: with the maker.
    pub warehouse: Option<Warehouse>,
    pub free: i64,
    /// What comes there and may be sold already.
    pub coming: Option<Coming>,
}

/// All shared warehouses, by slug.
pub async fn list(connection: &impl ConnectionTrait) -> Result<Vec<Warehouse>, DbErr> {
    let rows = db::fetch_all(connection, &format!("{SELECT} ORDER BY slug"), []).await?;
    rows.iter().map(read).collect()
}

/// The shared warehouse of this name.
pub async fn find(
    connection: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<Warehouse>, DbErr> {
    let text = format!("{SELECT} WHERE slug = $1");
    let row = db::fetch_one(connection, &text, [slug.into()]).await?;
    row.as_ref().map(read).transpose()
}

/// Opens a warehouse, or writes anew what is known of it.
pub async fn open(tx: &Tx, warehouse: &Warehouse) -> Result<(), DbErr> {
    let text = "INSERT INTO warehouse (id, slug, name, country, place, handling_days) VALUES ($1, $2, $3, $4, $5, $6) \
                ON CONFLICT (slug) DO UPDATE SET name = excluded.name, country = excluded.country, \
                place = excluded.place, handling_days = excluded.handling_days";
    let values = [
        warehouse.id.into(),
        warehouse.slug.as_str().into(),
        warehouse.name.as_str().into(),
        warehouse.country.as_str().into(),
        warehouse.place.as_str().into(),
        warehouse.handling_days.into(),
    ];
    db::execute(tx, text, values).await.map(|_| ())
}

/// What is free of these variants, place by place: with the maker first, then by slug. SKUs without stock are absent.
pub async fn shelves(
    connection: &impl ConnectionTrait,
    skus: &[&str],
) -> Result<HashMap<String, Vec<Shelf>>, DbErr> {
    let mut found: HashMap<String, Vec<Shelf>> = HashMap::with_capacity(skus.len());
    for chunk in skus.chunks(ROWS_AT_ONCE) {
        let mut values = chunk.iter().map(|sku| (*sku).into()).collect();
        let wanted = db::in_list(1, &mut values);
        let text = format!(
            "SELECT s.sku, s.on_hand - s.reserved AS free, w.id, w.slug, w.name, w.country, w.place, w.handling_days, \
             p.expected_on, p.promised - p.back_ordered AS coming FROM sku_directory d JOIN stock s ON s.shop_id = d.shop_id AND s.sku = d.sku \
             LEFT JOIN warehouse w ON w.id = s.warehouse LEFT JOIN promise p \
             ON p.shop_id = s.shop_id AND p.sku = s.sku AND p.warehouse = s.warehouse WHERE d.sku IN ({wanted}) \
             AND (w.id IS NOT NULL OR s.warehouse = s.shop_id)"
        );
        for row in db::fetch_all(connection, &text, values).await? {
            let id: Option<Uuid> = row.try_get("", "id")?;
            let shelf = Shelf {
                warehouse: id.map(|_| read(&row)).transpose()?,
                free: row.try_get("", "free")?,
                coming: promise::read(&row)?,
            };
            found
                .entry(row.try_get("", "sku")?)
                .or_default()
                .push(shelf);
        }
    }
    for shelves in found.values_mut() {
        shelves.sort_by(|a, b| {
            let slug = |shelf: &Shelf| shelf.warehouse.as_ref().map(|each| each.slug.clone());
            slug(a).cmp(&slug(b))
        });
    }
    Ok(found)
}

fn read(row: &QueryResult) -> Result<Warehouse, DbErr> {
    Ok(Warehouse {
        id: row.try_get("", "id")?,
        slug: row.try_get("", "slug")?,
        name: row.try_get("", "name")?,
        country: row.try_get("", "country")?,
        place: row.try_get("", "place")?,
        handling_days: row.try_get("", "handling_days")?,
    })
}
