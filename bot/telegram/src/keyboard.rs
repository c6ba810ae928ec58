//! Buttons under a message.

use countersign_cards::{Button, Style};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

/// Buttons of one row.
const IN_A_ROW: usize = 3;

/// The buttons as rows: the one that the card is about and its contrary first, in a row of their own.
pub(crate) fn keyboard(buttons: &[Button]) -> InlineKeyboardMarkup {
    let weighty = buttons
        .iter()
        .take_while(|button| button.style != Style::Secondary)
        .count();
    let (first, rest) = buttons.split_at(weighty);
    let rows = first.chunks(IN_A_ROW).chain(rest.chunks(IN_A_ROW));
    InlineKeyboardMarkup::new(rows.map(|row| row.iter().map(button).collect::<Vec<_>>()))
}

fn button(button: &Button) -> InlineKeyboardButton {
    let sign = match button.style {
        Style::Primary => "✅ ",
        Style::Danger => "✖ ",
        Style::Secondary => "",
    };
    InlineKeyboardButton::callback(format!("{sign}{}", button.label), button.action.encode())
}
