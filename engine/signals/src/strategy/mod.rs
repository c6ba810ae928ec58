//! Strategies: what turns bars into ideas, and says why when it does not.

pub(crate) mod evidence;
mod figures;
mod trend;
mod trend_params;

use std::fmt::Debug;

use countersign_domain::{
    instrument::Symbol,
    quote::Bar,
    signal::{Direction, Evidence},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use trend::Trend;
pub use trend_params::TrendParams;

/// What a strategy sees of one underlying.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The underlying.
    pub underlying: Symbol,
    /// Its minute bars, in any order; what is not over at `now` is left out by the strategy.
    pub minutes: &'a [Bar],
    /// The desk's time.
    pub now: Timestamp,
}

/// What a strategy noticed: a signal without its ids, which the desk gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Idea {
    /// Which way the underlying is expected to go.
    pub direction: Direction,
    /// How sure, from 0 to 1.
    pub strength: f64,
    /// The figures behind it, by the names of [`Strategy::parameters`]' documentation.
    pub evidence: Vec<Evidence>,
    /// Until when it counts; never after the session's close.
    pub good_until: Timestamp,
}

/// Why a strategy noticed nothing, with the figures that it had by then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quiet {
    /// The first condition that did not hold.
    pub reason: Reason,
    /// The figures, as far as they could be measured.
    pub evidence: Vec<Evidence>,
}

/// The condition that did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Reason {
    /// The market is closed.
    Closed,
    /// The session ends too soon.
    TooLate {
        /// Minutes left in it.
        minutes_left: i64,
        /// The least that is wanted.
        least: u32,
    },
    /// The session has too few whole bars yet.
    TooEarly {
        /// Whole bars so far.
        bars: usize,
        /// The least that the indicators need.
        least: u32,
    },
    /// Too many periods of the session lack minutes.
    Gaps {
        /// Such periods.
        gaps: usize,
        /// The most that are put up with.
        most: u32,
    },
    /// The newest whole bar is too old.
    Stale {
        /// Seconds since it ended.
        age_s: i64,
        /// The most that is put up with.
        most_s: u32,
    },
    /// The price does not move at all.
    Still,
    /// The two averages are too close to each other to call a trend.
    NoTrend {
        /// Fast less slow, in average ranges.
        gap: f64,
        /// The least that is wanted, either way.
        least: f64,
    },
    /// The slow average goes against the trend, or nowhere.
    AgainstSlope {
        /// Which way the trend points.
        direction: Direction,
        /// What the slow average gained over the slope's bars, in average ranges.
        slope: f64,
        /// The least that is wanted in the trend's direction.
        least: f64,
    },
    /// The momentum does not confirm the trend.
    NotConfirmed {
        /// Which way the trend points.
        direction: Direction,
        /// The relative strength index.
        rsi: f64,
        /// What it must reach: at least when bullish, at most when bearish.
        bound: f64,
    },
    /// Everything holds, too weakly.
    Weak {
        /// How strong, from 0 to 1.
        strength: f64,
        /// The least that is wanted.
        least: f64,
    },
}

impl Reason {
    /// Its word, as it is stored.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::TooLate { .. } => "too_late",
            Self::TooEarly { .. } => "too_early",
            Self::Gaps { .. } => "gaps",
            Self::Stale { .. } => "stale",
            Self::Still => "still",
            Self::NoTrend { .. } => "no_trend",
            Self::AgainstSlope { .. } => "against_slope",
            Self::NotConfirmed { .. } => "not_confirmed",
            Self::Weak { .. } => "weak",
        }
    }
}

/// A parameter of a strategy, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// Its key in the configuration.
    pub name: &'static str,
    /// Its value now.
    pub value: String,
    /// What it does, with its unit.
    pub about: &'static str,
}

/// Something that notices things in bars: a pure function with parameters.
pub trait Strategy: Debug + Send + Sync {
    /// What it is called, in signals and standing approvals; one word that never changes.
    fn name(&self) -> &'static str;

    /// Its parameters, described, with their values.
    fn parameters(&self) -> Vec<Parameter>;

    /// Looks at one underlying. The same `seen` gives the same answer, byte for byte, and bars that
    /// are not over at `seen.now` change nothing.
    ///
    /// # Errors
    ///
    /// [`Quiet`]: nothing to trade, and why. Nothing is wrong; show it to who asks.
    fn evaluate(&self, seen: &Seen<'_>) -> Result<Idea, Quiet>;
}
