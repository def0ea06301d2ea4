//! Outgoing mail. The embedded default writes each message as an `.eml` file into a folder, where a transport of the
//! operator's choice picks it up; [`SmtpMailer`](super::smtp::SmtpMailer) hands the same bytes to a relay.

use base64::{Engine, engine::general_purpose::STANDARD};
use sampan_engine::time::Timestamp;
use std::{future::Future, io, path::PathBuf, pin::Pin};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

/// One message of plain text to one mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The same for a message sent again: it replaces the first instead of being a second.
    pub id: uuid::Uuid,
    pub to: String,
    pub subject: String,
    pub text: String,
    /// The reader's language, for `Content-Language`.
    pub locale: String,
    pub at: Timestamp,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    Handed,
    /// It will never be taken; the log says why.
    Refused,
}

impl Posted {
    /// Gives a mail up. `why` names no address.
    pub fn refused(mail: &Mail, why: &str) -> Self {
        tracing::error!(mail = %mail.id, why, "a mail is given up");
        Posted::Refused
    }
}

/// Hands messages on. A mail may be handed over twice after a crash, under the same id; an error is worth another try.
pub trait Mailer: Send + Sync {
    fn send<'a>(
        &'a self,
        mail: &'a Mail,
    ) -> Pin<Box<dyn Future<Output = io::Result<Posted>> + Send + 'a>>;
}

/// Writes `<id>.eml` into a folder, whole or not at all.
pub struct FileMailer {
    pub folder: PathBuf,
    /// The address that mail comes from.
    pub from: String,
}

const LINE_BYTES: usize = 76;
/// 56 letters of base64, 12 of markup and `Subject: ` before the first word make 77; a line may have 78.
const WORD_BYTES: usize = 42;

impl Mailer for FileMailer {
    fn send<'a>(
        &'a self,
        mail: &'a Mail,
    ) -> Pin<Box<dyn Future<Output = io::Result<Posted>> + Send + 'a>> {
        Box::pin(async move {
            let message = match compose(&self.from, mail) {
                Ok(message) => message,
                Err(error) => return Ok(Posted::refused(mail, &error.to_string())),
            };
            tokio::fs::create_dir_all(&self.folder).await?;
            let unfinished = self.folder.join(format!(".{}.part", mail.id));
            tokio::fs::write(&unfinished, message).await?;
            let finished = self.folder.join(format!("{}.eml", mail.id));
            tokio::fs::rename(&unfinished, finished).await?;
            Ok(Posted::Handed)
        })
    }
}

/// The address that mail of this installation comes from.
pub fn sender(public_url: &str) -> String {
    let host = public_url
        .split_once("://")
        .map_or(public_url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let is_name = host.contains('.') && host.parse::<std::net::Ipv4Addr>().is_err();
    format!("no-reply@{}", if is_name { host } else { "sampan.example" })
}

const MAX_ADDRESS_BYTES: usize = 254;
const MAX_LOCAL_BYTES: usize = 64;

/// Is it one mailbox that mail can be written to: ASCII, no quotes, no comments, a domain with a dot? The app asks the same
/// before it sends one.
pub fn is_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let local_ok = local.len() <= MAX_LOCAL_BYTES
        && local
            .split('.')
            .all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte));
    let domain_ok = domain.contains('.') && domain.split('.').all(is_domain_label);
    text.len() <= MAX_ADDRESS_BYTES && local_ok && domain_ok
}

fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

