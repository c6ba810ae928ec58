//! The platform's limits: how often a bot may write, and how long a press waits for its answer.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// So many in any such span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many.
    pub count: usize,
    /// In how long.
    pub span: Duration,
}

/// One in each interval, and a few more after a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The time that one takes.
    pub every: Duration,
    /// How many may come at once after a pause; at least 1.
    pub burst: u32,
}

/// The limits in force. `None` is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Messages and edits in one chat.
    pub per_chat: Option<Pace>,
    /// Messages and edits in one group.
    pub per_group: Option<Window>,
    /// Messages and edits of the bot.
    pub overall: Option<Window>,
    /// How long a press can be answered.
    pub callback_deadline: Duration,
}

impl Default for Limits {
    /// What the platform says and does: about one a second in a chat, 20 a minute in a group, 30 a
    /// second over all, and 15 seconds to answer a press.
    fn default() -> Self {
        Self {
            per_chat: Some(Pace {
                every: Duration::from_secs(1),
                burst: 3,
            }),
            per_group: Some(Window {
                count: 20,
                span: Duration::from_mins(1),
            }),
            overall: Some(Window {
                count: 30,
                span: Duration::from_secs(1),
            }),
            callback_deadline: Duration::from_secs(15),
        }
    }
}

impl Limits {
    /// No limit on how often; presses keep their deadline.
    pub fn none() -> Self {
        Self {
            per_chat: None,
            per_group: None,
            overall: None,
            ..Self::default()
        }
    }
}

/// What was written when, as far as the limits ask.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    /// Per chat: the time at which its pace has caught up with what was sent.
    paced: HashMap<i64, Duration>,
    groups: HashMap<i64, VecDeque<Duration>>,
    overall: VecDeque<Duration>,
}

impl Rates {
    /// Counts one message or edit.
    ///
    /// # Errors
    /// The whole seconds to wait when it is too many; then it is not counted.
    pub(crate) fn take(
        &mut self,
        limits: &Limits,
        chat: (i64, bool),
        now: Duration,
    ) -> Result<(), u64> {
        let (chat, is_group) = chat;
        let caught_up = self.paced.get(&chat).copied().unwrap_or_default().max(now);
        let mut wait = Duration::ZERO;
        if let Some(pace) = limits.per_chat {
            let ahead = pace.every * pace.burst.saturating_sub(1);
            wait = wait.max(caught_up.saturating_sub(now + ahead));
        }
        if let (Some(window), true) = (limits.per_group, is_group) {
            wait = wait.max(until_free(
                self.groups.entry(chat).or_default(),
                window,
                now,
            ));
        }
        if let Some(window) = limits.overall {
            wait = wait.max(until_free(&mut self.overall, window, now));
        }
        if !wait.is_zero() {
            return Err(wait.as_secs() + u64::from(wait.subsec_nanos() > 0));
        }
        let every = limits.per_chat.map_or(Duration::ZERO, |it| it.every);
        self.paced.insert(chat, caught_up + every);
        if is_group {
            self.groups.entry(chat).or_default().push_back(now);
        }
        self.overall.push_back(now);
        Ok(())
    }
}

/// How long until one more fits into the window; forgets what has left it.
fn until_free(seen: &mut VecDeque<Duration>, window: Window, now: Duration) -> Duration {
    while seen.front().is_some_and(|at| *at + window.span <= now) {
        seen.pop_front();
    }
    match seen.len().checked_sub(window.count) {
        None => Duration::ZERO,
        Some(over) => seen
            .get(over)
            .map_or(window.span, |at| (*at + window.span).saturating_sub(now)),
    }
}
