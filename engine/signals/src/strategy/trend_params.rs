//! What the trend strategy can be told.

use serde::{Deserialize, Serialize};

use super::Parameter;
use crate::fault::{Faults, ParamFault};

/// The parameters of [`Trend`](super::Trend). Periods count five-minute bars.
///
/// The defaults see the first trend 80 minutes after the open: long enough for the slow average to
/// mean something, early enough that most of the session is left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrendParams {
    /// Period of the fast average.
    pub fast: u32,
    /// Period of the slow average.
    pub slow: u32,
    /// Bars over which the slope of the slow average is taken.
    pub slope_bars: u32,
    /// Period of the relative strength index.
    pub rsi: u32,
    /// Period of the average true range.
    pub atr: u32,
    /// Least distance of the averages, in average ranges.
    pub gap_least: f64,
    /// Least gain of the slow average over `slope_bars` in the trend's direction, in average ranges.
    pub slope_least: f64,
    /// What the index must reach when bullish; a bearish trend needs 100 less this, or lower.
    pub rsi_confirms: f64,
    /// Least strength, 0 to 1.
    pub strength_least: f64,
    /// Most periods of the session that may lack minutes.
    pub gaps_most: u32,
    /// Most seconds since the newest whole bar ended.
    pub bar_age_s_most: u32,
    /// Least minutes left in the session.
    pub minutes_left_least: u32,
    /// Seconds for which an idea counts.
    pub good_for_s: u32,
}

impl Default for TrendParams {
    fn default() -> Self {
        Self {
            fast: 5,
            slow: 13,
            slope_bars: 3,
            rsi: 9,
            atr: 9,
            gap_least: 0.4,
            slope_least: 0.25,
            rsi_confirms: 60.0,
            strength_least: 0.5,
            gaps_most: 3,
            bar_age_s_most: 420,
            minutes_left_least: 60,
            good_for_s: 600,
        }
    }
}

/// More bars than a session has.
const BARS_MOST: u32 = 78;

impl TrendParams {
    /// Whole bars that the indicators need before the strategy can answer.
    pub fn bars_needed(&self) -> u32 {
        let slope = self.slow.saturating_add(self.slope_bars);
        let momentum = self.rsi.max(self.atr).saturating_add(1);
        slope.max(momentum)
    }

    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found: name them to whoever wrote the configuration, and do not start.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let whole = "a whole number from 1 to 77";
        for (key, value) in [
            ("fast", self.fast),
            ("slow", self.slow),
            ("slope_bars", self.slope_bars),
            ("rsi", self.rsi),
            ("atr", self.atr),
        ] {
            faults.need((1..BARS_MOST).contains(&value), key, value, whole);
        }
        faults.need(
            self.fast < self.slow,
            "fast",
            self.fast,
            "shorter than `slow`",
        );
        let needed = self.bars_needed();
        let room = "so short, with `slope_bars`, that a session of 78 bars can warm it up";
        faults.need(needed < BARS_MOST, "slow", self.slow, room);
        let least = "from 0 to 10";
        for (key, value) in [
            ("gap_least", self.gap_least),
            ("slope_least", self.slope_least),
        ] {
            faults.need((0.0..=10.0).contains(&value), key, value, least);
        }
        let confirms = (50.0..100.0).contains(&self.rsi_confirms);
        faults.need(
            confirms,
            "rsi_confirms",
            self.rsi_confirms,
            "from 50 up and below 100",
        );
        let sure = (0.0..=1.0).contains(&self.strength_least);
        faults.need(sure, "strength_least", self.strength_least, "from 0 to 1");
        for (key, value) in [
            ("bar_age_s_most", self.bar_age_s_most),
            ("good_for_s", self.good_for_s),
        ] {
            faults.need(
                (1..=86_400).contains(&value),
                key,
                value,
                "from 1 to 86400 seconds",
            );
        }
        faults.need(
            self.minutes_left_least <= 390,
            "minutes_left_least",
            self.minutes_left_least,
            "at most 390 minutes",
        );
        faults.into_result()
    }

    /// Every parameter with its value and meaning.
    pub fn describe(&self) -> Vec<Parameter> {
        let rows: [(&str, String, &str); 13] = [
            ("fast", self.fast.to_string(), "bars of the fast average"),
            ("slow", self.slow.to_string(), "bars of the slow average"),
            (
                "slope_bars",
                self.slope_bars.to_string(),
                "bars over which the slow average's slope is taken",
            ),
            (
                "rsi",
                self.rsi.to_string(),
                "bars of the relative strength index",
            ),
            (
                "atr",
                self.atr.to_string(),
                "bars of the average true range",
            ),
            (
                "gap_least",
                self.gap_least.to_string(),
                "least distance of the averages, in average ranges",
            ),
            (
                "slope_least",
                self.slope_least.to_string(),
                "least gain of the slow average, in average ranges",
            ),
            (
                "rsi_confirms",
                self.rsi_confirms.to_string(),
                "index that confirms a bullish trend; 100 less this a bearish one",
            ),
            (
                "strength_least",
                self.strength_least.to_string(),
                "least strength, 0 to 1",
            ),
            (
                "gaps_most",
                self.gaps_most.to_string(),
                "most periods of the session that may lack minutes",
            ),
            (
                "bar_age_s_most",
                self.bar_age_s_most.to_string(),
                "most seconds since the newest whole bar ended",
            ),
            (
                "minutes_left_least",
                self.minutes_left_least.to_string(),
                "least minutes left in the session",
            ),
            (
                "good_for_s",
                self.good_for_s.to_string(),
                "seconds for which an idea counts",
            ),
        ];
        let parameter = |(name, value, about)| Parameter { name, value, about };
        rows.into_iter().map(parameter).collect()
    }
}
