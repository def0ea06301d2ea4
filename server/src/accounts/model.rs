//! E-mail, password, role: parsed at the border, trusted inside. And what can be refused, in the trader's words.

use crate::{
    platform::{db::WriteError, mail},
    scope::ScopeError,
};
use sea_orm::DbErr;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

const MIN_PASSWORD_CHARS: usize = 8;
const MAX_PASSWORD_CHARS: usize = 256;

/// An address of the form `local@domain`, folded to lower case: two spellings of one mailbox are one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

/// A password in NFC, 8 to 256 characters. Never shown, never logged.
#[derive(Clone)]
pub struct Password(String);

/// What an account may do besides buying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Works for shops; which ones, the shops say.
    Seller,
    /// Runs the market: may do all that staff may.
    Operator,
    /// Looks after the rules of customs, tax and freight.
    Rules,
    /// Answers shoppers: sees what staff sees, changes nothing.
    Support,
}

/// One thing that staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    ReadRules,
    ImportRules,
    /// Counts of what the market does, without names.
    ReadFigures,
}

/// A phone's id and the secret it made itself.
#[derive(Clone)]
pub struct Pair {
    pub device_id: Uuid,
    pub secret: String,
    pub secret_hash: Vec<u8>,
}

/// Why an account's request is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("another phone has this device id")]
    DeviceTaken,
    #[error("the device belongs to an account")]
    DeviceOfAccount,
    #[error("too many devices")]
    TooManyDevices,
    #[error("no such device")]
    NoSuchDevice,
    #[error("wrong e-mail or password")]
    WrongLogin,
    #[error("wrong password")]
    WrongPassword,
    #[error("the e-mail has an account")]
    EmailTaken,
    #[error("already an account")]
    AlreadyAccount,
    #[error("no account")]
    NotAnAccount,
    #[error("only a guest's cart can be taken along")]
    NotAGuest,
    #[error("no such login")]
    NoSession,
    #[error("the login was used twice")]
    SessionStolen,
    #[error("the link is spent")]
    LinkSpent,
    #[error("too many tries")]
    TooManyTries { retry_after_seconds: u32 },
    #[error("busy")]
    Busy,
    #[error("no such shopper")]
    NoSuchScope,
    #[error("{0}")]
    Fault(String),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Email {
    /// None if it is not one mailbox that mail can be written to.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        mail::is_mailbox(text).then(|| Self(text.to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Password {
    /// For a new password; None outside 8 to 256 characters.
    pub fn new(text: &str) -> Option<Self> {
        let password = Self::given(text)?;
        (password.0.chars().count() >= MIN_PASSWORD_CHARS).then_some(password)
    }

    /// For a password to compare; None only if it is absurdly long.
    pub fn given(text: &str) -> Option<Self> {
        if text.len() > MAX_PASSWORD_CHARS * 16 {
            return None;
        }
        let text: String = text.nfc().collect();
        (text.chars().count() <= MAX_PASSWORD_CHARS).then_some(Self(text))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Seller => "seller",
            Role::Operator => "operator",
            Role::Rules => "rules",
            Role::Support => "support",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Role::Seller, Role::Operator, Role::Rules, Role::Support]
            .into_iter()
            .find(|role| role.as_str() == text)
    }

    /// What it allows; nothing that is not named here.
    pub const fn rights(self) -> &'static [Right] {
        match self {
            Role::Seller => &[],
            Role::Operator => &[Right::ReadRules, Right::ImportRules, Right::ReadFigures],
            Role::Rules => &[Right::ReadRules, Right::ImportRules],
            Role::Support => &[Right::ReadRules, Right::ReadFigures],
        }
    }
}

impl WriteError for Refusal {
    fn database(&self) -> Option<&DbErr> {
        match self {
            Refusal::Database(error) => Some(error),
            _ => None,
        }
    }
}

impl From<ScopeError> for Refusal {
    fn from(error: ScopeError) -> Self {
        match error {
            ScopeError::Unknown => Refusal::NoSuchScope,
            ScopeError::Database(error) => Refusal::Database(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_one_mailbox_in_lower_case() {
        let folded = Email::parse(" Ana.Lima@Example.COM ").expect("an address");
        assert_eq!(folded.as_str(), "ana.lima@example.com");
        assert!(Email::parse("ana").is_none() && Email::parse("a b@example.com").is_none());
    }

    #[test]
    fn a_password_typed_in_either_unicode_form_is_the_same() {
        let composed = Password::new("caf\u{e9}-caf\u{e9}").expect("long enough");
        let decomposed = Password::new("cafe\u{301}-cafe\u{301}").expect("long enough");
        assert_eq!(composed.as_bytes(), decomposed.as_bytes());
        assert!(Password::new("1234567").is_none());
        assert!(Password::new(&"x".repeat(257)).is_none());
    }
}
