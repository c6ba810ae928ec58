//! The rules: holidays and early closes that can be foretold, and the years in which each holds.
//!
//! Sources: NYSE Rule 7.2 and the exchange's yearly holiday and early-closings announcements;
//! checked against the recorded sessions of 1990 to 2023.

use jiff::civil::{Date, Time, Weekday, time};

/// In force since before the calendar's first day.
const ALWAYS: i16 = 1990;
/// Still in force.
const FOREVER: i16 = i16::MAX;

/// What a holiday on a Saturday does. A holiday on a Sunday always moves to Monday.
enum Saturday {
    /// The exchange closes on the Friday before.
    FridayBefore,
    /// Nothing closes: that Friday ends a month and a year, and the books need it.
    NotObserved,
}

/// Which day of a year a holiday is.
enum When {
    /// The same date each year, moved off the weekend.
    Fixed(i8, i8, Saturday),
    /// The n-th such weekday of a month; -1 is the last.
    Nth(i8, i8, Weekday),
    /// Two days before Easter.
    GoodFriday,
}

/// A yearly holiday: the exchange does not open.
struct Holiday {
    name: &'static str,
    /// The first year in which it holds.
    since: i16,
    when: When,
}

/// Every yearly holiday of the exchange.
#[rustfmt::skip]
const HOLIDAYS: [Holiday; 10] = [
    Holiday { name: "New Year's Day",              since: ALWAYS, when: When::Fixed(1, 1, Saturday::NotObserved) },
    Holiday { name: "Martin Luther King, Jr. Day", since: 1998,   when: When::Nth(1, 3, Weekday::Monday) },
    Holiday { name: "Washington's Birthday",       since: ALWAYS, when: When::Nth(2, 3, Weekday::Monday) },
    Holiday { name: "Good Friday",                 since: ALWAYS, when: When::GoodFriday },
    Holiday { name: "Memorial Day",                since: ALWAYS, when: When::Nth(5, -1, Weekday::Monday) },
    Holiday { name: "Juneteenth",                  since: 2022,   when: When::Fixed(6, 19, Saturday::FridayBefore) },
    Holiday { name: "Independence Day",            since: ALWAYS, when: When::Fixed(7, 4, Saturday::FridayBefore) },
    Holiday { name: "Labor Day",                   since: ALWAYS, when: When::Nth(9, 1, Weekday::Monday) },
    Holiday { name: "Thanksgiving Day",            since: ALWAYS, when: THANKSGIVING },
    Holiday { name: "Christmas Day",               since: ALWAYS, when: When::Fixed(12, 25, Saturday::FridayBefore) },
];

const THANKSGIVING: When = When::Nth(11, 4, Weekday::Thursday);

impl When {
    /// The day on which it is observed in `year`, if it is.
    fn in_year(&self, year: i16) -> Option<Date> {
        match *self {
            Self::Fixed(month, day, ref saturday) => {
                let date = Date::new(year, month, day).ok()?;
                match (date.weekday(), saturday) {
                    (Weekday::Saturday, Saturday::FridayBefore) => date.yesterday().ok(),
                    (Weekday::Saturday, Saturday::NotObserved) => None,
                    (Weekday::Sunday, _) => date.tomorrow().ok(),
                    _ => Some(date),
                }
            }
            Self::Nth(month, nth, weekday) => Date::new(year, month, 1)
                .ok()?
                .nth_weekday_of_month(nth, weekday)
                .ok(),
            Self::GoodFriday => easter(year)?.nth_weekday(-1, Weekday::Friday).ok(),
        }
    }
}

impl Holiday {
    /// Whether it is observed on `date`.
    ///
    /// Tomorrow's year is asked too: only its rule says that a New Year's Day on a Saturday leaves
    /// December 31 alone.
    fn is(&self, date: Date) -> bool {
        let next_year = date.tomorrow().map_or(date.year(), Date::year);
        (date.year()..=next_year)
            .any(|year| self.since <= year && self.when.in_year(year) == Some(date))
    }
}

/// The name of the yearly holiday observed on `date`, if it is one.
pub(super) fn holiday_on(date: Date) -> Option<&'static str> {
    HOLIDAYS
        .iter()
        .find(|holiday| holiday.is(date))
        .map(|holiday| holiday.name)
}

