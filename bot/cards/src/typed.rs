//! Numbers as people type them, with a point or a comma before the decimals: read where only one
//! number can be meant, in every language alike.
//!
//! `1.5` and `1,5` are one and a half, `1,234.50` and `1.234,50` are the same, and so are `1,234,567` and
//! `1.234.567`. One mark with three digits behind it, such as `1,234` or `1.234`, is thousands to one reader
//! and decimals to another: it is refused, so that nobody is a thousand times off.

use crate::{Locale, figures::marks};

/// It could be two numbers, of which one is a thousand times the other. Ask for it again, with the
/// sentence `typed-unclear`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unclear;

/// Digits with at most one point, as the strict readers take them, of what was typed; what is no number
/// stays as it is, for them to refuse.
///
/// # Errors
///
/// [`Unclear`]
pub fn strict(text: &str) -> Result<String, Unclear> {
    let marks: Vec<&str> = text.matches(MARKS).collect();
    let parts: Vec<&str> = text.split(MARKS).collect();
    let (Some((point, between)), Some((decimals, whole))) =
        (marks.split_last(), parts.split_last())
    else {
        return Ok(text.to_owned());
    };
    let Some(first) = between.first() else {
        return match whole {
            [whole] if begins(whole) && is_group(decimals) => Err(Unclear),
            _ => Ok(parts.join(".")),
        };
    };
    let groups = between.iter().all(|mark| mark == first) && grouped(whole);
    Ok(match (point == first, groups) {
        (false, true) => format!("{}.{decimals}", whole.concat()),
        (true, true) if is_group(decimals) => parts.concat(),
        _ => text.to_owned(),
    })
}

/// The same of dollars, with or without their sign before or behind them.
///
/// # Errors
///
/// [`Unclear`]
pub fn dollars(text: &str) -> Result<String, Unclear> {
    let bare = text.strip_prefix('$').or_else(|| text.strip_suffix('$'));
    strict(bare.map_or(text, str::trim))
}

/// A number with a point so that [`strict`] reads it back: with one zero more where it could be two.
pub fn written(number: &impl ToString) -> String {
    let text = number.to_string();
    match strict(&text) {
        Ok(_) => text,
        Err(Unclear) => format!("{text}0"),
    }
}

/// The same with the mark that the reader's language has before decimals: what a form is filled in with.
pub fn filled_in(number: &impl ToString, locale: &Locale) -> String {
    let (_, point) = marks(locale.language());
    written(number).replace('.', &point.to_string())
}

/// What parts thousands, or stands before decimals.
const MARKS: [char; 2] = ['.', ','];

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Three digits that can stand behind a mark between thousands.
fn is_group(text: &str) -> bool {
    text.len() == 3 && digits(text)
}

/// What can stand before the first mark between thousands.
fn begins(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-', '−']).unwrap_or(text);
    text.len() <= 3 && digits(text) && text != "0"
}

/// True of digits that were parted at thousands.
fn grouped(parts: &[&str]) -> bool {
    let mut parts = parts.iter();
    parts.next().is_some_and(|first| begins(first)) && parts.all(|part| is_group(part))
}
