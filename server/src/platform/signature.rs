//! Signed web hooks: `X-Sampan-Signature: t=<unix seconds>,v1=hex(HMAC-SHA256(secret, t + "." + raw body))`.

use hmac::{Hmac, Mac};
use sampan_engine::time::Timestamp;
use sha2::Sha256;

/// The header that carries the signature.
pub const HEADER: &str = "x-sampan-signature";
/// How far the signed time may be off, either way.
pub const WINDOW_SECONDS: i64 = 300;

/// Why a signature does not hold. Told to nobody but the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("no signature of the form t=…,v1=…")]
    Unreadable,
    #[error("signed too long ago, or in the future")]
    OutsideWindow,
    #[error("the signature is another")]
    Mismatch,
}

/// The header's value for this body.
pub fn sign(secret: &str, body: &[u8], now: Timestamp) -> String {
    let seconds = now.seconds();
    let mac = mac(secret, seconds, body).finalize().into_bytes();
    format!("t={seconds},v1={}", hex::encode(mac))
}

/// Holds the header's value for this body, now? Compared in constant time.
pub fn verify(
    secret: &str,
    header: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<(), SignatureError> {
    let part = |name: &str| {
        header
            .split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
    };
    let seconds: i64 = part("t")
        .and_then(|text| text.parse().ok())
        .ok_or(SignatureError::Unreadable)?;
    let told = part("v1")
        .and_then(|text| hex::decode(text).ok())
        .ok_or(SignatureError::Unreadable)?;
    let off = now.seconds().saturating_sub(seconds).saturating_abs();
    if off > WINDOW_SECONDS {
        return Err(SignatureError::OutsideWindow);
    }
    mac(secret, seconds, body)
        .verify_slice(&told)
        .map_err(|_| SignatureError::Mismatch)
}

fn mac(secret: &str, seconds: i64, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .expect("BUG: HMAC takes keys of any length");
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_464_000);

    #[test]
    fn a_signature_holds_for_its_body_secret_and_five_minutes() {
        let header = sign("secret", b"{}", NOW);
        let check = |secret, body: &[u8], now| verify(secret, &header, body, now);
        assert_eq!(check("secret", b"{}", NOW.plus_seconds(300)), Ok(()));
        assert_eq!(
            check("secret", b"{}", NOW.plus_seconds(301)),
            Err(SignatureError::OutsideWindow)
        );
        assert_eq!(
            check("secret", b"{}", NOW.plus_seconds(-301)),
            Err(SignatureError::OutsideWindow)
        );
        assert_eq!(check("secret", b"{ }", NOW), Err(SignatureError::Mismatch));
        assert_eq!(check("other", b"{}", NOW), Err(SignatureError::Mismatch));
    }

    #[test]
    fn nonsense_is_no_signature() {
        for header in ["", "t=1", "v1=00", "t=x,v1=00", "t=1795464000,v1=zz"] {
            assert_eq!(
                verify("secret", header, b"{}", NOW),
                Err(SignatureError::Unreadable),
                "{header}"
            );
        }
    }
}
