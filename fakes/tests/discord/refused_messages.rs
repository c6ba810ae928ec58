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
    ];
    all_refused(&bot, "POST", &bot.messages(), wrong).await;
    assert_eq!(bot.fake.messages(bot.fake.channel()), []);
}

#[tokio::test]
async fn what_a_message_refers_to_has_to_be_there() {
    let bot = Bot::unhurried().await;
    let wrong = vec![
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
}

fn one(embed: Value) -> Value {
    let mut message = json!({});
    message["embeds"] = Value::Array(vec![embed]);
    message
}

fn long(length: usize) -> String {
    "x".repeat(length)
}

fn field(name: &str, value: &str) -> Value {
    json!({"fields": [{"name": name, "value": value}]})
}

#[tokio::test]
async fn an_embed_with_too_much_in_it_is_refused() {
    let bot = Bot::unhurried().await;
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
            "26 fields",
            one(json!({"fields": fields})),
            "embeds.0.fields",
            "BASE_TYPE_MAX_LENGTH",
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
async fn an_embed_of_a_wrong_shape_is_refused() {
    let bot = Bot::unhurried().await;
    let wrong = vec![
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
            "colour",
            one(json!({"title": "x", "color": 0x100_0000})),
            "embeds.0.color",
            "NUMBER_TYPE_MAX",
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
    ];
    all_refused(&bot, "POST", &bot.messages(), wrong).await;
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
