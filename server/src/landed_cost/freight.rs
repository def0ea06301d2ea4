//! What a parcel costs and how long it takes, by origin, zone and service.

use crate::{
    landed_cost::model::Days,
    platform::db::{self, Db, Tx},
};
use sampan_engine::money::{Currency, Money};
use sea_orm::{ConnectionTrait, DbErr, Value};
use serde::Deserialize;
use std::sync::Arc;

/// The zone of countries that no row names.
const REST_OF_WORLD: &str = "ROW";
/// Rows for every origin without rows of its own.
const ANY_ORIGIN: &str = "*";
const SERVICE: &str = "post";
const ROWS_AT_ONCE: usize = 100;

const WHAT_SHIPS_RATES: &str = include_str!("../../demo/freight.csv");
const WHAT_SHIPS_ZONES: &str = include_str!("../../demo/zones.csv");

/// The price of a parcel: `base + per_kg × kilograms`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreightRate {
    pub origin: String,
    pub zone: String,
    pub base: Money,
    pub per_kg: Money,
    pub days: Days,
    pub source: String,
    pub as_of: String,
}

#[derive(Deserialize)]
struct RateRow {
    origin: String,
    destination_zone: String,
    service: String,
    base_minor: i64,
    per_kg_minor: i64,
    currency: String,
    days_from: i64,
    days_to: i64,
    source: String,
    as_of: String,
}

#[derive(Deserialize)]
struct ZoneRow {
    country: String,
    zone: String,
}

impl FreightRate {
    /// Half up, by the gram. None when it is too large.
    pub fn price(&self, weight_grams: i64) -> Option<Money> {
        let by_weight = i128::from(self.per_kg.minor) * i128::from(weight_grams);
        let minor = i128::from(self.base.minor) + (by_weight + 500).div_euclid(1000);
        i64::try_from(minor)
            .ok()
            .map(|minor| Money::new(minor, self.base.currency))
    }
}

/// The rate of the lane: rows for the exact zone before the rest of the world, for the exact origin before any, the
/// latest first. None when nothing goes there.
pub async fn rate(
    connection: &impl ConnectionTrait,
    origin: &str,
    destination: &str,
) -> Result<Option<FreightRate>, DbErr> {
    let zone = zone_of(connection, destination).await?;
    let text = "SELECT origin, zone, base_minor, per_kg_minor, currency, days_from, days_to, source, as_of FROM freight_rate \
                WHERE origin IN ($1, $2) AND zone IN ($3, $4) AND service = $5";
    let values: [Value; 5] = [
        origin.into(),
        ANY_ORIGIN.into(),
        zone.as_str().into(),
        REST_OF_WORLD.into(),
        SERVICE.into(),
    ];
    let mut rates = Vec::new();
    for row in db::fetch_all(connection, text, values).await? {
        let code: String = row.try_get("", "currency")?;
        let currency = Currency::parse(&code)
            .ok_or_else(|| DbErr::Custom(format!("{code} is not a currency")))?;
        rates.push(FreightRate {
            origin: row.try_get("", "origin")?,
            zone: row.try_get("", "zone")?,
            base: Money::new(row.try_get("", "base_minor")?, currency),
            per_kg: Money::new(row.try_get("", "per_kg_minor")?, currency),
            days: Days {
                from: row.try_get("", "days_from")?,
                to: row.try_get("", "days_to")?,
            },
            source: row.try_get("", "source")?,
            as_of: row.try_get("", "as_of")?,
        });
    }
    let closeness =
        |rate: &FreightRate| (rate.zone == zone, rate.origin == origin, rate.as_of.clone());
    Ok(rates.into_iter().max_by_key(closeness))
}

/// Does a parcel between these countries pass customs? Not within a country, and not within a named zone.
pub async fn crosses_border(
    connection: &impl ConnectionTrait,
    origin: &str,
    destination: &str,
) -> Result<bool, DbErr> {
    if origin == destination {
        return Ok(false);
    }
    let zone = zone_of(connection, origin).await?;
    Ok(zone == REST_OF_WORLD || zone != zone_of(connection, destination).await?)
}

