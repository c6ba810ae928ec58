//! Believed marks: what a contract is worth now, as far as quotes can be believed.

use std::collections::HashMap;

use countersign_domain::{
    instrument::Instrument,
    money::Price,
    quote::{Mark, Quote, QuoteFault},
};
use jiff::{SignedDuration, Timestamp};

/// What makes a quote believable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belief {
    /// The oldest quote that marks anything.
    pub oldest: SignedDuration,
    /// Spreads wider than this, in basis points of the mid, need confirmation.
    pub wide_bps: u32,
}

/// A quote as the monitor looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The mark; a fault is why there is none.
    pub mark: Result<Mark, QuoteFault>,
    /// True when the spread is wider than the bound.
    pub wide: bool,
}

impl Belief {
    /// Marks one quote at its mid.
    pub fn mark(&self, quote: Option<&Quote>, now: Timestamp) -> Marked {
        let Some(quote) = quote else {
            return Marked {
                mark: Err(QuoteFault::Missing),
                wide: false,
            };
        };
        let wide = quote.spread_bps() > self.wide_bps;
        let mark = quote.check(now, self.oldest).map(|()| Mark {
            price: quote.mid(),
            at: quote.at,
            source: quote.source,
        });
        Marked { mark, wide }
    }
}

/// The last believed mark of every instrument that was ever marked in this process. Looked up by
/// each leg on each tick, and never walked through, so that it needs no order.
#[derive(Clone, Debug, Default)]
pub struct Marks(HashMap<Instrument, Mark>);

impl Marks {
    /// Remembers a mark.
    pub fn set(&mut self, instrument: Instrument, mark: Mark) {
        self.0.insert(instrument, mark);
    }

    /// The last believed mark.
    pub fn get(&self, instrument: &Instrument) -> Option<Mark> {
        self.0.get(instrument).copied()
    }

    /// The last believed price, or `otherwise` where there never was one.
    pub fn price_or(&self, instrument: &Instrument, otherwise: Price) -> Price {
        self.get(instrument).map_or(otherwise, |mark| mark.price)
    }
}
