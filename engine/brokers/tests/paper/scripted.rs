//! A market whose quotes a test sets, and a clock that it moves.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use countersign_desk::ports::{Chain, Clock, FeedError, FeedHealth, Instants, MarketData};
use countersign_domain::{
    instrument::{Instrument, Symbol},
    quote::{Bar, Quote},
};
use jiff::{SignedDuration, Timestamp};

/// Quotes as set.
#[derive(Default)]
pub(crate) struct Scripted(Mutex<BTreeMap<Instrument, Quote>>);

impl Scripted {
    pub(crate) fn set(&self, instrument: Instrument, quote: Quote) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(instrument, quote);
    }

    pub(crate) fn forget(&self, instrument: &Instrument) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(instrument);
    }
}

#[async_trait]
impl MarketData for Scripted {
    fn watch(&self, _: &[Instrument]) {}

    fn snapshot(&self, instrument: &Instrument) -> Option<Quote> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(instrument)
            .copied()
    }

    async fn chain(&self, underlying: Symbol) -> Result<Chain, FeedError> {
        Err(FeedError::Unknown(underlying))
    }

    async fn bars(&self, underlying: Symbol) -> Result<Vec<Bar>, FeedError> {
        Err(FeedError::Unknown(underlying))
    }

    fn health(&self) -> FeedHealth {
        FeedHealth::default()
    }
}

/// A clock that stands still until it is moved.
pub(crate) struct Manual(Mutex<Timestamp>);

impl Manual {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    pub(crate) fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for Manual {
    fn read(&self) -> Instants {
        let wall = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Instants {
            wall,
            monotonic: SignedDuration::ZERO,
        }
    }
}
