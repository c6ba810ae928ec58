//! Whose turn it is to listen. Telegram lets one process listen with a token, and the newest call ends
//! the one before it. Who has listened for a while stands by it; who just came steps aside, and tries
//! from time to time whether it is alone now, without taking anything from the other one.

use std::time::Duration;

/// Who has listened so long is at home.
const SETTLED: Duration = Duration::from_secs(5);

/// How soon the one at home calls again when a newcomer ended its call.
const STAND: Duration = Duration::from_millis(500);

/// Between two looks of the one that stepped aside.
const ASIDE: Duration = Duration::from_secs(10);

/// How long nobody else may be noticed until it listens again: longer than the one at home takes to
/// call again.
const TRIAL: Duration = Duration::from_secs(3);

/// Between two calls of a trial.
const PAUSE: Duration = Duration::from_millis(500);

/// Whose turn it is. Times are monotonic.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    state: State,
    /// True once somebody was told of the other one, until this one is at home.
    said: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Listens, without a refusal since the first time; stood by it at the second.
    Listening(Option<Duration>, Option<Duration>),
    /// Somebody else listens; looks again then.
    Aside(Duration),
    /// Looks since then whether it is alone.
    Trying(Duration),
}

impl Default for State {
    fn default() -> Self {
        Self::Listening(None, None)
    }
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// To listen.
    Listen,
    /// To call shortly, and take nothing of what is heard.
    Try,
    /// To wait so long.
    Wait(Duration),
}

/// What to do about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// To call again after so long.
    Stand(Duration),
    /// To step aside, and to say so when nobody has said it yet.
    Aside {
        /// True the first time.
        say: bool,
    },
}

impl Turns {
    /// What comes next.
    pub(crate) fn next(&mut self, now: Duration) -> Next {
        match self.state {
            State::Listening(..) => Next::Listen,
            State::Trying(_) => Next::Try,
            State::Aside(until) if now < until => Next::Wait(until.saturating_sub(now)),
            State::Aside(_) => {
                self.state = State::Trying(now);
                Next::Try
            }
        }
    }

    /// A call that began then was answered. In a trial: how long to wait before the next one.
    pub(crate) fn answered(&mut self, begun: Duration, now: Duration) -> Option<Duration> {
        match &mut self.state {
            State::Listening(since, _) => {
                let since = *since.get_or_insert(begun);
                if now.saturating_sub(since) >= SETTLED {
                    self.said = false;
                }
                None
            }
            State::Trying(since) if now.saturating_sub(*since) >= TRIAL => {
                self.state = State::default();
                None
            }
            _ => Some(PAUSE),
        }
    }

    /// A call that began then was ended by somebody else's.
    pub(crate) fn refused(&mut self, begun: Duration, now: Duration) -> Refused {
        if let State::Listening(since, stood) = &mut self.state {
            let since = since.unwrap_or(begun);
            let settled = now.saturating_sub(since) >= SETTLED;
            let again = stood.is_some_and(|at| now.saturating_sub(at) < SETTLED);
            if settled && !again {
                self.state = State::Listening(Some(since), Some(now));
                return Refused::Stand(STAND);
            }
        }
        self.state = State::Aside(now + ASIDE);
        let say = !std::mem::replace(&mut self.said, true);
        Refused::Aside { say }
    }

    /// A call failed otherwise: nobody knows who listened meanwhile.
    pub(crate) const fn failed(&mut self) {
        if let State::Listening(since, _) = &mut self.state {
            *since = None;
        }
    }
}

#[cfg(test)]
mod tests;
