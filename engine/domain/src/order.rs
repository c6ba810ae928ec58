//! Orders: intent at the broker, and the machine that follows what became of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    exit::ExitReason,
    ids::{BrokerOrderId, ClientOrderId, DeskId, OrderId, PositionId, Revision, TicketId},
    money::{Contracts, Price},
    structure::Leg,
    transition::InvalidTransition,
};

/// Where an order stands.
///
/// ```text
/// Submitted -> Working -> Filled;   Submitted -> Denied | Rejected | Lapsed
/// Submitted -> InDoubt -> what the lookups say | Unsent
/// Working <-> Replacing;   Working <-> Cancelling -> Cancelled   (late executions still count)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Written down as sent, before it is; the broker has not answered.
    Submitted,
    /// Sent, and the answer was lost. Only a lookup or the broker's own word may move it.
    InDoubt,
    /// At the broker.
    Working,
    /// At the broker; the next attempt is asked for.
    Replacing,
    /// At the broker; its cancellation is asked for.
    Cancelling,
    /// Executed whole.
    Filled,
    /// Ended at the broker with something unfilled.
    Cancelled,
    /// Our own last check said no; it never left.
    Denied,
    /// The broker said no.
    Rejected,
    /// Never sent: its time had passed.
    Lapsed,
    /// In doubt, and every lookup said that it never arrived; it is never sent again.
    Unsent,
}

/// What happens to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderEvent {
    /// Our own last check said no.
    Denied,
    /// Its time passed before it was sent.
    Lapsed,
    /// It was sent and no answer came.
    AnswerLost,
    /// All lookups over the grace period found nothing.
    NeverArrived,
    /// An exit goes out again under its old name.
    SentAgain,
    /// The broker has it.
    Accepted,
    /// The broker said no.
    Rejected,
    /// It ended at the broker without being filled whole.
    Gone,
    /// A cancellation is asked for.
    CancelSent,
    /// The next attempt is asked for.
    ReplaceSent,
    /// The next attempt stands in its place.
    Replaced,
    /// The broker would not replace.
    ReplaceRefused,
    /// Executions add up to this many units now: not a change, the total.
    FilledTo(Contracts),
}

impl OrderEvent {
    /// One of each, for tables.
    pub const fn samples() -> [Self; 15] {
        [
            Self::Denied,
            Self::Lapsed,
            Self::AnswerLost,
            Self::NeverArrived,
            Self::SentAgain,
            Self::Accepted,
            Self::Rejected,
            Self::Gone,
            Self::CancelSent,
            Self::ReplaceSent,
            Self::Replaced,
            Self::ReplaceRefused,
            Self::FilledTo(Contracts(0)),
            Self::FilledTo(Contracts(2)),
            Self::FilledTo(Contracts(3)),
        ]
    }
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::Submitted,
        Self::InDoubt,
        Self::Working,
        Self::Replacing,
        Self::Cancelling,
        Self::Filled,
        Self::Cancelled,
        Self::Denied,
        Self::Rejected,
        Self::Lapsed,
        Self::Unsent,
    ];

    /// Applies one event to an order of `size` units. The whole state machine is this one table.
    ///
    /// Brokers repeat themselves, answer late and out of order: what is said twice or late
    /// changes nothing, an execution counts in every state, and an order that was given up and
    /// turns up after all is cancelled.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] when the pair is not in the table.
    #[rustfmt::skip]
    pub fn apply(self, event: OrderEvent, size: Contracts) -> Result<Self, InvalidTransition> {
        use OrderEvent as E;
        use OrderState as S;
        let next = match (self, event) {
            (S::Submitted,                          E::Denied)          => S::Denied,
            (S::Submitted,                          E::Lapsed)          => S::Lapsed,
            (S::Submitted | S::InDoubt,             E::AnswerLost)      => S::InDoubt,
            (S::InDoubt,                            E::NeverArrived)    => S::Unsent,
            (S::Submitted | S::InDoubt,             E::SentAgain)       => S::Submitted,
            (S::Submitted | S::InDoubt,             E::Accepted)        => S::Working,
            (S::Submitted | S::InDoubt,             E::Rejected)        => S::Rejected,
            (S::Submitted | S::InDoubt,             E::Gone)            => S::Cancelled,

            (S::Working,                            E::CancelSent)      => S::Cancelling,
            (S::Working,                            E::ReplaceSent)     => S::Replacing,
            (S::Replacing,                          E::Replaced | E::ReplaceRefused) => S::Working,
            (S::Replacing,                          E::CancelSent)      => S::Cancelling,
            (S::Working | S::Replacing | S::Cancelling, E::Gone | E::Rejected) => S::Cancelled,

            // Said late, said twice, or lost on the way to an order that the broker has.
            (S::Working | S::Replacing | S::Cancelling, E::Accepted | E::AnswerLost) => self,
            (S::Working,                            E::Replaced | E::ReplaceRefused) => self,
            (S::Cancelling,                         E::CancelSent | E::Replaced | E::ReplaceRefused) => self,
            (S::Filled,                             E::Replaced)        => self,
            (S::Filled | S::Cancelled,              E::Accepted | E::Gone | E::Rejected
                                                    | E::ReplaceRefused | E::AnswerLost) => self,
            (S::Rejected,                           E::Rejected | E::Gone | E::AnswerLost
                                                    | E::NeverArrived)  => self,
            (S::Unsent | S::Lapsed | S::Denied,     E::Gone | E::Rejected | E::AnswerLost
                                                    | E::NeverArrived)  => self,

            // Given up, and there after all: it must go.
            (S::Unsent | S::Lapsed | S::Rejected | S::Denied, E::Accepted) => S::Cancelling,
            // The old attempt was reported gone before the one that took its place.
            (S::Cancelled,                          E::Replaced)        => S::Cancelling,

            (state,                                 E::FilledTo(total)) => state.filled_to(total, size),

            (state, event) => return Err(InvalidTransition::of(&state, &event)),
        };
        Ok(next)
    }

    /// The state once executions add up to `total` of `size`; a bust can lower the total.
    fn filled_to(self, total: Contracts, size: Contracts) -> Self {
        let whole = total >= size;
        match self {
            _ if whole => Self::Filled,
            Self::Submitted | Self::InDoubt if total.is_zero() => self,
            Self::Submitted | Self::InDoubt => Self::Working,
            Self::Filled => Self::Cancelled,
            Self::Unsent | Self::Lapsed | Self::Rejected | Self::Denied if !total.is_zero() => {
                Self::Cancelling
            }
            state => state,
        }
    }

    /// True while the broker may still execute it, as far as we know.
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Self::Submitted | Self::InDoubt | Self::Working | Self::Replacing | Self::Cancelling
        )
    }

    /// The word for it in stored rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::InDoubt => "in_doubt",
            Self::Working => "working",
            Self::Replacing => "replacing",
            Self::Cancelling => "cancelling",
            Self::Filled => "filled",
            Self::Cancelled => "cancelled",
            Self::Denied => "denied",
            Self::Rejected => "rejected",
            Self::Lapsed => "lapsed",
            Self::Unsent => "unsent",
        }
    }
}

