//! What the selection can be told.

use serde::{Deserialize, Serialize};

use super::{LiquidityParams, Shape};
use crate::fault::{Faults, ParamFault};

/// How a structure is selected. Deltas are without sign, between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SelectParams {
    /// Fewest calendar days to the last trading day.
    pub days_least: u32,
    /// The days that are best.
    pub days_target: u32,
    /// Most calendar days.
    pub days_most: u32,
    /// Fewest minutes to the end of trading in a contract.
    pub last_trading_minutes_least: u32,
    /// Volatility rank from which premium is sold, 0 to 100.
    pub rank_high: f64,
    /// Shapes to try, in order, when the rank is high.
    pub when_high: Vec<Shape>,
    /// Shapes to try, in order, when it is lower.
    pub when_low: Vec<Shape>,
    /// Shapes to try, in order, when it is not known.
    pub when_missing: Vec<Shape>,
    /// Delta of what is bought, single or in a debit vertical.
    pub long_delta: f64,
    /// Delta of what is sold in a debit vertical.
    pub debit_short_delta: f64,
    /// Delta of what is sold in a credit vertical.
    pub credit_short_delta: f64,
    /// Delta of what is bought in a credit vertical.
    pub credit_long_delta: f64,
    /// How far a delta may be from its target.
    pub delta_tolerance: f64,
    /// How well each leg must trade.
    pub liquidity: LiquidityParams,
}

impl Default for SelectParams {
    fn default() -> Self {
        let debit = vec![Shape::DebitVertical, Shape::LongSingle];
        Self {
            days_least: 1,
            days_target: 21,
            days_most: 45,
            last_trading_minutes_least: 120,
            rank_high: 50.0,
            when_high: vec![Shape::CreditVertical],
            when_low: debit.clone(),
            when_missing: debit,
            long_delta: 0.55,
            debit_short_delta: 0.3,
            credit_short_delta: 0.3,
            credit_long_delta: 0.15,
            delta_tolerance: 0.15,
            liquidity: LiquidityParams::default(),
        }
    }
}

impl SelectParams {
    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let (least, target, most) = (self.days_least, self.days_target, self.days_most);
        faults.need(most <= 1_100, "days_most", most, "at most 1100");
        let order = "from `days_least` to `days_most`";
        let inside = least <= target && target <= most;
        faults.need(inside, "days_target", target, order);
        let rank = self.rank_high;
        let percent = "from 0 to 100";
        faults.need((0.0..=100.0).contains(&rank), "rank_high", rank, percent);
        for (key, shapes) in [
            ("when_high", &self.when_high),
            ("when_low", &self.when_low),
            ("when_missing", &self.when_missing),
        ] {
            faults.need(!shapes.is_empty(), key, "empty", "at least one shape");
        }
        for (key, delta) in [
            ("long_delta", self.long_delta),
            ("debit_short_delta", self.debit_short_delta),
            ("credit_short_delta", self.credit_short_delta),
            ("credit_long_delta", self.credit_long_delta),
            ("delta_tolerance", self.delta_tolerance),
        ] {
            let between = delta > 0.0 && delta < 1.0;
            faults.need(between, key, delta, "above 0 and below 1");
        }
        let (long, short) = (self.long_delta, self.debit_short_delta);
        let below = "below `long_delta`: it lies further out of the money";
        faults.need(short < long, "debit_short_delta", short, below);
        let (long, short) = (self.credit_long_delta, self.credit_short_delta);
        let below = "below `credit_short_delta`: it lies further out of the money";
        faults.need(long < short, "credit_long_delta", long, below);
        faults.section("liquidity", self.liquidity.check());
        faults.into_result()
    }
}
