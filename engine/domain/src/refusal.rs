//! Why a verb was refused: typed values from which the cards make sentences.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    exit::PlanFault,
    ids::Revision,
    instrument::{Instrument, OptionContract},
    limits::Breach,
    money::{Contracts, Percent, Usd},
    news::Reason,
    notices::NoticeFault,
    operator::Role,
    order::OrderState,
    overrides::{OverrideFault, OverrideState},
    people::{LinkFault, PeopleFault, TapFault},
    position::PositionState,
    quote::QuoteFault,
    scanning::ScanFault,
    standing::StandingFault,
    ticket::TicketState,
    trading::TradingState,
};

/// Why a verb did nothing (or, for [`Refusal::Repriced`], why it made a new revision instead).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The person is not on the allow-list, or their role does not allow it.
    NotPermitted {
        /// The least role that may.
        needs: Role,
        /// The role that they have on this desk, if any.
        has: Option<Role>,
    },
    /// No such ticket on this desk.
    UnknownTicket,
    /// No such position on this desk.
    UnknownPosition,
    /// No such order on this desk.
    UnknownOrder,
    /// No such signal on this desk.
    UnknownSignal,
    /// No such standing approval on this desk.
    UnknownStanding,
    /// No such override on this desk.
    UnknownOverride,
    /// Nothing on this desk has that id or name.
    UnknownSubject,
    /// The button belongs to an older drawing of the ticket.
    StaleCard {
        /// The revision that stands.
        current: Revision,
    },
    /// Somebody or something decided first: the state tells who, and when.
    AlreadyDecided(Box<TicketState>),
    /// Its time had passed.
    Expired {
        /// When it did.
        at: Timestamp,
    },
    /// The desk does not take this in its state.
    Trading(TradingState),
    /// Limits leave no room: every one that would be passed.
    Limits(Vec<Breach>),
    /// The news stands against it: the reasons that veto.
    News(Vec<Reason>),
    /// No price to rest on.
    NoQuote {
        /// Of which instrument.
        instrument: Instrument,
        /// What was wrong with its quote.
        fault: QuoteFault,
    },
    /// The market moved beyond the tolerance: a new revision waits for a new press.
    Repriced {
        /// The new revision.
        revision: Revision,
        /// How far it moved.
        breach: Breach,
    },
    /// The market is closed.
    MarketClosed {
        /// When it opens next.
        opens: Option<Timestamp>,
    },
    /// The session ends too soon for a new ticket.
    TooLate {
        /// When it ends.
        closes: Timestamp,
    },
    /// The edited or proposed values make no ticket.
    Invalid(Invalid),
    /// The exit plan makes no sense for what is traded.
    ExitPlan(PlanFault),
    /// The bounds make no standing approval.
    Standing(StandingFault),
    /// The limit cannot be passed or changed like that, or not by this person.
    Override(OverrideFault),
    /// Somebody or something decided on the override first: the state tells who, and when.
    OverrideDecided(Box<OverrideState>),
    /// The editor or proposer cannot be the second person, nor one person both.
    NotSecondPerson,
    /// The order is in no state in which this can be done.
    OrderState(OrderState),
    /// The stop stands there already: the press that was to bring it nearer had been made.
    StopStands(Percent),
    /// The button belongs to an older drawing of the position.
    StalePosition,
    /// The position is in no state in which this can be done.
    PositionState(Box<PositionState>),
    /// Contracts with a changed deliverable cannot be opened.
    Adjusted(OptionContract),
    /// The link code does not count.
    Link(LinkFault),
    /// The allow-list cannot be changed so.
    People(PeopleFault),
    /// The second press does not go with a first one that still counts.
    SecondTap(TapFault),
    /// The ticket could lose so much that its contracts have to be typed with the yes.
    TypeToConfirm {
        /// What it could lose.
        loss: Usd,
        /// What was typed, if anything was.
        typed: Option<Contracts>,
    },
    /// People can not be told things so.
    Notice(NoticeFault),
    /// What is scanned cannot be changed so.
    Scanning(ScanFault),
    /// Only a paper account may do this.
    PaperOnly,
    /// The store cannot commit: entries stop, exits go on.
    StoreUnavailable,
    /// The broker does not answer, so that nothing can be said about the account.
    BrokerUnavailable,
    /// Another process holds the desk.
    NotOurs,
}

/// What is wrong with values that a person gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invalid {
    /// Contracts must be a whole number from 1 to [`Contracts::MOST`](crate::money::Contracts::MOST).
    Contracts,
    /// The limit must be a price in whole increments, inside what the structure can cost.
    Limit,
    /// The legs make no structure that the desk trades.
    Structure,
    /// The time must lie in the future and within the bound of the verb.
    Time,
    /// There is no strategy of that name.
    Strategy,
    /// A reason is needed, 1 to 200 characters.
    Reason,
    /// The contract is unknown or has expired.
    Contract,
}

/// What a verb answers.
pub type Answer<T> = Result<T, Refusal>;
