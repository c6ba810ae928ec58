//! Market data.

use async_trait::async_trait;
use countersign_domain::{
    instrument::{Instrument, OptionContract, Symbol},
    quote::{Bar, Quote},
};
use jiff::Timestamp;

/// One contract of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainQuote {
    /// Which.
    pub contract: OptionContract,
    /// Its quote, as raw as the source gave it: the reader decides what to believe.
    pub quote: Quote,
}

/// Every quoted contract on one underlying at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// On what.
    pub underlying: Symbol,
    /// The underlying's own quote, when there is one.
    pub spot: Option<Quote>,
    /// The contracts, ordered by contract.
    pub quotes: Vec<ChainQuote>,
    /// When it was taken.
    pub at: Timestamp,
}

/// How a feed is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHealth {
    /// Rows that were used.
    pub kept: u64,
    /// Rows dropped, by reason, in the order of the reason's name.
    pub dropped: Vec<(String, u64)>,
    /// When the newest quote became visible.
    pub newest: Option<Timestamp>,
}

/// Why a feed has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// The feed does not know the symbol: check the watchlist.
    #[error("the feed has nothing on {0}")]
    Unknown(Symbol),
    /// The feed cannot be reached: ask again later.
    #[error("feed unreachable: {0}")]
    Unreachable(String),
}

/// Quotes, chains and bars, as visible now: never a bar or quote of a period that has not ended.
#[async_trait]
pub trait MarketData: Send + Sync {
    /// Names everything whose quotes are wanted, each once; replaces the list before. Never waits: what
    /// has to be asked for elsewhere is asked for in the background.
    fn watch(&self, instruments: &[Instrument]);

    /// The newest visible quote, raw; never waits.
    fn snapshot(&self, instrument: &Instrument) -> Option<Quote>;

    /// The option chain on an underlying.
    ///
    /// # Errors
    ///
    /// [`FeedError`]; the caller raises no signal from it.
    async fn chain(&self, underlying: Symbol) -> Result<Chain, FeedError>;

    /// Complete one-minute bars of the session of `now`, oldest first, gaps left out.
    ///
    /// # Errors
    ///
    /// [`FeedError`]; the caller raises no signal from it.
    async fn bars(&self, underlying: Symbol) -> Result<Vec<Bar>, FeedError>;

    /// Counts for people.
    fn health(&self) -> FeedHealth;
}
