//! Buttons, menus and layouts that are refused, one wrong thing each.

use serde_json::{Value, json};

use crate::bot::{Bot, all_refused, button, code_at, row};

fn rows(rows: Vec<Value>) -> Value {
    let mut message = json!({"content": "x"});
    message["components"] = Value::Array(rows);
    message
}

fn one(button: Value) -> Value {
    rows(vec![row(vec![button])])
}

#[tokio::test]
async fn rows_beyond_their_limits_are_refused() {
    let bot = Bot::unhurried().await;
    let six: Vec<Value> = (0..6)
        .map(|index| button(&index.to_string(), "x"))
        .collect();
    let six_rows: Vec<Value> = six.iter().map(|button| row(vec![button.clone()])).collect();
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
    ];
    all_refused(&bot, "POST", &bot.messages(), wrong).await;
}

#[tokio::test]
async fn buttons_beyond_their_limits_are_refused() {
    let bot = Bot::unhurried().await;
    let wrong = vec![
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
