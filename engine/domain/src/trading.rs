//! Whether a desk may trade.

use serde::{Deserialize, Serialize};

use crate::money::Usd;

/// How much a desk may do. Ordered: a later one is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TradingState {
    /// Entries and exits.
    Active,
    /// Only what shrinks risk.
    Reducing,
    /// No entries, working entries are cancelled; automatic exits go on.
    Halted,
}

impl TradingState {
    /// The stricter of two.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        self.max(other)
    }

    /// The word for it in stored rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Reducing => "reducing",
            Self::Halted => "halted",
        }
    }
}

/// What made an automatic brake work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrakeCause {
    /// The day lost more than its limit.
    DailyLoss {
        /// What it lost.
        lost: Usd,
        /// The limit.
        bound: Usd,
    },
    /// The broker holds something else than we think.
    Mismatch,
}

/// What asks for another trading state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TradingEvent {
    /// The process came up.
    Started,
    /// Recovery found everything in order; the stored state may return. A desk that was braked,
    /// reduced or halted since the start must hand over that state instead.
    Recovered(TradingState),
    /// An automatic brake.
    Brake(BrakeCause),
    /// A person asked to reduce.
    Reduce,
    /// A person halted.
    Halt,
    /// A person resumed.
    Resume,
}

impl TradingState {
    /// Applies one event. Every automatic brake leads to `Reducing`; only a person halts or
    /// resumes; start-up takes the stricter of the stored state and `Reducing`.
    #[must_use]
    pub fn apply(self, event: TradingEvent) -> Self {
        use TradingEvent as E;
        match (self, event) {
            (state, E::Started | E::Brake(_)) => state.stricter(Self::Reducing),
            (Self::Reducing, E::Recovered(stored)) => stored,
            (state, E::Recovered(_)) => state,
            (_, E::Reduce) => Self::Reducing,
            (_, E::Halt) => Self::Halted,
            (_, E::Resume) => Self::Active,
        }
    }
}
