//! The newest events, kept so that a tick reads only what is new.

use std::collections::VecDeque;

use countersign_desk::{
    Desk,
    ports::{StoreError, StoredEvent},
};
use tokio::sync::Mutex;

/// Events that pages show.
pub(crate) const SHOWN: usize = 60;
/// Events read at once.
const BATCH: u32 = 500;
/// Units of work that a first look goes back.
const LOOK_BACK: u64 = 100;

/// The newest events of a desk.
#[derive(Default)]
pub(crate) struct Feed(Mutex<Known>);

#[derive(Default)]
struct Known {
    seq: Option<u64>,
    events: VecDeque<StoredEvent>,
}

impl Feed {
    /// The newest events as of sequence number `seq`, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: ask again; what is known stays.
    pub(crate) async fn newest(
        &self,
        desk: &Desk,
        seq: u64,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let mut known = self.0.lock().await;
        let mut after = known.seq.unwrap_or(seq.saturating_sub(LOOK_BACK));
        while after < seq {
            let events = desk.store().events(desk.id(), after, BATCH).await?;
            let Some(last) = events.last().map(|event| event.seq) else {
                break;
            };
            // A batch that is full may end within a unit: that unit is read again, whole.
            let whole = events.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
            after = if whole || last == after + 1 {
                last
            } else {
                last - 1
            };
            known
                .events
                .extend(events.into_iter().filter(|event| event.seq <= after));
        }
        known.seq = Some(after.max(seq));
        let surplus = known.events.len().saturating_sub(SHOWN);
        known.events.drain(..surplus);
        Ok(known.events.iter().cloned().collect())
    }
}
