//! What a push carries: one JSON for all engines, Declarative Web Push and classic alike. One wrong type and WebKit
//! drops the message, and after a few of those the permission: [`mistakes`] checks every field.

use serde_json::{Value, json};
use uuid::Uuid;

pub const MAX_TITLE: usize = 40;
pub const MAX_BODY: usize = 90;
/// What `web-push` encrypts at most.
pub const MAX_BYTES: usize = 3_052;

/// What a notification says and where it leads.
pub struct Notice<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub lang: &'a str,
    pub dir: &'a str,
    /// None for a test, which is about no order.
    pub order_id: Option<Uuid>,
    pub status: &'a str,
    pub seq: i64,
}

/// The message as it is encrypted; a tap opens the order below `public_url`.
pub fn payload(notice: &Notice<'_>, public_url: &str) -> Value {
    let (path, tag) = match notice.order_id {
        Some(order) => (format!("/orders/{order}"), format!("order-{order}")),
        None => ("/orders".to_owned(), "test".to_owned()),
    };
    json!({
        "web_push": 8030,
        "mutable": true,
        "notification": {
            "title": notice.title,
            "body": notice.body,
            "navigate": format!("{public_url}{path}"),
            "lang": notice.lang,
            "dir": notice.dir,
            "tag": tag,
            "icon": format!("{public_url}/icons/icon-192.png"),
            "silent": false,
            "mutable": true,
            "data": {"order": notice.order_id, "status": notice.status, "seq": notice.seq},
        },
    })
}

/// Everything that an engine would stumble over; empty for a sound message.
pub fn mistakes(payload: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |name: &str, is_sound: bool| {
        if !is_sound {
            found.push(name.to_owned());
        }
    };
    let told = &payload["notification"];
    let text = |name: &str, longest: usize| {
        told[name]
            .as_str()
            .is_some_and(|text| !text.trim().is_empty() && text.chars().count() <= longest)
    };
    let absolute = |name: &str| {
        told[name]
            .as_str()
            .and_then(|text| reqwest::Url::parse(text).ok())
            .is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    };
    check("web_push", payload["web_push"].as_u64() == Some(8030));
    check(
        "mutable",
        payload["mutable"].is_boolean() && told["mutable"].is_boolean(),
    );
    check("title", text("title", MAX_TITLE));
    check("body", text("body", MAX_BODY));
    check("navigate", absolute("navigate"));
    check("icon", absolute("icon"));
    check("lang", text("lang", 35));
    check(
        "dir",
        matches!(told["dir"].as_str(), Some("ltr" | "rtl" | "auto")),
    );
    check("tag", text("tag", 64));
    check("silent", told["silent"].is_boolean());
    let data = &told["data"];
    check(
        "data",
        data["status"].is_string()
            && data["seq"].is_i64()
            && (data["order"].is_string() || data["order"].is_null()),
    );
    let only = |value: &Value, known: &[&str]| {
        value
            .as_object()
            .is_some_and(|object| object.keys().all(|key| known.contains(&key.as_str())))
    };
    check(
        "unknown member",
        only(payload, &["web_push", "mutable", "notification"]),
    );
    check(
        "unknown member of notification",
        only(
            told,
            &[
                "title", "body", "navigate", "lang", "dir", "tag", "icon", "silent", "mutable",
                "data",
            ],
        ),
    );
    check("size", payload.to_string().len() <= MAX_BYTES);
    found
}

/// At most `longest` characters, cut at the end with an ellipsis.
pub fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_message_has_no_mistakes_and_each_wrong_type_is_one() {
        let notice = Notice {
            title: "Kamihina Bungu: on its way",
            body: "Expected 26 November – 28 November.",
            lang: "en",
            dir: "ltr",
            order_id: Some(Uuid::nil()),
            status: "shipped",
            seq: 7,
        };
        let sound = payload(&notice, "https://sampan.example");
        assert_eq!(mistakes(&sound), Vec::<String>::new());
        for (pointer, wrong) in [
            ("/web_push", json!("8030")),
            ("/mutable", json!("true")),
            ("/notification/title", json!("x".repeat(41))),
            ("/notification/title", json!("")),
            ("/notification/body", json!(null)),
            ("/notification/navigate", json!("/orders/1")),
            ("/notification/icon", json!("icons/icon-192.png")),
            ("/notification/dir", json!("left")),
            ("/notification/silent", json!(0)),
            ("/notification/data/seq", json!("7")),
        ] {
            let mut broken = sound.clone();
            *broken.pointer_mut(pointer).expect("a member") = wrong;
            assert!(!mistakes(&broken).is_empty(), "{pointer}");
        }
    }

    #[test]
    fn long_text_ends_in_an_ellipsis_within_its_bound() {
        assert_eq!(shortened("Olaria Vale Manso", 40), "Olaria Vale Manso");
        assert_eq!(shortened("Olaria Vale Manso", 8), "Olaria…");
        assert_eq!(shortened("陶器工房", 3), "陶器…");
    }
}
