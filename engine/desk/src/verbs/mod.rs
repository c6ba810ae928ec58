//! The units behind the verbs: one file each, rules and all.

pub(crate) mod asking;
pub(crate) mod ceilings;
pub(crate) mod configure;
pub(crate) mod confirm;
pub(crate) mod decline;
pub(crate) mod edit;
pub(crate) mod exits;
pub(crate) mod link;
pub(crate) mod manners;
pub(crate) mod offer;
pub(crate) mod overrides;
pub(crate) mod people;
pub(crate) mod rights;
pub(crate) mod scanning;
pub(crate) mod standing;
pub(crate) mod trading;
pub(crate) mod twice;

use std::sync::Arc;

use countersign_domain::{
    event::Fact,
    ids::{OperatorId, Revision, TicketId},
    refusal::{Answer, Refusal},
    ticket::{SeenQuote, Terms, Ticket, TicketEvent, TicketState},
};
use jiff::Timestamp;

use crate::draft::Draft;

/// The offered ticket at that revision.
///
/// # Errors
///
/// The refusal that says why it cannot be decided: unknown, decided, or another revision.
pub(crate) fn offered(draft: &Draft, id: TicketId, revision: Revision) -> Answer<Arc<Ticket>> {
    let ticket = draft
        .seen()
        .tickets
        .get(&id)
        .ok_or(Refusal::UnknownTicket)?;
    match &ticket.state {
        TicketState::Offered { .. } if ticket.revision == revision => Ok(ticket.clone()),
        TicketState::Offered { .. } => Err(Refusal::StaleCard {
            current: ticket.revision,
        }),
        TicketState::Expired { at } => Err(Refusal::Expired { at: *at }),
        state => Err(Refusal::AlreadyDecided(Box::new(state.clone()))),
    }
}

/// Who said yes to an offered ticket so far.
pub(crate) fn said_yes(ticket: &Ticket) -> impl Iterator<Item = OperatorId> {
    let yes = match &ticket.state {
        TicketState::Offered { yes } => yes.as_slice(),
        _ => &[],
    };
    yes.iter().map(|one| one.operator)
}

/// Moves a ticket; the pair is always in its table because the caller looked at the state.
pub(crate) fn moved(ticket: &Ticket, event: TicketEvent) -> Ticket {
    let mut next = ticket.clone();
    if let Ok(state) = ticket.state.clone().apply(event) {
        next.state = state;
    }
    next
}

/// Expires a ticket here and now.
pub(crate) fn expire(draft: &mut Draft, ticket: &Ticket, now: Timestamp) {
    draft.ticket(moved(ticket, TicketEvent::Expired(now)));
    draft.note(Fact::TicketExpired(ticket.id));
}

/// Gives a ticket new terms and a new market: the next revision, with no yes.
pub(crate) fn revise(
    draft: &mut Draft,
    ticket: &Ticket,
    terms: Terms,
    quote: SeenQuote,
) -> Revision {
    let mut next = moved(ticket, TicketEvent::Revised);
    next.revision = ticket.revision.next();
    next.terms = terms.clone();
    next.quote = quote.clone();
    let revision = next.revision;
    draft.ticket(next);
    draft.note(Fact::TicketRevised {
        ticket: ticket.id,
        revision,
        before: ticket.terms.clone(),
        after: terms,
        quote,
    });
    revision
}
