//! Gauges beside the benchmark library's own: processor time, and medians of paired samples.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// Wall and processor time of the whole process, read together.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    wall: Instant,
    cpu: Duration,
}

impl Reading {
    /// Both, now.
    #[expect(
        clippy::disallowed_methods,
        reason = "a benchmark measures the machine's time"
    )]
    pub(crate) fn now() -> Self {
        let cpu = clock_gettime(ClockId::ProcessCPUTime);
        Self {
            wall: Instant::now(),
            cpu: Duration::try_from(cpu).expect("processor time is positive"),
        }
    }

    /// Wall time since another reading.
    pub(crate) fn wall_since(self, before: Self) -> Duration {
        self.wall.duration_since(before.wall)
    }

    /// Processor time of all threads since another reading.
    pub(crate) fn cpu_since(self, before: Self) -> Duration {
        self.cpu.saturating_sub(before.cpu)
    }
}

/// Samples of one figure.
#[derive(Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    /// Adds one.
    pub(crate) fn add(&mut self, sample: Duration) {
        self.0.push(sample);
    }

    /// The sample below which `percent` hundredths of them lie; zero when there are none.
    pub(crate) fn at(&mut self, percent: usize) -> Duration {
        self.0.sort_unstable();
        let place = self.0.len().saturating_sub(1) * percent / 100;
        self.0.get(place).copied().unwrap_or_default()
    }

    /// The middle one, in microseconds.
    pub(crate) fn median_us(&mut self) -> f64 {
        self.at(50).as_secs_f64() * 1e6
    }
}

/// Prints a figure as the summary table reads it: name, value, unit.
pub(crate) fn figure(name: &str, value: f64, unit: &str) {
    println!("figure | {name} | {value:.3} | {unit}");
}
