//! New York's civil time, and the instants that it names.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::CalendarError;

/// Exchange time: the tz database's rules for New York, compiled in.
///
/// Built at compile time, so a missing zone is a build error and the domain reads no file.
static NEW_YORK: TimeZone = jiff::tz::get!("America/New_York");

/// The instant of `hour:minute` in New York on `date`.
///
/// Hours 0 to 23, minutes 0 to 59. A time that the spring change skips is read with the offset
/// before the change (an hour later on the clock); of a time that the autumn change repeats, the
/// first is meant. Both happen at 02:00 on Sundays, so no trading time is ever in question.
///
/// # Errors
///
/// - [`CalendarError::NoSuchTime`]: not a time of day; mend the caller.
/// - [`CalendarError::OutOfRange`]: so far from now that no instant exists for it.
pub fn ny(date: Date, hour: i8, minute: i8) -> Result<Timestamp, CalendarError> {
    let time =
        Time::new(hour, minute, 0, 0).map_err(|_| CalendarError::NoSuchTime { hour, minute })?;
    instant(date, time).ok_or(CalendarError::OutOfRange(date))
}

/// New York's civil date at `now`: the market's day, whatever the day is where the desk runs.
pub fn market_date(now: Timestamp) -> Date {
    NEW_YORK.to_datetime(now).date()
}

/// New York's civil time at `now`, with its offset from UTC.
pub fn in_new_york(now: Timestamp) -> Zoned {
    now.to_zoned(NEW_YORK.clone())
}

/// The instant of a New York civil time. `None` only at the very ends of jiff's range.
pub(super) fn instant(date: Date, time: Time) -> Option<Timestamp> {
    NEW_YORK.to_timestamp(date.to_datetime(time)).ok()
}