/// Which day of a year an early close is.
enum EarlyWhen {
    /// A date, in years when it falls on one of these weekdays.
    On(i8, i8, &'static [Weekday]),
    /// The Friday after Thanksgiving.
    DayAfterThanksgiving,
}

/// A day that closes early by rule, in New York time.
struct EarlyClose {
    /// The first year in which it holds.
    since: i16,
    /// The last year in which it holds.
    until: i16,
    close: Time,
    when: EarlyWhen,
}

const ONE: Time = time(13, 0, 0, 0);
const TWO: Time = time(14, 0, 0, 0);

/// Monday to Thursday: on a Friday the holiday itself is observed.
const BEFORE_FRIDAY: &[Weekday] = &[
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
];

/// Every early close that can be foretold. No two of them hold on one day.
///
/// When Independence Day is a Thursday, the short day was the Friday after it until 2012, and is
/// the Wednesday before it since 2013.
#[rustfmt::skip]
const EARLY_CLOSES: [EarlyClose; 7] = [
    // The eve of Independence Day.
    EarlyClose { since: 1995,   until: 2012,    close: ONE, when: EarlyWhen::On(7, 3, &[Weekday::Monday, Weekday::Tuesday, Weekday::Thursday]) },
    EarlyClose { since: 1995,   until: 2012,    close: ONE, when: EarlyWhen::On(7, 5, &[Weekday::Friday]) },
    EarlyClose { since: 2013,   until: FOREVER, close: ONE, when: EarlyWhen::On(7, 3, BEFORE_FRIDAY) },
    // The day after Thanksgiving.
    EarlyClose { since: 1992,   until: 1992,    close: TWO, when: EarlyWhen::DayAfterThanksgiving },
    EarlyClose { since: 1993,   until: FOREVER, close: ONE, when: EarlyWhen::DayAfterThanksgiving },
    // Christmas Eve.
    EarlyClose { since: ALWAYS, until: 1992,    close: TWO, when: EarlyWhen::On(12, 24, BEFORE_FRIDAY) },
    EarlyClose { since: 1993,   until: FOREVER, close: ONE, when: EarlyWhen::On(12, 24, BEFORE_FRIDAY) },
];

impl EarlyWhen {
    fn is(&self, date: Date) -> bool {
        match *self {
            Self::On(month, day, weekdays) => {
                (date.month(), date.day()) == (month, day) && weekdays.contains(&date.weekday())
            }
            Self::DayAfterThanksgiving => {
                date.month() == 11
                    && THANKSGIVING
                        .in_year(date.year())
                        .is_some_and(|day| day.tomorrow().is_ok_and(|next| next == date))
            }
        }
    }
}

/// When `date` closes by rule, if that is early. New York time.
pub(super) fn early_close_on(date: Date) -> Option<Time> {
    EARLY_CLOSES
        .iter()
        .find(|rule| rule.since <= date.year() && date.year() <= rule.until && rule.when.is(date))
        .map(|rule| rule.close)
}

/// The paschal full moons, by the year's remainder modulo 19 (month, day).
///
/// Gregorian table for 1900 to 2199, which holds the whole calendar; source: the tables to find
/// Easter in the Book of Common Prayer.
const PASCHAL_MOONS: [(i8, i8); 19] = [
    (4, 14),
    (4, 3),
    (3, 23),
    (4, 11),
    (3, 31),
    (4, 18),
    (4, 8),
    (3, 28),
    (4, 16),
    (4, 5),
    (3, 25),
    (4, 13),
    (4, 2),
    (3, 22),
    (4, 10),
    (3, 30),
    (4, 17),
    (4, 7),
    (3, 27),
];

/// Easter: the first Sunday after the paschal full moon. Years 1900 to 2199.
fn easter(year: i16) -> Option<Date> {
    let golden = usize::try_from(year.rem_euclid(19)).ok()?;
    let &(month, day) = PASCHAL_MOONS.get(golden)?;
    Date::new(year, month, day)
        .ok()?
        .nth_weekday(1, Weekday::Sunday)
        .ok()
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod rules_tests;
