//! What a test makes go wrong.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::refusal::Refusal;

/// What happens to one request instead of what should.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// 429 with this wait; `global` says that all routes are meant.
    RateLimited {
        /// How long to wait.
        retry_after: Duration,
        /// Whether all routes are meant.
        global: bool,
    },
    /// A bare HTTP error: 500, 502, 503.
    Status(u16),
    /// No answer for this long, then a 504.
    Silence(Duration),
    /// The connection is cut before anything is done.
    Cut,
    /// It is done, and the connection is cut before the answer.
    LoseAnswer,
    /// It is done, and the answer is a bare HTTP error all the same.
    DoneBut(u16),
    /// It is done, and the answer comes this much later.
    Late(Duration),
    /// The platform refuses.
    Refuse(Refusal),
}

impl Trouble {
    /// 10062, as for an interaction whose time is over.
    pub fn unknown_interaction() -> Self {
        Self::Refuse(Refusal::unknown_interaction())
    }

    /// 40060, as for an interaction that somebody answered already.
    pub fn already_acknowledged() -> Self {
        Self::Refuse(Refusal::luck(
            400,
            40060,
            "Interaction has already been acknowledged.",
        ))
    }
}

#[derive(Default)]
pub(crate) struct Faults {
    waiting: BTreeMap<String, VecDeque<Trouble>>,
    /// How many of the next `INTERACTION_CREATE` are sent twice.
    pub(crate) doubled: u32,
    /// How many of the next `INTERACTION_CREATE` wait until another overtook them.
    pub(crate) overtaken: u32,
    /// How many of the next `INTERACTION_CREATE` cannot be read.
    pub(crate) unreadable: u32,
    /// Heartbeats are not acknowledged.
    pub(crate) mute_acks: bool,
}

impl Faults {
    pub(crate) fn add(&mut self, operation: &str, times: usize, trouble: &Trouble) {
        let queue = self.waiting.entry(operation.to_owned()).or_default();
        queue.extend(std::iter::repeat_n(trouble.clone(), times));
    }

    pub(crate) fn take(&mut self, operation: &str) -> Option<Trouble> {
        self.waiting.get_mut(operation)?.pop_front()
    }

    /// Takes one from a counter, when there is one.
    pub(crate) fn spend(counter: &mut u32) -> bool {
        let left = *counter > 0;
        *counter = counter.saturating_sub(1);
        left
    }
}
