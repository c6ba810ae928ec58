//! Signals: what a strategy noticed, and what became of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{SignalId, TicketId},
    instrument::Symbol,
    transition::InvalidTransition,
};

/// Which way the underlying is expected to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Up.
    Bullish,
    /// Down.
    Bearish,
}

/// One fact behind a signal: a name that the strategy documents, and its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was measured, such as `ema_fast`.
    pub name: String,
    /// The figure, in the unit that the strategy documents.
    pub value: f64,
}

/// Why a signal did not become a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Veto {
    /// The market is closed, or too close to its end for a new position.
    Calendar {
        /// Minutes left in the session.
        minutes_left: i64,
    },
    /// No contract fits the wanted expiry and strike.
    NoContract {
        /// Contracts looked at.
        seen: usize,
        /// What none of them had.
        lacking: String,
    },
    /// The contracts that fit trade too thinly.
    Liquidity {
        /// The contract.
        contract: String,
        /// What was wrong with it, with figures.
        fault: String,
    },
    /// The figures cannot be trusted.
    DataQuality {
        /// What was wrong.
        fault: String,
    },
    /// A ticket or position on the same underlying and direction is open already.
    Duplicate {
        /// The ticket that stands, when it is one.
        ticket: Option<TicketId>,
    },
    /// A limit leaves no room.
    Limit(crate::limits::Breach),
    /// The news stands against it: the reasons that veto.
    News(Vec<crate::news::Reason>),
    /// Its strategy was switched off, or its underlying taken off the watchlist, while it was looked at.
    NotScanned,
    /// The desk takes no entries now.
    Trading {
        /// Its state.
        state: crate::trading::TradingState,
    },
}

/// Where a signal stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalState {
    /// Noticed, not yet screened.
    Raised,
    /// Not traded, for these reasons.
    Vetoed(Vec<Veto>),
    /// Offered as a ticket.
    Ticketed(TicketId),
    /// Its time passed before it was screened.
    Lapsed,
}

/// What happens to a signal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalEvent {
    /// It is not traded.
    Vetoed(Vec<Veto>),
    /// It became a ticket.
    Ticketed(TicketId),
    /// Its time passed.
    Lapsed,
}

impl SignalState {
    /// Applies one event.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] when the signal was decided before.
    pub fn apply(self, event: SignalEvent) -> Result<Self, InvalidTransition> {
        match (self, event) {
            (Self::Raised, SignalEvent::Vetoed(why)) => Ok(Self::Vetoed(why)),
            (Self::Raised, SignalEvent::Ticketed(ticket)) => Ok(Self::Ticketed(ticket)),
            (Self::Raised, SignalEvent::Lapsed) => Ok(Self::Lapsed),
            (state, event) => Err(InvalidTransition::of(&state, &event)),
        }
    }
}

/// What a strategy noticed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// Its id.
    pub id: SignalId,
    /// Which strategy.
    pub strategy: String,
    /// On what.
    pub underlying: Symbol,
    /// Which way.
    pub direction: Direction,
    /// How sure, from 0 to 1.
    pub strength: f64,
    /// The figures behind it.
    pub evidence: Vec<Evidence>,
    /// When it was noticed.
    pub raised_at: Timestamp,
    /// Until when it counts.
    pub good_until: Timestamp,
    /// Where it stands.
    pub state: SignalState,
}
