//! Where a push may go. The address comes from a phone, so it is user input: only known push services, only over TLS,
//! and never into our own network, whatever a name resolves to at the moment of sending.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openssl::{
    bn::BigNumContext,
    ec::{EcGroup, EcPoint},
    nid::Nid,
};
use reqwest::Url;

const MAX_ENDPOINT_BYTES: usize = 2_048;
const PUBLIC_KEY_BYTES: usize = 65;
const AUTH_BYTES: usize = 16;

/// The push services of the browsers; `.` in front means any host below.
const SERVICES: [&str; 5] = [
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    "web.push.apple.com",
    ".push.apple.com",
    ".notify.windows.com",
];

/// Which addresses this installation sends to.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// Further hosts of the operator's choice, in the notation of [`SERVICES`].
    extras: Vec<String>,
    /// The one loopback HOST:PORT of a test.
    loopback: Option<String>,
}

/// A checked address of a push service.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub url: Url,
    /// `scheme://host[:port]`, the audience of our signature; without the default port.
    pub origin: String,
}

/// What is wrong with a subscription, by the field it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    Endpoint(&'static str),
    PublicKey,
    Auth,
}

impl Allowed {
    pub fn new(extras: &[String], loopback: Option<&str>) -> Self {
        Self {
            extras: extras.to_vec(),
            loopback: loopback.map(str::to_owned),
        }
    }

    /// The one loopback HOST:PORT of a test.
    pub fn loopback(&self) -> Option<&str> {
        self.loopback.as_deref()
    }

    /// Checks an address, at subscribing and again before each message.
    pub fn endpoint(&self, text: &str) -> Result<Endpoint, Mistake> {
        let refused = |why| Err(Mistake::Endpoint(why));
        if text.len() > MAX_ENDPOINT_BYTES {
            return refused("At most 2048 characters.");
        }
        let Ok(url) = Url::parse(text) else {
            return refused("Send the address that the browser's push subscription holds.");
        };
        let host = url.host_str().unwrap_or_default();
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return refused("No user, password or fragment belongs there.");
        }
        let place = format!("{host}:{}", url.port_or_known_default().unwrap_or(0));
        let is_test = url.scheme() == "http" && self.loopback.as_deref() == Some(place.as_str());
        if !is_test {
            if url.scheme() != "https" || url.port_or_known_default() != Some(443) {
                return refused("Push services are reached over https on port 443.");
            }
            if !self.knows(host) {
                return refused("This is not a push service that Sampan knows.");
            }
        }
        let origin = url.origin().ascii_serialization();
        Ok(Endpoint { url, origin })
    }

    fn knows(&self, host: &str) -> bool {
        let extras = self.extras.iter().map(String::as_str);
        SERVICES
            .into_iter()
            .chain(extras)
            .any(|service| match service.strip_prefix('.') {
                Some(_) => host.len() > service.len() && host.ends_with(service),
                None => host == service,
            })
    }
}

/// The phone's public key: 65 bytes, uncompressed, on the curve P-256. Answers it without padding.
pub fn public_key(text: &str) -> Result<String, Mistake> {
    let text = text.trim_end_matches('=');
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| Mistake::PublicKey)?;
    let is_point = bytes.len() == PUBLIC_KEY_BYTES && bytes[0] == 4 && is_on_curve(&bytes);
    is_point.then(|| text.to_owned()).ok_or(Mistake::PublicKey)
}

/// The phone's secret: 16 bytes. Answers it without padding.
pub fn auth(text: &str) -> Result<String, Mistake> {
    let text = text.trim_end_matches('=');
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Mistake::Auth)?;
    (bytes.len() == AUTH_BYTES)
        .then(|| text.to_owned())
        .ok_or(Mistake::Auth)
}

fn is_on_curve(bytes: &[u8]) -> bool {
    let check = || {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
        let mut context = BigNumContext::new()?;
        let point = EcPoint::from_bytes(&group, bytes, &mut context)?;
        point.is_on_curve(&group, &mut context)
    };
    check().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_push_services_over_tls_are_taken() {
        let allowed = Allowed::new(&["push.example.org".to_owned()], Some("127.0.0.1:9"));
        for (endpoint, taken) in [
            ("https://fcm.googleapis.com/fcm/send/abc", true),
            ("https://fcm.googleapis.com:443/fcm/send/abc", true),
            (
                "https://updates.push.services.mozilla.com/wpush/v2/abc",
                true,
            ),
            ("https://web.push.apple.com/abc", true),
            ("https://wns2-db5p.notify.windows.com/w/?token=abc", true),
            ("https://push.example.org/abc", true),
            ("http://127.0.0.1:9/wpush/v2/abc", true),
            ("http://fcm.googleapis.com/fcm/send/abc", false),
            ("https://fcm.googleapis.com:8443/fcm/send/abc", false),
            ("https://fcm.googleapis.com.evil.example/abc", false),
            ("https://evilpush.apple.com.example/abc", false),
            ("https://notify.windows.com.evil.example/abc", false),
            ("https://xnotify.windows.com/abc", false),
            ("https://user@fcm.googleapis.com/abc", false),
            ("https://fcm.googleapis.com@evil.example/abc", false),
            ("https://fcm.googleapis.com./abc", false),
            ("https://127.0.0.1/abc", false),
            ("https://[::1]/abc", false),
            ("https://localhost/abc", false),
            ("https://169.254.169.254/latest/meta-data", false),
            ("http://127.0.0.1:10/wpush/v2/abc", false),
            ("https://127.0.0.1:9/wpush/v2/abc", false),
            ("http://127.0.0.1:9@evil.example/", false),
            ("ftp://fcm.googleapis.com/abc", false),
            ("data:text/plain,abc", false),
            ("/relative", false),
            ("", false),
        ] {
            assert_eq!(allowed.endpoint(endpoint).is_ok(), taken, "{endpoint}");
        }
        assert!(
            allowed
                .endpoint(&format!("https://web.push.apple.com/{}", "a".repeat(2_100)))
                .is_err()
        );
        let endpoint = allowed.endpoint("http://127.0.0.1:9/x").expect("allowed");
        assert_eq!(endpoint.origin, "http://127.0.0.1:9");
    }

    #[test]
    fn a_key_must_be_a_point_of_the_curve_and_a_secret_16_bytes() {
        let good = "BH1HTeKM7-NwaLGHEqxeu2IamQaVVLkcsFHPIHmsCnqxcBHPQBprF41bEMOr3O1hUQ2jU1opNEm1F_lZV_sxMP8";
        assert_eq!(public_key(&format!("{good}=")).as_deref(), Ok(good));
        let off_curve = good.replace("xMP8", "xMP4");
        for bad in ["", "AAAA", off_curve.as_str(), &good[..80], "not base64!"] {
            assert_eq!(public_key(bad), Err(Mistake::PublicKey), "{bad}");
        }
        assert_eq!(
            auth("sBXU5_tIYz-5w7G2B25BEw==").as_deref(),
            Ok("sBXU5_tIYz-5w7G2B25BEw")
        );
        assert_eq!(auth("sBXU5_tIYz-5w7G2B25B"), Err(Mistake::Auth));
    }
}
