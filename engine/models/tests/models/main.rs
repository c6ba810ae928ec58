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

use std::sync::Arc;

use countersign_desk::ports::{Clock, Instants};
use jiff::{SignedDuration, Timestamp};

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
