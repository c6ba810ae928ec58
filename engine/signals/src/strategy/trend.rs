//! Trend with momentum confirmation, on five-minute bars, both ways.

use countersign_domain::{
    calendar::{self, Session},
    quote::Bar,
    signal::{Direction, Evidence},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Idea, Parameter, Quiet, Reason, Seen, Strategy, TrendParams, evidence::count, figures::Figures,
};
use crate::{
    bars::{self, Slot},
    fault::ParamFault,
};

/// Distance of the averages, in average ranges, from which a trend counts as full.
const FULL_GAP: f64 = 1.0;
/// Distance of the index from 50 from which momentum counts as full.
const FULL_MOMENTUM: f64 = 30.0;

/// Trend with momentum confirmation.
///
/// Bullish when the fast average stands above the slow one by `gap_least` average ranges, the slow
/// one has risen by `slope_least` over `slope_bars`, and the relative strength index confirms with
/// `rsi_confirms` or more; bearish is its mirror. Strength is half the distance of the averages
/// (full at one average range) and half the index's distance from 50 (full at 30). Everything is
/// measured in average ranges, so that one set of parameters serves a $30 share and a $700 one.
///
/// Only whole bars of today's session count: no minute before the open, no day before, no bar in
/// progress. Periods that lack minutes are left out and counted.
///
/// | evidence | unit |
/// |---|---|
/// | `close`, `ema_fast`, `ema_slow`, `atr` | dollars |
/// | `gap` | fast less slow, in average ranges |
/// | `slope` | gain of the slow average over `slope_bars`, in average ranges |
/// | `rsi` | 0 to 100 |
/// | `bars`, `gaps` | periods of the session |
#[derive(Clone, Debug)]
pub struct Trend {
    params: TrendParams,
}

impl Trend {
    /// The strategy with these parameters.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] of [`TrendParams::check`].
    pub fn new(params: TrendParams) -> Result<Self, Vec<ParamFault>> {
        params.check()?;
        Ok(Self { params })
    }

    /// Whole bars of a session that it needs before it can answer.
    pub fn bars_needed(&self) -> u32 {
        self.params.bars_needed()
    }

    /// Measures and judges; what was measured is added to `evidence` as it goes.
    fn look(
        &self,
        seen: &Seen<'_>,
        evidence: &mut Vec<Evidence>,
    ) -> Result<(Direction, f64, Timestamp), Reason> {
        let session = self.session(seen.now)?;
        let slots = bars::five_minute(&session, seen.minutes, seen.now);
        let gaps = gaps(&slots);
        evidence.push(count("bars", slots.len().saturating_sub(gaps)));
        evidence.push(count("gaps", gaps));
        let bars = self.series(&slots, seen.now)?;
        let figures = Figures::of(&self.params, &bars).ok_or(Reason::Still)?;
        evidence.extend(figures.evidence());
        let (direction, strength) = self.judge(&figures)?;
        Ok((direction, strength, self.good_until(seen.now, &session)))
    }

    /// The session, when there is enough of it left.
    fn session(&self, now: Timestamp) -> Result<Session, Reason> {
        let session = calendar::session_at(now).ok_or(Reason::Closed)?;
        let minutes_left = session.close.duration_since(now).as_mins();
        let least = self.params.minutes_left_least;
        if minutes_left < i64::from(least) {
            return Err(Reason::TooLate {
                minutes_left,
                least,
            });
        }
        Ok(session)
    }

    /// The bars, when they are enough, dense enough and fresh enough.
    fn series(&self, slots: &[Slot], now: Timestamp) -> Result<Vec<Bar>, Reason> {
        let bars: Vec<Bar> = slots.iter().filter_map(|slot| slot.bar).collect();
        let least = self.params.bars_needed();
        if bars.len() < usize::try_from(least).unwrap_or(usize::MAX) {
            return Err(Reason::TooEarly {
                bars: bars.len(),
                least,
            });
        }
        let gaps = gaps(slots);
        let most = self.params.gaps_most;
        if gaps > usize::try_from(most).unwrap_or(usize::MAX) {
            return Err(Reason::Gaps { gaps, most });
        }
        let newest = slots.iter().rev().find(|slot| slot.bar.is_some());
        let age_s = newest.map_or(i64::MAX, |slot| now.duration_since(slot.end()).as_secs());
        let most_s = self.params.bar_age_s_most;
        if age_s > i64::from(most_s) {
            return Err(Reason::Stale { age_s, most_s });
        }
        Ok(bars)
    }

    /// Which way, and how strong, or the first condition that fails.
    fn judge(&self, figures: &Figures) -> Result<(Direction, f64), Reason> {
        let (gap, slope, rsi) = (figures.gap, figures.slope, figures.rsi);
        let least = self.params.gap_least;
        if gap == 0.0 || gap.abs() < least {
            return Err(Reason::NoTrend { gap, least });
        }
        let (direction, sign) = if gap > 0.0 {
            (Direction::Bullish, 1.0)
        } else {
            (Direction::Bearish, -1.0)
        };
        let least = self.params.slope_least;
        if sign * slope < least {
            return Err(Reason::AgainstSlope {
                direction,
                slope,
                least,
            });
        }
        let momentum = sign * (rsi - 50.0);
        let confirms = self.params.rsi_confirms - 50.0;
        if momentum < confirms {
            let bound = 50.0 + sign * confirms;
            return Err(Reason::NotConfirmed {
                direction,
                rsi,
                bound,
            });
        }
        let strength =
            0.5 * (gap.abs() / FULL_GAP).min(1.0) + 0.5 * (momentum / FULL_MOMENTUM).min(1.0);
        let least = self.params.strength_least;
        if strength < least {
            return Err(Reason::Weak { strength, least });
        }
        Ok((direction, strength))
    }

    /// Until when an idea of now counts.
    fn good_until(&self, now: Timestamp, session: &Session) -> Timestamp {
        let good_for = SignedDuration::from_secs(i64::from(self.params.good_for_s));
        session.close.min(now + good_for)
    }
}

impl Strategy for Trend {
    fn name(&self) -> &'static str {
        "trend"
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.params.describe()
    }

    fn evaluate(&self, seen: &Seen<'_>) -> Result<Idea, Quiet> {
        let mut evidence = Vec::new();
        match self.look(seen, &mut evidence) {
            Ok((direction, strength, good_until)) => Ok(Idea {
                direction,
                strength,
                evidence,
                good_until,
            }),
            Err(reason) => Err(Quiet { reason, evidence }),
        }
    }
}

fn gaps(slots: &[Slot]) -> usize {
    slots.iter().filter(|slot| slot.bar.is_none()).count()
}
