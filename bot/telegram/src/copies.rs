//! Second copies: the process died after it had posted a card and before it could note that, or the answer
//! to the posting was lost.

use countersign_chat::Talk;
use countersign_desk::ports::Chat as _;

use crate::room::TelegramRoom;

/// True for a message that is another one than those that show the card of that button.
pub(crate) async fn is_copy(talk: &Talk, room: &TelegramRoom, payload: &str, message: i32) -> bool {
    let desk = talk.desk();
    let cards = talk.cards_with(payload).await;
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
