//! What leaves the desk as a file: what was executed, and what people decided.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    execution::Execution,
    ids::{OrderId, PositionId},
    money::Usd,
    order::{Order, Purpose},
    position::Holding,
    ticket::{Ticket, TicketState},
    view::Header,
};

/// The rows of some New York days, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// Whose.
    pub header: Header,
    /// The first day; `None` for the beginning.
    pub from: Option<Date>,
    /// The last day.
    pub to: Date,
    /// The rows.
    pub rows: Vec<ExportRow>,
}

/// One row: what happened, and the ticket behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportRow {
    /// When: executions by the broker's clock.
    pub at: Timestamp,
    /// The ticket, as it stands now.
    pub ticket: Ticket,
    /// What happened.
    pub what: Exported,
}

/// What a row tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exported {
    /// The last yes to a ticket, or a no.
    Decision,
    /// An execution.
    Fill {
        /// What the broker did.
        execution: Execution,
        /// Whether it opened or closed.
        effect: Effect,
        /// Profit that it took, before fees, by average cost.
        realised: Usd,
    },
}

/// What an execution did to its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Of an entry.
    Open,
    /// Of an exit.
    Close,
    /// The broker's own: expiry, assignment, exercise.
    Settlement,
}

impl Exported {
    /// The word for it in files.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Fill { .. } => "fill",
        }
    }

    /// The position that an execution belongs to.
    pub const fn position(&self) -> Option<PositionId> {
        match self {
            Self::Decision => None,
            Self::Fill { execution, .. } => Some(execution.position),
        }
    }

    /// The order that it belongs to, where it is of one.
    pub const fn order(&self) -> Option<OrderId> {
        match self {
            Self::Decision => None,
            Self::Fill { execution, .. } => execution.order,
        }
    }
}

impl Effect {
    /// The word for it in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Close => "close",
            Self::Settlement => "settlement",
        }
    }
}

/// Everything that the executions of one position did, in the order in which they were taken in; what
/// was taken back did nothing.
pub fn fills(ticket: &Ticket, orders: &[&Order], executions: &[Execution]) -> Vec<ExportRow> {
    let mut holdings: Vec<Holding> = Vec::new();
    let mut rows = Vec::new();
    for execution in executions {
        let order = orders.iter().find(|it| Some(it.id) == execution.order);
        let effect = match order.map(|order| &order.purpose) {
            Some(Purpose::Entry { .. }) => Effect::Open,
            Some(Purpose::Exit { .. }) => Effect::Close,
            None => Effect::Settlement,
        };
        rows.push(ExportRow {
            at: execution.at,
            ticket: ticket.clone(),
            what: Exported::Fill {
                execution: execution.clone(),
                effect,
                realised: booked(&mut holdings, execution),
            },
        });
    }
    rows
}

/// Books an execution; the profit that it took.
fn booked(holdings: &mut Vec<Holding>, execution: &Execution) -> Usd {
    let place = holdings
        .iter()
        .position(|held| held.instrument == execution.instrument);
    let known = place.and_then(|place| holdings.get_mut(place));
    let Some(holding) = known else {
        let mut holding = Holding::of(execution.instrument);
        holding.book(execution);
        holdings.push(holding);
        return Usd::ZERO;
    };
    let before = holding.realised;
    holding.book(execution);
    holding.realised - before
}

/// The row of a ticket's decision; `None` while it waits, or where nobody decided.
pub fn decision(ticket: &Ticket) -> Option<ExportRow> {
    let at = match &ticket.state {
        TicketState::Confirmed { yes, .. } | TicketState::Lapsed { yes, .. } => yes.last()?.at,
        TicketState::Declined { at, .. } => *at,
        _ => return None,
    };
    Some(ExportRow {
        at,
        ticket: ticket.clone(),
        what: Exported::Decision,
    })
}
