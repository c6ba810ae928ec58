//! The platform's limits.

use std::time::Duration;

use countersign_fakes::telegram::{Limits, Pace, Window};
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
async fn one_chat_takes_a_few_at_once_and_then_one_a_second() {
    let scene = Scene::limited().await;
    let chat = scene.private();
    for _ in 0..3 {
        scene.ok("sendMessage", hello(chat)).await;
    }
    let answer = scene.call("sendMessage", hello(chat)).await;
    assert_eq!(answer["error_code"], 429);
    assert_eq!(answer["parameters"], json!({ "retry_after": 1 }));
    assert_eq!(answer["description"], "Too Many Requests: retry after 1");
    let other = scene.fake.private(&scene.ben);
    scene.ok("sendMessage", hello(other)).await;
    let wait = tokio::time::timeout(Duration::from_secs(1), std::future::pending::<()>());
    wait.await.expect_err("a second passes");
    scene.ok("sendMessage", hello(chat)).await;
    assert_eq!(scene.fake.avoidable_429s(), 1);
    assert_eq!(scene.fake.counts()[&429], 1);
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_group_takes_twenty_a_minute_edits_included() {
    let scene = Scene::limited().await;
    scene.fake.set_limits(Limits {
        per_chat: None,
        ..Limits::default()
    });
    let chat = scene.group();
    let id = scene.sent(chat, "Board 0", json!([])).await;
    for count in 1..20 {
        let body = json!({ "chat_id": chat, "message_id": id, "text": format!("Board {count}") });
        scene.ok("editMessageText", body).await;
    }
    let answer = scene.call("sendMessage", hello(chat)).await;
    assert_eq!(answer["error_code"], 429);
    let wait = answer["parameters"]["retry_after"]
        .as_u64()
        .expect("seconds");
    assert!((50..=60).contains(&wait), "{wait}");
    // What is no message is not counted, and another chat is another matter.
    scene
        .ok(
            "sendChatAction",
            json!({ "chat_id": chat, "action": "typing" }),
        )
        .await;
    scene.ok("sendMessage", hello(scene.private())).await;
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_bot_sends_thirty_a_second_over_all() {
    let scene = Scene::limited().await;
    let window = Window {
        count: 30,
        span: Duration::from_mins(1),
    };
    scene.fake.set_limits(Limits {
        overall: Some(window),
        ..Limits::none()
    });
    let chats = [scene.private(), scene.group()];
    for count in 0..30 {
        scene.ok("sendMessage", hello(chats[count % 2])).await;
    }
    assert_eq!(
        scene.call("sendMessage", hello(chats[0])).await["error_code"],
        429
    );
    assert_eq!(
        Limits::default().overall,
        Some(Window {
            count: 30,
            span: Duration::from_secs(1)
        })
    );
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn limits_can_be_made_narrow_and_forgotten() {
    let scene = Scene::limited().await;
    let chat = scene.private();
    let pace = Pace {
        every: Duration::from_secs(7),
        burst: 1,
    };
    scene.fake.set_limits(Limits {
        per_chat: Some(pace),
        ..Limits::none()
    });
    scene.ok("sendMessage", hello(chat)).await;
    let answer = scene.call("sendMessage", hello(chat)).await;
    assert_eq!(answer["parameters"]["retry_after"], 7);
    scene.fake.set_limits(Limits::none());
    for _ in 0..50 {
        scene.ok("sendMessage", hello(chat)).await;
    }
}
