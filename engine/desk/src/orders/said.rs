//! What the broker says, as units: answers, reports, lookups.

use countersign_domain::{
    event::Alarm,
    ids::{DeskId, OrderId, PositionId},
    operator::Actor,
    order::{Attempt, Order, OrderEvent, OrderState, Purpose},
    refusal::Answer,
};

use jiff::Timestamp;

use super::{
    Named, book, change,
    doubt::{EVERY, LOOKUPS},
    order_event, settle, withdraw,
};
use crate::{
    draft::Draft,
    effect::Effect,
    ports::{BrokerOrder, BrokerStatus, Report},
    reconcile,
    work::{Done, InboxKey, Needs, Work},
};

/// The broker's words, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BrokerSaid {
    pub(crate) desk: DeskId,
    pub(crate) reports: Vec<Report>,
    /// For what names no order of ours, so that it is booked once.
    pub(crate) key: Option<InboxKey>,
}

impl Work for BrokerSaid {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.key.clone()
    }

    fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        for report in &self.reports {
            let id = match report {
                Report::Order(order) => Some(&order.client_order_id),
                Report::Execution(execution) => execution.client_order_id.as_ref(),
            };
            match id.and_then(Named::parse) {
                Some(Named::Entry(order, _)) if !needs.orders.contains(&order) => {
                    needs.orders.push(order);
                }
                Some(Named::Exit(position, _)) if !needs.positions.contains(&position) => {
                    needs.positions.push(position);
                }
                _ => {}
            }
        }
        needs
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.act_as(Actor::Broker);
        for report in &self.reports {
            match report {
                Report::Order(order) => said(draft, order),
                Report::Execution(execution) => {
                    match execution.client_order_id.as_ref().and_then(Named::parse) {
                        Some(named) => book::execution(draft, execution, named),
                        None => reconcile::settled(draft, execution),
                    }
                }
            }
        }
        Ok(Done::Ok)
    }
}

/// How an order stands at the broker.
pub(crate) fn said(draft: &mut Draft, report: &BrokerOrder) {
    let Some(named) = Named::parse(&report.client_order_id) else {
        return;
    };
    let Some(order) = named.order(draft.seen()) else {
        tracing::error!(order = %report.client_order_id, "the broker has an order of ours that is not known");
        return;
    };
    let attempt = named.attempt();
    if order.next.is_some_and(|next| next.number == attempt) {
        next_attempt(draft, &order, report);
    } else if attempt == order.attempt {
        current_attempt(draft, &order, report);
    } else if attempt > order.attempt && report.status == BrokerStatus::Working {
        late_attempt(draft, &order, report, attempt);
    }
    // An older attempt's end is old news: its executions were told apart.
}

/// An attempt that was given up stands at the broker after all: it is adopted, and must go.
fn late_attempt(draft: &mut Draft, order: &Order, report: &BrokerOrder, attempt: u32) {
    let mut adopted = order.clone();
    adopted.attempt = attempt;
    adopted.next = None;
    adopted.broker_id = Some(report.broker_id.clone());
    draft.alarm(Alarm::LateOrder(order.id));
    if adopted.is_live() {
        draft.order(adopted.clone());
        withdraw(draft, &adopted);
    } else {
        adopted.next = Some(Attempt {
            number: attempt,
            limit: order.limit,
        });
        let next = change(draft, &adopted, OrderEvent::Replaced, |next| {
            next.next = None;
        });
        draft.order(next.as_ref().clone());
    }
    draft.perform(Effect::Cancel {
        order: order.id,
        attempt,
    });
}

fn current_attempt(draft: &mut Draft, order: &Order, report: &BrokerOrder) {
    let event = match report.status {
        BrokerStatus::Working | BrokerStatus::Filled => OrderEvent::Accepted,
        BrokerStatus::Rejected => OrderEvent::Rejected,
        // While the next attempt is asked for, this may be its doing: the lookup tells.
        BrokerStatus::Gone if order.state == OrderState::Replacing => {
            let mut next = order.clone();
            next.next_step_at = Some(draft.now());
            draft.order(next);
            return;
        }
        BrokerStatus::Gone => OrderEvent::Gone,
    };
    let was_live = order.is_live();
    let now = draft.now();
    let next = change(draft, order, event, |next| {
        next.broker_id = Some(report.broker_id.clone());
        next.said.clone_from(&report.said);
        next.lookups = 0;
        if report.status == BrokerStatus::Filled && next.is_live() {
            doubt_end(next, order, now);
        }
    });
    if !was_live && next.is_live() {
        draft.alarm(Alarm::LateOrder(order.id));
        draft.perform(Effect::Cancel {
            order: next.id,
            attempt: next.attempt,
        });
    }
    if next.state == OrderState::Working && next.cancel_wanted {
        withdraw(draft, &next);
    }
    if let (OrderEvent::Rejected, Purpose::Exit { position, .. }) = (event, order.purpose) {
        rejected(draft, position, report.said.clone().unwrap_or_default());
    }
    settle::after(draft, &next);
}

