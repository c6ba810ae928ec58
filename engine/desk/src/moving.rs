//! A room that has another number on its platform now: a group that became a supergroup.

use countersign_domain::{event::Fact, ids::DeskId, operator::Room, refusal::Answer};

use crate::{
    desk::Desk,
    draft::Draft,
    effect::Effect,
    ports::{CardKey, StoreError},
    work::{Done, Work},
};

/// Notes the number, and has everything that lives drawn there.
#[derive(Clone, Debug, PartialEq)]
struct Move {
    desk: DeskId,
    room: Room,
    to: i64,
}

impl Work for Move {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let mut row = draft.seen().desk.clone();
        if row.moved.insert(self.room, self.to) == Some(self.to) {
            return Ok(Done::Nothing);
        }
        draft.desk(row);
        let (room, to) = (self.room, self.to);
        draft.note(Fact::RoomMoved { room, to });
        draft.draw_living(room);
        Ok(Done::Ok)
    }
}

impl Draft {
    /// Has everything that lives drawn in a room.
    pub(crate) fn draw_living(&mut self, room: Room) {
        let seen = self.seen();
        let tickets = seen.tickets.keys().copied().map(CardKey::Ticket);
        let positions = seen.open_positions().map(|it| CardKey::Position(it.id));
        let overrides = seen.overrides.values().filter(|it| !it.state.has_ended());
        let overrides = overrides.map(|it| CardKey::Override(it.id));
        let living: Vec<_> = tickets.chain(positions).chain(overrides).collect();
        for card in living.into_iter().filter(|card| card.belongs_in(room)) {
            self.perform(Effect::Draw { card, room });
        }
    }
}

impl Desk {
    /// Notes that a room has another number now. Noted before, nothing is done.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; say it again.
    pub async fn move_room(&self, room: Room, to: i64) -> Result<(), StoreError> {
        let desk = self.id;
        self.run(Move { desk, room, to }).await.map(drop)
    }
}
