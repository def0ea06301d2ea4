//! What may be set, read strictly.

use crate::scope::Reason;
use sampan_engine::{
    money::Currency,
    trade::{CountryCode, Sku},
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The kinds of registers, as changes name them.
pub const KINDS: [&str; 3] = ["address", "prefs", "wishlist_item"];

/// A new whole value of one register; None removes it.
#[derive(Clone, Debug)]
pub struct Op {
    pub kind: &'static str,
    pub id: String,
    pub value: Option<Value>,
}

/// An address's fields, the longest each may be, and whether it must be there.
const ADDRESS_FIELDS: [(&str, usize, bool); 9] = [
    ("name", 120, true),
    ("line1", 200, true),
    ("line2", 200, false),
    ("city", 120, true),
    ("region", 120, false),
    ("postcode", 20, false),
    ("country", 2, true),
    ("phone", 40, false),
    ("label", 60, false),
];
const MAX_PREFERENCE_BYTES: usize = 2_000;

pub fn parse(kind: &str, mut rest: Map<String, Value>) -> Result<Op, Reason> {
    let op = match kind {
        "wishlist.put" => {
            let sku = sku(&mut rest)?;
            Op {
                kind: "wishlist_item",
                value: Some(json!({"sku": sku})),
                id: sku,
            }
        }
        "wishlist.remove" => Op {
            kind: "wishlist_item",
            id: sku(&mut rest)?,
            value: None,
        },
        "address.put" => {
            let id = address_id(&mut rest)?;
            Op {
                kind: "address",
                id,
                value: Some(address(&mut rest)?),
            }
        }
        "address.remove" => Op {
            kind: "address",
            id: address_id(&mut rest)?,
            value: None,
        },
        "prefs.set" => preference(&mut rest)?,
        _ => return Err("unknown_kind".into()),
    };
    if rest.is_empty() {
        Ok(op)
    } else {
        Err("unknown_field".into())
    }
}

fn sku(rest: &mut Map<String, Value>) -> Result<String, Reason> {
    match rest.remove("sku") {
        Some(Value::String(sku)) if Sku::parse(&sku).is_some() => Ok(sku),
        _ => Err("unknown_line".into()),
    }
}

fn address_id(rest: &mut Map<String, Value>) -> Result<String, Reason> {
    let id = rest
        .remove("address_id")
        .as_ref()
        .and_then(Value::as_str)
        .and_then(|id| Uuid::try_parse(id).ok());
    id.map(|id| id.to_string()).ok_or("bad_address_id".into())
}

fn address(rest: &mut Map<String, Value>) -> Result<Value, Reason> {
    let mut address = Map::new();
    for (field, longest, is_required) in ADDRESS_FIELDS {
        match rest.remove(field) {
            Some(Value::String(text))
                if text.chars().count() <= longest && !(is_required && text.trim().is_empty()) =>
            {
                address.insert(field.to_owned(), text.into());
            }
            None | Some(Value::Null) if !is_required => {}
            _ => return Err(format!("bad_{field}").into()),
        }
    }
    let country = address
        .get("country")
        .and_then(Value::as_str)
        .and_then(CountryCode::parse);
    if country.is_none() {
        Err("bad_country".into())
    } else {
        Ok(Value::Object(address))
    }
}

/// `currency`, `country` and `locale` also change what the server shows; any other name is the app's own.
fn preference(rest: &mut Map<String, Value>) -> Result<Op, Reason> {
    let name = match rest.remove("name") {
        Some(Value::String(name)) if is_name(&name) => name,
        _ => return Err("bad_name".into()),
    };
    let value = rest.remove("value").ok_or("bad_value")?;
    let text = value.as_str();
    let is_good = match name.as_str() {
        "currency" => text.and_then(Currency::parse).is_some(),
        "country" => text.and_then(CountryCode::parse).is_some(),
        "locale" => text.is_some_and(|text| (2..=16).contains(&text.len())),
        _ => value.to_string().len() <= MAX_PREFERENCE_BYTES,
    };
    if is_good {
        Ok(Op {
            kind: "prefs",
            id: name,
            value: Some(json!({"value": value})),
        })
    } else {
        Err("bad_value".into())
    }
}

fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'.'
    };
    (1..=64).contains(&name.len()) && name.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &str, value: Value) -> Result<Op, Reason> {
        parse(kind, value.as_object().expect("an object").clone())
    }

    #[test]
    fn an_address_needs_its_country_and_takes_no_strange_field() {
        let id = Uuid::from_u128(1).to_string();
        let good = json!({"address_id": id, "name": "Ada", "line1": "1 Quay", "city": "Bremen", "country": "DE"});
        assert!(read("address.put", good.clone()).is_ok());
        let mut strange = good.clone();
        strange["planet"] = "Mars".into();
        assert_eq!(
            read("address.put", strange).expect_err("refused"),
            "unknown_field"
        );
        let mut nowhere = good;
        nowhere["country"] = "Germany".into();
        assert_eq!(
            read("address.put", nowhere).expect_err("refused"),
            "bad_country"
        );
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        assert!(read("prefs.set", json!({"name": "currency", "value": "JPY"})).is_ok());
        assert_eq!(
            read("prefs.set", json!({"name": "currency", "value": "yen"})).expect_err("refused"),
            "bad_value"
        );
    }
}
