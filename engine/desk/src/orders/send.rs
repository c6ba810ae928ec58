//! Entries that are not sent after all.

use countersign_domain::{
    event::Fact,
    ids::{DeskId, OrderId, Revision, TicketId},
    order::{OrderEvent, OrderState, Purpose},
    refusal::Answer,
    ticket::{LapseReason, TicketState},
};

use super::{order_event, settle};
use crate::{
    draft::Draft,
    work::{Done, Work},
};

/// An entry is given up before it left.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lapse {
    pub(crate) desk: DeskId,
    pub(crate) order: OrderId,
    pub(crate) reason: LapseReason,
    /// The id of the ticket that takes its place, where a person may press again.
    pub(crate) again: TicketId,
}

impl Work for Lapse {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let Some(order) = draft.seen().orders.get(&self.order).cloned() else {
            return Ok(Done::Nothing);
        };
        let Purpose::Entry { ticket, .. } = order.purpose else {
            return Ok(Done::Nothing);
        };
        if order.state != OrderState::Submitted {
            return Ok(Done::Nothing);
        }
        order_event(draft, &order, OrderEvent::Lapsed);
        settle::lapse(draft, ticket, self.reason.clone());
        self.offer_again(draft, ticket);
        Ok(Done::Ok)
    }
}

impl Lapse {
    /// An entry that could not leave in time is never sent later, and the idea is still good until
    /// its expiry: it is offered anew, to be pressed again.
    fn offer_again(&self, draft: &mut Draft, lapsed: TicketId) {
        let late = matches!(self.reason, LapseReason::TooLate | LapseReason::Unreachable);
        let known = draft.seen().tickets.get(&lapsed).cloned();
        let Some(lapsed) = known.filter(|ticket| late && draft.now() < ticket.expires_at) else {
            return;
        };
        let mut ticket = lapsed.as_ref().clone();
        ticket.id = self.again;
        ticket.revision = Revision::FIRST;
        ticket.supersedes = Some(lapsed.id);
        ticket.offered_at = draft.now();
        ticket.snoozed.clear();
        ticket.state = TicketState::Offered { yes: Vec::new() };
        draft.note(Fact::TicketOffered(Box::new(ticket.clone())));
        draft.ticket(ticket);
    }
}
