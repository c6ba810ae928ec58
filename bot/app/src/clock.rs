//! Clocks: the machine's, and one that a driver sets.

use std::sync::{Mutex, PoisonError};

use countersign_desk::ports::{Clock, Instants};
use jiff::{SignedDuration, Timestamp};

/// The machine's clocks.
#[derive(Debug)]
pub struct SystemClock {
    begun: std::time::Instant,
}

impl SystemClock {
    /// The machine's clocks; monotonic time counts from here.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the real adapter behind the port"
    )]
    pub fn start() -> Self {
        Self {
            begun: std::time::Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the real adapter behind the port"
    )]
    fn read(&self) -> Instants {
        let monotonic = SignedDuration::try_from(self.begun.elapsed());
        Instants {
            wall: Timestamp::now(),
            monotonic: monotonic.unwrap_or(SignedDuration::MAX),
        }
    }
}

/// A clock that a driver sets: for replays, demos and tests.
#[derive(Debug)]
pub struct ManualClock {
    begun: Timestamp,
    now: Mutex<Timestamp>,
}

impl ManualClock {
    /// A clock that stands at `now`.
    pub const fn at(now: Timestamp) -> Self {
        Self {
            begun: now,
            now: Mutex::new(now),
        }
    }

    /// Sets it forward; an earlier time changes nothing.
    pub fn set(&self, now: Timestamp) {
        let mut known = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *known = now.max(*known);
    }
}

impl Clock for ManualClock {
    fn read(&self) -> Instants {
        let wall = *self.now.lock().unwrap_or_else(PoisonError::into_inner);
        Instants {
            wall,
            monotonic: wall.duration_since(self.begun),
        }
    }
}
