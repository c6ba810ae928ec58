//! A regular beat for loops: one that falls while the last is still being answered is skipped.

use std::time::Duration;

use tokio::time::{Instant, Interval, MissedTickBehavior};

/// Beats at multiples of a period, the first at once.
#[derive(Debug)]
pub struct Beats {
    interval: Interval,
    last: Option<Instant>,
}

impl Beats {
    /// A beat of that period, which is not zero.
    pub fn every(period: Duration) -> Self {
        let mut interval = tokio::time::interval(period);
        interval.set_missed_tick_behavior(MissedTickBehavior::Skip);
        Self {
            interval,
            last: None,
        }
    }

    /// Waits for the next beat; answers with how many were skipped before it. One that comes late
    /// is not skipped. Dropping it loses none.
    pub async fn next(&mut self) -> u64 {
        let at = self.interval.tick().await;
        let last = self.last.replace(at);
        let gap = last.map_or(Duration::ZERO, |last| at.duration_since(last));
        let beats = gap.as_nanos() / self.interval.period().as_nanos();
        u64::try_from(beats).unwrap_or(u64::MAX).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests;
