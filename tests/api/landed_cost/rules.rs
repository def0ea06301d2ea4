//! Rules imported, compared and taken back, and who may do it.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_row_changes_the_answer_and_an_import_taken_back_gives_the_old_one() {
    let app = spawn_app().await;
    goods(&app).await;
    let shopper = Shopper::new(&app).await;
    let asked = [("eur-SHIRT", 1)];
    assert_eq!(
        quote(&shopper, &asked, "DE", "EUR").await["duty"]["minor"],
        300
    );
    let file = "territory,amount,percent,minus,currency,per,goods_up_to,buyer,origin,note,effective_from,effective_to,as_of,review_by,source,confidence\n\
                EU,5,,,EUR,item_category,150,person,,,2026-11-20,,2026-11-20,2027-06-30,A regulation for tests,firm\n";
    let report = import(&app, "flat_duties.csv", file)
        .await
        .expect("an import");
    assert_eq!((report.added, report.changed, report.unchanged), (0, 1, 0));
    assert_eq!(
        report.changes[0].before.as_ref().expect("a row")["amount"],
        "3"
    );
    assert!(report.touched.countries.contains(&"DE".to_owned()));
    assert_eq!(report.touched.open_quotes, 1);
    assert_eq!(
        quote(&shopper, &asked, "DE", "EUR").await["duty"]["minor"],
        500
    );

    let again = import(&app, "flat_duties.csv", file)
        .await
        .expect("an import");
    assert_eq!(
        (again.id, again.unchanged, again.changed),
        (None, 1, 0),
        "idempotent"
    );

    let book = app.rooms.landed_cost.rules();
    assert!(
        book.withdraw(report.id.expect("an id"))
            .await
            .expect("a database")
    );
    assert!(
        !book
            .withdraw(report.id.expect("an id"))
            .await
            .expect("a database"),
        "once"
    );
    assert_eq!(
        quote(&shopper, &asked, "DE", "EUR").await["duty"]["minor"],
        300
    );
    let history = book.history(None, 10).await.expect("a history");
    assert_eq!(history.len(), 2);
    assert!(history[0].withdrawn_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_one_bad_row_is_refused_whole_and_names_it() {
    let app = spawn_app().await;
    goods(&app).await;
    let head = "territory,hs,variant,rate,description,note,effective_from,effective_to,as_of,review_by,source,confidence\n";
    let good = "GB,691110,,3%,,,2026-11-01,,2026-11-01,2027-06-30,A tariff for tests,firm\n";
    let table = [
        (
            "GB,69111,,3%,,,,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "hs",
        ),
        (
            "GB,69111000001,,3%,,,,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "hs",
        ),
        (
            "GB,691190,,3 percent,,,,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "rate",
        ),
        (
            "ZZ,691190,,3%,,,,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "territory",
        ),
        (
            "GB,691110,,4%,,,2027-01-01,,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "effective_from",
        ),
        (
            "GB,691190,,3%,,,2026-12-01,2026-11-01,2026-11-01,2027-06-30,A tariff,firm\n",
            3,
            "effective_to",
        ),
        (
            "GB,691190,,3%,,,,,2026-11-01,2027-06-30,,firm\n",
            3,
            "source",
        ),
    ];
    for (bad, line, column) in table {
        let refused = import(&app, "duty_rates.csv", &format!("{head}{good}{bad}")).await;
        let Err(ImportError::Mistakes(mistakes)) = refused else {
            panic!("{bad} was taken");
        };
        let places: Vec<(u64, &str)> = mistakes
            .iter()
            .map(|mistake| (mistake.line, mistake.column.as_str()))
            .collect();
        assert!(places.contains(&(line, column)), "{bad} {places:?}");
    }
    let card = format!(
        "{CARDS}Sampan Post,post,TR,EU,0,10.00,0.00,EUR,,,,5,9,0,,,,,,2026-11-01,2027-12-31,A table,firm\n"
    );
    let Err(ImportError::Mistakes(mistakes)) = import(&app, "cards.csv", &card).await else {
        panic!("a weight of 0 was taken");
    };
    assert_eq!(
        (mistakes[0].line, mistakes[0].column.as_str()),
        (2, "up_to_grams")
    );
    let history = app
        .rooms
        .landed_cost
        .rules()
        .history(None, 10)
        .await
        .expect("a history");
    assert_eq!(history.len(), 1, "nothing by half");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_may_do_what_their_role_allows_and_nobody_else_anything() {
    let app = spawn_app().await;
    let file = "territory,currency,per_unit,effective_from,effective_to,as_of,review_by,source,confidence\n\
                GB,EUR,1.18,2026-11-01,2026-11-30,2026-11-01,2026-11-30,HM Revenue and Customs for tests,firm\n";
    let table: [(&[Role], [u16; 4]); 5] = [
        (&[], [403, 403, 403, 403]),
        (&[Role::Seller], [403, 403, 403, 403]),
        (&[Role::Support], [200, 200, 200, 403]),
        (&[Role::Rules], [200, 200, 200, 200]),
        (&[Role::Operator], [200, 200, 200, 200]),
    ];
    for (at, (roles, due)) in table.into_iter().enumerate() {
        let token = staff(&app, &format!("staff-{at}@example.org"), roles).await;
        let mut found = Vec::new();
        for path in [
            "/operator/rules/summary",
            "/operator/rules?kind=taxes&territory=DE",
            "/operator/rules/imports",
        ] {
            found.push(app.get_as(&token, &format!("/api/v1{path}")).await.0);
        }
        let import = app
            .client
            .post(format!(
                "{}/api/v1/operator/rules/imports?file_name=customs_rates.csv",
                app.address
            ))
            .bearer_auth(&token)
            .body(file);
        let (status, report) = app.send(import).await;
        found.push(status);
        assert_eq!(found, due, "{roles:?} {report}");
    }
    assert_eq!(app.get("/api/v1/operator/rules/summary").await.0, 401);

    let operator = staff(&app, "staff-4@example.org", &[]).await;
    let (_, summary) = app
        .get_as(&operator, "/api/v1/operator/rules/summary")
        .await;
    let eu = summary["territories"]
        .as_array()
        .expect("territories")
        .iter()
        .find(|one| one["territory"] == "EU");
    assert!(eu.expect("the EU")["duty_rates"].as_u64() > Some(300));
    let (_, found) = app
        .get_as(&operator, "/api/v1/operator/rules?kind=customs_rates")
        .await;
    assert_eq!(found["items"][0]["fields"]["per_unit"], "1.18");
    let (_, history) = app
        .get_as(&operator, "/api/v1/operator/rules/imports")
        .await;
    assert_eq!(
        history["items"].as_array().map(Vec::len),
        Some(1),
        "the second import said nothing new"
    );
    let bad = app
        .client
        .post(format!(
            "{}/api/v1/operator/rules/imports?file_name=customs_rates.csv",
            app.address
        ))
        .bearer_auth(&operator)
        .body(file.replace("1.18", "much"));
    let (status, problem) = app.send(bad).await;
    assert_eq!((status, slug(&problem)), (422, "invalid"));
    assert_eq!(
        (
            &problem["mistakes"][0]["line"],
            &problem["mistakes"][0]["column"]
        ),
        (&json!(2), &json!("per_unit"))
    );
}
