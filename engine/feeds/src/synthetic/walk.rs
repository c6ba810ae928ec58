//! The price of one underlying through one session, step by step.

use countersign_domain::{calendar::Session, money::Price, quote::Bar};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::prelude::ToPrimitive;

use super::{config::SymbolConfig, draw::Draw};

/// Sessions in a year.
const YEAR_SESSIONS: f64 = 252.0;
/// Seconds in a regular session.
const SESSION_S: f64 = 23_400.0;
const HOUR_S: f64 = 3_600.0;
const MINUTE_S: u32 = 60;

/// The part of a day's variance that comes while the exchange is open; the rest is in the gap from
/// close to open.
const OPEN_SHARE: f64 = 0.75;

/// How much of the variance rate stays at noon, and how much more comes towards open and close.
const NOON: f64 = 0.6;
const EDGES: f64 = 1.2;

/// The chances that a new trend points up, and that it points down; else there is none.
const UP: f64 = 0.42;
const DOWN: f64 = 0.42;

/// The price stays within this many times the first price, and the same part of it.
const FARTHEST: f64 = 20.0;

/// The variance rate at a part of the session (0 at the open, 1 at the close) over its mean: a U
/// with three times as much at the edges as at noon.
pub(super) fn u_shape(part: f64) -> f64 {
    NOON + EDGES * (2.0 * part - 1.0).powi(2)
}

/// One underlying in one session.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    config: SymbolConfig,
    session: Session,
    step_s: u32,
    draw: Draw,
    /// Dollars per share at the open.
    open: f64,
    /// Dollars per share after the last step.
    spot: f64,
    /// Which way it drifts: 1, -1 or 0.
    trend: f64,
    /// Steps done; the first is at the open.
    steps: u32,
    /// Complete minutes.
    bars: Vec<Bar>,
    /// Cents of the minute in progress: open, high, low, close.
    minute: [i64; 4],
}

impl Walk {
    /// The session after one that closed at `before`; the first one when there was none.
    pub(super) fn new(
        config: &SymbolConfig,
        session: Session,
        step_s: u32,
        seed: u64,
        before: Option<f64>,
    ) -> Self {
        let mut draw = Draw::new(seed, config.symbol, session.date);
        let night = config.vol * ((1.0 - OPEN_SHARE) / YEAR_SESSIONS).sqrt();
        let gap = night * draw.normal() - night * night / 2.0;
        let open = before.map_or_else(|| config.price.to_f64(), |close| close * gap.exp());
        let trend = direction(&mut draw);
        Self {
            config: config.clone(),
            session,
            step_s,
            draw,
            open: bounded(config, open),
            spot: bounded(config, open),
            trend,
            steps: 0,
            bars: Vec::new(),
            minute: [0; 4],
        }
    }

    pub(super) const fn config(&self) -> &SymbolConfig {
        &self.config
    }

    pub(super) const fn session(&self) -> Session {
        self.session
    }

    /// Steps done.
    pub(super) const fn steps(&self) -> u32 {
        self.steps
    }

    /// Dollars per share at the open.
    pub(super) const fn open(&self) -> f64 {
        self.open
    }

    /// Dollars per share, and since when; `None` before the open.
    pub(super) fn spot(&self) -> Option<(f64, Timestamp)> {
        let last = self.steps.checked_sub(1)?;
        Some((self.spot, self.at(last)))
    }

    /// How unsettled the market is at the last step: the variance rate over its mean.
    pub(super) fn unrest(&self) -> f64 {
        u_shape(self.part(self.steps.saturating_sub(1)))
    }

    /// The complete bars.
    pub(super) fn bars(&self) -> &[Bar] {
        &self.bars
    }

    /// Does every step due at `now` or before.
    pub(super) fn run(&mut self, now: Timestamp) {
        let last = now.min(self.session.close - SignedDuration::from_secs(1));
        while self.at(self.steps) <= last {
            self.step();
        }
    }

    /// The instant of a step.
    fn at(&self, step: u32) -> Timestamp {
        let seconds = i64::from(step) * i64::from(self.step_s);
        self.session.open + SignedDuration::from_secs(seconds)
    }

    /// The part of the session before a step.
    fn part(&self, step: u32) -> f64 {
        let length = self.session.close.duration_since(self.session.open);
        f64::from(step) * f64::from(self.step_s) / length.as_secs_f64()
    }

    fn step(&mut self) {
        if self.steps > 0 {
            let change = self.change();
            self.spot = bounded(&self.config, self.spot * change.exp());
        }
        self.trade();
        self.steps += 1;
        let steps_a_minute = MINUTE_S / self.step_s;
        if self.steps.is_multiple_of(steps_a_minute) {
            self.close_minute(self.at(self.steps - steps_a_minute));
        }
    }

    /// The change of the price's logarithm in a step: drift, diffusion and jumps (Merton, 1976).
    fn change(&mut self) -> f64 {
        let seconds = f64::from(self.step_s);
        let day = self.config.vol * (OPEN_SHARE / YEAR_SESSIONS).sqrt();
        let hour = day * (HOUR_S / SESSION_S).sqrt();
        if self.draw.chance(seconds / 60.0 / self.config.trend_minutes) {
            self.trend = direction(&mut self.draw);
        }
        let drift = self.trend * self.config.trend * hour * seconds / HOUR_S;
        let variance = day * day * u_shape(self.part(self.steps)) * seconds / SESSION_S;
        let diffusion = variance.sqrt() * self.draw.normal() - variance / 2.0;
        let jumps = self.config.jumps_per_day * seconds / SESSION_S;
        let jump = if self.draw.chance(jumps) {
            self.config.jump_size * self.draw.normal()
        } else {
            0.0
        };
        drift + diffusion + jump
    }

    /// Takes the price into the minute in progress.
    fn trade(&mut self) {
        let price = cents(self.spot);
        let first = self.steps.is_multiple_of(MINUTE_S / self.step_s);
        let [open, high, low, _] = if first { [price; 4] } else { self.minute };
        self.minute = [open, high.max(price), low.min(price), price];
    }

    /// Makes a bar of the minute that began at `start`.
    fn close_minute(&mut self, start: Timestamp) {
        let busy = u_shape(self.part(self.steps)) * (0.6 + 0.8 * self.draw.even());
        let volume = f64::from(self.config.volume) * busy;
        let [open, high, low, close] = self.minute.map(|c| Price::from_ten_thousandths(c * 100));
        self.bars.push(Bar {
            start,
            open,
            high,
            low,
            close,
            volume: volume.to_u64().unwrap_or_default().max(1),
        });
    }
}

/// Which way a new trend points.
fn direction(draw: &mut Draw) -> f64 {
    match draw.even() {
        even if even < UP => 1.0,
        even if even < UP + DOWN => -1.0,
        _ => 0.0,
    }
}

/// A price within sensible bounds, whatever the draws were.
fn bounded(config: &SymbolConfig, price: f64) -> f64 {
    let first = config.price.to_f64();
    price.clamp(first / FARTHEST, first * FARTHEST)
}

/// The nearest whole number of cents.
fn cents(dollars: f64) -> i64 {
    (dollars * 100.0).round().to_i64().unwrap_or_default()
}
