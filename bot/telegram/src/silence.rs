//! Silence: nobody can press a button for the bot, so that it watches its own hearing. A platform that
//! answers no call for too long is not heard, nor is one that has something for the bot and hands it
//! over to nobody.

use std::time::Duration;

/// The shortest time between two looks at what waits.
const LOOK: Duration = Duration::from_secs(5);

/// What is known of the hearing. Times are monotonic.
#[derive(Debug)]
pub(crate) struct Silence {
    /// So much of it is an alarm.
    bound: Duration,
    /// When a call was answered last, or the listening began.
    answered: Duration,
    /// When it was looked last what waits.
    looked: Duration,
    /// Since when something waits and nothing comes.
    waiting: Option<Duration>,
}

impl Silence {
    /// Begins to watch; a bound of zero is none.
    pub(crate) const fn since(now: Duration, bound: Duration) -> Self {
        Self {
            bound,
            answered: now,
            looked: now,
            waiting: None,
        }
    }

    /// A call was answered, with something or with nothing.
    pub(crate) const fn answered(&mut self, now: Duration, something: bool) {
        self.answered = now;
        if something {
            self.waiting = None;
        }
    }

    /// True when a look is due at what waits.
    pub(crate) fn looks(&mut self, now: Duration) -> bool {
        let pause = (self.bound / 4).max(LOOK.min(self.bound));
        let due = !self.bound.is_zero() && now.saturating_sub(self.looked) >= pause;
        if due {
            self.looked = now;
        }
        due
    }

    /// So many wait for the bot.
    pub(crate) fn waits(&mut self, now: Duration, count: u32) {
        if count == 0 {
            self.waiting = None;
        } else {
            self.waiting.get_or_insert(now);
        }
    }

    /// True while no call is answered for too long.
    pub(crate) fn is_cut_off(&self, now: Duration) -> bool {
        !self.bound.is_zero() && now.saturating_sub(self.answered) >= self.bound
    }

    /// True while calls are answered and nothing waits.
    pub(crate) fn is_whole(&self, now: Duration) -> bool {
        self.waiting.is_none() && self.answered == now
    }

    /// True while something waits for too long and nothing comes.
    pub(crate) fn is_passed_over(&self, now: Duration) -> bool {
        let since = self.waiting.filter(|_| !self.bound.is_zero());
        since.is_some_and(|since| now.saturating_sub(since) >= self.bound)
    }
}

#[cfg(test)]
mod tests;
