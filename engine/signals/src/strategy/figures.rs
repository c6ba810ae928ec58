//! What the trend strategy measures.

use countersign_domain::{quote::Bar, signal::Evidence};

use super::{TrendParams, evidence::figure};
use crate::indicators::{Atr, Candle, Ema, Indicator, Rsi};

/// What the strategy measures at the newest bar.
pub(super) struct Figures {
    close: f64,
    fast: f64,
    slow: f64,
    atr: f64,
    pub(super) rsi: f64,
    pub(super) gap: f64,
    pub(super) slope: f64,
}

impl Figures {
    /// `None` while an indicator warms up, and for a price that does not move.
    pub(super) fn of(params: &TrendParams, bars: &[Bar]) -> Option<Self> {
        let (mut fast, mut slow) = (Ema::new(params.fast), Ema::new(params.slow));
        let (mut rsi, mut atr) = (Rsi::new(params.rsi), Atr::new(params.atr));
        let mut slows = Vec::with_capacity(bars.len());
        let mut newest = None;
        for bar in bars {
            let close = bar.close.to_f64();
            let candle = Candle {
                high: bar.high.to_f64(),
                low: bar.low.to_f64(),
                close,
            };
            slows.extend(slow.next(close));
            newest = Some((close, fast.next(close), rsi.next(close), atr.next(candle)));
        }
        let (close, fast, rsi, atr) = newest?;
        let (fast, rsi, atr) = (fast?, rsi?, atr?);
        let back = usize::try_from(params.slope_bars).ok()?;
        let (slow, before) = (*slows.last()?, *slows.iter().rev().nth(back)?);
        (atr > 0.0).then(|| Self {
            close,
            fast,
            slow,
            atr,
            rsi,
            gap: (fast - slow) / atr,
            slope: (slow - before) / atr,
        })
    }

    pub(super) fn evidence(&self) -> [Evidence; 7] {
        [
            figure("close", self.close),
            figure("ema_fast", self.fast),
            figure("ema_slow", self.slow),
            figure("atr", self.atr),
            figure("gap", self.gap),
            figure("slope", self.slope),
            figure("rsi", self.rsi),
        ]
    }
}
