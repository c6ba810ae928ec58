//! Whether a contract trades well enough to be opened.

use std::fmt;

use countersign_domain::{
    money::Price,
    quote::{Quote, QuoteFault},
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::fault::{Faults, ParamFault};

/// How well a leg must trade.
///
/// Its spread may be `spread_abs` dollars or `spread_bps` of its mid, whichever is more: five cents
/// are nothing on a $5 option and the tightest market there is on a $0.30 one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LiquidityParams {
    /// Fewest contracts on each side of the quote.
    pub size_least: u32,
    /// A spread that is always allowed, in dollars per share.
    pub spread_abs: Price,
    /// A spread that is always allowed, in basis points of the mid.
    pub spread_bps: u32,
}

impl Default for LiquidityParams {
    fn default() -> Self {
        Self {
            size_least: 2,
            spread_abs: Price::from_ten_thousandths(1_000),
            spread_bps: 1_500,
        }
    }
}

impl LiquidityParams {
    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let size = self.size_least;
        faults.need(size >= 1, "size_least", size, "at least 1");
        let spread = self.spread_abs;
        let dollars = "an amount of dollars, zero or more";
        faults.need(!spread.is_negative(), "spread_abs", spread, dollars);
        let bps = self.spread_bps;
        let range = "at most 20000 basis points";
        faults.need(bps <= 20_000, "spread_bps", bps, range);
        faults.into_result()
    }

    /// The widest spread that a quote with this mid may have.
    pub fn spread_most(&self, mid: Price) -> Price {
        let part = mid.scaled(Decimal::new(i64::from(self.spread_bps), 4));
        self.spread_abs.max(part)
    }
}

/// Why a contract is not traded, with figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thin {
    /// Its quote cannot be believed at all.
    Quote {
        /// What is wrong.
        fault: QuoteFault,
        /// Seconds since it became visible.
        age_s: i64,
        /// The most that is put up with.
        most_s: i64,
    },
    /// Too few contracts at the bid or the ask.
    Size {
        /// At the bid.
        bid: u32,
        /// At the ask.
        ask: u32,
        /// The least that is wanted at each.
        least: u32,
    },
    /// Bid and ask are too far apart.
    Spread {
        /// How far.
        spread: Price,
        /// The mid.
        mid: Price,
        /// The most that is allowed there.
        most: Price,
    },
}

impl fmt::Display for Thin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quote {
                fault: QuoteFault::Stale,
                age_s,
                most_s,
            } => write!(f, "quote {age_s} s old, at most {most_s} s"),
            Self::Quote { fault, .. } => fault.fmt(f),
            Self::Size { bid, ask, least } => {
                write!(f, "size {bid} x {ask}, at least {least} on each side")
            }
            Self::Spread { spread, mid, most } => {
                write!(f, "spread {spread} on a mid of {mid}, at most {most}")
            }
        }
    }
}

/// Checks one leg's quote: both sides, age, size, spread.
///
/// # Errors
///
/// The first [`Thin`] found: choose another contract, or wait.
pub fn check(
    quote: &Quote,
    params: &LiquidityParams,
    oldest: SignedDuration,
    now: Timestamp,
) -> Result<(), Thin> {
    quote.check(now, oldest).map_err(|fault| Thin::Quote {
        fault,
        age_s: quote.age(now).as_secs(),
        most_s: oldest.as_secs(),
    })?;
    let (bid, ask, least) = (quote.bid_size, quote.ask_size, params.size_least);
    if bid < least || ask < least {
        return Err(Thin::Size { bid, ask, least });
    }
    let (spread, mid) = (quote.spread(), quote.mid());
    let most = params.spread_most(mid);
    if spread > most {
        return Err(Thin::Spread { spread, mid, most });
    }
    Ok(())
}