fn is_domain_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// RFC 5322 with MIME: encoded words in the subject, UTF-8 text in base64, CRLF everywhere. A line break in an address
/// or subject never starts a header of its own.
pub fn compose(from: &str, mail: &Mail) -> io::Result<String> {
    let is_address = |text: &str| {
        text.is_ascii()
            && !text
                .bytes()
                .any(|byte| byte.is_ascii_control() || byte == b' ')
    };
    if !is_address(from) || !is_mailbox(&mail.to) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a mail address",
        ));
    }
    let domain = from.rsplit('@').next().unwrap_or_default();
    let date = OffsetDateTime::from_unix_timestamp(mail.at.seconds())
        .map_err(io::Error::other)?
        .format(&Rfc2822)
        .map_err(io::Error::other)?;
    let body = STANDARD.encode(mail.text.replace("\r\n", "\n").replace('\n', "\r\n"));
    let body: Vec<&str> = body
        .as_bytes()
        .chunks(LINE_BYTES)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    Ok(format!(
        "Date: {date}\r\nFrom: Sampan <{from}>\r\nTo: <{to}>\r\nMessage-ID: <{id}@{domain}>\r\nSubject: {subject}\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Language: {locale}\r\nAuto-Submitted: auto-generated\r\n\r\n{body}\r\n",
        to = mail.to,
        id = mail.id,
        subject = encoded_words(&mail.subject),
        locale = mail.locale,
        body = body.join("\r\n"),
    ))
}

/// RFC 2047: plain where it may be, else base64 words of whole characters, folded.
fn encoded_words(text: &str) -> String {
    let is_plain = text.len() <= 60
        && !text.contains("=?")
        && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_plain {
        return text.to_owned();
    }
    let mut words = vec![String::new()];
    for character in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        if words.last().map_or(0, String::len) + character.len_utf8() > WORD_BYTES {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(character);
        }
    }
    let words: Vec<String> = words
        .iter()
        .map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)))
        .collect();
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(subject: &str) -> Mail {
        Mail {
            id: uuid::Uuid::nil(),
            to: "ana@example.com".to_owned(),
            subject: subject.to_owned(),
            text: "Hola:\nel enlace está aquí.".to_owned(),
            locale: "es".to_owned(),
            at: Timestamp::from_seconds(1_795_464_000),
        }
    }

    #[test]
    fn a_message_has_ascii_headers_short_lines_and_its_text_comes_back() {
        let message = compose(
            "no-reply@sampan.example",
            &mail("نسيت كلمة المرور؟ إليك رابطًا لكلمة مرور جديدة في سامبان"),
        )
        .expect("a message");
        assert!(message.is_ascii());
        assert!(message.starts_with("Date: Mon, 23 Nov 2026 20:00:00 +0000\r\n"));
        assert!(
            message
                .split("\r\n")
                .all(|line| line.len() <= 78 && !line.contains('\n'))
        );
        let (_, body) = message.split_once("\r\n\r\n").expect("a body");
        let text = STANDARD.decode(body.replace("\r\n", "")).expect("base64");
        assert_eq!(
            String::from_utf8(text).expect("UTF-8"),
            "Hola:\r\nel enlace está aquí."
        );
    }

    #[test]
    fn a_line_break_in_a_subject_or_an_address_makes_no_header() {
        let message = compose("no-reply@sampan.example", &mail("x\r\nBcc: b@example.com"))
            .expect("a message");
        assert!(!message.contains("\r\nBcc"));
        let evil = Mail {
            to: "a@example.com>\r\nBcc: <b@example.com".to_owned(),
            ..mail("x")
        };
        assert!(compose("no-reply@sampan.example", &evil).is_err());
    }

    #[test]
    fn a_mailbox_is_one_address_that_a_header_can_hold() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/vectors/mailboxes.json"))
                .expect("readable vectors");
        let texts = |name: &str| -> Vec<String> {
            serde_json::from_value(vectors[name].clone()).expect("a list of texts")
        };
        for good in texts("mailboxes") {
            assert!(is_mailbox(&good), "{good}");
        }
        for wrong in texts("others") {
            assert!(!is_mailbox(&wrong), "{wrong:?}");
            let mail = Mail {
                to: wrong,
                ..mail("x")
            };
            assert!(compose("no-reply@sampan.example", &mail).is_err());
        }
    }

    #[test]
    fn mail_comes_from_the_public_name_if_there_is_one() {
        assert_eq!(
            sender("https://shop.example.org:8443/"),
            "no-reply@shop.example.org"
        );
        assert_eq!(sender("http://127.0.0.1:8080"), "no-reply@sampan.example");
    }
}
