//! A slot's turn: claim it, report what was missed, do its work.

use countersign_desk::{Desk, ports::StoreError};

use super::{JobError, Ran, perform};
use crate::timetable::{Due, Job};

/// A due slot on its way. It knows what of it is done, so that going on after a failure neither
/// claims the slot against itself nor reports anything twice.
#[derive(Debug)]
pub(crate) struct Turn {
    due: Due,
    /// Slots of earlier turns that came to nothing, to be reported with this one.
    owed: u64,
    step: Step,
}

/// What of a turn is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Nothing.
    Begun,
    /// Another process has the slot.
    Taken,
    /// The slot is ours; so many are to be reported, itself among them when it is late.
    Claimed { missed: u64, late: bool },
    /// What was missed is reported; the work is left.
    Reported,
    /// All of it.
    Ended,
}

impl Turn {
    /// The turn of a due slot, which reports so many earlier ones besides.
    pub(crate) const fn new(due: Due, owed: u64) -> Self {
        Self {
            due,
            owed,
            step: Step::Begun,
        }
    }

    /// Which slot.
    pub(crate) const fn due(&self) -> &Due {
        &self.due
    }

    /// Goes on from where it stands.
    ///
    /// # Errors
    ///
    /// [`JobError`]: go on again while it [may pass](JobError::may_pass), else leave it.
    pub(crate) async fn go(&mut self, desk: &Desk) -> Result<Ran, JobError> {
        let slot = self.due.slot;
        if slot.job == Job::News && !desk.reads_news() {
            // Nothing to ask, nothing to miss.
            self.step = Step::Ended;
            return Ok(Ran::Done);
        }
        loop {
            self.step = match self.step {
                Step::Begun => self.claim(desk).await?,
                Step::Taken => return Ok(Ran::Taken),
                Step::Claimed { missed, late } => {
                    if missed > 0 {
                        desk.missed(slot.job.name(), missed).await?;
                    }
                    if late {
                        self.step = Step::Ended;
                        return Ok(Ran::Late);
                    }
                    Step::Reported
                }
                Step::Reported => {
                    let ran = perform(desk, slot).await?;
                    self.step = Step::Ended;
                    return Ok(ran);
                }
                Step::Ended => return Ok(Ran::Done),
            };
        }
    }

    /// Claims the slot, and counts what passed before it with nothing to run it: what another
    /// process ran meanwhile was not missed.
    async fn claim(&self, desk: &Desk) -> Result<Step, StoreError> {
        let Due { slot, missed } = self.due;
        let (store, name) = (desk.store(), slot.job.name());
        let last = match missed {
            0 => None,
            _ => store.last_slot(desk.id(), name).await?,
        };
        if !store.claim_slot(desk.id(), name, slot.at).await? {
            return Ok(Step::Taken);
        }
        let since = last.map(|last| slot.job.due(last, slot.at).map_or(0, |due| due.missed));
        let passed = since.map_or(missed, |since| since.min(missed));
        let age = desk.now().duration_since(slot.at);
        let late = slot.job.good_for().is_some_and(|good| age > good);
        let missed = passed + self.owed + u64::from(late);
        Ok(Step::Claimed { missed, late })
    }

    /// Whether some process has claimed the slot; otherwise it may begin anew.
    pub(crate) const fn is_claimed(&self) -> bool {
        !matches!(self.step, Step::Begun)
    }

    /// Slots that came to nothing and that nobody will hear of if the turn is left as it stands.
    pub(crate) fn unsaid(&self) -> u64 {
        match self.step {
            Step::Begun | Step::Taken => self.owed,
            Step::Claimed { missed, late } => missed + u64::from(!late),
            Step::Reported => 1,
            Step::Ended => 0,
        }
    }
}
