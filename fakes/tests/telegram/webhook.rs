//! Updates that are posted to the bot.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use countersign_fakes::telegram::Seal;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::bot::Scene;

/// The secret that came with an update, and the update.
type Post = (Option<String>, Value);

/// What a bot's webhook was posted, and how often it fails before that.
#[derive(Clone, Default)]
struct Posted {
    seen: Arc<Mutex<Vec<Post>>>,
    failures: Arc<Mutex<usize>>,
}

async fn receive(
    State(posted): State<Posted>,
    headers: HeaderMap,
    axum::Json(update): axum::Json<Value>,
) -> StatusCode {
    let mut failures = posted.failures.lock().expect("a lock");
    if *failures > 0 {
        *failures -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    let secret = headers.get("X-Telegram-Bot-Api-Secret-Token");
    let secret = secret.and_then(|it| it.to_str().ok()).map(str::to_owned);
    posted.seen.lock().expect("a lock").push((secret, update));
    StatusCode::OK
}

async fn listening(posted: &Posted) -> String {
    let app = Router::new()
        .route("/hook", post(receive))
        .with_state(posted.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/hook")
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_webhook_is_posted_each_update_with_its_secret() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let posted = Posted::default();
    let url = listening(&posted).await;
    scene.ana.sends(chat, "before");
    let body = json!({ "url": url, "secret_token": "quiet_1", "allowed_updates": ["message"] });
    scene.ok("setWebhook", body).await;
    scene.ana.sends(chat, "after");
    scene.fake.until_taken().await;
    let seen = posted.seen.lock().expect("a lock").clone();
    let texts: Vec<&Value> = seen.iter().map(|it| &it.1["message"]["text"]).collect();
    assert_eq!(texts, ["before", "after"]);
    assert!(seen.iter().all(|it| it.0.as_deref() == Some("quiet_1")));
    let info = scene.ok("getWebhookInfo", json!({})).await;
    assert_eq!(
        (&info["url"], &info["pending_update_count"]),
        (&json!(url), &json!(0))
    );
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn what_a_webhook_does_not_take_is_posted_again() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let posted = Posted::default();
    *posted.failures.lock().expect("a lock") = 2;
    let url = listening(&posted).await;
    scene.ok("setWebhook", json!({ "url": url })).await;
    scene.ana.sends(chat, "hello");
    scene.fake.until_taken().await;
    assert_eq!(posted.seen.lock().expect("a lock").len(), 1);
    let info = scene.ok("getWebhookInfo", json!({})).await;
    assert_eq!(
        info["last_error_message"],
        "Wrong response from the webhook: 500 Internal Server Error"
    );
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn who_has_a_webhook_does_not_poll() {
    let scene = Scene::new().await;
    let url = listening(&Posted::default()).await;
    let polls = scene.refused(409, "getUpdates", json!({ "timeout": 30 }));
    let sets = async {
        crate::bot::moment().await;
        scene.ok("setWebhook", json!({ "url": url })).await;
    };
    let (refusal, ()) = tokio::join!(polls, sets);
    assert_eq!(refusal, "Conflict: terminated by setWebhook request");
    let refusal = scene.unlucky(409, "getUpdates", json!({})).await;
    assert!(refusal.starts_with("Conflict: can't use getUpdates method while webhook is active"));
    scene
        .ok("deleteWebhook", json!({ "drop_pending_updates": true }))
        .await;
    assert_eq!(scene.ok("getUpdates", json!({})).await, json!([]));
    assert_eq!(scene.ok("getWebhookInfo", json!({})).await["url"], "");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_webhook_that_the_platform_would_not_take_is_refused() {
    let scene = Scene::new().await;
    scene
        .wrong("setWebhook", json!({ "url": "ftp://a.example" }))
        .await;
    let url = "http://127.0.0.1:9/hook";
    scene
        .wrong(
            "setWebhook",
            json!({ "url": url, "secret_token": "not allowed" }),
        )
        .await;
    scene
        .wrong("setWebhook", json!({ "url": url, "max_connections": 101 }))
        .await;
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_call_in_a_webhooks_answer_is_not_performed_and_noted() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let call = json!({ "method": "sendMessage", "chat_id": chat, "text": "hello" });
    let app = Router::new().route("/hook", post(async move || axum::Json(call)));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    scene
        .ok(
            "setWebhook",
            json!({ "url": format!("http://{address}/hook") }),
        )
        .await;
    scene.ana.sends(chat, "hi");
    scene.fake.until_taken().await;
    let noted = scene.fake.violations();
    assert_eq!(noted.len(), 1, "{noted:?}");
    assert_eq!(noted[0].method, "webhook");
    assert_eq!(scene.fake.chat(chat).seen().count(), 1);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_webhook_behind_a_proxy_is_posted_to_on_the_ports_of_the_platform() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let posted = Posted::default();
    let address = listening(&posted).await;
    let to = address.strip_suffix("/hook").expect("its path");
    for url in ["https://", "https://desk.example:9000/hook"] {
        scene.wrong("setWebhook", json!({ "url": url })).await;
    }
    let url = "https://desk.example/hook";
    scene.ok("setWebhook", json!({ "url": url })).await;
    scene.ana.sends(chat, "hello");
    // Nobody knows the host until somebody passes it on.
    let unknown = async {
        while scene.ok("getWebhookInfo", json!({})).await["last_error_message"]
            != "Failed to resolve host"
        {
            crate::bot::moment().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), unknown)
        .await
        .expect("it is told");
    scene.fake.pass_on("https://desk.example", to);
    scene.fake.until_taken().await;
    assert_eq!(posted.seen.lock().expect("a lock").len(), 1);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_post_whose_answer_is_lost_comes_again_and_a_forged_one_comes_when_it_is_ordered() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let posted = Posted::default();
    let url = listening(&posted).await;
    let body = json!({ "url": url, "secret_token": "quiet_1" });
    scene.ok("setWebhook", body).await;
    scene.fake.lose_post_answers(true);
    scene.ana.sends(chat, "hello");
    let seen = || posted.seen.lock().expect("a lock").len();
    let again = async {
        while seen() < 2 {
            crate::bot::moment().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), again)
        .await
        .expect("it comes again");
    scene.fake.lose_post_answers(false);
    scene.fake.until_taken().await;
    for seal in [Seal::Proper, Seal::Missing, Seal::Forged] {
        assert_eq!(scene.fake.posts("{}", seal).await, 200);
    }
    let secrets: Vec<_> = {
        let seen = posted.seen.lock().expect("a lock");
        let last = seen.iter().rev().take(3);
        last.map(|it| it.0.clone()).collect()
    };
    let quiet = Some("quiet_1".to_owned());
    assert_eq!(secrets, [Some("forged".to_owned()), None, quiet]);
}
