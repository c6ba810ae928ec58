//! Tests of how it is stored.

use super::Unheard;

#[test]
fn what_was_stored_as_words_is_read_as_words_and_everything_comes_back() {
    let stuck = Unheard::Stuck {
        waiting: 3,
        said: "Connection refused".to_owned(),
    };
    for (why, stored) in [
        (Unheard::PassedOver, r#""passed_over""#),
        (Unheard::Spent(60), r#"{"spent":60}"#),
        (
            stuck,
            r#"{"stuck":{"waiting":3,"said":"Connection refused"}}"#,
        ),
        (
            Unheard::Said("the gateway is not connected".to_owned()),
            r#""the gateway is not connected""#,
        ),
    ] {
        assert_eq!(serde_json::to_string(&why).expect("JSON"), stored);
        let read: Unheard = serde_json::from_str(stored).expect("it is read");
        assert_eq!(read, why);
    }
}
