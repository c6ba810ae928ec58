//! The New York Stock Exchange calendar: which days trade, and from when to when.
//!
//! Holidays and early closes come from the rules in `rules`, each with the years in which it
//! holds; what no rule foretells (mourning, storms, attacks) stands in the tables of
//! `exceptions`, each with its reason. Civil times become instants through the tz database's rules
//! for `America/New_York`, compiled in: neither the host's zone nor its copy of that database is
//! ever read, so every host gives the same answer. What the rules say of a year is
//! worked out once, by `almanac`.
//!
//! Only scheduled hours are told. Halts during a day (circuit breakers, outages) and late opens
//! announced on the morning itself are not in a calendar; they come from the broker and the feed.

mod almanac;
mod exceptions;
mod new_york;
mod rules;
mod session;

pub use new_york::{in_new_york, market_date, ny};
pub use session::{
    Closure, Day, Session, day, is_open, next_open, next_session, previous_session, session_at,
    session_on, sessions,
};

use jiff::civil::Date;

/// The first day that the calendar answers for.
pub const FIRST: Date = jiff::civil::date(1990, 1, 1);

/// The last day that the calendar answers for: after it, today's rules are a guess not worth having.
pub const LAST: Date = jiff::civil::date(2100, 12, 31);

/// Why the calendar has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A day before [`FIRST`] or after [`LAST`]. Ask for a day in between.
    #[error("the exchange calendar runs from {FIRST} to {LAST}; {0} is outside it")]
    OutOfRange(Date),
    /// Not a time of day. Hours run from 0 to 23, minutes from 0 to 59.
    #[error("{hour}:{minute:02} is not a time of day")]
    NoSuchTime {
        /// The hour that was asked for.
        hour: i8,
        /// The minute that was asked for.
        minute: i8,
    },
}
