//! Limits in words: amounts in the unit of their code, and what would pass.

use countersign_domain::limits::{Breach, LimitCode};
use jiff::SignedDuration;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{figures, pen::Pen, say};

/// Basis points beyond which the figure itself says nothing.
const MOST_BPS: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// An amount in a limit's unit: `$612.00`, `4 contracts`, `45 s`, `12.5%`.
pub(crate) fn amount(pen: &Pen<'_>, code: LimitCode, value: Decimal) -> String {
    let locale = pen.locale;
    let whole = || value.trunc().to_i64().unwrap_or(i64::MAX);
    match code {
        LimitCode::WorstLossPerTicket
        | LimitCode::ValuePerOrder
        | LimitCode::ExposurePerUnderlying
        | LimitCode::DailyLoss => figures::dollars(value, locale),
        LimitCode::ContractsPerOrder => say!(locale, "contracts", count = whole()),
        LimitCode::OpenPositions => say!(locale, "unit-positions", count = whole()),
        LimitCode::OrdersPerMinute | LimitCode::OrdersPerDay => {
            say!(locale, "unit-entries", count = whole())
        }
        LimitCode::QuoteAge => pen.span(SignedDuration::from_secs(whole())),
        // A mid of nothing has no spread in percent.
        LimitCode::Spread | LimitCode::Drift if value > MOST_BPS => {
            say!(
                locale,
                "unit-beyond",
                most = figures::basis_points(MOST_BPS, locale)
            )
        }
        LimitCode::Spread | LimitCode::Drift => figures::basis_points(value, locale),
    }
}

/// One sentence: what it would be, the limit, and what would pass or what to wait for. Where the
/// limit itself would pass, it is said once.
pub(crate) fn sentence(pen: &Pen<'_>, breach: &Breach) -> String {
    let passes = breach.would_pass.filter(|passes| {
        // Only a size can be chosen; an age, a spread or a rate has to be waited for.
        is_size(breach.code) && *passes > Decimal::ZERO
    });
    let remedy = match passes {
        Some(passes) => {
            let passes = amount(pen, breach.code, passes);
            if passes == amount(pen, breach.code, breach.bound) {
                let clause = clause(pen, breach);
                return say!(pen.locale, "breach-alone", breach = clause);
            }
            say!(pen.locale, "breach-passes", passes = passes)
        }
        None => pen.say(waiting(breach.code)),
    };
    say!(
        pen.locale,
        "breach-remedy",
        breach = clause(pen, breach),
        remedy = remedy
    )
}

/// What it would be, and the limit: a clause.
pub(crate) fn clause(pen: &Pen<'_>, breach: &Breach) -> String {
    let key = match breach.code {
        LimitCode::WorstLossPerTicket => "breach-worst-loss-per-ticket",
        LimitCode::ContractsPerOrder => "breach-contracts-per-order",
        LimitCode::ValuePerOrder => "breach-value-per-order",
        LimitCode::OpenPositions => "breach-open-positions",
        LimitCode::ExposurePerUnderlying => "breach-exposure-per-underlying",
        LimitCode::OrdersPerMinute => "breach-orders-per-minute",
        LimitCode::OrdersPerDay => "breach-orders-per-day",
        LimitCode::DailyLoss => "breach-daily-loss",
        LimitCode::QuoteAge => "breach-quote-age",
        LimitCode::Spread => "breach-spread",
        LimitCode::Drift => "breach-drift",
    };
    say!(
        pen.locale,
        key,
        value = amount(pen, breach.code, breach.value),
        bound = amount(pen, breach.code, breach.bound)
    )
}

/// True for a ceiling that a smaller ticket passes.
const fn is_size(code: LimitCode) -> bool {
    matches!(
        code,
        LimitCode::WorstLossPerTicket
            | LimitCode::ContractsPerOrder
            | LimitCode::ValuePerOrder
            | LimitCode::ExposurePerUnderlying
    )
}

/// What to wait for when nothing would pass now.
const fn waiting(code: LimitCode) -> &'static str {
    match code {
        LimitCode::WorstLossPerTicket | LimitCode::ContractsPerOrder | LimitCode::ValuePerOrder => {
            "wait-too-big"
        }
        LimitCode::OpenPositions => "wait-position",
        LimitCode::ExposurePerUnderlying => "wait-exposure",
        LimitCode::OrdersPerMinute => "wait-minute",
        LimitCode::OrdersPerDay | LimitCode::DailyLoss => "wait-day",
        LimitCode::QuoteAge => "wait-quote",
        LimitCode::Spread => "wait-spread",
        LimitCode::Drift => "wait-drift",
    }
}
