use super::{
    TestApp,
    device::{Guest, guest, id, pair, text},
    phone::Phone,
    spawn_app, trade,
};
use sampan::platform::db;
use serde_json::{Value, json};
use uuid::Uuid;

const PASSWORD: &str = "correct horse battery";

fn slug(problem: &Value) -> &str {
    problem["type"].as_str().unwrap_or_default()
}

/// Status, body and the refresh token that came with it.
async fn call(
    app: &TestApp,
    path: &str,
    body: Value,
    cookie: Option<&str>,
) -> (u16, Value, Option<String>) {
    let mut request = app.client.post(format!("{}/api/v1{path}", app.address));
    if !body.is_null() {
        request = request.json(&body);
    }
    if let Some(cookie) = cookie {
        request = request.header("cookie", format!("sampan_refresh={cookie}"));
    }
    let response = request.send().await.expect("an answer");
    let cookie = response.headers().get("set-cookie").map(|value| {
        let value = value.to_str().expect("text");
        assert!(
            value.contains("HttpOnly")
                && value.contains("SameSite=Strict")
                && value.contains("Path=/")
        );
        let (pair, _) = value.split_once(';').expect("attributes");
        pair.trim_start_matches("sampan_refresh=").to_owned()
    });
    let status = response.status().as_u16();
    let body = response.text().await.expect("a body");
    (
        status,
        serde_json::from_str(&body).unwrap_or(Value::Null),
        cookie,
    )
}

async fn refresh(app: &TestApp, cookie: &str) -> (u16, Value, Option<String>) {
    call(app, "/auth/refresh", Value::Null, Some(cookie)).await
}

/// A guest and its refresh token.
async fn guest_with_cookie(app: &TestApp) -> (Guest, String) {
    let (device_id, secret) = pair();
    let body = json!({ "device_id": device_id, "secret": secret });
    let (status, reply, cookie) = call(app, "/auth/guest", body, None).await;
    assert_eq!(status, 201, "{reply}");
    let guest = Guest {
        token: text(&reply, "access_token"),
        scope_id: id(&reply, "scope_id"),
        cart_id: id(&reply, "cart_id"),
        epoch: text(&reply, "epoch"),
        device_id,
        secret,
    };
    (guest, cookie.expect("a refresh cookie"))
}

async fn register(app: &TestApp, guest: &Guest, email: &str) -> Value {
    let body = json!({ "email": email, "password": PASSWORD });
    let (status, reply) = app
        .post_as(&guest.token, "/api/v1/auth/register", body)
        .await;
    assert_eq!(status, 201, "{reply}");
    reply
}

