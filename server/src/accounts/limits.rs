//! How often something may be tried. Counted in the memory of this process, by account and by network prefix; several
//! nodes count each for themselves, a restart forgets.

use crate::accounts::model::Refusal;
use sampan_engine::time::Timestamp;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Mutex,
};

const MAX_KEYS: usize = 100_000;
const MINUTE: i64 = 60;

/// So many tries in so many seconds.
#[derive(Clone, Copy)]
pub struct Limit {
    name: &'static str,
    tries: u32,
    seconds: i64,
}

pub const GUESTS: Limit = Limit::new("guests", 120, 10 * MINUTE);
pub const REGISTRATIONS: Limit = Limit::new("registrations", 20, 60 * MINUTE);
pub const LOGINS: Limit = Limit::new("logins", 60, 15 * MINUTE);
pub const PASSWORDS: Limit = Limit::new("passwords", 10, 15 * MINUTE);
pub const FORGOTTEN: Limit = Limit::new("forgotten", 20, 60 * MINUTE);
pub const MAILS: Limit = Limit::new("mails", 3, 60 * MINUTE);

impl Limit {
    const fn new(name: &'static str, tries: u32, seconds: i64) -> Self {
        Self {
            name,
            tries,
            seconds,
        }
    }
}

/// Counters by limit and key.
#[derive(Default)]
pub struct Limits {
    counters: Mutex<HashMap<(&'static str, String), Counter>>,
}

struct Counter {
    until: Timestamp,
    tries: u32,
}

impl Limits {
    /// Counts one try, or says when the next is allowed.
    pub fn count(&self, limit: Limit, key: &str, now: Timestamp) -> Result<(), Refusal> {
        let mut counters = self.lock();
        if counters.len() >= MAX_KEYS {
            counters.retain(|_, counter| counter.until > now);
        }
        if counters.len() >= MAX_KEYS {
            counters.clear();
        }
        let fresh = || Counter {
            until: now.plus_seconds(limit.seconds),
            tries: 0,
        };
        let counter = counters
            .entry((limit.name, key.to_owned()))
            .or_insert_with(fresh);
        if counter.until <= now {
            *counter = fresh();
        }
        if counter.tries >= limit.tries {
            let seconds = (counter.until.seconds() - now.seconds()).max(1);
            return Err(Refusal::TooManyTries {
                retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
            });
        }
        counter.tries += 1;
        Ok(())
    }

    /// A try that turned out to be rightful does not count.
    pub fn give_back(&self, limit: Limit, key: &str) {
        if let Some(counter) = self.lock().get_mut(&(limit.name, key.to_owned())) {
            counter.tries = counter.tries.saturating_sub(1);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(&'static str, String), Counter>> {
        self.counters
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The network a request comes from: /24 of IPv4, /48 of IPv6. None for this machine itself, which is not limited.
///
/// Plain HTTP is served on loopback only, so there a loopback peer is the TLS proxy in front, and the last address of
/// its `X-Forwarded-For` is the one it saw. Any other peer is taken as it is, whatever it claims.
pub fn network_prefix(peer: IpAddr, forwarded_for: Option<&str>) -> Option<String> {
    let seen_by_proxy = || forwarded_for?.rsplit(',').next()?.trim().parse().ok();
    let address: IpAddr = if peer.is_loopback() {
        seen_by_proxy()?
    } else {
        peer
    };
    match address.to_canonical() {
        address if address.is_loopback() => None,
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            Some(format!("{}/24", Ipv4Addr::new(a, b, c, 0)))
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            Some(format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_ends_with_its_window_and_forgives_what_was_right() {
        let limits = Limits::default();
        let limit = Limit::new("test", 2, 60);
        let now = Timestamp::from_seconds(1_000);
        assert!(limits.count(limit, "a", now).is_ok());
        assert!(limits.count(limit, "a", now).is_ok());
        assert!(matches!(
            limits.count(limit, "a", now.plus_seconds(10)),
            Err(Refusal::TooManyTries {
                retry_after_seconds: 50
            })
        ));
        assert!(limits.count(limit, "b", now).is_ok());
        limits.give_back(limit, "a");
        assert!(limits.count(limit, "a", now).is_ok());
        assert!(limits.count(limit, "a", now.plus_seconds(60)).is_ok());
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed_about_addresses() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let prefix = |peer: &str, forwarded| network_prefix(ip(peer), forwarded);
        assert_eq!(prefix("127.0.0.1", None), None);
        assert_eq!(
            prefix("127.0.0.1", Some("1.1.1.1, 203.0.113.9")),
            Some("203.0.113.0/24".into())
        );
        assert_eq!(
            prefix("203.0.113.9", Some("198.51.100.1")),
            Some("203.0.113.0/24".into())
        );
        assert_eq!(
            prefix("2001:db8:1:2::3", None),
            Some("2001:db8:1::/48".into())
        );
        assert_eq!(
            prefix("::ffff:203.0.113.9", None),
            Some("203.0.113.0/24".into())
        );
    }
}
