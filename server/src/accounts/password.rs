//! argon2id, 19 MiB and two passes, at most two at a time: a flood of logins queues instead of eating the machine.

use crate::accounts::model::{Password, Refusal};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::{sync::OnceLock, time::Duration};
use tokio::sync::Semaphore;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const AT_ONCE: usize = 2;
const MAX_WAIT: Duration = Duration::from_secs(5);

static SLOTS: Semaphore = Semaphore::const_new(AT_ONCE);

/// The PHC string to keep.
pub async fn hash(password: &Password) -> Result<String, Refusal> {
    let password = password.clone();
    in_turn(move || hash_now(password.as_bytes())).await?
}

/// Compares; without a hash (no such account) it takes just as long and says no.
pub async fn verify(password: &Password, hash: Option<String>) -> Result<bool, Refusal> {
    let password = password.clone();
    in_turn(move || {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| nobody().to_owned());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok());
        is_known && matches
    })
    .await
}

async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    let slot = tokio::time::timeout(MAX_WAIT, SLOTS.acquire()).await;
    let Ok(Ok(slot)) = slot else {
        return Err(Refusal::Busy);
    };
    let done = tokio::task::spawn_blocking(move || {
        let _slot = slot;
        work()
    });
    done.await
        .map_err(|error| Refusal::Fault(error.to_string()))
}

fn hash_now(password: &[u8]) -> Result<String, Refusal> {
    let hash: PasswordHash = argon2()
        .hash_password(password)
        .map_err(|error| Refusal::Fault(error.to_string()))?;
    Ok(hash.to_string())
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .expect("BUG: the parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// A hash that no account has.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| hash_now(b"nobody has this password").unwrap_or_default())
}
