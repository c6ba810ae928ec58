//! Limits that people set while the desk runs, and the way back to the configured ones.

use countersign_domain::{
    ids::{DeskId, OverrideId},
    limits::LimitCode,
    operator::Operator,
    overrides::{OverrideFault, Term},
    refusal::{Answer, Refusal},
};
use jiff::SignedDuration;
use rust_decimal::Decimal;

use super::overrides::{Asked, change, revoke_tightened};
use crate::{
    draft::Draft,
    overrides::loosening,
    press::{Press, Verb, attempt},
    seen::Seen,
    work::{Done, InboxKey, Work},
};

/// What a limit is to be, in the unit of its code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ceiling {
    /// What a looser one is asked for as.
    pub(crate) id: OverrideId,
    pub(crate) code: LimitCode,
    pub(crate) value: Decimal,
    /// For how long it waits to be granted.
    pub(crate) longest: SignedDuration,
}

impl Ceiling {
    /// Tightens the limit, or asks others to loosen it.
    pub(crate) fn put(&self, draft: &mut Draft, operator: &Operator) -> Answer<Done> {
        let (code, value) = (self.code, self.value);
        let before = draft.seen().desk.limits.clone();
        let after = before.with(code, value);
        let after = after.ok_or(Refusal::Override(OverrideFault::Value(code)))?;
        if value == before.get(code) {
            return Ok(Done::Nothing);
        }
        if value < before.get(code) {
            change(draft, code, after, None);
            revoke_tightened(draft, &before, Some(operator));
            return Ok(Done::Limit);
        }
        let asked = Asked {
            id: self.id,
            code,
            value,
            term: Term::Change,
            until: draft.now() + self.longest,
            reason: "",
        };
        asked.put(draft, operator)
    }
}

/// Passes where a limit can be set like that, now or once others grant it.
///
/// # Errors
///
/// [`Refusal::Override`], with why not.
pub(crate) fn check(seen: &Seen, code: LimitCode, value: Decimal) -> Answer<()> {
    let limits = &seen.desk.limits;
    let fault = if limits.with(code, value).is_none() {
        Err(OverrideFault::Value(code))
    } else if value > limits.get(code) {
        loosening(seen, code, value).check(limits)
    } else {
        Ok(())
    };
    fault.map_err(Refusal::Override)
}

/// A person sets a limit: to tighten it is done at once, to loosen it is asked of others.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SetLimit {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) ceiling: Ceiling,
}

impl Work for SetLimit {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let (verb, subject) = (Verb::SetLimit, self.ceiling.code.name());
        attempt(draft, &self.press, verb, subject, |draft, operator| {
            self.ceiling.put(draft, operator)
        })
    }
}

/// Every limit becomes what the configuration said at the last start, also where people can only
/// tighten it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RestoreLimits {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
}

impl Work for RestoreLimits {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let verb = Verb::SetLimit;
        attempt(draft, &self.press, verb, "limits", |draft, operator| {
            let before = draft.seen().desk.limits.clone();
            let configured = draft.seen().desk.configured().clone();
            let differs = |code: &LimitCode| before.get(*code) != configured.get(*code);
            let mut limits = before.clone();
            for code in LimitCode::ALL.into_iter().filter(differs) {
                // Each is of a set that was configured as a whole.
                let Some(after) = limits.with(code, configured.get(code)) else {
                    return Err(Refusal::Override(OverrideFault::Value(code)));
                };
                change(draft, code, after.clone(), None);
                limits = after;
            }
            if limits == before {
                return Ok(Done::Nothing);
            }
            revoke_tightened(draft, &before, Some(operator));
            Ok(Done::Ok)
        })
    }
}
