//! Units of work: load, decide, commit. What they decide is performed afterwards.

use countersign_domain::{
    ids::{DeskId, OrderId, OverrideId, PositionId, Revision, SignalId, StandingId, TicketId},
    refusal::Answer,
};

use crate::draft::Draft;

/// What a unit needs loaded beside what is alive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Tickets, with their signals.
    pub tickets: Vec<TicketId>,
    /// Orders, with their positions.
    pub orders: Vec<OrderId>,
    /// Positions, with their executions, orders and tickets.
    pub positions: Vec<PositionId>,
    /// Overrides.
    pub overrides: Vec<OverrideId>,
}

impl Needs {
    /// True when what is alive is enough.
    pub fn is_empty(&self) -> bool {
        self.tickets.is_empty()
            && self.orders.is_empty()
            && self.positions.is_empty()
            && self.overrides.is_empty()
    }
}

/// What caused a unit from outside: a second one of the same key is not run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InboxKey {
    /// Whose names these are, such as `paper.execution`.
    pub source: String,
    /// The name there.
    pub id: String,
}

/// What a unit did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// What it was asked for.
    Ok,
    /// Nothing was left to do.
    Nothing,
    /// Its inbox key had been seen before.
    Repeated,
    /// A ticket was offered or revised.
    Ticket(TicketId, Revision),
    /// A signal was not traded.
    Vetoed(SignalId),
    /// One yes of several was noted.
    SaidYes(TicketId),
    /// An order was written down to be sent.
    Order(OrderId),
    /// A standing approval was signed.
    Standing(StandingId),
    /// An override, or a looser limit, waits for others to grant it.
    Override(OverrideId),
    /// A limit is another one from now on.
    Limit,
}

/// A unit of work.
pub trait Work: Send + Sync {
    /// Whose it is.
    fn desk(&self) -> DeskId;

    /// What it needs loaded beside what is alive.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// What caused it from outside, if something did.
    fn inbox(&self) -> Option<InboxKey> {
        None
    }

    /// The fence of the lease that it rests on, if it needs one.
    fn fence(&self) -> Option<u64> {
        None
    }

    /// Holds all the rules. Pure and re-runnable: the same draft gives the same decision, and a
    /// refusal may still have written events and effects to the draft.
    ///
    /// # Errors
    ///
    /// The refusal, for the person who asked. What the draft holds is committed all the same.
    fn decide(&self, draft: &mut Draft) -> Answer<Done>;
}
