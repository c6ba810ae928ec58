//! Doubt: what lookups say of an order whose answer was lost, and what silence means.

use std::sync::Arc;

use countersign_domain::{
    event::Alarm,
    ids::{DeskId, OrderId},
    operator::Actor,
    order::{Order, OrderEvent, OrderState, Purpose},
    refusal::Answer,
};
use jiff::SignedDuration;

use super::{Named, book, change, said, settle, withdraw};
use crate::{
    draft::Draft,
    effect::Effect,
    ports::{BrokerStatus, Found},
    work::{Done, Needs, Work},
};

/// Time between lookups of one order.
pub(crate) const EVERY: SignedDuration = SignedDuration::from_secs(2);

/// Lookups that must all find nothing before silence means anything.
pub(crate) const LOOKUPS: u32 = 3;

/// Lookups after which an exit that is not shown is given up although the broker holds less than it
/// should: somebody may have traded by hand.
const PATIENCE: u32 = 15;

/// What the broker's positions and open orders say of an exit that a lookup did not find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trace {
    /// Nothing came of it, or the broker refuses its name where it is known.
    None,
    /// It works, or less is held than we think.
    Some,
    /// They could not be read, or nobody asked.
    Unread,
}

/// A lookup came back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LookedUp {
    pub(crate) desk: DeskId,
    pub(crate) order: OrderId,
    /// Which attempt was looked up.
    pub(crate) attempt: u32,
    pub(crate) found: Option<Found>,
    /// While the next attempt is looked up: the current one.
    pub(crate) current: Option<Found>,
    /// How long an order may take to show up.
    pub(crate) grace: SignedDuration,
    /// What may have come of an exit that was not found.
    pub(crate) trace: Trace,
}

/// True while an order waits for what a lookup says, and not for its next price: its answer or its
/// end is open, or the broker calls it filled and has told too few executions.
pub(crate) const fn is_open(order: &Order) -> bool {
    match order.state {
        OrderState::InDoubt | OrderState::Replacing | OrderState::Cancelling => true,
        OrderState::Working => order.lookups > 0,
        _ => false,
    }
}

impl Work for LookedUp {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        Needs {
            orders: vec![self.order],
            ..Needs::default()
        }
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.act_as(Actor::Broker);
        let Some(order) = draft.seen().orders.get(&self.order).cloned() else {
            return Ok(Done::Nothing);
        };
        match &self.found {
            Some(found) => {
                adopt(draft, found);
                self.filled_unseen(draft, &order, found);
            }
            None => self.silence(draft, &order),
        }
        let order = draft.seen().orders.get(&self.order).cloned();
        if let Some(order) = order.filter(|order| order.is_live()) {
            self.again(draft, &order);
        }
        Ok(Done::Ok)
    }
}

/// Takes in what a lookup found: executions first, so that the end of the order finds them.
pub(crate) fn adopt(draft: &mut Draft, found: &Found) {
    for execution in &found.executions {
        if let Some(named) = execution.client_order_id.as_ref().and_then(Named::parse) {
            book::execution(draft, execution, named);
        }
    }
    said::said(draft, &found.order);
}

impl LookedUp {
    /// Looks again later while the answer is still open.
    fn again(&self, draft: &mut Draft, order: &Order) {
        if !is_open(order) {
            return;
        }
        let mut next = order.clone();
        next.next_step_at = Some(draft.now() + EVERY);
        let status = self.found.as_ref().map(|found| found.order.status);
        if next.state == OrderState::Cancelling && status == Some(BrokerStatus::Working) {
            draft.perform(Effect::Cancel {
                order: next.id,
                attempt: next.attempt,
            });
        }
        draft.order(next);
    }

    /// The broker calls an order filled and shows too few executions: they are late, or were taken
    /// back. After enough lookups over the grace period it has ended with what is known; what comes
    /// later still counts.
    fn filled_unseen(&self, draft: &mut Draft, before: &Order, found: &Found) {
        let after = draft.seen().orders.get(&self.order).cloned();
        let short = |order: &Arc<Order>| {
            let current = order.attempt == self.attempt;
            let known = matches!(order.state, OrderState::Working | OrderState::Cancelling);
            current && known && found.order.status == BrokerStatus::Filled
        };
        let Some(order) = after.filter(short) else {
            return;
        };
        let mut next = order.as_ref().clone();
        next.lookups = before.lookups.saturating_add(1);
        // Counted in lookups: the order may have stood for long before the broker called it filled.
        let looked = i32::try_from(before.lookups).unwrap_or(i32::MAX);
        let waited = EVERY.saturating_mul(looked) >= self.grace;
        if waited && next.lookups >= LOOKUPS {
            let ended = change(draft, &next, OrderEvent::Gone, |_| {});
            settle::after(draft, &ended);
        } else {
            draft.order(next);
        }
    }

