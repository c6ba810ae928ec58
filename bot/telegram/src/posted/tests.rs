//! Tests of what is posted.

use axum::http::{HeaderMap, HeaderValue};
use countersign_domain::unheard::Unheard;
use serde_json::json;
use teloxide::types::{UpdateKind, WebhookInfo};

use super::{MOST, SECRET, elsewhere, is_signed, is_too_long, read, stuck};
use crate::config::Webhook;

fn carrying(values: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values {
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header");
        headers.append(SECRET, value);
    }
    headers
}

// R15
#[test]
fn what_carries_the_secret_once_is_taken_and_nothing_else() {
    assert!(is_signed("quiet_1", &carrying(&["quiet_1"])));
    for other in [
        &[][..],
        &[""],
        &["quiet"],
        &["quiet_12"],
        &["Quiet_1"],
        &["quiet_1 "],
        &["quiet_1", "quiet_1"],
        &["\u{e4}\u{f6}\u{fc}"],
    ] {
        assert!(!is_signed("quiet_1", &carrying(other)), "{other:?}");
    }
}

#[test]
fn a_body_that_says_that_it_is_too_long_is_not_read() {
    let of = |text: &str| {
        let value = HeaderValue::from_str(text).expect("a header");
        HeaderMap::from_iter([(axum::http::header::CONTENT_LENGTH, value)])
    };
    assert!(is_too_long(&of(&(MOST + 1).to_string())));
    assert!(!is_too_long(&of(&MOST.to_string())));
    assert!(!is_too_long(&HeaderMap::new()));
}

#[test]
fn of_an_update_that_cannot_be_read_is_kept_what_was_pressed() {
    let body = json!({"update_id": 1, "callback_query": {"id": "7", "from": "nobody"}});
    let update = read(body.to_string().as_bytes()).expect("an update");
    let UpdateKind::Error(kept) = update.kind else {
        panic!("{update:?}");
    };
    assert_eq!(kept.pointer("/callback_query/id"), Some(&json!("7")));
    let press = json!({"update_id": 2, "callback_query": {
        "id": "8", "from": {"id": 5, "is_bot": false, "first_name": "Ana"}, "chat_instance": "1", "data": "x",
    }});
    let update = read(press.to_string().as_bytes()).expect("an update");
    assert!(matches!(update.kind, UpdateKind::CallbackQuery(_)));
    for body in ["", "{", "null", "[]", "{}", r#"{"update_id": -1}"#, "\u{0}"] {
        assert!(read(body.as_bytes()).is_none(), "{body}");
    }
}

#[test]
fn an_address_is_taken_as_the_platform_takes_it() {
    for good in [
        "https://desk.example/telegram",
        "https://desk.example:8443/",
        "https://desk.example:88",
    ] {
        assert!(Webhook::is_address(good), "{good}");
    }
    for bad in [
        "",
        "desk.example",
        "http://desk.example/",
        "https://desk.example:9000/",
        "https://ana:secret@desk.example/",
        "https://desk.example/#here",
        "https://",
    ] {
        assert!(!Webhook::is_address(bad), "{bad}");
    }
}

#[test]
fn who_is_posted_to_is_told_what_is_in_the_way() {
    let ours = "https://desk.example/".parse().expect("an address");
    let info = |told: &serde_json::Value| -> WebhookInfo {
        serde_json::from_value(told.clone()).expect("what is known")
    };
    let mut told = json!({
        "url": "https://desk.example/", "has_custom_certificate": false, "pending_update_count": 2,
    });
    assert_eq!(elsewhere(&info(&told), &ours), None);
    assert_eq!(stuck(&info(&told)), None, "two on their way are no trouble");
    told["last_error_message"] = json!("Connection refused");
    let trouble = Unheard::Stuck {
        waiting: 2,
        said: "Connection refused".to_owned(),
    };
    assert_eq!(stuck(&info(&told)), Some(trouble));
    told["pending_update_count"] = json!(0);
    assert_eq!(stuck(&info(&told)), None, "what failed has arrived since");
    told["url"] = json!("");
    assert_eq!(elsewhere(&info(&told), &ours), Some(Unheard::Elsewhere));
}
