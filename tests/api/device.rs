//! A phone in a test.

use super::TestApp;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use uuid::Uuid;

/// A guest as the server knows it.
#[derive(Clone, Debug)]
pub struct Guest {
    pub token: String,
    pub scope_id: Uuid,
    pub cart_id: Uuid,
    pub epoch: String,
    pub device_id: Uuid,
    pub secret: String,
}

/// A new phone's first request.
pub async fn guest(app: &TestApp) -> Guest {
    let (device_id, secret) = pair();
    let body = json!({ "device_id": device_id, "secret": secret });
    let (status, reply) = app.post("/api/v1/auth/guest", body).await;
    assert_eq!(status, 201, "{reply}");
    Guest {
        token: text(&reply, "access_token"),
        scope_id: id(&reply, "scope_id"),
        cart_id: id(&reply, "cart_id"),
        epoch: text(&reply, "epoch"),
        device_id,
        secret,
    }
}

/// A device id and a secret, as a phone makes them.
pub fn pair() -> (Uuid, String) {
    let random = [Uuid::new_v4(), Uuid::new_v4()];
    let bytes: Vec<u8> = random.iter().flat_map(|id| *id.as_bytes()).collect();
    (Uuid::now_v7(), URL_SAFE_NO_PAD.encode(bytes))
}

/// A text member of a reply.
pub fn text(reply: &Value, name: &str) -> String {
    let text = reply[name].as_str();
    text.unwrap_or_else(|| panic!("{name} in {reply}"))
        .to_owned()
}

/// An id member of a reply.
pub fn id(reply: &Value, name: &str) -> Uuid {
    text(reply, name).parse().expect("a UUID")
}
