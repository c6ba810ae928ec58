//! The single-threaded driver of demos, replays and tests: the clock jumps, and everything that is
//! due then happens in one order. The same inputs give the same bytes.

use std::sync::Arc;

use countersign_desk::{Desk, ports::StoreError, scan::ScanLine};
use countersign_domain::calendar;
use countersign_feeds::Feed;
use countersign_jobs::{
    job::{self, JobError, Ran},
    timetable,
};
use jiff::{SignedDuration, Timestamp};

use crate::clock::ManualClock;

/// Time between two looks of the monitor.
pub const TICK: SignedDuration = SignedDuration::from_secs(3);

/// Drives one desk through time.
pub struct Stepper {
    desk: Arc<Desk>,
    clock: Arc<ManualClock>,
    feed: Arc<dyn Feed>,
    last: Timestamp,
    next_tick: Timestamp,
    /// False once nothing new is looked for.
    scans: bool,
}

/// Why a step could not be made.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A job failed.
    #[error(transparent)]
    Job(#[from] JobError),
}

impl Stepper {
    /// A driver that starts where the clock stands; jobs due before that are none of its business.
    pub fn new(desk: Arc<Desk>, clock: Arc<ManualClock>, feed: Arc<dyn Feed>) -> Self {
        let now = desk.now();
        Self {
            desk,
            clock,
            feed,
            last: now,
            next_tick: now,
            scans: true,
        }
    }

    /// Looks for no new trades from now on; everything else goes on.
    pub const fn take_no_entries(&mut self) {
        self.scans = false;
    }

    /// The desk that it drives.
    pub const fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Where it stands.
    pub const fn now(&self) -> Timestamp {
        self.last
    }

    /// Goes to `now`: the market moves, the desk hears and performs, jobs and ticks that are due
    /// run. Answers with what scans saw.
    ///
    /// # Errors
    ///
    /// The first [`StepError`], after everything else was done: a store that cannot commit keeps
    /// no exit from going out. The next step tries again.
    pub async fn go_to(&mut self, now: Timestamp) -> Result<Vec<ScanLine>, StepError> {
        self.clock.set(now);
        self.feed.advance(now);
        let mut trouble = self.desk.pump().await.err().map(StepError::from);
        let mut lines = Vec::new();
        for due in timetable::due(self.last, now) {
            match job::run(&self.desk, &due).await {
                Ok(Ran::Scanned(seen)) => lines.extend(seen),
                Ok(_) => {}
                Err(error) => keep(&mut trouble, error),
            }
            let pumped = self.desk.pump().await;
            pumped.map_or_else(|error| keep(&mut trouble, error), drop);
        }
        self.last = now;
        self.desk.set_next_scan(timetable::Job::Scan.next(now));
        // What has expired loses its buttons with the next step, however short that is.
        let expired = self.desk.expire_due().await;
        expired.map_or_else(|error| keep(&mut trouble, error), drop);
        if now >= self.next_tick {
            self.next_tick = now + TICK;
            let ticked = self.desk.tick().await;
            ticked.map_or_else(|error| keep(&mut trouble, error), drop);
            let pumped = self.desk.pump().await;
            pumped.map_or_else(|error| keep(&mut trouble, error), drop);
        }
        trouble.map_or(Ok(lines), Err)
    }

    /// The next instant at which something may be due: the next tick while the market is open or
    /// something waits, else the next job.
    pub fn next(&self) -> Timestamp {
        let soon = self.last + TICK;
        if calendar::is_open(self.last) {
            return soon;
        }
        let jobs = timetable::Job::ALL
            .into_iter()
            .filter_map(|job| job.next(self.last))
            .min();
        jobs.unwrap_or(soon).max(soon)
    }
}

/// Keeps the first trouble of a step.
fn keep(trouble: &mut Option<StepError>, error: impl Into<StepError>) {
    trouble.get_or_insert(error.into());
}
