//! Copies: which cards a button stands on, so that a message that is none of theirs is known as a second one.

use countersign_cards::Action;
use countersign_desk::ports::CardKey;

use crate::talk::Talk;

impl Talk {
    /// The cards on which that button stands; none of a button of an answer.
    pub async fn cards_with(&self, payload: &str) -> Vec<CardKey> {
        let Ok(action) = Action::decode(payload) else {
            return Vec::new();
        };
        if let Some(ticket) = action.ticket() {
            return vec![CardKey::Ticket(ticket)];
        }
        if let Action::Halt(_) | Action::Reduce(_) | Action::Resume(_) = action {
            return vec![CardKey::Board];
        }
        let Some(position) = action.position() else {
            return Vec::new();
        };
        // Its own one, and that of its ticket.
        let ticket = self.desk.store().ticket_of(self.desk.id(), position).await;
        let ticket = ticket.ok().flatten().map(CardKey::Ticket);
        ticket
            .into_iter()
            .chain([CardKey::Position(position)])
            .collect()
    }
}
