//! Limits: ceilings on entries, and what passing one is called.

use rust_decimal::{Decimal, prelude::ToPrimitive};
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

    /// True for a ceiling that nobody can pass or loosen while the desk runs: only configuration
    /// does.
    ///
    /// - The day's loss is the last brake, and whoever asks for more has just lost that much.
    /// - The age of the quote and the drift bind a yes to the market that its card showed: past them
    ///   an entry is one that nobody confirmed.
    ///
    /// What is restricted and what nobody confirmed has no ceiling at all, so nothing can raise it.
    pub const fn is_hard(self) -> bool {
        match self {
            Self::DailyLoss | Self::QuoteAge | Self::Drift => true,
            Self::WorstLossPerTicket
            | Self::ContractsPerOrder
            | Self::ValuePerOrder
            | Self::OpenPositions
            | Self::ExposurePerUnderlying
            | Self::OrdersPerMinute
            | Self::OrdersPerDay
            | Self::Spread => false,
        }
    }

    /// The word for it in stored rows and commands: its key in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WorstLossPerTicket => "worst_loss_per_ticket",
            Self::ContractsPerOrder => "contracts_per_order",
            Self::ValuePerOrder => "value_per_order",
            Self::OpenPositions => "open_positions",
            Self::ExposurePerUnderlying => "exposure_per_underlying",
            Self::OrdersPerMinute => "orders_per_minute",
            Self::OrdersPerDay => "orders_per_day",
            Self::DailyLoss => "daily_loss",
            Self::QuoteAge => "quote_age_s",
            Self::Spread => "spread_bps",
            Self::Drift => "drift_bps",
        }
    }

    /// The one of that [`LimitCode::name`].
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }
}

impl Limits {
    /// A ceiling, in the unit of its code.
    pub fn get(&self, code: LimitCode) -> Decimal {
        match code {
            LimitCode::WorstLossPerTicket => self.worst_loss_per_ticket.decimal(),
            LimitCode::ContractsPerOrder => self.contracts_per_order.into(),
            LimitCode::ValuePerOrder => self.value_per_order.decimal(),
            LimitCode::OpenPositions => self.open_positions.into(),
            LimitCode::ExposurePerUnderlying => self.exposure_per_underlying.decimal(),
            LimitCode::OrdersPerMinute => self.orders_per_minute.into(),
            LimitCode::OrdersPerDay => self.orders_per_day.into(),
            LimitCode::DailyLoss => self.daily_loss.decimal(),
            LimitCode::QuoteAge => self.quote_age_s.into(),
            LimitCode::Spread => self.spread_bps.into(),
            LimitCode::Drift => self.drift_bps.into(),
        }
    }

    /// These with another ceiling; `None` for what is no ceiling: zero or less, a part of something
    /// that is counted, or more than fits.
    #[must_use]
    pub fn with(&self, code: LimitCode, value: Decimal) -> Option<Self> {
        if value <= Decimal::ZERO {
            return None;
        }
        let dollars = || Usd::try_from(value).ok();
        let count = || value.is_integer().then(|| value.to_u32()).flatten();
        let mut limits = self.clone();
        match code {
            LimitCode::WorstLossPerTicket => limits.worst_loss_per_ticket = dollars()?,
            LimitCode::ContractsPerOrder => limits.contracts_per_order = count()?,
            LimitCode::ValuePerOrder => limits.value_per_order = dollars()?,
            LimitCode::OpenPositions => limits.open_positions = count()?,
            LimitCode::ExposurePerUnderlying => limits.exposure_per_underlying = dollars()?,
            LimitCode::OrdersPerMinute => limits.orders_per_minute = count()?,
            LimitCode::OrdersPerDay => limits.orders_per_day = count()?,
            LimitCode::DailyLoss => limits.daily_loss = dollars()?,
            LimitCode::QuoteAge => limits.quote_age_s = count()?,
            LimitCode::Spread => limits.spread_bps = count()?,
            LimitCode::Drift => limits.drift_bps = count()?,
        }
        Some(limits)
    }
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
