//! The driver of the timetable for running desks: apalis workers in this process.
//!
//! ```text
//! heartbeat (apalis-cron, every second) ──▶ lookout ──▶ queue ──▶ worker ──▶ job::Turn
//! ```
//!
//! What each part answers for:
//!
//! - **The heartbeat** only wakes. It ticks by the machine's clock, but *what* is due is read off
//!   the desk's own clock against [`timetable`](crate::timetable): a tick that is lost, late or
//!   doubled changes nothing. apalis-cron's stream ends with an error when it is polled after its
//!   tick has passed (a stopped process, a clock set forward), so the monitor begins it anew.
//! - **The lookout** keeps, for each job of each desk, up to where slots are settled, and sends
//!   the newest due one. While a job's errand is out it sends no second, so a slow job is never
//!   overlapped and never catches up in a burst; what passed meanwhile is counted and reported.
//! - **The queue** is memory: losing it loses nothing. Storages of apalis that keep rows poll only
//!   by a strategy of their own; this one is woken by each push, so there is none to get wrong.
//! - **The worker** runs errands a few at a time, each attempt bounded in time, with two more
//!   attempts for what may pass, and a panic caught. Correctness rests on none of that: *once per
//!   desk and slot, however many processes* is [`Store::claim_slot`], and nothing else.
//!
//! A job that outlives its time is not cut off (half a job could leave an effect claimed by
//! nobody who performs it): it is complained of, and its job is out until it ends.
//!
//! [`Store::claim_slot`]: countersign_desk::ports::Store::claim_slot

mod errand;
mod lookout;
mod queue;

use std::{future::Future, str::FromStr, sync::Arc, time::Duration};

use apalis::{
    layers::retry::{
        HasherRng,
        backoff::{ExponentialBackoff, ExponentialBackoffMaker, MakeBackoff},
    },
    prelude::{
        BoxDynError, Data, Event, Monitor, ParallelizeExt, RetryPolicy, WorkerBuilder,
        WorkerBuilderExt,
    },
};
use apalis_cron::{CronScheduler, Schedule, Tick, timezone::Utc};
use countersign_desk::{Desk, ports::StoreError};

use self::{errand::Errand, lookout::Lookout, queue::Queue};
use crate::job::JobError;

/// Errands that run at once. Units of one desk are serial in the store; this lets a slow feed or
/// broker hold up its own job alone.
const AT_ONCE: usize = 4;

/// How long an attempt may take before it is complained of.
const PATIENCE: Duration = Duration::from_mins(1);

/// Attempts after the first.
const RETRIES: usize = 2;

/// The wait before the second attempt; it doubles, up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Every second, in cron's words.
const EVERY_SECOND: &str = "* * * * * *";

/// Why the timetable is not driven any more.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// Nobody knows where the jobs stood: nothing was begun; begin again when the store answers.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The workers ended by themselves: begin again.
    #[error("the job workers ended: {0}")]
    Ended(String),
}

/// Runs the timetable of some desks until `shutdown`, and then the jobs that are running to
/// their end. How long that may take is the caller's to bound.
///
/// # Errors
///
/// [`WorkError`], each variant saying what to do.
pub async fn work(
    desks: Vec<Arc<Desk>>,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), WorkError> {
    let schedule = cron::Schedule::from_str(EVERY_SECOND)
        .map_err(|error| WorkError::Ended(error.to_string()))?;
    let queue = Queue::new();
    let lookout = Lookout::new(desks, queue.clone()).await?;
    drive(schedule, lookout, queue, shutdown).await
}

/// Runs heartbeat and worker under one monitor.
async fn drive<S>(
    schedule: S,
    lookout: Lookout,
    queue: Queue,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), WorkError>
where
    S: Schedule<Utc> + Clone + Send + Sync + Unpin + 'static,
{
    let heartbeat = CronScheduler::new(schedule);
    let lookout = Arc::new(lookout);
    let waits = waits()?;
    let monitor = Monitor::new()
        .register(move |_| {
            WorkerBuilder::new("timetable")
                .backend(heartbeat.clone())
                .data(lookout.clone())
                .build(look)
        })
        .register(move |_| {
            // The first layer is the outermost.
            WorkerBuilder::new("jobs")
                .backend(queue.storage())
                .concurrency(AT_ONCE)
                .retry(
                    RetryPolicy::retries(RETRIES)
                        .with_backoff(waits.clone())
                        .retry_if(may_pass),
                )
                .timeout(PATIENCE)
                .parallelize(tokio::spawn)
                .catch_panic()
                .build(run)
        })
        .on_event(|worker, event| {
            if let Event::Error(error) = event
                && !error.is::<JobError>()
            {
                tracing::error!(worker = worker.name(), %error, "a job came to grief");
            }
        })
        .should_restart(|worker, error| {
            tracing::warn!(worker = worker.name(), %error, "a worker is begun anew");
            true
        });
    let shutdown = async {
        shutdown.await;
        Ok(())
    };
    let ended = monitor.run_with_signal(shutdown).await;
    ended.map_err(|error| WorkError::Ended(error.to_string()))
}

/// The heartbeat's handler: tiny, because a slow one makes the next tick late.
async fn look(_: Tick, lookout: Data<Arc<Lookout>>) -> Result<(), BoxDynError> {
    lookout.look();
    Ok(())
}

/// The worker's handler.
async fn run(errand: Errand) -> Result<(), JobError> {
    errand.run().await.map(|_| ())
}

/// Whether an error is worth another attempt; one that ran out of time is still running.
fn may_pass(error: &BoxDynError) -> bool {
    error
        .downcast_ref::<JobError>()
        .is_some_and(JobError::may_pass)
}

fn waits() -> Result<ExponentialBackoff<HasherRng>, WorkError> {
    let maker = ExponentialBackoffMaker::new(FIRST_WAIT, LONGEST_WAIT, 0.1, HasherRng::new());
    let mut maker = maker.map_err(|error| WorkError::Ended(error.to_string()))?;
    Ok(maker.make_backoff())
}

#[cfg(test)]
mod tests;
