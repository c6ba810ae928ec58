//! Who decided a ticket, when and why, and how it ended.

use countersign_domain::ticket::{Confirmation, LapseReason, TicketState, WithdrawReason};

use crate::{
    news, overrides,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

/// Who or what ended a ticket, when and why: one sentence.
pub(crate) fn ending(pen: &Pen<'_>, state: &TicketState) -> String {
    let locale = pen.locale;
    match state {
        TicketState::Offered { .. } => pen.say("ending-offered"),
        TicketState::Confirmed { yes, .. } => match yes.last() {
            Some(last) => {
                say!(locale, "ending-confirmed", who = one_yes(pen, last))
            }
            None => pen.say("ending-confirmed-unknown"),
        },
        TicketState::Declined {
            name, reason, at, ..
        } => say!(
            locale,
            "ending-declined",
            name = verbatim(name),
            time = pen.time(*at),
            reason = words::decline_reason(*reason, locale)
        ),
        TicketState::Expired { at } => say!(locale, "ending-expired", time = pen.time(*at)),
        TicketState::Withdrawn { reason, at } => {
            let time = pen.time(*at);
            say!(
                locale,
                "ending-withdrawn",
                time = time,
                reason = withdrawn(pen, reason)
            )
        }
        TicketState::Lapsed { reason, at, .. } => {
            say!(
                locale,
                "ending-lapsed",
                time = pen.time(*at),
                reason = lapsed(pen, reason)
            )
        }
    }
}

/// Why the desk took a ticket back: a clause.
pub(crate) fn withdrawn(pen: &Pen<'_>, reason: &WithdrawReason) -> String {
    match reason {
        WithdrawReason::Trading(state) => {
            say!(
                pen.locale,
                "withdrawn-trading",
                state = words::trading(*state, pen.locale)
            )
        }
        WithdrawReason::News(why) => {
            say!(
                pen.locale,
                "withdrawn-news",
                reasons = news::clause(pen, why)
            )
        }
    }
}

/// Why a confirmed entry was never sent: a clause.
pub(crate) fn lapsed(pen: &Pen<'_>, reason: &LapseReason) -> String {
    match reason {
        LapseReason::Trading(state) => {
            say!(
                pen.locale,
                "lapse-trading",
                state = words::trading(*state, pen.locale)
            )
        }
        LapseReason::News(why) => {
            say!(pen.locale, "lapse-news", reasons = news::clause(pen, why))
        }
        LapseReason::TooLate => pen.say("lapse-too-late"),
        LapseReason::Unreachable => pen.say("lapse-unreachable"),
        LapseReason::NeverArrived => pen.say("lapse-never-arrived"),
        LapseReason::Cancelled => pen.say("lapse-cancelled"),
    }
}

/// Who said yes, where, when and to which revision, and what passed a limit with which override: one
/// line each.
pub(crate) fn said_yes(pen: &Pen<'_>, yes: &[Confirmation]) -> String {
    let lines = yes.iter().flat_map(|one| {
        let passed = one
            .overrides
            .iter()
            .map(|used| overrides::passed(pen, used));
        std::iter::once(one_yes(pen, one)).chain(passed)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `Ana on the web console, 10:32:07 EST, revision 2`.
pub(crate) fn one_yes(pen: &Pen<'_>, yes: &Confirmation) -> String {
    let (name, time) = (verbatim(&yes.name), pen.time(yes.at));
    match (yes.standing, yes.surface) {
        (Some(standing), _) => say!(
            pen.locale,
            "yes-standing",
            name = name,
            standing = standing.short(),
            time = time,
            revision = yes.revision.0
        ),
        (None, Some(surface)) => say!(
            pen.locale,
            "yes-person",
            name = name,
            surface = words::surface(surface, pen.locale),
            time = time,
            revision = yes.revision.0
        ),
        (None, None) => say!(
            pen.locale,
            "yes-unplaced",
            name = name,
            time = time,
            revision = yes.revision.0
        ),
    }
}
