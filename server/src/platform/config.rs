//! What `sampan serve` can be told, by flag or environment.

use crate::platform::smtp::RelayUrl;
use std::{net::SocketAddr, path::PathBuf};

/// Settings of a running server; every one has a default that works on one machine.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Address to listen on. Plain HTTP is served on loopback only; anything else needs --tls-cert and --tls-key
    #[arg(long, default_value = "127.0.0.1:8080", env = "SAMPAN_BIND")]
    pub bind: SocketAddr,
    /// Database: sqlite://FILE or postgres://…
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://sampan.db",
        hide_env_values = true
    )]
    pub database: String,
    /// Broker that carries live updates between several nodes: nats://HOST:PORT [default: within this process]
    #[arg(long, env = "EVENTS_URL", hide_env_values = true)]
    pub events_url: Option<String>,
    /// Fill an empty database with the demo market, and print its log-ins
    #[arg(long)]
    pub demo: bool,
    /// Address that phones use, for links, push and cookies [default: http://BIND]
    #[arg(long, env = "SAMPAN_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Certificate chain, PEM
    #[arg(long, requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key, PEM
    #[arg(long, requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Key file (mode 0600, the same on all nodes), made at first start
    #[arg(long = "keys", env = "SAMPAN_KEYS", default_value = "sampan-keys.json")]
    pub keys_file: PathBuf,
    /// Relay that mail is handed to: smtps://USER:PASSWORD@HOST, or smtp://HOST?tls=required for STARTTLS; tls=none trusts
    /// the network in between [default: mail is written to a folder]
    #[arg(long, env = "SAMPAN_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<RelayUrl>,
    /// Mailbox that mail comes from; a relay needs it [default: no-reply@ the public address]
    #[arg(long, env = "SAMPAN_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Folder that outgoing mail is written to where there is no relay
    #[arg(long, env = "SAMPAN_MAIL_DIR", default_value = "sampan-mail")]
    pub mail_dir: PathBuf,
    /// Folder of a built app to serve instead of the one inside this file
    #[arg(long = "app", env = "SAMPAN_APP")]
    pub app_dir: Option<PathBuf>,
    /// Kill switch: tell every browser to drop its service worker, for as long as this is on
    #[arg(long, env = "SAMPAN_WORKER_OFF")]
    pub worker_off: bool,
    /// Contact that push services may write to, mailto: or https:
    #[arg(
        long,
        env = "SAMPAN_CONTACT",
        default_value = "mailto:push@sampan.example"
    )]
    pub contact: String,
    /// Further push services, HOST or .DOMAIN, separated by commas
    #[arg(long = "push-hosts", env = "SAMPAN_PUSH_HOSTS", value_delimiter = ',')]
    pub push_hosts: Vec<String>,
    /// Tracking endpoint of a carrier that calls no web hook, with {number} in it: https://HOST/PATH/{number}
    #[arg(long, env = "SAMPAN_POLL_URL", hide_env_values = true)]
    pub poll_url: Option<String>,
    /// The name that sellers ship with for that carrier; the key file's webhooks hold its secret under the same name
    #[arg(long, env = "SAMPAN_POLL_CARRIER")]
    pub poll_carrier: Option<String>,
    /// Test hook: one loopback HOST:PORT that push messages and questions to carriers may go to besides what is outside
    #[arg(long, env = "SAMPAN_PUSH_ALLOW", hide = true)]
    pub push_allow: Option<String>,
    /// Test hook: take the time from a file, `file:PATH`
    #[arg(long, env = "SAMPAN_CLOCK", hide = true)]
    pub clock: Option<String>,
}

impl Config {
    /// The address that phones use, without a trailing slash.
    pub fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None if self.tls_cert.is_some() => format!("https://{}", self.bind),
            None => format!("http://{}", self.bind),
        }
    }

    /// Are cookies sent over TLS only?
    pub fn is_https(&self) -> bool {
        self.public_url().starts_with("https://")
    }

    /// What must not be started, in words. Test hooks stay behind `--demo` in a release build.
    pub fn refusal(&self) -> Option<String> {
        if self.tls_cert.is_none() && !self.bind.ip().is_loopback() {
            return Some(format!(
                "{} is not a loopback address: give --tls-cert and --tls-key, or bind 127.0.0.1 behind a TLS proxy",
                self.bind
            ));
        }
        if let Some(place) = &self.push_allow {
            let host = place.rsplit_once(':').map_or("", |(host, _)| host);
            if !matches!(host, "127.0.0.1" | "localhost" | "[::1]") {
                return Some(format!(
                    "SAMPAN_PUSH_ALLOW={place} must be a loopback HOST:PORT"
                ));
            }
        }
        let hooked = self.push_allow.is_some() || self.clock.is_some();
        (hooked && !self.demo && !cfg!(debug_assertions)).then(|| {
            "SAMPAN_PUSH_ALLOW and SAMPAN_CLOCK are for tests: start with --demo or unset them"
                .to_owned()
        })
    }
}
