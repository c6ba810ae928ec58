//! Drawing: cards on surfaces, and alarms that could not be written down.

use std::sync::Arc;

use countersign_domain::{
    event::Alarm,
    ids::{OverrideId, PositionId, TicketId},
    notices::{Telling, Volume},
    operator::Room,
    view::{OverrideCard, PositionCard, View},
};
use jiff::{SignedDuration, Timestamp};

use super::{Performed, RETRY};
use crate::{
    desk::Desk,
    overrides::missing,
    ports::{CardKey, Chat, ChatError, StoreError},
};

/// Told so long after it came about, a card says how late it is.
const LATE: SignedDuration = SignedDuration::from_secs(60);

/// Cards that were told late and are remembered.
const REMEMBERED: usize = 512;

/// True for a card that is no news any more a while after it came about; an alarm says itself when it
/// was raised, and the others are as they are now.
const fn is_told_late(card: CardKey) -> bool {
    matches!(
        card,
        CardKey::Ticket(_) | CardKey::Position(_) | CardKey::Override(_) | CardKey::Report(_)
    )
}

/// Time before a room that takes no cards is tried again.
const LOST: SignedDuration = SignedDuration::from_mins(1);

impl Desk {
    /// Draws a card that was asked for at that time.
    pub(super) async fn draw(
        &self,
        card: CardKey,
        room: Room,
        asked_at: Timestamp,
    ) -> Result<Performed, StoreError> {
        let Some(chat) = self.chat(room) else {
            return Ok(Performed::Yes);
        };
        let view = match card {
            CardKey::Digest(from, until) => self.digest_view(room, (from, until)).await?,
            _ => self.view_of(card).await?,
        };
        let Some(mut view) = view else {
            return Ok(Performed::Yes);
        };
        let message = self.ports.store.message(self.id, card, room).await?;
        if message.is_none() && self.seen().await?.is_past(card) {
            return Ok(Performed::Yes);
        }
        let telling = self.telling(room, &view, message.as_ref()).await?;
        // The board is no notice: a room that shows cards has one.
        if telling.volume == Volume::Off && card != CardKey::Board {
            return Ok(Performed::Yes);
        }
        if is_told_late(card) {
            view.header_mut().late = self.late((card, room), message.is_none(), asked_at);
        }
        let mut drawn = chat.draw(card, &view, message.as_ref(), &telling).await;
        if let Err(ChatError::Refused(why)) = &drawn {
            tracing::warn!(%room, %card, why, "a room refused a card; it is shown plainly");
            drawn = chat
                .draw_plainly(card, &view, message.as_ref(), &telling)
                .await;
        }
        Ok(match drawn {
            Ok(message) => {
                self.is_drawn_in(room, (card, &view));
                self.note_late((card, room), view.header().late);
                match &view {
                    View::Board(board) => self.board_shown(room, board),
                    _ => self.figures_shown((card, room), &view, &message),
                }
                Performed::Drawn(card, room, message)
            }
            Err(ChatError::Refused(said)) => {
                tracing::warn!(%room, %card, said, "a room refused a card");
                self.was_refused(room, said).await?;
                Performed::Yes
            }
            Err(ChatError::Unreachable(_, wait)) => {
                let wait = wait.map_or(RETRY, |seconds| SignedDuration::from_secs(seconds.into()));
                Performed::Later(wait)
            }
            Err(ChatError::NotYet(seconds)) => {
                Performed::NotYet(SignedDuration::from_secs(seconds.into()))
            }
            Err(ChatError::Moved(to)) => {
                self.move_room(room, to).await?;
                Performed::Later(SignedDuration::ZERO)
            }
            Err(ChatError::Lost(said)) => self.lost(room, said, false).await?,
            Err(ChatError::NoToken(said)) => self.lost(room, said, true).await?,
        })
    }

    /// A room takes no cards; `token`: since the bot's is none.
    async fn lost(&self, room: Room, said: String, token: bool) -> Result<Performed, StoreError> {
        if self.is_lost(room) {
            self.alarm(Alarm::RoomLost { room, said, token }).await?;
        }
        Ok(Performed::Later(LOST))
    }

