//! Exits: why and when a position is closed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    money::{Percent, Usd},
    structure::Structure,
};

/// Why a position is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitReason {
    /// The profit target was reached.
    ProfitTarget,
    /// The stop was reached.
    StopLoss,
    /// The profit fell back from its high-water mark.
    TrailingStop,
    /// The time stop came.
    TimeStop,
    /// Too few days are left to expiry.
    DaysToExpiry,
    /// The last trading hour of a contract came.
    Expiry,
    /// A short leg was assigned.
    Assignment,
    /// A person asked for it.
    Human,
    /// An automatic brake (a limit on losses, a flatten).
    Brake,
}

impl ExitReason {
    /// True when only a price asks for this exit: a bad mark suppresses it. All others go on.
    pub const fn is_price(self) -> bool {
        matches!(
            self,
            Self::ProfitTarget | Self::StopLoss | Self::TrailingStop
        )
    }
}

/// A stop that follows the profit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailingStop {
    /// The profit, as percent of the premium, from which it follows.
    pub arm: Percent,
    /// The fall from the high-water mark, as percent of the premium, that closes.
    pub give_back: Percent,
}

/// When a position is closed without anybody asking.
///
/// Percentages are of the premium: the net price paid or received at entry, times contracts and
/// multiplier. A rule that is `None` is off. The last trading hour cannot be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExitPlan {
    /// Close when the open profit reaches this share of the premium.
    pub profit_target: Option<Percent>,
    /// Close when the open loss reaches this share of the premium.
    pub stop_loss: Option<Percent>,
    /// Close when the profit falls back from its best.
    pub trail: Option<TrailingStop>,
    /// Close at this time.
    pub time_stop: Option<Timestamp>,
    /// Close when a contract has at most this many calendar days left.
    pub days_to_expiry: Option<u32>,
}

/// A percentage of an exit plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanPart {
    /// The profit target.
    ProfitTarget,
    /// The stop.
    StopLoss,
    /// The profit from which the trailing stop follows.
    TrailArm,
    /// The fall that it closes after.
    TrailGiveBack,
}

impl PlanPart {
    /// The most that makes sense, of a premium that was received (`credit`) or paid: no more than
    /// what was paid can be lost, and no more than what was received can be gained. A trailing
    /// stop gives back no more than it follows from.
    pub const fn most(self, credit: bool) -> Percent {
        match (self, credit) {
            (Self::StopLoss, false) => Percent(99),
            (Self::ProfitTarget, true) => Percent(100),
            _ => Percent(1_000),
        }
    }
}

/// Why an exit plan makes no sense for a structure: what was given, and what would pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanFault {
    /// A percentage outside 1 to `most`.
    Percent {
        /// Which one.
        part: PlanPart,
        /// What was given.
        given: Percent,
        /// The most that would pass.
        most: Percent,
    },
    /// A time stop that has passed, or that comes when its contracts trade no more.
    Time {
        /// What was given.
        given: Timestamp,
        /// It must be later than this.
        after: Timestamp,
        /// It must be earlier than this, the earliest last trading time of a contract.
        before: Option<Timestamp>,
    },
}

impl ExitPlan {
    /// Looks for what makes no sense for that structure now.
    ///
    /// # Errors
    ///
    /// The first [`PlanFault`] found.
    pub fn check(&self, structure: &Structure, now: Timestamp) -> Result<(), PlanFault> {
        let credit = structure.kind().is_credit();
        let arm = self.trail.map(|trail| trail.arm);
        let back = self.trail.map(|trail| trail.give_back);
        let most = |part: PlanPart| part.most(credit);
        for (part, given, most) in [
            (
                PlanPart::ProfitTarget,
                self.profit_target,
                most(PlanPart::ProfitTarget),
            ),
            (PlanPart::StopLoss, self.stop_loss, most(PlanPart::StopLoss)),
            (PlanPart::TrailArm, arm, most(PlanPart::TrailArm)),
            (PlanPart::TrailGiveBack, back, arm.unwrap_or(Percent(0))),
        ] {
            if let Some(given) = given.filter(|given| given.0 < 1 || *given > most) {
                return Err(PlanFault::Percent { part, given, most });
            }
        }
        let before = structure.last_trading();
        let late = |stop: Timestamp| before.is_some_and(|end| stop >= end);
        match self.time_stop.filter(|stop| *stop <= now || late(*stop)) {
            Some(given) => Err(PlanFault::Time {
                given,
                after: now,
                before,
            }),
            None => Ok(()),
        }
    }
}

/// What the exit rules remember between ticks; written in the tick that relies on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExitState {
    /// The best open profit seen, after fees paid so far; zero until the position was in profit.
    pub high_water: Usd,
    /// Ticks in a row that confirmed a price exit on a wide quote.
    pub confirmations: u32,
}
