//! Sentences of the terminal.

use jiff::Timestamp;

use crate::{locale::Locale, pen::Pen, say};

/// The line that names the keys.
pub fn keys(locale: &Locale) -> String {
    locale.say("terminal-keys")
}

/// Where the web console is; the link works once.
pub fn console(url: &str, locale: &Locale) -> String {
    say!(locale, "terminal-console", url = url)
}

/// The desk is up.
pub fn begun(name: &str, locale: &Locale) -> String {
    say!(locale, "terminal-begun", name = name)
}

/// There is nothing to decide.
pub fn nothing_offered(locale: &Locale) -> String {
    locale.say("terminal-nothing")
}

/// A slow reader missed so many lines.
pub fn left_out(lines: u64, locale: &Locale) -> String {
    say!(locale, "terminal-left-out", lines = lines)
}

/// The desk winds up; a second Ctrl-C stops at once.
pub fn draining(locale: &Locale) -> String {
    locale.say("terminal-draining")
}

/// What was left when the desk stopped.
pub fn left(positions: usize, orders: usize, locale: &Locale) -> String {
    say!(
        locale,
        "terminal-left",
        positions = positions,
        orders = orders
    )
}

/// Nobody performs what is asked of the desk.
pub fn nobody_runs(locale: &Locale) -> String {
    locale.say("terminal-nobody-runs")
}

/// The desk's time is its own, and stands there; the machine's is `now`.
pub fn own_time(at: Timestamp, now: Timestamp, locale: &Locale) -> String {
    let pen = Pen { locale, now };
    say!(locale, "terminal-own-time", at = pen.time(at))
}

/// Every limit is what the configuration said.
pub fn limits_reset(locale: &Locale) -> String {
    locale.say("terminal-limits-reset")
}

/// The desk was asked to close everything.
pub fn flattened(locale: &Locale) -> String {
    locale.say("terminal-flattened")
}
