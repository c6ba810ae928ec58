//! The average true range.

use super::{Indicator, Smoothed};

/// What a period's range is measured by, in dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candle {
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
}

/// Wilder's average true range, in dollars; never negative.
///
/// The true range of a candle reaches from its low to its high, and to the close before it: the
/// first candle, which has none before it, only gives its close.
#[derive(Clone, Copy, Debug)]
pub struct Atr {
    last: Option<f64>,
    range: Smoothed,
}

impl Atr {
    /// Averages over `period` ranges; a period of 0 is taken as 1.
    pub fn new(period: u32) -> Self {
        Self {
            last: None,
            range: Smoothed::wilder(period.max(1)),
        }
    }
}

impl Indicator for Atr {
    type Input = Candle;

    fn next(&mut self, candle: Candle) -> Option<f64> {
        let last = self.last.replace(candle.close)?;
        self.range
            .next(candle.high.max(last) - candle.low.min(last))
    }
}
