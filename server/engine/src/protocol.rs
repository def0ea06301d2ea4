//! The shape of an exchange on the wire, read strictly where a mistake would cost an op and loosely where one bad
//! op must not take the others with it: the common fields of an op are read here, the rest goes to its room.

use serde::Deserialize;
use serde_json::{Map, Value};
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
    pub ops: Vec<Map<String, Value>>,
    #[serde(default)]
    pub seen: Vec<Uuid>,
    #[serde(default)]
    pub limit: Option<u32>,
    #[serde(default)]
    pub page: Option<String>,
}

/// One tap: the fields every op has, and the rest for the room that knows its kind.
#[derive(Clone, Debug)]
pub struct RawOp {
    pub id: Uuid,
    pub seq: i64,
    pub at: i64,
    pub base: i64,
    pub base_at: i64,
    pub epoch: Option<String>,
    pub kind: String,
    pub rest: Map<String, Value>,
}

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
    pub fn read(index: usize, mut map: Map<String, Value>) -> Result<Self, Unreadable> {
        let id = uuid_field(index, &mut map, "id")?;
        let seq = number_field(index, &mut map, "seq", 1, "a whole number from 1")?;
        let at = number_field(index, &mut map, "at", i64::MIN, "milliseconds since 1970")?;
        let base = number_field(index, &mut map, "base", 0, "a revision, 0 or more")?;
        let base_at = match map.remove("base_at") {
            None => 0,
            Some(value) => value.as_i64().ok_or(Unreadable {
                index,
                field: "base_at",
                expected: "milliseconds since 1970",
            })?,
        };
        let epoch = match map.remove("epoch") {
            Some(Value::String(epoch)) => Some(epoch),
            _ => None,
        };
        let kind = match map.remove("kind") {
            Some(Value::String(kind)) => kind,
            _ => String::new(),
        };
        Ok(Self {
            id,
            seq,
            at,
            base,
            base_at,
            epoch,
            kind,
            rest: map,
        })
    }
}

fn uuid_field(
    index: usize,
    map: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Uuid, Unreadable> {
    let text = map.remove(field);
    let parsed = text
        .as_ref()
        .and_then(Value::as_str)
        .and_then(|text| Uuid::try_parse(text).ok());
    parsed.ok_or(Unreadable {
        index,
        field,
        expected: "a UUID",
    })
}

fn number_field(
    index: usize,
    map: &mut Map<String, Value>,
    field: &'static str,
    least: i64,
    expected: &'static str,
) -> Result<i64, Unreadable> {
    let value = map.remove(field).and_then(|value| value.as_i64());
    value.filter(|value| *value >= least).ok_or(Unreadable {
        index,
        field,
        expected,
    })
}

/// Where a page of changes stopped; sent back by the phone as an opaque string.
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

    pub fn to_page(&self) -> String {
        format!("{}~{}~{}", self.rev, self.kind, self.id)
    }

    pub fn from_page(page: &str) -> Option<Self> {
        let mut parts = page.splitn(3, '~');
        let rev = parts.next()?.parse().ok().filter(|rev| *rev >= 0)?;
        Some(Self {
            rev,
            kind: parts.next()?.to_owned(),
            id: parts.next()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().expect("an object").clone()
    }

    #[test]
    fn common_fields_are_read_and_the_rest_is_left_to_the_room() {
        let op = json!({"id": Uuid::nil(), "seq": 1, "at": 5, "base": 0, "base_at": 0, "kind": "cart.add", "line": "A"});
        let op = RawOp::read(0, map(op)).expect("readable");
        assert_eq!(
            (op.seq, op.kind.as_str(), op.rest.len()),
            (1, "cart.add", 1)
        );
    }

    #[test]
    fn an_unreadable_common_field_refuses_the_request() {
        let without_seq = json!({"id": Uuid::nil(), "at": 5, "base": 0, "kind": "cart.add"});
        assert_eq!(
            RawOp::read(3, map(without_seq)).expect_err("no seq").field,
            "seq"
        );
        let negative_base = json!({"id": Uuid::nil(), "seq": 1, "at": 5, "base": -1});
        assert_eq!(
            RawOp::read(3, map(negative_base))
                .expect_err("bad base")
                .field,
            "base"
        );
    }

    #[test]
    fn a_page_is_read_back_where_it_stopped() {
        let position = Position {
            rev: 9,
            kind: "cart_line".into(),
            id: "c/A~B".into(),
        };
        assert_eq!(Position::from_page(&position.to_page()), Some(position));
        assert_eq!(Position::from_page("nonsense"), None);
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
