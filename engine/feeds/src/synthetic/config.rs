//! What a synthetic market is made of.

use countersign_domain::{instrument::Symbol, money::Price};
use serde::{Deserialize, Serialize};

/// Why a synthetic market cannot be made: correct the configuration.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SyntheticError {
    /// It has no symbol.
    #[error("a synthetic market needs at least one symbol")]
    NoSymbols,
    /// A symbol is there twice.
    #[error("{0} is in the synthetic market twice")]
    Twice(Symbol),
    /// A number is out of its range.
    #[error("{key} is {value}; it must lie between {least} and {most}")]
    OutOfRange {
        /// Which key, with its symbol.
        key: String,
        /// What it is.
        value: f64,
        /// The least that it may be.
        least: f64,
        /// The most that it may be.
        most: f64,
    },
    /// The step does not divide a minute.
    #[error("step_s is {0}; it must divide 60")]
    Step(u32),
    /// The start lies outside the exchange calendar.
    #[error("no session on or after the start of the synthetic market")]
    NoSession,
}

/// One underlying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SymbolConfig {
    /// Its symbol, and the root of its options.
    pub symbol: Symbol,
    /// Dollars per share at the first open; 5 to 5,000.
    pub price: Price,
    /// Volatility per square root of a year; 0.05 to 2.
    pub vol: f64,
    /// Continuous dividend yield per year; 0 to 0.2.
    #[serde(default = "usual::dividend_yield")]
    pub dividend_yield: f64,
    /// Jumps per session, on average; 0 to 20.
    #[serde(default = "usual::jumps_per_day")]
    pub jumps_per_day: f64,
    /// Standard deviation of a jump's logarithm; 0 to 0.2.
    #[serde(default = "usual::jump_size")]
    pub jump_size: f64,
    /// How strongly a trend pulls: its drift in an hour over the deviation of an hour; 0 to 5.
    #[serde(default = "usual::trend")]
    pub trend: f64,
    /// How long a trend lasts on average, in minutes; 5 to 1,000.
    #[serde(default = "usual::trend_minutes")]
    pub trend_minutes: f64,
    /// Shares traded in an average minute; 1 to 100 million.
    #[serde(default = "usual::volume")]
    pub volume: u32,
}

/// What is usual of an underlying.
mod usual {
    pub(super) const fn dividend_yield() -> f64 {
        0.01
    }
    pub(super) const fn jumps_per_day() -> f64 {
        0.5
    }
    pub(super) const fn jump_size() -> f64 {
        0.006
    }
    pub(super) const fn trend() -> f64 {
        1.0
    }
    pub(super) const fn trend_minutes() -> f64 {
        60.0
    }
    pub(super) const fn volume() -> u32 {
        40_000
    }
}

impl SymbolConfig {
    /// An underlying at that price and volatility; the rest is as usual.
    pub const fn new(symbol: Symbol, price: Price, vol: f64) -> Self {
        Self {
            symbol,
            price,
            vol,
            dividend_yield: usual::dividend_yield(),
            jumps_per_day: usual::jumps_per_day(),
            jump_size: usual::jump_size(),
            trend: usual::trend(),
            trend_minutes: usual::trend_minutes(),
            volume: usual::volume(),
        }
    }

    fn check(&self) -> Result<(), SyntheticError> {
        let checks = [
            ("price", self.price.to_f64(), 5.0, 5_000.0),
            ("vol", self.vol, 0.05, 2.0),
            ("dividend_yield", self.dividend_yield, 0.0, 0.2),
            ("jumps_per_day", self.jumps_per_day, 0.0, 20.0),
            ("jump_size", self.jump_size, 0.0, 0.2),
            ("trend", self.trend, 0.0, 5.0),
            ("trend_minutes", self.trend_minutes, 5.0, 1_000.0),
            ("volume", f64::from(self.volume), 1.0, 1e8),
        ];
        let name = |key| format!("{key} of {}", self.symbol);
        checks
            .into_iter()
            .try_for_each(|(key, value, least, most)| within(|| name(key), value, least, most))
    }
}

/// A synthetic market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SyntheticConfig {
    /// The underlyings.
    pub symbols: Vec<SymbolConfig>,
    /// Seconds between two prices; divides 60.
    pub step_s: u32,
    /// Interest rate per year, continuous; -0.05 to 0.2.
    pub rate: f64,
    /// Weekly expiries listed, this week's included; 1 to 12.
    pub weeklies: u32,
    /// Monthly expiries listed beyond the weekly ones; 0 to 12.
    pub monthlies: u32,
    /// Strikes listed on each side of the one nearest to the open; 1 to 60.
    pub strikes: u32,
}

impl Default for SyntheticConfig {
    /// Three underlyings with about 200 contracts each. Their names are real, their prices are not.
    fn default() -> Self {
        let symbols = [("SPY", 600, 0.16), ("AAPL", 230, 0.26), ("NVDA", 140, 0.42)];
        let symbols = symbols.into_iter().filter_map(|(symbol, dollars, vol)| {
            let price = Price::from_micros(dollars * 1_000_000);
            Some(SymbolConfig::new(symbol.parse().ok()?, price, vol))
        });
        Self {
            symbols: symbols.collect(),
            step_s: 3,
            rate: 0.04,
            weeklies: 4,
            monthlies: 2,
            strikes: 8,
        }
    }
}

impl SyntheticConfig {
    /// Passes when a market can be made of it.
    ///
    /// # Errors
    ///
    /// [`SyntheticError`], the first found.
    pub fn check(&self) -> Result<(), SyntheticError> {
        if self.symbols.is_empty() {
            return Err(SyntheticError::NoSymbols);
        }
        for (index, symbol) in self.symbols.iter().enumerate() {
            symbol.check()?;
            let before = self.symbols.iter().take(index);
            if before
                .into_iter()
                .any(|other| other.symbol == symbol.symbol)
            {
                return Err(SyntheticError::Twice(symbol.symbol));
            }
        }
        if !(1..=60).contains(&self.step_s) || !60_u32.is_multiple_of(self.step_s) {
            return Err(SyntheticError::Step(self.step_s));
        }
        within(|| "rate".into(), self.rate, -0.05, 0.2)?;
        within(|| "weeklies".into(), self.weeklies.into(), 1.0, 12.0)?;
        within(|| "monthlies".into(), self.monthlies.into(), 0.0, 12.0)?;
        within(|| "strikes".into(), self.strikes.into(), 1.0, 60.0)
    }
}

/// Passes a number in its range; NaN is in none.
fn within(
    key: impl FnOnce() -> String,
    value: f64,
    least: f64,
    most: f64,
) -> Result<(), SyntheticError> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let key = key();
    Err(SyntheticError::OutOfRange {
        key,
        value,
        least,
        most,
    })
}
