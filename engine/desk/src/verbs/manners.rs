//! How people are told things, as they change it themselves.

use countersign_domain::{
    event::Fact,
    ids::DeskId,
    notices::{MannersChange, NoticeFault},
    operator::{Operator, Room},
    refusal::{Answer, Refusal},
};

use crate::{
    draft::Draft,
    press::{Press, Verb, attempt},
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
        draft.desk(row);
        draft.note(Fact::MannersChanged {
            room: self.room,
            change: self.change.clone(),
        });
        Ok(Done::Ok)
    }
}
