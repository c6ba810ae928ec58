//! Decline, snooze and expire: the ends and pauses of an offer.

use countersign_domain::{
    event::Fact,
    ids::{DeskId, Revision, TicketId},
    refusal::{Answer, Invalid, Refusal},
    ticket::{DeclineReason, TicketEvent},
};
use jiff::Timestamp;

use super::{expire, moved, offered, overrides::lapse_due};
use crate::{
    draft::Draft,
    press::{Press, Verb, attempt},
    work::{Done, InboxKey, Needs, Work},
};

/// One no.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decline {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) ticket: TicketId,
    pub(crate) revision: Revision,
    pub(crate) reason: DeclineReason,
}

impl Work for Decline {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        Needs {
            tickets: vec![self.ticket],
            ..Needs::default()
        }
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.ticket.to_string();
        attempt(
            draft,
            &self.press,
            Verb::Decline,
            &subject,
            |draft, operator| {
                let now = draft.now();
                let ticket = offered(draft, self.ticket, self.revision)?;
                if now >= ticket.expires_at {
                    expire(draft, &ticket, now);
                    return Err(Refusal::Expired {
                        at: ticket.expires_at,
                    });
                }
                let event = TicketEvent::Declined {
                    by: operator.id,
                    name: operator.name.clone(),
                    reason: self.reason,
                    at: now,
                };
                draft.ticket(moved(&ticket, event));
                draft.note(Fact::TicketDeclined {
                    ticket: ticket.id,
                    reason: self.reason,
                });
                Ok(Done::Ok)
            },
        )
    }
}

/// A viewer puts a ticket aside for themselves; its expiry stays.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snooze {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) ticket: TicketId,
    pub(crate) until: Timestamp,
}

impl Work for Snooze {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        Needs {
            tickets: vec![self.ticket],
            ..Needs::default()
        }
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.ticket.to_string();
        attempt(
            draft,
            &self.press,
            Verb::Snooze,
            &subject,
            |draft, operator| {
                let known = draft
                    .seen()
                    .tickets
                    .get(&self.ticket)
                    .map(|ticket| ticket.revision);
                let ticket = offered(draft, self.ticket, known.ok_or(Refusal::UnknownTicket)?)?;
                if self.until <= draft.now() {
                    return Err(Refusal::Invalid(Invalid::Time));
                }
                let until = self.until.min(ticket.expires_at);
                let mut next = ticket.as_ref().clone();
                next.snoozed.insert(operator.id, until);
                draft.ticket(next);
                draft.note(Fact::TicketSnoozed {
                    ticket: ticket.id,
                    until,
                });
                Ok(Done::Ok)
            },
        )
    }
}

/// Expires every ticket whose time has passed, and lapses every override.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExpireDue {
    pub(crate) desk: DeskId,
    /// Tickets whose time has passed by the monotonic clock.
    pub(crate) overdue: Vec<TicketId>,
}

impl Work for ExpireDue {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let now = draft.now();
        let due: Vec<_> = draft
            .seen()
            .offered()
            .filter(|ticket| now >= ticket.expires_at || self.overdue.contains(&ticket.id))
            .cloned()
            .collect();
        for ticket in &due {
            expire(draft, ticket, now);
        }
        let lapsed = lapse_due(draft);
        Ok(if due.is_empty() && !lapsed {
            Done::Nothing
        } else {
            Done::Ok
        })
    }
}
