//! Devices as an exchange needs them: where their numbering stands, and what they have not heard yet.

use crate::platform::db::{self, Tx};
use sampan_engine::money::Currency;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use uuid::Uuid;

/// Live for this long after they were last seen; ninety days, µs.
pub const LIVE_MICROS: i64 = 90 * 86_400 * 1_000_000;
const COLUMNS: &str = "d.scope_id, d.id, d.secret_hash, d.last_seq, d.last_eff, d.base_floor, d.created_at, \
    d.last_seen_at, d.signed_out_at, d.undelivered, s.currency, s.restored_rev, s.rev, s.rev_at, x.epoch";

/// A device row with what its scope adds to it.
#[derive(Clone, Debug)]
pub struct DeviceRow {
    pub scope_id: Uuid,
    pub id: Uuid,
    pub secret_hash: Vec<u8>,
    /// The highest seq stored.
    pub last_seq: i64,
    /// µs
    pub last_eff: i64,
    /// The highest base it has sent; seqs rise with bases, so it will send none below.
    pub base_floor: i64,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub signed_out: bool,
    /// Outcomes it has not yet named in `seen`.
    pub undelivered: i64,
    pub currency: Currency,
    /// The scope's revision when the data set was last restored; 0 if it never was.
    pub restored_rev: i64,
    /// The scope's revision and its time, ms.
    pub rev: i64,
    pub rev_at: i64,
    /// Of the data set.
    pub epoch: String,
}

/// These devices, each with its scope.
pub async fn load(tx: &Tx, devices: &[(Uuid, Uuid)]) -> Result<Vec<DeviceRow>, DbErr> {
    let of_one = "s.id = d.scope_id AND x.id = 1";
    let (text, values) = if let [(scope_id, id)] = devices {
        let text = format!(
            "SELECT {COLUMNS} FROM device d CROSS JOIN scope s CROSS JOIN dataset x \
             WHERE d.scope_id = $1 AND d.id = $2 AND {of_one}"
        );
        (text, vec![(*scope_id).into(), (*id).into()])
    } else {
        let keys = devices
            .iter()
            .map(|(scope_id, id)| [(*scope_id).into(), (*id).into()]);
        let nobody = [Uuid::nil().into(), Uuid::nil().into()];
        let (wanted, values) = db::wanted(tx, ["in_scope", "device_id"], keys.collect(), nobody);
        let text = format!(
            "{wanted}SELECT {COLUMNS} FROM wanted w CROSS JOIN device d CROSS JOIN scope s CROSS JOIN dataset x \
             WHERE d.scope_id = w.in_scope AND d.id = w.device_id AND {of_one}"
        );
        (text, values)
    };
    db::fetch_all(tx, &text, values)
        .await?
        .iter()
        .map(read)
        .collect()
}

pub async fn save(tx: &Tx, devices: &[&DeviceRow]) -> Result<(), DbErr> {
    if devices.is_empty() {
        return Ok(());
    }
    let text = format!(
        "INSERT INTO device (scope_id, id, secret_hash, last_seq, last_eff, base_floor, created_at, last_seen_at, undelivered) \
         VALUES {} ON CONFLICT (scope_id, id) DO UPDATE SET last_seq = excluded.last_seq, last_eff = excluded.last_eff, \
         base_floor = excluded.base_floor, last_seen_at = excluded.last_seen_at, undelivered = excluded.undelivered",
        db::rows(tx, devices.len(), 9)
    );
    let values = devices.iter().flat_map(|device| -> [Value; 9] {
        [
            device.scope_id.into(),
            device.id.into(),
            device.secret_hash.clone().into(),
            device.last_seq.into(),
            device.last_eff.into(),
            device.base_floor.into(),
            device.created_at.into(),
            device.last_seen_at.into(),
            device.undelivered.into(),
        ]
    });
    db::execute(tx, &text, values).await.map(|_| ())
}

/// Below this revision no live device of these scopes may still send a base: what lies there may be combined. Also
/// tells which devices are live: seen within ninety days, the newest twenty.
pub async fn live(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    now_micros: i64,
) -> Result<Vec<(Uuid, Uuid, i64)>, DbErr> {
    let mut values: Vec<Value> = scopes.iter().map(|id| (*id).into()).collect();
    let list = db::in_list(2, &mut values);
    let text = format!(
        "SELECT scope_id, id, base_floor FROM (SELECT scope_id, id, base_floor, last_seen_at, \
         ROW_NUMBER() OVER (PARTITION BY scope_id ORDER BY last_seen_at DESC, id DESC) AS place FROM device \
         WHERE scope_id IN ({list}) AND signed_out_at IS NULL) AS newest WHERE place <= 20 AND last_seen_at >= $1"
    );
    let values: Vec<Value> = std::iter::once((now_micros - LIVE_MICROS).into())
        .chain(values)
        .collect();
    let rows = db::fetch_all(connection, &text, values).await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.try_get("", "scope_id")?,
                row.try_get("", "id")?,
                row.try_get("", "base_floor")?,
            ))
        })
        .collect()
}

fn read(row: &QueryResult) -> Result<DeviceRow, DbErr> {
    let currency: String = row.try_get("", "currency")?;
    Ok(DeviceRow {
        scope_id: row.try_get("", "scope_id")?,
        id: row.try_get("", "id")?,
        secret_hash: row.try_get("", "secret_hash")?,
        last_seq: row.try_get("", "last_seq")?,
        last_eff: row.try_get("", "last_eff")?,
        base_floor: row.try_get("", "base_floor")?,
        created_at: row.try_get("", "created_at")?,
        last_seen_at: row.try_get("", "last_seen_at")?,
        signed_out: row.try_get::<Option<i64>>("", "signed_out_at")?.is_some(),
        undelivered: row.try_get("", "undelivered")?,
        currency: Currency::parse(&currency).unwrap_or(Currency::EUR),
        restored_rev: row.try_get("", "restored_rev")?,
        rev: row.try_get("", "rev")?,
        rev_at: row.try_get("", "rev_at")?,
        epoch: row.try_get("", "epoch")?,
    })
}
