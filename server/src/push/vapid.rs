//! Our signature for push services (RFC 8292): one key for all phones, one token a service, kept for hours.

use crate::platform::{Platform, keys::KeyRing};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sampan_engine::time::Timestamp;
use std::{collections::HashMap, sync::Mutex};
use web_push::{SubscriptionInfo, VapidSignature, VapidSignatureBuilder, WebPushError};

const TOKEN_SECONDS: i64 = 12 * 3_600;
const RENEW_BEFORE_SECONDS: i64 = 3_600;

/// Signs for each push service.
pub struct Vapid {
    ring: KeyRing,
    contact: String,
    tokens: Mutex<HashMap<(String, String), Token>>,
}

struct Token {
    signature: VapidSignature,
    expires: Timestamp,
}

impl Vapid {
    pub fn new(platform: &Platform) -> Self {
        Self {
            ring: platform.keys.vapid.clone(),
            contact: platform.config.contact.clone(),
            tokens: Mutex::default(),
        }
    }

    /// The key that new subscriptions are made with: its id, and its public half as browsers want it.
    pub fn current(&self) -> Result<(String, String), WebPushError> {
        let kid = self.ring.current.clone();
        let key = VapidSignatureBuilder::from_base64_no_sub(self.private(&kid)?)?.get_public_key();
        Ok((kid, URL_SAFE_NO_PAD.encode(key)))
    }

    /// The signature for a service, made by the key that the subscription was made with.
    pub fn sign(
        &self,
        kid: &str,
        subscription: &SubscriptionInfo,
        origin: &str,
        now: Timestamp,
    ) -> Result<VapidSignature, WebPushError> {
        let mut tokens = self
            .tokens
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let place = (kid.to_owned(), origin.to_owned());
        let known = tokens
            .get(&place)
            .filter(|token| token.expires >= now.plus_seconds(RENEW_BEFORE_SECONDS))
            // The clock of a test may have gone back.
            .filter(|token| token.expires <= now.plus_seconds(TOKEN_SECONDS));
        if let Some(token) = known {
            return Ok(token.signature.clone());
        }
        let expires = now.plus_seconds(TOKEN_SECONDS);
        let mut builder = VapidSignatureBuilder::from_base64(self.private(kid)?, subscription)?;
        // By itself the builder would leave out a port and invent a contact.
        builder.add_claim("aud", origin);
        builder.add_claim("exp", expires.seconds());
        builder.add_claim("sub", self.contact.as_str());
        let signature = builder.build()?;
        let token = Token {
            signature: signature.clone(),
            expires,
        };
        tokens.insert(place, token);
        Ok(signature)
    }

    /// After a service refused it: the next message brings a fresh one.
    pub fn forget(&self, origin: &str) {
        self.tokens
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .retain(|(_, known), _| known != origin);
    }

    fn private(&self, kid: &str) -> Result<&str, WebPushError> {
        let key = self.ring.keys.get(kid);
        key.map(String::as_str)
            .ok_or(WebPushError::MissingCryptoKeys)
    }
}
