//! Access tokens: JWT, HS256 only, ten minutes, verified by our own servers alone.

use crate::platform::{Platform, keys::Keys, problem::Problem};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub const ACCESS_SECONDS: i64 = 600;
const ISSUER: &str = "sampan";
const AUDIENCE: &str = "sampan-api";
const TYPE: &str = "at+jwt";

/// What an access token says: whose data, on which device. Roles are looked up, never carried.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    /// The scope.
    pub sub: Uuid,
    pub exp: i64,
    pub nbf: i64,
    pub iat: i64,
    /// The device that asked for it.
    pub dev: Uuid,
}

/// Signs a token for a device of a scope.
pub fn sign(platform: &Platform, scope_id: Uuid, device_id: Uuid) -> Result<String, Problem> {
    let now = platform.now().seconds();
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: scope_id,
        exp: now + ACCESS_SECONDS,
        nbf: now - 5,
        iat: now,
        dev: device_id,
    };
    let ring = &platform.keys.token;
    let key = key_bytes(&platform.keys, &ring.current)
        .ok_or_else(|| Problem::internal("the current token key is missing"))?;
    let header = Header {
        typ: Some(TYPE.to_owned()),
        kid: Some(ring.current.clone()),
        ..Header::new(Algorithm::HS256)
    };
    encode(&header, &claims, &EncodingKey::from_secret(&key)).map_err(Problem::internal)
}

/// Reads a token; expiry is judged by the injected clock.
pub fn verify(platform: &Platform, token: &str) -> Result<Claims, Problem> {
    let refused = || {
        Problem::unauthorized(
            "This access token is not valid. Ask for a new one at /api/v1/auth/refresh.",
        )
    };
    let header = decode_header(token).map_err(|_| refused())?;
    if header.typ.as_deref() != Some(TYPE) {
        return Err(refused());
    }
    let key = header
        .kid
        .and_then(|kid| key_bytes(&platform.keys, &kid))
        .ok_or_else(refused)?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[AUDIENCE]);
    validation.set_issuer(&[ISSUER]);
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let claims = decode::<Claims>(token, &DecodingKey::from_secret(&key), &validation)
        .map_err(|_| refused())?
        .claims;
    let now = platform.now().seconds();
    if claims.nbf > now + 60 {
        return Err(refused());
    }
    if claims.exp <= now {
        let detail = "This access token has expired. Ask for a new one at /api/v1/auth/refresh.";
        return Err(Problem::new(
            actix_web::http::StatusCode::UNAUTHORIZED,
            "token-expired",
            detail,
        ));
    }
    Ok(claims)
}

fn key_bytes(keys: &Keys, kid: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD
        .decode(keys.token.keys.get(kid)?)
        .ok()
        .filter(|key| key.len() == 32)
}
