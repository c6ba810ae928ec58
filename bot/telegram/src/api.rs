//! The Bot API: calls, and what went wrong sorted by what may be done next. No error names the token.

use std::fmt;

use countersign_domain::unheard::Unheard;
use teloxide::{ApiError, RequestError, types::ChatId};

/// Why a call came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The message shows that already.
    Same,
    /// There is no such message any more, or it cannot be changed.
    Gone,
    /// The topic is closed: nothing is posted in it until somebody opens it.
    Closed,
    /// The chat has another number now.
    Moved(i64),
    /// To be asked again after so many seconds.
    Wait(u32),
    /// The bot may not, or is not in the chat: a person has to mend it.
    Lost(String),
    /// The bot's token is none.
    Token,
    /// Another process listens with the same token.
    Conflict,
    /// The press is too old to be answered.
    Late,
    /// It will never be taken like that.
    Refused(String),
    /// There was no answer in time: it may have arrived or not.
    Silent,
    /// What was answered cannot be read: it may have been taken or not.
    Garbled,
    /// It may have arrived or not: to be asked again.
    Unreachable(String),
}

impl Fault {
    /// True when the same call may be taken later, without anybody changing what it names.
    pub(crate) const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Wait(_)
                | Self::Token
                | Self::Conflict
                | Self::Silent
                | Self::Garbled
                | Self::Unreachable(_)
        )
    }
}

/// Why nothing is heard.
impl From<&Fault> for Unheard {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::Token => Self::Token,
            Fault::Conflict => Self::Conflict,
            Fault::Wait(seconds) => Self::Limited((*seconds).into()),
            Fault::Silent => Self::Silent,
            Fault::Garbled => Self::Garbled,
            other => Self::Said(other.to_string()),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("the message shows that already"),
            Self::Gone => f.write_str("the message is gone"),
            Self::Closed => f.write_str("TOPIC_CLOSED"),
            Self::Moved(to) => write!(f, "the chat moved to {to}"),
            Self::Wait(seconds) => write!(f, "too many calls; wait {seconds} s"),
            Self::Token => f.write_str("the token is not valid"),
            Self::Conflict => f.write_str("another process listens with the same token"),
            Self::Silent => f.write_str("no answer in time"),
            Self::Garbled => f.write_str("the answer could not be read"),
            Self::Late => f.write_str("the press is too old to be answered"),
            Self::Lost(said) | Self::Refused(said) | Self::Unreachable(said) => f.write_str(said),
        }
    }
}

/// What an error of the library means; `token` never stands in what it says.
pub(crate) fn fault(error: &RequestError, token: &str) -> Fault {
    match error {
        RequestError::Api(api) => api_fault(api, token),
        RequestError::MigrateToChatId(ChatId(to)) => Fault::Moved(*to),
        RequestError::RetryAfter(seconds) => Fault::Wait(seconds.seconds()),
        // What the server said is no answer of the Bot API: a gateway's page, or half of one.
        RequestError::InvalidJson { .. } => Fault::Garbled,
        other => Fault::Unreachable(other.to_string().replace(token, "<token>")),
    }
}

/// Parts of what the platform says when the bot is not in a chat, or may not write there.
const NO_RIGHT: [&str; 12] = [
    // Also CHAT_WRITE_FORBIDDEN and its like.
    "forbidden",
    "unauthorized",
    "chat not found",
    "not enough rights",
    "no rights to send",
    "administrator rights",
    "chat_admin_required",
    "chat_restricted",
    "channel_private",
    "not a member",
    "deactivated",
    "user_banned_in_channel",
];

fn api_fault(error: &ApiError, token: &str) -> Fault {
    match error {
        ApiError::MessageNotModified => return Fault::Same,
        ApiError::MessageToEditNotFound
        | ApiError::MessageIdInvalid
        | ApiError::MessageToDeleteNotFound
        | ApiError::MessageCantBeEdited
        | ApiError::MessageCantBeDeleted => return Fault::Gone,
        ApiError::InvalidToken => return Fault::Token,
        ApiError::TerminatedByOtherGetUpdates => return Fault::Conflict,
        ApiError::InvalidQueryId => return Fault::Late,
        _ => {}
    }
    let said = error.to_string().replace(token, "<token>");
    let has = |part: &str| said.to_lowercase().contains(part);
    if has("query is too old") {
        Fault::Late
    } else if has("conflict") {
        Fault::Conflict
    } else if has("topic_closed") {
        Fault::Closed
    } else if NO_RIGHT.into_iter().any(has) {
        Fault::Lost(said)
    } else if has("message thread not found")
        || has("topic_deleted")
        || has("message to edit not found")
        || has("message can't be edited")
    {
        Fault::Gone
    } else if has("internal server error") || has("bad gateway") {
        Fault::Unreachable(said)
    } else {
        Fault::Refused(said)
    }
}

#[cfg(test)]
mod tests;
