//! From prices and profits to pixels.

use crate::scene::Scene;

/// How far the picture reaches beyond what must be seen, of its extent.
const BEYOND: f64 = 0.5;

/// The extent of what must be seen at the least, of the price.
const EXTENT_LEAST: f64 = 0.02;

/// How far the picture follows the band beyond what must be seen, in extents: farther, and a narrow
/// spread would be a step that nobody can read.
const FOLLOWED: f64 = 2.0;

/// How far away a breakeven is still shown, of the price.
const BREAKEVEN_MOST: f64 = 0.5;

/// Points of a curve.
const SAMPLES: u32 = 120;

/// Room for the curves, pixels.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// The part of the world that is drawn.
pub(crate) struct View {
    frame: Frame,
    /// Prices at the left and the right end.
    prices: (f64, f64),
    /// Profits at the bottom and the top of the curves.
    profits: (f64, f64),
    /// Breakevens that are in it.
    pub(crate) breakevens: Vec<f64>,
}

impl View {
    /// The view of a scene; `None` of one that is flat.
    pub(crate) fn of(scene: &Scene, frame: Frame) -> Option<Self> {
        let spot = scene.spot.map(countersign_domain::money::Price::to_f64);
        let mut seen: Vec<f64> = scene.expiry.bends().chain(spot).collect();
        let (low, high) = ends(&seen)?;
        let most = (high - low).max(high * BREAKEVEN_MOST);
        let near = |at: &f64| (low - most..=high + most).contains(at);
        let breakevens: Vec<f64> = scene.expiry.zeros().into_iter().filter(near).collect();
        seen.extend(&breakevens);
        let mut view = Self {
            frame,
            prices: prices(&seen, scene.band)?,
            profits: (0.0, 0.0),
            breakevens,
        };
        let curve = view.samples().into_iter().map(|at| scene.expiry.profit(at));
        let now = scene.now.iter();
        let now = now.flat_map(|now| view.samples().into_iter().map(|at| now.profit(at)));
        let profits: Vec<f64> = curve.chain(now).filter(|it| it.is_finite()).collect();
        let most = profits.iter().copied().fold(0.0, f64::max);
        let least = profits.iter().copied().fold(0.0, f64::min);
        view.profits = (least, most);
        (most - least > 0.0).then_some(view)
    }

    /// Prices from end to end, evenly.
    pub(crate) fn samples(&self) -> Vec<f64> {
        let (left, right) = self.prices;
        let step = (right - left) / f64::from(SAMPLES);
        let inner = (0..SAMPLES).map(|index| left + step * f64::from(index));
        inner.chain([right]).collect()
    }

    /// The same where a line bends, so that its corners are sharp.
    pub(crate) fn corners(&self, bends: impl Iterator<Item = f64>) -> Vec<f64> {
        let (left, right) = self.prices;
        let inner = bends.filter(|at| *at > left && *at < right);
        let mut corners: Vec<f64> = [left, right].into_iter().chain(inner).collect();
        corners.extend(self.breakevens.iter().filter(|at| self.has(**at)));
        corners.sort_by(f64::total_cmp);
        corners.dedup();
        corners
    }

    /// True for a price in the picture.
    pub(crate) fn has(&self, at: f64) -> bool {
        (self.prices.0..=self.prices.1).contains(&at)
    }

    /// Pixels from the left of a price; one outside stands at the end.
    pub(crate) fn x(&self, at: f64) -> f64 {
        let share = (at - self.prices.0) / (self.prices.1 - self.prices.0);
        self.frame.left + share.clamp(0.0, 1.0) * (self.frame.right - self.frame.left)
    }

    /// Pixels from the top of a profit.
    pub(crate) fn y(&self, profit: f64) -> f64 {
        let share = (profit - self.profits.0) / (self.profits.1 - self.profits.0);
        self.frame.bottom - share.clamp(0.0, 1.0) * (self.frame.bottom - self.frame.top)
    }

    /// Round prices, at most `most` of them, and how many decimals tell them apart.
    pub(crate) fn ticks(&self, most: f64) -> (Vec<f64>, usize) {
        let (left, right) = self.prices;
        let mut step = 0.0001;
        for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(60) {
            if (right - left) / step <= most {
                break;
            }
            step *= factor;
        }
        let first = (left / step).ceil();
        let count = f64::from(SAMPLES).min(((right - left) / step).floor());
        let mut ticks = Vec::new();
        let mut index = 0.0;
        while index <= count {
            let at = (first + index) * step;
            if at <= right {
                ticks.push(at);
            }
            index += 1.0;
        }
        (ticks, decimals(step))
    }
}

/// The prices between which everything of `seen` has its place, and the band as far as is wise.
fn prices(seen: &[f64], band: Option<(f64, f64)>) -> Option<(f64, f64)> {
    let (low, high) = ends(seen)?;
    let extent = (high - low).max(high * EXTENT_LEAST);
    let (mut left, mut right) = (low - extent * BEYOND, high + extent * BEYOND);
    if let Some((below, above)) = band {
        let margin = extent * 0.2;
        left = left.min((below - margin).max(low - extent * FOLLOWED));
        right = right.max((above + margin).min(high + extent * FOLLOWED));
    }
    let left = left.max(0.0);
    (right > left && right.is_finite()).then_some((left, right))
}

fn ends(prices: &[f64]) -> Option<(f64, f64)> {
    let low = prices.iter().copied().min_by(f64::total_cmp)?;
    let high = prices.iter().copied().max_by(f64::total_cmp)?;
    (high > 0.0 && high.is_finite()).then_some((low, high))
}

/// Decimals that tell multiples of a step apart, of dollars and cents.
fn decimals(step: f64) -> usize {
    let whole = |factor: f64| ((step * factor).round() - step * factor).abs() < 1e-6;
    if whole(1.0) {
        0
    } else if whole(100.0) {
        2
    } else if whole(1000.0) {
        3
    } else {
        4
    }
}
