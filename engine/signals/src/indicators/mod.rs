//! Technical indicators over a series of finite values, oldest first.
//!
//! Each one is a streaming state: [`Indicator::next`] takes one input and gives the value at it, or
//! `None` while it warms up. A batch is the same stream run to its end ([`over`]), so the two can
//! never differ. Periods count inputs and are at least 1; what a gap in the series means is the
//! caller's affair.
//!
//! | indicator | first value at input | source |
//! |---|---|---|
//! | [`Ema`] | `period` | seeded with the simple mean of the first `period` inputs, then `2 / (period + 1)`: P. Kaufman, Trading Systems and Methods, ch. 7 |
//! | [`Rsi`] | `period + 1` | W. Wilder, New Concepts in Technical Trading Systems, section VI |
//! | [`Atr`] | `period + 1` | the same, section III |

mod atr;
mod ema;
mod rsi;

pub use atr::{Atr, Candle};
pub use ema::Ema;
pub use rsi::Rsi;

/// A measure that follows a series, one input at a time.
pub trait Indicator {
    /// What it follows.
    type Input;

    /// Takes the next input and gives the value at it; `None` while it warms up.
    fn next(&mut self, input: Self::Input) -> Option<f64>;
}

/// The values of `indicator` at each of `inputs`.
pub fn over<I: Indicator>(
    mut indicator: I,
    inputs: impl IntoIterator<Item = I::Input>,
) -> Vec<Option<f64>> {
    inputs
        .into_iter()
        .map(|input| indicator.next(input))
        .collect()
}

/// The simple mean of the first `period` inputs: what Wilder's averages and the EMA start from.
#[derive(Clone, Copy, Debug, Default)]
struct Seed {
    count: u32,
    sum: f64,
}

impl Seed {
    /// Adds an input; the mean once there are `period` of them.
    fn add(&mut self, input: f64, period: u32) -> Option<f64> {
        self.count = self.count.saturating_add(1);
        self.sum += input;
        (self.count >= period).then(|| self.sum / f64::from(self.count))
    }
}

/// An average that starts with a simple mean and then moves a fixed `share` of the way to each input.
#[derive(Clone, Copy, Debug)]
struct Smoothed {
    period: u32,
    share: f64,
    seed: Seed,
    value: Option<f64>,
}

impl Smoothed {
    fn new(period: u32, share: f64) -> Self {
        Self {
            period,
            share,
            seed: Seed::default(),
            value: None,
        }
    }

    /// Wilder's average: each input counts for one part in `period`.
    fn wilder(period: u32) -> Self {
        Self::new(period, 1.0 / f64::from(period.max(1)))
    }

    fn next(&mut self, input: f64) -> Option<f64> {
        self.value = match self.value {
            Some(value) => Some(value + self.share * (input - value)),
            None => self.seed.add(input, self.period),
        };
        self.value
    }
}
