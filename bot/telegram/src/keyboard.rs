//! Buttons under a message.

use countersign_cards::{Button, Style};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

/// Buttons of one row.
const IN_A_ROW: usize = 3;

/// Letters of a button that has a row for itself.
const LONG: usize = 28;

/// The buttons as rows: the one that the card is about and its contrary first, in a row of their own.
pub(crate) fn keyboard(buttons: &[Button]) -> InlineKeyboardMarkup {
    let weighty = buttons
        .iter()
        .take_while(|button| button.style != Style::Secondary)
        .count();
    let (first, rest) = buttons.split_at(weighty);
    let rows = first.chunks(IN_A_ROW).chain(rest.chunks(in_a_row(rest)));
    InlineKeyboardMarkup::new(rows.map(|row| row.iter().map(button).collect::<Vec<_>>()))
}

/// As many as a phone shows without cutting what they say.
fn in_a_row(buttons: &[Button]) -> usize {
    let letters = |it: &Button| it.label.chars().count();
    match buttons.iter().map(letters).max() {
        Some(longest) if longest > LONG => 1,
        Some(longest) if longest > LONG / 2 => 2,
        _ => IN_A_ROW,
    }
}

fn button(button: &Button) -> InlineKeyboardButton {
    let sign = match button.style {
        Style::Primary => "✅ ",
        Style::Danger => "✖ ",
        Style::Secondary => "",
    };
    InlineKeyboardButton::callback(format!("{sign}{}", button.label), button.action.encode())
}
