//! Values as people type them, strictly read: digits are `0` to `9`, and nothing is guessed.

use std::ops::RangeInclusive;

use countersign_domain::{instrument::Symbol, limits::LimitCode, money::Usd, operator::Role};
use jiff::{
    SignedDuration,
    civil::{Date, Time},
};
use rust_decimal::Decimal;

use super::fault::Fault;
use crate::typed;

/// The longest free text, in characters.
pub(super) const LONGEST: usize = 200;
/// The longest stretch of time, in seconds: a year.
const YEAR: i64 = 366 * 86_400;
/// The most dollars, in millionths: a thousand million.
const MOST_DOLLARS: i64 = 1_000_000_000_000_000;
/// The most of anything that is counted.
const MOST: u32 = 1_000_000;
/// The most basis points.
const MOST_BPS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A whole number within a range.
pub(super) fn whole(text: &str, range: RangeInclusive<u32>) -> Option<u32> {
    let number = text.parse().ok().filter(|_| digits(text))?;
    range.contains(&number).then_some(number)
}

/// A symbol, in capitals or not.
pub(super) fn symbol(text: &str) -> Result<Symbol, Fault> {
    let upper = text.to_ascii_uppercase();
    upper.parse().map_err(|_| Fault::Kind)
}

/// The name of what the news has against a trade, as it stands in `/news`.
pub(super) fn veto(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let sign = |it: char| it.is_ascii_alphanumeric() || ":-_".contains(it);
    let named = !text.is_empty() && text.len() <= LONGEST && text.chars().all(sign);
    named.then(|| text.to_owned())
}

/// Dollars above zero, with or without their sign.
pub(super) fn dollars(text: &str) -> Result<Usd, Fault> {
    let text = typed::dollars(text).map_err(|_| Fault::Unclear)?;
    let plain = text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    match text.parse::<Usd>() {
        Ok(dollars)
            if plain && dollars.is_positive() && dollars <= Usd::from_micros(MOST_DOLLARS) =>
        {
            Ok(dollars)
        }
        _ => Err(Fault::Dollars),
    }
}

/// How long: numbers with their units, the largest first: `1d12h`, `90m`, `45s`.
pub(super) fn span(text: &str) -> Option<SignedDuration> {
    let lower = text.to_ascii_lowercase();
    let (mut rest, mut seconds) = (lower.as_str(), 0_i64);
    for (unit, each) in [('d', 86_400_i64), ('h', 3_600), ('m', 60), ('s', 1)] {
        if let Some((number, after)) = rest.split_once(unit)
            && digits(number)
            && number.len() <= 8
        {
            seconds = seconds.checked_add(number.parse::<i64>().ok()?.checked_mul(each)?)?;
            rest = after;
        }
    }
    (rest.is_empty() && (1..=YEAR).contains(&seconds)).then(|| SignedDuration::from_secs(seconds))
}

/// As [`span`] reads it.
pub(super) fn span_text(span: SignedDuration) -> String {
    let mut left = span.as_secs();
    let mut text = String::new();
    for (unit, each) in [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)] {
        let count = left / each;
        left %= each;
        if count > 0 {
            text.push_str(&count.to_string());
            text.push(unit);
        }
    }
    text
}

/// A day: `2026-12-18`.
pub(super) fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let plain = digits(year) && digits(month) && digits(day);
    let sized = year.len() == 4 && month.len() == 2 && day.len() == 2;
    if !(plain && sized) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A time of the day: `9:45`, `15:45`.
pub(super) fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let sized = (1..=2).contains(&hour.len()) && minute.len() == 2;
    if !(sized && digits(hour) && digits(minute)) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// As [`time`] reads it.
pub(super) fn time_text(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// A limit's word, as it is typed: `open_positions`.
pub const fn limit_word(code: LimitCode) -> &'static str {
    match code {
        LimitCode::WorstLossPerTicket => "worst_loss_per_ticket",
        LimitCode::ContractsPerOrder => "contracts_per_order",
        LimitCode::ValuePerOrder => "value_per_order",
        LimitCode::OpenPositions => "open_positions",
        LimitCode::ExposurePerUnderlying => "exposure_per_underlying",
        LimitCode::OrdersPerMinute => "orders_per_minute",
        LimitCode::OrdersPerDay => "orders_per_day",
        LimitCode::DailyLoss => "daily_loss",
        LimitCode::QuoteAge => "quote_age_s",
        LimitCode::Spread => "spread_bps",
        LimitCode::Drift => "drift_bps",
    }
}

