//! Edits of messages, and answers to presses.

use std::time::Duration;

use countersign_fakes::telegram::Limits;
use serde_json::{Value, json};

use crate::bot::{PNG, Scene, moment};

fn go() -> Value {
    json!([[{ "text": "Confirm", "callback_data": "v1:confirm" }, { "text": "Why", "callback_data": "v1:why" }]])
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn an_edit_changes_text_and_takes_the_keyboard_away_and_is_remembered() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let id = scene.sent(chat, "Ticket", go()).await;
    let told = scene
        .ok(
            "editMessageText",
            json!({ "chat_id": chat, "message_id": id, "text": "Filled" }),
        )
        .await;
    assert!(
        told["edit_date"].is_i64() && told.get("reply_markup").is_none(),
        "{told}"
    );
    let chat = scene.fake.chat(chat);
    let message = &chat.messages[&id];
    assert_eq!((message.text(), message.edits()), ("Filled", 1));
    assert!(message.buttons().is_empty());
    let before = &message.versions[0];
    assert_eq!(
        (
            &*before.content.text,
            before.content.buttons()[0][0].label.as_str()
        ),
        ("Ticket", "Confirm")
    );
    assert!(message.versions[1].at > before.at);
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn keyboard_caption_and_picture_are_edited_each_by_its_method() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let fields = [("chat_id", chat.to_string()), ("caption", "one".to_owned())];
    let sent = scene
        .upload("sendPhoto", &fields, &[("photo", "a.png", PNG)])
        .await;
    let id = sent["result"]["message_id"].as_i64().expect("a number");
    let named = json!({ "chat_id": chat, "message_id": id });
    let mut body = named.clone();
    body["caption"] = json!("two");
    scene.ok("editMessageCaption", body).await;
    let mut body = named.clone();
    body["reply_markup"] = json!({ "inline_keyboard": go() });
    scene.ok("editMessageReplyMarkup", body).await;
    let mut png = PNG.to_vec();
    png.push(0);
    let media = json!({ "type": "photo", "media": "attach://new", "caption": "<i>three</i>", "parse_mode": "HTML" });
    let fields = [
        ("chat_id", chat.to_string()),
        ("message_id", id.to_string()),
        ("media", media.to_string()),
    ];
    let answer = scene
        .upload("editMessageMedia", &fields, &[("new", "b.png", &png)])
        .await;
    assert_eq!(answer["result"]["caption"], "three", "{answer}");
    let seen = scene.fake.chat(chat);
    let message = &seen.messages[&id];
    assert_eq!((message.photo(), message.edits()), (Some(&*png), 3));
    let mut body = named;
    body["text"] = json!("four");
    let refusal = scene.unlucky(400, "editMessageText", body).await;
    assert_eq!(
        refusal,
        "Bad Request: there is no text in the message to edit"
    );
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn the_same_again_is_not_modified() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let id = scene.sent(chat, "Ticket", go()).await;
    let body = json!({
        "chat_id": chat, "message_id": id, "text": " Ticket ", "reply_markup": { "inline_keyboard": go() },
    });
    let refusal = scene.unlucky(400, "editMessageText", body).await;
    assert!(
        refusal.starts_with("Bad Request: message is not modified"),
        "{refusal}"
    );
    assert_eq!(scene.fake.chat(chat).messages[&id].edits(), 0);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn what_is_gone_or_somebody_elses_cannot_be_edited() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let edit = |id: i64| json!({ "chat_id": chat, "message_id": id, "text": "x" });
    let gone = "Bad Request: message to edit not found";
    assert_eq!(scene.unlucky(400, "editMessageText", edit(77)).await, gone);
    let id = scene.sent(chat, "Ticket", go()).await;
    scene.ana.deletes(chat, id);
    assert_eq!(scene.unlucky(400, "editMessageText", edit(id)).await, gone);
    let caption = json!({ "chat_id": chat, "message_id": scene.sent(chat, "a", go()).await });
    let refusal = scene.unlucky(400, "editMessageCaption", caption).await;
    assert_eq!(
        refusal,
        "Bad Request: there is no caption in the message to edit"
    );
    let hers = scene.ana.sends(chat, "mine");
    let refusal = scene.wrong("editMessageText", edit(hers)).await;
    assert_eq!(refusal, "Bad Request: message can't be edited");
    let refusal = scene.wrong("editMessageText", json!({ "text": "x" })).await;
    assert_eq!(refusal, "Bad Request: message identifier is not specified");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_press_is_told_and_answered_once() {
    let scene = Scene::new().await;
    let chat = scene.group();
    let id = scene.sent(chat, "Ticket", go()).await;
    let press = scene.ben.presses(chat, id, "Confirm");
    let updates = scene.updates().await;
    let query = &updates[0]["callback_query"];
    assert_eq!(
        (&query["data"], &query["from"]["id"]),
        (&json!("v1:confirm"), &json!(scene.ben.id()))
    );
    assert_eq!(query["message"]["message_id"], id);
    let body = json!({ "callback_query_id": query["id"], "text": "Confirmed", "show_alert": true });
    scene.ok("answerCallbackQuery", body.clone()).await;
    let answer = scene.fake.until_answered(&press).await;
    assert_eq!((&*answer.text, answer.alert), ("Confirmed", true));
    let press = scene.fake.presses().remove(0);
    assert!(
        press
            .latency()
            .is_some_and(|it| it < Duration::from_secs(5)),
        "{press:?}"
    );
    let old = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    assert_eq!(scene.unlucky(400, "answerCallbackQuery", body).await, old);
    let unknown = json!({ "callback_query_id": "5" });
    assert_eq!(
        scene.unlucky(400, "answerCallbackQuery", unknown).await,
        old
    );
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_press_is_not_answered_too_late_nor_at_too_great_length() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let id = scene.sent(chat, "Ticket", go()).await;
    scene.fake.set_limits(Limits {
        callback_deadline: Duration::from_millis(50),
        ..Limits::none()
    });
    let press = scene.ana.presses(chat, id, "v1:why");
    moment().await;
    let body = json!({ "callback_query_id": press.id });
    let refusal = scene.unlucky(400, "answerCallbackQuery", body).await;
    assert!(
        refusal.starts_with("Bad Request: query is too old"),
        "{refusal}"
    );
    scene.fake.set_limits(Limits::none());
    let press = scene.ana.presses(chat, id, "v1:why");
    let text = |count: usize| json!({ "callback_query_id": press.id, "text": "a".repeat(count) });
    let refusal = scene.wrong("answerCallbackQuery", text(201)).await;
    assert_eq!(refusal, "Bad Request: MESSAGE_TOO_LONG");
    scene.ok("answerCallbackQuery", text(200)).await;
}
