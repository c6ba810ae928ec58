//! Quotes and marks: what the market shows, and what we believe of it.

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Price;

/// Where a price came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The synthetic market.
    Synthetic,
    /// A recorded day.
    Replay,
    /// Prices set by a test.
    Scripted,
    /// A broker's or vendor's live feed.
    Live,
}

/// The best bid and ask of one instrument at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Best bid per share; zero when nobody bids.
    pub bid: Price,
    /// Best ask per share; zero when nobody offers.
    pub ask: Price,
    /// Contracts (or shares) wanted at the bid.
    pub bid_size: u32,
    /// Contracts (or shares) offered at the ask.
    pub ask_size: u32,
    /// When it became visible to us.
    pub at: Timestamp,
    /// Where it came from.
    pub source: Source,
}

/// Why a quote cannot be believed.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    thiserror::Error,
)]
#[serde(rename_all = "snake_case")]
pub enum QuoteFault {
    /// There is none.
    #[error("no quote")]
    Missing,
    /// Older than the bound.
    #[error("stale quote")]
    Stale,
    /// Its time lies in the future.
    #[error("quote from the future")]
    Future,
    /// A price below zero.
    #[error("negative price")]
    Negative,
    /// Nobody bids.
    #[error("no bid")]
    NoBid,
    /// Nobody offers.
    #[error("no ask")]
    NoAsk,
    /// The bid is above the ask.
    #[error("crossed quote")]
    Crossed,
    /// The spread is wider than the bound.
    #[error("spread too wide")]
    Wide,
}

impl Quote {
    /// Halfway between bid and ask, rounded half to even to a micro-dollar.
    pub fn mid(&self) -> Price {
        let micros = self.bid.micros().zip(self.ask.micros());
        match micros.and_then(|(bid, ask)| bid.checked_add(ask)) {
            Some(sum) => Price::from_micros(half(sum)),
            None => (self.bid + self.ask).scaled(Decimal::new(5, 1)),
        }
    }

    /// Ask less bid.
    pub fn spread(&self) -> Price {
        self.ask - self.bid
    }

    /// How old it is; negative when its time lies in the future.
    pub fn age(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.at)
    }

    /// The spread as basis points of the mid, rounded up; `u32::MAX` when the mid is not above
    /// zero, when bid and ask are crossed, and when it does not fit.
    pub fn spread_bps(&self) -> u32 {
        let (spread, mid) = (self.spread().micros(), self.mid().micros());
        let bps = |(spread, mid): (i64, i64)| {
            let wanted = u128::try_from(spread).ok()?.checked_mul(10_000)?;
            let mid = u128::try_from(mid).ok().filter(|mid| *mid > 0)?;
            u32::try_from(wanted.div_ceil(mid)).ok()
        };
        spread.zip(mid).and_then(bps).unwrap_or(u32::MAX)
    }

    /// Checks that both sides can be believed: signs, sides, crossing, time.
    ///
    /// # Errors
    ///
    /// The first [`QuoteFault`] found: use no price of this quote.
    pub fn check(&self, now: Timestamp, oldest: SignedDuration) -> Result<(), QuoteFault> {
        self.check_sides()?;
        let age = self.age(now);
        if age.is_negative() {
            Err(QuoteFault::Future)
        } else if age > oldest {
            Err(QuoteFault::Stale)
        } else {
            Ok(())
        }
    }

    /// Checks signs, sides and crossing alone.
    ///
    /// # Errors
    ///
    /// The first [`QuoteFault`] found, never one of age.
    pub fn check_sides(&self) -> Result<(), QuoteFault> {
        if self.bid.is_negative() || self.ask.is_negative() {
            Err(QuoteFault::Negative)
        } else if self.ask.is_zero() || self.ask_size == 0 {
            Err(QuoteFault::NoAsk)
        } else if self.bid.is_zero() || self.bid_size == 0 {
            Err(QuoteFault::NoBid)
        } else if self.bid > self.ask {
            Err(QuoteFault::Crossed)
        } else {
            Ok(())
        }
    }
}

/// Half of a number, rounded half to even.
const fn half(number: i64) -> i64 {
    let down = number.div_euclid(2);
    let odd_twice = number.rem_euclid(2) == 1 && down.rem_euclid(2) == 1;
    if odd_twice {
        down.saturating_add(1)
    } else {
        down
    }
}

/// A price that we believe for a contract now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Dollars per share.
    pub price: Price,
    /// When the quote behind it became visible.
    pub at: Timestamp,
    /// Where the quote came from.
    pub source: Source,
}

/// A bar of trading: one period of open, high, low, close and volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// The start of the period; the bar becomes visible at its end.
    pub start: Timestamp,
    /// First price.
    pub open: Price,
    /// Highest price.
    pub high: Price,
    /// Lowest price.
    pub low: Price,
    /// Last price.
    pub close: Price,
    /// Shares traded.
    pub volume: u64,
}
