//! The walk: a working order's price moves in steps, an entry's up to its card and no further, an
//! exit's to where it fills.

use std::sync::Arc;

use countersign_domain::{
    event::Alarm,
    ids::{DeskId, OrderId},
    increment::increment,
    money::Price,
    order::{Attempt, Order, OrderEvent, OrderState, Purpose},
    refusal::Answer,
    trading::TradingState,
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::{change, exit::ClosingMarket, withdraw};
use crate::{
    draft::Draft,
    effect::Effect,
    settings::Walk,
    work::{Done, Work},
};

/// A working order's next step is due.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) desk: DeskId,
    pub(crate) order: OrderId,
    pub(crate) walk: Walk,
    /// What closing costs now; for exits.
    pub(crate) market: Option<ClosingMarket>,
}

impl Work for Step {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let now = draft.now();
        let Some(order) = draft.seen().orders.get(&self.order).cloned() else {
            return Ok(Done::Nothing);
        };
        let due = order.next_step_at.is_some_and(|at| at <= now);
        if order.state != OrderState::Working || !due {
            return Ok(Done::Nothing);
        }
        let planned = self.planned(&order);
        if now < planned {
            // It was in doubt meanwhile, and looked up as soon as that: no step is skipped for it.
            let mut next = order.as_ref().clone();
            next.next_step_at = Some(planned);
            draft.order(next);
            return Ok(Done::Ok);
        }
        match order.purpose {
            Purpose::Entry { .. } => self.entry(draft, &order),
            Purpose::Exit { .. } => self.exit(draft, &order),
        }
        Ok(Done::Ok)
    }
}

/// How long a start may take to find everything in order before entries that work are cancelled.
const RECOVERY: SignedDuration = SignedDuration::from_secs(30);

/// True while a start has not found everything in order yet and still may: an entry that was
/// working when the process died is neither walked nor cancelled meanwhile.
fn is_recovering(draft: &Draft) -> bool {
    let desk = &draft.seen().desk;
    let recent = |at: Timestamp| draft.now().duration_since(at) <= RECOVERY;
    desk.trading == TradingState::Reducing
        && desk.wanted == TradingState::Active
        && desk.started_at.is_some_and(recent)
}

impl Step {
    /// The earliest time of an order's next step, however often it was looked up before.
    fn planned(&self, order: &Order) -> Timestamp {
        let steps = i64::from(order.steps).saturating_add(1);
        let every = i64::from(self.walk.every_s);
        order.created_at + SignedDuration::from_secs(every.saturating_mul(steps))
    }

    fn entry(&self, draft: &mut Draft, order: &Arc<Order>) {
        if !order.cancel_wanted && is_recovering(draft) {
            let mut next = order.as_ref().clone();
            next.next_step_at = Some(draft.now() + self.walk.every());
            draft.order(next);
            return;
        }
        let active = draft.seen().desk.trading == TradingState::Active;
        if order.cancel_wanted || !active || order.steps >= self.walk.steps {
            withdraw(draft, order);
            return;
        }
        let left = Decimal::from(self.walk.steps.saturating_sub(order.steps));
        let share = Decimal::ONE.checked_div(left).unwrap_or(Decimal::ONE);
        let wanted = order.limit + (order.bound - order.limit).scaled(share);
        let tick = increment(&order.legs, wanted);
        let limit = wanted.up_to(tick).min(order.bound);
        let used = order.next.map_or(0, |next| next.number).max(order.attempt);
        self.step(draft, order, limit, used.saturating_add(1));
    }

    fn exit(&self, draft: &mut Draft, order: &Arc<Order>) {
        let Some(market) = self.market else {
            return;
        };
        let steps = order.steps.saturating_add(1);
        if steps == self.walk.steps.saturating_add(1) {
            draft.alarm(Alarm::ExitStuck {
                position: order.position,
                steps: order.steps,
            });
        }
        let limit = market.limit(&order.legs, steps, self.walk);
        let position = draft.seen().positions.get(&order.position).cloned();
        let used = position
            .as_ref()
            .map_or(order.attempt, |position| position.exit_attempts);
        let attempt = used.saturating_add(1);
        if self.step(draft, order, limit, attempt)
            && let Some(position) = position
        {
            let mut next = position.as_ref().clone();
            next.exit_attempts = attempt;
            draft.position(next);
        }
    }

    /// Notes the step and asks for the next attempt when the price changes. True when it does.
    fn step(&self, draft: &mut Draft, order: &Order, limit: Price, attempt: u32) -> bool {
        let due = Some(draft.now() + self.walk.every());
        if limit == order.limit {
            let mut next = order.clone();
            next.steps = next.steps.saturating_add(1);
            next.next_step_at = due;
            draft.order(next);
            return false;
        }
        change(draft, order, OrderEvent::ReplaceSent, |next| {
            next.steps = next.steps.saturating_add(1);
            next.next_step_at = due;
            next.next = Some(Attempt {
                number: attempt,
                limit,
            });
        });
        draft.perform(Effect::Replace {
            order: order.id,
            attempt,
        });
        true
    }
}
