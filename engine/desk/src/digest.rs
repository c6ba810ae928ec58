//! Digests: what quiet hours took the sound from is told at their end, in one message for each room.

use countersign_domain::{
    event::{Event, Fact},
    ids::DeskId,
    notices::{Manners, Notice, Severity, Volume},
    operator::Room,
    refusal::Answer,
    view::{DigestView, View},
};
use jiff::Timestamp;

use crate::{
    desk::Desk,
    draft::Draft,
    effect::Effect,
    ports::{CardKey, StoreError},
    seen::Seen,
    work::{Done, Work},
};

/// Events that are read at once.
const PAGE: u32 = 500;

/// Events that a digest tells one by one; the others are counted.
const NEWEST: usize = 8;

/// Quiet hours of a room are over.
#[derive(Clone, Debug, PartialEq)]
struct Digested {
    desk: DeskId,
    room: Room,
    from: Timestamp,
    until: Timestamp,
}

impl Work for Digested {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let mut row = draft.seen().desk.clone();
        let told = row.manners.told.get(&self.room).copied();
        if told.is_some_and(|at| at >= self.until) {
            return Ok(Done::Nothing);
        }
        // What was before the room first had quiet hours was told as it came.
        let until = told.map_or(draft.now(), |_| self.until);
        row.manners.told.insert(self.room, until);
        draft.desk(row);
        if let Some(told) = told {
            draft.digest(self.room, self.from.max(told), until);
        }
        Ok(Done::Ok)
    }
}

impl Draft {
    /// Has what was held back in a room told there.
    pub(crate) fn digest(&mut self, room: Room, from: Timestamp, until: Timestamp) {
        let card = CardKey::Digest(from.as_microsecond(), until.as_microsecond());
        self.perform(Effect::Draw { card, room });
    }
}

/// What it is to be told of that; `None` for what nobody is told of by itself.
const fn notice_of(fact: &Fact) -> Option<Notice> {
    Some(match fact {
        Fact::TicketOffered(_) => Notice::Offer,
        Fact::PositionOpened { .. } | Fact::PositionClosed { .. } => Notice::Trade,
        Fact::OverrideAsked(_) => Notice::Override,
        Fact::Alarm(alarm) => Notice::of_alarm(alarm),
        _ => return None,
    })
}

/// The notice that quiet hours held back: one that would have made a sound, and is not critical.
fn held_back(event: &Event, manners: &Manners) -> Option<Notice> {
    let notice = notice_of(&event.fact)?;
    let held = notice.severity() < Severity::Critical && manners.set(notice) == Volume::Loud;
    held.then_some(notice)
}

impl Desk {
    /// Tells what quiet hours that are over held back: the oldest that were not told yet, one by one.
    pub(crate) async fn tell_digests(&self, seen: &Seen) -> Result<(), StoreError> {
        let now = self.now();
        for room in seen.desk.rooms.clone() {
            let Some(quiet) = seen.manners(room).quiet else {
                continue;
            };
            let told = seen.desk.manners.told.get(&room).copied();
            // A room that was told nothing yet is told from now on.
            let over = told.map_or(Some((now, now)), |told| quiet.ended(told, now));
            let Some((from, until)) = over else {
                continue;
            };
            let desk = self.id;
            let work = Digested {
                desk,
                room,
                from,
                until,
            };
            self.run(work).await?;
        }
        Ok(())
    }

    /// What was held back in a room between two times in microseconds; `None` when nothing was.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: the events could not be read; ask again.
    pub async fn digest_view(
        &self,
        room: Room,
        (from, until): (i64, i64),
    ) -> Result<Option<View>, StoreError> {
        let instant = |micros| Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH);
        let (from, until) = (instant(from), instant(until));
        let seen = self.seen().await?;
        let manners = seen.manners(room);
        let mut view = DigestView {
            header: self.header(&seen),
            from,
            until,
            counts: Vec::new(),
            newest: Vec::new(),
        };
        let mut after = self.last_before(seen.seq, from).await?;
        loop {
            let page = self.ports.store.events(self.id, after, PAGE).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = last.seq;
            let over = last.event.at >= until;
            let events = page.into_iter().map(|row| row.event);
            let inside = events.filter(|event| from <= event.at && event.at < until);
            for event in inside {
                if let Some(notice) = held_back(&event, &manners) {
                    count(&mut view, notice, event);
                }
            }
            if over {
                break;
            }
        }
        let empty = view.counts.is_empty();
        Ok((!empty).then(|| View::Digest(Box::new(view))))
    }

    /// The sequence number of the last unit before that time, found by halves: the log is in the order
    /// of time.
    async fn last_before(&self, newest: u64, time: Timestamp) -> Result<u64, StoreError> {
        let (mut low, mut high) = (0, newest);
        while low < high {
            let middle = u64::midpoint(low, high);
            let next = self.ports.store.events(self.id, middle, 1).await?;
            match next.first() {
                Some(row) if row.event.at < time => low = row.seq,
                _ => high = middle,
            }
        }
        Ok(low)
    }
}

fn count(view: &mut DigestView, notice: Notice, event: Event) {
    match view.counts.iter_mut().find(|(known, _)| *known == notice) {
        Some((_, count)) => *count = count.saturating_add(1),
        None => view.counts.push((notice, 1)),
    }
    view.newest.push(event);
    if view.newest.len() > NEWEST {
        view.newest.remove(0);
    }
}
