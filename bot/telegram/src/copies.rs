//! Second copies: the process died after it had posted a card and before it could note that, or the answer
//! to the posting was lost.

use countersign_cards::Action;
use countersign_desk::{
    Desk,
    ports::{CardKey, Chat as _},
};

use crate::room::TelegramRoom;

/// True for a message that is another one than those that show the card of that button.
pub(crate) async fn is_copy(desk: &Desk, room: &TelegramRoom, payload: &str, message: i32) -> bool {
    let Ok(action) = Action::decode(payload) else {
        return false;
    };
    let cards = cards_with(desk, &action).await;
    for card in &cards {
        let noted = desk.store().message(desk.id(), *card, room.room()).await;
        let known = room.known(*card, noted.ok().flatten().as_ref());
        // Of one that is shown nowhere nobody can say which message is it.
        if known.is_empty() || known.contains(&message) {
            return false;
        }
    }
    !cards.is_empty()
}

/// The cards on which that button stands.
async fn cards_with(desk: &Desk, action: &Action) -> Vec<CardKey> {
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
    let ticket = desk.store().ticket_of(desk.id(), position).await;
    let ticket = ticket.ok().flatten().map(CardKey::Ticket);
    ticket
        .into_iter()
        .chain([CardKey::Position(position)])
        .collect()
}
