//! Refusals about people: link codes, the list of operators, and presses that have to be repeated.

use countersign_domain::{
    money::{Contracts, Usd},
    people::{LinkFault, PeopleFault, TapFault},
};

use crate::{figures, pen::Pen, say};

/// Why a link code does not count.
pub(super) fn link(pen: &Pen<'_>, fault: LinkFault) -> String {
    let locale = pen.locale;
    match fault {
        LinkFault::Unknown => pen.say("link-unknown"),
        LinkFault::Used => pen.say("link-used"),
        LinkFault::Expired { at } => say!(locale, "link-expired", time = pen.time(at)),
        LinkFault::SameSurface => pen.say("link-same-surface"),
        LinkFault::Linked => pen.say("link-linked"),
        LinkFault::TooMany { until } => say!(locale, "link-too-many", time = pen.time(until)),
    }
}

/// Why the list of operators cannot be changed so.
pub(super) const fn fault(fault: PeopleFault) -> &'static str {
    match fault {
        PeopleFault::UnknownOperator => "people-unknown-operator",
        PeopleFault::UnknownIdentity => "people-unknown-identity",
        PeopleFault::LastAdmin => "people-last-admin",
        PeopleFault::LastIdentity => "people-last-identity",
        PeopleFault::Name => "people-name",
        PeopleFault::NameTaken => "people-name-taken",
    }
}

/// Why a second press does not count.
pub(super) fn tap(pen: &Pen<'_>, fault: TapFault) -> String {
    match fault {
        TapFault::Unknown => pen.say("tap-unknown"),
        TapFault::Used => pen.say("tap-used"),
        TapFault::Late { until } => say!(pen.locale, "tap-late", time = pen.time(until)),
        TapFault::Changed => pen.say("tap-changed"),
        TapFault::Another => pen.say("tap-another"),
    }
}

/// That the contracts have to be typed, and where that can be done.
pub(super) fn to_type(pen: &Pen<'_>, loss: Usd, typed: Option<Contracts>) -> String {
    let loss = figures::usd(loss, pen.locale);
    match typed {
        None => say!(pen.locale, "refusal-type", loss = loss),
        Some(typed) => say!(
            pen.locale,
            "refusal-type-wrong",
            loss = loss,
            typed = figures::grouped(&typed.to_string(), pen.locale)
        ),
    }
}