async fn login(app: &TestApp, email: &str, password: &str) -> (u16, Value) {
    let (device_id, secret) = pair();
    let body =
        json!({ "email": email, "password": password, "device_id": device_id, "secret": secret });
    app.post("/api/v1/auth/login", body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_asked_for_twice_is_the_same_scope_and_another_secret_is_refused() {
    let app = spawn_app().await;
    let first = guest(&app).await;
    let again = json!({ "device_id": first.device_id, "secret": first.secret });
    let (status, reply) = app.post("/api/v1/auth/guest", again).await;
    assert_eq!((status, id(&reply, "scope_id")), (201, first.scope_id));
    assert_eq!(id(&reply, "cart_id"), first.cart_id);
    assert_eq!(reply["account"], Value::Null);
    let wrong = json!({ "device_id": first.device_id, "secret": pair().1 });
    let (status, problem) = app.post("/api/v1/auth/guest", wrong).await;
    assert_eq!((status, slug(&problem)), (409, "/problems/device-taken"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_asked_for_many_times_at_once_is_one_scope() {
    let app = spawn_app().await;
    let (device_id, secret) = pair();
    let body = json!({ "device_id": device_id, "secret": secret });
    let ask = || app.post("/api/v1/auth/guest", body.clone());
    let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
    let scopes: Vec<Uuid> = [a, b, c, d]
        .iter()
        .map(|(_, reply)| id(reply, "scope_id"))
        .collect();
    assert!(scopes.iter().all(|scope| *scope == scopes[0]), "{scopes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_not_32_bytes_is_named() {
    let app = spawn_app().await;
    let body = json!({ "device_id": pair().0, "secret": "short" });
    let (status, problem) = app.post("/api/v1/auth/guest", body).await;
    assert_eq!(
        (status, problem["errors"][0]["pointer"].as_str()),
        (422, Some("/secret"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_keeps_the_scope_and_its_cart_however_often_it_is_repeated() {
    let app = spawn_app().await;
    let guest = guest(&app).await;
    for _ in 0..2 {
        let reply = register(&app, &guest, "Ana@Example.com").await;
        assert_eq!(id(&reply, "scope_id"), guest.scope_id);
        assert_eq!(id(&reply, "cart_id"), guest.cart_id);
        assert_eq!(reply["account"]["email"], "ana@example.com");
    }
    let (_, me) = app.get_as(&guest.token, "/api/v1/me").await;
    assert_eq!(
        (me["kind"].as_str(), me["email"].as_str()),
        (Some("account"), Some("ana@example.com"))
    );
    let (status, reply) = login(&app, "ANA@example.com", PASSWORD).await;
    assert_eq!((status, id(&reply, "scope_id")), (200, guest.scope_id));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_is_registered_once() {
    let app = spawn_app().await;
    register(&app, &guest(&app).await, "ana@example.com").await;
    let body = json!({ "email": "ANA@example.com", "password": PASSWORD });
    let token = guest(&app).await.token;
    let (status, problem) = app.post_as(&token, "/api/v1/auth/register", body).await;
    assert_eq!((status, slug(&problem)), (409, "/problems/conflict"));
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_without_a_guest_opens_a_scope_whose_phone_is_added_after() {
    let app = spawn_app().await;
    let body = json!({ "email": "bea@example.com", "password": PASSWORD, "locale": "es", "country": "ES" });
    let (status, reply) = app.post("/api/v1/auth/register", body).await;
    assert_eq!(status, 201, "{reply}");
    let token = text(&reply, "access_token");
    let (device_id, secret) = pair();
    let device = json!({ "device_id": device_id, "secret": secret, "name": "Chrome on Android" });
    let (status, added) = app.post_as(&token, "/api/v1/devices", device).await;
    assert_eq!(status, 201, "{added}");
    let (_, list) = app
        .get_as(&text(&added, "access_token"), "/api/v1/devices")
        .await;
    assert_eq!(list["items"][0]["device_id"], device_id.to_string());
    assert_eq!(list["items"][0]["current"], true);
    let (_, me) = app.get_as(&token, "/api/v1/me").await;
    assert_eq!(
        (me["locale"].as_str(), me["country"].as_str()),
        (Some("es"), Some("ES"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phones_secret_alone_does_not_open_an_account() {
    let app = spawn_app().await;
    let phone = guest(&app).await;
    register(&app, &phone, "ana@example.com").await;
    let body = json!({ "device_id": phone.device_id, "secret": phone.secret });
    let (status, problem) = app.post("/api/v1/auth/guest", body).await;
    assert_eq!((status, slug(&problem)), (401, "/problems/unauthorized"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_e_mail_are_answered_alike() {
    let app = spawn_app().await;
    register(&app, &guest(&app).await, "ana@example.com").await;
    let (wrong, mut first) = login(&app, "ana@example.com", "not the password").await;
    let (unknown, mut second) = login(&app, "nobody@example.com", "not the password").await;
    first["request_id"] = Value::Null;
    second["request_id"] = Value::Null;
    assert_eq!((wrong, &first), (unknown, &second));
    assert_eq!(wrong, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_wrong_passwords_close_an_account_to_guessing_for_a_while() {
    let app = spawn_app().await;
    register(&app, &guest(&app).await, "ana@example.com").await;
    for _ in 0..10 {
        assert_eq!(
            login(&app, "ana@example.com", "not the password").await.0,
            401
        );
    }
    let (status, problem) = login(&app, "ana@example.com", PASSWORD).await;
    assert_eq!(
        (status, slug(&problem)),
        (429, "/problems/too-many-requests")
    );
    app.clock.advance_seconds(15 * 60);
    assert_eq!(login(&app, "ana@example.com", PASSWORD).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_opens_a_limited_number_of_guests() {
    let app = spawn_app().await;
    let from = |address: &'static str| {
        let (device_id, secret) = pair();
        let request = app
            .client
            .post(format!("{}/api/v1/auth/guest", app.address));
        let body = json!({ "device_id": device_id, "secret": secret });
        app.send(request.header("x-forwarded-for", address).json(&body))
    };
    for _ in 0..120 {
        assert_eq!(from("203.0.113.7").await.0, 201);
    }
    assert_eq!(from("203.0.113.200").await.0, 429);
    assert_eq!(from("203.0.114.7").await.0, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_refresh_reply_is_given_again_until_its_token_was_used() {
    let app = spawn_app().await;
    let (guest, first) = guest_with_cookie(&app).await;
    let (status, reply, lost) = refresh(&app, &first).await;
    assert_eq!((status, id(&reply, "scope_id")), (200, guest.scope_id));
    let (_, _, again) = refresh(&app, &first).await;
    assert_eq!(lost, again);
    let second = again.expect("a successor");
    assert_ne!(first, second);
    assert_eq!(refresh(&app, &second).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_refreshes_at_once_get_the_same_successor() {
    let app = spawn_app().await;
    let (_, first) = guest_with_cookie(&app).await;
    let (a, b, c) = tokio::join!(
        refresh(&app, &first),
        refresh(&app, &first),
        refresh(&app, &first)
    );
    assert_eq!((a.0, b.0, c.0), (200, 200, 200));
    assert!(a.2.is_some() && a.2 == b.2 && b.2 == c.2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_refresh_token_ends_the_login_it_came_from() {
    let app = spawn_app().await;
    let (_, first) = guest_with_cookie(&app).await;
    let (_, _, second) = refresh(&app, &first).await;
    let (_, _, third) = refresh(&app, &second.expect("a successor")).await;
    let (status, problem, _) = refresh(&app, &first).await;
    assert_eq!((status, slug(&problem)), (401, "/problems/unauthorized"));
    let (status, problem, _) = refresh(&app, &third.expect("a successor")).await;
    assert_eq!(status, 401);
    assert!(text(&problem, "detail").contains("two places"), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_refresh_token_ends_nobodys_login() {
    let app = spawn_app().await;
    let (_, first) = guest_with_cookie(&app).await;
    let (_, _, second) = refresh(&app, &first).await;
    let second = second.expect("a successor");
    let mut forged = first.clone().into_bytes();
    let last = forged.len() - 5;
    forged[last] = if forged[last] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).expect("text");
    assert_eq!(refresh(&app, &forged).await.0, 401);
    assert_eq!(refresh(&app, &second).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_unused_for_ninety_days_has_ended() {
    let app = spawn_app().await;
    let (_, cookie) = guest_with_cookie(&app).await;
    app.clock.advance_seconds(90 * 86_400);
    assert_eq!(refresh(&app, &cookie).await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_ends_the_login_and_a_guest_may_come_back() {
    let app = spawn_app().await;
    let (guest, cookie) = guest_with_cookie(&app).await;
    assert_eq!(
        call(&app, "/auth/logout", Value::Null, Some(&cookie))
            .await
            .0,
        204
    );
    assert_eq!(refresh(&app, &cookie).await.0, 401);
    let body = json!({ "device_id": guest.device_id, "secret": guest.secret });
    let (status, reply) = app.post("/api/v1/auth/guest", body).await;
    assert_eq!((status, id(&reply, "scope_id")), (201, guest.scope_id));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_shoppers_device_id_can_neither_be_added_nor_signed_out() {
    let app = spawn_app().await;
    let (mine, theirs) = (guest(&app).await, guest(&app).await);
    let body = json!({ "device_id": theirs.device_id, "secret": theirs.secret });
    let (status, problem) = app.post_as(&mine.token, "/api/v1/devices", body).await;
    assert_eq!((status, slug(&problem)), (409, "/problems/device-taken"));
    let address = format!("{}/api/v1/devices/{}", app.address, theirs.device_id);
    let (status, _) = app
        .send(app.client.delete(address).bearer_auth(&mine.token))
        .await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_a_phone_out_ends_its_login_and_its_secret() {
    let app = spawn_app().await;
    let (phone, cookie) = guest_with_cookie(&app).await;
    let (device_id, secret) = pair();
    let body = json!({ "device_id": device_id, "secret": secret });
    let (_, second) = app.post_as(&phone.token, "/api/v1/devices", body).await;
    let token = text(&second, "access_token");
    let (status, _) = app
        .post_as(&token, "/api/v1/devices/sign-out-others", Value::Null)
        .await;
    assert_eq!(status, 204);
    assert_eq!(refresh(&app, &cookie).await.0, 401);
    let body = json!({ "device_id": phone.device_id, "secret": phone.secret });
    let (status, problem) = app.post("/api/v1/auth/guest", body).await;
    assert_eq!((status, slug(&problem)), (409, "/problems/device-taken"));
    let (_, list) = app.get_as(&token, "/api/v1/devices").await;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_repeated_after_a_lost_reply_is_the_same_device() {
    let app = spawn_app().await;
    register(&app, &guest(&app).await, "ana@example.com").await;
    let (device_id, secret) = pair();
    let body = json!({ "email": "ana@example.com", "password": PASSWORD, "device_id": device_id, "secret": secret });
    assert_eq!(app.post("/api/v1/auth/login", body.clone()).await.0, 200);
    let (status, reply) = app.post("/api/v1/auth/login", body).await;
    assert_eq!(status, 200);
    let (_, list) = app
        .get_as(&text(&reply, "access_token"), "/api/v1/devices")
        .await;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_is_told_and_never_taken_for_none() {
    let app = spawn_app().await;
    let guest = guest(&app).await;
    app.clock.advance_seconds(601);
    let body = json!({ "email": "ana@example.com", "password": PASSWORD });
    let (status, problem) = app
        .post_as(&guest.token, "/api/v1/auth/register", body)
        .await;
    assert_eq!((status, slug(&problem)), (401, "/problems/token-expired"));
}

/// Every mail written so far: recipient, subject, text.
fn mails(app: &TestApp) -> Vec<(String, String, String)> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let Ok(files) = std::fs::read_dir(app.folder.path().join("mail")) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let message = std::fs::read_to_string(path).expect("a message");
        let (head, body) = message.split_once("\r\n\r\n").expect("head and body");
        let header = |name: &str| {
            let line = head.split("\r\n").find_map(|line| line.strip_prefix(name));
            line.expect("a header").trim_matches(['<', '>']).to_owned()
        };
        let text = STANDARD.decode(body.replace("\r\n", "")).expect("base64");
        (
            header("To: "),
            header("Subject: "),
            String::from_utf8(text).expect("UTF-8"),
        )
    };
    paths.iter().map(read).collect()
}

/// The token of the link in a mail.
fn link_token(text: &str) -> String {
    let (_, rest) = text.split_once("?token=").expect("a link");
    rest.split_whitespace().next().expect("a token").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_once_by_mail_and_ends_every_login() {
    let app = spawn_app().await;
    let (phone, cookie) = guest_with_cookie(&app).await;
    register(&app, &phone, "ana@example.com").await;
    let ask = json!({ "email": "Ana@example.com" });
    assert_eq!(app.post("/api/v1/auth/password/forgot", ask).await.0, 202);
    app.run_jobs().await;
    let (to, subject, body) = mails(&app).pop().expect("a mail");
    assert_eq!(
        (to.as_str(), subject.as_str()),
        ("ana@example.com", "A new password for Sampan")
    );
    let wish = json!({ "token": link_token(&body), "password": "a new password" });
    assert_eq!(
        app.post("/api/v1/auth/password/reset", wish.clone())
            .await
            .0,
        204
    );
    let (status, problem) = app.post("/api/v1/auth/password/reset", wish).await;
    assert_eq!((status, slug(&problem)), (404, "/problems/not-found"));
    assert_eq!(refresh(&app, &cookie).await.0, 401);
    assert_eq!(login(&app, "ana@example.com", PASSWORD).await.0, 401);
    assert_eq!(
        login(&app, "ana@example.com", "a new password").await.0,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_a_new_password_expires_after_an_hour_and_no_stranger_gets_one() {
    let app = spawn_app().await;
    register(&app, &guest(&app).await, "ana@example.com").await;
    for email in ["nobody@example.com", "ana@example.com"] {
        let ask = json!({ "email": email });
        assert_eq!(app.post("/api/v1/auth/password/forgot", ask).await.0, 202);
    }
    app.run_jobs().await;
    let mails = mails(&app);
    assert_eq!(mails.len(), 1, "{mails:?}");
    app.clock.advance_seconds(3_600);
    let wish = json!({ "token": link_token(&mails[0].2), "password": "a new password" });
    assert_eq!(app.post("/api/v1/auth/password/reset", wish).await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_changes_when_its_mail_is_opened_and_the_old_address_hears_of_it() {
    let app = spawn_app().await;
    let phone = guest(&app).await;
    register(&app, &phone, "ana@example.com").await;
    let wrong = json!({ "email": "new@example.com", "password": "not the password" });
    assert_eq!(
        app.post_as(&phone.token, "/api/v1/me/email", wrong).await.0,
        403
    );
    let wish = json!({ "email": "new@example.com", "password": PASSWORD });
    assert_eq!(
        app.post_as(&phone.token, "/api/v1/me/email", wish).await.0,
        202
    );
    let (_, me) = app.get_as(&phone.token, "/api/v1/me").await;
    assert_eq!(
        (me["email"].as_str(), me["email_pending"].as_str()),
        (Some("ana@example.com"), Some("new@example.com"))
    );
    app.run_jobs().await;
    let (to, _, body) = mails(&app).pop().expect("a mail");
    assert_eq!(to, "new@example.com");
    let token = json!({ "token": link_token(&body) });
    assert_eq!(
        app.post("/api/v1/me/email/confirm", token.clone()).await.0,
        204
    );
    assert_eq!(app.post("/api/v1/me/email/confirm", token).await.0, 404);
    app.run_jobs().await;
    assert!(
        mails(&app)
            .iter()
            .any(|(to, _, text)| to == "ana@example.com" && text.contains("new@example.com"))
    );
    let (_, me) = app.get_as(&phone.token, "/api/v1/me").await;
    assert_eq!(
        (me["email"].as_str(), me["email_pending"].as_str()),
        (Some("new@example.com"), None)
    );
    assert_eq!(login(&app, "ana@example.com", PASSWORD).await.0, 401);
    assert_eq!(login(&app, "new@example.com", PASSWORD).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_reads_mail_in_the_language_they_chose() {
    let app = spawn_app().await;
    let phone = guest(&app).await;
    register(&app, &phone, "ana@example.com").await;
    let request = app
        .client
        .patch(format!("{}/api/v1/me", app.address))
        .bearer_auth(&phone.token);
    let wish = json!({ "locale": "es-MX", "country": "MX", "currency": "MXN" });
    let (status, me) = app.send(request.json(&wish)).await;
    assert_eq!(
        (status, me["country"].as_str(), me["currency"].as_str()),
        (200, Some("MX"), Some("MXN")),
        "{me}"
    );
    app.post(
        "/api/v1/auth/password/forgot",
        json!({ "email": "ana@example.com" }),
    )
    .await;
    app.run_jobs().await;
    let (_, subject, body) = mails(&app).pop().expect("a mail");
    assert!(subject.starts_with("=?utf-8?B?"), "{subject}");
    assert!(body.contains("Abre este enlace"), "{body}");
}

/// Changes preferences over REST.
async fn prefer(app: &TestApp, token: &str, wish: Value) {
    let request = app.client.patch(format!("{}/api/v1/me", app.address));
    let (status, me) = app.send(request.bearer_auth(token).json(&wish)).await;
    assert_eq!(status, 200, "{me}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_preferred_over_rest_comes_to_every_phone() {
    let app = spawn_app().await;
    let mut one = Phone::guest(&app).await;
    let mut two = one.join(&app).await;
    one.sync_all(&app).await;
    two.sync_all(&app).await;
    prefer(
        &app,
        &one.token,
        json!({ "locale": "es-MX", "currency": "MXN" }),
    )
    .await;
    for phone in [&mut one, &mut two] {
        phone.sync_all(&app).await;
        assert_eq!(phone.confirmed["prefs/currency"], json!({ "value": "MXN" }));
        assert_eq!(phone.confirmed["prefs/locale"], json!({ "value": "es-MX" }));
        assert_eq!(phone.confirmed.get("prefs/country"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_while_registering_comes_to_every_phone() {
    let app = spawn_app().await;
    let mut one = Phone::guest(&app).await;
    let mut two = one.join(&app).await;
    two.sync_all(&app).await;
    let wish = json!({ "email": "bea@example.com", "password": "two sloops and a ketch", "locale": "zh", "country": "SG" });
    let (status, reply) = app.post_as(&one.token, "/api/v1/auth/register", wish).await;
    assert_eq!(status, 201, "{reply}");
    for phone in [&mut one, &mut two] {
        phone.sync_all(&app).await;
        assert_eq!(phone.confirmed["prefs/locale"], json!({ "value": "zh" }));
        assert_eq!(phone.confirmed["prefs/country"], json!({ "value": "SG" }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_choice_over_rest_and_one_on_an_offline_phone_the_later_holds() {
    let app = spawn_app().await;
    let mut phone = Phone::guest(&app).await;
    phone.sync_all(&app).await;
    let yen = json!({ "kind": "prefs.set", "name": "currency", "value": "JPY" });
    phone.tap(&app, yen.clone());
    app.clock.advance_seconds(60);
    prefer(&app, &phone.token, json!({ "currency": "MXN" })).await;
    app.clock.advance_seconds(60);
    let reply = phone.sync_all(&app).await;
    assert_eq!(reply["outcomes"][0]["code"], "superseded", "{reply}");
    assert_eq!(phone.confirmed["prefs/currency"], json!({ "value": "MXN" }));
    phone.tap(&app, yen);
    phone.sync_all(&app).await;
    assert_eq!(phone.confirmed["prefs/currency"], json!({ "value": "JPY" }));
    let (_, me) = app.get_as(&phone.token, "/api/v1/me").await;
    assert_eq!(me["currency"], "JPY");
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_in_takes_the_guests_cart_along_once_however_often_it_is_repeated() {
    let app = trade::market().await;
    let account = trade::Shopper::with_bowls(&app, 6).await;
    register(&app, &account.guest, "ana@example.com").await;
    let other = trade::Shopper::with_bowls(&app, 12).await;
    let (device_id, secret) = pair();
    let body = json!({ "email": "ana@example.com", "password": PASSWORD, "device_id": device_id, "secret": secret,
        "guest_cart": other.guest.cart_id });
    for _ in 0..3 {
        let (status, reply) = app
            .post_as(&other.guest.token, "/api/v1/auth/login", body.clone())
            .await;
        assert_eq!(
            (status, id(&reply, "scope_id")),
            (200, account.guest.scope_id),
            "{reply}"
        );
        assert_eq!(reply["absorbed"]["lines"], 1);
    }
    assert_eq!(account.cart().await, [(trade::BOWL.to_owned(), 18)]);
    let (status, problem) = app.post("/api/v1/auth/login", body).await;
    assert_eq!(
        (status, problem["errors"][0]["pointer"].as_str()),
        (422, Some("/guest_cart"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_the_person_and_no_secret() {
    let app = spawn_app().await;
    let phone = guest(&app).await;
    register(&app, &phone, "ana@example.com").await;
    let (status, export) = app.get_as(&phone.token, "/api/v1/me/export").await;
    assert_eq!(status, 200, "{export}");
    let tables = &export["scopes"][0]["tables"];
    assert_eq!(tables["account"][0]["email"], "ana@example.com");
    assert_eq!(tables["device"][0]["id"], phone.device_id.to_string());
    assert_eq!(tables["cart"][0]["id"], phone.cart_id.to_string());
    let text = export.to_string();
    assert!(!text.contains("argon2") && !text.contains("hash") && !text.contains(&phone.secret));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_account_is_gone_and_its_e_mail_is_free() {
    let app = spawn_app().await;
    let (phone, cookie) = guest_with_cookie(&app).await;
    register(&app, &phone, "ana@example.com").await;
    let request = app.client.delete(format!("{}/api/v1/me", app.address));
    assert_eq!(app.send(request.bearer_auth(&phone.token)).await.0, 204);
    app.run_jobs().await;
    assert_eq!(refresh(&app, &cookie).await.0, 401);
    assert_eq!(login(&app, "ana@example.com", PASSWORD).await.0, 401);
    let (status, problem) = app.get_as(&phone.token, "/api/v1/me").await;
    assert_eq!((status, slug(&problem)), (401, "/problems/device-unknown"));
    let body = json!({ "device_id": phone.device_id, "secret": phone.secret });
    let (status, problem) = app.post("/api/v1/auth/guest", body).await;
    assert_eq!((status, slug(&problem)), (409, "/problems/device-taken"));
    register(&app, &guest(&app).await, "ana@example.com").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_shoppers_order_arrives_and_then_forgets_where() {
    let app = trade::market().await;
    let shopper = trade::Shopper::with_bowls(&app, 6).await;
    shopper.buy().await;
    let request = app.client.delete(format!("{}/api/v1/me", app.address));
    let request = request.bearer_auth(&shopper.guest.token);
    assert_eq!(app.send(request).await.0, 204);
    app.run_jobs().await;
    let addressed = "SELECT COUNT(*) AS n FROM shop_order WHERE ship_to LIKE '%Escondida%'";
    assert_eq!(trade::number(&app, addressed).await, 1);
    assert_eq!(
        trade::number(&app, "SELECT COUNT(*) AS n FROM cart_line").await,
        0
    );
    let arrived = "UPDATE batch SET state = 'delivered'";
    db::execute(app.rooms.platform.db.writer(), arrived, [])
        .await
        .expect("written");
    app.clock.advance_seconds(86_400);
    app.run_jobs().await;
    for (table, column) in [
        ("shop_order", "ship_to"),
        ("checkout", "request"),
        ("order_group", "contact"),
    ] {
        let left = format!(
            "SELECT COUNT(*) AS n FROM {table} WHERE {column} LIKE '%Escondida%' OR {column} LIKE '%@example%'"
        );
        assert_eq!(trade::number(&app, &left).await, 0, "{table}");
    }
    let kept = "SELECT COUNT(*) AS n FROM shop_order WHERE ship_to LIKE '%\"ES\"%'";
    assert_eq!(trade::number(&app, kept).await, 1);
    let seller = trade::seller(&app, trade::POTTERY).await;
    assert_eq!(seller.get("/api/v1/seller/batches").await.0, 200);
}
