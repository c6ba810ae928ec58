//! Tests of the layout.

use countersign_cards::{Card, Column, Field, Line, Table, Tone};
use proptest::{collection::vec, prelude::*};

use super::{CONTENT, EMBEDS, Embed, FIELDS, Laid, MESSAGE, VALUE, lay, sentence};
use crate::plain::units;

fn card() -> Card {
    Card {
        tone: Tone::Attention,
        banner: "PAPER · account paper · desk".to_owned(),
        title: "SPY put 600 **bold** <@1> @here".to_owned(),
        lead: vec![Line {
            text: "Worst loss $412.60 😀".to_owned(),
            tone: Tone::Attention,
        }],
        fields: vec![Field {
            label: "Trade".to_owned(),
            value: "Buy 2 SPY\nSell 2 SPY".to_owned(),
        }],
        notes: vec!["see https://evil.example".to_owned()],
        tables: Vec::new(),
        mention: None,
        countdown: None,
        buttons: Vec::new(),
        footer: "ticket 01J · revision 2".to_owned(),
    }
}

fn texts(embed: &Embed) -> String {
    let fields = embed
        .fields
        .iter()
        .map(|(name, value)| format!("{name}\n{value}"));
    let fields: Vec<String> = fields.collect();
    let parts = [
        &embed.author,
        &embed.title,
        &embed.description,
        &fields.join("\n"),
        &embed.footer,
    ];
    parts.map(String::as_str).join("\n")
}

fn all(parts: &[Laid]) -> String {
    let embeds = parts.iter().flat_map(|it| &it.embeds);
    embeds.map(texts).collect::<Vec<_>>().join("\n")
}

/// Discord takes every one of these messages.
fn within_limits(parts: &[Laid]) {
    for part in parts {
        assert!(part.units() <= MESSAGE, "{}", part.units());
        assert!(!part.embeds.is_empty() && part.embeds.len() <= EMBEDS);
        for embed in &part.embeds {
            assert!(units(&embed.title) <= 256 && units(&embed.author) <= 256);
            assert!(units(&embed.description) <= 4096);
            assert!(embed.fields.len() <= FIELDS && units(&embed.footer) <= 2048);
            for (name, value) in &embed.fields {
                assert!(!name.trim().is_empty() && units(name) <= 256);
                assert!(!value.trim().is_empty() && units(value) <= VALUE);
            }
            assert!(embed.units() > 0);
        }
    }
}

// R18
#[test]
fn a_card_is_one_message_with_all_that_matters_and_nothing_of_it_is_markup() {
    let parts = lay(&card(), Some(1_800_000_000));
    within_limits(&parts);
    let [one] = &parts[..] else {
        panic!("{parts:?}");
    };
    let [first, notes] = &one.embeds[..] else {
        panic!("{one:?}");
    };
    assert_eq!(first.author, "PAPER · account paper · desk");
    assert_eq!(first.title, "SPY put 600 \\*\\*bold\\*\\* \\<\\@1> \\@here");
    assert_eq!(
        first.description,
        "**Worst loss $412.60 😀**\n⏳ <t:1800000000:R>"
    );
    assert_eq!(first.fields[0].1, "• Buy 2 SPY\n• Sell 2 SPY");
    assert_eq!(notes.description, "see https\\://evil.example");
    assert_eq!(notes.footer, "ticket 01J · revision 2");
}

// R17
#[test]
fn what_is_too_long_for_one_message_is_told_in_several_and_nothing_is_lost() {
    let mut long = card();
    long.notes = (0..400).map(|it| format!("Note {it} 𝕏𝕐")).collect();
    long.fields = (0..60)
        .map(|it| Field {
            label: format!("Fact {it}"),
            value: format!("value {it}"),
        })
        .collect();
    long.fields.push(Field {
        label: "L".repeat(300),
        value: "Z".repeat(3_000),
    });
    long.tables = vec![Table {
        title: "Trades".to_owned(),
        columns: vec![Column {
            label: "Name".to_owned(),
            figures: false,
        }],
        rows: (0..600).map(|it| vec![format!("row {it} ```")]).collect(),
    }];
    let parts = lay(&long, None);
    within_limits(&parts);
    assert!(parts.len() > 2, "{}", parts.len());
    let all = all(&parts);
    for it in 0..400 {
        assert!(all.contains(&format!("Note {it} 𝕏𝕐")), "note {it}");
    }
    for it in 0..60 {
        assert!(all.contains(&format!("Fact {it}\nvalue {it}")), "fact {it}");
    }
    for it in 0..600 {
        let row = all
            .lines()
            .any(|line| line.trim().starts_with(&format!("row {it} ")));
        assert!(row, "row {it}");
    }
    assert_eq!(all.matches('Z').count(), 3_000);
    assert!(all.contains(&"L".repeat(256)) && all.contains(&format!("\n{}\n", "L".repeat(44))));
}

