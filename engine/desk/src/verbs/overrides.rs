//! Overrides: ask, grant, refuse, revoke; and what a limit is set to while the desk runs.

use std::sync::Arc;

use countersign_domain::{
    event::Fact,
    ids::{DeskId, OverrideId},
    limits::{LimitCode, Limits},
    operator::Operator,
    overrides::{Hand, Override, OverrideEvent, OverrideFault, OverrideState, Term},
    refusal::{Answer, Invalid, Refusal},
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::{
    draft::Draft,
    overrides::{loosening, stands},
    press::{Press, Verb, attempt},
    seen::Seen,
    work::{Done, InboxKey, Needs, Work},
};

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverrideAsk {
    /// Which limit.
    pub code: LimitCode,
    /// Up to what, in the unit of the code.
    pub value: Decimal,
    /// Until when; `None` for a single entry.
    pub until: Option<Timestamp>,
    /// Why, 1 to 200 characters.
    pub reason: String,
}

/// What a person says to an override.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverrideAnswer {
    /// Yes.
    Grant,
    /// No.
    Refuse,
    /// No longer.
    Revoke,
}

impl OverrideAnswer {
    const fn verb(self) -> Verb {
        match self {
            Self::Grant => Verb::GrantOverride,
            Self::Refuse => Verb::RefuseOverride,
            Self::Revoke => Verb::RevokeOverride,
        }
    }
}

/// A person asks for an override.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskOverride {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) id: OverrideId,
    pub(crate) ask: OverrideAsk,
    pub(crate) longest: SignedDuration,
}

impl Work for AskOverride {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.id.to_string();
        attempt(
            draft,
            &self.press,
            Verb::AskOverride,
            &subject,
            |draft, operator| {
                let (ask, now) = (&self.ask, draft.now());
                let reason = ask.reason.trim();
                if !(1..=200).contains(&reason.chars().count()) {
                    return Err(Refusal::Invalid(Invalid::Reason));
                }
                let end = now + self.longest;
                let until = ask.until.unwrap_or(end);
                if until <= now || until > end {
                    return Err(Refusal::Invalid(Invalid::Time));
                }
                let term = match ask.until {
                    Some(_) => Term::Until,
                    None => Term::Once,
                };
                let asked = Asked {
                    id: self.id,
                    code: ask.code,
                    value: ask.value,
                    term,
                    until,
                    reason,
                };
                asked.put(draft, operator)
            },
        )
    }
}

/// What is asked for, before it is checked.
pub(super) struct Asked<'a> {
    pub(super) id: OverrideId,
    pub(super) code: LimitCode,
    pub(super) value: Decimal,
    pub(super) term: Term,
    pub(super) until: Timestamp,
    pub(super) reason: &'a str,
}

impl Asked<'_> {
    pub(super) fn put(&self, draft: &mut Draft, operator: &Operator) -> Answer<Done> {
        let limits = &draft.seen().desk.limits;
        let ceiling = limits.get(self.code);
        let asked = loosening(draft.seen(), self.code, self.value);
        asked.check(limits).map_err(Refusal::Override)?;
        let one = Override {
            id: self.id,
            code: self.code,
            value: self.value,
            ceiling,
            term: self.term,
            until: self.until,
            reason: self.reason.to_owned(),
            asker: operator.id,
            name: operator.name.clone(),
            asked_at: draft.now(),
            uses: 0,
            state: OverrideState::Asked { grants: Vec::new() },
        };
        draft.note(Fact::OverrideAsked(Box::new(one.clone())));
        draft.put_override(one);
        Ok(Done::Override(self.id))
    }
}

/// A person answers an override, or takes it back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AnswerOverride {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) id: OverrideId,
    pub(crate) answer: OverrideAnswer,
}

impl Work for AnswerOverride {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        Needs {
            overrides: vec![self.id],
            ..Needs::default()
        }
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.id.to_string();
        attempt(
            draft,
            &self.press,
            self.answer.verb(),
            &subject,
            |draft, operator| {
                let known = draft.seen().overrides.get(&self.id).cloned();
                let known = known.ok_or(Refusal::UnknownOverride)?;
                if !known.state.has_ended() && draft.now() >= known.until {
                    lapse(draft, &known);
                    let state = OverrideState::Lapsed { at: draft.now() };
                    return Err(Refusal::OverrideDecided(Box::new(state)));
                }
                let hand = Hand {
                    operator: operator.id,
                    name: operator.name.clone(),
                    at: draft.now(),
                };
                match self.answer {
                    OverrideAnswer::Grant => grant(draft, &known, hand),
                    OverrideAnswer::Refuse => {
                        let event = OverrideEvent::Refused(hand);
                        end(draft, &known, event, Fact::OverrideRefused(known.id))
                    }
                    OverrideAnswer::Revoke => {
                        let event = OverrideEvent::Revoked(Some(hand), draft.now());
                        end(draft, &known, event, Fact::OverrideRevoked(known.id))
                    }
                }
            },
        )
    }
}

