//! What no correct client sends is refused and noted.

use serde_json::{Value, json};

use crate::bot::Scene;

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn an_unknown_method_is_refused_and_noted() {
    let scene = Scene::new().await;
    let refusal = scene.refused(404, "sendTicket", json!({})).await;
    assert_eq!(refusal, "Not Found: method not found");
    assert_eq!(scene.fake.violations().len(), 1);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_wrong_token_is_unauthorized() {
    let scene = Scene::new().await;
    let get = async |path: &str| {
        let address = format!("{}{path}", scene.fake.address());
        let answer = scene.client.get(address).send().await.expect("an answer");
        answer.json::<Value>().await.expect("JSON")
    };
    let answer = get("/bot7000000001:wrong/getMe").await;
    assert_eq!(
        answer,
        json!({ "ok": false, "error_code": 401, "description": "Unauthorized" })
    );
    assert_eq!(get("/botwrong/getMe").await["error_code"], 404);
    assert_eq!(get("/getMe").await["error_code"], 404);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn unknown_missing_and_wrongly_typed_parameters_are_refused() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let with = |key: &str, value: Value| {
        let mut body = json!({ "chat_id": chat, "text": "hello" });
        body[key] = value;
        body
    };
    for (body, refusal) in [
        (json!({ "text": "a" }), "chat_id is empty"),
        (json!({ "chat_id": chat }), "message text is empty"),
        (
            with("colour", json!("red")),
            "sendMessage has no parameter \"colour\"",
        ),
        (with("text", json!(5)), "text must be a String"),
        (with("chat_id", json!(1.5)), "chat_id must be an Integer"),
        (
            with("protect_content", json!("maybe")),
            "protect_content must be a Boolean",
        ),
        (
            with("protect_content", json!(7)),
            "protect_content must be a Boolean",
        ),
        (
            with("message_thread_id", json!("seven")),
            "can't parse message thread id JSON object",
        ),
        (
            with("reply_markup", json!("{")),
            "can't parse reply markup JSON object",
        ),
        (
            with("reply_parameters", json!({})),
            "reply_parameters.message_id is required",
        ),
        (
            with("reply_parameters", json!({ "message_id": 1, "loud": true })),
            "reply_parameters.loud: ReplyParameters has no such field",
        ),
        (
            with("entities", json!([{ "type": "bold", "offset": 0 }])),
            "entities[0].length is required",
        ),
    ] {
        let said = scene.wrong("sendMessage", body).await;
        assert!(
            said.starts_with(&format!("Bad Request: {refusal}")),
            "{said}"
        );
    }
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_body_that_is_not_what_it_says_is_refused() {
    let scene = Scene::new().await;
    let send = async |kind: &str, body: &'static str| {
        let request = scene.client.post(scene.url("sendMessage"));
        let request = request.header("Content-Type", kind).body(body);
        let answer = request.send().await.expect("an answer");
        answer.json::<Value>().await.expect("JSON")["error_code"].clone()
    };
    assert_eq!(send("application/json", "{").await, 400);
    assert_eq!(send("application/json", "[]").await, 400);
    assert_eq!(
        send("multipart/form-data; boundary=edge", "no parts").await,
        400
    );
    assert_eq!(send("text/plain", "hello").await, 400);
    assert_eq!(scene.fake.violations().len(), 4);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn texts_have_a_length() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let text = |count: usize| json!({ "chat_id": chat, "text": "ü".repeat(count) });
    scene.ok("sendMessage", text(4096)).await;
    assert_eq!(
        scene.wrong("sendMessage", text(4097)).await,
        "Bad Request: message is too long"
    );
    assert_eq!(
        scene.wrong("sendMessage", text(0)).await,
        "Bad Request: message text is empty"
    );
    let blank = json!({ "chat_id": chat, "text": " \n " });
    assert_eq!(
        scene.wrong("sendMessage", blank).await,
        "Bad Request: message text is empty"
    );
    // Mark-up does not count.
    let marked = format!("<b>{}</b>", "a".repeat(4096));
    scene
        .ok(
            "sendMessage",
            json!({ "chat_id": chat, "text": marked, "parse_mode": "HTML" }),
        )
        .await;
    let png = crate::bot::PNG;
    let fields = |count: usize| {
        [
            ("chat_id", chat.to_string()),
            ("caption", "c".repeat(count)),
        ]
    };
    let answer = scene
        .upload("sendPhoto", &fields(1024), &[("photo", "a.png", png)])
        .await;
    assert_eq!(answer["ok"], true, "{answer}");
    let answer = scene
        .upload("sendPhoto", &fields(1025), &[("photo", "a.png", png)])
        .await;
    assert_eq!(
        answer["description"],
        "Bad Request: message caption is too long"
    );
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn buttons_do_one_thing_with_data_of_1_to_64_bytes() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let with = |rows: Value| json!({ "chat_id": chat, "text": "a", "reply_markup": { "inline_keyboard": rows } });
    let button = |data: &str| json!({ "text": "Go", "callback_data": data });
    scene
        .ok("sendMessage", with(json!([[button(&"x".repeat(64))]])))
        .await;
    let too_long = "é".repeat(33);
    for data in ["", too_long.as_str()] {
        let refusal = scene
            .wrong("sendMessage", with(json!([[button(data)]])))
            .await;
        assert_eq!(refusal, "Bad Request: BUTTON_DATA_INVALID");
    }
    let text_only = "Text buttons are unallowed in the inline keyboard";
    for (rows, refusal) in [
        (json!([[{ "text": "Go" }]]), text_only),
        (
            json!([[{ "text": "Go", "callback_data": "a", "url": "https://a.example" }]]),
            text_only,
        ),
        (
            json!([[{ "text": " ", "callback_data": "a" }]]),
            "Text must be non-empty",
        ),
        (
            json!([[{ "text": "Go", "url": "nowhere" }]]),
            "Wrong HTTP URL",
        ),
        (
            json!([[{ "text": "Go", "callback_data": "a", "style": "pink" }]]),
            "invalid style",
        ),
        (
            json!([[{ "text": "Go", "data": "a" }]]),
            "InlineKeyboardButton has no such field",
        ),
        (
            json!([{ "text": "Go", "callback_data": "a" }]),
            "must be an Array",
        ),
    ] {
        let said = scene.wrong("sendMessage", with(rows)).await;
        assert!(said.contains(refusal), "{said}");
    }
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_keyboard_has_at_most_100_buttons_and_8_in_a_row() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let rows = |rows: usize, columns: usize| {
        let row = vec![json!({ "text": "Go", "callback_data": "a" }); columns];
        json!({ "chat_id": chat, "text": "a", "reply_markup": { "inline_keyboard": vec![row; rows] } })
    };
    scene.ok("sendMessage", rows(20, 5)).await;
    scene.ok("sendMessage", rows(1, 8)).await;
    let refusal = scene.wrong("sendMessage", rows(101, 1)).await;
    assert_eq!(refusal, "Bad Request: REPLY_MARKUP_TOO_LONG");
    let refusal = scene.wrong("sendMessage", rows(1, 9)).await;
    assert_eq!(refusal, "Bad Request: BUTTON_ROW_TOO_LONG");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn commands_are_checked_kept_by_scope_and_language_and_deleted() {
    let scene = Scene::new().await;
    let one = |name: &str, words: &str| json!([{ "command": name, "description": words }]);
    let all = json!({ "type": "all_private_chats" });
    scene
        .ok(
            "setMyCommands",
            json!({ "commands": one("status", "How it stands") }),
        )
        .await;
    let body =
        json!({ "commands": one("status", "Wie es steht"), "scope": all, "language_code": "de" });
    scene.ok("setMyCommands", body).await;
    let got = scene.ok("getMyCommands", json!({})).await;
    assert_eq!(got, one("status", "How it stands"));
    let german = json!({ "scope": all, "language_code": "de" });
    assert_eq!(
        scene.ok("getMyCommands", german.clone()).await[0]["description"],
        "Wie es steht"
    );
    assert_eq!(
        scene.ok("getMyCommands", json!({ "scope": all })).await,
        json!([])
    );
    assert_eq!(
        scene.fake.commands(&all, "de"),
        Some(one("status", "Wie es steht"))
    );
    scene.ok("deleteMyCommands", german).await;
    assert_eq!(scene.fake.commands(&all, "de"), None);
    scene.assert_clean();
    for (body, refusal) in [
        (
            json!({ "commands": one("Status", "a") }),
            "BOT_COMMAND_INVALID",
        ),
        (
            json!({ "commands": one("status", "") }),
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            json!({ "commands": one("status", "a"), "language_code": "deutsch" }),
            "language code is invalid",
        ),
        (
            json!({ "commands": one("status", "a"), "scope": { "type": "everybody" } }),
            "scope",
        ),
        (
            json!({ "commands": vec![one("status", "a")[0].clone(); 101] }),
            "BOT_COMMANDS_TOO_MUCH",
        ),
    ] {
        let said = scene.wrong("setMyCommands", body).await;
        assert!(said.contains(refusal), "{said}");
    }
    let somewhere =
        json!({ "commands": one("status", "a"), "scope": { "type": "chat", "chat_id": -5 } });
    let said = scene.refused(400, "setMyCommands", somewhere).await;
    assert_eq!(said, "Bad Request: chat not found");
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn leaving_the_platforms_own_server_and_what_the_fake_does_not_do_are_noted() {
    let scene = Scene::new().await;
    scene.wrong("close", json!({})).await;
    scene.wrong("logOut", json!({})).await;
    let chat = scene.private();
    let refusal = scene
        .refused(404, "sendDice", json!({ "chat_id": chat }))
        .await;
    assert!(refusal.contains("sendDice"), "{refusal}");
    assert_eq!(scene.fake.violations().len(), 3);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn only_known_chat_actions_are_shown() {
    let scene = Scene::new().await;
    let chat = scene.private();
    scene
        .ok(
            "sendChatAction",
            json!({ "chat_id": chat, "action": "typing" }),
        )
        .await;
    assert_eq!(scene.fake.chat(chat).actions, ["typing"]);
    scene
        .wrong(
            "sendChatAction",
            json!({ "chat_id": chat, "action": "thinking" }),
        )
        .await;
}
