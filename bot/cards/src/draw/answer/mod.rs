//! Answers to commands: cards of what somebody asked for. Tables are made for a phone.

mod commands;
mod held;
mod market;
mod news;
mod people;
mod rules;
mod settings;
mod told;
mod why;

use countersign_domain::view::Header;

pub use commands::{help, help_on, pong, version};
pub use held::{account, greeks, position_list, profit};
pub use market::{chain, quote, strategies, watchlist};
pub use news::news;
pub use people::{perms, who_am_i};
pub use rules::{approvals, limit_change, limits, overrides};
pub use settings::settings;
pub use told::{audit, history, orders, signal, signals, tickets};
pub use why::{why, why_not};

use super::sheet::Sheet;
use crate::{card::Tone, locale::Locale, say};

/// A card with its title and the time that it is of.
fn begun<'a>(header: &Header, title: String, locale: &'a Locale) -> Sheet<'a> {
    let mut sheet = Sheet::new(header, locale);
    sheet.title(Tone::Neutral, title);
    let time = sheet.pen.time(header.now);
    sheet.footer(say!(locale, "footer-board", time = time));
    sheet
}

/// A note where there is nothing to list.
fn unless_any(sheet: &mut Sheet<'_>, count: usize, note: &str) {
    if count == 0 {
        let note = sheet.pen.say(note);
        sheet.note(note);
    }
}
