//! Faults that a test orders.

use std::time::Duration;

use countersign_fakes::telegram::Fault;
use serde_json::{Value, json};

use crate::bot::Scene;

fn hello(chat: i64) -> Value {
    json!({ "chat_id": chat, "text": "hello" })
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn ordered_answers_come_in_order_and_then_the_call_succeeds() {
    let scene = Scene::new().await;
    let chat = scene.private();
    scene.fake.fail_next("sendMessage", 1, Fault::TooMany(3));
    scene.fake.fail_next("SendMessage", 2, Fault::Internal);
    let answer = scene.call("sendMessage", hello(chat)).await;
    assert_eq!(
        (&answer["error_code"], &answer["parameters"]["retry_after"]),
        (&json!(429), &json!(3))
    );
    scene.refused(500, "sendMessage", hello(chat)).await;
    scene.ok("getMe", json!({})).await;
    scene.refused(500, "sendMessage", hello(chat)).await;
    scene.ok("sendMessage", hello(chat)).await;
    assert_eq!(scene.fake.avoidable_429s(), 0, "it was ordered");
    assert_eq!(scene.fake.chat(chat).seen().count(), 1);
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_front_that_fails_answers_with_a_page() {
    let scene = Scene::new().await;
    scene.fake.fail_next("getMe", 1, Fault::BadGateway);
    let answer = scene
        .client
        .get(scene.url("getMe"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 502);
    assert!(answer.text().await.expect("a page").contains("<html>"));
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_poller_can_be_told_that_there_is_another() {
    let scene = Scene::new().await;
    scene.fake.fail_next("getUpdates", 1, Fault::Conflict);
    let refusal = scene.refused(409, "getUpdates", json!({})).await;
    assert!(
        refusal.contains("terminated by other getUpdates request"),
        "{refusal}"
    );
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn silence_and_a_cut_come_before_the_call_and_a_lost_answer_after_it() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let request = || {
        scene
            .client
            .post(scene.url("sendMessage"))
            .json(&hello(chat))
    };
    scene.fake.fail_next("sendMessage", 1, Fault::Silence);
    let patience = Duration::from_millis(200);
    let error = request()
        .timeout(patience)
        .send()
        .await
        .expect_err("no answer");
    assert!(error.is_timeout(), "{error:?}");
    scene.fake.fail_next("sendMessage", 1, Fault::Cut);
    let error = request().send().await.expect_err("a cut connection");
    assert!(!error.is_timeout(), "{error:?}");
    assert_eq!(scene.fake.chat(chat).seen().count(), 0);
    scene.fake.fail_next("sendMessage", 1, Fault::LoseAnswer);
    request().send().await.expect_err("a lost answer");
    assert_eq!(scene.fake.chat(chat).seen().count(), 1);
    let codes: Vec<u16> = scene.fake.calls().iter().map(|it| it.code).collect();
    assert_eq!(codes, [0, 0, 200]);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn updates_come_twice_again_and_the_wrong_way_round() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let texts = async |offset: i64| {
        let updates = scene.ok("getUpdates", json!({ "offset": offset })).await;
        let updates = updates.as_array().cloned().unwrap_or_default();
        let text = |it: &Value| {
            it["message"]["text"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        let last = updates
            .iter()
            .filter_map(|it| it["update_id"].as_i64())
            .max();
        (
            updates.iter().map(text).collect::<Vec<_>>(),
            last.unwrap_or(offset - 1) + 1,
        )
    };
    scene.fake.double_next_updates(1);
    scene.ana.sends(chat, "one");
    let (seen, offset) = texts(0).await;
    assert_eq!(seen, ["one", "one"]);
    assert_eq!(texts(offset).await.0, Vec::<String>::new());
    scene.fake.repeat_confirmed_updates(1);
    assert_eq!(texts(offset).await.0, ["one"]);
    assert_eq!(texts(offset).await.0, Vec::<String>::new());
    scene.fake.reorder_next_updates(2);
    scene.ana.sends(chat, "two");
    assert_eq!(
        texts(offset).await.0,
        Vec::<String>::new(),
        "it is held back"
    );
    scene.ana.sends(chat, "three");
    assert_eq!(texts(offset).await.0, ["three", "two"]);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_server_goes_down_and_comes_up_on_its_port_with_what_it_knew() {
    let scene = Scene::new().await;
    let chat = scene.private();
    scene.ok("sendMessage", hello(chat)).await;
    let poll = scene
        .client
        .post(scene.url("getUpdates"))
        .json(&json!({ "timeout": 30 }))
        .send();
    let goes = async {
        crate::bot::moment().await;
        scene.fake.down().await;
    };
    let (polled, ()) = tokio::join!(poll, goes);
    polled.expect_err("the connection is closed");
    let error = scene
        .client
        .get(scene.url("getMe"))
        .send()
        .await
        .expect_err("nobody listens");
    assert!(error.is_connect(), "{error:?}");
    scene.fake.up().await.expect("the same port");
    scene.ok("sendMessage", hello(chat)).await;
    assert_eq!(scene.fake.chat(chat).seen().count(), 2);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn anything_can_be_delivered() {
    let scene = Scene::new().await;
    scene.fake.deliver(json!({ "message": { "text": 7 } }));
    let updates = scene.updates().await;
    assert_eq!(updates[0]["message"], json!({ "text": 7 }));
    assert!(updates[0]["update_id"].is_i64());
}