/// The broker calls an order filled and has told too few executions: lookups tell the rest, or that
/// there is none.
fn doubt_end(next: &mut Order, before: &Order, now: Timestamp) {
    let known = next.state == before.state && before.lookups > 0;
    if known {
        next.lookups = before.lookups;
    } else {
        next.lookups = 1;
        next.next_step_at = Some(now);
    }
}

/// Alarms at the first rejected exit of a position, the second, the fourth, the eighth: a person
/// has to know, and not every quarter of a minute.
fn rejected(draft: &mut Draft, position: PositionId, said: String) {
    let rejected = draft.seen().orders.values().filter(|order| {
        order.position == position
            && !order.purpose.is_entry()
            && order.state == OrderState::Rejected
    });
    if rejected.count().is_power_of_two() {
        draft.alarm(Alarm::ExitRejected { position, said });
    }
}

/// The next attempt stands, or was refused, in the place of the current one.
fn next_attempt(draft: &mut Draft, order: &Order, report: &BrokerOrder) {
    let Some(attempt) = order.next else {
        return;
    };
    match report.status {
        BrokerStatus::Rejected => refuse_replace(draft, order),
        BrokerStatus::Working | BrokerStatus::Filled | BrokerStatus::Gone => {
            let next = change(draft, order, OrderEvent::Replaced, |next| {
                next.attempt = attempt.number;
                next.limit = attempt.limit;
                next.filled_before = order.filled;
                next.next = None;
                next.broker_id = Some(report.broker_id.clone());
                next.lookups = 0;
            });
            let next = if report.status == BrokerStatus::Gone {
                order_event(draft, &next, OrderEvent::Gone)
            } else {
                next
            };
            if next.state == OrderState::Working && next.cancel_wanted {
                withdraw(draft, &next);
            }
            if next.state == OrderState::Cancelling {
                draft.perform(Effect::Cancel {
                    order: next.id,
                    attempt: next.attempt,
                });
            }
            settle::after(draft, &next);
        }
    }
}

/// The current attempt stays as it is. The one that was asked for stays noted: its name is used
/// up, and should it turn up after all it belongs here.
pub(crate) fn refuse_replace(draft: &mut Draft, order: &Order) {
    let next = change(draft, order, OrderEvent::ReplaceRefused, |next| {
        next.lookups = 0;
    });
    if next.state == OrderState::Working && next.cancel_wanted {
        withdraw(draft, &next);
    }
}

/// The broker refuses what was in doubt and shows nothing of it: it stays in doubt, and a person
/// is told at the first such refusal.
fn refused_again(draft: &mut Draft, order: &Order, said: &str) {
    let now = draft.now();
    let first = order.lookups < LOOKUPS.saturating_mul(2);
    change(draft, order, OrderEvent::AnswerLost, |next| {
        next.said = Some(said.to_owned());
        next.next_step_at = Some(now + EVERY);
    });
    if let (true, Purpose::Exit { position, .. }) = (first, order.purpose) {
        let said = said.to_owned();
        draft.alarm(Alarm::ExitRejected { position, said });
    }
}

/// What a call at the broker came to, when it was not an answer about the order itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Came {
    /// It was withdrawn before it left.
    Withdrawn,
    /// The submission was refused, in these words.
    Refused(String),
    /// The submission of an order that had been in doubt was refused, and no lookup finds it.
    RefusedAgain(String),
    /// The answer was lost, or nobody knows whether it was sent.
    Lost,
    /// The replacement was refused.
    NotReplaced,
    /// The replacement's answer was lost.
    ReplaceLost,
    /// The cancellation was refused, mostly because the order has ended.
    NotCancelled,
}

/// A call at the broker came back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CallCame {
    pub(crate) desk: DeskId,
    pub(crate) order: OrderId,
    pub(crate) attempt: u32,
    pub(crate) came: Came,
}

impl Work for CallCame {
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
        let now = draft.now();
        match &self.came {
            Came::Refused(said) if order.attempt == self.attempt => {
                let next = change(draft, &order, OrderEvent::Rejected, |next| {
                    next.said = Some(said.clone());
                });
                if let Purpose::Exit { position, .. } = order.purpose {
                    rejected(draft, position, said.clone());
                }
                settle::after(draft, &next);
            }
            Came::Withdrawn if order.state == OrderState::Submitted => {
                let next = change(draft, &order, OrderEvent::Denied, |_| {});
                settle::after(draft, &next);
            }
            Came::Lost if order.attempt == self.attempt && order.state == OrderState::Submitted => {
                change(draft, &order, OrderEvent::AnswerLost, |next| {
                    next.lookups = 0;
                    next.next_step_at = Some(now);
                });
            }
            Came::RefusedAgain(said) if order.attempt == self.attempt => {
                refused_again(draft, &order, said);
            }
            Came::NotReplaced if order.state == OrderState::Replacing => {
                refuse_replace(draft, &order);
            }
            Came::ReplaceLost | Came::NotCancelled if order.is_live() => {
                let mut next = order.as_ref().clone();
                next.next_step_at = Some(now);
                draft.order(next);
            }
            _ => return Ok(Done::Nothing),
        }
        Ok(Done::Ok)
    }
}
