//! The only place that asks what time it is.

use sampan_engine::time::Timestamp;
use std::path::PathBuf;

/// Where "now" comes from. Tests and the demo's fast-forward bring their own.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
pub struct SystemClock;

/// A file that holds one RFC 3339 time (`SAMPAN_CLOCK=file:PATH`); unreadable content falls back to the machine's.
pub struct FileClock(pub PathBuf);

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)]
    fn now(&self) -> Timestamp {
        let since_epoch = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX))
    }
}

impl Clock for FileClock {
    fn now(&self) -> Timestamp {
        let told = std::fs::read_to_string(&self.0)
            .ok()
            .and_then(|text| Timestamp::parse_rfc3339(&text));
        told.unwrap_or_else(|| SystemClock.now())
    }
}
