//! Tests of the rows.

use countersign_cards::{Action, Button, Style};
use countersign_domain::ids::DeskId;

use super::keyboard;

fn rows(labels: &[&str]) -> Vec<usize> {
    let button = |label: &&str| Button {
        label: (*label).to_owned(),
        action: Action::Ping(DeskId::from_bits(1)),
        style: Style::Secondary,
    };
    let buttons: Vec<Button> = labels.iter().map(button).collect();
    let rows = keyboard(&buttons).inline_keyboard;
    rows.iter().map(Vec::len).collect()
}

#[test]
fn short_buttons_share_a_row_and_no_long_one_is_cut() {
    assert_eq!(rows(&["Edit", "Snooze", "Why", "Half", "Payoff"]), [4, 1]);
    assert_eq!(rows(&["Edit", "Snooze", "Write both", "Half"]), [3, 1]);
    assert_eq!(
        rows(&[
            "Too much at stake",
            "The price is not right",
            "Another reason"
        ]),
        [1, 1, 1]
    );
    assert_eq!(
        rows(&["Hold for an hour", "Tighten the stop", "Why"]),
        [2, 1]
    );
    assert_eq!(rows(&[]), [0_usize; 0]);
}
