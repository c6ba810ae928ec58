//! The scorers behind their port, from files and from a hub.

#[cfg(feature = "rust-bert")]
mod bert;
#[cfg(feature = "rust-bert")]
mod by_rust_bert;
mod engines;
mod finbert;
mod hub;
mod pull;
mod reader;
mod tiny;
mod written;

use std::{
    fmt::{self, Write as _},
    sync::{Arc, LazyLock, Mutex},
};

use countersign_desk::ports::{Clock, Instants};
use jiff::{SignedDuration, Timestamp};
use tracing::{
    Event, Metadata, Subscriber,
    field::Field,
    span::{Attributes, Id, Record},
};

/// A clock that stands still.
struct Still;

impl Clock for Still {
    fn read(&self) -> Instants {
        Instants {
            wall: Timestamp::UNIX_EPOCH,
            monotonic: SignedDuration::ZERO,
        }
    }
}

fn still() -> Arc<dyn Clock> {
    Arc::new(Still)
}

/// What this process says in its log. Threads of readers say it too, so that it is everybody's.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn of_process() -> &'static Self {
        static LOG: LazyLock<Log> = LazyLock::new(|| {
            let log = Log::default();
            tracing::subscriber::set_global_default(log.clone()).unwrap();
            log
        });
        &LOG
    }

    /// How many messages hold these words.
    fn messages(&self, words: &str) -> usize {
        let said = self.0.lock().unwrap();
        said.iter().filter(|line| line.contains(words)).count()
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = String::new();
        event.record(&mut |_: &Field, value: &dyn fmt::Debug| {
            // Writing to a string does not fail.
            let _ = write!(line, "{value:?} ");
        });
        self.0.lock().unwrap().push(line);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