async fn zone_of(connection: &impl ConnectionTrait, country: &str) -> Result<String, DbErr> {
    let text = "SELECT zone FROM zone WHERE country = $1";
    let row = db::fetch_one(connection, text, [country.into()]).await?;
    row.map_or_else(
        || Ok(REST_OF_WORLD.to_owned()),
        |row| row.try_get("", "zone"),
    )
}

/// Fills empty tables with the small dated set that ships with Sampan.
pub async fn load_what_ships(db: &Db) -> Result<(), DbErr> {
    let any = "SELECT 1 AS one FROM freight_rate LIMIT 1";
    if db::fetch_one(db.reader(), any, []).await?.is_some() {
        return Ok(());
    }
    let rates: Arc<[RateRow]> = read(WHAT_SHIPS_RATES)?.into();
    let zones: Arc<[ZoneRow]> = read(WHAT_SHIPS_ZONES)?.into();
    db.write(move |tx| {
        let (rates, zones) = (rates.clone(), zones.clone());
        Box::pin(async move {
            insert_zones(tx, &zones).await?;
            insert_rates(tx, &rates).await
        })
    })
    .await
}

fn read<T: serde::de::DeserializeOwned>(csv: &str) -> Result<Vec<T>, DbErr> {
    csv::Reader::from_reader(csv.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| DbErr::Custom(format!("the freight table that ships: {error}")))
}

async fn insert_zones(tx: &Tx, zones: &[ZoneRow]) -> Result<(), DbErr> {
    for chunk in zones.chunks(ROWS_AT_ONCE) {
        let text = format!(
            "INSERT INTO zone (country, zone) VALUES {} ON CONFLICT (country) DO NOTHING",
            db::rows(tx, chunk.len(), 2)
        );
        let values = chunk
            .iter()
            .flat_map(|row| [row.country.as_str().into(), row.zone.as_str().into()]);
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

async fn insert_rates(tx: &Tx, rates: &[RateRow]) -> Result<(), DbErr> {
    for chunk in rates.chunks(ROWS_AT_ONCE) {
        let text = format!(
            "INSERT INTO freight_rate (origin, zone, service, as_of, base_minor, per_kg_minor, currency, days_from, days_to, source) \
             VALUES {} ON CONFLICT (origin, zone, service, as_of) DO NOTHING",
            db::rows(tx, chunk.len(), 10)
        );
        let values = chunk.iter().flat_map(|row| -> [Value; 10] {
            [
                row.origin.as_str().into(),
                row.destination_zone.as_str().into(),
                row.service.as_str().into(),
                row.as_of.as_str().into(),
                row.base_minor.into(),
                row.per_kg_minor.into(),
                row.currency.as_str().into(),
                row.days_from.into(),
                row.days_to.into(),
                row.source.as_str().into(),
            ]
        });
        db::execute(tx, &text, values).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_costs_its_base_and_so_much_a_kilogram_rounded_half_up() {
        let eur = |minor| Money::new(minor, Currency::EUR);
        let rate = FreightRate {
            origin: "PT".into(),
            zone: "EU".into(),
            base: eur(490),
            per_kg: eur(333),
            days: Days { from: 2, to: 5 },
            source: "a table".into(),
            as_of: "2026-11-01".into(),
        };
        let table = [(0, 490), (1000, 823), (1500, 990), (2448, 1305)];
        for (grams, minor) in table {
            assert_eq!(rate.price(grams), Some(eur(minor)), "{grams} g");
        }
    }

    #[test]
    fn the_table_that_ships_can_be_read() {
        assert!(read::<RateRow>(WHAT_SHIPS_RATES).expect("rates").len() > 500);
        assert!(read::<ZoneRow>(WHAT_SHIPS_ZONES).expect("zones").len() > 40);
    }
}
