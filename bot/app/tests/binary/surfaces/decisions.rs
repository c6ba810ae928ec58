//! When decisions were committed, as somebody sees them who looks into the store all the time.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use countersign_desk::ports::Store as _;
use countersign_domain::operator::{Actor, Surface};
use tokio::task::JoinHandle;

use super::hall::SOON;
use crate::{kept, program::now};

/// Between two looks: what is measured is late by so much at the most, and by the look itself.
const LOOK: Duration = Duration::from_millis(4);

/// Who pressed, and where.
pub(crate) type Who = (String, Surface);

/// When each pressed, or when what they pressed was committed; in order.
pub(crate) type Times = BTreeMap<Who, Vec<Instant>>;

/// Somebody who looks into the store.
pub(crate) struct Onlooker {
    seen: Arc<Mutex<Times>>,
    task: JoinHandle<()>,
}

impl Onlooker {
    /// From now on.
    pub(crate) async fn of(home: &Path) -> Self {
        let (store, desk) = (kept::store(home).await, kept::desk(home).await);
        let mut after = 0;
        while let Some(last) = store.events(desk, after, 1_000).await.expect("rows").last() {
            after = last.seq;
        }
        let seen: Arc<Mutex<Times>> = Arc::default();
        let notes = seen.clone();
        let task = tokio::spawn(async move {
            let mut looks = tokio::time::interval(LOOK);
            loop {
                looks.tick().await;
                let rows = store.events(desk, after, 1_000).await.expect("its events");
                let at = now();
                for row in rows {
                    // The first event of a unit tells whose press it was.
                    let is_first = row.seq != after;
                    after = row.seq;
                    if let (true, Actor::Operator { name, surface, .. }) =
                        (is_first, row.event.actor)
                    {
                        let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
                        notes.entry((name, surface)).or_default().push(at);
                    }
                }
            }
        });
        Self { seen, task }
    }

    /// How long each press took until its decision was committed, once that is so of all: nobody
    /// overtakes themselves.
    pub(crate) async fn since(self, pressed: &Times) -> Vec<Duration> {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        let all = async {
            loop {
                looks.tick().await;
                let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                let count = |who: &Who| seen.get(who).map_or(0, Vec::len);
                if pressed.iter().all(|(who, at)| count(who) >= at.len()) {
                    return;
                }
            }
        };
        let came = tokio::time::timeout(SOON, all).await;
        self.task.abort();
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = |times: &Times| -> Vec<usize> { times.values().map(Vec::len).collect() };
        assert_eq!(counts(&seen), counts(pressed), "{came:?}");
        let pairs = pressed
            .iter()
            .flat_map(|(who, at)| at.iter().zip(&seen[who]));
        pairs
            .map(|(pressed, committed)| committed.saturating_duration_since(*pressed))
            .collect()
    }
}