/// The limit of that word.
pub fn limit_of(word: &str) -> Option<LimitCode> {
    LimitCode::ALL
        .into_iter()
        .find(|code| limit_word(*code) == word)
}

/// A value in a limit's unit: dollars, a count, seconds, or a share in percent or basis points.
pub(super) fn limit_value(code: LimitCode, text: &str) -> Result<Decimal, Fault> {
    match code {
        LimitCode::WorstLossPerTicket
        | LimitCode::ValuePerOrder
        | LimitCode::ExposurePerUnderlying
        | LimitCode::DailyLoss => dollars(text).map(Usd::decimal),
        LimitCode::ContractsPerOrder
        | LimitCode::OpenPositions
        | LimitCode::OrdersPerMinute
        | LimitCode::OrdersPerDay => whole(text, 0..=MOST).map(Decimal::from).ok_or(Fault::Whole),
        LimitCode::QuoteAge => {
            let seconds = text.strip_suffix(['s', 'S']).unwrap_or(text);
            let seconds = whole(seconds, 1..=MOST).ok_or(Fault::Seconds)?;
            Ok(Decimal::from(seconds))
        }
        LimitCode::Spread | LimitCode::Drift => basis_points(text),
    }
}

/// As [`limit_value`] reads it.
pub(super) fn limit_text(code: LimitCode, value: Decimal) -> String {
    let value = value.normalize();
    match code {
        LimitCode::QuoteAge => format!("{value}s"),
        LimitCode::Spread | LimitCode::Drift => format!("{value}bps"),
        _ => typed::written(&value),
    }
}

/// `12.5%` or `1250bps`: whole basis points, since that is what is kept.
fn basis_points(text: &str) -> Result<Decimal, Fault> {
    let lower = text.to_ascii_lowercase();
    let (number, factor) = match (lower.strip_suffix('%'), lower.strip_suffix("bps")) {
        (Some(percent), _) => (percent, Decimal::ONE_HUNDRED),
        (_, Some(points)) => (points, Decimal::ONE),
        _ => return Err(Fault::Share),
    };
    let number = typed::strict(number.trim_end()).map_err(|_| Fault::Unclear)?;
    let plain = number.starts_with(|c: char| c.is_ascii_digit());
    let number = number.parse::<Usd>().ok().filter(|_| plain);
    let points = number.and_then(|number| number.decimal().checked_mul(factor));
    let points = points.map(|points| points.normalize());
    points
        .filter(|points| points.is_integer() && *points <= MOST_BPS)
        .ok_or(Fault::Share)
}

/// A role's word.
pub(super) const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Trader => "trader",
        Role::Admin => "admin",
    }
}

/// A name of a strategy or a notification: letters, digits, dots, dashes and underscores.
pub(super) fn name(text: &str) -> Option<String> {
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_');
    ((1..=40).contains(&text.len()) && text.bytes().all(plain)).then(|| text.to_owned())
}

/// A code that links two surfaces, in capitals.
pub(super) fn code(text: &str) -> Option<String> {
    let plain = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    let fits = (4..=32).contains(&text.len()) && text.bytes().all(plain);
    fits.then(|| text.to_ascii_uppercase())
}

/// A time zone's name, such as `Europe/Berlin`; whether there is one is looked up elsewhere.
pub(super) fn zone(text: &str) -> Option<String> {
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'/' | b'_' | b'+' | b'-');
    let starts = text
        .bytes()
        .next()
        .is_some_and(|it| it.is_ascii_alphabetic());
    let fits = (1..=40).contains(&text.len()) && text.bytes().all(plain) && starts;
    fits.then(|| text.to_owned())
}

/// Free text without control characters, line breaks as blanks; `None` when nothing is left.
pub(super) fn free(text: &str) -> Option<String> {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let text = spaced.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
