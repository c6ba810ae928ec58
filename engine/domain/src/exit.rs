//! Exits: why and when a position is closed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::money::{Percent, Usd};

/// Why a position is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitReason {
    /// The profit target was reached.
    ProfitTarget,
    /// The stop was reached.
    StopLoss,
    /// The profit fell back from its high-water mark.
    TrailingStop,
    /// The time stop came.
    TimeStop,
    /// Too few days are left to expiry.
    DaysToExpiry,
    /// The last trading hour of a contract came.
    Expiry,
    /// A short leg was assigned.
    Assignment,
    /// A person asked for it.
    Human,
    /// An automatic brake (a limit on losses, a flatten).
    Brake,
}

impl ExitReason {
    /// True when only a price asks for this exit: a bad mark suppresses it. All others go on.
    pub const fn is_price(self) -> bool {
        matches!(
            self,
            Self::ProfitTarget | Self::StopLoss | Self::TrailingStop
        )
    }
}

/// A stop that follows the profit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailingStop {
    /// The profit, as percent of the premium, from which it follows.
    pub arm: Percent,
    /// The fall from the high-water mark, as percent of the premium, that closes.
    pub give_back: Percent,
}

/// When a position is closed without anybody asking.
///
/// Percentages are of the premium: the net price paid or received at entry, times contracts and
/// multiplier. A rule that is `None` is off. The last trading hour cannot be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExitPlan {
    /// Close when the open profit reaches this share of the premium.
    pub profit_target: Option<Percent>,
    /// Close when the open loss reaches this share of the premium.
    pub stop_loss: Option<Percent>,
    /// Close when the profit falls back from its best.
    pub trail: Option<TrailingStop>,
    /// Close at this time.
    pub time_stop: Option<Timestamp>,
    /// Close when a contract has at most this many calendar days left.
    pub days_to_expiry: Option<u32>,
}

/// What the exit rules remember between ticks; written in the tick that relies on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExitState {
    /// The best open profit seen, after fees paid so far; zero until the position was in profit.
    pub high_water: Usd,
    /// Ticks in a row that confirmed a price exit on a wide quote.
    pub confirmations: u32,
}
