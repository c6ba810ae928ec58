//! Sentences of the terminal.

use crate::{locale::Locale, say};

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

/// The desk was asked to close everything.
pub fn flattened(locale: &Locale) -> String {
    locale.say("terminal-flattened")
}