    /// How late a card is there: told for the first time, or as it was then.
    fn late(
        &self,
        shows: (CardKey, Room),
        first: bool,
        asked_at: Timestamp,
    ) -> Option<SignedDuration> {
        if first {
            let late = self.now().duration_since(asked_at);
            return Some(late).filter(|late| *late >= LATE);
        }
        self.memory().late.get(&shows).copied()
    }

    /// A card was told so late: it says so for as long as this process draws it.
    fn note_late(&self, shows: (CardKey, Room), late: Option<SignedDuration>) {
        let mut memory = self.memory();
        if let Some(late) = late {
            memory.late.insert(shows, late);
        }
        while memory.late.len() > REMEMBERED {
            memory.late.pop_first();
        }
    }

    /// A card was drawn there.
    fn is_drawn_in(&self, room: Room, (card, view): (CardKey, &View)) {
        let now = self.now();
        let mut memory = self.memory();
        match view {
            View::Ticket(view) if view.ticket.state.is_offered() => {
                memory.pressable.insert((card, room));
            }
            _ => {
                memory.pressable.remove(&(card, room));
            }
        }
        memory.lost.remove(&room);
        memory.worked.rooms.insert(room, now);
    }

    /// True for a room that takes no cards and was asked a short while ago.
    pub(super) fn is_left_alone(&self, room: Room) -> bool {
        let now = self.now();
        let memory = self.memory();
        memory.lost.get(&room).is_some_and(|again| now < *again)
    }

    /// It takes no cards; true when that was not said before.
    fn is_lost(&self, room: Room) -> bool {
        let now = self.now();
        let mut memory = self.memory();
        memory.worked.rooms.remove(&room);
        memory.lost.insert(room, now + LOST).is_none()
    }

    /// Draws a card that the room itself asks for, when it does.
    pub(super) async fn show_wanted(&self, chat: &Arc<dyn Chat>) -> Result<bool, StoreError> {
        match chat.take_wanted(self.now()) {
            Some(card) => self.draw_again(card, chat.room()).await,
            None => Ok(false),
        }
    }

    /// Draws a card of which nothing was decided, where it stands. One that was never posted waits for
    /// the effect that posts it.
    pub(super) async fn draw_again(&self, card: CardKey, room: Room) -> Result<bool, StoreError> {
        let store = &self.ports.store;
        let known = store.message(self.id, card, room).await?;
        if known.is_none() {
            return Ok(false);
        }
        let drawn = self.draw(card, room, self.now()).await?;
        if let Performed::Drawn(card, room, message) = drawn
            && known.as_ref() != Some(&message)
        {
            store.note_message(self.id, (card, room), &message).await?;
        }
        Ok(true)
    }

    /// How long until a routine card may be drawn in a room; zero when it may be now.
    pub fn pause(&self, room: Room) -> std::time::Duration {
        self.chat(room)
            .map_or(std::time::Duration::ZERO, |chat| chat.pause(false))
    }

    /// What shows cards in a room here.
    pub(super) fn chat(&self, room: Room) -> Option<Arc<dyn Chat>> {
        let mut chats = self.ports.chats.iter();
        chats.find(|chat| chat.room() == room).cloned()
    }

    /// Notes that the store cannot commit. What began it is an alarm that cannot be written down
    /// either: every room shows it in its own time, and nothing waits for that.
    pub(crate) fn store_is_down(&self, error: &StoreError) {
        let last = self.memory().last.clone();
        let began = !std::mem::replace(&mut self.memory().store_down, true);
        let Some(seen) = last.filter(|_| began) else {
            return;
        };
        let alarm = Alarm::StoreDown(error.to_string());
        tracing::error!(desk.id = %self.id, ?alarm, "alarm");
        let header = self.header(&seen);
        let view = View::Alarm {
            at: header.now,
            header,
            alarm,
            alert: None,
        };
        let card = CardKey::Alarm(seen.seq, u32::MAX);
        let rooms = self.ports.chats.iter().map(|chat| chat.room());
        let unwritten = rooms.map(|room| (room, (card, view.clone())));
        self.memory().unwritten.extend(unwritten);
        for waker in self.wake_room.values() {
            waker.notify_one();
        }
    }

