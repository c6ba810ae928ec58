//! The cards of what is held, in rooms of chat platforms: drawn anew when prices alone have moved what
//! they show.
//!
//! Nobody waits for it: it comes after everything else, slowly, and only where a room has time to spare.
//! Like the board's it is in no unit and waits in memory. Each card says as of when its figures are.

use std::sync::Arc;

use countersign_domain::{
    operator::Room,
    position::Position,
    view::{Distance, ExitDistance, PositionView, View},
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::board::whole;
use crate::{
    desk::Desk,
    ports::{CardKey, Chat, MessageRef, StoreError},
    seen::Seen,
};

/// Time between two looks at a card for the sake of prices alone.
const EVERY: SignedDuration = SignedDuration::from_mins(1);

/// A card of something held, as this process knows it in a room.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    /// When it was drawn or looked at last.
    at: Timestamp,
    /// What it shows; `None` for one that another process drew.
    gist: Option<Gist>,
    /// Where it stands, once that is known.
    message: Option<MessageRef>,
    /// True from when a look saw another gist until that is drawn.
    moved: bool,
}

/// What of it prices change and is worth a drawing of its own: money in whole dollars, and whether every
/// mark is believed.
#[derive(Clone, Debug, PartialEq)]
struct Gist {
    profit: Option<Decimal>,
    marked: Vec<bool>,
    distances: Vec<Option<Decimal>>,
}

impl Gist {
    fn of(view: &PositionView) -> Self {
        let away = |exit: &ExitDistance| match exit.left {
            Distance::Profit(dollars) => Some(whole(dollars)),
            Distance::At(_) | Distance::Days(_) | Distance::ArmsAt { .. } => None,
        };
        Self {
            profit: view.profit().map(whole),
            marked: view.marks.iter().map(Option::is_some).collect(),
            distances: view.distances.iter().map(away).collect(),
        }
    }
}

/// What a card shows of something held that is not closed.
fn held(view: &View) -> Option<&PositionView> {
    let held = match view {
        View::Ticket(ticket) => ticket.position.as_ref(),
        View::Position(card) => Some(&card.view),
        _ => None,
    };
    held.filter(|it| !it.position.state.is_closed())
}

/// The cards that show a position.
const fn cards_of(position: &Position) -> [CardKey; 2] {
    [
        CardKey::Position(position.id),
        CardKey::Ticket(position.ticket),
    ]
}

impl Desk {
    /// Notes what a room is shown now of something held.
    pub(super) fn figures_shown(
        &self,
        (card, room): (CardKey, Room),
        view: &View,
        message: &MessageRef,
    ) {
        let mut memory = self.memory();
        let Some(held) = held(view).filter(|_| room.surface.is_platform()) else {
            memory.figures.remove(&(card, room));
            return;
        };
        let shown = Figures {
            at: self.now(),
            gist: Some(Gist::of(held)),
            message: Some(message.clone()),
            moved: false,
        };
        memory.figures.insert((card, room), shown);
    }

    /// Looks whether cards of what is held that were drawn a while ago would be others now.
    pub(crate) fn look_at_figures(&self, seen: &Seen) {
        let now = self.now();
        let old = |shown: &Figures| !shown.moved && now.duration_since(shown.at) >= EVERY;
        self.know_held(seen);
        for position in seen.open_positions() {
            let cards = cards_of(position);
            let is_due = {
                let memory = self.memory();
                let mut all = memory.figures.iter();
                all.any(|((card, _), shown)| cards.contains(card) && old(shown))
            };
            if !is_due {
                continue;
            }
            let gist = Gist::of(&self.open_view(seen, position));
            let mut memory = self.memory();
            for ((card, room), shown) in &mut memory.figures {
                if !cards.contains(card) || !old(shown) {
                    continue;
                }
                if shown.gist.as_ref() == Some(&gist) {
                    shown.at = now;
                    continue;
                }
                shown.moved = true;
                if let Some(waker) = self.wake_room.get(room) {
                    waker.notify_one();
                }
            }
        }
    }

    /// Knows every card of what is held, also of those that another process drew, and no others.
    fn know_held(&self, seen: &Seen) {
        let now = self.now();
        let cards: Vec<CardKey> = seen.open_positions().flat_map(|it| cards_of(it)).collect();
        let mut memory = self.memory();
        memory.figures.retain(|(card, _), _| cards.contains(card));
        let rooms = self.ports.chats.iter().map(|chat| chat.room());
        for room in rooms.filter(|room| room.surface.is_platform()) {
            for card in &cards {
                let unknown = || Figures {
                    at: now,
                    gist: None,
                    message: None,
                    moved: false,
                };
                let known = memory.figures.entry((*card, room));
                known.or_insert_with(unknown);
            }
        }
    }

    /// Draws the card in a room that waits longest of those that prices have moved, where the room has
    /// time to spare for it.
    pub(super) async fn show_moved_figures(
        &self,
        chat: &Arc<dyn Chat>,
    ) -> Result<bool, StoreError> {
        let room = chat.room();
        for card in self.moved_figures(room) {
            let pause = match self.figures_stand(card, room).await? {
                Some(message) => chat.pause_before_figures(&message),
                None => std::time::Duration::MAX,
            };
            if !pause.is_zero() && pause < std::time::Duration::MAX {
                continue;
            }
            // Whatever comes of it, the next look is a while away.
            if let Some(shown) = self.memory().figures.get_mut(&(card, room)) {
                (shown.moved, shown.at) = (false, self.now());
            }
            if pause.is_zero() {
                return self.draw_again(card, room).await;
            }
        }
        Ok(false)
    }

    /// Cards in a room that prices have moved, the one that waits longest first.
    fn moved_figures(&self, room: Room) -> Vec<CardKey> {
        let memory = self.memory();
        let all = memory.figures.iter();
        let moved = all.filter(|((_, there), shown)| *there == room && shown.moved);
        let mut moved: Vec<_> = moved.map(|((card, _), shown)| (shown.at, *card)).collect();
        moved.sort_unstable();
        moved.into_iter().map(|(_, card)| card).collect()
    }

    /// Where a card of something held stands in a room; `None` for nowhere.
    async fn figures_stand(
        &self,
        card: CardKey,
        room: Room,
    ) -> Result<Option<MessageRef>, StoreError> {
        let known = self.memory().figures.get(&(card, room)).cloned();
        if let Some(message) = known.and_then(|it| it.message) {
            return Ok(Some(message));
        }
        let noted = self.ports.store.message(self.id, card, room).await?;
        if let Some(shown) = self.memory().figures.get_mut(&(card, room)) {
            shown.message.clone_from(&noted);
        }
        Ok(noted)
    }
}
