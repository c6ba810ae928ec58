//! The exit rules: pure, one position at a time.
//!
//! Exits wait for nobody. A bad mark suppresses price exits alone; time, expiry, brake and human
//! exits go on without one.

use countersign_domain::{
    calendar,
    exit::{ExitReason, ExitState},
    money::Usd,
    position::Position,
};
use jiff::{SignedDuration, Timestamp};

/// What the rules look at beside the position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The time.
    pub now: Timestamp,
    /// Open profit at believable marks, before fees; `None` when a mark is missing.
    pub open_profit: Option<Usd>,
    /// True when a mark rests on a spread wider than the bound.
    pub wide: bool,
    /// Ticks in a row that must agree on a wide spread.
    pub confirmations: u32,
    /// How long before the last trading time positions are closed.
    pub close_before_end: SignedDuration,
}

/// What the rules say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What they remember now.
    pub state: ExitState,
    /// The exit that is due.
    pub exit: Option<ExitReason>,
}

/// Looks at one position.
pub fn look(position: &Position, state: ExitState, sight: &Sight) -> Verdict {
    let profit = sight.open_profit.map(|open| open + position.realised());
    let mut state = state;
    if let Some(profit) = profit.filter(|_| !sight.wide) {
        state.high_water = state.high_water.max(profit);
    }
    if let Some(reason) = by_time(position, sight) {
        return Verdict {
            state,
            exit: Some(reason),
        };
    }
    let held = position
        .hold
        .as_ref()
        .is_some_and(|hold| sight.now < hold.until);
    let wanted = profit
        .filter(|_| !held)
        .and_then(|profit| by_price(position, state, profit));
    state.confirmations = match wanted {
        Some(_) if sight.wide => state.confirmations.saturating_add(1),
        _ => 0,
    };
    let sure = !sight.wide || state.confirmations >= sight.confirmations;
    Verdict {
        state,
        exit: wanted.filter(|_| sure),
    }
}

/// Exits that ask for no price. The last trading hour cannot be held by anybody.
fn by_time(position: &Position, sight: &Sight) -> Option<ExitReason> {
    let end = position.structure.last_trading();
    if end.is_some_and(|end| sight.now >= end - sight.close_before_end) {
        return Some(ExitReason::Expiry);
    }
    if position
        .hold
        .as_ref()
        .is_some_and(|hold| sight.now < hold.until)
    {
        return None;
    }
    let plan = &position.exit_plan;
    if plan.time_stop.is_some_and(|stop| sight.now >= stop) {
        return Some(ExitReason::TimeStop);
    }
    let today = calendar::market_date(sight.now);
    let left = position
        .structure
        .contracts()
        .map(|contract| contract.days_left(today))
        .min();
    let bound = plan.days_to_expiry.map(i64::from);
    match (left, bound) {
        (Some(left), Some(bound)) if left <= bound => Some(ExitReason::DaysToExpiry),
        _ => None,
    }
}

/// Exits that a profit of `profit` dollars asks for.
fn by_price(position: &Position, state: ExitState, profit: Usd) -> Option<ExitReason> {
    let premium = position.premium();
    let plan = &position.exit_plan;
    if plan
        .stop_loss
        .is_some_and(|stop| profit <= -premium.percent(stop.0))
    {
        return Some(ExitReason::StopLoss);
    }
    if plan
        .profit_target
        .is_some_and(|target| profit >= premium.percent(target.0))
    {
        return Some(ExitReason::ProfitTarget);
    }
    let trail = plan.trail?;
    let armed = state.high_water >= premium.percent(trail.arm.0);
    let floor = state.high_water - premium.percent(trail.give_back.0);
    (armed && profit <= floor).then_some(ExitReason::TrailingStop)
}