/// One grant. What is asked for is measured again by the limits as they are now, and the last grant
/// counts only while everybody before it still has the right.
fn grant(draft: &mut Draft, known: &Override, hand: Hand) -> Answer<Done> {
    let OverrideState::Asked { grants } = &known.state else {
        return Err(decided(known));
    };
    if known.asker == hand.operator {
        return Err(Refusal::Override(OverrideFault::OwnAsk));
    }
    if grants.iter().any(|one| one.operator == hand.operator) {
        return Err(Refusal::Override(OverrideFault::SamePerson));
    }
    if !stands(draft.seen(), known) {
        revoke(draft, known, None);
        let (by, at) = (None, draft.now());
        let state = OverrideState::Revoked { by, at };
        return Err(Refusal::OverrideDecided(Box::new(state)));
    }
    let limits = draft.seen().desk.limits.clone();
    let asked = loosening(draft.seen(), known.code, known.value);
    asked.check(&limits).map_err(Refusal::Override)?;
    let so_far = grants.len().saturating_add(1);
    let missing = asked.people().saturating_sub(so_far);
    let event = if missing == 0 {
        OverrideEvent::Granted(hand)
    } else {
        OverrideEvent::SaidYes(hand)
    };
    let mut next = moved(known, event)?;
    draft.note(Fact::OverrideGranted {
        granted: Box::new(next.clone()),
        missing: u32::try_from(missing).unwrap_or(u32::MAX),
    });
    if missing == 0
        && known.term == Term::Change
        && let Some(after) = limits.with(known.code, known.value)
    {
        next = moved(&next, OverrideEvent::Used(None, draft.now()))?;
        change(draft, known.code, after, Some(known.id));
    }
    draft.put_override(next);
    Ok(if missing == 0 {
        Done::Ok
    } else {
        Done::Override(known.id)
    })
}

fn end(draft: &mut Draft, known: &Override, event: OverrideEvent, fact: Fact) -> Answer<Done> {
    let ended = moved(known, event)?;
    draft.note(fact);
    draft.put_override(ended);
    Ok(Done::Ok)
}

/// Moves an override.
///
/// # Errors
///
/// [`Refusal::OverrideDecided`] when that can no longer happen to it.
fn moved(known: &Override, event: OverrideEvent) -> Answer<Override> {
    let state = known.state.clone().apply(event);
    let state = state.map_err(|_| decided(known))?;
    Ok(Override {
        state,
        ..known.clone()
    })
}

fn decided(known: &Override) -> Refusal {
    Refusal::OverrideDecided(Box::new(known.state.clone()))
}

/// Writes down another ceiling.
pub(super) fn change(draft: &mut Draft, code: LimitCode, after: Limits, asked: Option<OverrideId>) {
    let mut row = draft.seen().desk.clone();
    draft.note(Fact::LimitChanged {
        code,
        before: row.limits.get(code),
        after: after.get(code),
        asked,
    });
    row.limits = after;
    draft.desk(row);
}

fn revoke(draft: &mut Draft, known: &Override, by: Option<Hand>) {
    let event = OverrideEvent::Revoked(by, draft.now());
    // One that has ended stays as it is.
    let _ = end(draft, known, event, Fact::OverrideRevoked(known.id));
}

fn lapse(draft: &mut Draft, known: &Override) {
    let event = OverrideEvent::Lapsed(draft.now());
    // The same.
    let _ = end(draft, known, event, Fact::OverrideLapsed(known.id));
}

fn waiting(seen: &Seen, which: impl Fn(&Override) -> bool) -> Vec<Arc<Override>> {
    let open = seen.overrides.values();
    let open = open.filter(|one| !one.state.has_ended() && which(one));
    open.cloned().collect()
}

/// Whoever tightens a limit means it: what was asked for or granted under the looser one is over.
pub(crate) fn revoke_tightened(draft: &mut Draft, before: &Limits, by: Option<&Operator>) {
    let now = draft.now();
    let hand = by.map(|operator| Hand {
        operator: operator.id,
        name: operator.name.clone(),
        at: now,
    });
    let limits = draft.seen().desk.limits.clone();
    let tighter = |one: &Override| limits.get(one.code) < before.get(one.code);
    for one in waiting(draft.seen(), tighter) {
        revoke(draft, &one, hand.clone());
    }
}

/// An override dies with the right of whoever asked for it or granted it.
pub(crate) fn revoke_orphans(draft: &mut Draft) {
    let orphans = waiting(draft.seen(), |one| !stands(draft.seen(), one));
    for one in orphans {
        revoke(draft, &one, None);
    }
}

/// Ends every override whose time has passed; true when there was one.
pub(crate) fn lapse_due(draft: &mut Draft) -> bool {
    let now = draft.now();
    let due = waiting(draft.seen(), |one| now >= one.until);
    for one in &due {
        lapse(draft, one);
    }
    !due.is_empty()
}
