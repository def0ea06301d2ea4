//! Installed apps. A device belongs to one scope for ever; its 32-byte secret lets it push cart ops when a login has
//! expired.

use crate::platform::db::{self, Tx};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{ConnectionTrait, DbErr};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

pub const MAX_DEVICES_A_SCOPE: u64 = 50;

/// A device as its directory row knows it.
#[derive(Clone, Debug)]
pub struct KnownDevice {
    pub device_id: Uuid,
    pub scope_id: Uuid,
    pub secret_hash: Vec<u8>,
    pub signed_out: bool,
}

/// A secret as it is kept: SHA-256 is enough for 256 random bits. None if it is not 32 bytes of base64url.
pub fn hash_secret(secret: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(secret.trim_end_matches('=')).ok()?;
    (bytes.len() == 32).then(|| Sha256::digest(&bytes).to_vec())
}

/// Compares in constant time.
pub fn is_secret(device: &KnownDevice, secret: &str) -> bool {
    hash_secret(secret).is_some_and(|hash| hash.ct_eq(&device.secret_hash).into())
}

/// Finds a device whichever scope it is in.
pub async fn find(
    connection: &impl ConnectionTrait,
    device_id: Uuid,
) -> Result<Option<KnownDevice>, DbErr> {
    let text = "SELECT d.scope_id, d.secret_hash, d.signed_out_at FROM device_directory f \
                JOIN device d ON d.scope_id = f.scope_id AND d.id = f.device_id WHERE f.device_id = $1";
    let Some(row) = db::fetch_one(connection, text, [device_id.into()]).await? else {
        return Ok(None);
    };
    Ok(Some(KnownDevice {
        device_id,
        scope_id: row.try_get("", "scope_id")?,
        secret_hash: row.try_get("", "secret_hash")?,
        signed_out: row.try_get::<Option<i64>>("", "signed_out_at")?.is_some(),
    }))
}

/// Adds a device to a scope. The caller has checked that the id is free.
pub async fn insert(
    tx: &Tx,
    scope_id: Uuid,
    device_id: Uuid,
    secret_hash: Vec<u8>,
    now_micros: i64,
) -> Result<(), DbErr> {
    let directory = "INSERT INTO device_directory (device_id, scope_id) VALUES ($1, $2)";
    db::execute(tx, directory, [device_id.into(), scope_id.into()]).await?;
    let text = "INSERT INTO device (scope_id, id, secret_hash, last_seq, last_eff, base_floor, created_at, last_seen_at) \
                VALUES ($1, $2, $3, 0, 0, 0, $4, $4)";
    db::execute(
        tx,
        text,
        [
            scope_id.into(),
            device_id.into(),
            secret_hash.into(),
            now_micros.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// How many devices of the scope are signed in.
pub async fn count(connection: &impl ConnectionTrait, scope_id: Uuid) -> Result<u64, DbErr> {
    let text = "SELECT COUNT(*) AS n FROM device WHERE scope_id = $1 AND signed_out_at IS NULL";
    let row = db::fetch_one(connection, text, [scope_id.into()]).await?;
    row.map_or(Ok(0), |row| row.try_get::<i64>("", "n").map(|n| n as u64))
}
