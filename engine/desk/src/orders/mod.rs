//! What happens to orders: sent, answered, executed, walked, doubted, ended.

pub(crate) mod book;
pub(crate) mod doubt;
pub(crate) mod exit;
pub(crate) mod said;
pub(crate) mod send;
pub(crate) mod settle;
pub(crate) mod walk;

use std::sync::Arc;

use countersign_domain::{
    event::Fact,
    ids::{ClientOrderId, OrderId, PositionId},
    order::{Order, OrderEvent, OrderState, Purpose},
};

use crate::{
    draft::Draft,
    effect::Effect,
    ports::{CardKey, OrderRequest},
    seen::Seen,
};

/// Applies one event to an order and notes the move. An impossible pair is noted in the log and
/// changes nothing: the broker's next word, or a lookup, decides.
pub(crate) fn order_event(draft: &mut Draft, order: &Order, event: OrderEvent) -> Arc<Order> {
    change(draft, order, event, |_| {})
}

/// As [`order_event`], with something else to change in the same row.
pub(crate) fn change(
    draft: &mut Draft,
    order: &Order,
    event: OrderEvent,
    edit: impl FnOnce(&mut Order),
) -> Arc<Order> {
    let mut next = order.clone();
    if let Err(error) = next.apply(event, draft.now()) {
        tracing::error!(order.id = %order.id, %error, "an order's event was ignored");
        return Arc::new(order.clone());
    }
    edit(&mut next);
    if next.state != order.state || next.filled != order.filled {
        draft.note(Fact::OrderMoved {
            order: order.id,
            event,
            from: order.state,
            to: next.state,
            attempt: next.attempt,
            limit: next.limit,
            said: next.said.clone(),
        });
    }
    if next != *order {
        draw(draft, &next);
        draft.order(next.clone());
    }
    Arc::new(next)
}

/// Has the cards drawn that show an order.
pub(crate) fn draw(draft: &mut Draft, order: &Order) {
    let held = draft.seen().positions.get(&order.position).cloned();
    let ticket = match order.purpose {
        Purpose::Entry { ticket, .. } => Some(ticket),
        Purpose::Exit { .. } => held.as_ref().map(|position| position.ticket),
    };
    if let Some(ticket) = ticket {
        draft.draw(CardKey::Ticket(ticket));
    }
    if let Some(position) = held {
        draft.draw(CardKey::Position(position.id));
    }
}

/// Asks for the end of an order: at once where the broker has it, else as soon as it has.
pub(crate) fn withdraw(draft: &mut Draft, order: &Order) {
    if order.cancel_wanted && order.state != OrderState::Working {
        return;
    }
    match order.state {
        OrderState::Working | OrderState::Replacing => {
            let attempt = order.attempt;
            let now = draft.now();
            change(draft, order, OrderEvent::CancelSent, |next| {
                next.cancel_wanted = true;
                next.next_step_at = Some(now + doubt::EVERY);
            });
            draft.perform(Effect::Cancel {
                order: order.id,
                attempt,
            });
        }
        OrderState::Submitted | OrderState::InDoubt => {
            let mut next = order.clone();
            next.cancel_wanted = true;
            draw(draft, &next);
            draft.order(next);
        }
        _ => {}
    }
}

/// An attempt at an order as it is sent: the quantity less all fills.
pub(crate) fn request(order: &Order, attempt: u32) -> OrderRequest {
    let limit = match order.next {
        Some(next) if next.number == attempt => next.limit,
        _ => order.limit,
    };
    OrderRequest {
        client_order_id: order.client_order_id_of(attempt),
        legs: order.legs.clone(),
        opens: order.purpose.is_entry(),
        quantity: order.remaining(),
        limit,
        tif: order.tif,
    }
}

/// What one of our names at the broker stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// An attempt at an entry.
    Entry(OrderId, u32),
    /// An attempt at the exit of a position.
    Exit(PositionId, u32),
}

impl Named {
    /// Reads `e<order>-<attempt>` and `x<position>-<attempt>`; `None` for a name that is not ours.
    pub(crate) fn parse(id: &ClientOrderId) -> Option<Self> {
        let (kind, rest) = id.0.split_at_checked(1)?;
        let (id, attempt) = rest.rsplit_once('-')?;
        let attempt = attempt.parse().ok()?;
        match kind {
            "e" => id.parse().ok().map(|order| Self::Entry(order, attempt)),
            "x" => id
                .parse()
                .ok()
                .map(|position| Self::Exit(position, attempt)),
            _ => None,
        }
    }

    /// The attempt's number.
    pub(crate) const fn attempt(self) -> u32 {
        match self {
            Self::Entry(_, attempt) | Self::Exit(_, attempt) => attempt,
        }
    }

    /// The order that it belongs to. Exit attempts count on per position, so the one that it
    /// belongs to is the first whose newest attempt, asked for or standing, is not older.
    pub(crate) fn order(self, seen: &Seen) -> Option<Arc<Order>> {
        match self {
            Self::Entry(order, _) => seen.orders.get(&order).cloned(),
            Self::Exit(position, attempt) => {
                let newest = |order: &Arc<Order>| {
                    order
                        .next
                        .map_or(order.attempt, |next| next.number.max(order.attempt))
                };
                seen.orders
                    .values()
                    .filter(|order| order.position == position && !order.purpose.is_entry())
                    .filter(|order| newest(order) >= attempt)
                    .min_by_key(|order| newest(order))
                    .cloned()
            }
        }
    }
}
