//! The jobs: each takes no input but a slot, reads the stored state and mends it.

mod expire;
mod news;
mod reconcile;
mod report;
mod retention;
mod sample;
mod scan;
mod turn;

use countersign_desk::{Desk, ports::StoreError, scan::ScanLine, start::StartError};

use crate::timetable::{Due, Job, Slot};

pub(crate) use turn::Turn;

/// Why a job did not do its work: its next slot tries again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The broker could not be asked.
    #[error(transparent)]
    Broker(#[from] StartError),
}

impl JobError {
    /// Whether it may be gone a moment later, so that the same slot is worth another attempt.
    pub const fn may_pass(&self) -> bool {
        let store = match self {
            Self::Store(error) | Self::Broker(StartError::Store(error)) => error,
            Self::Broker(StartError::Broker(_)) => return true,
            Self::Broker(
                StartError::Held | StartError::WrongAccount { .. } | StartError::Clash { .. },
            ) => return false,
        };
        matches!(store, StoreError::Failed(_) | StoreError::Unknown(_))
    }
}

/// What a slot came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Ran {
    /// Another process had this slot.
    Taken,
    /// It came too late to be worth running: it is reported like one that nothing ran.
    Late,
    /// It was run.
    Done,
    /// It was a scan, and this is what it saw.
    Scanned(Vec<ScanLine>),
}

/// Runs a due slot, once over all processes; slots that passed before it are reported.
///
/// # Errors
///
/// [`JobError`]; the next slot tries again.
pub async fn run(desk: &Desk, due: &Due) -> Result<Ran, JobError> {
    Turn::new(*due, 0).go(desk).await
}

/// Does the work of a slot that is ours.
async fn perform(desk: &Desk, slot: Slot) -> Result<Ran, JobError> {
    match slot.job {
        Job::Expire => expire::run(desk).await?,
        Job::Reconcile => reconcile::run(desk).await?,
        Job::News => news::run(desk).await?,
        Job::Scan => return Ok(Ran::Scanned(scan::run(desk).await?)),
        Job::Sample => sample::run(desk).await?,
        Job::Report => report::run(desk, slot.at).await?,
        Job::Retention => retention::run(desk, slot.at).await?,
    }
    Ok(Ran::Done)
}
