//! The almanac: what the rules say of each day, worked out once per year and kept.
//!
//! The monitor asks for the last session of every contract that is held, on every tick; the rules
//! take a fifth of a microsecond for a day, the almanac a hundredth. It holds nothing that the rules
//! would not say again, so who fills a year, and when, cannot be told from outside.

use std::sync::OnceLock;

use jiff::civil::Date;

use super::session::{Day, by_rule};
use super::{CalendarError, FIRST};

/// Years from [`FIRST`] to [`LAST`](super::LAST), both included.
const YEARS: usize = 111;

/// The days of a year, in order.
type Year = Box<[Result<Day, CalendarError>]>;

static ALMANAC: [OnceLock<Year>; YEARS] = [const { OnceLock::new() }; YEARS];

/// What the rules say of a day; `None` for a year outside the almanac.
pub(super) fn remembered(date: Date) -> Option<Result<Day, CalendarError>> {
    let year = usize::try_from(date.year().checked_sub(FIRST.year())?).ok()?;
    let days = ALMANAC.get(year)?.get_or_init(|| worked_out(date));
    let place = usize::try_from(date.day_of_year().checked_sub(1)?).ok()?;
    days.get(place).copied()
}

/// All days of the year of `date`.
fn worked_out(date: Date) -> Year {
    let days = date.first_of_year().series(jiff::Span::new().days(1));
    days.take_while(|day| day.year() == date.year())
        .map(by_rule)
        .collect()
}

#[cfg(test)]
#[path = "almanac_tests.rs"]
mod almanac_tests;
