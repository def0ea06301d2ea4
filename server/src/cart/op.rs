//! The cart's ops, read strictly: a field more or a number out of range is a reason, never a guess.

use crate::scope::Reason;
use sampan_engine::{protocol::MAX_QUANTITY, trade::Sku};
use serde_json::{Map, Value};
use uuid::Uuid;

const MAX_NOTE_CHARS: usize = 500;
const KINDS: [&str; 4] = ["cart.add", "cart.set", "cart.remove", "cart.note"];

/// One tap on one line. `cart` is None for "the open one".
#[derive(Clone, Debug)]
pub struct Op {
    pub cart: Option<Uuid>,
    pub line: String,
    pub verb: Verb,
}

#[derive(Clone, Debug)]
pub enum Verb {
    Add { delta: i64 },
    Set { quantity: i64 },
    Remove,
    Note { text: String },
}

pub fn parse(kind: &str, mut rest: Map<String, Value>) -> Result<Op, Reason> {
    // The kind first: a phone newer than this server waits with what the server does not know.
    if !KINDS.contains(&kind) {
        return Err("unknown_kind".into());
    }
    let cart = match rest.remove("cart") {
        None | Some(Value::Null) => None,
        Some(value) => Some(
            value
                .as_str()
                .and_then(|id| Uuid::try_parse(id).ok())
                .ok_or("unknown_cart")?,
        ),
    };
    let line = match rest.remove("line") {
        Some(Value::String(line)) if Sku::parse(&line).is_some() => line,
        _ => return Err("unknown_line".into()),
    };
    let verb = match kind {
        "cart.add" => Verb::Add {
            delta: whole(rest.remove("delta"), -MAX_QUANTITY, "bad_delta")?,
        },
        "cart.set" => Verb::Set {
            quantity: whole(rest.remove("quantity"), 0, "bad_quantity")?,
        },
        "cart.remove" => Verb::Remove,
        _ => Verb::Note {
            text: note(rest.remove("text"))?,
        },
    };
    if matches!(verb, Verb::Add { delta: 0 }) {
        return Err("bad_delta".into());
    }
    if rest.is_empty() {
        Ok(Op { cart, line, verb })
    } else {
        Err("unknown_field".into())
    }
}

fn whole(value: Option<Value>, least: i64, why: &'static str) -> Result<i64, Reason> {
    value
        .as_ref()
        .and_then(Value::as_i64)
        .filter(|number| (least..=MAX_QUANTITY).contains(number))
        .ok_or(why.into())
}

fn note(value: Option<Value>) -> Result<String, Reason> {
    match value {
        Some(Value::String(text)) if text.chars().count() <= MAX_NOTE_CHARS => Ok(text),
        _ => Err("bad_text".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(kind: &str, value: Value) -> Result<Op, Reason> {
        parse(kind, value.as_object().expect("an object").clone())
    }

    #[test]
    fn numbers_out_of_range_and_unknown_fields_are_reasons() {
        let refused = [
            (
                "cart.set",
                json!({"line": "A", "quantity": -1}),
                "bad_quantity",
            ),
            (
                "cart.set",
                json!({"line": "A", "quantity": 2_147_483_648_i64}),
                "bad_quantity",
            ),
            (
                "cart.set",
                json!({"line": "A", "quantity": 1.5}),
                "bad_quantity",
            ),
            ("cart.add", json!({"line": "A", "delta": 0}), "bad_delta"),
            (
                "cart.add",
                json!({"line": "A", "delta": 1, "price": 3}),
                "unknown_field",
            ),
            (
                "cart.add",
                json!({"line": "no such sku", "delta": 1}),
                "unknown_line",
            ),
            (
                "cart.add",
                json!({"cart": "x", "line": "A", "delta": 1}),
                "unknown_cart",
            ),
            ("cart.explode", json!({"line": "A"}), "unknown_kind"),
            ("cart.coupon", json!({"code": "A"}), "unknown_kind"),
        ];
        for (kind, value, why) in refused {
            assert_eq!(
                read(kind, value.clone()).expect_err("refused"),
                why,
                "{kind} {value}"
            );
        }
        assert!(read("cart.remove", json!({"cart": null, "line": "A"})).is_ok());
    }
}
