//! From a job to the relay, and what the relay's answer does to it.

use super::relay::{Answer, Relay};
use crate::api::{
    TestApp,
    app::{START, TestClock, settings, spawn_app_with},
    trade::{Shopper, text_of},
};
use sampan::{
    app::{Sources, build},
    platform::{
        db,
        ids::SystemIds,
        mail::{Mail, Mailer, Posted},
        smtp::SmtpMailer,
    },
};
use std::{io, sync::Arc, time::Duration};
use uuid::Uuid;

const FROM: &str = "orders@shop.example.org";

async fn market(relay: &Relay) -> TestApp {
    let url = relay.url();
    spawn_app_with(|config| {
        config.demo = true;
        config.smtp_url = Some(url);
        config.mail_from = Some(FROM.to_owned());
    })
    .await
}

fn mailer(relay: &Relay, clock: &Arc<TestClock>, patience: Duration) -> SmtpMailer {
    SmtpMailer::new(&relay.url(), FROM, clock.clone(), patience).expect("a mailer")
}

fn mail() -> Mail {
    Mail {
        id: Uuid::from_u128(7),
        to: "ines@example.org".to_owned(),
        subject: "Tu pedido está en camino".to_owned(),
        text: "Llega mañana.".to_owned(),
        locale: "es".to_owned(),
        at: START,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_goes_to_the_relay_as_one_message_of_plain_headers() {
    let relay = Relay::start().await;
    let app = market(&relay).await;
    let shopper = Shopper::with_bowls(&app, 6).await;
    let placed = shopper.buy().await;
    app.run_jobs().await;
    let letters = relay.letters();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(
        (letter.from.as_str(), letter.to.as_slice()),
        (FROM, &["ines@example.org".to_owned()][..])
    );
    assert_eq!(
        letter.header_names(),
        [
            "Date",
            "From",
            "To",
            "Message-ID",
            "Subject",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "Content-Language",
            "Auto-Submitted",
        ]
    );
    assert_eq!(letter.header("Date"), "Mon, 23 Nov 2026 20:00:00 +0000");
    assert_eq!(letter.header("From"), format!("Sampan <{FROM}>"));
    let id = text_of(&placed, "order_group_id");
    assert_eq!(
        letter.header("Message-ID"),
        format!("<{id}@shop.example.org>")
    );
    assert_eq!(letter.header("Content-Type"), "text/plain; charset=utf-8");
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    assert!(
        !app.rooms.platform.config.mail_dir.exists(),
        "no file beside it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_relay_and_a_lost_reply_are_tried_again_as_the_same_message() {
    let relay = Relay::start().await;
    let app = market(&relay).await;
    relay.answer_next(Answer::Recipient(
        "451 4.7.1 <ines@example.org>: come back later",
    ));
    relay.answer_next(Answer::Cut);
    Shopper::with_bowls(&app, 6).await.buy().await;
    app.run_jobs().await;
    assert_eq!((relay.calls(), relay.letters().len()), (1, 0));
    assert_eq!(
        waiting(&app).await.as_deref(),
        Some("the mail relay answers 451")
    );
    for (calls, letters) in [(2, 1), (3, 2), (3, 2)] {
        app.clock.advance_seconds(5);
        app.run_jobs().await;
        assert_eq!((relay.calls(), relay.letters().len()), (calls, letters));
    }
    let letters = relay.letters();
    assert_eq!(
        letters[0], letters[1],
        "whoever got it twice sees one Message-ID"
    );
    assert_eq!(waiting(&app).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_the_relay_does_not_know_ends_the_mail() {
    let relay = Relay::start().await;
    let app = market(&relay).await;
    relay.answer_next(Answer::Recipient("550 5.1.1 <ines@example.org>: nobody"));
    Shopper::with_bowls(&app, 6).await.buy().await;
    app.run_jobs().await;
    app.clock.advance_seconds(3_600);
    app.run_jobs().await;
    assert_eq!((relay.calls(), relay.letters().len()), (1, 0));
    assert_eq!(waiting(&app).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_of_the_relay_has_its_consequence() {
    let relay = Relay::start().await;
    let clock = Arc::new(TestClock::starting_at(START));
    let mailer = mailer(&relay, &clock, Duration::from_secs(20));
    for (answer, outcome) in [
        (
            Answer::Login("535 5.7.8 no"),
            Err("the mail relay answers 535"),
        ),
        (
            Answer::Login("454 4.7.0 later"),
            Err("the mail relay answers 454"),
        ),
        (
            Answer::Recipient("450 4.2.1 later"),
            Err("the mail relay answers 450"),
        ),
        (Answer::Recipient("553 5.1.3 no"), Ok(Posted::Refused)),
        (
            Answer::Letter("452 4.3.1 full"),
            Err("the mail relay answers 452"),
        ),
        (Answer::Letter("554 5.7.1 spam"), Ok(Posted::Refused)),
        (
            Answer::Cut,
            Err("the mail relay broke off, or does not speak SMTP"),
        ),
        (Answer::NoGoodbye, Ok(Posted::Handed)),
    ] {
        relay.answer_next(answer);
        let told = mailer
            .send(&mail())
            .await
            .map_err(|error| error.to_string());
        assert_eq!(told, outcome.map_err(str::to_owned));
    }
    assert_eq!(relay.letters().len(), 2, "the one cut off and the last");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_relay_is_given_up_in_time_and_left_alone_for_a_while() {
    let relay = Relay::start().await;
    let clock = Arc::new(TestClock::starting_at(START));
    let mailer = mailer(&relay, &clock, Duration::from_millis(300));
    let kind = async || mailer.send(&mail()).await.map_err(|error| error.kind());
    relay.answer_next(Answer::Silence);
    assert_eq!(kind().await, Err(io::ErrorKind::TimedOut));
    assert_eq!(kind().await, Err(io::ErrorKind::TimedOut));
    assert_eq!(relay.calls(), 1, "nobody asked it again");
    clock.advance_seconds(61);
    assert_eq!(kind().await, Ok(Posted::Handed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_does_not_encrypt_as_told_hears_no_password_and_no_letter() {
    let relay = Relay::start().await;
    let clock = Arc::new(TestClock::starting_at(START));
    let address = &relay.address;
    for url in [
        format!("smtp://ana:secret@{address}?tls=required"),
        format!("smtps://ana:secret@{address}"),
    ] {
        let Ok(url) = url.parse();
        let mailer = SmtpMailer::new(&url, FROM, clock.clone(), Duration::from_secs(5));
        let told = mailer.expect("a mailer").send(&mail()).await;
        let error = told.expect_err("no way out").to_string();
        assert!(
            error.starts_with("the mail relay cannot be used"),
            "{error}"
        );
    }
    assert_eq!((relay.calls(), relay.letters().len()), (2, 0));
    assert!(
        relay
            .verbs()
            .iter()
            .all(|verb| !matches!(verb.as_str(), "AUTH" | "MAIL"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_break_in_a_name_or_an_address_makes_no_header_and_no_recipient() {
    let relay = Relay::start().await;
    let clock = Arc::new(TestClock::starting_at(START));
    let mailer = mailer(&relay, &clock, Duration::from_secs(20));
    for to in [
        "ines@example.org>\r\nRCPT TO:<eve@example.org",
        "ines@example.org\r\nBcc: eve@example.org",
        "ines@example.org, eve@example.org",
    ] {
        let mail = Mail {
            to: to.to_owned(),
            ..mail()
        };
        let told = mailer.send(&mail).await.expect("an end");
        assert_eq!(told, Posted::Refused, "{to:?}");
    }
    assert_eq!(relay.calls(), 0);
    let named = Mail {
        subject: "Olaria\r\nBcc: eve@example.org\r\n\r\n.\r\nMAIL FROM:<eve@example.org>"
            .to_owned(),
        text: "one\n.\nMAIL FROM:<eve@example.org>".to_owned(),
        ..mail()
    };
    assert_eq!(mailer.send(&named).await.expect("an end"), Posted::Handed);
    let letters = relay.letters();
    assert_eq!((letters.len(), letters[0].to.len()), (1, 1));
    assert!(!letters[0].header_names().contains(&"Bcc"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_wrong_mail_settings_does_not_start_and_says_why() {
    for (url, from, word) in [
        (
            "smtps://ana:geheim@mail.example.org",
            None,
            "SAMPAN_MAIL_FROM",
        ),
        (
            "smtps://ana:geheim@mail.example.org",
            Some("Shop <x@example.org>"),
            "SAMPAN_MAIL_FROM",
        ),
        (
            "smtp://ana:geheim@mail.example.org",
            Some(FROM),
            "unencrypted",
        ),
        ("smtps://ana:ge#heim@mail.example.org", Some(FROM), "%XX"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let database = format!("sqlite://{}", folder.path().join("none.db").display());
        let mut config = settings(folder.path(), database);
        let Ok(url) = url.parse();
        config.smtp_url = Some(url);
        config.mail_from = from.map(str::to_owned);
        assert!(!format!("{config:?}").contains("geheim"));
        let sources = Sources {
            clock: Arc::new(TestClock::starting_at(START)),
            ids: Arc::new(SystemIds),
        };
        let refusal = build(config, sources)
            .await
            .err()
            .expect("a refusal")
            .to_string();
        assert!(
            refusal.contains(word) && !refusal.contains("geheim"),
            "{refusal}"
        );
        assert!(!folder.path().join("none.db").exists(), "nothing was begun");
    }
}

/// Why the mail that waits was not sent; None when none waits.
async fn waiting(app: &TestApp) -> Option<String> {
    let text = "SELECT last_error FROM job WHERE kind = 'orders.mail'";
    let row = db::fetch_one(app.rooms.platform.db.reader(), text, [])
        .await
        .expect("readable")?;
    Some(row.try_get("", "last_error").expect("an error"))
}
