//! Quiet hours, by the clocks of their zone: once every day, also when the clocks there change.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Serialize};

use super::NoticeFault;

/// Hours of every day in which nothing makes a sound, but what is critical.
///
/// Where the clocks go back, they begin when their time is shown first and end when it is shown last:
/// a night has no loud hour in its middle. A time that is left out is the moment of the change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    from: Time,
    until: Time,
    zone: String,
}

/// Which of two moments at which clocks show the same time.
#[derive(Clone, Copy)]
enum Showing {
    First,
    Last,
}

impl Quiet {
    /// From one time of day until another, over midnight when that is the earlier one, in that time
    /// zone.
    ///
    /// # Errors
    ///
    /// [`NoticeFault::Hours`], [`NoticeFault::Zone`]
    pub fn new(from: Time, until: Time, zone: &str) -> Result<Self, NoticeFault> {
        if from == until {
            return Err(NoticeFault::Hours);
        }
        let known = time_zone(zone).ok_or(NoticeFault::Zone)?;
        let zone = known.iana_name().ok_or(NoticeFault::Zone)?.to_owned();
        Ok(Self { from, until, zone })
    }

    /// From which time of day.
    pub const fn from(&self) -> Time {
        self.from
    }

    /// Until which time of day: at that time it is over.
    pub const fn until(&self) -> Time {
        self.until
    }

    /// In which time zone, by its name in the tz database.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// True when it is quiet at that time. In a zone that nobody knows any more it never is.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.since(now).is_some()
    }

    /// Since when it is quiet at that time; `None` when it is not.
    pub fn since(&self, now: Timestamp) -> Option<Timestamp> {
        let zone = time_zone(&self.zone)?;
        let today = zone.to_datetime(now).date();
        let mut nights = [today.yesterday().ok(), Some(today)].into_iter().flatten();
        nights.find_map(|date| {
            let (begin, end) = self.of(&zone, date)?;
            (begin <= now && now < end).then_some(begin)
        })
    }

    /// The first quiet hours that ended after one time, and no later than another.
    pub fn ended(&self, after: Timestamp, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let zone = time_zone(&self.zone)?;
        let first = zone.to_datetime(after).date().yesterday().ok()?;
        let last = zone.to_datetime(now).date();
        let days = first.series(jiff::Span::new().days(1));
        let mut nights = days
            .take_while(|date| *date <= last)
            .filter_map(|date| self.of(&zone, date));
        nights.find(|(_, end)| after < *end && *end <= now)
    }

    /// From when until when it is quiet from that day on; `None` where a change of the clocks leaves
    /// out all of it.
    fn of(&self, zone: &TimeZone, date: Date) -> Option<(Timestamp, Timestamp)> {
        let over = if self.from < self.until {
            date
        } else {
            date.tomorrow().ok()?
        };
        let begin = moment(zone, (date, self.from), Showing::First)?;
        let end = moment(zone, (over, self.until), Showing::Last)?;
        (begin < end).then_some((begin, end))
    }
}

/// When the clocks of a zone show that time of that day.
fn moment(zone: &TimeZone, (date, time): (Date, Time), showing: Showing) -> Option<Timestamp> {
    let shown = date.to_datetime(time);
    match (zone.to_ambiguous_timestamp(shown).offset(), showing) {
        (AmbiguousOffset::Unambiguous { offset }, _)
        | (AmbiguousOffset::Fold { before: offset, .. }, Showing::First)
        | (AmbiguousOffset::Fold { after: offset, .. }, Showing::Last) => {
            offset.to_timestamp(shown).ok()
        }
        (AmbiguousOffset::Gap { after, .. }, _) => {
            let before = after.to_timestamp(shown).ok()?;
            let change = zone.following(before).next()?;
            Some(change.timestamp())
        }
    }
}

/// A zone of the tz database that is compiled in: every host has the same rules.
pub fn time_zone(zone: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(zone).ok()
}
