//! Sessions: the days that trade, and the questions that the desk asks about them.

use std::iter;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday, time};

use super::new_york::{instant, market_date};
use super::{CalendarError, FIRST, LAST, almanac, exceptions, rules};

/// The regular open in New York.
const OPEN: Time = time(9, 30, 0, 0);
/// The regular close in New York.
const CLOSE: Time = time(16, 0, 0, 0);

/// One day's regular trading, from the open until just before the close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    /// The market's day, a New York civil date.
    pub date: Date,
    /// The first instant of trading: 09:30 in New York.
    pub open: Timestamp,
    /// The first instant after trading: 16:00 in New York, or earlier when `early`.
    pub close: Timestamp,
    /// Whether it closes before the regular 16:00.
    pub early: bool,
}

impl Session {
    /// Whether trading is on at `now`: `open <= now < close`.
    pub fn contains(&self, now: Timestamp) -> bool {
        self.open <= now && now < self.close
    }
}

/// Why a day has no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Closure {
    /// Saturday or Sunday.
    Weekend,
    /// A yearly holiday, by its name, on the day on which it is observed.
    Holiday(&'static str),
    /// A closure that no rule foretells, by its reason.
    Exceptional(&'static str),
}

/// What the exchange does on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Day {
    /// It trades.
    Open(Session),
    /// It does not, and why.
    Closed(Closure),
}

/// What the exchange does on `date`: its session, or why there is none.
///
/// # Errors
///
/// [`CalendarError::OutOfRange`]: before [`FIRST`] or after [`LAST`]; nothing is known of it, and
/// the caller must treat the market as closed.
pub fn day(date: Date) -> Result<Day, CalendarError> {
    if !(FIRST..=LAST).contains(&date) {
        return Err(CalendarError::OutOfRange(date));
    }
    almanac::remembered(date).unwrap_or_else(|| by_rule(date))
}

/// What the rules say of a day between [`FIRST`] and [`LAST`].
pub(super) fn by_rule(date: Date) -> Result<Day, CalendarError> {
    if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
        return Ok(Day::Closed(Closure::Weekend));
    }
    if let Some(name) = rules::holiday_on(date) {
        return Ok(Day::Closed(Closure::Holiday(name)));
    }
    if let Some(reason) = exceptions::closure_on(date) {
        return Ok(Day::Closed(Closure::Exceptional(reason)));
    }
    let early = exceptions::early_close_on(date).or_else(|| rules::early_close_on(date));
    let at = |time| instant(date, time).ok_or(CalendarError::OutOfRange(date));
    Ok(Day::Open(Session {
        date,
        open: at(OPEN)?,
        close: at(early.unwrap_or(CLOSE))?,
        early: early.is_some(),
    }))
}

/// The session on `date`. `None` when the exchange is closed all day, and outside the calendar
/// ([`day`] tells which).
pub fn session_on(date: Date) -> Option<Session> {
    match day(date) {
        Ok(Day::Open(session)) => Some(session),
        Ok(Day::Closed(_)) | Err(_) => None,
    }
}

/// The sessions from `from` to `to`, both included, in order.
///
/// The part outside the calendar yields nothing: ask [`day`] about both ends first where that
/// would mislead. `from` after `to` is empty.
pub fn sessions(from: Date, to: Date) -> impl Iterator<Item = Session> {
    let last = to.min(LAST);
    iter::successors(Some(from.max(FIRST)), |day| day.tomorrow().ok())
        .take_while(move |day| *day <= last)
        .filter_map(session_on)
}

/// The first session after `date`, never on it. `None` outside the calendar, and when it ends first.
pub fn next_session(date: Date) -> Option<Session> {
    walk(date, |day| day.tomorrow().ok())
}

/// The last session before `date`, never on it. `None` outside the calendar, and when it begins
/// first.
pub fn previous_session(date: Date) -> Option<Session> {
    walk(date, |day| day.yesterday().ok())
}

/// The nearest session that `step` reaches from `date` without leaving the calendar.
fn walk(date: Date, step: impl Fn(Date) -> Option<Date>) -> Option<Session> {
    iter::successors(Some(date), |day| step(*day))
        .take_while(|day| (FIRST..=LAST).contains(day))
        .skip(1)
        .find_map(session_on)
}

/// The session that is trading at `now`. `None` when the market is closed, and outside the calendar.
pub fn session_at(now: Timestamp) -> Option<Session> {
    session_on(market_date(now)).filter(|session| session.contains(now))
}

/// Whether the market trades at `now`. Outside the calendar it does not.
pub fn is_open(now: Timestamp) -> bool {
    session_at(now).is_some()
}

/// The first open after `now`, never at it: during a session, the next one's. `None` outside the
/// calendar, and when it ends first.
pub fn next_open(now: Timestamp) -> Option<Timestamp> {
    let today = market_date(now);
    session_on(today)
        .filter(|session| now < session.open)
        .or_else(|| next_session(today))
        .map(|session| session.open)
}
