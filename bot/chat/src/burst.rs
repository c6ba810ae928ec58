//! Bursts: so many of something in a short time that a person has to know, told once for all of them.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// So many within so long are a burst. A platform sends a few forged posts itself, to see them refused.
const MANY: usize = 20;
const WITHIN: Duration = Duration::from_mins(1);

/// Told, nothing is told again for so long.
const TOLD: Duration = Duration::from_hours(1);

/// What was counted lately.
#[derive(Debug, Default)]
pub struct Burst(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    all: u64,
    lately: VecDeque<Duration>,
    told: Option<Duration>,
}

impl Burst {
    /// One more, at that monotonic time; how many there were of late when that is to be told.
    pub fn one_more(&self, now: Duration) -> Option<u32> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.all = state.all.saturating_add(1);
        state.lately.push_back(now);
        if state.lately.len() > MANY {
            state.lately.pop_front();
        }
        let first = state.lately.front().copied().unwrap_or(now);
        let many = state.lately.len() == MANY && now.saturating_sub(first) <= WITHIN;
        let quiet = state
            .told
            .is_some_and(|told| now.saturating_sub(told) < TOLD);
        if !many || quiet {
            return None;
        }
        state.told = Some(now);
        u32::try_from(MANY).ok()
    }

    /// How many there were in all.
    pub fn all(&self) -> u64 {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(burst: &Burst, from: u64, every: u64, times: u64) -> usize {
        let times = (0..times).map(|time| Duration::from_secs(from + every * time));
        times.filter_map(|now| burst.one_more(now)).count()
    }

    #[test]
    fn many_in_a_minute_are_told_once_and_the_next_burst_after_an_hour_is_told_again() {
        let burst = Burst::default();
        assert_eq!(told(&burst, 0, 1, 19), 0);
        assert_eq!(told(&burst, 19, 1, 1), 1);
        assert_eq!(told(&burst, 20, 1, 500), 0);
        assert_eq!(told(&burst, 3_700, 1, 100), 1);
        assert_eq!(burst.all(), 620);
    }

    #[test]
    fn a_few_now_and_then_are_no_burst() {
        assert_eq!(told(&Burst::default(), 0, 4, 1_000), 0);
    }
}
