//! Nudges: a ticket is changed a little by one press, bound to the revision that the card showed.

use countersign_cards::{Action, button::Nudge};
use countersign_desk::desk::Edited;
use countersign_domain::{
    ids::{Revision, TicketId},
    increment::increment,
    money::Contracts,
    refusal::{Answer, Refusal},
    ticket::Ticket,
};

use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    pub(crate) async fn nudge(
        &self,
        asker: &Asker,
        ticket: TicketId,
        revision: Revision,
        nudge: Nudge,
    ) -> Reply {
        let answer = match self.nudged(ticket, revision, nudge).await {
            Ok(edited) => {
                let press = asker.press();
                self.desk.edit(press, ticket, revision, edited).await
            }
            Err(why) => Err(why),
        };
        self.came_to(&Action::Nudge(ticket, revision, nudge), answer)
    }

    /// What the ticket would be; a nudge of another revision than the one that stands is stale.
    async fn nudged(&self, ticket: TicketId, revision: Revision, nudge: Nudge) -> Answer<Edited> {
        let view = self.desk.ticket_view(ticket).await;
        let view = view.map_err(|_| Refusal::StoreUnavailable)?;
        let ticket = view.ok_or(Refusal::UnknownTicket)?.ticket;
        if ticket.revision != revision {
            let current = ticket.revision;
            return Err(Refusal::StaleCard { current });
        }
        Ok(edited(&ticket, nudge))
    }
}

/// A change by one step. The desk refuses what makes no ticket.
fn edited(ticket: &Ticket, nudge: Nudge) -> Edited {
    let (count, limit) = (ticket.terms.contracts.0, ticket.terms.limit);
    // Debit is positive: less to pay, or more to receive, is a lower net price.
    let step = increment(ticket.structure.legs(), limit);
    let (contracts, limit) = match nudge {
        Nudge::Less => (Some(count.saturating_sub(1)), None),
        Nudge::More => (Some(count.saturating_add(1)), None),
        Nudge::Half => (Some(count / 2), None),
        Nudge::Tighter => (None, Some(limit - step)),
        Nudge::Wider => (None, Some(limit + step)),
    };
    Edited {
        contracts: contracts.map(Contracts),
        limit,
    }
}
