//! Tests of the layout.

use countersign_cards::{Card, Column, Field, Line, Table, Tone};
use teloxide::types::MessageEntityKind;

use super::{LONGEST, lay, sentence, units};

fn card() -> Card {
    Card {
        tone: Tone::Attention,
        banner: "PAPER · account paper · desk".to_owned(),
        title: "SPY put 600 <b>&amp;</b> *_[]()~>#+-=|{}.!".to_owned(),
        lead: vec![Line {
            text: "Worst loss $412.60 😀".to_owned(),
            tone: Tone::Attention,
        }],
        fields: vec![Field {
            label: "Trade".to_owned(),
            value: "Buy 2 SPY\nSell 2 SPY".to_owned(),
        }],
        notes: Vec::new(),
        tables: Vec::new(),
        countdown: None,
        buttons: Vec::new(),
        footer: "ticket 01J · revision 2".to_owned(),
    }
}

/// What an entity marks, as Telegram counts: in UTF-16 units.
fn marked(laid: &super::Laid, kind: &MessageEntityKind) -> Vec<String> {
    let text: Vec<u16> = laid.text.encode_utf16().collect();
    let of = laid.entities.iter().filter(|it| it.kind == *kind);
    of.map(|it| String::from_utf16(&text[it.offset..it.offset + it.length]).expect("whole letters"))
        .collect()
}

// R18
#[test]
fn whatever_a_headline_holds_is_text_and_marks_count_as_telegram_counts() {
    let parts = lay(&card());
    let [laid] = &parts[..] else {
        panic!("{parts:?}");
    };
    assert!(laid.text.contains("<b>&amp;</b> *_[]()~>#+-=|{}.!"));
    assert_eq!(
        marked(laid, &MessageEntityKind::Bold),
        [
            "SPY put 600 <b>&amp;</b> *_[]()~>#+-=|{}.!",
            "Worst loss $412.60 😀",
            "Trade: "
        ]
    );
    assert_eq!(
        marked(laid, &MessageEntityKind::Italic),
        ["ticket 01J · revision 2"]
    );
}

// R17
#[test]
fn what_is_too_long_for_one_message_is_told_in_several_and_nothing_is_lost() {
    let mut long = card();
    long.notes = (0..400).map(|it| format!("Note {it} 𝕏𝕐")).collect();
    long.tables = vec![Table {
        title: "Trades".to_owned(),
        columns: vec![Column {
            label: "Name".to_owned(),
            figures: false,
        }],
        rows: (0..300).map(|it| vec![format!("row {it}")]).collect(),
    }];
    let parts = lay(&long);
    assert!(parts.len() > 2, "{}", parts.len());
    let all: Vec<&str> = parts.iter().map(|it| it.text.as_str()).collect();
    let all = all.join("\n");
    for part in &parts {
        assert!(units(&part.text) <= LONGEST);
    }
    for it in 0..400 {
        assert!(all.contains(&format!("Note {it} 𝕏𝕐")), "note {it}");
    }
    for it in 0..300 {
        assert!(
            all.lines().any(|line| line.trim() == format!("row {it}")),
            "row {it}"
        );
    }
}

#[test]
fn a_line_that_is_longer_than_a_message_is_broken_between_letters() {
    let line = "😀".repeat(5_000);
    let parts = sentence(&line);
    let all: String = parts.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(all, line);
    assert!(parts.iter().all(|it| units(&it.text) <= LONGEST));
}
