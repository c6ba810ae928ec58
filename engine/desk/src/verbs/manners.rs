//! How people are told things, as they change it themselves.

use countersign_domain::{
    event::Fact,
    ids::DeskId,
    notices::{MannersChange, NoticeFault},
    operator::{Operator, Room},
    refusal::{Answer, Refusal},
};

use jiff::Timestamp;

use crate::{
    draft::Draft,
    manners::is_private,
    press::{Press, Verb, attempt},
    seen::DeskRow,
    work::{Done, InboxKey, Work},
};

/// A person changes how they, or a room, are told things.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SetManners {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    /// `None` for their own.
    pub(crate) room: Option<Room>,
    pub(crate) change: MannersChange,
}

impl Work for SetManners {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let (verb, subject) = match self.room {
            Some(room) => (Verb::RoomSettings, room.to_string()),
            None => (Verb::Settings, "desk".to_owned()),
        };
        attempt(draft, &self.press, verb, &subject, |draft, operator| {
            self.set(draft, operator)
        })
    }
}

impl SetManners {
    fn set(&self, draft: &mut Draft, operator: &Operator) -> Answer<Done> {
        if self.acts_nowhere(draft, operator) {
            return Err(Refusal::Notice(NoticeFault::NoPrivate));
        }
        let mut row = draft.seen().desk.clone();
        let all = &mut row.manners;
        let before = match self.room {
            Some(room) if !row.rooms.contains(&room) => {
                return Err(Refusal::Notice(NoticeFault::Room));
            }
            Some(room) => all.of_room(room),
            None => all.of_person(operator.id),
        };
        let next = before.changed(&self.change).map_err(Refusal::Notice)?;
        if next == before {
            return Ok(Done::Nothing);
        }
        match self.room {
            Some(room) => all.rooms.insert(room, next),
            None => all.people.insert(operator.id, next),
        };
        let mut then = draft.seen().clone();
        then.desk = row.clone();
        if draft.seen().offers_are_shown() && !then.offers_are_shown() {
            return Err(Refusal::Notice(NoticeFault::LastRoom));
        }
        let ended = match self.change {
            MannersChange::Quiet(_) => self.end_quiet(draft, operator, &mut row),
            _ => Vec::new(),
        };
        // Living cards are written in the language and the time zone of their room.
        let mut written = self.rooms(draft, operator);
        written.retain(|room| {
            let (was, is) = (draft.seen().manners(*room), then.manners(*room));
            was.language != is.language || was.zone() != is.zone()
        });
        draft.desk(row);
        for room in written {
            draft.draw_living(room);
        }
        for (room, from) in ended {
            draft.digest(room, from, draft.now());
        }
        draft.note(Fact::MannersChanged {
            room: self.room,
            change: self.change.clone(),
        });
        Ok(Done::Ok)
    }

    /// True for a volume that is set for a person in whose private chat the desk shows nothing: that is
    /// a room's. In their language, and in the time zone of their quiet hours, they are answered everywhere.
    fn acts_nowhere(&self, draft: &Draft, operator: &Operator) -> bool {
        let of_rooms = matches!(self.change, MannersChange::Volume(..));
        self.room.is_none() && of_rooms && self.rooms(draft, operator).is_empty()
    }

    /// The rooms of the desk in which people are told things as is set here.
    fn rooms(&self, draft: &Draft, operator: &Operator) -> Vec<Room> {
        let own = |room: &Room| operator.identities.iter().any(|who| is_private(*room, who));
        let meant = |room: &Room| self.room.map_or_else(|| own(room), |it| it == *room);
        let mut rooms = draft.seen().desk.rooms.clone();
        rooms.retain(meant);
        rooms
    }

    /// Rooms in which quiet hours end or begin to be others now, and since when it was quiet there:
    /// what was held back so far is told.
    fn end_quiet(
        &self,
        draft: &Draft,
        operator: &Operator,
        row: &mut DeskRow,
    ) -> Vec<(Room, Timestamp)> {
        let (seen, now) = (draft.seen(), draft.now());
        let mut ended = Vec::new();
        for room in &self.rooms(draft, operator) {
            let told = row.manners.told.insert(*room, now);
            let begun = seen.manners(*room).quiet.and_then(|it| it.since(now));
            ended.extend(begun.map(|begun| (*room, told.map_or(begun, |told| told.max(begun)))));
        }
        ended
    }
}
