//! The echo: what is posted here is told on the gateway too. A gateway that acknowledges heartbeats and
//! hands over nothing is known by that alone; while nothing is posted, nobody can know.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// What came back of what was posted.
#[derive(Debug, Default)]
pub(crate) struct Echo(Mutex<State>);

/// Times are monotonic.
#[derive(Debug, Default)]
struct State {
    /// When something was told last, or the connection began.
    told: Duration,
    /// Since when something was posted and nothing was told.
    owed: Option<Duration>,
    /// A connection was given up for that, and nothing was told since.
    doubted: bool,
}

/// A connection that is told nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deaf {
    /// The first one: another may be told more.
    Once,
    /// The one before it was not either.
    Again,
}

impl Echo {
    /// Something was posted or changed, by a call that began then.
    pub(crate) fn posted(&self, begun: Duration) {
        let mut state = self.state();
        // What was told since may have been that.
        if begun > state.told {
            state.owed.get_or_insert(begun);
        }
    }

    /// Something was told; true when that was in doubt.
    pub(crate) fn told(&self, now: Duration) -> bool {
        let mut state = self.state();
        (state.told, state.owed) = (now, None);
        std::mem::take(&mut state.doubted)
    }

    /// A connection began; true when nothing speaks against its being told what happens.
    pub(crate) fn connected(&self, now: Duration) -> bool {
        let mut state = self.state();
        (state.told, state.owed) = (now, None);
        !state.doubted
    }

    /// A connection to give up, which was told nothing for that long although something was posted.
    pub(crate) fn given_up(&self, now: Duration, bound: Duration) -> Option<Deaf> {
        let mut state = self.state();
        let since = state.owed?;
        if now.saturating_sub(since) < bound {
            return None;
        }
        (state.told, state.owed) = (now, None);
        let again = std::mem::replace(&mut state.doubted, true);
        Some(if again { Deaf::Again } else { Deaf::Once })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUND: Duration = Duration::from_mins(1);

    const fn at(second: u64) -> Duration {
        Duration::from_secs(second)
    }

    // R25
    #[test]
    fn what_is_posted_and_never_told_gives_a_connection_up_and_the_next_one_is_no_better() {
        let echo = Echo::default();
        assert!(echo.connected(at(10)));
        assert_eq!(echo.given_up(at(1_000), BOUND), None, "nothing was posted");
        echo.posted(at(1_000));
        echo.posted(at(1_050));
        assert_eq!(echo.given_up(at(1_059), BOUND), None);
        assert_eq!(echo.given_up(at(1_060), BOUND), Some(Deaf::Once));
        assert_eq!(echo.given_up(at(1_061), BOUND), None, "once each");
        echo.posted(at(1_062));
        assert!(!echo.connected(at(1_065)), "it has to prove itself");
        assert_eq!(echo.given_up(at(2_000), BOUND), None, "that was before");
        echo.posted(at(2_000));
        assert_eq!(echo.given_up(at(2_060), BOUND), Some(Deaf::Again));
        assert!(!echo.connected(at(2_065)));
        echo.posted(at(2_070));
        assert!(echo.told(at(2_071)));
        assert!(!echo.told(at(2_072)), "it is known already");
        assert_eq!(echo.given_up(at(3_000), BOUND), None);
        assert!(echo.connected(at(3_001)));
    }

    // R25
    #[test]
    fn what_is_told_before_its_posting_is_answered_is_not_waited_for() {
        let echo = Echo::default();
        assert!(!echo.told(at(11)));
        echo.posted(at(10));
        assert_eq!(echo.given_up(at(1_000), BOUND), None);
    }
}
