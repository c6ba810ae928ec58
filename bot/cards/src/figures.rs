//! Figures as people read them: one minus sign, a comma between thousands, the unit always there.

use countersign_domain::money::{Percent, Price, Usd};
use rust_decimal::Decimal;

/// The one minus sign.
const MINUS: char = '\u{2212}';

/// A money amount: `$1,234.56`, `−$12.00`.
pub fn usd(amount: Usd) -> String {
    dollars(amount.decimal())
}

/// A gain or a loss: `+$35.00`, `−$12.00`, `$0.00`.
pub fn signed(amount: Usd) -> String {
    if amount.is_positive() {
        format!("+{}", usd(amount))
    } else {
        usd(amount)
    }
}

/// A price per share: `$1.25`, with as many decimals as it has and at least two.
pub fn price(price: Price) -> String {
    dollars(price.decimal())
}

/// Dollars: at least two decimals, as many as the number has.
pub fn dollars(value: Decimal) -> String {
    let value = value.normalize();
    let decimals = usize::try_from(value.scale().max(2)).unwrap_or(2);
    let digits = grouped(&format!("{:.decimals$}", value.abs()));
    if value < Decimal::ZERO {
        format!("{MINUS}${digits}")
    } else {
        format!("${digits}")
    }
}

/// A percentage: `50%`.
pub fn percent(share: Percent) -> String {
    format!("{}%", grouped(&share.0.to_string()))
}

/// Basis points as a percentage: `4.5%`.
pub fn basis_points(bps: Decimal) -> String {
    format!("{}%", number(bps / Decimal::ONE_HUNDRED))
}

/// A plain number: `1,234`, `−0.5`.
pub fn number(value: Decimal) -> String {
    let value = value.normalize();
    let digits = grouped(&value.abs().to_string());
    if value < Decimal::ZERO {
        format!("{MINUS}{digits}")
    } else {
        digits
    }
}

/// A measured figure to `decimals` places; `None` when it is none.
pub fn measured(value: f64, decimals: usize) -> Option<String> {
    measure(value, decimals, "")
}

/// A measured amount of dollars to the cent; `None` when it is none.
pub fn measured_usd(value: f64) -> Option<String> {
    measure(value, 2, "$")
}

fn measure(value: f64, decimals: usize, unit: &str) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let digits = format!("{:.decimals$}", value.abs());
    let zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let digits = grouped(&digits);
    Some(if value < 0.0 && !zero {
        format!("{MINUS}{unit}{digits}")
    } else {
        format!("{unit}{digits}")
    })
}

/// A signed count: `+2`, `−1`, `0`.
pub fn count(value: i64) -> String {
    let digits = grouped(&value.unsigned_abs().to_string());
    match value {
        0 => digits,
        1.. => format!("+{digits}"),
        _ => format!("{MINUS}{digits}"),
    }
}

/// `1234567.89` as `1,234,567.89`: digits alone, without a sign.
pub(crate) fn grouped(digits: &str) -> String {
    let (whole, rest) = match digits.find('.') {
        Some(point) => digits.split_at(point),
        None => (digits, ""),
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left.is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(rest);
    text
}
