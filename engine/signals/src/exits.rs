//! The exit plan that a proposal starts with, and the risks that its worst loss leaves out.

use countersign_domain::{
    calendar::Session,
    exit::{ExitPlan, PlanPart, TrailingStop},
    instrument::{Exercise, OptionContract, Settlement},
    money::Percent,
    structure::Structure,
    ticket::Omission,
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::fault::{Faults, ParamFault};

/// When positions of one kind are closed. Percentages are of the premium; 0 switches a rule off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExitRules {
    /// Open profit that closes.
    pub profit_target: Percent,
    /// Open loss that closes.
    pub stop_loss: Percent,
    /// Open profit from which the trailing stop follows.
    pub trail_arm: Percent,
    /// Fall from the best open profit that then closes.
    pub trail_give_back: Percent,
    /// Minutes before today's close at which it is closed, whatever it is worth.
    pub minutes_before_close: u32,
    /// Closes when a contract has at most this many calendar days left. It holds for positions that
    /// begin with more days than that; without it, only the last trading hour closes.
    #[serde(default)]
    pub days_to_expiry: Option<u32>,
}

/// Exit rules by whether a premium was paid or received.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExitParams {
    /// For what was paid for: single options and debit verticals.
    pub debit: ExitRules,
    /// For credit verticals.
    pub credit: ExitRules,
}

impl Default for ExitParams {
    fn default() -> Self {
        Self {
            debit: ExitRules {
                profit_target: Percent(50),
                stop_loss: Percent(35),
                trail_arm: Percent(25),
                trail_give_back: Percent(15),
                minutes_before_close: 15,
                days_to_expiry: None,
            },
            credit: ExitRules {
                profit_target: Percent(50),
                stop_loss: Percent(100),
                trail_arm: Percent(0),
                trail_give_back: Percent(0),
                minutes_before_close: 15,
                days_to_expiry: None,
            },
        }
    }
}

impl ExitParams {
    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        faults.section("debit", self.debit.check(true));
        faults.section("credit", self.credit.check(false));
        faults.into_result()
    }

    /// The rules for a structure.
    pub fn rules(&self, structure: &Structure) -> &ExitRules {
        if structure.kind().is_credit() {
            &self.credit
        } else {
            &self.debit
        }
    }
}

impl ExitRules {
    fn check(&self, debit: bool) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let range = "from 0 (off) to 1000 percent";
        let paid = "below 100 percent: no more than what was paid can be lost";
        let received = "at most 100 percent: no more than what was received can be gained";
        let (target, stop) = if debit {
            (range, paid)
        } else {
            (received, range)
        };
        for (key, percent, part, needs) in [
            (
                "profit_target",
                self.profit_target,
                PlanPart::ProfitTarget,
                target,
            ),
            ("stop_loss", self.stop_loss, PlanPart::StopLoss, stop),
            ("trail_arm", self.trail_arm, PlanPart::TrailArm, range),
        ] {
            faults.need(percent <= part.most(!debit), key, percent.0, needs);
        }
        let (arm, give_back) = (self.trail_arm.0, self.trail_give_back.0);
        let both = "from 1 to `trail_arm` when that is on, and 0 when it is off";
        let sound = (arm == 0) == (give_back == 0) && give_back <= arm;
        faults.need(sound, "trail_give_back", give_back, both);
        let minutes = self.minutes_before_close;
        let session = "at most 210 minutes, a short session";
        faults.need(minutes <= 210, "minutes_before_close", minutes, session);
        faults.into_result()
    }

    /// The plan of a position that begins in `session`, with contracts that have `days_left`.
    pub fn plan(&self, session: &Session, days_left: i64) -> ExitPlan {
        let on = |percent: Percent| (percent.0 > 0).then_some(percent);
        let before = SignedDuration::from_mins(i64::from(self.minutes_before_close));
        ExitPlan {
            profit_target: on(self.profit_target),
            stop_loss: on(self.stop_loss),
            trail: on(self.trail_arm).map(|arm| TrailingStop {
                arm,
                give_back: self.trail_give_back,
            }),
            time_stop: (self.minutes_before_close > 0).then(|| session.close - before),
            days_to_expiry: self
                .days_to_expiry
                .filter(|days| days_left > i64::from(*days)),
        }
    }
}

/// The risks that the worst loss of a structure leaves out, for the card to name.
pub fn leaves_out(structure: &Structure) -> Vec<Omission> {
    let Some(terms) = structure.contracts().next().map(OptionContract::terms) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if structure.has_short_leg() {
        if terms.exercise == Exercise::American {
            found.push(Omission::EarlyAssignment);
        }
        if terms.settlement == Settlement::Physical {
            found.extend([Omission::Pin, Omission::AfterHoursGap]);
        }
    }
    found
}
