//! Plain text within 80 columns, whatever is on a card.

use countersign_cards::{Button, Card, Column, Field, Line, Style, Table, Tone, text};
use insta::assert_snapshot;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::desk::TICKET;

fn card() -> Card {
    Card {
        tone: Tone::Neutral,
        banner: String::new(),
        title: "Title".to_owned(),
        lead: Vec::new(),
        fields: Vec::new(),
        notes: Vec::new(),
        tables: Vec::new(),
        mention: None,
        countdown: None,
        buttons: Vec::new(),
        footer: String::new(),
    }
}

fn column(label: &str, figures: bool) -> Column {
    Column {
        label: label.to_owned(),
        figures,
    }
}

#[test]
fn long_cells_wrap_and_figures_stay_flush_right() {
    let mut card = card();
    card.tables.push(Table {
        title: "Table".to_owned(),
        columns: vec![
            column("What", false),
            column("Why", false),
            column("P&L", true),
        ],
        rows: vec![
            vec![
                "one".to_owned(),
                "a long story of many words ".repeat(4),
                "+$1.00".to_owned(),
            ],
            vec![
                "an unbroken".to_owned(),
                "x".repeat(70),
                "−$1,234.56".to_owned(),
            ],
        ],
    });
    assert_snapshot!(card.text(), @r"
    Title

    Table
      What         Why                                                           P&L
      one          a long story of many words a long story of many words      +$1.00
                   a long story of many words a long story of many words
      an unbroken  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx  −$1,234.56
                   xxxxxxxxxxxxxxxxx
    ");
}

// R18
#[test]
fn no_sign_parts_from_its_dollars_at_the_end_of_a_line_of_a_chat() {
    let mut card = card();
    card.lead.push(Line {
        text: "P&L \u{2212}$1.00".to_owned(),
        tone: Tone::Bad,
    });
    card.fields.push(Field {
        label: "Best".to_owned(),
        value: "+$35.00 of \u{2212}$2.00, $3 + 4".to_owned(),
    });
    card.notes.push("a\u{2212}$5.00".to_owned());
    let joined = text::joined(&card);
    assert_eq!(joined.lead[0].text, "P&L \u{2212}\u{2060}$1.00");
    let value = "+\u{2060}$35.00 of \u{2212}\u{2060}$2.00, $3 + 4";
    assert_eq!(joined.fields[0].value, value);
    assert_eq!(joined.notes[0], "a\u{2212}\u{2060}$5.00");
    // It takes no place.
    assert_eq!(joined.lead[0].text.width(), card.lead[0].text.width());
}

// R18
#[test]
fn a_contract_that_would_break_into_three_lines_beside_its_figures_stands_in_a_block() {
    let quotes = |contract: &str| Table {
        title: String::new(),
        columns: vec![
            column("Contract", false),
            column("Bid", true),
            column("Ask", true),
        ],
        rows: vec![vec![
            contract.to_owned(),
            "$13.10 × 12".to_owned(),
            "$13.30 × 8".to_owned(),
        ]],
    };
    assert_snapshot!(text::table(&quotes("GOOG Dec 24, 2015 750 call"), 34), @r"
    Contract
    GOOG Dec 24, 2015 750 call
    Bid                    $13.10 × 12
    Ask                     $13.30 × 8
    ");
    assert_snapshot!(text::table(&quotes("GOOG 750 call"), 34), @r"
    Contract            Bid        Ask
    GOOG 750    $13.10 × 12 $13.30 × 8
    call
    ");
}

#[test]
fn labels_of_buttons_are_not_torn() {
    let mut card = card();
    card.buttons = (0..9)
        .map(|_| Button {
            label: "Change exits".to_owned(),
            action: countersign_cards::Action::Why(TICKET),
            style: Style::Secondary,
        })
        .collect();
    assert_snapshot!(card.text(), @r"
    Title

    [Change exits] [Change exits] [Change exits] [Change exits] [Change exits]
    [Change exits] [Change exits] [Change exits] [Change exits]
    ");
}

proptest! {
    #[test]
    fn no_line_is_wider_than_eighty_columns_of_a_screen(
        words in prop::collection::vec("\\PC{0,120}", 12),
        figures in any::<[bool; 3]>(),
    ) {
        let mut card = card();
        card.title.clone_from(&words[0]);
        card.lead.push(Line { text: words[1].clone(), tone: Tone::Good });
        // Labels come from the language file and are short.
        let label = words[2].chars().take(20).collect();
        card.fields.push(Field { label, value: words[3..5].join("\n") });
        card.notes.push(words[5].clone());
        card.tables.push(Table {
            title: words[6].clone(),
            columns: figures.map(|figures| column("Column", figures)).to_vec(),
            rows: vec![words[7..10].to_vec()],
        });
        card.footer.clone_from(&words[11]);
        for line in card.text().lines() {
            prop_assert!(line.width() <= 80, "{line}");
        }
    }
}

#[test]
fn a_card_survives_the_way_through_json() {
    let mut card = card();
    card.buttons.push(Button {
        label: "Why".to_owned(),
        action: countersign_cards::Action::Why(TICKET),
        style: Style::Primary,
    });
    card.countdown = Some(crate::desk::at(10, 37, 0));
    let json = serde_json::to_string(&card).expect("a card as JSON");
    assert_eq!(serde_json::from_str::<Card>(&json).expect("a card"), card);
}
