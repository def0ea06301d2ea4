//! The only place that makes ids and secrets.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sampan_engine::time::Timestamp;
use uuid::Uuid;

/// Where ids and randomness come from; tests bring a seeded one.
pub trait Ids: Send + Sync {
    /// Fills the buffer with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);

    /// A UUIDv7 of this moment.
    fn v7(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.millis()).unwrap_or(0), &random)
            .into_uuid()
    }

    /// A UUIDv4, for scopes: unordered, so that shards fill evenly.
    fn v4(&self) -> Uuid {
        let mut random = [0; 16];
        self.fill(&mut random);
        uuid::Builder::from_random_bytes(random).into_uuid()
    }
}

/// 32 unpredictable bytes as base64url, for tokens and links.
pub fn secret(ids: &dyn Ids) -> String {
    let mut bytes = [0; 32];
    ids.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The operating system's randomness.
pub struct SystemIds;

impl Ids for SystemIds {
    fn fill(&self, buffer: &mut [u8]) {
        use rand::TryRngCore;
        rand::rngs::OsRng
            .try_fill_bytes(buffer)
            .expect("BUG: the operating system always gives random bytes");
    }
}
