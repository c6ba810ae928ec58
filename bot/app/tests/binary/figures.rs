//! What a story measured, as lines of the form that `tests/bench` gathers.

use std::{env, fmt::Display, time::Duration};

/// True when `tests/bench` runs the stories: they go on for longer there, so that their figures say more.
pub(crate) fn are_wanted() -> bool {
    env::var_os("COUNTERSIGN_BENCH").is_some()
}

/// One line.
pub(crate) fn figure(what: &str, value: &impl Display, unit: &str) {
    println!("figure | {what} | {value} | {unit}");
}

/// How long things of one kind took.
pub(crate) struct Took {
    what: String,
    sorted: Vec<Duration>,
}

impl Took {
    pub(crate) fn new(what: &str, mut took: Vec<Duration>) -> Self {
        took.sort_unstable();
        Self {
            what: what.to_owned(),
            sorted: took,
        }
    }

    /// The time that so many of a hundred do not exceed.
    pub(crate) fn percentile(&self, of: usize) -> Duration {
        let at = (self.sorted.len() * of).div_ceil(100).saturating_sub(1);
        self.sorted.get(at).copied().unwrap_or_default()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Prints a line for each of these.
    pub(crate) fn print(&self, percentiles: &[usize]) {
        let (what, count) = (&self.what, self.len());
        for of in percentiles {
            let name = match of {
                50 => "median".to_owned(),
                100 => "slowest".to_owned(),
                of => format!("p{of}"),
            };
            let millis = self.percentile(*of).as_secs_f64() * 1e3;
            figure(
                &format!("{what}, {name} of {count}"),
                &format!("{millis:.1}"),
                "ms",
            );
        }
    }
}
