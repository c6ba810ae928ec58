//! The exponential moving average.

use super::{Indicator, Smoothed};

/// The exponential moving average of a series, in the unit of the series.
#[derive(Clone, Copy, Debug)]
pub struct Ema(Smoothed);

impl Ema {
    /// Averages over about `period` inputs; a period of 0 is taken as 1.
    pub fn new(period: u32) -> Self {
        let period = period.max(1);
        Self(Smoothed::new(period, 2.0 / (f64::from(period) + 1.0)))
    }
}

impl Indicator for Ema {
    type Input = f64;

    fn next(&mut self, input: f64) -> Option<f64> {
        self.0.next(input)
    }
}
