//! Lines on their way out: whoever prints never waits for whoever reads.

use std::{
    collections::VecDeque,
    io::{self, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Lines that wait at the most: far more than anybody reads at once, and little memory.
const MOST: usize = 4_096;

/// The longest that a reader who has paused is waited for at the end.
const LAST_PATIENCE: Duration = Duration::from_secs(1);

/// What says that so many lines were left out.
pub(super) type LeftOut = Box<dyn Fn(u64) -> String + Send>;

/// A queue of lines before a thread that writes them. When it is full the oldest lines are left
/// out, and their number is written in their place.
pub(super) struct Lines(Arc<Queue>);

#[derive(Default)]
struct Queue {
    held: Mutex<Held>,
    /// Told of every change.
    changed: Condvar,
}

#[derive(Default)]
struct Held {
    waiting: VecDeque<String>,
    left_out: u64,
    /// True while a batch is being written.
    writing: bool,
    /// True when no line comes any more.
    ended: bool,
    /// The first failure to write, but for a reader who went away.
    failed: Option<String>,
}

impl Queue {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    /// Starts the thread that writes to `out`; each line ends in `end`.
    pub(super) fn to(mut out: Box<dyn Write + Send>, end: &'static str, words: LeftOut) -> Self {
        let queue = Arc::new(Queue::default());
        let writers = queue.clone();
        std::thread::spawn(move || {
            while let Some((lines, left_out)) = next(&writers) {
                let mut text = String::new();
                if left_out > 0 {
                    text += &words(left_out);
                    text += end;
                }
                for line in lines {
                    text += &line;
                    text += end;
                }
                // No reason to stop trading; who ends with a summary asks.
                let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
                let mut held = writers.held();
                held.failed = held.failed.take().or_else(|| failure(written));
            }
        });
        Self(queue)
    }

    /// Puts the lines of a text into the queue.
    pub(super) fn put(&self, text: &str) {
        let mut held = self.0.held();
        held.waiting.extend(text.lines().map(str::to_owned));
        while held.waiting.len() > MOST {
            held.waiting.pop_front();
            held.left_out += 1;
        }
        self.0.changed.notify_all();
    }

    /// The first failure to write so far, but for a reader who went away.
    pub(super) fn failed(&self) -> Option<String> {
        self.0.held().failed.clone()
    }

    /// Returns once everything is written, or a reader who has paused was waited for long enough.
    pub(super) fn flush(&self) {
        let unwritten = |held: &mut Held| held.writing || !held.waiting.is_empty();
        let held = self.0.held();
        let waited = self
            .0
            .changed
            .wait_timeout_while(held, LAST_PATIENCE, unwritten);
        drop(waited);
    }
}

/// What the system said of a write that failed; a reader who went away is no failure.
pub(super) fn failure(written: io::Result<()>) -> Option<String> {
    let error = written.err()?;
    (error.kind() != io::ErrorKind::BrokenPipe).then(|| error.to_string())
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.flush();
        self.0.held().ended = true;
        self.0.changed.notify_all();
    }
}

/// Waits for lines: all that wait, and how many were left out before them. `None` at the end.
fn next(queue: &Queue) -> Option<(VecDeque<String>, u64)> {
    let mut held = queue.held();
    held.writing = false;
    queue.changed.notify_all();
    let nothing = |held: &mut Held| held.waiting.is_empty() && !held.ended;
    let waited = queue.changed.wait_while(held, nothing);
    held = waited.unwrap_or_else(PoisonError::into_inner);
    if held.waiting.is_empty() {
        return None;
    }
    held.writing = true;
    let lines = std::mem::take(&mut held.waiting);
    Some((lines, std::mem::take(&mut held.left_out)))
}
