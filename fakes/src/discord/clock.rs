//! The platform's time: the machine's clock, which a test may move ahead.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

/// Microseconds since the Unix epoch, which never run backwards; a test moves them ahead.
#[derive(Debug)]
pub(crate) struct Clock {
    origin: Instant,
    origin_us: i64,
    ahead_us: AtomicI64,
}

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the fake is the platform's own clock"
    )]
    pub(crate) fn start() -> Self {
        Self {
            origin: Instant::now(),
            origin_us: Timestamp::now().as_microsecond(),
            ahead_us: AtomicI64::new(0),
        }
    }

    pub(crate) fn now_us(&self) -> i64 {
        let elapsed = i64::try_from(self.origin.elapsed().as_micros()).unwrap_or(i64::MAX);
        self.origin_us + elapsed + self.ahead_us.load(Ordering::Relaxed)
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.ahead_us.fetch_add(micros(by), Ordering::Relaxed);
    }
}

/// A duration in whole microseconds.
pub(crate) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// An instant as the platform writes it.
pub(crate) fn iso(us: i64) -> String {
    let at = Timestamp::from_microsecond(us).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string()
}

/// Waits in the machine's time.
#[expect(clippy::disallowed_methods, reason = "a platform that answers late")]
pub(crate) async fn pause(duration: Duration) {
    tokio::time::sleep(duration).await;
}
