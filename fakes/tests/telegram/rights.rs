//! Chats that are not there, that moved, or that do not let the bot act.

use countersign_fakes::telegram::{Rights, Standing};
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
async fn unknown_chats_and_people_who_never_wrote_are_not_reached() {
    let scene = Scene::new().await;
    let refusal = scene.unlucky(400, "sendMessage", hello(-12)).await;
    assert_eq!(refusal, "Bad Request: chat not found");
    let by_name = json!({ "chat_id": "@nobody", "text": "hello" });
    assert_eq!(
        scene.unlucky(400, "sendMessage", by_name).await,
        "Bad Request: chat not found"
    );
    let refusal = scene
        .unlucky(403, "sendMessage", hello(scene.ana.id()))
        .await;
    assert_eq!(
        refusal,
        "Forbidden: bot can't initiate conversation with a user"
    );
    scene.ana.sends(scene.ana.id(), "/start");
    scene.ok("sendMessage", hello(scene.ana.id())).await;
    scene.ana.blocks_the_bot();
    let refusal = scene
        .unlucky(403, "sendMessage", hello(scene.ana.id()))
        .await;
    assert_eq!(refusal, "Forbidden: bot was blocked by the user");
    scene.ana.unblocks_the_bot();
    scene.ok("sendMessage", hello(scene.ana.id())).await;
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_bot_that_was_thrown_out_is_told_and_writes_no_more() {
    let scene = Scene::new().await;
    for (chat, word) in [
        (scene.group(), "group"),
        (scene.fake.supergroup("Desk", &[&scene.ana]), "supergroup"),
    ] {
        scene.fake.set_bot_standing(chat, Standing::Kicked);
        let refusal = scene.unlucky(403, "sendMessage", hello(chat)).await;
        assert_eq!(
            refusal,
            format!("Forbidden: bot was kicked from the {word} chat")
        );
        scene.fake.set_bot_standing(chat, Standing::Left);
        let refusal = scene.unlucky(403, "sendMessage", hello(chat)).await;
        assert_eq!(
            refusal,
            format!("Forbidden: bot is not a member of the {word} chat")
        );
    }
    let update = &scene.updates().await[0]["my_chat_member"];
    assert_eq!(update["new_chat_member"]["status"], "kicked");
    assert_eq!(update["old_chat_member"]["status"], "administrator");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn each_right_is_asked_for() {
    let scene = Scene::new().await;
    let forum = scene.fake.forum("Desk", &[&scene.ana]);
    let hers = scene.ana.sends(forum, "hello");
    let pin = json!({ "chat_id": forum, "message_id": hers });
    let topic = json!({ "chat_id": forum, "name": "SPY" });
    let none = Rights {
        send: true,
        pin: false,
        delete: false,
        topics: false,
    };
    scene.fake.set_rights(forum, none);
    for (method, body, refusal) in [
        (
            "pinChatMessage",
            &pin,
            "not enough rights to manage pinned messages in the chat",
        ),
        ("deleteMessage", &pin, "message can't be deleted"),
        (
            "createForumTopic",
            &topic,
            "not enough rights to create a topic",
        ),
    ] {
        let said = scene.unlucky(400, method, body.clone()).await;
        assert_eq!(said, format!("Bad Request: {refusal}"));
    }
    let own = scene.ok("sendMessage", hello(forum)).await["message_id"].clone();
    scene
        .ok(
            "deleteMessage",
            json!({ "chat_id": forum, "message_id": own }),
        )
        .await;
    scene.fake.set_rights(
        forum,
        Rights {
            send: false,
            ..Rights::ALL
        },
    );
    let said = scene.unlucky(400, "sendMessage", hello(forum)).await;
    assert_eq!(
        said,
        "Bad Request: not enough rights to send text messages to the chat"
    );
    scene.ok("deleteMessage", pin).await;
    assert!(scene.fake.chat(forum).messages[&hers].deleted_by == Some(scene.fake.bot()));
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn messages_are_pinned_announced_and_unpinned() {
    let scene = Scene::new().await;
    let chat = scene.group();
    let id = scene.sent(chat, "Board", json!([])).await;
    let body = json!({ "chat_id": chat, "message_id": id, "disable_notification": true });
    scene.ok("pinChatMessage", body.clone()).await;
    scene.ok("pinChatMessage", body).await;
    let seen = scene.fake.chat(chat);
    assert_eq!(seen.pinned, [id]);
    let service = seen.last().expect("a service message");
    assert!(
        service.silent
            && service
                .service
                .as_ref()
                .is_some_and(|it| it.0 == "pinned_message")
    );
    assert_eq!(scene.updates().await.len(), 1, "it is announced once");
    let told = scene.ok("getChat", json!({ "chat_id": chat })).await;
    assert_eq!(told["pinned_message"]["message_id"], id);
    scene
        .ok("unpinChatMessage", json!({ "chat_id": chat }))
        .await;
    assert!(scene.fake.chat(chat).pinned.is_empty());
    let refusal = scene
        .unlucky(400, "unpinChatMessage", json!({ "chat_id": chat }))
        .await;
    assert_eq!(refusal, "Bad Request: message to unpin not found");
    let gone = json!({ "chat_id": chat, "message_id": 99 });
    let refusal = scene.unlucky(400, "pinChatMessage", gone.clone()).await;
    assert_eq!(refusal, "Bad Request: message to pin not found");
    let refusal = scene.unlucky(400, "deleteMessage", gone).await;
    assert_eq!(refusal, "Bad Request: message to delete not found");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn chats_tell_who_keeps_them() {
    let scene = Scene::new().await;
    let chat = scene.group();
    let status = async |who: i64| {
        let body = json!({ "chat_id": chat, "user_id": who });
        scene.ok("getChatMember", body).await["status"].clone()
    };
    assert_eq!(status(scene.ana.id()).await, "creator");
    assert_eq!(status(scene.ben.id()).await, "member");
    assert_eq!(status(scene.fake.bot()).await, "administrator");
    scene.ben.leaves(chat);
    assert_eq!(status(scene.ben.id()).await, "left");
    let keepers = scene
        .ok("getChatAdministrators", json!({ "chat_id": chat }))
        .await;
    assert_eq!(keepers.as_array().map(Vec::len), Some(2));
    let told = scene.ok("getChat", json!({ "chat_id": chat })).await;
    assert_eq!(
        (&told["type"], &told["title"]),
        (&json!("group"), &json!("Desk"))
    );
    scene.assert_clean();
    let private = scene.private();
    scene
        .wrong("getChatAdministrators", json!({ "chat_id": private }))
        .await;
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_group_that_became_a_supergroup_says_where_it_went() {
    let scene = Scene::new().await;
    let old = scene.group();
    let id = scene.sent(old, "Board", json!([])).await;
    let new = scene.fake.migrate(old);
    let answer = scene.call("sendMessage", hello(old)).await;
    assert_eq!(answer["error_code"], 400);
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], new);
    let edit = json!({ "chat_id": old, "message_id": id, "text": "x" });
    let answer = scene.call("editMessageText", edit).await;
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], new);
    scene.ok("sendMessage", hello(new)).await;
    let updates = scene.updates().await;
    assert_eq!(updates[0]["message"]["migrate_to_chat_id"], new);
    assert_eq!(updates[1]["message"]["migrate_from_chat_id"], old);
    assert_eq!(updates[1]["message"]["chat"]["type"], "supergroup");
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_message_that_is_gone_is_not_answered_unless_that_is_allowed() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let with = |reply: Value| json!({ "chat_id": chat, "text": "a", "reply_parameters": reply });
    let refusal = scene
        .unlucky(400, "sendMessage", with(json!({ "message_id": 9 })))
        .await;
    assert_eq!(refusal, "Bad Request: message to be replied not found");
    let reply = json!({ "message_id": 9, "allow_sending_without_reply": true });
    let told = scene.ok("sendMessage", with(reply)).await;
    assert!(told.get("reply_to_message").is_none());
}
