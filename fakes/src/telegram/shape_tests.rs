//! What the fake says itself is checked as strictly as what it is sent.

use serde_json::{Value, json};

use super::check;
use crate::telegram::spec::{Kind, Spec};

fn update(message: &Value) -> Result<(), String> {
    let spec = Spec::load().expect("the specification");
    let update = json!({ "update_id": 1, "message": message });
    let kinds = [Kind::Named("Update".to_owned())];
    check(&spec, &kinds, &update, "Update")
}

#[test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
fn an_update_that_the_platform_would_not_send_is_found() {
    let chat = json!({ "id": -5, "type": "group", "title": "Desk" });
    let message = json!({ "message_id": 1, "date": 2, "chat": chat, "text": "hello" });
    assert_eq!(update(&message), Ok(()));
    let with = |key: &str, value: Value| {
        let mut message = message.clone();
        message[key] = value;
        update(&message).expect_err("it is wrong")
    };
    assert_eq!(
        with("words", json!("a")),
        "Update.message.words: Message has no such field"
    );
    assert_eq!(
        with("date", json!("2")),
        "Update.message.date must be an Integer"
    );
    assert_eq!(
        with("chat", json!({ "id": 5 })),
        "Update.message.chat.type is required"
    );
    let entities = json!([{ "type": "bold", "offset": 0, "length": "5" }]);
    assert_eq!(
        with("entities", entities),
        "Update.message.entities[0].length must be an Integer"
    );
}

#[test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
fn a_type_is_told_from_its_siblings_by_its_word() {
    let spec = Spec::load().expect("the specification");
    let scope = [Kind::Named("BotCommandScope".to_owned())];
    let said = |value: Value| check(&spec, &scope, &value, "scope");
    assert_eq!(said(json!({ "type": "default" })), Ok(()));
    let missing = said(json!({ "type": "chat_member", "chat_id": 1 }));
    assert_eq!(missing, Err("scope.user_id is required".to_owned()));
    said(json!({ "type": "everybody" })).expect_err("there is no such scope");
}
