//! The relative strength index.

use super::{Indicator, Smoothed};

/// Wilder's relative strength index of a series: 0 (only losses) to 100 (only gains).
///
/// A series that did not move at all has no strength either way and reads 50.
#[derive(Clone, Copy, Debug)]
pub struct Rsi {
    last: Option<f64>,
    gain: Smoothed,
    loss: Smoothed,
}

impl Rsi {
    /// Averages gains and losses over `period` changes; a period of 0 is taken as 1.
    pub fn new(period: u32) -> Self {
        let average = Smoothed::wilder(period.max(1));
        Self {
            last: None,
            gain: average,
            loss: average,
        }
    }
}

impl Indicator for Rsi {
    type Input = f64;

    fn next(&mut self, input: f64) -> Option<f64> {
        let change = input - self.last.replace(input)?;
        let gain = self.gain.next(change.max(0.0));
        let loss = self.loss.next((-change).max(0.0));
        let (gain, loss) = (gain?, loss?);
        let moved = gain + loss;
        Some(if moved > 0.0 {
            100.0 * (gain / moved)
        } else {
            50.0
        })
    }
}
