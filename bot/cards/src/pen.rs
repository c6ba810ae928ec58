//! The pen: a language and the present, which every sentence about times and amounts needs.

use countersign_domain::{
    calendar::market_date,
    ids::{OrderId, OverrideId, PositionId, SignalId, StandingId, TicketId},
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::{locale::Locale, say};

/// Exchange time, in which all times are shown.
static NEW_YORK: TimeZone = jiff::tz::get!("America/New_York");

/// Characters of an id that people compare by eye.
const SHORT: usize = 6;

/// What writes sentences.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen<'a> {
    /// The language.
    pub(crate) locale: &'a Locale,
    /// The present: times on another day say which.
    pub(crate) now: Timestamp,
}

impl Pen<'_> {
    /// A message that needs no values.
    pub(crate) fn say(&self, key: &str) -> String {
        self.locale.say(key)
    }

    /// A time in New York with its zone: `10:32:07 EST`; on another day `10:32:07 EST, Dec 24`,
    /// in another year `10:32:07 EST, Dec 24, 2015`.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        let there = at.to_zoned(NEW_YORK.clone());
        let day = market_date(at);
        let today = market_date(self.now);
        let form = if day == today {
            "%H:%M:%S %Z"
        } else if day.year() == today.year() {
            "%H:%M:%S %Z, %b %-d"
        } else {
            "%H:%M:%S %Z, %b %-d, %Y"
        };
        there.strftime(form).to_string()
    }

    /// A time in New York for a narrow column that says so: `10:32`; on another day `Dec 24 10:32`.
    pub(crate) fn minute(&self, at: Timestamp) -> String {
        let time = at.to_zoned(NEW_YORK.clone()).strftime("%H:%M").to_string();
        let day = market_date(at);
        if day == market_date(self.now) {
            return time;
        }
        format!("{} {time}", self.day(day))
    }

    /// A civil date without its year while it is this one: `Dec 24`.
    pub(crate) fn day(&self, day: Date) -> String {
        if day.year() == market_date(self.now).year() {
            day.strftime("%b %-d").to_string()
        } else {
            date(day)
        }
    }

    /// How long something is or was, in its two largest units.
    pub(crate) fn span(&self, span: SignedDuration) -> String {
        let seconds = span.as_secs().max(0);
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
        let locale = self.locale;
        match (days, hours, minutes) {
            (0, 0, 0) => say!(locale, "span-seconds", seconds = seconds),
            (0, 0, _) => {
                say!(
                    locale,
                    "span-minutes",
                    minutes = minutes,
                    seconds = seconds % 60
                )
            }
            (0, ..) => say!(locale, "span-hours", hours = hours, minutes = minutes),
            _ => say!(locale, "span-days", days = days, hours = hours),
        }
    }

    /// How old something of that time is; nothing younger than now.
    pub(crate) fn age(&self, at: Timestamp) -> String {
        self.span(self.now.duration_since(at))
    }
}

/// A civil date: `Dec 24, 2015`.
pub(crate) fn date(date: Date) -> String {
    date.strftime("%b %-d, %Y").to_string()
}

/// An id that can be cut short for the eye.
pub(crate) trait Named {
    /// Its last six characters, after an ellipsis.
    fn short(&self) -> String;
}

macro_rules! named {
    ($($id:ty),*) => {$(
        impl Named for $id {
            fn short(&self) -> String {
                let text = self.to_string();
                let tail = text.len().saturating_sub(SHORT);
                format!("…{}", text.get(tail..).unwrap_or(&text))
            }
        }
    )*};
}

named!(
    OrderId, OverrideId, PositionId, SignalId, StandingId, TicketId
);
