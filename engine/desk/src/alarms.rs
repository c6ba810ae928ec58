//! Alarms of what lasts: a position without a mark, a broker that does not answer. Each is raised
//! once, and again only after it was over.

use std::collections::BTreeMap;

use countersign_domain::{
    event::Alarm,
    ids::{DeskId, PositionId},
    operator::{Room, Surface},
    refusal::Answer,
    unheard::Unheard,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    desk::Desk,
    draft::Draft,
    ports::StoreError,
    seen::Seen,
    work::{Done, Work},
};

/// A position without a believable mark for so long is an alarm.
const UNMARKED: SignedDuration = SignedDuration::from_mins(5);

/// A broker that does not answer for so long is an alarm.
const DOWN: SignedDuration = SignedDuration::from_secs(30);

/// Something that lasts: since when, and whether it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lasting {
    pub(crate) since: Timestamp,
    pub(crate) said: bool,
}

impl Lasting {
    pub(crate) const fn since(now: Timestamp) -> Self {
        Self {
            since: now,
            said: false,
        }
    }

    /// True once, when it has lasted for `bound`.
    fn falls_due(&mut self, now: Timestamp, bound: SignedDuration) -> bool {
        let due = !self.said && now.duration_since(self.since) >= bound;
        self.said |= due;
        due
    }
}

/// When this process last saw something work; nothing that it saw fail since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Worked {
    /// A card was drawn there.
    pub(crate) rooms: BTreeMap<Room, Timestamp>,
    /// It was heard.
    pub(crate) surfaces: BTreeMap<Surface, Timestamp>,
    /// The broker answered.
    pub(crate) broker: Option<Timestamp>,
}

/// An alarm goes into the log and onto the cards.
#[derive(Clone, Debug, PartialEq)]
struct Raise {
    desk: DeskId,
    alarm: Alarm,
}

impl Work for Raise {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.alarm(self.alarm.clone());
        Ok(Done::Ok)
    }
}

impl Desk {
    /// Raises an alarm: it goes into the log and into every room.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was said.
    pub async fn alarm(&self, alarm: Alarm) -> Result<(), StoreError> {
        let desk = self.id;
        self.run(Raise { desk, alarm }).await.map(drop)
    }

    /// Nothing is heard on a surface: said once, until it is heard again.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was said, and the next time it is.
    pub async fn is_deaf(
        &self,
        surface: Surface,
        said: impl Into<Unheard>,
    ) -> Result<(), StoreError> {
        {
            let mut memory = self.memory();
            memory.worked.surfaces.remove(&surface);
            if !memory.deaf.insert(surface) {
                return Ok(());
            }
        }
        let said = said.into();
        let told = self.alarm(Alarm::Deaf { surface, said }).await;
        if told.is_err() {
            self.memory().deaf.remove(&surface);
        }
        told
    }

    /// Something that somebody may wait for an answer to could not be read: said once by this process.
    /// Everything else is heard on that surface, and were it not, that would still be said.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was said, and the next time it is.
    pub async fn was_unreadable(
        &self,
        surface: Surface,
        said: impl Into<Unheard>,
    ) -> Result<(), StoreError> {
        if !self.memory().unreadable.insert(surface) {
            return Ok(());
        }
        let said = said.into();
        let told = self.alarm(Alarm::Deaf { surface, said }).await;
        if told.is_err() {
            self.memory().unreadable.remove(&surface);
        }
        told
    }

    /// A room refused a card in every form, so that what it showed there stays: said once by this process.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was said, and the next time it is.
    pub(crate) async fn was_refused(&self, room: Room, said: String) -> Result<(), StoreError> {
        if !self.memory().refused.insert(room) {
            return Ok(());
        }
        let told = self.alarm(Alarm::CardRefused { room, said }).await;
        if told.is_err() {
            self.memory().refused.remove(&room);
        }
        told
    }

    /// Somebody who is not the platform posted to where it posts, so often in a short time.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was said.
    pub async fn was_forged(&self, surface: Surface, count: u32) -> Result<(), StoreError> {
        self.alarm(Alarm::Forged { surface, count }).await
    }

    /// A surface is heard.
    pub fn hears(&self, surface: Surface) {
        let now = self.now();
        let mut memory = self.memory();
        memory.deaf.remove(&surface);
        memory.worked.surfaces.insert(surface, now);
    }

    /// Raises what has lasted too long.
    pub(crate) async fn raise_lasting(&self, seen: &Seen) -> Result<(), StoreError> {
        for alarm in self.lasting(seen) {
            self.alarm(alarm).await?;
        }
        Ok(())
    }

    fn lasting(&self, seen: &Seen) -> Vec<Alarm> {
        let now = self.now();
        let mut memory = self.memory();
        memory
            .unmarked
            .retain(|position, _| seen.positions.contains_key(position));
        let unmarked = memory.unmarked.iter_mut();
        let mut alarms: Vec<Alarm> = unmarked
            .filter_map(|(position, lasting)| {
                lasting
                    .falls_due(now, UNMARKED)
                    .then_some(Alarm::Unmarked(*position))
            })
            .collect();
        if let Some((why, lasting)) = memory.broker_down.as_mut()
            && lasting.falls_due(now, DOWN)
        {
            alarms.push(Alarm::BrokerDown(why.clone()));
        }
        alarms
    }

    /// Notes whether a position has believable marks.
    pub(crate) fn note_marked(&self, position: PositionId, marked: bool) {
        let now = self.now();
        let mut memory = self.memory();
        if marked {
            memory.unmarked.remove(&position);
        } else {
            let since = || Lasting::since(now);
            memory.unmarked.entry(position).or_insert_with(since);
        }
    }
}
