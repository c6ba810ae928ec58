//! Power cuts: every step outside the desk's own head is counted, and the power can fail at any of
//! them.

use std::{
    collections::VecDeque,
    future::pending,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// Counts boundaries and fails at those that it was told to fail at.
///
/// A boundary is the moment just before or just after a commit of the store or a call at a port.
/// Once the power has failed nothing that touches a boundary ever comes back, exactly as after
/// `kill -9`; who drives the desk waits for [`Power::failed`] and drops the whole desk.
#[derive(Debug, Default)]
pub struct Power {
    state: Mutex<State>,
    falling: Notify,
}

#[derive(Debug, Default)]
struct State {
    counted: u64,
    off: bool,
    fail_at: VecDeque<u64>,
    failures: Vec<String>,
    trace: Option<Vec<String>>,
    /// Boundaries passed since the driver last asked for something.
    at_once: u64,
    spins: u64,
}

/// Boundaries that one request of a driver may pass: more of them means that the desk spins.
const AT_ONCE: u64 = 3_000;

impl Power {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Boundaries passed so far.
    pub fn counted(&self) -> u64 {
        self.state().counted
    }

    /// Fails at the boundaries of these numbers, counted from 1 over all starts.
    pub fn fail_at(&self, boundaries: &[u64]) {
        let mut all = boundaries.to_vec();
        all.sort_unstable();
        self.state().fail_at = all.into();
    }

    /// Where the power has failed so far, in words.
    pub fn failures(&self) -> Vec<String> {
        self.state().failures.clone()
    }

    /// Keeps the name of every boundary from now on.
    pub fn keep_trace(&self) {
        self.state().trace = Some(Vec::new());
    }

    /// The names of the boundaries passed since [`Power::keep_trace`].
    pub fn trace(&self) -> Vec<String> {
        self.state().trace.clone().unwrap_or_default()
    }

    /// True while the power is off.
    pub fn is_off(&self) -> bool {
        self.state().off
    }

    /// How often the desk went round and round and was killed for it.
    pub(crate) fn spins(&self) -> u64 {
        self.state().spins
    }

    /// Cuts the power here and now.
    pub fn cut(&self, place: &str) {
        let mut state = self.state();
        state.off = true;
        state.failures.push(place.to_owned());
        drop(state);
        self.falling.notify_one();
    }

    /// Switches the power on again, for a new process.
    pub fn restore(&self) {
        self.state().off = false;
    }

    /// Comes back once the power has failed.
    pub async fn failed(&self) {
        while !self.is_off() {
            self.falling.notified().await;
        }
    }

    /// A driver asks for something new.
    pub(crate) fn begin(&self) {
        self.state().at_once = 0;
    }

    /// Passes a boundary, or never comes back.
    pub async fn boundary(&self, place: &str) {
        if self.passes(place) {
            return;
        }
        self.falling.notify_one();
        pending::<()>().await;
    }

    fn passes(&self, place: &str) -> bool {
        let mut state = self.state();
        if state.off {
            return false;
        }
        state.counted += 1;
        state.at_once += 1;
        if state.at_once > AT_ONCE {
            state.spins += 1;
            state.off = true;
            let place = format!("{} (it spins)", state.counted);
            state.failures.push(place);
            return false;
        }
        let number = state.counted;
        if let Some(trace) = &mut state.trace {
            trace.push(place.to_owned());
        }
        while state.fail_at.front().is_some_and(|at| *at < number) {
            state.fail_at.pop_front();
        }
        if state.fail_at.front() == Some(&number) {
            state.fail_at.pop_front();
            state.off = true;
            state.failures.push(format!("{number} ({place})"));
            return false;
        }
        true
    }
}
