use super::spawn_app;

#[tokio::test(flavor = "multi_thread")]
async fn a_started_server_is_ready() {
    let app = spawn_app().await;
    assert_eq!(app.get("/livez").await.0, 200);
    assert_eq!(app.get("/readyz").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_is_a_problem_with_a_request_id() {
    let app = spawn_app().await;
    let (status, problem) = app.get("/api/v1/nothing-here").await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (404, Some("/problems/not-found"))
    );
    assert!(!problem["request_id"].as_str().expect("an id").is_empty());
}
