//! Private links: whoever holds one may follow the order, without name or address.
//!
//! The token is 32 bytes derived from the installation's key and the order, so it can be shown again but is never
//! stored; the directory holds its hash. Another order's id is of no use to anybody.

use crate::platform::{
    Platform,
    db::{self, Tx},
    keys::KeyRing,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sea_orm::{ConnectionTrait, DbErr};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Enters the order's link in the directory; answers the key's id, which is kept with the order.
pub async fn open(
    platform: &Platform,
    tx: &Tx,
    scope_id: Uuid,
    order_id: Uuid,
) -> Result<String, DbErr> {
    let keys = &platform.keys.token;
    let token = derive(keys, &keys.current, order_id)
        .ok_or_else(|| DbErr::Custom("the current token key is missing".to_owned()))?;
    let text = "INSERT INTO order_link (token_hash, scope_id, order_id) VALUES ($1, $2, $3)";
    let hash = Sha256::digest(token).to_vec();
    db::execute(tx, text, [hash.into(), scope_id.into(), order_id.into()]).await?;
    Ok(keys.current.clone())
}

/// The address to follow an order at; None once its key is gone.
pub fn address(platform: &Platform, key: &str, order_id: Uuid) -> Option<String> {
    let token = derive(&platform.keys.token, key, order_id)?;
    let url = platform.config.public_url();
    Some(format!("{url}/o/{}", URL_SAFE_NO_PAD.encode(token)))
}

/// Scope and id of the order behind a token.
pub async fn find(
    connection: &impl ConnectionTrait,
    token: &str,
) -> Result<Option<(Uuid, Uuid)>, DbErr> {
    let Some(bytes) = URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .filter(|bytes| bytes.len() == 32)
    else {
        return Ok(None);
    };
    let text = "SELECT scope_id, order_id FROM order_link WHERE token_hash = $1";
    let hash = Sha256::digest(bytes).to_vec();
    let row = db::fetch_one(connection, text, [hash.into()]).await?;
    row.map(|row| Ok((row.try_get("", "scope_id")?, row.try_get("", "order_id")?)))
        .transpose()
}

fn derive(keys: &KeyRing, key: &str, order_id: Uuid) -> Option<[u8; 32]> {
    let secret = keys.keys.get(key)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .expect("BUG: HMAC takes keys of any length");
    mac.update(b"order link ");
    mac.update(order_id.as_bytes());
    Some(mac.finalize().into_bytes().into())
}
