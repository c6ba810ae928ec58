//! Booking executions: once each, by the broker's own id; every total derives from them.

use std::sync::Arc;

use countersign_domain::{
    calendar,
    event::{Alarm, Fact},
    execution::Execution,
    exit::ExitState,
    ids::PositionId,
    money::{Contracts, Price, Usd},
    order::{Order, OrderEvent, Purpose},
    position::{Holding, Position, PositionEvent, PositionState},
    ticket::Ticket,
};
use rust_decimal::Decimal;

use super::{Named, order_event, settle, withdraw};
use crate::{draft::Draft, ports::BrokerExecution, reconcile};

/// Books one execution of an order of ours, or takes it back.
pub(crate) fn execution(draft: &mut Draft, said: &BrokerExecution, named: Named) {
    let Some(order) = named.order(draft.seen()) else {
        tracing::error!(execution.id = %said.id, "an execution names an order that is not known");
        return;
    };
    let all = draft
        .seen()
        .executions
        .get(&order.position)
        .cloned()
        .unwrap_or_default();
    let known = all.iter().find(|one| one.id == said.id);
    if known.is_some_and(|known| known.bust || !said.bust) {
        return;
    }
    // One that is taken back before it was told counts as known from here on.
    let execution = known.cloned().map_or_else(
        || Execution {
            id: said.id.clone(),
            order: Some(order.id),
            position: order.position,
            instrument: said.instrument,
            side: said.side,
            quantity: said.quantity,
            price: said.price,
            fee: said.fee,
            at: said.at,
            bust: said.bust,
        },
        |known| Execution {
            bust: true,
            ..known
        },
    );
    if execution.bust {
        draft.note(Fact::Busted(execution.id.clone()));
    } else {
        draft.note(Fact::Executed(execution.clone()));
    }
    open_if_new(draft, &order);
    take_guesses_back(draft, order.position);
    draft.execution(execution);
    let order = recount(draft, &order);
    rebook(draft, order.position);
    settle::after(draft, &order);
}

/// What was booked for a trade by hand was a guess: the broker's own word on the same position
/// takes its place, and the next reconciliation guesses anew if it has to.
fn take_guesses_back(draft: &mut Draft, position: PositionId) {
    let all = draft.seen().executions.get(&position).cloned();
    for one in all.unwrap_or_default().iter() {
        if reconcile::is_guess(one) && !one.bust {
            draft.note(Fact::Busted(one.id.clone()));
            draft.execution(Execution {
                bust: true,
                ..one.clone()
            });
        }
    }
}

/// Units of an order that executions add up to: the least leg's quantity over its ratio.
pub(crate) fn units(order: &Order, executions: &[Execution]) -> Contracts {
    let of_leg = |leg: &countersign_domain::structure::Leg| {
        let count: i64 = executions
            .iter()
            .filter(|one| one.order == Some(order.id) && one.instrument == leg.instrument)
            .map(|one| one.signed().saturating_mul(leg.side.sign()))
            .fold(0, i64::saturating_add);
        count.checked_div(i64::from(leg.ratio)).unwrap_or(0).max(0)
    };
    let least = order.legs.iter().map(of_leg).min().unwrap_or(0);
    Contracts(u32::try_from(least).unwrap_or(u32::MAX))
}

fn recount(draft: &mut Draft, order: &Order) -> Arc<Order> {
    let all = draft
        .seen()
        .executions
        .get(&order.position)
        .cloned()
        .unwrap_or_default();
    let total = units(order, &all);
    if total > order.quantity && order.filled <= order.quantity {
        draft.alarm(Alarm::Overfilled(order.id));
    }
    let was_live = order.is_live();
    let next = order_event(draft, order, OrderEvent::FilledTo(total));
    if !was_live && next.is_live() {
        // Given up and executed after all: it must go.
        draft.alarm(Alarm::LateOrder(order.id));
        withdraw(draft, &next);
        draft.perform(crate::effect::Effect::Cancel {
            order: next.id,
            attempt: next.attempt,
        });
    }
    next
}

/// The position of an entry comes into being with its first execution.
fn open_if_new(draft: &mut Draft, order: &Order) {
    let Purpose::Entry { ticket, .. } = order.purpose else {
        return;
    };
    if draft.seen().positions.contains_key(&order.position) {
        return;
    }
    let Some(ticket) = draft.seen().tickets.get(&ticket).cloned() else {
        tracing::error!(order.id = %order.id, "an entry was executed whose ticket is not known");
        return;
    };
    draft.note(Fact::PositionOpened {
        position: order.position,
        ticket: ticket.id,
    });
    let position = opened(draft, order, &ticket);
    draft.position(position);
    draft.exit_state(order.position, ExitState::default());
}

fn opened(draft: &Draft, order: &Order, ticket: &Ticket) -> Position {
    let units = Decimal::from(ticket.terms.contracts.0);
    let share = Decimal::ONE.checked_div(units).unwrap_or(Decimal::ONE);
    let legs = ticket.structure.legs();
    Position {
        id: order.position,
        desk: order.desk,
        ticket: ticket.id,
        entry: order.id,
        underlying: ticket.underlying,
        structure: ticket.structure.clone(),
        holdings: legs.iter().map(|leg| Holding::of(leg.instrument)).collect(),
        fees: Usd::ZERO,
        entered: Contracts::ZERO,
        entry_net: Price::ZERO,
        exit_plan: ticket.exit_plan,
        exit_attempts: 0,
        hold: None,
        close_wanted: false,
        worst_loss_per_unit: ticket.terms.worst_loss.scaled(share),
        state: PositionState::Open,
        opened_at: draft.now(),
    }
}

/// Derives a position from its executions anew, and the day's totals from the difference.
pub(crate) fn rebook(draft: &mut Draft, id: PositionId) {
    let Some(position) = draft.seen().positions.get(&id).cloned() else {
        return;
    };
    let all = draft
        .seen()
        .executions
        .get(&id)
        .cloned()
        .unwrap_or_default();
    let mut next = position.as_ref().clone();
    next.rebuild(all.iter());
    if next.state.is_closed()
        && !next.is_flat()
        && let Ok(state) = next.state.apply(PositionEvent::HeldAgain)
    {
        draft.note(Fact::PositionMoved {
            position: id,
            from: next.state,
            to: state,
        });
        next.state = state;
    }
    let mut day = draft.seen().day.on(calendar::market_date(draft.now()));
    day.realised += next.realised() - position.realised();
    day.fees += next.fees - position.fees;
    draft.day(day);
    draft.position(next);
}
