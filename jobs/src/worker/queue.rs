//! The queue: slots that are due and wait for a worker, in this process's memory.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use apalis::prelude::{MemorySink, MemoryStorage, MemoryStorageError, Task, TaskBuilder, TaskId};
use futures::{
    SinkExt, StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    stream,
};

use super::errand::Errand;

/// Errands that wait. Losing them with the process loses nothing: a slot that nobody claimed is
/// found again by whoever looks next.
///
/// It wraps apalis's memory storage because that one dies with its worker (its receiver cannot be
/// shared, so a restarted worker would find an empty queue for ever) and because its sink panics
/// when two threads push at once. Bounded by the lookout, which sends no second errand of a job
/// while one is out.
#[derive(Clone)]
pub(super) struct Queue {
    sender: UnboundedSender<Task<Errand>>,
    receiver: Arc<Mutex<UnboundedReceiver<Task<Errand>>>>,
}

impl Queue {
    pub(super) fn new() -> Self {
        let (sender, receiver) = unbounded();
        Self {
            sender,
            receiver: Arc::new(Mutex::new(receiver)),
        }
    }

    /// Puts an errand at its end.
    pub(super) fn push(&self, errand: Errand) {
        let id = TaskId::from_string(errand.name());
        let task = TaskBuilder::new(errand).task_id(id).build();
        // The receiver lives as long as the queue: it cannot be closed.
        let _ = self.sender.unbounded_send(task);
    }

    /// The storage for one life of a worker, on this queue.
    pub(super) fn storage(&self) -> MemoryStorage<Errand> {
        let receiver = self.receiver.clone();
        let next = stream::poll_fn(move |context| {
            let mut receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
            receiver.poll_next_unpin(context)
        });
        let sink = self.sender.clone().sink_map_err(closed);
        let sink = MemorySink::new(Arc::new(futures::lock::Mutex::new(Box::new(sink))));
        MemoryStorage::new_with(sink, next.boxed())
    }
}

fn closed(error: futures::channel::mpsc::SendError) -> MemoryStorageError {
    MemoryStorageError::Other(Box::new(io::Error::other(error)))
}
