//! What a driver asks of every feed, beside its quotes.

use countersign_desk::ports::MarketData;
use jiff::Timestamp;

/// A market that a driver moves through time.
pub trait Feed: MarketData {
    /// Makes everything visible that is due at `now` or before. Time never runs backwards: an
    /// earlier `now` than the last changes nothing.
    fn advance(&self, now: Timestamp);

    /// When the next thing becomes visible, strictly after `after`; `None` when nothing more will.
    fn next_due(&self, after: Timestamp) -> Option<Timestamp>;
}
