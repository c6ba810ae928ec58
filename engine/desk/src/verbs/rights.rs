//! What ends when somebody loses a right: their standing approvals, overrides that they granted, and
//! their yes to what is offered.

use countersign_domain::ids::OperatorId;

use super::{overrides, revise, standing::revoke};
use crate::{draft::Draft, press::Verb};

/// Lets go of everything that rests on a right which nobody has any more.
pub(crate) fn settle(draft: &mut Draft) {
    revoke_orphans(draft);
    overrides::revoke_orphans(draft);
    forget_yes(draft);
}

fn may(draft: &Draft, operator: OperatorId, verb: Verb) -> bool {
    let known = draft.seen().operators.get(&operator);
    known.is_some_and(|operator| operator.role >= verb.needs())
}

/// A standing approval dies with its signer's right.
fn revoke_orphans(draft: &mut Draft) {
    let signed = draft.seen().standing.values();
    let orphans: Vec<_> = signed
        .filter(|standing| !may(draft, standing.signer, Verb::SignStanding))
        .cloned()
        .collect();
    for standing in orphans {
        revoke(draft, &standing);
    }
}

/// One yes of several counts no more than who said it: their ticket begins again as a new revision.
fn forget_yes(draft: &mut Draft) {
    let offered = draft.seen().offered();
    let shaken: Vec<_> = offered
        .filter(|ticket| super::said_yes(ticket).any(|who| !may(draft, who, Verb::Confirm)))
        .cloned()
        .collect();
    for ticket in shaken {
        revise(draft, &ticket, ticket.terms.clone(), ticket.quote.clone());
    }
}
