//! Tests of what the platform's errors mean.

use serde_json::Value;
use teloxide::{ApiError, RequestError};

use super::{Fault, fault};

/// What an error in those words means, whether or not the library knows them.
fn means(said: &str) -> Fault {
    let known = serde_json::from_value(Value::from(said));
    let error = known.unwrap_or_else(|_| ApiError::Unknown(said.to_owned()));
    fault(&RequestError::Api(error), "1:secret")
}

// R19
#[test]
fn every_way_of_saying_that_the_bot_may_not_write_there_is_a_lost_room() {
    for said in [
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: have no rights to send a message",
        "Bad Request: need administrator rights in the channel chat",
        "Bad Request: CHAT_WRITE_FORBIDDEN",
        "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN",
        "Bad Request: CHAT_ADMIN_REQUIRED",
        "Bad Request: CHAT_RESTRICTED",
        "Bad Request: CHANNEL_PRIVATE",
        "Bad Request: USER_BANNED_IN_CHANNEL",
        "Bad Request: group chat was deactivated",
        "Bad Request: group is deactivated",
        "Bad Request: chat not found",
        "Forbidden: bot is not a member of the supergroup chat",
        "Forbidden: bot was kicked from the group chat",
        "Forbidden: bot was blocked by the user",
        "Forbidden: the group chat was deleted",
    ] {
        assert!(
            matches!(means(said), Fault::Lost(_)),
            "{said}: {:?}",
            means(said)
        );
    }
}

#[test]
fn a_closed_topic_is_no_fault_of_the_card_and_a_wrong_call_is_no_lost_room() {
    assert_eq!(means("Bad Request: TOPIC_CLOSED"), Fault::Closed);
    assert_eq!(means("Bad Request: TOPIC_DELETED"), Fault::Gone);
    assert_eq!(means("Bad Request: message thread not found"), Fault::Gone);
    for said in [
        "Bad Request: message is too long",
        "Bad Request: BUTTON_DATA_INVALID",
    ] {
        assert!(matches!(means(said), Fault::Refused(_)), "{said}");
    }
}
