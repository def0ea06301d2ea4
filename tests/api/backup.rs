//! Backups: taken while phones tap, checked, never over another file, and never under a running server.

use super::{
    TestApp,
    market::{MUG, market},
    phone::Phone,
    spawn_app,
};
use sampan::{
    app::{check, copy, put_back},
    platform::ids::SystemIds,
};
use sea_orm::{ConnectionTrait, DbBackend};

fn is_postgres(app: &TestApp) -> bool {
    app.rooms.platform.db.backend() == DbBackend::Postgres
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_taken_while_phones_tap_is_whole_and_the_way_back_keeps_what_was_there() {
    let app = spawn_app().await;
    let database = app.rooms.platform.config.database.clone();
    let file = app.folder.path().join("backup.db");
    if is_postgres(&app) {
        let refused = copy(&database, &file).await.expect_err("not ours to do");
        assert!(refused.to_string().contains("pgBackRest"), "{refused}");
        check(&database)
            .await
            .expect("its promises are checked all the same");
        return;
    }
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.sync_all(&app).await;
    let tapping = {
        let (client, address) = (app.client.clone(), app.address.clone());
        let mut phone = Phone::guest(&app).await;
        phone.sync_all(&app).await;
        let requests: Vec<_> = (0..60)
            .map(|_| {
                phone.add(&app, MUG, 1);
                phone.request(&app)
            })
            .collect();
        tokio::spawn(async move {
            for request in requests {
                let request = client
                    .post(format!("{address}/api/v1/sync"))
                    .bearer_auth(&phone.token)
                    .json(&request);
                let answer = request.send().await.expect("an answer");
                assert_eq!(answer.status().as_u16(), 200);
            }
        })
    };
    phone.add(&app, MUG, 3);
    phone.sync_all(&app).await;
    let contents = copy(&database, &file).await.expect("a copy under load");
    assert!(contents.ops >= 1 && contents.scopes == 2, "{contents}");
    tapping.await.expect("the other phone went on");

    let again = copy(&database, &file).await.expect_err("it is there");
    assert!(again.to_string().contains("already there"), "{again}");
    let open = put_back(&database, &file, &SystemIds).await;
    let open = open.expect_err("the server has it open").to_string();
    assert!(open.contains("stop it first"), "{open}");

    let other = format!("sqlite://{}", app.folder.path().join("other.db").display());
    let (restored, kept) = put_back(&other, &file, &SystemIds).await.expect("restored");
    assert_eq!((restored, kept), (contents, None));
    let (_, kept) = put_back(&other, &file, &SystemIds).await.expect("again");
    assert!(kept.expect("what was there").exists());
    let db = sampan::platform::db::Db::connect(&other).await.expect("it");
    let epoch = sampan::scope::dataset::epoch(db.reader()).await;
    assert_ne!(epoch.ok(), phone.epoch, "phones must notice");
    db.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_breaks_a_promise_or_is_damaged_is_not_put_back() {
    let app = spawn_app().await;
    if is_postgres(&app) {
        return;
    }
    market(&app).await;
    let mut phone = Phone::guest(&app).await;
    phone.add(&app, MUG, 3);
    phone.sync_all(&app).await;
    let database = app.rooms.platform.config.database.clone();
    let file = app.folder.path().join("backup.db");
    let other = format!("sqlite://{}", app.folder.path().join("other.db").display());

    let writer = app.rooms.platform.db.writer();
    let ahead = "UPDATE cart_line SET rev = rev + 100";
    writer.execute_unprepared(ahead).await.expect("a lie");
    let refused = copy(&database, &file).await.expect_err("it is checked");
    assert!(
        refused
            .to_string()
            .contains("no line is newer than its scope"),
        "{refused}"
    );
    assert!(!file.exists(), "nobody restores it by mistake");
    let honest = "UPDATE cart_line SET rev = rev - 100";
    writer.execute_unprepared(honest).await.expect("the truth");

    copy(&database, &file).await.expect("a copy");
    let mut bytes = std::fs::read(&file).expect("the copy");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0x5a);
    std::fs::write(&file, bytes).expect("damage");
    let refused = put_back(&other, &file, &SystemIds)
        .await
        .expect_err("damaged");
    assert!(!refused.to_string().is_empty());
    assert!(
        !app.folder.path().join("other.db").exists(),
        "nothing by half"
    );
}
