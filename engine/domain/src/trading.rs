//! Whether a desk may trade.

use serde::{Deserialize, Serialize};

use crate::{money::Usd, operator::Actor};

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

/// That a desk takes less risk from now on, or none, and how it stands: what everybody has to know of
/// a halt, a brake or a flatten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Before.
    pub from: TradingState,
    /// After.
    pub to: TradingState,
    /// What asked.
    pub event: TradingEvent,
    /// True when everything held is being closed as well.
    pub flatten: bool,
    /// Why, in the words of who asked; empty where nobody did.
    pub reason: String,
    /// Who asked.
    pub by: Actor,
    /// What the day took, after fees; a loss is negative.
    pub taken: Usd,
    /// Open profit at the last believed marks; `None` in a process that does not see the market.
    pub open: Option<Usd>,
    /// The most that the day may lose.
    pub bound: Usd,
    /// Positions that are not closed.
    pub positions: u32,
    /// Entries that were cancelled.
    pub cancelled: u32,
    /// Tickets that were withdrawn.
    pub withdrawn: u32,
    /// The process that decided it, as others know it.
    pub instance: String,
}
