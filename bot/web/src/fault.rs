//! Why a request was not done: one clear sentence each, and nothing was changed.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use countersign_cards::{Locale, Tone, refusal, say};
use countersign_domain::{
    operator::Role,
    refusal::{Invalid, Refusal},
};
use jiff::Timestamp;
use serde::Serialize;

/// Why a request was not done.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// It asked for a name that is not ours.
    Host,
    /// Another page sent it.
    Origin,
    /// No session: the browser has shown no token, or its session ended.
    Session,
    /// A token that opens nothing: wrong, used, or voided by a newer one.
    Token,
    /// A form without a seal of ours for exactly this.
    Seal,
    /// The form was sent before.
    Replayed,
    /// A second tap that came too late.
    TooLate,
    /// A form that cannot be read: a field too many, too few, or none at all.
    Form,
    /// More bytes than any form of ours has.
    TooLarge,
    /// No such page.
    NotFound,
    /// The page cannot be asked for in this way.
    Method,
    /// A field that cannot be read: the key of its sentence.
    Field(&'static str),
    /// A number that is not from 1 to so many: the key of its sentence.
    Within(&'static str, u32),
    /// No session was held on the day that the page is about.
    NoSession,
    /// The desk said no.
    Refused(Box<Refusal>, Timestamp),
    /// The store could not be read.
    Store,
    /// The desk did not answer in time; what it does shows on the page.
    Slow,
    /// Too many open pages.
    Crowded,
}

/// A sentence and how it feels, for a script.
#[derive(Serialize)]
struct Told {
    tone: Tone,
    text: String,
}

impl Fault {
    /// The status that goes with it.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Origin | Self::Session | Self::Token | Self::Seal => StatusCode::FORBIDDEN,
            Self::Replayed => StatusCode::CONFLICT,
            Self::TooLate => StatusCode::REQUEST_TIMEOUT,
            Self::Form => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotFound | Self::NoSession => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Field(_) | Self::Within(..) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(why, _) => refused(why),
            Self::Store => StatusCode::SERVICE_UNAVAILABLE,
            Self::Slow => StatusCode::GATEWAY_TIMEOUT,
            Self::Crowded => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// What to say, and what to do instead.
    pub(crate) fn sentence(&self, locale: &Locale) -> String {
        locale.say(match self {
            Self::Host => "console-fault-host",
            Self::Origin => "console-fault-origin",
            Self::Session => "console-fault-session",
            Self::Token => "console-fault-token",
            Self::Seal => "console-fault-seal",
            Self::Replayed => "console-fault-replayed",
            Self::TooLate => "console-fault-too-late",
            Self::Form => "console-fault-form",
            Self::TooLarge => "console-fault-too-large",
            Self::NotFound => "console-fault-not-found",
            Self::Method => "console-fault-method",
            Self::Field(key) => key,
            Self::Within(key, most) => return say!(locale, key, most = *most),
            Self::NoSession => "console-fault-no-session",
            Self::Refused(why, now) => return refusal(why, *now, locale),
            Self::Store => "console-fault-store",
            Self::Slow => "console-fault-slow",
            Self::Crowded => "console-fault-crowded",
        })
    }

    /// For a script.
    pub(crate) fn json(&self, locale: &Locale) -> Response {
        let told = Told {
            tone: Tone::Bad,
            text: self.sentence(locale),
        };
        (self.status(), Json(told)).into_response()
    }
}

/// The status of a refusal: what a person gave, what a person may, or how things stand.
fn refused(why: &Refusal) -> StatusCode {
    match why {
        Refusal::Invalid(_)
        | Refusal::ExitPlan(_)
        | Refusal::Standing(_)
        | Refusal::Override(_)
        | Refusal::Adjusted(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::NotPermitted { .. } | Refusal::PaperOnly | Refusal::NotSecondPerson => {
            StatusCode::FORBIDDEN
        }
        Refusal::UnknownTicket
        | Refusal::UnknownPosition
        | Refusal::UnknownOrder
        | Refusal::UnknownStanding
        | Refusal::UnknownOverride => StatusCode::NOT_FOUND,
        Refusal::StoreUnavailable | Refusal::BrokerUnavailable | Refusal::NotOurs => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        _ => StatusCode::CONFLICT,
    }
}

/// What somebody on no list is told: they read nothing either.
pub(crate) fn stranger(now: Timestamp) -> Fault {
    let refusal = Refusal::NotPermitted {
        needs: Role::Viewer,
        has: None,
    };
    Fault::Refused(Box::new(refusal), now)
}

/// A field that makes no sense, in the words of the desk.
pub(crate) const fn invalid(what: Invalid) -> Fault {
    Fault::Field(match what {
        Invalid::Contracts => "invalid-contracts",
        Invalid::Limit => "invalid-limit",
        Invalid::Structure => "invalid-structure",
        Invalid::Time => "invalid-time",
        Invalid::Strategy => "invalid-strategy",
        Invalid::Reason => "invalid-reason",
        Invalid::Contract => "invalid-contract",
    })
}

impl IntoResponse for Fault {
    /// Bare: the guard dresses it as a page or for a script, as the request wants it.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
