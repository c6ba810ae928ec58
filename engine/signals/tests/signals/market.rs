//! A made-up chain: every contract priced by the formula, five cents wide, at one instant.

use countersign_domain::{
    instrument::{OptionContract, Right},
    limits::Limits,
    money::{Price, Usd},
    quote::{Quote, Source},
};
use countersign_pricing as pricing;
use countersign_signals::chain::{Chain, Row};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};

use crate::day::{at, cents};

/// Two hours into the made-up day.
pub(crate) fn now() -> Timestamp {
    at(120)
}

/// The third Friday of the month after it.
pub(crate) fn april() -> Date {
    date(2024, 4, 19)
}

/// A contract on ACME.
pub(crate) fn contract(right: Right, dollars: i64, expiry: Date) -> OptionContract {
    OptionContract {
        root: "ACME".parse().unwrap(),
        expiry,
        right,
        strike: cents(dollars * 100),
    }
}

/// A quote of now, about `wide` cents around `mid` in whole increments, ten on each side.
pub(crate) fn quote(mid: Price, wide: i64) -> Quote {
    let half = Price::from_ten_thousandths(wide * 50);
    let step = cents(if mid < cents(300) { 1 } else { 5 });
    Quote {
        bid: (mid - half).down_to(step).max(cents(1)),
        ask: (mid + half).up_to(step),
        bid_size: 10,
        ask_size: 10,
        at: now() - SignedDuration::from_secs(20),
        source: Source::Scripted,
    }
}

/// What the formula says at 30 % volatility and the default rate of the parameters.
pub(crate) fn fair(contract: &OptionContract, spot: f64) -> Price {
    let end = contract.last_trading().unwrap();
    let terms = pricing::Terms {
        spot,
        strike: contract.strike.to_f64(),
        years: end.duration_since(now()).as_secs_f64() / (365.0 * 86_400.0),
        rate: 0.02,
        dividend_yield: 0.0,
        right: match contract.right {
            Right::Call => pricing::Right::Call,
            Right::Put => pricing::Right::Put,
        },
    };
    Price::from_f64(pricing::price_one(&terms, 0.3)).unwrap()
}

/// Calls and puts on ACME at $100, strikes $80 to $120 two dollars apart, ending on `expiry`.
pub(crate) fn chain(expiry: Date) -> Chain {
    let mut rows = Vec::new();
    for strike in (80..=120).step_by(2) {
        for right in [Right::Call, Right::Put] {
            let contract = contract(right, strike, expiry);
            let quote = quote(fair(&contract, 100.0), 5);
            rows.push(Row { contract, quote });
        }
    }
    Chain {
        underlying: "ACME".parse().unwrap(),
        spot: cents(10_000),
        spot_at: now() - SignedDuration::from_secs(5),
        rows,
    }
}

/// Dollars.
pub(crate) fn usd(dollars: i64) -> Usd {
    Usd::from_micros(dollars * 1_000_000)
}

/// Limits of a middling desk.
pub(crate) fn limits() -> Limits {
    Limits {
        worst_loss_per_ticket: usd(1_000),
        contracts_per_order: 10,
        value_per_order: usd(2_000),
        open_positions: 5,
        exposure_per_underlying: usd(2_000),
        orders_per_minute: 10,
        orders_per_day: 100,
        daily_loss: usd(2_000),
        quote_age_s: 120,
        spread_bps: 1_000,
        drift_bps: 300,
    }
}
