//! REST: what went wrong sorted by what may be done next. No error names the token.

use std::{error::Error as _, fmt};

use serenity::{
    Error,
    http::{ErrorResponse, HttpError},
};

/// Before a call is made again when the platform said to wait and not how long. Seconds.
const SOME: u32 = 5;

/// Why a call came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is no such message any more.
    Gone,
    /// To be asked again after so many seconds.
    Wait(u32),
    /// So is this, by our own budget; other things can be asked before.
    NotYet(u32),
    /// The bot may not, or the channel is gone: a person has to mend it.
    Lost(String),
    /// There is no such channel or thread any more.
    Nowhere(String),
    /// The thread was put away: nothing in it can be changed.
    Away(String),
    /// The bot's token is none.
    Token,
    /// The interaction was answered already, or is too old to be.
    Late(String),
    /// It will never be taken like that.
    Refused(String),
    /// It may have arrived or not: to be asked again.
    Unreachable(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("the message is gone"),
            Self::Wait(seconds) => write!(f, "too many calls; wait {seconds} s"),
            Self::NotYet(seconds) => write!(f, "not before {seconds} s"),
            Self::Token => f.write_str("the token is not valid"),
            Self::Late(said)
            | Self::Lost(said)
            | Self::Nowhere(said)
            | Self::Away(said)
            | Self::Refused(said)
            | Self::Unreachable(said) => f.write_str(said),
        }
    }
}

/// What an error of the library means; `token` never stands in what it says, and no address does,
/// since those of interactions hold tokens too.
pub(crate) fn fault(error: Error, token: &str) -> Fault {
    let fault = match error {
        Error::Http(HttpError::UnsuccessfulRequest(said)) => refused(&said),
        Error::Http(HttpError::Request(why)) => Fault::Unreachable(unaddressed(why)),
        // What came is no answer of the platform: a gateway's page, or half of one.
        Error::Json(_) => Fault::Unreachable("the answer could not be read".to_owned()),
        other => Fault::Unreachable(other.to_string()),
    };
    match fault {
        Fault::Unreachable(said) => Fault::Unreachable(said.replace(token, "<token>")),
        fault => fault,
    }
}

fn unaddressed(error: reqwest_chat::Error) -> String {
    let error = error.without_url();
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        said = format!("{said}: {inner}");
        cause = inner.source();
    }
    said
}

fn refused(response: &ErrorResponse) -> Fault {
    let (status, code) = (response.status_code.as_u16(), response.error.code);
    let said = HttpError::UnsuccessfulRequest(response.clone()).to_string();
    match (code, status) {
        (10008, _) => Fault::Gone,
        (10062 | 40060 | 10015 | 50027, _) => Fault::Late(format!("{said} ({code})")),
        (10003, _) => Fault::Nowhere(format!("{said} ({code}): {}", fix(code))),
        (50083, _) => Fault::Away(format!("{said} ({code}): {}", fix(code))),
        (50001 | 50013 | 40333, _) => Fault::Lost(format!("{said} ({code}): {}", fix(code))),
        (_, 401) => Fault::Token,
        (_, 429) => Fault::Wait(SOME),
        (_, 500..) => Fault::Unreachable(format!("{said} ({status})")),
        (_, 403) => Fault::Lost(format!("{said} ({code}): {}", fix(50013))),
        _ => Fault::Refused(format!("{said} ({code})")),
    }
}

/// What a person can do about it, in the words of the platform.
const fn fix(code: isize) -> &'static str {
    match code {
        10003 => "the channel is gone; name another one in discord.channels",
        50001 => "allow the bot \"View Channel\" there, or invite it again",
        50083 => "the thread is archived; open it again",
        _ => {
            "allow the bot \"View Channel\", \"Send Messages\", \"Send Messages in Threads\", \"Embed Links\", \"Attach Files\" and \"Read Message History\" there"
        }
    }
}
