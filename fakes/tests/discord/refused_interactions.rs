//! Answers to interactions that are refused, and the time within which they count.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::{Bot, Wrong, button, code_at, row};

fn says(text: &str) -> Value {
    json!({"type": 4, "data": {"content": text}})
}

#[tokio::test]
async fn an_answer_after_three_seconds_finds_nothing() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    bot.fake.advance(Duration::from_millis(3_100));
    let (status, told) = bot.answers(asked, says("late")).await;
    assert_eq!(
        (status, told["code"].as_u64()),
        (404, Some(10062)),
        "{told}"
    );
    let seen = bot.fake.interaction(asked).expect("known");
    assert_eq!((seen.callback, seen.refused), (None, vec![10062]));
    bot.no_violations();
}

#[tokio::test]
async fn a_second_answer_is_refused_and_the_first_one_stays() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    assert_eq!(bot.answers(asked, says("first")).await.0, 204);
    let (status, told) = bot.answers(asked, says("second")).await;
    assert_eq!((status, told["code"].as_u64()), (400, Some(40060)));
    assert_eq!(bot.fake.interaction(asked).expect("known").text(), "first");
}

#[tokio::test]
async fn a_token_that_is_not_the_interactions_own_finds_nothing() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    let (status, told) = bot
        .send(
            "POST",
            &format!("/interactions/{asked}/wrong/callback"),
            says("x"),
        )
        .await;
    assert_eq!((status, told["code"].as_u64()), (404, Some(10062)));
    let (status, told) = bot
        .send(
            "POST",
            &format!("/webhooks/{}/wrong", bot.fake.application()),
            json!({"content": "x"}),
        )
        .await;
    assert_eq!((status, told["code"].as_u64()), (401, Some(50027)));
    let hook = format!("/webhooks/42/{}", bot.token_of(asked));
    assert_eq!(
        bot.send("POST", &hook, json!({"content": "x"})).await.1["code"],
        10015
    );
}

#[tokio::test]
async fn what_does_not_answer_that_kind_of_interaction_is_refused() {
    let bot = Bot::unhurried().await;
    let form = json!({"custom_id": "f", "title": "x", "components": [row(vec![field("a")])]});
    let asked = bot.asked().await;
    for wrong in [
        json!({"type": 6}),
        json!({"type": 7, "data": {"content": "x"}}),
        json!({"type": 1}),
        json!({"type": 8, "data": {"choices": []}}),
    ] {
        let (status, told) = bot.answers(asked, wrong.clone()).await;
        assert_eq!(
            (status, code_at(&told, "type").as_str()),
            (400, "INTERACTION_RESPONSE_TYPE_INVALID"),
            "{wrong}"
        );
    }
    assert_eq!(
        bot.answers(asked, json!({"type": 9, "data": form})).await.0,
        204
    );
    let sent = bot.alice.submits(asked, &[("a", "1")]).expect("a form");
    let (_, told) = bot.answers(sent, json!({"type": 9, "data": form})).await;
    assert_eq!(
        code_at(&told, "type"),
        "INTERACTION_RESPONSE_TYPE_INVALID",
        "a form does not open a form"
    );
    let after = bot.asked().await;
    assert_eq!(bot.answers(after, json!({"type": 5})).await.0, 204);
    let (_, told) = bot.answers(after, json!({"type": 9, "data": form})).await;
    assert_eq!(told["code"], 40060, "a form is a first answer or none");
}

fn field(name: &str) -> Value {
    json!({"type": 4, "custom_id": name, "style": 1, "label": "Contracts", "max_length": 4})
}

/// Answers wrongly, sees each answer refused and noted, and then answers rightly.
async fn all_refused(wrong: Vec<Wrong>) {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    let count = wrong.len();
    for (what, body, path, code) in wrong {
        let (status, told) = bot.answers(asked, body).await;
        assert_eq!(
            (status, code_at(&told, path).as_str()),
            (400, code),
            "{what}: {told}"
        );
    }
    assert_eq!(bot.fake.violations().len(), count);
    assert_eq!(bot.answers(asked, says("right")).await.0, 204);
}

