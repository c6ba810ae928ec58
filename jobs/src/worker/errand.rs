//! An errand: one due slot of one desk on its way through the queue.

use std::sync::Arc;

use countersign_desk::Desk;
use tokio::sync::Mutex;

use super::lookout::Place;
use crate::{
    job::{JobError, Ran, Turn},
    timetable::Slot,
};

/// What the worker gets. Its clones are the same errand: it is over when the last is dropped, be
/// that after success, the last attempt, a panic, or with the queue.
#[derive(Clone)]
pub(super) struct Errand(Arc<Inner>);

struct Inner {
    desk: Arc<Desk>,
    slot: Slot,
    turn: Mutex<Turn>,
    place: Arc<Place>,
}

impl Errand {
    /// An errand that comes back to `place`.
    pub(super) fn new(desk: Arc<Desk>, turn: Turn, place: Arc<Place>) -> Self {
        Self(Arc::new(Inner {
            desk,
            slot: turn.due().slot,
            turn: Mutex::new(turn),
            place,
        }))
    }

    /// What it is called in logs.
    pub(super) fn name(&self) -> String {
        let Slot { at, job } = self.0.slot;
        format!("{} {} {at}", self.0.desk.id(), job.name())
    }

    /// Runs it, from where the attempt before left it.
    ///
    /// # Errors
    ///
    /// [`JobError`], logged here.
    pub(super) async fn run(self) -> Result<Ran, JobError> {
        let Inner { desk, slot, .. } = self.0.as_ref();
        let ran = self.0.turn.lock().await.go(desk).await;
        match &ran {
            Ok(ran) => {
                let came = match ran {
                    Ran::Taken => "taken by another process",
                    Ran::Late => "too late",
                    Ran::Done | Ran::Scanned(_) => "done",
                };
                tracing::debug!(desk.id = %desk.id(), job = slot.job.name(), slot = %slot.at, came, "a slot was run");
            }
            Err(error) => {
                tracing::warn!(desk.id = %desk.id(), job = slot.job.name(), slot = %slot.at, %error, "a job failed");
            }
        }
        ran
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.place.back(self.turn.get_mut());
    }
}
