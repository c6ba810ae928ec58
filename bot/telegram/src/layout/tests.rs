//! Tests of the layout.

use countersign_cards::{Card, Column, Field, Line, Table, Tone};
use proptest::{
    collection::vec,
    prelude::{Strategy, any, prop_oneof},
    prop_assert, prop_assert_eq, proptest,
    strategy::Just,
};
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
        mention: None,
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
            "Trade:"
        ]
    );
    assert!(laid.text.contains("Trade:\n• Buy 2 SPY\n• Sell 2 SPY\n"));
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
    assert!(parts.len() > 1, "{}", parts.len());
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
fn what_is_said_of_each_row_has_the_whole_width() {
    let told = "Ana (Telegram): Ticket …JC6805 confirmed at revision 2.";
    let column = |label: &str| Column {
        label: label.to_owned(),
        figures: false,
    };
    let mut long = card();
    long.tables = vec![Table {
        title: "Events".to_owned(),
        columns: vec![column("Time"), column("Event")],
        rows: vec![vec!["10:50".to_owned(), told.to_owned()]],
    }];
    let parts = lay(&long);
    assert!(parts[0].text.contains(&format!("Events\n10:50 {told}\n")));
    assert!(marked(&parts[0], &MessageEntityKind::Bold).contains(&"10:50".to_owned()));
}

#[test]
fn a_line_that_is_longer_than_a_message_is_broken_between_letters() {
    let line = "😀".repeat(5_000);
    let parts = sentence(&line);
    let all: String = parts.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(all, line);
    assert!(parts.iter().all(|it| units(&it.text) <= LONGEST));
}

/// Pieces of which hostile texts are made: mark-up, blanks, letters from right to left, towers of
/// accents, letters of two units, and anything else.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[_*\\[\\]()~`>#+=|{}.!<&-]{1,20}",
        "[ \\n\\t]{1,40}",
        "[\u{5d0}-\u{5ea}\u{202e}\u{200f}]{1,20}",
        "[\u{300}-\u{36f}]{1,60}",
        Just("\u{1f600}\u{1d54f}".repeat(40)),
        Just(" ".repeat(5_000)),
        Just("word ".repeat(1_200)),
        any::<String>(),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

// R18
#[test]
fn a_sign_stays_with_its_dollars_wherever_a_line_ends() {
    let mut card = card();
    card.lead[0].text = "P&L −$45.40".to_owned();
    let parts = lay(&card);
    assert!(parts[0].text.contains("P&L −\u{2060}$45.40"));
    let bold = marked(&parts[0], &MessageEntityKind::Bold);
    assert!(bold.contains(&"P&L −\u{2060}$45.40".to_owned()), "{bold:?}");
}

/// What a text says beside its points, what joins a sign and its dollars, and its blanks, which Telegram
/// does not keep at the ends of messages.
fn said(text: &str) -> String {
    let kept = |it: &char| !it.is_whitespace() && !matches!(*it, '•' | '\u{2060}');
    text.chars().filter(kept).collect()
}

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]

    // R17 R18
    #[test]
    fn whatever_texts_hold_they_are_told_whole_in_messages_that_telegram_takes(
        texts in vec(hostile(), 4),
    ) {
        let mut long = card();
        long.title.clone_from(&texts[0]);
        long.lead[0].text.clone_from(&texts[1]);
        long.fields[0].value.clone_from(&texts[2]);
        long.notes = vec![texts[3].clone()];
        let parts = lay(&long);
        let all: String = parts.iter().map(|it| said(&it.text)).collect();
        let told = [&long.banner, &long.title, &long.lead[0].text];
        let told: String = told.into_iter().map(|it| said(it)).collect();
        let rest = [&long.fields[0].label, ":", &long.fields[0].value, &long.notes[0]];
        let rest: String = rest.into_iter().map(said).collect();
        let mark = said(parts[0].text.split(' ').next().unwrap_or_default());
        prop_assert_eq!(all, format!("{mark}{told}{rest}{}", said(&long.footer)));
        for part in &parts {
            let text: Vec<u16> = part.text.encode_utf16().collect();
            prop_assert!(text.len() <= LONGEST);
            prop_assert!(!part.text.trim().is_empty(), "a blank message is refused");
            let mut end = 0;
            for it in &part.entities {
                prop_assert!(it.offset >= end && it.length > 0, "marks do not cross");
                end = it.offset + it.length;
                prop_assert!(end <= text.len());
                prop_assert!(String::from_utf16(&text[it.offset..end]).is_ok(), "whole letters");
            }
        }
    }
}
