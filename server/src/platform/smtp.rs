//! Mail by SMTP: one conversation a message with the operator's relay, which carries it on.
//!
//! A reply that will change (4xx, none at all, a refused log-in) is an error and tried again; one that will not (5xx)
//! ends the mail. What the relay says beside its number is never repeated: it likes to quote the address.

use super::{
    clock::Clock,
    mail::{Mail, Mailer, Posted, compose},
};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    address::Envelope,
    transport::smtp::{self, PoolConfig, extension::ClientId},
};
use reqwest::Url;
use sampan_engine::time::Timestamp;
use std::{
    convert::Infallible,
    fmt,
    future::Future,
    io,
    net::Ipv4Addr,
    pin::Pin,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;

/// What one message may take from the first packet to the relay's last word: less than the claim on its job lasts, so
/// that no other node sends it meanwhile.
pub const PATIENCE: Duration = Duration::from_secs(25);
/// After a silence nobody asks the relay for so long: other jobs would wait with the mail.
const PAUSE_SECONDS: i64 = 60;
const AT_ONCE: usize = 4;
/// The relay wants another log-in (RFC 4954): the operator's matter, not the message's.
const LOG_IN_REFUSED: [u16; 4] = [530, 534, 535, 538];

/// Where the relay is, `smtps://USER:PASSWORD@HOST:PORT` or `smtp://…`. It holds a password and is never shown.
#[derive(Clone)]
pub struct RelayUrl(String);

impl FromStr for RelayUrl {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for RelayUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RelayUrl(…)")
    }
}

impl RelayUrl {
    /// The address as `lettre` reads it, in which `tls=required` stands for STARTTLS; else what must be changed.
    fn checked(&self) -> Result<Url, &'static str> {
        let mut url = Url::parse(&self.0).map_err(|_| {
            "SAMPAN_SMTP_URL must be smtps://USER:PASSWORD@HOST or smtp://HOST?tls=required, \
             with %XX for special characters"
        })?;
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return Err("SAMPAN_SMTP_URL must begin with smtps:// or smtp://");
        }
        let host = url.host_str().unwrap_or_default();
        if host.is_empty() || host.starts_with('[') {
            return Err("SAMPAN_SMTP_URL must name the relay's host, by name or IPv4 address");
        }
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err("SAMPAN_SMTP_URL must end after the host, the port and tls=…");
        }
        let has_password = url.password().is_some();
        if has_password == url.username().is_empty() {
            return Err("SAMPAN_SMTP_URL must hold both user and password, or neither");
        }
        let is_loopback =
            host == "localhost" || host.parse().is_ok_and(|host: Ipv4Addr| host.is_loopback());
        let is_plain = match (url.scheme(), url.query()) {
            ("smtps", None) | ("smtp", Some("tls=required")) => false,
            ("smtp", Some("tls=none")) => true,
            ("smtp", None) if is_loopback => true,
            ("smtp", None) => {
                return Err(
                    "SAMPAN_SMTP_URL would send mail unencrypted: use smtps://, or add \
                     ?tls=required (STARTTLS), or ?tls=none if the network up to the relay \
                     is yours",
                );
            }
            _ => {
                return Err(
                    "SAMPAN_SMTP_URL takes ?tls=required or ?tls=none after smtp://, and \
                     nothing after smtps://",
                );
            }
        };
        if is_plain && has_password && !is_loopback {
            return Err(
                "SAMPAN_SMTP_URL would send a password unencrypted: use smtps:// or \
                 ?tls=required",
            );
        }
        if is_plain {
            url.set_query(None);
        }
        Ok(url)
    }
}

/// Hands mail to a relay.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: String,
    clock: Arc<dyn Clock>,
    patience: Duration,
    permits: Semaphore,
    silent_until: Mutex<Option<Timestamp>>,
}

impl SmtpMailer {
    /// Checks the settings; nothing is sent yet. `from` is a mailbox.
    pub fn new(
        url: &RelayUrl,
        from: &str,
        clock: Arc<dyn Clock>,
        patience: Duration,
    ) -> Result<Self, String> {
        let url = url.checked()?;
        let domain = from.rsplit('@').next().unwrap_or_default();
        // A connection carries one message, as one that was given up half-way must not carry the next; the pool of none
        // says goodbye behind our back, and a message that was taken does not wait for it.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .map_err(|error| format!("the mail relay cannot be used: {error}"))?
            .hello_name(ClientId::Domain(domain.to_owned()))
            .timeout(Some(patience / 2))
            .pool_config(PoolConfig::new().max_size(0))
            .build();
        Ok(Self {
            transport,
            from: from.to_owned(),
            clock,
            patience,
            permits: Semaphore::new(AT_ONCE),
            silent_until: Mutex::default(),
        })
    }

