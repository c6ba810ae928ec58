//! Instants out of what sources write.

use jiff::{Timestamp, Zoned, fmt::rfc2822::DateTimeParser};

/// The longest text that can be a time.
const LONGEST: usize = 64;

/// Days of the week are left unread: feeds get them wrong, and the date says it all.
static MAIL: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// The instant that a text names; `None` when it names none. Read are
///
/// - RFC 3339, Atom and ISO 8601 with an offset or `Z`: `2026-03-17T10:50:30-04:00`;
/// - RFC 2822, with its abbreviations of zones (`GMT`, `EST`, `EDT`, ..., `PDT`) and `UTC`:
///   `Tue, 17 Mar 2026 10:50:30 EDT`; a wrong day of the week does no harm;
/// - a date and time with a zone by its name: `2026-03-17 10:50:30 America/New_York`, or
///   `2026-03-17T10:50:30[America/New_York]`, or with one of those abbreviations.
///
/// A time without a zone is no instant: nothing is guessed, the story is undated. So is one in a zone
/// by an abbreviation that several zones have (`IST`, `BST`).
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    text.parse()
        .ok()
        .or_else(|| MAIL.parse_timestamp(text).ok())
        .or_else(|| universal(text))
        .or_else(|| Some(text.parse::<Zoned>().ok()?.timestamp()))
        .or_else(|| named(text))
}

/// The same, where times without a zone are known to be in the one of that name.
pub(super) fn instant_in(text: &str, zone: &str) -> Option<Timestamp> {
    let text = text.trim();
    instant(text).or_else(|| zoned(text, zone).filter(|_| text.len() <= LONGEST))
}

/// A date and time in the zone of that name.
fn zoned(text: &str, zone: &str) -> Option<Timestamp> {
    let zoned: Zoned = format!("{text}[{zone}]").parse().ok()?;
    Some(zoned.timestamp())
}

/// RFC 2822 with the two words for universal time that it does not know.
fn universal(text: &str) -> Option<Timestamp> {
    let (rest, zone) = text.rsplit_once(' ')?;
    if !["UTC", "Z"].contains(&zone) {
        return None;
    }
    MAIL.parse_timestamp(format!("{rest} +0000")).ok()
}

/// A date and time, a space, and the name of a zone.
fn named(text: &str) -> Option<Timestamp> {
    let (time, zone) = text.rsplit_once(' ')?;
    let time = time.trim_end();
    match offset(zone) {
        // A date alone is not a time.
        Some(offset) => format!("{time}{offset}").parse().ok(),
        None => zoned(time, zone).filter(|_| zone.contains('/')),
    }
}

/// The offset of those abbreviations that RFC 2822 gives one meaning each.
fn offset(zone: &str) -> Option<&'static str> {
    let offset = match zone {
        "UTC" | "UT" | "GMT" => "Z",
        "EDT" => "-04:00",
        "EST" | "CDT" => "-05:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        _ => return None,
    };
    Some(offset)
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;
