//! Time.

use jiff::{SignedDuration, Timestamp};

/// Wall time and monotonic time, read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instants {
    /// The time of day; may jump.
    pub wall: Timestamp,
    /// Time since the clock was made; never goes back.
    pub monotonic: SignedDuration,
}

/// The desk's only source of time. The engine never sleeps: drivers own the loops.
pub trait Clock: Send + Sync {
    /// Both readings at once.
    fn read(&self) -> Instants;

    /// The time of day.
    fn now(&self) -> Timestamp {
        self.read().wall
    }
}
