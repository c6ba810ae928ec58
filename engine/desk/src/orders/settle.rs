//! What follows when an order or a position comes to its end.

use std::sync::Arc;

use countersign_domain::{
    event::{Alarm, Fact},
    execution::Execution,
    exit::ExitReason,
    ids::PositionId,
    order::{Order, OrderState, Purpose},
    position::{ClosedBy, Position, PositionEvent, PositionState},
    structure::Leg,
    ticket::{LapseReason, TicketEvent},
};

use super::withdraw;
use crate::{draft::Draft, verbs::moved};

/// Looks at everything that an order's move may have ended.
pub(crate) fn after(draft: &mut Draft, order: &Order) {
    if let Purpose::Entry { ticket, .. } = order.purpose
        && order.filled.is_zero()
        && let Some(reason) = never_sent(order.state)
    {
        lapse(draft, ticket, reason);
    }
    position(draft, order.position, None);
}

const fn never_sent(state: OrderState) -> Option<LapseReason> {
    match state {
        OrderState::Unsent => Some(LapseReason::NeverArrived),
        _ => None,
    }
}

/// The ticket of an entry that was never sent.
pub(crate) fn lapse(
    draft: &mut Draft,
    ticket: countersign_domain::ids::TicketId,
    reason: LapseReason,
) {
    let Some(ticket) = draft.seen().tickets.get(&ticket).cloned() else {
        return;
    };
    let event = TicketEvent::Lapsed(reason.clone(), draft.now());
    let next = moved(&ticket, event);
    if next.state != ticket.state {
        draft.ticket(next);
        draft.note(Fact::TicketLapsed {
            ticket: ticket.id,
            reason,
        });
    }
}

/// Brings a position's state to what its holdings and orders say.
pub(crate) fn position(draft: &mut Draft, id: PositionId, settled: Option<ClosedBy>) {
    let Some(position) = draft.seen().positions.get(&id).cloned() else {
        return;
    };
    if position.state.is_closed() {
        return;
    }
    let live = draft.seen().live_orders().any(|order| order.position == id);
    let event = if position.is_flat() && !live {
        let by = settled.unwrap_or_else(|| closed_by(draft, &position));
        Some(PositionEvent::Emptied {
            by,
            at: draft.now(),
        })
    } else if live {
        exit_gone(draft, &position).then_some(PositionEvent::ExitEnded)
    } else {
        at_rest(&position)
    };
    if let Some(event) = event {
        step(draft, &position, event);
    }
    trim(draft, &position);
}

/// Cancels an exit that would close more than is held: an execution was told late or taken back,
/// or somebody traded by hand. What is still held is closed by the next one.
fn trim(draft: &mut Draft, position: &Position) {
    let executions = draft.seen().executions.get(&position.id).cloned();
    let executions = executions.unwrap_or_default();
    let too_large = |order: &&Arc<Order>| {
        let exits = order.position == position.id && !order.purpose.is_entry();
        exits
            && order
                .legs
                .iter()
                .any(|leg| flips(position, order, leg, &executions))
    };
    let exits: Vec<_> = draft
        .seen()
        .live_orders()
        .filter(too_large)
        .cloned()
        .collect();
    for order in exits {
        withdraw(draft, &order);
    }
}

/// True when what is left of a leg of an exit is more than is held of it.
fn flips(position: &Position, order: &Order, leg: &Leg, executions: &[Execution]) -> bool {
    let mut holdings = position.holdings.iter();
    let held = holdings
        .find(|held| held.instrument == leg.instrument)
        .map_or(0, |held| held.quantity);
    let done = executions
        .iter()
        .filter(|one| one.order == Some(order.id) && one.instrument == leg.instrument)
        .map(Execution::signed)
        .fold(0, i64::saturating_add);
    let left = leg.signed(order.quantity.count()).saturating_sub(done);
    let after = held.saturating_add(left);
    left != 0 && after != 0 && after.signum() != held.signum()
}

/// True when the exit that a position waits for is no longer live, while something else is.
fn exit_gone(draft: &Draft, position: &Position) -> bool {
    match position.state {
        PositionState::Closing { order, .. } => !draft
            .seen()
            .orders
            .get(&order)
            .is_some_and(|order| order.is_live()),
        _ => false,
    }
}

/// The state of a position that holds something while no order of it lives.
fn at_rest(position: &Position) -> Option<PositionEvent> {
    let whole =
        position.units().is_some() && position.holdings.len() == position.structure.legs().len();
    match position.state {
        PositionState::Broken if whole => Some(PositionEvent::LegsMended),
        PositionState::Broken => None,
        _ if !whole => Some(PositionEvent::LegsDiverged),
        PositionState::Closing { .. } => Some(PositionEvent::ExitEnded),
        _ => None,
    }
}

/// How a position came to hold nothing, as far as its own exits tell.
fn closed_by(draft: &Draft, position: &Position) -> ClosedBy {
    if let PositionState::Closing { reason, .. } = position.state {
        return ClosedBy::Exit(reason);
    }
    let exits = draft
        .seen()
        .orders
        .values()
        .filter_map(|order| match order.purpose {
            Purpose::Exit {
                position: of,
                reason,
            } if of == position.id => Some((order.attempt, reason)),
            _ => None,
        });
    let last = exits.max_by_key(|(attempt, _): &(u32, ExitReason)| *attempt);
    last.map_or(ClosedBy::Outside, |(_, reason)| ClosedBy::Exit(reason))
}

fn step(draft: &mut Draft, position: &Position, event: PositionEvent) {
    let Ok(state) = position.state.apply(event) else {
        tracing::error!(position.id = %position.id, ?event, "a position's event was ignored");
        return;
    };
    if state == position.state {
        return;
    }
    let mut next = position.clone();
    next.state = state;
    draft.note(Fact::PositionMoved {
        position: position.id,
        from: position.state,
        to: state,
    });
    match event {
        PositionEvent::Emptied { by, .. } => draft.note(Fact::PositionClosed {
            position: position.id,
            by,
            realised: position.realised(),
            fees: position.fees,
        }),
        PositionEvent::LegsDiverged => draft.alarm(Alarm::LegsDiverged(position.id)),
        _ => {}
    }
    draft.position(next);
}
