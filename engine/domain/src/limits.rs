//! Limits: ceilings on entries, and what passing one is called.

use serde::{Deserialize, Serialize};

use crate::money::Usd;

/// The ceilings of a desk. They gate entries only; no exit is ever held by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The most that one ticket may lose, fees included.
    pub worst_loss_per_ticket: Usd,
    /// The most units in one order.
    pub contracts_per_order: u32,
    /// The most dollars in one order: |net limit| x units x multiplier.
    pub value_per_order: Usd,
    /// The most positions and working entries at once.
    pub open_positions: u32,
    /// The most that everything in flight on one underlying may lose together.
    pub exposure_per_underlying: Usd,
    /// The most entries sent in any 60 seconds.
    pub orders_per_minute: u32,
    /// The most entries sent in one New York day.
    pub orders_per_day: u32,
    /// The most that may be lost in one New York day, realised and unrealised together.
    pub daily_loss: Usd,
    /// The oldest quote that an entry may rest on, in seconds.
    pub quote_age_s: u32,
    /// The widest spread of a leg, in basis points of its mid.
    pub spread_bps: u32,
    /// The most that the net mid may move against us between card and press, in basis points
    /// of the premium on the card.
    pub drift_bps: u32,
}

/// Which ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitCode {
    /// [`Limits::worst_loss_per_ticket`], dollars.
    WorstLossPerTicket,
    /// [`Limits::contracts_per_order`], units.
    ContractsPerOrder,
    /// [`Limits::value_per_order`], dollars.
    ValuePerOrder,
    /// [`Limits::open_positions`], positions.
    OpenPositions,
    /// [`Limits::exposure_per_underlying`], dollars.
    ExposurePerUnderlying,
    /// [`Limits::orders_per_minute`], orders.
    OrdersPerMinute,
    /// [`Limits::orders_per_day`], orders.
    OrdersPerDay,
    /// [`Limits::daily_loss`], dollars.
    DailyLoss,
    /// [`Limits::quote_age_s`], seconds.
    QuoteAge,
    /// [`Limits::spread_bps`], basis points.
    Spread,
    /// [`Limits::drift_bps`], basis points.
    Drift,
}

impl LimitCode {
    /// Every code, in the order of [`Limits`].
    pub const ALL: [Self; 11] = [
        Self::WorstLossPerTicket,
        Self::ContractsPerOrder,
        Self::ValuePerOrder,
        Self::OpenPositions,
        Self::ExposurePerUnderlying,
        Self::OrdersPerMinute,
        Self::OrdersPerDay,
        Self::DailyLoss,
        Self::QuoteAge,
        Self::Spread,
        Self::Drift,
    ];
}

/// A ceiling that would be passed: which, by what, and what would pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Which ceiling.
    pub code: LimitCode,
    /// What it would have been, in the unit of the code.
    #[serde(with = "crate::decimal")]
    pub value: rust_decimal::Decimal,
    /// The ceiling, in the same unit.
    #[serde(with = "crate::decimal")]
    pub bound: rust_decimal::Decimal,
    /// What would pass, in the same unit, or `None` when only waiting helps.
    #[serde(default, with = "crate::decimal::optional")]
    pub would_pass: Option<rust_decimal::Decimal>,
}
