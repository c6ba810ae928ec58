//! Starting and pricing an exit.

use std::sync::Arc;

use countersign_domain::{
    event::Fact,
    exit::ExitReason,
    ids::{OrderId, PositionId},
    increment::increment,
    money::{Contracts, Price, Usd},
    order::{Order, OrderState, Purpose, TimeInForce},
    position::{Position, PositionEvent},
    quote::Mark,
    refusal::{Answer, Refusal},
    structure::{Leg, Side},
};
use rust_decimal::Decimal;

use super::withdraw;
use crate::{compare::Apart, draft::Draft, effect::Effect, settings::Walk};

/// What an exit is made of beside the position: a new id and the market.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ingredients {
    pub(crate) position: PositionId,
    pub(crate) order: OrderId,
    /// The market of what is held, to be closed.
    pub(crate) market: ClosingMarket,
    /// The believed mark of each holding, for the log.
    pub(crate) marks: Vec<Option<Mark>>,
    pub(crate) open_profit: Option<Usd>,
    pub(crate) walk: Walk,
    /// Where the broker's holdings and ours are apart: what is not there is not closed.
    pub(crate) apart: Apart,
}

impl Ingredients {
    /// True when everything held has a believed mark. A process that only decides has none, and leaves
    /// the exit to the one that runs the desk: begun at what was paid, it could be far off.
    pub(crate) fn knows_its_price(&self) -> bool {
        self.marks.iter().all(Option::is_some)
    }
}

/// What closing costs, net per share of one unit; positive is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClosingMarket {
    /// By the last believed marks; by the average cost of a leg that never had one.
    pub(crate) believed: Price,
    /// By the far sides of fresh quotes; `None` when a leg has no such quote.
    pub(crate) natural: Option<Price>,
}

/// How much worse each step asks where no natural price is known: a tenth of what is believed.
const BLIND_STEP: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

impl ClosingMarket {
    /// The limit after so many steps: from the believed price to the natural one, or in tenths
    /// of the believed price where there is none. In whole increments, rounded against us; legs
    /// that are all sold always ask for at least one increment.
    pub(crate) fn limit(&self, legs: &[Leg], step: u32, walk: Walk) -> Price {
        let steps = walk.steps.max(1);
        let step = step.min(steps);
        let share = match walk.steps {
            0 => Decimal::ONE,
            _ => Decimal::from(step)
                .checked_div(Decimal::from(steps))
                .unwrap_or(Decimal::ONE),
        };
        let limit = if let Some(natural) = self.natural {
            self.believed + (natural - self.believed).scaled(share)
        } else {
            let worse = BLIND_STEP.saturating_mul(Decimal::from(step));
            self.believed + self.believed.abs().scaled(worse)
        };
        let tick = increment(legs, limit);
        let limit = limit.up_to(tick);
        if legs.iter().all(|leg| leg.side == Side::Sell) {
            limit.min(-tick)
        } else {
            limit
        }
    }
}

/// The legs and units that close what is held: whole units of the structure where the legs make
/// them up, else every holding as it is, in as many units as divide them all.
pub(crate) fn closing(position: &Position) -> Option<(Vec<Leg>, Contracts)> {
    if position.is_flat() {
        return None;
    }
    let extra = position.holdings.len() > position.structure.legs().len();
    match position.units() {
        Some(units) if !units.is_zero() && !extra => {
            Some((position.structure.closing_legs(), units))
        }
        _ => {
            let held = position.holdings.iter();
            let units = held.fold(0, |units, held| {
                divisor(units, held.quantity.unsigned_abs())
            });
            let leg = |held: &countersign_domain::position::Holding| {
                let ratio = held.quantity.unsigned_abs().checked_div(units)?;
                let ratio = u32::try_from(ratio).ok()?;
                let side = if held.quantity > 0 {
                    Side::Sell
                } else {
                    Side::Buy
                };
                (ratio > 0).then_some(Leg {
                    instrument: held.instrument,
                    side,
                    ratio,
                })
            };
            let legs: Vec<_> = position.holdings.iter().filter_map(leg).collect();
            let units = u32::try_from(units).ok()?;
            Some((legs, Contracts(units)))
        }
    }
}

/// The greatest number that divides both; zero divides into everything.
const fn divisor(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

/// Decides the exit of a position: one in flight at the most; a working entry's remainder is
/// cancelled at once.
///
/// # Errors
///
/// [`Refusal::PositionState`] when it is closing or closed, or nothing is held, here or at the
/// broker.
pub(crate) fn start(
    draft: &mut Draft,
    position: &Arc<Position>,
    reason: ExitReason,
    with: &Ingredients,
) -> Answer<OrderId> {
    let refused = || Refusal::PositionState(Box::new(position.state));
    let (legs, quantity) = closing(&with.apart.held_of(position)).ok_or_else(refused)?;
    let event = PositionEvent::ExitDecided {
        reason,
        order: with.order,
    };
    let state = position.state.apply(event).map_err(|_| refused())?;
    let high_water = draft
        .seen()
        .exit_states
        .get(&position.id)
        .copied()
        .unwrap_or_default()
        .high_water;
    draft.note(Fact::ExitDecided {
        position: position.id,
        reason,
        marks: with.marks.clone(),
        open_profit: with.open_profit,
        high_water,
    });
    let entry = draft.seen().orders.get(&position.entry).cloned();
    if let Some(entry) = entry.filter(|entry| entry.is_live()) {
        withdraw(draft, &entry);
    }
    let order = order(draft, position, reason, with, (legs, quantity));
    let mut next = position.as_ref().clone();
    next.state = state;
    next.exit_attempts = order.attempt;
    draft.note(Fact::PositionMoved {
        position: position.id,
        from: position.state,
        to: state,
    });
    draft.note(Fact::OrderSubmitted(Box::new(order.clone())));
    draft.position(next);
    draft.perform(Effect::Submit {
        order: order.id,
        attempt: order.attempt,
    });
    draft.order(order);
    Ok(with.order)
}

fn order(
    draft: &Draft,
    position: &Position,
    reason: ExitReason,
    with: &Ingredients,
    (legs, quantity): (Vec<Leg>, Contracts),
) -> Order {
    let now = draft.now();
    Order {
        id: with.order,
        desk: position.desk,
        purpose: Purpose::Exit {
            position: position.id,
            reason,
        },
        position: position.id,
        quantity,
        limit: with.market.limit(&legs, 0, with.walk),
        bound: with.market.limit(&legs, with.walk.steps, with.walk),
        legs,
        tif: TimeInForce::Day,
        attempt: position.exit_attempts.saturating_add(1),
        next: None,
        state: OrderState::Submitted,
        filled: Contracts::ZERO,
        filled_before: Contracts::ZERO,
        broker_id: None,
        send_before: None,
        cancel_wanted: false,
        steps: 0,
        next_step_at: Some(now + with.walk.every()),
        lookups: 0,
        created_at: now,
        changed_at: now,
        said: None,
    }
}
