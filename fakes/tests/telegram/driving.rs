//! People in the chats, and what a test sees of them.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use countersign_fakes::telegram::Standing;
use futures::FutureExt as _;
use serde_json::json;

use crate::bot::{Scene, moment};

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn what_a_person_writes_arrives_as_the_platform_tells_it() {
    let scene = Scene::new().await;
    let chat = scene.group();
    let card = scene.sent(chat, "How many?", json!([])).await;
    scene.ana.sends(chat, "/status@desk now");
    let number = scene.ben.replies_to(chat, card, "3");
    scene.ben.rewrites(chat, number, "4");
    let updates = scene.updates().await;
    let first = &updates[0]["message"];
    assert_eq!(
        first["entities"],
        json!([{ "type": "bot_command", "offset": 0, "length": 12 }])
    );
    assert_eq!(
        (&first["from"]["id"], &first["chat"]["id"]),
        (&json!(scene.ana.id()), &json!(chat))
    );
    assert_eq!(
        updates[1]["message"]["reply_to_message"]["text"],
        "How many?"
    );
    assert_eq!(updates[2]["edited_message"]["text"], "4");
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_button_that_is_not_there_now_cannot_be_pressed() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let id = scene
        .sent(
            chat,
            "Ticket",
            json!([[{ "text": "Go", "callback_data": "go" }]]),
        )
        .await;
    scene.ana.presses(chat, id, "Go");
    scene
        .ok(
            "editMessageReplyMarkup",
            json!({ "chat_id": chat, "message_id": id }),
        )
        .await;
    let pressing = std::panic::catch_unwind(AssertUnwindSafe(|| scene.ana.presses(chat, id, "Go")));
    let panic = pressing.expect_err("the button is gone");
    let said = panic.downcast_ref::<String>().expect("a sentence");
    assert!(said.contains("has no button \"Go\" to press"), "{said}");
    // A client that was tampered with sends it all the same.
    scene.ana.forges(chat, id, "v1:confirm:forged");
    assert_eq!(
        scene.updates().await[1]["callback_query"]["data"],
        "v1:confirm:forged"
    );
    scene.ana.deletes(chat, id);
    assert_eq!(scene.fake.chat(chat).seen().count(), 0);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn in_privacy_a_member_hears_commands_and_answers_alone() {
    let scene = Scene::new().await;
    let chat = scene.group();
    scene.fake.set_bot_standing(chat, Standing::Member);
    let card = scene.sent(chat, "How many?", json!([])).await;
    let texts = async || {
        let updates = scene.updates().await.into_iter();
        let texts = updates.filter_map(|it| it["message"]["text"].as_str().map(str::to_owned));
        texts.collect::<Vec<String>>()
    };
    scene.ana.sends(chat, "chatter");
    scene.ana.sends(chat, "/status");
    scene.ana.replies_to(chat, card, "3");
    assert_eq!(texts().await, ["/status", "3"]);
    scene.fake.set_privacy(false);
    scene.ana.sends(chat, "chatter");
    assert_eq!(texts().await, ["/status", "3", "chatter"]);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_test_waits_no_longer_than_needed_and_is_told_what_is_there_instead() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let seen = scene
        .fake
        .until(chat, |chat| chat.with_text("Board").map(|it| it.id));
    let sends = async {
        moment().await;
        scene.sent(chat, "The Board", json!([])).await
    };
    let (seen, sent) = tokio::join!(seen, sends);
    assert_eq!(seen, sent);
    scene
        .fake
        .until_calls(|calls| calls.iter().any(|it| it.method == "sendMessage"))
        .await;
    let hasty = scene.fake.patient(Duration::from_millis(20));
    let waiting = hasty.until(chat, |chat| chat.with_text("Ticket").map(|it| it.id));
    let panic = AssertUnwindSafe(waiting)
        .catch_unwind()
        .await
        .expect_err("it never comes");
    let said = panic.downcast_ref::<String>().expect("a sentence");
    assert!(said.contains("The Board"), "{said}");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn who_is_not_in_a_chat_does_not_write_there() {
    let scene = Scene::new().await;
    let chat = scene.fake.group("Desk", &[&scene.ana]);
    let writing = std::panic::catch_unwind(AssertUnwindSafe(|| scene.ben.sends(chat, "hello")));
    writing.expect_err("Ben is not there");
    scene.ben.joins(chat);
    scene.ben.sends(chat, "hello");
    assert_eq!(scene.updates().await.len(), 1);
}
