//! What a person does to a position and to a working entry: close, change the exit plan, hold the
//! exits, cancel.

use std::sync::Arc;

use countersign_domain::{
    calendar,
    event::Fact,
    exit::{ExitPlan, ExitReason},
    ids::{DeskId, OrderId, PositionId, Revision},
    money::Percent,
    position::{Hold, Position, PositionState},
    refusal::{Answer, Invalid, Refusal},
    structure::Structure,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    draft::Draft,
    orders::{exit, withdraw},
    press::{Press, Verb, attempt},
    work::{Done, InboxKey, Needs, Work},
};

/// What a person asks of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionAsk {
    /// Close it now.
    Close,
    /// Close it by another plan.
    ExitPlan(ExitPlan),
    /// Bring the stop of that drawing to half its distance, and once only; where there is none, to a
    /// tenth of the premium.
    Tighten(Revision),
    /// Leave its automatic exits alone until then; a time in the past lets go.
    Hold(Timestamp),
}

impl PositionAsk {
    const fn verb(&self) -> Verb {
        match self {
            Self::Close => Verb::Close,
            Self::ExitPlan(_) | Self::Tighten(_) => Verb::ExitPlan,
            Self::Hold(_) => Verb::Hold,
        }
    }
}

/// A person asks something of a position.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskPosition {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) position: PositionId,
    pub(crate) ask: PositionAsk,
    /// What an exit would be made of; `None` when there was no such position to look at.
    pub(crate) exit: Option<exit::Ingredients>,
    pub(crate) longest_hold: SignedDuration,
}

impl Work for AskPosition {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        Needs {
            positions: vec![self.position],
            ..Needs::default()
        }
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.position.to_string();
        attempt(
            draft,
            &self.press,
            self.ask.verb(),
            &subject,
            |draft, operator| {
                let position = draft.seen().positions.get(&self.position).cloned();
                let position = position.ok_or(Refusal::UnknownPosition)?;
                if position.state.is_closed() {
                    return Err(Refusal::PositionState(Box::new(position.state)));
                }
                match self.ask {
                    PositionAsk::Close => {
                        let now = draft.now();
                        if !calendar::is_open(now) {
                            let opens = calendar::next_open(now);
                            return Err(Refusal::MarketClosed { opens });
                        }
                        let with = self.exit.as_ref().ok_or(Refusal::UnknownPosition)?;
                        close(draft, &position, with)
                    }
                    PositionAsk::ExitPlan(plan) => change_plan(draft, &position, plan),
                    PositionAsk::Tighten(shown) => tighten(draft, &position, shown),
                    PositionAsk::Hold(until) => {
                        let hold = Hold {
                            by: operator.id,
                            name: operator.name.clone(),
                            until,
                        };
                        self.hold(draft, &position, hold)
                    }
                }
            },
        )
    }
}

/// Closes a position: now where its market is seen, else with the monitor's next look. Either way the
/// wish stays until everything is closed.
pub(super) fn close(
    draft: &mut Draft,
    position: &Position,
    with: &exit::Ingredients,
) -> Answer<Done> {
    let mut wished = position.clone();
    wished.close_wanted = true;
    if with.knows_its_price() {
        let wished = Arc::new(wished);
        return exit::start(draft, &wished, ExitReason::Human, with).map(Done::Order);
    }
    if position.is_flat() || matches!(position.state, PositionState::Closing { .. }) {
        return Err(Refusal::PositionState(Box::new(position.state)));
    }
    draft.position(wished);
    Ok(Done::Ok)
}

impl AskPosition {
    fn hold(&self, draft: &mut Draft, position: &Position, hold: Hold) -> Answer<Done> {
        let now = draft.now();
        if hold.until > now + self.longest_hold {
            return Err(Refusal::Invalid(Invalid::Time));
        }
        let until = hold.until;
        let mut next = position.clone();
        next.hold = (until > now).then_some(hold);
        next.close_wanted &= next.hold.is_none();
        draft.position(next);
        draft.note(Fact::ExitsHeld {
            position: position.id,
            until,
        });
        Ok(Done::Ok)
    }
}

fn change_plan(draft: &mut Draft, position: &Position, plan: ExitPlan) -> Answer<Done> {
    check_plan(&plan, &position.structure, draft.now())?;
    let mut next = position.clone();
    next.exit_plan = plan;
    draft.position(next);
    draft.note(Fact::ExitPlanChanged {
        position: position.id,
        before: position.exit_plan,
        after: plan,
    });
    Ok(Done::Ok)
}

/// Brings a stop nearer, when it is the one that the card showed.
fn tighten(draft: &mut Draft, position: &Position, shown: Revision) -> Answer<Done> {
    let executions = draft.seen().executions.get(&position.id);
    let count = executions.map_or(0, |all| all.len());
    let stop = position.exit_plan.stop_loss;
    let next = nearer(stop);
    if Revision::of_stop(count, stop) == shown && stop != Some(next) {
        let plan = ExitPlan {
            stop_loss: Some(next),
            ..position.exit_plan
        };
        return change_plan(draft, position, plan);
    }
    let Some(stands) = stop else {
        return Err(Refusal::StalePosition);
    };
    // The stops from which a press comes to this one.
    let twice = Percent(stands.0.saturating_mul(2));
    let before = [
        None,
        Some(twice),
        Some(Percent(twice.0.saturating_add(1))),
        stop,
    ];
    let pressed = before
        .into_iter()
        .any(|it| nearer(it) == stands && Revision::of_stop(count, it) == shown);
    Err(if pressed {
        Refusal::StopStands(stands)
    } else {
        Refusal::StalePosition
    })
}

/// Half of a stop, or a first one.
fn nearer(stop: Option<Percent>) -> Percent {
    stop.map_or(Percent(10), |Percent(stop)| {
        Percent(stop.div_euclid(2).max(1))
    })
}

/// Checks an exit plan against what is traded.
///
/// # Errors
///
/// [`Refusal::ExitPlan`]
pub(crate) fn check_plan(plan: &ExitPlan, structure: &Structure, now: Timestamp) -> Answer<()> {
    plan.check(structure, now).map_err(Refusal::ExitPlan)
}

/// A person cancels a working entry.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CancelOrder {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) order: OrderId,
}

impl Work for CancelOrder {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        Needs {
            orders: vec![self.order],
            ..Needs::default()
        }
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.order.to_string();
        attempt(draft, &self.press, Verb::Cancel, &subject, |draft, _| {
            let order = draft.seen().orders.get(&self.order).cloned();
            let order = order.ok_or(Refusal::UnknownOrder)?;
            if !order.is_live() || !order.purpose.is_entry() {
                return Err(Refusal::OrderState(order.state));
            }
            withdraw(draft, &order);
            Ok(Done::Ok)
        })
    }
}