    async fn deliver(&self, mail: &Mail) -> io::Result<Posted> {
        let (envelope, message) = match self.write(mail) {
            Ok(written) => written,
            Err(error) => return Ok(Posted::refused(mail, &error.to_string())),
        };
        let now = self.clock.now();
        if self.silent_until().is_some_and(|until| now < until) {
            return Err(silence());
        }
        let conversation = async {
            let _permit = self.permits.acquire().await;
            self.transport.send_raw(&envelope, message.as_bytes()).await
        };
        let outcome = tokio::time::timeout(self.patience, conversation).await;
        let is_silent = match &outcome {
            Ok(reply) => reply.as_ref().is_err_and(smtp::Error::is_timeout),
            Err(_) => true,
        };
        *self.silent_until() = is_silent.then(|| now.plus_seconds(PAUSE_SECONDS));
        match outcome {
            Ok(Ok(_)) => Ok(Posted::Handed),
            Ok(Err(error)) => judge(mail, &error),
            Err(_) => Err(silence()),
        }
    }

    fn write(&self, mail: &Mail) -> io::Result<(Envelope, String)> {
        let address = |text: &str| {
            Address::from_str(text)
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "not a mail address"))
        };
        let message = compose(&self.from, mail)?;
        let envelope = Envelope::new(Some(address(&self.from)?), vec![address(&mail.to)?])
            .map_err(io::Error::other)?;
        Ok((envelope, message))
    }

    fn silent_until(&self) -> std::sync::MutexGuard<'_, Option<Timestamp>> {
        self.silent_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mailer for SmtpMailer {
    fn send<'a>(
        &'a self,
        mail: &'a Mail,
    ) -> Pin<Box<dyn Future<Output = io::Result<Posted>> + Send + 'a>> {
        Box::pin(self.deliver(mail))
    }
}

fn silence() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the mail relay is silent")
}

/// What a failed conversation means for its mail.
fn judge(mail: &Mail, error: &smtp::Error) -> io::Result<Posted> {
    let Some(code) = error.status().map(u16::from) else {
        return Err(io::Error::other(if error.is_response() {
            "the mail relay broke off, or does not speak SMTP".to_owned()
        } else {
            format!("the mail relay cannot be used: {error}")
        }));
    };
    if error.is_permanent() && !LOG_IN_REFUSED.contains(&code) {
        return Ok(Posted::refused(
            mail,
            &format!("the mail relay answers {code}"),
        ));
    }
    Err(io::Error::other(format!("the mail relay answers {code}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_spoken_to_over_tls_or_within_the_machine() {
        for (given, read) in [
            (
                "smtps://ana:s%40crt@mail.example.org",
                "smtps://ana:s%40crt@mail.example.org",
            ),
            (
                "smtp://mail.example.org:587?tls=required",
                "smtp://mail.example.org:587?tls=required",
            ),
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("smtp://ana:secret@localhost", "smtp://ana:secret@localhost"),
            (
                "smtp://relay.internal:25?tls=none",
                "smtp://relay.internal:25",
            ),
        ] {
            let Ok(url) = RelayUrl::from_str(given);
            assert_eq!(url.checked().as_ref().map(Url::as_str), Ok(read));
        }
    }

    #[test]
    fn a_wrong_address_is_refused_in_words_that_hold_no_password() {
        for (given, word) in [
            ("mail.example.org:25", "begin with"),
            ("https://mail.example.org", "begin with"),
            ("smtps://ana:geheim#x@mail.example.org", "%XX"),
            ("smtps://", "host"),
            ("smtps://ana:geheim@[::1]", "IPv4"),
            ("smtps://ana@mail.example.org", "both"),
            ("smtps://:geheim@mail.example.org", "both"),
            ("smtps://mail.example.org/inbox", "end after"),
            ("smtps://mail.example.org?tls=none", "nothing after smtps"),
            ("smtp://mail.example.org", "unencrypted"),
            ("smtp://mail.example.org?tls=opportunistic", "tls=required"),
            (
                "smtp://ana:geheim@mail.example.org?tls=none",
                "password unencrypted",
            ),
        ] {
            let Ok(url) = RelayUrl::from_str(given);
            let refusal = url.checked().expect_err(given);
            assert!(refusal.contains(word), "{given}: {refusal}");
            assert!(!refusal.contains("geheim") && !format!("{url:?}").contains("geheim"));
        }
    }
}
