//! How the rooms and people of a desk are told things.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::OperatorId,
    notices::{Manners, Notice, Telling, Volume},
    operator::{Identity, Operator, Room, Surface},
    view::View,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    desk::Desk,
    ports::{MessageRef, StoreError},
    press::Verb,
    seen::Seen,
};

/// How every room and every person is told things, where somebody said so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllManners {
    /// Rooms, by the number that they were configured with.
    pub rooms: BTreeMap<Room, Manners>,
    /// People.
    pub people: BTreeMap<OperatorId, Manners>,
    /// Until when what quiet hours held back was told, in rooms that have such hours.
    pub told: BTreeMap<Room, Timestamp>,
}

impl AllManners {
    /// What was said for a room.
    pub fn of_room(&self, room: Room) -> Manners {
        self.rooms.get(&room).cloned().unwrap_or_default()
    }

    /// What a person said for themselves.
    pub fn of_person(&self, person: OperatorId) -> Manners {
        self.people.get(&person).cloned().unwrap_or_default()
    }
}

impl Seen {
    /// How a room is told things: as was said for it, and where it is somebody's private chat, as
    /// they said before that.
    pub fn manners(&self, room: Room) -> Manners {
        let said = self.desk.manners.of_room(room);
        match self.owner(room) {
            Some(owner) => self.desk.manners.of_person(owner.id).over(&said),
            None => said,
        }
    }

    /// Whose private chat a room is.
    fn owner(&self, room: Room) -> Option<&Arc<Operator>> {
        let its_own = |it: &&Arc<Operator>| it.identities.iter().any(|who| is_private(room, who));
        self.operators.values().find(its_own)
    }

    /// True for the private chat of somebody who can grant no override.
    fn nobody_grants(&self, room: Room) -> bool {
        let owner = self.owner(room);
        owner.is_some_and(|it| it.role < Verb::GrantOverride.needs())
    }

    /// True when an offer is shown in one of the desk's rooms at least.
    pub(crate) fn offers_are_shown(&self) -> bool {
        let mut rooms = self.desk.rooms.iter();
        rooms.any(|room| self.manners(*room).set(Notice::Offer) > Volume::Off)
    }
}

/// True for the chat of that person with the desk alone: on Telegram it has that person's number.
pub fn is_private(room: Room, who: &Identity) -> bool {
    room.surface == Surface::Telegram
        && who.surface == Surface::Telegram
        && who.user.parse() == Ok(room.chat)
}

fn is_quiet(manners: &Manners, now: Timestamp) -> bool {
    manners.quiet.as_ref().is_some_and(|quiet| quiet.holds(now))
}

impl Desk {
    /// How a card is told in a room; with [`Volume::Off`] when it is not: a card that is there
    /// already is drawn anew, however people are told.
    pub(crate) async fn telling(
        &self,
        room: Room,
        view: &View,
        message: Option<&MessageRef>,
    ) -> Result<Telling, StoreError> {
        let seen = self.seen().await?;
        let manners = seen.manners(room);
        let volume = match view {
            // It tells what would have made a sound, and waits for no end of hours that have begun since.
            View::Digest(_) if is_quiet(&manners, self.now()) => Volume::Silent,
            View::Digest(_) => Volume::Loud,
            _ => manners.volume(Notice::of(view), self.now()),
        };
        let volume = match view {
            // It waits for somebody else.
            View::Override(_) if seen.nobody_grants(room) => volume.min(Volume::Silent),
            _ => volume,
        };
        let volume = match message {
            Some(_) => volume.max(Volume::Silent),
            None => volume,
        };
        Ok(Telling {
            volume,
            zone: manners.zone().map(str::to_owned),
            language: manners.language,
        })
    }
}
