//! The shape of an exchange on the wire, read strictly where a mistake would cost an op and loosely where one bad
//! op must not take the others with it: the common fields of an op are read here, the rest goes to its room.

use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};
use uuid::Uuid;

/// The op schema this server speaks; phones of the three before it are still served.
pub const SCHEMA: u32 = 1;
pub const OLDEST_SCHEMA: u32 = 1;
pub const MAX_OPS: usize = 200;
pub const MAX_BODY_BYTES: usize = 256 * 1024;
/// The largest quantity or step an op may carry.
pub const MAX_QUANTITY: i64 = 1_000_000;
pub const MAX_LINES_A_CART: usize = 500;
pub const MAX_UNDELIVERED_OUTCOMES: usize = 500;
pub const DEFAULT_CHANGES: u32 = 500;
pub const MAX_CHANGES: u32 = 2_000;
/// An op older than this by the phone's own clock is not applied but asked about.
pub const MAX_OP_AGE_MS: i64 = 90 * 86_400_000;

/// `POST /api/v1/sync`, before its ops are looked at one by one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub schema: u32,
    #[serde(default)]
    pub epoch: Option<String>,
    pub device: Uuid,
    #[serde(default)]
    pub cursor: i64,
    pub sent_at: i64,
    #[serde(default)]
    pub ops: Vec<Box<RawValue>>,
    #[serde(default)]
    pub seen: Vec<Uuid>,
    #[serde(default)]
    pub limit: Option<u32>,
    #[serde(default)]
    pub page: Option<String>,
}

/// One tap: the fields every op has, and the rest for the room that knows its kind.
#[derive(Clone, Debug, Default)]
pub struct RawOp {
    pub id: Uuid,
    pub seq: i64,
    pub at: i64,
    pub base: i64,
    pub base_at: i64,
    pub epoch: Option<String>,
    pub kind: String,
    pub rest: Map<String, Value>,
    /// False for half a character, U+0000 or a number out of all range somewhere in it: it can be answered, not used.
    pub is_readable: bool,
}

/// What is read even of an op whose other fields cannot be.
#[derive(Deserialize)]
struct Common {
    id: Option<Box<RawValue>>,
    seq: Option<Box<RawValue>>,
    at: Option<Box<RawValue>>,
    base: Option<Box<RawValue>>,
    base_at: Option<Box<RawValue>>,
    epoch: Option<Box<RawValue>>,
    kind: Option<Box<RawValue>>,
}

const COMMON: [&str; 7] = ["id", "seq", "at", "base", "base_at", "epoch", "kind"];

/// A common field that cannot be read: the whole request is refused and nothing is applied, because without it
/// the op could not even be answered.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("op {index}: {field} must be {expected}")]
pub struct Unreadable {
    pub index: usize,
    pub field: &'static str,
    pub expected: &'static str,
}

impl RawOp {
    /// Reads one op by itself: a bad one is answered alone, and never keeps the others waiting.
    pub fn read(index: usize, raw: &RawValue) -> Result<Self, Unreadable> {
        let unreadable = |field, expected| Unreadable {
            index,
            field,
            expected,
        };
        let common: Common = serde_json::from_str(raw.get())
            .map_err(|_| unreadable("op", "an object whose common fields come once"))?;
        let number = |field, value: &Option<Box<RawValue>>, least: i64, expected| {
            parsed::<i64>(value)
                .filter(|number| *number >= least)
                .ok_or(unreadable(field, expected))
        };
        let id = parsed::<String>(&common.id).and_then(|id| Uuid::try_parse(&id).ok());
        let base_at = match common.base_at {
            None => 0,
            some => number("base_at", &some, i64::MIN, "milliseconds since 1970")?,
        };
        let rest = (!holds_nul(raw.get().as_bytes()))
            .then(|| serde_json::from_str::<Map<String, Value>>(raw.get()).ok())
            .flatten();
        let is_readable = rest.is_some();
        let mut rest = rest.unwrap_or_default();
        for field in COMMON {
            rest.remove(field);
        }
        Ok(Self {
            id: id.ok_or(unreadable("id", "a UUID"))?,
            seq: number("seq", &common.seq, 1, "a whole number from 1")?,
            at: number("at", &common.at, i64::MIN, "milliseconds since 1970")?,
            base: number("base", &common.base, 0, "a revision, 0 or more")?,
            base_at,
            epoch: parsed(&common.epoch),
            kind: parsed(&common.kind)
                .filter(|_| is_readable)
                .unwrap_or_default(),
            rest,
            is_readable,
        })
    }
}

fn parsed<'a, T: Deserialize<'a>>(value: &'a Option<Box<RawValue>>) -> Option<T> {
    serde_json::from_str(value.as_ref()?.get()).ok()
}

/// U+0000, which PostgreSQL cannot store: a NUL byte, or its escape with an odd number of backslashes before the `u`.
pub fn holds_nul(json: &[u8]) -> bool {
    let escaped = json.windows(6).enumerate().any(|(start, window)| {
        window.starts_with(br"\u0000")
            && json[..start]
                .iter()
                .rev()
                .take_while(|byte| **byte == b'\\')
                .count()
                % 2
                == 0
    });
    escaped || json.contains(&0)
}

