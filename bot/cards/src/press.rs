//! What a press came to, for the person who made it.

use countersign_domain::view::Outcome;
use jiff::Timestamp;

use crate::{
    button::{Action, ButtonError},
    locale::Locale,
    refusal::refusal,
    words,
};

/// What a press came to: what was recorded, or why nothing was.
pub fn outcome(outcome: &Outcome, action: &Action, now: Timestamp, locale: &Locale) -> String {
    match outcome {
        Outcome::Done => done(action, locale),
        Outcome::Refused(why) => refusal(why, now, locale),
    }
}

/// What was recorded. It says no more than that: what the broker does comes on the card.
pub fn done(action: &Action, locale: &Locale) -> String {
    let key = match action {
        Action::Confirm(..) => "done-confirm",
        Action::Decline(..) => "done-decline",
        Action::DeclineFor(_, _, reason) => {
            let reason = words::decline_reason(*reason, locale);
            return crate::say!(locale, "done-decline-for", reason = reason);
        }
        Action::Edit(..) | Action::Terms(..) => "done-edit",
        Action::Snooze(_) => "done-snooze",
        Action::Why(_) | Action::Picture(_) => "done-why",
        Action::Cancel(_) => "done-cancel",
        Action::Close(_) => "done-close",
        Action::Hold(_) => "done-hold",
        Action::Release(_) => "done-release",
        Action::ExitPlan(_) => "done-exit-plan",
        Action::Revoke(_) => "done-revoke",
        Action::Halt(_) => "done-halt",
        Action::Reduce(_) => "done-reduce",
        Action::Resume(_) => "done-resume",
        Action::Nudge(..) => "done-edit",
        Action::Second(_) => "done-second",
        Action::Leave(_) => "done-leave",
        Action::Tighten(..) => "done-tighten",
        Action::HoldFor(..) => "done-hold",
        Action::Grant(_) => "done-grant",
        Action::Refuse(_) => "done-refuse",
        Action::TakeBack(_) => "done-take-back",
        Action::Page(..) | Action::WhyPage(..) | Action::AuditPage(..) | Action::AuditOf(..) => {
            "done-page"
        }
        Action::Ping(_) | Action::Ask(_) => "done-ping",
        Action::Acknowledge(..) => "done-acknowledge",
        Action::Back(_) => "done-back",
    };
    locale.say(key)
}

/// What a form is about that a press of that button needs.
pub fn form_title(action: &Action, locale: &Locale) -> String {
    locale.say(match action {
        Action::Confirm(..) => "button-confirm",
        Action::Edit(..) | Action::Terms(..) => "button-edit",
        Action::Hold(_) => "button-hold",
        Action::Halt(_) => "button-halt",
        Action::Reduce(_) => "button-reduce",
        Action::Resume(_) => "button-resume",
        _ => "button-exit-plan",
    })
}

/// Why a button's payload was not understood, and what to do.
pub fn button_error(error: &ButtonError, locale: &Locale) -> String {
    locale.say(match error {
        ButtonError::OldCard => "button-old",
        ButtonError::TooLong(_) | ButtonError::Malformed | ButtonError::UnknownVerb => {
            "button-malformed"
        }
    })
}
