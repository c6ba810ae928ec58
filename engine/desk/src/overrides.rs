//! Overrides at the gate: which hold, how far they raise a ceiling, and which one let an entry pass.

use std::sync::Arc;

use countersign_domain::{
    calendar::market_date,
    event::Fact,
    ids::{OperatorId, TicketId},
    limits::{Breach, LimitCode, Limits},
    overrides::{Loosening, Override, OverrideState, Passed, Term},
    view::OverrideUse,
};
use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::{draft::Draft, press::Verb, seen::Seen};

/// True while everybody whose word an override rests on still has the right to give it.
pub(crate) fn stands(seen: &Seen, one: &Override) -> bool {
    let may = |operator: OperatorId, verb: Verb| {
        let known = seen.operators.get(&operator);
        known.is_some_and(|known| known.role >= verb.needs())
    };
    let asking = match one.term {
        Term::Once | Term::Until => Verb::AskOverride,
        Term::Change => Verb::SetLimit,
    };
    let mut grants = one.state.grants().iter();
    may(one.asker, asking) && grants.all(|hand| may(hand.operator, Verb::GrantOverride))
}

/// What an override is measured by, as the limits are now.
pub(crate) fn loosening(seen: &Seen, code: LimitCode, value: Decimal) -> Loosening {
    Loosening {
        code,
        value,
        from: seen.desk.ceiling(code),
    }
}

/// People who still have to grant one that waits.
pub(crate) fn missing(seen: &Seen, one: &Override) -> u32 {
    let OverrideState::Asked { grants } = &one.state else {
        return 0;
    };
    let people = loosening(seen, one.code, one.value).people();
    u32::try_from(people.saturating_sub(grants.len())).unwrap_or(u32::MAX)
}

fn holding(seen: &Seen, now: Timestamp) -> impl Iterator<Item = &Arc<Override>> {
    seen.overrides
        .values()
        .filter(move |one| one.is_live(now) && !one.code.is_hard() && stands(seen, one))
}

/// The ceilings of the desk, each raised to the furthest override of it that holds.
pub(crate) fn raised(seen: &Seen, now: Timestamp) -> Limits {
    let mut limits = seen.desk.limits.clone();
    for one in holding(seen, now) {
        if one.value > limits.get(one.code)
            && let Some(further) = limits.with(one.code, one.value)
        {
            limits = further;
        }
    }
    limits
}

/// The override that lets an entry pass a ceiling: one for a time before one for a single entry,
/// and of those the narrowest that is wide enough.
pub(crate) fn passing(seen: &Seen, breach: &Breach, now: Timestamp) -> Option<Passed> {
    let one = holding(seen, now)
        .filter(|one| one.code == breach.code && one.value >= breach.value)
        .min_by_key(|one| (one.term == Term::Once, one.value, one.id))?;
    let grants = one.state.grants().iter();
    Some(Passed {
        id: one.id,
        code: breach.code,
        value: breach.value,
        bound: breach.bound,
        granted_by: grants.map(|hand| hand.name.clone()).collect(),
    })
}

/// Takes a ticket's entry out of the overrides that let it pass.
pub(crate) fn consume(draft: &mut Draft, ticket: TicketId, passed: &[Passed]) {
    let now = draft.now();
    let mut day = draft.seen().day.on(market_date(now));
    for passed in passed {
        day.passed.push(OverrideUse {
            ticket,
            passed: passed.clone(),
            at: now,
        });
        draft.note(Fact::OverrideUsed {
            ticket,
            passed: passed.clone(),
        });
        let known = draft.seen().overrides.get(&passed.id);
        let Some(mut used) = known.map(|known| known.as_ref().clone()) else {
            continue;
        };
        // It holds: the gate found it in this very unit.
        if used.consume(ticket, now).is_ok() {
            draft.put_override(used);
        }
    }
    if !passed.is_empty() {
        draft.day(day);
    }
}
