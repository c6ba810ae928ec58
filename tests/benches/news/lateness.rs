//! How late a regular beat comes.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use tokio::time::{MissedTickBehavior, interval};

/// How often a beat looks.
const BEAT: Duration = Duration::from_millis(10);

/// By how much beats were late.
pub(crate) struct Late(Vec<Duration>);

impl Late {
    /// Beats for so long.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    pub(crate) async fn sampled(time: Duration) -> Self {
        Self::sampled_during(tokio::time::sleep(time)).await.1
    }

    /// Beats while `work` goes on, on the same thread.
    pub(crate) async fn sampled_during<T>(work: impl Future<Output = T>) -> (T, Self) {
        let mut late = Vec::new();
        let mut beats = interval(BEAT);
        // A beat that came late is not made up for: the next one is ten milliseconds on.
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut work = std::pin::pin!(work);
        let done = loop {
            tokio::select! {
                biased;
                due = beats.tick() => late.push(due.elapsed()),
                done = &mut work => break done,
            }
        };
        late.sort_unstable();
        (done, Self(late))
    }

    /// The lateness that so many of a hundred beats do not exceed.
    pub(crate) fn percentile(&self, of: usize) -> Duration {
        let at = (self.0.len() * of).div_ceil(100).saturating_sub(1);
        self.0.get(at).copied().unwrap_or_default()
    }
}

/// What comes of something, and how long it took.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
pub(crate) async fn clocked<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let begun = Instant::now();
    let done = work.await;
    (done, begun.elapsed())
}
