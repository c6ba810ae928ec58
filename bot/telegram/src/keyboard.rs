//! Buttons under a message.

use countersign_cards::{Button, Style};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

/// Buttons of one row; of short ones it takes one more.
const IN_A_ROW: usize = 3;

/// Letters of a short button.
const SHORT: usize = 7;

/// Letters of a row on a phone, which its buttons share evenly: what is longer is cut there.
const LETTERS: usize = 36;

/// The buttons as rows: the one that the card is about and its contrary first, in a row of their own.
pub(crate) fn keyboard(buttons: &[Button]) -> InlineKeyboardMarkup {
    let weighty = buttons
        .iter()
        .take_while(|button| button.style != Style::Secondary)
        .count();
    let (first, rest) = buttons.split_at(weighty);
    let rows = rows(first).into_iter().chain(rows(rest));
    InlineKeyboardMarkup::new(rows.map(|row| row.iter().map(button).collect::<Vec<_>>()))
}

/// As many in a row as can be read whole.
fn rows(mut buttons: &[Button]) -> Vec<&[Button]> {
    let mut rows = Vec::new();
    while !buttons.is_empty() {
        let short = |it: &Button| it.label.chars().count() <= SHORT;
        let most = if buttons.iter().all(short) {
            IN_A_ROW + 1
        } else {
            IN_A_ROW
        };
        let most = buttons.len().min(most);
        let fits = |count: &usize| {
            let mut row = buttons.iter().take(*count);
            row.all(|it| it.label.chars().count() * count <= LETTERS)
        };
        let (row, rest) = buttons.split_at((2..=most).rev().find(fits).unwrap_or(1));
        rows.push(row);
        buttons = rest;
    }
    rows
}

fn button(button: &Button) -> InlineKeyboardButton {
    let sign = match button.style {
        Style::Primary => "✅ ",
        Style::Danger => "✖ ",
        Style::Secondary => "",
    };
    InlineKeyboardButton::callback(format!("{sign}{}", button.label), button.action.encode())
}

#[cfg(test)]
mod tests;
