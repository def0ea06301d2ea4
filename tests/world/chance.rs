//! All that is random in a world comes from its seed: choices, ids, secrets, on the phones and in the server.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use sampan::platform::ids::Ids;
use std::{
    ops::RangeInclusive,
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;

/// The dice of one world.
pub struct Chance(StdRng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    pub fn between(&mut self, range: RangeInclusive<i64>) -> i64 {
        self.0.random_range(range)
    }

    pub fn percent(&mut self, percent: i64) -> bool {
        self.between(1..=100) <= percent
    }

    pub fn index(&mut self, length: usize) -> usize {
        self.0.random_range(0..length)
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
    }

    /// One of the named things, each as likely as its weight says.
    pub fn weighed<T: Copy>(&mut self, things: &[(i64, T)]) -> T {
        let all: i64 = things.iter().map(|(weight, _)| weight).sum();
        let mut left = self.between(1..=all);
        for (weight, thing) in things {
            left -= weight;
            if left <= 0 {
                return *thing;
            }
        }
        things[0].1
    }

    /// A UUIDv7 as a phone makes it by its own clock.
    pub fn id(&mut self, phone_ms: i64) -> Uuid {
        let mut random = [0; 10];
        self.0.fill_bytes(&mut random);
        let millis = u64::try_from(phone_ms).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// A device's 32-byte secret.
    pub fn secret(&mut self) -> String {
        let mut random = [0; 32];
        self.0.fill_bytes(&mut random);
        URL_SAFE_NO_PAD.encode(random)
    }
}

/// The server's ids and randomness, from the seed as well.
pub struct SeededIds(Mutex<StdRng>);

impl SeededIds {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Ids for SeededIds {
    fn fill(&self, buffer: &mut [u8]) {
        let mut random = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        random.fill_bytes(buffer);
    }
}
