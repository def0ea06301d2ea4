//! The secrets of an installation: made at first start, kept in one file of mode 0600 beside the database.

use crate::platform::ids::{Ids, secret};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, io::Write, path::Path};

/// The key file. All nodes of one installation share it.
#[derive(Clone, Deserialize, Serialize)]
pub struct Keys {
    /// Signs access tokens: HS256, 256 random bits.
    pub token: KeyRing,
    /// Signs pushes (VAPID): the private P-256 scalar, base64url.
    pub vapid: KeyRing,
    /// Secrets of signed web hooks by provider, used as UTF-8.
    pub webhooks: BTreeMap<String, String>,
}

/// Keys by id; the current one signs, all of them verify.
#[derive(Clone, Deserialize, Serialize)]
pub struct KeyRing {
    pub current: String,
    pub keys: BTreeMap<String, String>,
}

/// Why the key file cannot be used, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("{path}: {source}")]
    File {
        path: String,
        source: std::io::Error,
    },
    #[error("{path} can be read by others on this machine: chmod 600 {path}")]
    Open { path: String },
    #[error("{path}: not a Sampan key file ({detail})")]
    Unreadable { path: String, detail: String },
    #[error(
        "{path} is missing, but the database is in use: put back the key file that belongs to it (SAMPAN_KEYS); a new one would sign everybody out and silence every push"
    )]
    Missing { path: String },
}

impl Keys {
    pub fn generate(ids: &dyn Ids) -> Self {
        let ring = |kid: &str| KeyRing {
            current: kid.to_owned(),
            keys: BTreeMap::from([(kid.to_owned(), secret(ids))]),
        };
        Self {
            token: ring("t1"),
            vapid: ring("v1"),
            webhooks: BTreeMap::from([("generic".to_owned(), secret(ids))]),
        }
    }

    /// Reads the key file; makes it when it is missing and the database is still empty.
    pub fn load_or_create(
        path: &Path,
        database_is_empty: bool,
        ids: &dyn Ids,
    ) -> Result<Self, KeysError> {
        let shown = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(_) if is_open_to_others(path) => Err(KeysError::Open { path: shown }),
            Ok(text) => serde_json::from_str(&text).map_err(|error| KeysError::Unreadable {
                path: shown,
                detail: error.to_string(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && database_is_empty => {
                let keys = Self::generate(ids);
                keys.write_new(path).map_err(|source| KeysError::File {
                    path: shown,
                    source,
                })?;
                Ok(keys)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(KeysError::Missing { path: shown })
            }
            Err(source) => Err(KeysError::File {
                path: shown,
                source,
            }),
        }
    }

    /// Whole or not at all: written beside, then linked to its name, which must be free.
    fn write_new(&self, path: &Path) -> std::io::Result<()> {
        let unfinished = path.with_extension(format!("{}.part", std::process::id()));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&unfinished)?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.sync_all()?;
        let linked = std::fs::hard_link(&unfinished, path);
        std::fs::remove_file(&unfinished)?;
        linked
    }
}

/// May anybody but its owner read the file?
fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    false
}