/// What an order is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Opens what a ticket proposed.
    Entry {
        /// Which ticket.
        ticket: TicketId,
        /// The revision that was confirmed.
        revision: Revision,
    },
    /// Closes a position.
    Exit {
        /// Which position.
        position: PositionId,
        /// Why.
        reason: ExitReason,
    },
}

impl Purpose {
    /// True for an entry.
    pub const fn is_entry(&self) -> bool {
        matches!(self, Self::Entry { .. })
    }
}

/// How long an order stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeInForce {
    /// Until the session ends.
    Day,
    /// What fills at once; the rest is cancelled.
    Ioc,
}

/// An order through all its attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Whose it is.
    pub desk: DeskId,
    /// What for.
    pub purpose: Purpose,
    /// The position that its executions open or close.
    pub position: PositionId,
    /// What it trades; sides as sent.
    pub legs: Vec<Leg>,
    /// Units over all attempts.
    pub quantity: Contracts,
    /// The net price per share it now asks for: fills at `net <= limit`.
    pub limit: Price,
    /// The net price that no attempt may pass.
    pub bound: Price,
    /// How long an attempt stays.
    pub tif: TimeInForce,
    /// The current attempt. Counts from 1 per order for entries, per position for exits.
    pub attempt: u32,
    /// The attempt that is asked for while `Replacing`.
    pub next: Option<Attempt>,
    /// Where it stands.
    pub state: OrderState,
    /// Units executed so far: the least leg's quantity over its ratio.
    pub filled: Contracts,
    /// Units that had been executed when the current attempt was sent.
    pub filled_before: Contracts,
    /// The broker's name of the current attempt.
    pub broker_id: Option<BrokerOrderId>,
    /// An entry that is not sent by then is never sent.
    pub send_before: Option<Timestamp>,
    /// True once somebody or something asked for its end.
    pub cancel_wanted: bool,
    /// Price steps taken so far.
    pub steps: u32,
    /// When the next price step, lookup or cancellation is due.
    pub next_step_at: Option<Timestamp>,
    /// Lookups that found nothing since it came into doubt.
    pub lookups: u32,
    /// When it was written down.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// The broker's words when it said no.
    pub said: Option<String>,
}

/// One attempt at an order: what `Replacing` waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Its number.
    pub number: u32,
    /// Its net limit.
    pub limit: Price,
}

impl Order {
    /// The current attempt's name at the broker.
    pub fn client_order_id(&self) -> ClientOrderId {
        self.client_order_id_of(self.attempt)
    }

    /// The name of any attempt: `e<order>-<attempt>` for entries, `x<position>-<attempt>` for
    /// exits, so that recovery can ask for the exits that it does not know of.
    pub fn client_order_id_of(&self, attempt: u32) -> ClientOrderId {
        match self.purpose {
            Purpose::Entry { .. } => ClientOrderId(format!("e{}-{attempt}", self.id)),
            Purpose::Exit { position, .. } => exit_order_id(position, attempt),
        }
    }

    /// Units that nothing has executed yet.
    pub fn remaining(&self) -> Contracts {
        self.quantity.less(self.filled)
    }

    /// True while the broker may still execute it, as far as we know.
    pub const fn is_live(&self) -> bool {
        self.state.is_live()
    }

    /// Applies one event and notes when.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] as [`OrderState::apply`], and when an entry were to be sent again,
    /// which never happens; the order is unchanged.
    pub fn apply(&mut self, event: OrderEvent, now: Timestamp) -> Result<(), InvalidTransition> {
        if event == OrderEvent::SentAgain && self.purpose.is_entry() {
            return Err(InvalidTransition::of(&self.state, &event));
        }
        let repeated = event == OrderEvent::Replaced && self.next.is_none();
        if repeated && self.state == OrderState::Cancelled {
            return Ok(());
        }
        let next = self.state.apply(event, self.quantity)?;
        if let OrderEvent::FilledTo(total) = event {
            self.filled = total;
        }
        if next != self.state {
            self.state = next;
            self.changed_at = now;
        }
        Ok(())
    }
}

/// The name of a position's exit attempt at the broker.
pub fn exit_order_id(position: PositionId, attempt: u32) -> ClientOrderId {
    ClientOrderId(format!("x{position}-{attempt}"))
}
