//! The pen: a language and the present, which every sentence about times and amounts needs.

use countersign_domain::{
    calendar::market_date,
    ids::{OrderId, OverrideId, PositionId, SignalId, StandingId, TicketId},
};
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    locale::{Language, Locale},
    say,
};

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

    /// A time with its zone, the market's where the reader has no other: `10:32:07 EST`; on another day
    /// `10:32:07 EST, Dec 24`, in another year `10:32:07 EST, Dec 24, 2015`.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        let there = at.to_zoned(self.locale.zone().clone());
        let time = there.strftime("%H:%M:%S %Z");
        match (there.date(), self.today()) {
            (day, today) if day == today => time.to_string(),
            (day, today) => format!("{time}, {}", in_sentence(day, today, self.locale)),
        }
    }

    /// A time for a narrow column that names its zone: `10:32`; on another day `Dec 24 10:32`.
    pub(crate) fn minute(&self, at: Timestamp) -> String {
        let there = at.to_zoned(self.locale.zone().clone());
        let time = there.strftime("%H:%M");
        match (there.date(), self.today()) {
            (day, today) if day == today => time.to_string(),
            (day, today) => format!("{} {time}", in_row(day, today, self.locale)),
        }
    }

    /// The zone of [`Pen::minute`] where it is not the market's, by its name and by what it is called now:
    /// `Europe/Berlin (CET)`.
    pub(crate) fn zone(&self) -> Option<String> {
        let name = self.locale.zone_name()?;
        let now = self.now.to_zoned(self.locale.zone().clone());
        Some(format!("{name} ({})", now.strftime("%Z")))
    }

    /// Which day the reader has.
    fn today(&self) -> Date {
        self.now.to_zoned(self.locale.zone().clone()).date()
    }

    /// A civil date of the market, without its year while it is this one: `Dec 24`, `24.12.`
    pub(crate) fn day(&self, day: Date) -> String {
        in_row(day, market_date(self.now), self.locale)
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

/// A civil date, which has no zone: `Dec 24, 2015`, `24.12.2015`.
pub(crate) fn date(date: Date, locale: &Locale) -> String {
    let form = match locale.language() {
        Language::English => "%b %-d, %Y",
        Language::German => "%d.%m.%Y",
    };
    date.strftime(form).to_string()
}

/// The same without its year while it is this one, for a narrow column.
fn in_row(day: Date, today: Date, locale: &Locale) -> String {
    let form = match locale.language() {
        _ if day.year() != today.year() => return date(day, locale),
        Language::English => "%b %-d",
        Language::German => "%d.%m.",
    };
    day.strftime(form).to_string()
}

/// The same within a sentence: German has a point at the end of a short date, which would end it.
fn in_sentence(day: Date, today: Date, locale: &Locale) -> String {
    match locale.language() {
        Language::English => in_row(day, today, locale),
        Language::German => date(day, locale),
    }
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
