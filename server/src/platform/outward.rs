//! The way to services outside: to the open internet only, never through a proxy, never along a redirect, never longer
//! than [`TOTAL_TIMEOUT`].

use reqwest::{
    Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
};
use sampan_engine::time::Timestamp;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use time::{PrimitiveDateTime, macros::format_description};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// From the first byte asked to the last byte read.
pub const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);

/// A client that reaches the open internet, and of this machine nothing but the loopback HOST:PORT of a test. Addresses
/// that are written as numbers ask no resolver: [`leads_outside`] judges them.
pub fn client(loopback: Option<&str>) -> reqwest::Result<Client> {
    let loopback = loopback.and_then(|place| place.rsplit_once(':'));
    Client::builder()
        .user_agent("sampan")
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TOTAL_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .dns_resolver(Arc::new(OpenInternet {
            loopback_host: loopback.map(|(host, _)| host.to_owned()),
        }))
        .build()
}

/// Is the host a name, whose addresses are judged at each connection, or an address of the open internet?
pub fn leads_outside(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    !host.is_empty() && bare.parse().map_or(true, is_public)
}

/// Resolves names to addresses of the open internet only, at the moment of connecting: a name that was harmless when
/// it was checked may lead into our network later.
struct OpenInternet {
    /// The one name that may lead to a loopback address.
    loopback_host: Option<String>,
}

impl Resolve for OpenInternet {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let may_be_loopback = self.loopback_host.as_deref() == Some(host.as_str());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0))
                .await?
                .filter(|address| {
                    is_public(address.ip()) || (may_be_loopback && address.ip().is_loopback())
                })
                .collect();
            if found.is_empty() {
                return Err("the name leads to no address of the open internet".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// `Retry-After` as seconds or as an HTTP date.
pub fn retry_after_seconds(text: &str, now: Timestamp) -> Option<i64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let format = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let at = PrimitiveDateTime::parse(text, &format).ok()?.assume_utc();
    Some(at.unix_timestamp() - now.seconds())
}

/// An address of the open internet: not ours, not the machine's own, not one reserved for something else.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !(reserved
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let words = address.segments();
    let [.., high, low] = words;
    let tail = Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match words {
        // Mapped, compatible, and NAT64 addresses are the IPv4 address inside.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => is_public_v4(tail),
        [0, 0, 0, 0, 0, 0, ..] => false,
        [0x2002, high, low, ..] => {
            is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        // Only 2000::/3 is given out.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    #[tokio::test]
    async fn a_name_that_leads_home_is_not_followed() {
        let resolve = |loopback_host: Option<&str>| {
            let resolver = OpenInternet {
                loopback_host: loopback_host.map(str::to_owned),
            };
            let name = Name::from_str("localhost").expect("a name");
            async move { resolver.resolve(name).await.map(Iterator::count) }
        };
        assert!(resolve(None).await.is_err());
        assert!(resolve(Some("localhost")).await.expect("addresses") > 0);
    }

    #[test]
    fn an_address_in_any_notation_is_judged_as_what_it_is() {
        for (url, expected) in [
            ("https://tracking.example.org/", true),
            ("https://142.250.74.10/", true),
            ("https://[2a00:1450:4001:82b::200a]/", true),
            ("https://127.0.0.1/", false),
            ("https://2130706433/", false),
            ("https://0x7f.1/", false),
            ("https://169.254.169.254/latest", false),
            ("https://[::1]/", false),
            ("https://[::ffff:10.0.0.1]/", false),
            ("data:text/plain,abc", false),
        ] {
            let parsed = Url::parse(url).expect("an address");
            assert_eq!(leads_outside(&parsed), expected, "{url}");
        }
    }

    #[test]
    fn only_addresses_of_the_open_internet_are_public() {
        for (address, expected) in [
            ("142.250.74.10", true),
            ("2a00:1450:4001:82b::200a", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("198.18.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fc00::1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:142.250.74.10", true),
            ("64:ff9b::a00:1", false),
            ("2002:0a00:0001::1", false),
            ("2001:db8::1", false),
            ("ff02::1", false),
        ] {
            assert_eq!(
                is_public(address.parse().expect("an address")),
                expected,
                "{address}"
            );
        }
    }
}