/// Where a reply that did not fit stopped; sent back by the phone as an opaque string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Pages of another data set are of no use.
    pub epoch: String,
    /// In a snapshot, the revision at which it began: what was gone by then need not be told, what went later must be, for
    /// an earlier page may have shown it. 0 in any other reply.
    pub snapshot_rev: i64,
    pub after: Position,
}

impl Page {
    pub fn to_token(&self) -> String {
        let Position { rev, kind, id } = &self.after;
        format!("{}~{}~{rev}~{kind}~{id}", self.epoch, self.snapshot_rev)
    }

    pub fn from_token(token: &str) -> Option<Self> {
        let mut parts = token.splitn(5, '~');
        let page = Self {
            epoch: parts.next()?.to_owned(),
            snapshot_rev: parts.next()?.parse().ok().filter(|rev| *rev >= 0)?,
            after: Position {
                rev: parts.next()?.parse().ok().filter(|rev| *rev >= 0)?,
                kind: parts.next()?.to_owned(),
                id: parts.next()?.to_owned(),
            },
        };
        (!token.contains('\0')).then_some(page)
    }
}

/// A place in the order of changes, `(rev, kind, id)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub rev: i64,
    pub kind: String,
    pub id: String,
}

/// Sorts behind every kind and every id.
const LAST: &str = "\u{10FFFF}";

impl Position {
    /// Behind everything of this revision: where a phone stands whose cursor is `rev`.
    pub fn after_revision(rev: i64) -> Self {
        Self {
            rev,
            kind: LAST.to_owned(),
            id: LAST.to_owned(),
        }
    }

    /// The lower bound for one kind: changes with `(rev, id)` greater than this come next.
    pub fn bound(&self, kind: &str) -> (i64, &str) {
        match kind.cmp(self.kind.as_str()) {
            std::cmp::Ordering::Less => (self.rev, LAST),
            std::cmp::Ordering::Equal => (self.rev, &self.id),
            std::cmp::Ordering::Greater => (self.rev, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Result<RawOp, Unreadable> {
        RawOp::read(3, serde_json::from_str(text).expect("JSON"))
    }

    #[test]
    fn common_fields_are_read_and_the_rest_is_left_to_the_room() {
        let op = json!({"id": Uuid::nil(), "seq": 1, "at": 5, "base": 0, "base_at": 0, "kind": "cart.add", "line": "A"});
        let op = read(&op.to_string()).expect("readable");
        assert_eq!(
            (op.seq, op.kind.as_str(), op.rest.len(), op.is_readable),
            (1, "cart.add", 1, true)
        );
    }

    #[test]
    fn an_unreadable_common_field_refuses_the_request() {
        let nil = Uuid::nil();
        let table = [
            (
                json!({"id": nil, "at": 5, "base": 0, "kind": "cart.add"}),
                "seq",
            ),
            (json!({"id": nil, "seq": 1, "at": 5, "base": -1}), "base"),
            (json!({"id": nil, "seq": 1.5, "at": 5, "base": 1}), "seq"),
            (json!({"id": "x", "seq": 1, "at": 5, "base": 1}), "id"),
            (json!(["not", "an", "object"]), "op"),
        ];
        for (op, field) in table {
            assert_eq!(
                read(&op.to_string()).expect_err("refused").field,
                field,
                "{op}"
            );
        }
    }

    #[test]
    fn a_field_that_cannot_be_read_spoils_its_op_alone() {
        for text in [r#""\ud83d""#, r#""\u0000""#, "1e999"] {
            let op = format!(
                r#"{{"id":"{}","seq":1,"at":5,"base":0,"kind":"cart.note","text":{text}}}"#,
                Uuid::nil()
            );
            let op = read(&op).expect("its common fields");
            assert!(
                !op.is_readable && op.seq == 1 && op.rest.is_empty(),
                "{text}"
            );
        }
    }

    #[test]
    fn u0000_is_found_in_either_spelling_and_its_harmless_look_alike_is_not() {
        assert!(holds_nul(b"{\"a\":\"\0\"}") && holds_nul(br#"{"a":"\u0000"}"#));
        assert!(!holds_nul(br#"{"a":"\\u0000"}"#));
    }

    #[test]
    fn a_page_is_read_back_where_it_stopped() {
        let page = Page {
            epoch: "e_1".into(),
            snapshot_rev: 7,
            after: Position {
                rev: 9,
                kind: "cart_line".into(),
                id: "c/A~B".into(),
            },
        };
        assert_eq!(Page::from_token(&page.to_token()), Some(page));
        assert_eq!(Page::from_token("nonsense"), None);
        assert_eq!(Page::from_token("e~1~1~cart\0~x"), None);
    }

    #[test]
    fn kinds_before_at_and_behind_the_position_are_bounded_differently() {
        let position = Position {
            rev: 4,
            kind: "cart_line".into(),
            id: "x".into(),
        };
        assert_eq!(position.bound("cart"), (4, LAST));
        assert_eq!(position.bound("cart_line"), (4, "x"));
        assert_eq!(position.bound("order"), (4, ""));
    }
}
