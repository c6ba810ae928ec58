//! The timetable: every schedule, in words, and when each is due.
//!
//! | job | when |
//! |---|---|
//! | scan | every 5 minutes of a session, the first 5 minutes after its open |
//! | reconcile | every minute of a session |
//! | sample | every minute of a session |
//! | expire | every minute, round the clock |
//! | news | every minute, round the clock |
//! | report | 5 minutes after each session's close |
//! | retention | at 20:00 New York time, every day |
//!
//! A slot is the instant at which a job is due, at a whole second. One that passed while nothing
//! ran is reported, not caught up in a burst: only the newest due slot of each job is run, and
//! only while it is still good for something ([`Job::good_for`]).

use countersign_domain::calendar;
use jiff::{SignedDuration, Timestamp};

/// What is done by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    /// Expires tickets that nobody decided.
    Expire,
    /// Compares with the broker.
    Reconcile,
    /// Asks what is new, and does what follows from it.
    News,
    /// Looks for trades.
    Scan,
    /// Writes what positions are worth.
    Sample,
    /// Tells the day's end.
    Report,
    /// Deletes what is kept for a while only.
    Retention,
}

/// A job and the instant at which it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// When.
    pub at: Timestamp,
    /// What.
    pub job: Job,
}

/// What is due: the newest slot of a job, and how many older ones passed with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The slot to run.
    pub slot: Slot,
    /// Slots of the same job that passed before it.
    pub missed: u64,
}

/// How far back passed slots are looked for when a process was away for long; those before are
/// not counted.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(31 * 24);

impl Job {
    /// Every job, in the order in which they run when due together.
    pub const ALL: [Self; 7] = [
        Self::Expire,
        Self::Reconcile,
        Self::News,
        Self::Scan,
        Self::Sample,
        Self::Report,
        Self::Retention,
    ];

    /// Its name in stored rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expire => "expire",
            Self::Reconcile => "reconcile",
            Self::News => "news",
            Self::Scan => "scan",
            Self::Sample => "sample",
            Self::Report => "report",
            Self::Retention => "retention",
        }
    }

    /// When it is due, in words: its row in the table of [this module](self).
    pub const fn words(self) -> &'static str {
        match self {
            Self::Scan => "every 5 minutes of a session, the first 5 minutes after its open",
            Self::Reconcile | Self::Sample => "every minute of a session",
            Self::Expire | Self::News => "every minute, round the clock",
            Self::Report => "5 minutes after each session's close",
            Self::Retention => "at 20:00 New York time, every day",
        }
    }

    /// How long after its slot it is still worth running; `None`: whenever, late is better than
    /// never. What comes later than that is only reported.
    pub const fn good_for(self) -> Option<SignedDuration> {
        match self {
            Self::Scan => Some(SignedDuration::from_mins(5)),
            Self::Sample | Self::News => Some(SignedDuration::from_mins(1)),
            Self::Expire | Self::Reconcile | Self::Report | Self::Retention => None,
        }
    }

    /// Its first slot strictly after `after`; `None` beyond the calendar.
    pub fn next(self, after: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Scan => in_session(after, SignedDuration::from_mins(5)),
            Self::Reconcile | Self::Sample => in_session(after, SignedDuration::from_mins(1)),
            Self::Expire | Self::News => {
                next_multiple(after, Timestamp::UNIX_EPOCH, SignedDuration::from_mins(1))
            }
            Self::Report => after_close(after, SignedDuration::from_mins(5)),
            Self::Retention => daily(after, 20),
        }
    }

    /// The newest slot in `(after, now]`, with how many passed before it.
    pub fn due(self, after: Timestamp, now: Timestamp) -> Option<Due> {
        let after = after.max(now - LOOKED_BACK);
        let mut newest = self.next(after).filter(|at| *at <= now)?;
        let mut missed = 0;
        while let Some(at) = self.next(newest).filter(|at| *at <= now) {
            newest = at;
            missed += 1;
        }
        let slot = Slot {
            at: newest,
            job: self,
        };
        Some(Due { slot, missed })
    }
}

/// Everything that is due in `(after, now]`, in the order of [`Job::ALL`].
pub fn due(after: Timestamp, now: Timestamp) -> Vec<Due> {
    Job::ALL
        .into_iter()
        .filter_map(|job| job.due(after, now))
        .collect()
}

/// The first instant after `after` that lies a multiple of `every` after `from`.
fn next_multiple(after: Timestamp, from: Timestamp, every: SignedDuration) -> Option<Timestamp> {
    let gone = after
        .duration_since(from)
        .as_secs()
        .div_euclid(every.as_secs());
    let seconds = (gone + 1).checked_mul(every.as_secs())?;
    from.checked_add(SignedDuration::from_secs(seconds)).ok()
}

/// Multiples of `every` after a session's open, before its close.
fn in_session(after: Timestamp, every: SignedDuration) -> Option<Timestamp> {
    let today = calendar::market_date(after);
    let mut session = calendar::session_on(today).or_else(|| calendar::next_session(today))?;
    loop {
        let from = after.max(session.open);
        let at = next_multiple(from, session.open, every)?;
        if at < session.close {
            return Some(at);
        }
        session = calendar::next_session(session.date)?;
    }
}

fn after_close(after: Timestamp, wait: SignedDuration) -> Option<Timestamp> {
    let today = calendar::market_date(after);
    let mut session = calendar::session_on(today).or_else(|| calendar::next_session(today))?;
    loop {
        let at = session.close + wait;
        if at > after {
            return Some(at);
        }
        session = calendar::next_session(session.date)?;
    }
}

fn daily(after: Timestamp, hour: i8) -> Option<Timestamp> {
    let today = calendar::market_date(after);
    let at = calendar::ny(today, hour, 0).ok()?;
    if at > after {
        return Some(at);
    }
    calendar::ny(today.tomorrow().ok()?, hour, 0).ok()
}
