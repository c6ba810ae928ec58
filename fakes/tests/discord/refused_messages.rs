//! Messages that are refused, one wrong thing each.

use serde_json::{Value, json};

use crate::bot::{Bot, all_refused, button, code_at, row};

#[tokio::test]
async fn a_message_of_a_wrong_shape_is_refused_and_the_field_is_named() {
    let bot = Bot::unhurried().await;
    let wrong = vec![
        (
            "unknown field",
            json!({"content": "x", "colour": 1}),
            "colour",
            "UNKNOWN_FIELD",
        ),
        (
            "typo with nothing in it",
            json!({"content": "x", "embedz": []}),
            "embedz",
            "UNKNOWN_FIELD",
        ),
        (
            "content is a number",
            json!({"content": 1}),
            "content",
            "STRING_TYPE_CONVERT",
        ),
        (
            "2001 characters",
            json!({"content": "x".repeat(2001)}),
            "content",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "tts is text",
            json!({"content": "x", "tts": "yes"}),
            "tts",
            "BOOLEAN_TYPE_CONVERT",
        ),
        (
            "embeds is no list",
            json!({"embeds": {}}),
            "embeds",
            "LIST_TYPE_CONVERT",
        ),
        (
            "a flag of others",
            json!({"content": "x", "flags": 64}),
            "flags",
            "BITFIELD_INVALID_FLAGS",
        ),
        (
            "nonce of 26",
            json!({"content": "x", "nonce": "n".repeat(26)}),
            "nonce",
            "UNION_TYPE_CHOICES",
        ),
        (
            "enforced without nonce",
            json!({"content": "x", "enforce_nonce": true}),
            "nonce",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "mentions both ways",
            json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
            "allowed_mentions",
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (
            "a file that did not come",
            json!({"content": "x", "attachments": [{"id": 0}]}),
            "attachments.0.id",
            "ATTACHMENT_NOT_FOUND",
        ),
    ];
    all_refused(&bot, "POST", &bot.messages(), wrong).await;
    assert_eq!(bot.fake.messages(bot.fake.channel()), []);
}

#[tokio::test]
async fn an_embed_beyond_its_limits_is_refused() {
    let bot = Bot::unhurried().await;
    let one = |embed: Value| json!({"embeds": [embed]});
    let long = |length: usize| "x".repeat(length);
    let field = |name: &str, value: &str| json!({"fields": [{"name": name, "value": value}]});
    let fields: Vec<Value> = (0..26)
        .map(|_| json!({"name": "a", "value": "b"}))
        .collect();
    let wrong = vec![
        (
            "title",
            one(json!({"title": long(257)})),
            "embeds.0.title",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "description",
            one(json!({"description": long(4097)})),
            "embeds.0.description",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "field name",
            one(field(&long(257), "x")),
            "embeds.0.fields.0.name",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "field value",
            one(field("x", &long(1025))),
            "embeds.0.fields.0.value",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "empty value",
            one(field("x", " ")),
            "embeds.0.fields.0.value",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "no value",
            one(json!({"fields": [{"name": "x"}]})),
            "embeds.0.fields.0.value",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "26 fields",
            one(json!({"fields": fields})),
            "embeds.0.fields",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "colour",
            one(json!({"title": "x", "color": 0x100_0000})),
            "embeds.0.color",
            "NUMBER_TYPE_MAX",
        ),
        (
            "footer",
            one(json!({"title": "x", "footer": {"text": long(2049)}})),
            "embeds.0.footer.text",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "author",
            one(json!({"title": "x", "author": {"name": long(257)}})),
            "embeds.0.author.name",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "time",
            one(json!({"title": "x", "timestamp": "noon"})),
            "embeds.0.timestamp",
            "DATE_TIME_TYPE_PARSE",
        ),
        (
            "address",
            one(json!({"title": "x", "url": "no address"})),
            "embeds.0.url",
            "URL_TYPE_INVALID_URL",
        ),
        (
            "scheme",
            one(json!({"title": "x", "url": "ftp://x"})),
            "embeds.0.url",
            "URL_TYPE_INVALID_SCHEME",
        ),
        (
            "nothing in it",
            one(json!({"color": 1})),
            "embeds.0.description",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "a picture that did not come",
            one(json!({"image": {"url": "attachment://a.png"}})),
            "embeds.0.image.url",
            "ATTACHMENT_NOT_FOUND",
        ),
        (
            "6001 in sum",
            json!({"embeds": [{"description": long(4000)}, {"description": long(2001)}]}),
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
        ),
        (
            "11 embeds",
            json!({"embeds": vec![json!({"title": "x"}); 11]}),
            "embeds",
            "BASE_TYPE_MAX_LENGTH",
        ),
    ];
    all_refused(&bot, "POST", &bot.messages(), wrong).await;
}

#[tokio::test]
async fn buttons_beyond_their_limits_are_refused() {
    let bot = Bot::unhurried().await;
    let rows = |rows: Vec<Value>| json!({"content": "x", "components": rows});
    let one = |button: Value| rows(vec![row(vec![button])]);
    let six: Vec<Value> = (0..6)
        .map(|index| button(&index.to_string(), "x"))
        .collect();
    let six_rows: Vec<Value> = (0..6)
        .map(|index| row(vec![button(&index.to_string(), "x")]))
        .collect();
    let wrong = vec![
        (
            "six in a row",
            rows(vec![row(six)]),
            "components.0.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "six rows",
            rows(six_rows),
            "components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "an empty row",
            rows(vec![row(vec![])]),
            "components.0.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "label of 81",
            one(button("a", &"x".repeat(81))),
            "components.0.components.0.label",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            "id of 101",
            one(button(&"x".repeat(101), "x")),
            "components.0.components.0.custom_id",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "empty id",
            one(button("", "x")),
            "components.0.components.0.custom_id",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "no id",
            one(json!({"type": 2, "style": 1, "label": "x"})),
            "components.0.components.0.custom_id",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "no label",
            one(json!({"type": 2, "style": 1, "custom_id": "x"})),
            "components.0.components.0.label",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "link with id",
            one(
                json!({"type": 2, "style": 5, "label": "x", "url": "https://x.org", "custom_id": "a"}),
            ),
            "components.0.components.0.custom_id",
            "COMPONENT_BUTTON_FIELDS_EXCLUSIVE",
        ),
        (
            "style 9",
            one(json!({"type": 2, "style": 9, "label": "x", "custom_id": "a"})),
            "components.0.components.0.style",
            "UNION_TYPE_CHOICES",
        ),
        (
            "the same id twice",
            rows(vec![
                row(vec![button("a", "x")]),
                row(vec![button("a", "y")]),
            ]),
            "components.1.components.0.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            "a bare button",
            rows(vec![button("a", "x")]),
            "components.0",
            "UNION_TYPE_CHOICES",
        ),
        (
            "a typo",
            one(json!({"type": 2, "style": 1, "custom_id": "a", "label": "x", "disable": true})),
            "components.0.components.0.disable",
            "UNKNOWN_FIELD",
        ),
    ];
    all_refused(&bot, "POST", &bot.messages(), wrong).await;
}

#[tokio::test]
async fn menus_beyond_their_limits_are_refused() {
    let bot = Bot::unhurried().await;
    let option = |value: &str| json!({"label": "x", "value": value});
    let menu = |options: Vec<Value>| json!({"content": "x", "components": [row(vec![json!({"type": 3, "custom_id": "m", "options": options})])]});
    let wrong = vec![
        (
            "no options",
            menu(vec![]),
            "components.0.components.0.options",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "the same value twice",
            menu(vec![option("a"), option("a")]),
            "components.0.components.0.options.1.value",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        (
            "beside a button",
            json!({"content": "x", "components": [row(vec![button("b", "x"), json!({"type": 3, "custom_id": "m", "options": [option("a")]})])]}),
            "components.0.components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        ),
    ];
    all_refused(&bot, "POST", &bot.messages(), wrong).await;
}

#[tokio::test]
async fn the_newer_layout_needs_its_flag_and_stands_alone() {
    let bot = Bot::unhurried().await;
    let text = json!({"type": 10, "content": "hello"});
    let wrong = vec![
        (
            "without its flag",
            json!({"content": "x", "components": [text]}),
            "components.0.type",
            "BASE_TYPE_CHOICES",
        ),
        (
            "with content",
            json!({"content": "x", "flags": 1 << 15, "components": [text]}),
            "content",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        (
            "with embeds",
            json!({"embeds": [{"title": "x"}], "flags": 1 << 15, "components": [text]}),
            "embeds",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        (
            "too many of them",
            json!({"flags": 1 << 15, "components": vec![json!({"type": 17, "components": vec![text.clone(); 9]}); 5]}),
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
        ),
    ];
    all_refused(&bot, "POST", &bot.messages(), wrong).await;
    let inside = json!({"type": 17, "accent_color": 255, "components": [text, row(vec![button("a", "Yes")])]});
    let message = bot
        .writes(json!({"flags": 1 << 15, "components": [inside]}))
        .await;
    let (status, told) = bot
        .send(
            "PATCH",
            &format!("{}/{message}", bot.messages()),
            json!({"content": "x"}),
        )
        .await;
    assert_eq!(
        (status, code_at(&told, "content").as_str()),
        (400, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
    );
    assert_eq!(bot.fake.own_mistakes(), Vec::<String>::new());
}

#[tokio::test]
async fn an_empty_message_is_refused_also_by_an_edit() {
    let bot = Bot::unhurried().await;
    for empty in [
        json!({}),
        json!({"content": " "}),
        json!({"components": [row(vec![button("a", "x")])]}),
    ] {
        let (status, told) = bot.send("POST", &bot.messages(), empty).await;
        assert_eq!(
            (status, told["code"].as_u64()),
            (400, Some(50006)),
            "{told}"
        );
    }
    let message = bot.writes(json!({"content": "x"})).await;
    let (_, told) = bot
        .send(
            "PATCH",
            &format!("{}/{message}", bot.messages()),
            json!({"content": ""}),
        )
        .await;
    assert_eq!(told["code"], 50006);
    assert_eq!(bot.fake.violations().len(), 4);
}

#[tokio::test]
async fn who_does_not_prove_to_be_the_bot_is_refused() {
    let bot = Bot::unhurried().await;
    let url = format!("{}/users/@me", bot.fake.base_url());
    let client = reqwest_chat::Client::builder()
        .user_agent("DiscordBot (https://example.org, 1)")
        .build()
        .expect("a client");
    for token in [
        None,
        Some("Bot wrong".to_owned()),
        Some(bot.fake.token()),
        Some(format!("Bearer {}", bot.fake.token())),
    ] {
        let request = client.get(&url);
        let request = if let Some(token) = &token {
            request.header("authorization", token)
        } else {
            request
        };
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 401, "{token:?}");
    }
    let nameless = reqwest_chat::Client::new()
        .get(&url)
        .header("authorization", format!("Bot {}", bot.fake.token()));
    assert_eq!(
        nameless.send().await.expect("an answer").status().as_u16(),
        403
    );
    assert_eq!(bot.fake.violations().len(), 5);
}

#[tokio::test]
async fn what_is_no_route_of_the_platform_is_refused() {
    let bot = Bot::unhurried().await;
    let channel = bot.fake.channel();
    for (method, path, status) in [
        ("GET", "/nothing/here".to_owned(), 404),
        ("PUT", bot.messages(), 405),
        ("GET", "/channels/abc".to_owned(), 400),
        (
            "GET",
            format!("/channels/{channel}/messages?limit=101"),
            400,
        ),
        ("GET", format!("/channels/{channel}/messages?page=2"), 400),
        ("GET", format!("/channels/{channel}/invites"), 404),
    ] {
        let (got, told) = bot.send(method, &path, Value::Null).await;
        assert_eq!(got, status, "{method} {path}: {told}");
    }
    let bare = bot
        .request("POST", &bot.messages())
        .header("content-type", "application/json")
        .body("{")
        .send()
        .await;
    assert_eq!(bare.expect("an answer").status().as_u16(), 400);
    let untyped = bot
        .request("POST", &bot.messages())
        .body("{\"content\":\"x\"}")
        .send()
        .await;
    let told: Value = untyped.expect("an answer").json().await.expect("JSON");
    assert_eq!(told["code"], 50109);
    assert_eq!(bot.fake.violations().len(), 8);
}

#[tokio::test]
async fn files_that_are_not_announced_rightly_are_refused() {
    let bot = Bot::unhurried().await;
    let path = bot.messages();
    let body = json!({"content": "x"});
    let (_, told) = bot
        .uploads("POST", &path, &body, &[("picture", "a.png", b"1")])
        .await;
    assert_eq!(code_at(&told, "files"), "UNKNOWN_FIELD");
    let (_, told) = bot
        .uploads(
            "POST",
            &path,
            &body,
            &[("files[0]", "a.png", b"1"), ("files[0]", "b.png", b"2")],
        )
        .await;
    assert_eq!(code_at(&told, "files"), "UNKNOWN_FIELD");
    let big = vec![0; 10 * 1024 * 1024 + 1];
    let (status, _) = bot
        .uploads("POST", &path, &body, &[("files[0]", "a.png", &big)])
        .await;
    assert_eq!(status, 413);
    let eleven: Vec<(String, Vec<u8>)> = (0..11)
        .map(|number| (format!("files[{number}]"), vec![1]))
        .collect();
    let eleven: Vec<(&str, &str, &[u8])> = eleven
        .iter()
        .map(|(part, bytes)| (part.as_str(), "a.png", bytes.as_slice()))
        .collect();
    let (_, told) = bot.uploads("POST", &path, &body, &eleven).await;
    assert_eq!(code_at(&told, "attachments"), "BASE_TYPE_MAX_LENGTH");
}
