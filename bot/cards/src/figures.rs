//! Figures as the reader writes them: one minus sign, a mark between thousands, the unit always there.
//!
//! | | English | German |
//! |---|---|---|
//! | money | `$1,234.56` | `1.234,56 $` |
//! | percent | `12.5%` | `12,5 %` |
//! | number | `−1,234.5` | `−1.234,5` |
//!
//! A unit behind its figure stands after a no-break space. What programs read, and what a person may
//! type as it stands, is not written here: it has no marks between thousands and a point.

use countersign_domain::money::{Percent, Price, Usd};
use rust_decimal::Decimal;

use crate::locale::{Language, Locale};

/// The one minus sign.
const MINUS: char = '\u{2212}';
/// Between a figure and the unit behind it: no line breaks there.
const NO_BREAK: char = '\u{a0}';

/// A money amount: `$1,234.56`, `−$12.00`.
pub fn usd(amount: Usd, locale: &Locale) -> String {
    dollars(amount.decimal(), locale)
}

/// A gain or a loss: `+$35.00`, `−$12.00`, `$0.00`.
pub fn signed(amount: Usd, locale: &Locale) -> String {
    if amount.is_positive() {
        format!("+{}", usd(amount, locale))
    } else {
        usd(amount, locale)
    }
}

/// A price per share: `$1.25`, with as many decimals as it has and at least two.
pub fn price(price: Price, locale: &Locale) -> String {
    dollars(price.decimal(), locale)
}

/// A price per share to the cent where there is no room for more: `1.25`.
pub(crate) fn bare(price: Price, locale: &Locale) -> String {
    let (_, point) = marks(locale.language());
    format!("{price:.2}").replace('.', &point.to_string())
}

/// Dollars: at least two decimals, as many as the number has.
pub fn dollars(value: Decimal, locale: &Locale) -> String {
    let value = value.normalize();
    let decimals = usize::try_from(value.scale().max(2)).unwrap_or(2);
    let digits = format!("{:.decimals$}", value.abs());
    set(&digits, value < Decimal::ZERO, Unit::Dollars, locale)
}

/// A percentage: `50%`.
pub fn percent(share: Percent, locale: &Locale) -> String {
    set(&share.0.to_string(), false, Unit::Percent, locale)
}

/// Basis points as a percentage: `4.5%`.
pub fn basis_points(bps: Decimal, locale: &Locale) -> String {
    let value = (bps / Decimal::ONE_HUNDRED).normalize();
    let digits = value.abs().to_string();
    set(&digits, value < Decimal::ZERO, Unit::Percent, locale)
}

/// A plain number: `1,234`, `−0.5`.
pub fn number(value: Decimal, locale: &Locale) -> String {
    let value = value.normalize();
    let digits = value.abs().to_string();
    set(&digits, value < Decimal::ZERO, Unit::None, locale)
}

/// A measured figure to `decimals` places; `None` when it is none.
pub fn measured(value: f64, decimals: usize, locale: &Locale) -> Option<String> {
    measure(value, decimals, Unit::None, locale.language())
}

/// A measured amount of dollars to the cent; `None` when it is none.
pub fn measured_usd(value: f64, locale: &Locale) -> Option<String> {
    measure(value, 2, Unit::Dollars, locale.language())
}

/// Measured dollars to `decimals` places; `None` when it is none.
pub fn measured_price(value: f64, decimals: usize, locale: &Locale) -> Option<String> {
    measure(value, decimals, Unit::Dollars, locale.language())
}

/// A measured part of a hundred to `decimals` places; `None` when it is none.
pub fn measured_percent(value: f64, decimals: usize, locale: &Locale) -> Option<String> {
    measure(value, decimals, Unit::Percent, locale.language())
}

/// A number of a message: whole ones with marks between thousands, others as `text` has them.
pub(crate) fn counted(value: f64, text: &str, language: Language) -> Option<String> {
    if value.fract() == 0.0 {
        return measure(value, 0, Unit::None, language);
    }
    let (_, point) = marks(language);
    (point != '.').then(|| text.replace('.', &point.to_string()))
}

/// A signed count: `+2`, `−1`, `0`.
pub fn count(value: i64, locale: &Locale) -> String {
    let digits = grouped(&value.unsigned_abs().to_string(), locale);
    match value {
        0 => digits,
        1.. => format!("+{digits}"),
        _ => format!("{MINUS}{digits}"),
    }
}

/// `1234567.89` as `1,234,567.89`: digits alone, without a sign.
pub(crate) fn grouped(digits: &str, locale: &Locale) -> String {
    marked(digits, locale.language())
}

/// What a figure is counted in.
#[derive(Clone, Copy)]
enum Unit {
    None,
    Dollars,
    Percent,
}

fn set(digits: &str, below_zero: bool, unit: Unit, locale: &Locale) -> String {
    united(digits, below_zero, unit, locale.language())
}

fn measure(value: f64, decimals: usize, unit: Unit, language: Language) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let digits = format!("{:.decimals$}", value.abs());
    let zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    Some(united(&digits, value < 0.0 && !zero, unit, language))
}

/// Digits with their sign and unit.
fn united(digits: &str, below_zero: bool, unit: Unit, language: Language) -> String {
    let mut text = String::new();
    text.extend(below_zero.then_some(MINUS));
    let digits = marked(digits, language);
    match (unit, language) {
        (Unit::None, _) => text.push_str(&digits),
        (Unit::Dollars, Language::English) => text.extend(["$", digits.as_str()]),
        (Unit::Percent, Language::English) => text.extend([digits.as_str(), "%"]),
        (Unit::Dollars | Unit::Percent, Language::German) => {
            text.push_str(&digits);
            text.push(NO_BREAK);
            text.push(if let Unit::Dollars = unit { '$' } else { '%' });
        }
    }
    text
}

/// What stands between thousands, and before decimals.
pub(crate) const fn marks(language: Language) -> (char, char) {
    match language {
        Language::English => (',', '.'),
        Language::German => ('.', ','),
    }
}

/// Digits with marks between thousands and before decimals.
fn marked(digits: &str, language: Language) -> String {
    let (between, point) = marks(language);
    let (whole, rest) = match digits.split_once('.') {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (digits, None),
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left.is_multiple_of(3) {
            text.push(between);
        }
        text.push(digit);
    }
    if let Some(rest) = rest {
        text.push(point);
        text.push_str(rest);
    }
    text
}