    /// Shows an alarm that could not be written down.
    pub(super) async fn show_unwritten(&self, room: Room) -> bool {
        let waiting = self.memory().unwritten.remove(&room);
        let (Some((card, view)), Some(chat)) = (waiting, self.chat(room)) else {
            return false;
        };
        if let Err(error) = chat.draw(card, &view, None, &Telling::LOUD).await {
            tracing::error!(%error, "an alarm could not be shown");
        }
        true
    }

    /// The view of a card as it is now; `None` when there is nothing to draw, and for a digest, which
    /// each room has its own of.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn view_of(&self, card: CardKey) -> Result<Option<View>, StoreError> {
        match card {
            CardKey::Ticket(ticket) => self.ticket_card(ticket).await,
            CardKey::Position(position) => self.position_card(position).await,
            CardKey::Override(id) => self.override_card(id).await,
            CardKey::Board => Ok(Some(View::Board(Box::new(self.board().await?)))),
            CardKey::Report(date) => Ok(Some(View::Report(Box::new(self.report(date).await?)))),
            CardKey::Alarm(seq, index) => self.alarm_card((seq, index), None).await,
            CardKey::Digest(..) => Ok(None),
            CardKey::Call(number, time) => self.call_card(number, time).await,
        }
    }

    async fn position_card(&self, position: PositionId) -> Result<Option<View>, StoreError> {
        let ticket = self.ports.store.ticket_of(self.id, position).await?;
        let Some(ticket) = ticket else {
            return Ok(None);
        };
        let view = self.ticket_view(ticket).await?;
        Ok(view.and_then(|it| {
            let card = PositionCard {
                header: it.header,
                view: it.position?,
                entry: it.entry,
            };
            Some(View::Position(Box::new(card)))
        }))
    }

    async fn override_card(&self, id: OverrideId) -> Result<Option<View>, StoreError> {
        let known = self.ports.store.override_of(self.id, id).await?;
        let Some(one) = known else {
            return Ok(None);
        };
        let seen = self.seen().await?;
        let card = OverrideCard {
            header: self.header(&seen),
            missing: missing(&seen, &one),
            one: one.as_ref().clone(),
        };
        Ok(Some(View::Override(Box::new(card))))
    }

    async fn ticket_card(&self, ticket: TicketId) -> Result<Option<View>, StoreError> {
        Ok(self
            .ticket_view(ticket)
            .await?
            .map(|view| View::Ticket(Box::new(view))))
    }

    async fn call_card(&self, number: u32, time: u32) -> Result<Option<View>, StoreError> {
        let seen = self.seen().await?;
        let alert = seen.desk.alerts.numbered(number);
        match alert.filter(|it| it.call(time).is_some()) {
            Some(alert) => self.alarm_card(alert.newest().0, Some(time)).await,
            None => Ok(None),
        }
    }

    async fn alarm_card(
        &self,
        (seq, index): (u64, u32),
        call: Option<u32>,
    ) -> Result<Option<View>, StoreError> {
        let rows = self
            .ports
            .store
            .events(self.id, seq.saturating_sub(1), 64)
            .await?;
        let row = rows
            .into_iter()
            .find(|row| row.seq == seq && row.index == index);
        let seen = self.seen().await?;
        let alert = seen.desk.alerts.of((seq, index));
        let alert = alert.map(|it| it.view(&seen, call));
        Ok(row.and_then(|row| match row.event.fact {
            countersign_domain::event::Fact::Alarm(alarm) => Some(View::Alarm {
                header: self.header(&seen),
                alarm,
                at: row.event.at,
                alert: alert.map(Box::new),
            }),
            _ => None,
        }))
    }
}
