//! Implied-volatility rank: where today's volatility lies in the range of the past.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::fault::{Faults, ParamFault};

/// Volatility at the money at the end of one day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DailyIv {
    /// The New York day.
    pub date: Date,
    /// Volatility, per square root of a year.
    pub iv: f64,
}

/// The rank, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// It is known.
    Known {
        /// 0 at the lowest volatility of the window or below, 100 at the highest or above.
        percent: f64,
        /// The lowest volatility of the window.
        low: f64,
        /// The highest.
        high: f64,
        /// Days in the window.
        days: usize,
    },
    /// It is not.
    Missing(MissingRank),
}

/// Why there is no rank.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRank {
    /// No day of the past is known.
    NoHistory,
    /// Too few days are known for a range to mean anything.
    TooShort {
        /// Days known in the window.
        days: usize,
        /// The least that is wanted.
        least: u32,
    },
    /// Volatility was the same on every day: there is no range.
    Flat {
        /// That volatility.
        iv: f64,
    },
    /// The chain shows no volatility now.
    NoCurrent,
}

/// How the rank is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RankParams {
    /// Newest days that make up the window: about a year of sessions.
    pub days_most: u32,
    /// Fewest days from which a rank is taken.
    pub days_least: u32,
}

impl Default for RankParams {
    fn default() -> Self {
        Self {
            days_most: 252,
            days_least: 60,
        }
    }
}

impl RankParams {
    /// Looks for absurd values.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let least = self.days_least;
        faults.need(least >= 2, "days_least", least, "at least 2");
        let most = self.days_most;
        faults.need(most >= least, "days_most", most, "at least `days_least`");
        faults.into_result()
    }
}

/// The rank of volatility `now` among the days before `today`: `(now - low) / (high - low)`, in
/// percent, the definition that brokers' platforms show as IV rank.
///
/// Only days strictly before `today` count; days without a usable figure do not.
pub fn rank(now: Option<f64>, history: &[DailyIv], today: Date, params: &RankParams) -> Rank {
    let Some(now) = now.filter(|iv| iv.is_finite()) else {
        return Rank::Missing(MissingRank::NoCurrent);
    };
    let usable = |day: &&DailyIv| day.date < today && day.iv.is_finite() && day.iv > 0.0;
    let mut days: Vec<&DailyIv> = history.iter().filter(usable).collect();
    days.sort_by_key(|day| day.date);
    let most = usize::try_from(params.days_most).unwrap_or(usize::MAX);
    let window = days.split_off(days.len().saturating_sub(most));
    let count = window.len();
    if count == 0 {
        return Rank::Missing(MissingRank::NoHistory);
    }
    if count < usize::try_from(params.days_least).unwrap_or(usize::MAX) {
        return Rank::Missing(MissingRank::TooShort {
            days: count,
            least: params.days_least,
        });
    }
    let low = window.iter().map(|day| day.iv).fold(f64::MAX, f64::min);
    let high = window.iter().map(|day| day.iv).fold(0.0, f64::max);
    if high <= low {
        return Rank::Missing(MissingRank::Flat { iv: low });
    }
    Rank::Known {
        percent: (100.0 * (now - low) / (high - low)).clamp(0.0, 100.0),
        low,
        high,
        days: count,
    }
}
