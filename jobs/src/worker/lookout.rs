//! The lookout: looks at each desk's clock and sends out what has fallen due.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_desk::{Desk, ports::StoreError};
use jiff::Timestamp;

use super::{errand::Errand, queue::Queue};
use crate::{job::Turn, timetable::Job};

/// Every job of every desk, and the queue that errands go to.
pub(super) struct Lookout {
    posts: Vec<Post>,
    queue: Queue,
}

struct Post {
    desk: Arc<Desk>,
    places: Vec<Arc<Place>>,
}

/// How far one job of one desk has come.
pub(super) struct Place {
    job: Job,
    progress: Mutex<Progress>,
}

struct Progress {
    /// Slots up to here are settled.
    since: Timestamp,
    /// An errand is out; none is sent until it is back.
    out: bool,
    /// Slots that came to nothing, to be reported with the next.
    unsaid: u64,
}

impl Lookout {
    /// Goes on where the last process left each job. A job that never ran begins when the desk was
    /// last looked after, which is now for a new one.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was begun.
    pub(super) async fn new(desks: Vec<Arc<Desk>>, queue: Queue) -> Result<Self, StoreError> {
        let mut posts = Vec::new();
        for desk in desks {
            let now = desk.now();
            let mut slots = Vec::new();
            for job in Job::ALL {
                slots.push((job, desk.store().last_slot(desk.id(), job.name()).await?));
            }
            let newest = slots.iter().filter_map(|(_, last)| *last).max();
            let place = |(job, last): (Job, Option<Timestamp>)| {
                Arc::new(Place::new(job, last.or(newest).unwrap_or(now)))
            };
            let places = slots.into_iter().map(place).collect();
            posts.push(Post { desk, places });
        }
        Ok(Self { posts, queue })
    }

    /// Sends out everything that has fallen due since the last look.
    pub(super) fn look(&self) {
        for Post { desk, places } in &self.posts {
            let now = desk.now();
            desk.set_next_scan(Job::Scan.next(now));
            for place in places {
                if let Some(turn) = place.send(now) {
                    self.queue
                        .push(Errand::new(desk.clone(), turn, place.clone()));
                }
            }
        }
    }
}

impl Place {
    fn new(job: Job, since: Timestamp) -> Self {
        Self {
            job,
            progress: Mutex::new(Progress {
                since,
                out: false,
                unsaid: 0,
            }),
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn of the newest due slot, unless the one before is still out.
    fn send(&self, now: Timestamp) -> Option<Turn> {
        let mut progress = self.progress();
        if progress.out {
            return None;
        }
        // A clock that was set back shows slots again: those that were run are claimed, so only
        // those that were not are run.
        progress.since = progress.since.min(now);
        let due = self.job.due(progress.since, now)?;
        progress.out = true;
        Some(Turn::new(due, std::mem::take(&mut progress.unsaid)))
    }

    /// A turn is over.
    pub(super) fn back(&self, turn: &Turn) {
        let mut progress = self.progress();
        progress.out = false;
        progress.unsaid = turn.unsaid();
        if turn.is_claimed() {
            progress.since = turn.due().slot.at;
        }
    }
}
