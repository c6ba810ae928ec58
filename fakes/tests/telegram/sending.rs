//! Messages, pictures and documents that arrive.

use countersign_fakes::telegram::{MediaKind, Message};
use serde_json::json;

use crate::bot::{PNG, Scene};

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn the_bot_knows_itself_under_any_spelling_of_the_method() {
    let scene = Scene::new().await;
    for method in ["getMe", "GetMe", "getme"] {
        let me = scene.ok(method, json!({})).await;
        assert_eq!(
            (&me["id"], &me["is_bot"]),
            (&json!(scene.fake.bot()), &json!(true))
        );
        assert_eq!(me["username"], scene.fake.bot_name());
    }
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_message_is_read_from_json_from_a_form_and_from_an_address() {
    let scene = Scene::new().await;
    let chat = scene.private();
    scene
        .ok("sendMessage", json!({ "chat_id": chat, "text": "one" }))
        .await;
    let form = [("chat_id", chat.to_string()), ("text", "two".to_owned())];
    let request = scene.client.post(scene.url("SendMessage")).form(&form);
    assert!(
        request
            .send()
            .await
            .expect("an answer")
            .status()
            .is_success()
    );
    let fields = [("chat_id", chat.to_string()), ("text", "three".into())];
    let answer = scene.upload("sendMessage", &fields, &[]).await;
    assert_eq!(answer["ok"], true);
    let address = format!("{}?chat_id={chat}&text=four", scene.url("sendMessage"));
    let answer = scene.client.get(address).send().await.expect("an answer");
    assert!(answer.status().is_success());
    let chat = scene.fake.chat(chat);
    let texts: Vec<&str> = chat.seen().map(Message::text).collect();
    assert_eq!(texts, ["one", "two", "three", "four"]);
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn options_of_a_message_are_kept() {
    let scene = Scene::new().await;
    let chat = scene.group();
    let question = scene.ana.sends(chat, "/propose");
    let body = json!({
        "chat_id": chat,
        "text": "How many?",
        "reply_parameters": { "message_id": question },
        "disable_notification": true,
        "protect_content": true,
        "link_preview_options": { "is_disabled": true },
        "reply_markup": { "force_reply": true, "selective": true },
    });
    let told = scene.ok("sendMessage", body).await;
    assert_eq!(told["reply_to_message"]["message_id"], question);
    assert_eq!(told["has_protected_content"], true);
    let chat = scene.fake.chat(chat);
    let message = chat.last().expect("a message");
    assert_eq!(message.reply_to, Some(question));
    assert!(message.silent && message.protected && message.content.keyboard.is_none());
    assert_eq!(
        message.markup.as_ref().map(|it| &it["force_reply"]),
        Some(&json!(true))
    );
    assert_eq!(message.link_preview, Some(json!({ "is_disabled": true })));
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_picture_arrives_as_the_parameter_and_by_attach() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let fields = [
        ("chat_id", chat.to_string()),
        ("caption", "<b>SPY</b>".to_owned()),
        ("parse_mode", "HTML".to_owned()),
    ];
    let answer = scene
        .upload("sendPhoto", &fields, &[("photo", "card.png", PNG)])
        .await;
    assert_eq!(answer["result"]["photo"][0]["width"], 1, "{answer}");
    let fields = [
        ("chat_id", chat.to_string()),
        ("photo", "attach://p1".to_owned()),
    ];
    let answer = scene
        .upload("sendPhoto", &fields, &[("p1", "card.png", PNG)])
        .await;
    let file = answer["result"]["photo"][0]["file_id"].clone();
    scene
        .ok("sendPhoto", json!({ "chat_id": chat, "photo": file }))
        .await;
    let chat = scene.fake.chat(chat);
    let photos: Vec<Option<&[u8]>> = chat.seen().map(|it| it.photo()).collect();
    assert_eq!(photos, [Some(PNG); 3]);
    let first = chat.seen().next().expect("a message");
    assert_eq!(
        (first.text(), first.stretches("bold")),
        ("SPY", vec!["SPY".to_owned()])
    );
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_document_keeps_its_name_and_bytes() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let files: [(&str, &str, &[u8]); 1] = [("document", "fills.csv", b"a,b\n1,2\n")];
    let answer = scene
        .upload("sendDocument", &[("chat_id", chat.to_string())], &files)
        .await;
    assert_eq!(
        answer["result"]["document"]["file_name"], "fills.csv",
        "{answer}"
    );
    let chat = scene.fake.chat(chat);
    let media = chat
        .last()
        .and_then(|it| it.content.media.clone())
        .expect("a file");
    assert_eq!(media.kind, MediaKind::Document);
    assert_eq!(&*media.bytes, b"a,b\n1,2\n");
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn what_is_no_picture_and_a_file_for_nobody_are_refused() {
    let scene = Scene::new().await;
    let chat = [("chat_id", scene.private().to_string())];
    let answer = scene
        .upload("sendPhoto", &chat, &[("photo", "a.png", b"no picture")])
        .await;
    assert_eq!(answer["description"], "Bad Request: IMAGE_PROCESS_FAILED");
    let answer = scene
        .upload("sendPhoto", &chat, &[("photo", "a.png", b"")])
        .await;
    assert_eq!(answer["description"], "Bad Request: file must be non-empty");
    let answer = scene.upload("sendPhoto", &chat, &[]).await;
    assert_eq!(
        answer["description"],
        "Bad Request: there is no photo in the request"
    );
    let files = [("photo", "a.png", PNG), ("other", "b.png", PNG)];
    let answer = scene.upload("sendPhoto", &chat, &files).await;
    let what = "Bad Request: the uploaded file \"other\" belongs to no parameter";
    assert_eq!(answer["description"], what);
    let mut wide = PNG.to_vec();
    wide[18] = 0x27;
    let answer = scene
        .upload("sendPhoto", &chat, &[("photo", "a.png", &wide)])
        .await;
    assert_eq!(
        answer["description"],
        "Bad Request: PHOTO_INVALID_DIMENSIONS"
    );
    assert_eq!(scene.fake.violations().len(), 5);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn topics_are_made_and_written_to() {
    let scene = Scene::new().await;
    let forum = scene.fake.forum("Desk", &[&scene.ana]);
    let topic = scene
        .ok(
            "createForumTopic",
            json!({ "chat_id": forum, "name": "SPY" }),
        )
        .await;
    let thread = topic["message_thread_id"].as_i64().expect("a number");
    let body = json!({ "chat_id": forum, "text": "here", "message_thread_id": thread });
    let told = scene.ok("sendMessage", body).await;
    assert_eq!(
        (&told["message_thread_id"], &told["is_topic_message"]),
        (&json!(thread), &json!(true))
    );
    let asked = scene.ana.sends_in(forum, thread, "/why");
    let reply =
        json!({ "chat_id": forum, "text": "so", "reply_parameters": { "message_id": asked } });
    assert_eq!(
        scene.ok("sendMessage", reply).await["message_thread_id"],
        thread
    );
    assert_eq!(scene.fake.chat(forum).topics[&thread], "SPY");
    let body = json!({ "chat_id": forum, "text": "here", "message_thread_id": 999 });
    let refusal = scene.unlucky(400, "sendMessage", body).await;
    assert_eq!(refusal, "Bad Request: message thread not found");
    let group = scene.group();
    let refusal = scene
        .unlucky(
            400,
            "createForumTopic",
            json!({ "chat_id": group, "name": "SPY" }),
        )
        .await;
    assert_eq!(refusal, "Bad Request: the chat is not a forum");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn dates_can_be_skewed() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let body = json!({ "chat_id": chat, "text": "now" });
    let before = scene.ok("sendMessage", body.clone()).await["date"].as_i64();
    scene.fake.skew_dates(-3600);
    let after = scene.ok("sendMessage", body).await["date"].as_i64();
    let ahead = before.expect("a date") - after.expect("a date");
    assert!((3590..=3600).contains(&ahead), "{ahead}");
}
