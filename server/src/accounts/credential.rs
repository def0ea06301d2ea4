//! What a cookie or a mailed link carries: whose it is, which row, and 32 bytes that only this installation can make.
//!
//! The secret is an HMAC under the installation's keys, so it can be made again (a lost reply is answered alike, a mail
//! is written when it is sent) though the database only holds its SHA-256.

use crate::platform::keys::Keys;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

const BYTES: usize = 16 + 16 + 4 + 32;

/// What the secret is good for: one made for a cookie is never taken from a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Refresh,
    MailLink,
}

/// A row of a scope, the generation of its secret, and the secret.
#[derive(Clone)]
pub struct Credential {
    pub scope_id: Uuid,
    pub id: Uuid,
    pub generation: u32,
    pub secret: [u8; 32],
}

impl Credential {
    /// Makes it under the current key.
    pub fn new(keys: &Keys, usage: Use, scope_id: Uuid, id: Uuid, generation: u32) -> Self {
        let key = keys.token.keys.get(&keys.token.current);
        let secret = mac(
            key.map_or("", String::as_str),
            usage,
            scope_id,
            id,
            generation,
        );
        Self {
            scope_id,
            id,
            generation,
            secret,
        }
    }

    pub fn encode(&self) -> String {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.extend_from_slice(self.scope_id.as_bytes());
        bytes.extend_from_slice(self.id.as_bytes());
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&self.secret);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (scope_id, rest) = bytes.split_first_chunk::<16>()?;
        let (id, rest) = rest.split_first_chunk::<16>()?;
        let (generation, secret) = rest.split_first_chunk::<4>()?;
        Some(Self {
            scope_id: Uuid::from_bytes(*scope_id),
            id: Uuid::from_bytes(*id),
            generation: u32::from_be_bytes(*generation),
            secret: secret.try_into().ok()?,
        })
    }

    /// As the database keeps it.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.secret).to_vec()
    }

    /// Compares in constant time.
    pub fn has_hash(&self, hash: &[u8]) -> bool {
        self.hash().ct_eq(hash).into()
    }

    /// Was it made here, under any key still known?
    pub fn is_ours(&self, keys: &Keys, usage: Use) -> bool {
        keys.token.keys.values().any(|key| {
            let secret = mac(key, usage, self.scope_id, self.id, self.generation);
            bool::from(secret.ct_eq(&self.secret))
        })
    }
}

fn mac(key: &str, usage: Use, scope_id: Uuid, id: Uuid, generation: u32) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .expect("BUG: HMAC takes a key of any length");
    mac.update(match usage {
        Use::Refresh => b"sampan refresh 1",
        Use::MailLink => b"sampan mail link",
    });
    mac.update(scope_id.as_bytes());
    mac.update(id.as_bytes());
    mac.update(&generation.to_be_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::SystemIds;

    #[test]
    fn a_credential_survives_the_trip_and_a_changed_one_is_not_ours() {
        let keys = Keys::generate(&SystemIds);
        let made = Credential::new(&keys, Use::Refresh, Uuid::nil(), Uuid::max(), 7);
        let mut back = Credential::decode(&made.encode()).expect("readable");
        assert!(back.has_hash(&made.hash()) && back.is_ours(&keys, Use::Refresh));
        assert!(!back.is_ours(&keys, Use::MailLink));
        back.generation = 8;
        assert!(!back.is_ours(&keys, Use::Refresh));
        assert!(Credential::decode("short").is_none());
    }
}
