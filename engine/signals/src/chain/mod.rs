//! Option chains: quotes of many contracts on one underlying, cleaned and measured.

mod clean;
mod parity;

use std::{collections::BTreeMap, fmt};

use countersign_domain::{
    instrument::{OptionContract, Right, Symbol},
    money::Price,
    quote::{Quote, QuoteFault},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

pub use clean::clean;

use crate::fault::{Faults, ParamFault};

/// One contract and its quote, as the feed gave them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The contract.
    pub contract: OptionContract,
    /// Its newest quote.
    pub quote: Quote,
}

/// A chain as the feed gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What the contracts are written on.
    pub underlying: Symbol,
    /// Price of the underlying, per share.
    pub spot: Price,
    /// When that price became visible.
    pub spot_at: Timestamp,
    /// The contracts, in any order.
    pub rows: Vec<Row>,
}

/// Why a row was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dropped {
    /// Its quote cannot be believed.
    Quote(QuoteFault),
    /// It is written on something else.
    OtherUnderlying,
    /// A corporate action changed what it delivers.
    Adjusted,
    /// It no longer trades.
    Expired,
    /// The contract came before.
    Duplicate,
    /// Puts and calls of its expiry price an underlying that is not ours: the spot is old, or the
    /// deliverable is not 100 plain shares.
    OffParity,
    /// No volatility explains its price.
    NoVolatility,
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Quote(fault) => return fault.fmt(f),
            Self::OtherUnderlying => "other underlying",
            Self::Adjusted => "adjusted",
            Self::Expired => "expired",
            Self::Duplicate => "duplicate",
            Self::OffParity => "off parity",
            Self::NoVolatility => "no volatility",
        })
    }
}

/// A contract that can be chosen from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priced {
    /// The contract.
    pub contract: OptionContract,
    /// Its quote: both sides, fresh, not crossed.
    pub quote: Quote,
    /// Volatility that explains the mid, per square root of a year.
    pub iv: f64,
    /// Dollars per dollar of the underlying: 0 to 1 for a call, -1 to 0 for a put.
    pub delta: f64,
}

/// What the underlying's price in the formula came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// From so many pairs of put and call.
    Parity(usize),
    /// From the underlying itself, with the yield of the parameters.
    Spot,
}

/// The contracts of one root that end on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Expiry {
    /// The option root.
    pub root: Symbol,
    /// The expiry date as listed.
    pub date: Date,
    /// When trading in them ends.
    pub last_trading: Timestamp,
    /// Calendar days until then, in New York.
    pub days_left: i64,
    /// Years until then.
    pub years: f64,
    /// What the underlying is worth in the formula, dividends until expiry taken off.
    pub spot: f64,
    /// What that came from.
    pub basis: Basis,
    /// The contracts, calls first, by strike.
    pub contracts: Vec<Priced>,
}

impl Expiry {
    /// The contracts of one side, by strike.
    pub fn side(&self, right: Right) -> impl Iterator<Item = &Priced> {
        self.contracts
            .iter()
            .filter(move |priced| priced.contract.right == right)
    }

    /// Volatility at the money: the mean of call and put at the strike nearest to the underlying, or
    /// the one that there is.
    pub fn at_the_money(&self) -> Option<f64> {
        let nearest = |right| {
            self.side(right).min_by(|a, b| {
                let far = |priced: &Priced| (priced.contract.strike.to_f64() - self.spot).abs();
                far(a).total_cmp(&far(b))
            })
        };
        match (nearest(Right::Call), nearest(Right::Put)) {
            (Some(call), Some(put)) => Some(f64::midpoint(call.iv, put.iv)),
            (one, other) => one.or(other).map(|priced| priced.iv),
        }
    }
}

/// A chain that can be chosen from, and what was left out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clean {
    /// What the contracts are written on.
    pub underlying: Symbol,
    /// The expiries that have contracts left, by date.
    pub expiries: Vec<Expiry>,
    /// Rows looked at.
    pub seen: usize,
    /// How many were left out, by reason.
    pub dropped: BTreeMap<Dropped, usize>,
}

/// How a chain is measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChainParams {
    /// Interest rate, continuously compounded, per year.
    pub rate: f64,
    /// Dividend yield, continuously compounded, per year; used where parity gives no price.
    pub dividend_yield: f64,
    /// Pairs of put and call around the money from which the underlying's price is taken; 0 takes
    /// the spot.
    pub parity_pairs: u32,
    /// Most that parity and spot may differ, as a part of the spot.
    pub parity_off_most: f64,
}

impl Default for ChainParams {
    fn default() -> Self {
        Self {
            rate: 0.02,
            dividend_yield: 0.0,
            parity_pairs: 5,
            parity_off_most: 0.03,
        }
    }
}

impl ChainParams {
    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let rates = "between -0.2 and 0.5 (0.05 is 5 %)";
        for (key, value) in [("rate", self.rate), ("dividend_yield", self.dividend_yield)] {
            faults.need((-0.2..=0.5).contains(&value), key, value, rates);
        }
        let pairs = self.parity_pairs;
        faults.need(pairs <= 50, "parity_pairs", pairs, "at most 50");
        let off = self.parity_off_most;
        let part = "above 0 and at most 0.5 (0.03 is 3 %)";
        faults.need(off > 0.0 && off <= 0.5, "parity_off_most", off, part);
        faults.into_result()
    }
}