#[tokio::test]
async fn a_wrong_message_is_refused_and_the_interaction_can_still_be_answered() {
    all_refused(vec![("kind 99", json!({"type": 99}), "", "UNION_TYPE_CHOICES"),
(
            "unknown field",
            json!({"type": 4, "data": {"content": "x"}, "now": 1}),
            "now",
            "UNKNOWN_FIELD",
        ),
(
            "content of 2001",
            says(&"x".repeat(2001)),
            "data.content",
            "BASE_TYPE_MAX_LENGTH",
        ),
(
            "label of 81",
            json!({"type": 4, "data": {"content": "x", "components": [row(vec![button("a", &"x".repeat(81))])]}}),
            "data.components.0.components.0.label",
            "BASE_TYPE_MAX_LENGTH",
        ),
(
            "ids twice",
            json!({"type": 4, "data": {"content": "x", "components": [row(vec![button("a", "x"), button("a", "y")])]}}),
            "data.components.0.components.1.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
(
            "thinking with a flag",
            json!({"type": 5, "data": {"flags": 4096}}),
            "data.flags",
            "BITFIELD_INVALID_FLAGS",
        ),]).await;
}

fn modal(title: &str, rows: Vec<Value>) -> Value {
    let mut data = json!({"custom_id": "f", "title": title});
    data["components"] = Value::Array(rows);
    json!({"type": 9, "data": data})
}

fn fields(names: std::ops::Range<u8>) -> Vec<Value> {
    names
        .map(|name| row(vec![field(&name.to_string())]))
        .collect()
}

/// A form of one field with something about it changed.
fn changed(name: &str, value: Value) -> Value {
    let mut field = field("a");
    field[name] = value;
    modal("x", vec![row(vec![field])])
}

#[tokio::test]
async fn a_wrong_form_is_refused() {
    all_refused(vec![
        (
            "title of 46",
            modal(&"x".repeat(46), fields(0..1)),
            "data.title",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "no fields",
            modal("x", vec![]),
            "data.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "six fields",
            modal("x", fields(0..6)),
            "data.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "two in a row",
            modal("x", vec![row(vec![field("a"), field("b")])]),
            "data.components.0.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "the same field twice",
            modal("x", [fields(0..1), fields(0..1)].concat()),
            "data.components.1.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            "no label",
            changed("label", Value::Null),
            "data.components.0.label",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "a label of 46",
            changed("label", json!("x".repeat(46))),
            "data.components.0.components.0.label",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "a value too long for itself",
            changed("value", json!("12345")),
            "data.components.0.value",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            "least above most",
            changed("min_length", json!(5)),
            "data.components.0.min_length",
            "NUMBER_TYPE_MAX",
        ),
        (
            "a button",
            modal("x", vec![row(vec![button("a", "x")])]),
            "data.components.0.components.0.type",
            "BASE_TYPE_CHOICES",
        ),
    ])
    .await;
}

#[tokio::test]
async fn choices_beyond_their_limits_are_refused() {
    let bot = Bot::unhurried().await;
    let option = json!({"type": 3, "name": "symbol", "description": "x", "autocomplete": true});
    bot.registers(json!([{"name": "quote", "description": "x", "options": [option]}]))
        .await;
    let writes = || {
        let given = [("symbol", json!("A"))];
        bot.alice
            .autocompletes(bot.fake.channel(), "quote", &given, "symbol")
            .expect("choices")
    };
    let choices = |all: Vec<Value>| json!({"type": 8, "data": {"choices": all}});
    let one = |name: &str, value: Value| json!({"name": name, "value": value});
    let asked = writes();
    for (what, all) in [
        (
            "26",
            (0..26)
                .map(|index| one(&index.to_string(), json!("x")))
                .collect(),
        ),
        ("a name of 101", vec![one(&"x".repeat(101), json!("x"))]),
        ("an empty name", vec![one("", json!("x"))]),
        ("a value of 101", vec![one("x", json!("x".repeat(101)))]),
        ("a number for a text", vec![one("x", json!(1))]),
    ] {
        assert_eq!(bot.answers(asked, choices(all)).await.0, 400, "{what}");
    }
    assert_eq!(bot.answers(asked, says("no choices")).await.0, 400);
    assert_eq!(
        bot.answers(asked, choices(vec![one("AAPL", json!("AAPL"))]))
            .await
            .0,
        204
    );
    let seen = bot.fake.interaction(asked).expect("known");
    assert_eq!(seen.choices(), vec![("AAPL".to_owned(), json!("AAPL"))]);
    assert_eq!(bot.fake.violations().len(), 6);
}

#[tokio::test]
async fn followups_need_an_answer_before_them_and_end_after_fifteen_minutes() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    let hook = bot.webhook(asked);
    assert_eq!(
        bot.send("POST", &hook, json!({"content": "x"})).await.1["code"],
        10015
    );
    bot.answers(asked, says("first")).await;
    bot.fake.advance(Duration::from_mins(14));
    assert_eq!(
        bot.send("POST", &hook, json!({"content": "x"})).await.0,
        200
    );
    bot.fake.advance(Duration::from_secs(61));
    for (method, path, body) in [
        ("POST", hook.clone(), json!({"content": "x"})),
        (
            "PATCH",
            format!("{hook}/messages/@original"),
            json!({"content": "x"}),
        ),
        ("GET", format!("{hook}/messages/@original"), Value::Null),
    ] {
        let (status, told) = bot.send(method, &path, body).await;
        assert_eq!(
            (status, told["code"].as_u64()),
            (401, Some(50027)),
            "{method}"
        );
    }
    bot.no_violations();
}

#[tokio::test]
async fn an_interaction_sees_only_its_own_messages() {
    let bot = Bot::unhurried().await;
    let other = bot.writes(json!({"content": "x"})).await;
    let asked = bot.asked().await;
    bot.answers(asked, says("first")).await;
    let path = format!("{}/messages/{other}", bot.webhook(asked));
    assert_eq!(
        bot.send("PATCH", &path, json!({"content": "y"})).await.1["code"],
        10008
    );
    let (_, told) = bot
        .send(
            "PATCH",
            &format!("{}/messages/@original", bot.webhook(asked)),
            json!({"content": "x", "flags": 64}),
        )
        .await;
    assert_eq!(
        code_at(&told, "flags"),
        "BITFIELD_INVALID_FLAGS",
        "what was shown to all cannot be hidden"
    );
}
