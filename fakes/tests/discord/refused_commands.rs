//! Commands that cannot be registered, one wrong thing each.

use serde_json::{Value, json};

use crate::bot::{Bot, all_refused};

fn one(name: &str) -> Value {
    json!({"name": name, "description": "x"})
}

fn with(options: Value) -> Value {
    let mut command = one("a");
    command["options"] = options;
    Value::Array(vec![command])
}

#[tokio::test]
async fn a_command_of_a_wrong_shape_is_refused() {
    let bot = Bot::unhurried().await;
    let path = format!("/applications/{}/commands", bot.fake.application());
    let many: Vec<Value> = (0..101).map(|number| one(&format!("c{number}"))).collect();
    let choices: Vec<Value> = (0..26)
        .map(|number| json!({"name": number.to_string(), "value": "x"}))
        .collect();
    let text = |extra: Value| {
        let mut option = json!({"type": 3, "name": "o", "description": "x"});
        for (name, value) in extra.as_object().into_iter().flatten() {
            option[name] = value.clone();
        }
        with(json!([option]))
    };
    let sub = json!({"type": 1, "name": "s", "description": "x"});
    let wrong = vec![
        ("upper case", json!([one("Positions")]), "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
        ("a space", json!([one("my positions")]), "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
        ("33 letters", json!([one(&"x".repeat(33))]), "0.name", "BASE_TYPE_BAD_LENGTH"),
        ("no description", json!([{"name": "a"}]), "0.description", "BASE_TYPE_REQUIRED"),
        ("101 letters of description", json!([{"name": "a", "description": "x".repeat(101)}]), "0.description", "BASE_TYPE_MAX_LENGTH"),
        ("the same name twice", json!([one("a"), one("a")]), "1", "APPLICATION_COMMANDS_DUPLICATE_NAME"),
        ("101 commands", Value::Array(many), "", "BASE_TYPE_MAX_LENGTH"),
        ("unknown field", json!([{"name": "a", "description": "x", "help": "y"}]), "0.help", "UNKNOWN_FIELD"),
        ("option without a type", with(json!([{"name": "o", "description": "x"}])), "0.options.0", "UNION_TYPE_CHOICES"),
        ("option without description", with(json!([{"type": 3, "name": "o"}])), "0.options.0.description", "BASE_TYPE_REQUIRED"),
        ("option in upper case", with(json!([{"type": 3, "name": "O", "description": "x"}])), "0.options.0.name", "APPLICATION_COMMAND_INVALID_NAME"),
        ("26 choices", text(json!({"choices": choices})), "0.options.0.choices", "BASE_TYPE_MAX_LENGTH"),
        ("choices and autocomplete", text(json!({"autocomplete": true, "choices": [{"name": "a", "value": "b"}]})), "0.options.0", "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE"),
        ("a choice of another kind", text(json!({"choices": [{"name": "a", "value": 1}]})), "0.options.0.choices.0.value", "STRING_TYPE_CONVERT"),
        (
            "required after optional",
            with(json!([{"type": 3, "name": "o", "description": "x"}, {"type": 3, "name": "p", "description": "x", "required": true}])),
            "0.options.1",
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            "the same option twice",
            with(json!([{"type": 3, "name": "o", "description": "x"}, {"type": 4, "name": "o", "description": "x"}])),
            "0.options.1",
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        ),
        (
            "a sub-command beside an option",
            with(json!([sub, {"type": 3, "name": "o", "description": "x"}])),
            "0.options",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        ),
        (
            "8001 letters in all",
            with(json!((0..25).map(|number| json!({"type": 3, "name": format!("o{number}"), "description": "x".repeat(100),
                "choices": (0..25).map(|choice| json!({"name": format!("{choice}{}", "n".repeat(5)), "value": "v".repeat(10)})).collect::<Vec<_>>()})).collect::<Vec<_>>())),
            "0",
            "APPLICATION_COMMAND_TOO_LARGE",
        ),
    ];
    all_refused(&bot, "PUT", &path, wrong).await;
    assert_eq!(bot.fake.commands(None), Vec::<Value>::new());
}

#[tokio::test]
async fn commands_of_another_application_are_not_ours() {
    let bot = Bot::unhurried().await;
    let (status, told) = bot
        .send("PUT", "/applications/42/commands", json!([]))
        .await;
    assert_eq!((status, told["code"].as_u64()), (403, Some(20012)));
    assert_eq!(bot.fake.violations().len(), 1);
}

#[tokio::test]
async fn commands_are_set_looked_at_changed_and_taken_away() {
    let bot = Bot::unhurried().await;
    let path = format!("/applications/{}/commands", bot.fake.application());
    let commands = json!([{"name": "größe", "description": "x", "options": [], "nsfw": false, "default_member_permissions": "8"}, one("b")]);
    let (status, set) = bot.send("PUT", &path, commands.clone()).await;
    assert_eq!(status, 200, "{set}");
    let (_, again) = bot.send("PUT", &path, commands).await;
    assert_eq!(
        set[0]["id"], again[0]["id"],
        "one of the same name keeps its id"
    );
    let first = format!("{path}/{}", again[0]["id"].as_str().expect("an id"));
    let (status, changed) = bot.send("PATCH", &first, json!({"description": "y"})).await;
    assert_eq!((status, changed["description"].as_str()), (200, Some("y")));
    assert_eq!(bot.get(&first).await["description"], "y");
    assert_eq!(bot.send("DELETE", &first, Value::Null).await.0, 204);
    assert_eq!(bot.send("GET", &first, Value::Null).await.1["code"], 10063);
    assert_eq!(bot.send("POST", &path, one("c")).await.0, 201);
    assert_eq!(bot.get(&path).await.as_array().map(Vec::len), Some(2));
    bot.no_violations();
}