    /// True once enough lookups over the grace period have said the same.
    fn is_certain(&self, draft: &Draft, order: &Order) -> bool {
        let waited = draft.now().duration_since(order.changed_at) >= self.grace;
        waited && order.lookups >= LOOKUPS
    }

    /// True for what is never sent again: an entry, an exit that is not wanted any more, and one that
    /// may have closed something.
    fn is_given_up(&self, order: &Order) -> bool {
        let unclear = self.trace == Trace::Some && order.lookups >= PATIENCE;
        order.purpose.is_entry() || order.cancel_wanted || unclear
    }

    /// Nothing was found: noted, and after enough lookups over the grace period it means that the
    /// attempt never arrived.
    fn silence(&self, draft: &mut Draft, order: &Order) {
        let mut next = order.clone();
        next.lookups = match order.state {
            // It stands, by the broker's own word: the walk goes on.
            OrderState::Working => 0,
            _ => next.lookups.saturating_add(1),
        };
        let certain = self.is_certain(draft, &next);
        draft.order(next.clone());
        match order.state {
            OrderState::InDoubt if certain && self.is_given_up(&next) => {
                let gone = change(draft, &next, OrderEvent::NeverArrived, |_| {});
                draft.alarm(Alarm::NeverArrived(order.id));
                settle::after(draft, &gone);
            }
            OrderState::InDoubt if certain && self.trace == Trace::None => {
                // The lookups stay: they say that it was in doubt.
                let again = change(draft, &next, OrderEvent::SentAgain, |_| {});
                if matches!(order.purpose, Purpose::Exit { .. }) {
                    draft.perform(Effect::Submit {
                        order: again.id,
                        attempt: again.attempt,
                    });
                }
            }
            OrderState::Replacing => {
                // The end of the current attempt may be the doing of the one that is not shown.
                let certain = certain && (self.trace == Trace::None || self.is_given_up(&next));
                if certain {
                    said::refuse_replace(draft, &next);
                }
                if let Some(current) = &self.current {
                    adopt_current(draft, current, certain);
                }
            }
            _ => {}
        }
    }
}

/// What the current attempt executed counts at once; that it ended counts once its successor is
/// known not to exist.
fn adopt_current(draft: &mut Draft, current: &Found, certain: bool) {
    for execution in &current.executions {
        if let Some(named) = execution.client_order_id.as_ref().and_then(Named::parse) {
            book::execution(draft, execution, named);
        }
    }
    if certain {
        said::said(draft, &current.order);
    }
}

/// Broker reports of an attempt that nobody here knows of: an exit that went out while the store
/// could not commit, found again by its derived name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AdoptExit {
    pub(crate) desk: DeskId,
    pub(crate) order: Order,
    pub(crate) found: Found,
}

impl Work for AdoptExit {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        Needs {
            positions: vec![self.order.position],
            ..Needs::default()
        }
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.act_as(Actor::Broker);
        let Purpose::Exit { position, reason } = self.order.purpose else {
            return Ok(Done::Nothing);
        };
        let Some(known) = draft.seen().positions.get(&position).cloned() else {
            return Ok(Done::Nothing);
        };
        if known.exit_attempts >= self.order.attempt {
            return Ok(Done::Nothing);
        }
        let mut next = known.as_ref().clone();
        next.exit_attempts = self.order.attempt;
        let event = countersign_domain::position::PositionEvent::ExitDecided {
            reason,
            order: self.order.id,
        };
        if let Ok(state) = next.state.apply(event) {
            draft.note(countersign_domain::event::Fact::PositionMoved {
                position,
                from: next.state,
                to: state,
            });
            next.state = state;
        }
        draft.note(countersign_domain::event::Fact::OrderSubmitted(Box::new(
            self.order.clone(),
        )));
        draft.order(self.order.clone());
        draft.position(next);
        // What is left of the entry goes, as with any exit.
        let entry = draft.seen().orders.get(&known.entry).cloned();
        if let Some(entry) = entry.filter(|entry| entry.is_live()) {
            withdraw(draft, &entry);
        }
        adopt(draft, &self.found);
        Ok(Done::Ok)
    }
}
