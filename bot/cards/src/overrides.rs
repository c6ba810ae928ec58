//! Overrides and changes of limits: what is asked for, who granted it, and what passed with it.

use countersign_domain::{
    event::Fact,
    limits::LimitCode,
    overrides::{Hand, Override, OverrideFault, OverrideState, Passed, Term},
    view::OverrideUse,
};
use rust_decimal::Decimal;

use crate::{
    breach, instruments,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

/// One line of the board: what it is for, who asked, who granted it, until when.
pub(crate) fn line(pen: &Pen<'_>, one: &Override) -> String {
    let key = match one.state {
        OverrideState::Granted { .. } => "override-granted",
        _ => "override-asked",
    };
    let (id, name) = (one.id.short(), verbatim(&one.name));
    let (what, grants) = (what(pen, one), granted_by(pen, one.state.grants()));
    let until = pen.time(one.until);
    if key == "override-asked" {
        return say!(
            pen.locale,
            key,
            id = id,
            name = name,
            what = what,
            grants = grants,
            until = until
        );
    }
    say!(
        pen.locale,
        key,
        id = id,
        name = name,
        what = what,
        grants = grants,
        count = one.uses,
        until = until
    )
}

/// Which limit, up to what, for what and why: a clause.
pub(crate) fn what(pen: &Pen<'_>, one: &Override) -> String {
    let term = pen.say(match one.term {
        Term::Once => "override-term-once",
        Term::Until => "override-term-until",
        Term::Change => "override-term-change",
    });
    let (limit, value) = (limit(pen, one.code), amount(pen, one.code, one.value));
    let bound = amount(pen, one.code, one.ceiling);
    let reason = verbatim(&one.reason);
    if reason.is_empty() {
        return say!(
            pen.locale,
            "override-what",
            limit = limit,
            value = value,
            bound = bound,
            term = term
        );
    }
    say!(
        pen.locale,
        "override-what-why",
        limit = limit,
        value = value,
        bound = bound,
        term = term,
        reason = reason
    )
}

fn limit(pen: &Pen<'_>, code: LimitCode) -> String {
    words::limit(code, pen.locale)
}

fn amount(pen: &Pen<'_>, code: LimitCode, value: Decimal) -> String {
    breach::amount(pen, code, value)
}

fn granted_by(pen: &Pen<'_>, grants: &[Hand]) -> String {
    if grants.is_empty() {
        return pen.say("override-grants-none");
    }
    let names: Vec<String> = grants.iter().map(|hand| verbatim(&hand.name)).collect();
    let names = instruments::listed(pen, &names);
    say!(pen.locale, "override-grants", names = names)
}

/// What passed with an override: one line on the card of its ticket.
pub(crate) fn passed(pen: &Pen<'_>, passed: &Passed) -> String {
    let names: Vec<String> = passed.granted_by.iter().map(|one| verbatim(one)).collect();
    say!(
        pen.locale,
        "override-passed",
        id = passed.id.short(),
        names = instruments::listed(pen, &names),
        limit = limit(pen, passed.code),
        value = amount(pen, passed.code, passed.value),
        bound = amount(pen, passed.code, passed.bound)
    )
}

/// What passed with an override today: one line of the board.
pub(crate) fn used(pen: &Pen<'_>, one: &OverrideUse) -> String {
    say!(
        pen.locale,
        "override-used",
        time = pen.time(one.at),
        ticket = one.ticket.short(),
        passed = passed(pen, &one.passed)
    )
}

/// What happened, as a line of the feed.
pub(crate) fn sentence(pen: &Pen<'_>, fact: &Fact) -> String {
    let locale = pen.locale;
    match fact {
        Fact::OverrideAsked(one) => say!(
            locale,
            "fact-override-asked",
            id = one.id.short(),
            what = what(pen, one),
            until = pen.time(one.until)
        ),
        Fact::OverrideGranted {
            granted,
            missing: 0,
        } => say!(
            locale,
            "fact-override-granted",
            id = granted.id.short(),
            what = what(pen, granted)
        ),
        Fact::OverrideGranted { granted, missing } => say!(
            locale,
            "fact-override-granted-partly",
            id = granted.id.short(),
            count = *missing
        ),
        Fact::OverrideRefused(id) => say!(locale, "fact-override-refused", id = id.short()),
        Fact::OverrideRevoked(id) => say!(locale, "fact-override-revoked", id = id.short()),
        Fact::OverrideLapsed(id) => say!(locale, "fact-override-lapsed", id = id.short()),
        Fact::OverrideUsed { ticket, passed } => say!(
            locale,
            "fact-override-used",
            ticket = ticket.short(),
            passed = self::passed(pen, passed)
        ),
        Fact::LimitChanged {
            code,
            before,
            after,
            ..
        } => say!(
            locale,
            "fact-limit-changed",
            limit = limit(pen, *code),
            after = amount(pen, *code, *after),
            before = amount(pen, *code, *before)
        ),
        _ => String::new(),
    }
}

/// Why a limit cannot be passed or changed like that, and what would pass.
pub(crate) fn fault(pen: &Pen<'_>, fault: OverrideFault) -> String {
    let locale = pen.locale;
    match fault {
        OverrideFault::Hard(code) => {
            say!(locale, "override-fault-hard", limit = limit(pen, code))
        }
        OverrideFault::Value(code) => {
            say!(locale, "override-fault-value", limit = limit(pen, code))
        }
        OverrideFault::NotAbove { code, given, bound } => say!(
            locale,
            "override-fault-not-above",
            limit = limit(pen, code),
            given = amount(pen, code, given),
            bound = amount(pen, code, bound)
        ),
        OverrideFault::TooFar { code, given, most } => say!(
            locale,
            "override-fault-too-far",
            limit = limit(pen, code),
            given = amount(pen, code, given),
            most = amount(pen, code, most)
        ),
        OverrideFault::OwnAsk => pen.say("override-fault-own"),
        OverrideFault::SamePerson => pen.say("override-fault-same"),
    }
}

/// Who or what decided first, and when.
pub(crate) fn decided(pen: &Pen<'_>, state: &OverrideState) -> String {
    let locale = pen.locale;
    match state {
        OverrideState::Asked { .. } => pen.say("override-decided-asked"),
        OverrideState::Granted { grants } => {
            let grants = granted_by(pen, grants);
            say!(locale, "override-decided-granted", grants = grants)
        }
        OverrideState::Used { at, .. } => {
            say!(locale, "override-decided-used", time = pen.time(*at))
        }
        OverrideState::Lapsed { at } => {
            say!(locale, "override-decided-lapsed", time = pen.time(*at))
        }
        OverrideState::Refused(hand) => say!(
            locale,
            "override-decided-refused",
            name = verbatim(&hand.name),
            time = pen.time(hand.at)
        ),
        OverrideState::Revoked { by: Some(hand), .. } => say!(
            locale,
            "override-decided-revoked",
            name = verbatim(&hand.name),
            time = pen.time(hand.at)
        ),
        OverrideState::Revoked { by: None, at } => {
            let time = pen.time(*at);
            say!(locale, "override-decided-revoked-by-desk", time = time)
        }
    }
}