#[test]
fn what_is_said_of_each_row_has_the_whole_width() {
    let column = |label: &str| Column {
        label: label.to_owned(),
        figures: false,
    };
    let mut long = card();
    long.tables = vec![Table {
        title: "Events".to_owned(),
        columns: vec![column("Time"), column("Event")],
        rows: vec![vec![
            "10:50".to_owned(),
            "Ana: 1 *ticket* that was confirmed".to_owned(),
        ]],
    }];
    let all = all(&lay(&long, None));
    assert!(all.contains("**Events**\n**10:50** Ana: 1 \\*ticket\\* that was confirmed"));
}

#[test]
fn a_line_longer_than_a_message_is_broken_between_letters() {
    let mut long = card();
    long.notes = vec!["😀".repeat(8_000)];
    let parts = lay(&long, None);
    within_limits(&parts);
    assert_eq!(all(&parts).matches('😀').count(), 8_001);
}

#[test]
fn no_text_of_a_card_is_so_long_that_discord_refuses_it() {
    let mut long = card();
    long.banner = "b".repeat(700);
    long.title = "*".repeat(700);
    long.footer = "f".repeat(5_000);
    long.lead[0].text = "w ".repeat(4_000);
    let parts = lay(&long, None);
    within_limits(&parts);
    let all = all(&parts);
    assert_eq!(all.matches("\\*").count(), 700);
    assert!(all.matches('f').count() >= 5_000 && all.matches('w').count() >= 4_000);
}

#[test]
fn a_sentence_is_cut_only_when_it_is_too_long() {
    assert_eq!(sentence("Done."), ["Done."]);
    let parts = sentence(&"word ".repeat(1_000));
    assert!(parts.iter().all(|it| units(it) <= CONTENT));
    assert_eq!(parts.concat().matches("word").count(), 1_000);
}

/// Pieces of which hostile texts are made: mark-up, mentions, links, blanks, letters from right to left,
/// towers of accents, letters of two units, and anything else.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[_*\\[\\]()~`>#+=|{}.!<&\\\\-]{1,20}",
        Just("<@1> @everyone https://evil.example [a](b)".to_owned()),
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
    assert!(all(&lay(&card, None)).contains("P&L −\u{2060}$45.40"));
}

/// What Discord shows of a text in which nothing is mark-up; a letter that would be is named.
fn shown(text: &str) -> Result<String, char> {
    let (mut shown, mut letters) = (String::new(), text.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => shown.extend(letters.next()),
            '*' | '_' | '~' | '`' | '|' | '<' | '[' | '@' => return Err(letter),
            _ => shown.push(letter),
        }
    }
    Ok(shown)
}

/// What a text says beside its blanks, the points before its parts, and what joins a sign and its dollars.
fn said(text: &str) -> String {
    let said = |it: &char| !it.is_whitespace() && !matches!(it, '\u{200b}' | '\u{2060}' | '•');
    text.chars().filter(said).collect()
}

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]

    // R17 R18
    #[test]
    fn whatever_texts_hold_they_are_told_whole_and_as_text_in_messages_that_discord_takes(
        texts in vec(hostile(), 4),
    ) {
        let mut long = card();
        long.title.clone_from(&texts[0]);
        long.lead[0] = Line { text: texts[1].clone(), tone: Tone::Neutral };
        long.fields[0].value.clone_from(&texts[2]);
        long.notes = vec![texts[3].clone()];
        let parts = lay(&long, None);
        within_limits(&parts);
        let shown = shown(&all(&parts));
        prop_assert!(shown.is_ok(), "{:?} is mark-up", shown);
        let shown = said(&shown.unwrap_or_default());
        for text in &texts[1..] {
            // A value that continues in another field has its label in between.
            let whole = shown.replace("Trade", "").contains(&said(&text.replace("Trade", "")));
            prop_assert!(whole, "{text:?} in {shown:?}");
        }
        let pieces = sentence(&texts[3]);
        prop_assert!(pieces.iter().all(|it| units(it) <= CONTENT));
        prop_assert_eq!(pieces.concat(), crate::plain::escaped(&texts[3]));
    }
}
