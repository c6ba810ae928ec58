//! Buttons under a message.

use countersign_cards::{Button, Style};
use serde_json::{Value, json};

use crate::plain::short;

/// Buttons of one row, and rows of one message.
const IN_A_ROW: usize = 5;
const ROWS: usize = 5;

/// Letters of a button.
const LABEL: usize = 80;

/// The buttons as rows: the one that the card is about and its contrary first, in a row of their own.
pub(crate) fn keyboard(buttons: &[Button]) -> Value {
    let weighty = buttons
        .iter()
        .take_while(|button| button.style != Style::Secondary)
        .count();
    let (first, rest) = buttons.split_at(weighty);
    let rows = first.chunks(IN_A_ROW).chain(rest.chunks(IN_A_ROW));
    let rows = rows.take(ROWS).map(|row| {
        let buttons: Vec<Value> = row.iter().map(button).collect();
        json!({"type": 1, "components": buttons})
    });
    rows.collect()
}

fn button(button: &Button) -> Value {
    let style = match button.style {
        Style::Primary => 3,
        Style::Secondary => 2,
        Style::Danger => 4,
    };
    json!({
        "type": 2,
        "style": style,
        "label": short(&button.label, LABEL),
        "custom_id": button.action.encode(),
    })
}
