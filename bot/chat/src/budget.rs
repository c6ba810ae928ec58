//! Rate budgets: ours, below the platform's, so that it never has to say no.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// At most so many calls in any window of that length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Calls.
    pub calls: usize,
    /// The window.
    pub within: Duration,
    /// Of these calls, how many are kept for what is urgent.
    pub kept: usize,
}

impl Pace {
    /// A pace that keeps nothing back.
    pub const fn new(calls: usize, within: Duration) -> Self {
        Self {
            calls,
            within,
            kept: 0,
        }
    }

    /// The same, with some calls kept for what is urgent.
    #[must_use]
    pub const fn keeping(mut self, kept: usize) -> Self {
        self.kept = kept;
        self
    }

    /// Calls for what is urgent, or for everything else.
    const fn left(&self, urgent: bool) -> usize {
        let kept = if urgent { 0 } else { self.kept };
        self.calls.saturating_sub(kept)
    }
}

/// What is left of several paces that hold together, and a ban while the platform said to wait.
///
/// Windows slide: a call counts until its window has passed since it was made, so that no window of
/// the platform, wherever it begins, sees more than the pace allows.
#[derive(Debug)]
pub struct Budget {
    paces: Vec<Pace>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// When calls were made, oldest first; as many as the longest pace counts.
    made: VecDeque<Duration>,
    /// Until when nothing is called.
    banned: Duration,
}

impl Budget {
    /// A budget that is whole.
    pub fn new(paces: Vec<Pace>) -> Self {
        Self {
            paces,
            state: Mutex::new(State::default()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long until a call may be made; `now` is a monotonic time.
    pub fn pause(&self, now: Duration, urgent: bool) -> Duration {
        self.pause_of(&self.state(), now, |pace| pace.left(urgent))
    }

    /// The same of a call that leaves so many to others, of each pace that has as many.
    pub fn pause_leaving(&self, now: Duration, others: usize) -> Duration {
        let most = |pace: &Pace| pace.left(false).saturating_sub(others);
        self.pause_of(&self.state(), now, most)
    }

    fn pause_of(&self, state: &State, now: Duration, most: impl Fn(&Pace) -> usize) -> Duration {
        let free = self.paces.iter().map(|pace| {
            let most = most(pace);
            // The call that has to leave the window before another one fits.
            let place = state.made.len().checked_sub(most.max(1));
            let blocking = place.and_then(|place| state.made.get(place));
            blocking.map_or(Duration::ZERO, |made| *made + pace.within)
        });
        let free = free.fold(state.banned, Duration::max);
        free.saturating_sub(now)
    }

    /// Makes a call when one may be made; else says how long to wait.
    ///
    /// # Errors
    ///
    /// The time until one may be made.
    pub fn take(&self, now: Duration, urgent: bool) -> Result<(), Duration> {
        let mut state = self.state();
        let pause = self.pause_of(&state, now, |pace| pace.left(urgent));
        if !pause.is_zero() {
            return Err(pause);
        }
        state.made.push_back(now);
        let longest = self.paces.iter().map(|pace| pace.calls).max();
        while state.made.len() > longest.unwrap_or(0) {
            state.made.pop_front();
        }
        Ok(())
    }

    /// A call that was made at `begun` was answered at `ended`: it counts from then. The platform saw it
    /// somewhere between both, so that no delay on the way can bring two windows of calls together.
    pub fn answered(&self, begun: Duration, ended: Duration) {
        let mut state = self.state();
        if let Some(place) = state.made.iter().position(|made| *made == begun) {
            state.made.remove(place);
            let after = state.made.iter().rposition(|made| *made <= ended);
            state.made.insert(after.map_or(0, |place| place + 1), ended);
        }
    }

    /// The platform said to wait so long.
    pub fn ban(&self, now: Duration, wait: Duration) {
        let mut state = self.state();
        state.banned = state.banned.max(now + wait);
    }
}

/// Ends after so long.
#[expect(
    clippy::disallowed_methods,
    reason = "a platform's loop waits in real time, and no order waits for it"
)]
pub async fn wait(pause: Duration) {
    tokio::time::sleep(pause).await;
}

#[cfg(test)]
mod tests;
