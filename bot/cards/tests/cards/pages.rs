//! Narrow tables and pages.

use countersign_cards::{
    Card, Column, Table, Tone,
    card::{Page, page, pages},
    text,
};
use insta::assert_snapshot;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

fn table(columns: &[(&str, bool)], rows: &[&[&str]]) -> Table {
    let column = |(label, figures): &(&str, bool)| Column {
        label: (*label).to_owned(),
        figures: *figures,
    };
    Table {
        title: "A title".to_owned(),
        columns: columns.iter().map(column).collect(),
        rows: rows
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect(),
    }
}

#[test]
fn a_narrow_table_breaks_words_and_never_figures() {
    let trades = table(
        &[("Id", false), ("Position", false), ("P&L", true)],
        &[
            &[
                "…4FC3VF",
                "GOOG bull call spread 750/755, Dec 24",
                "+$32.20",
            ],
            &["…4FC3VG", "SPY long put 600, Dec 18", "−$1,120.00"],
        ],
    );
    assert_snapshot!(text::table(&trades, 34), @r"
    Id      Position               P&L
    …4FC3VF GOOG bull call     +$32.20
            spread 750/755,
            Dec 24
    …4FC3VG SPY long put    −$1,120.00
            600, Dec 18
    ");
    assert_snapshot!(text::table(&trades, 18), @r"
    Id         …4FC3VF
    Position
    GOOG bull call
    spread 750/755,
    Dec 24
    P&L        +$32.20

    Id         …4FC3VG
    Position
    SPY long put 600,
    Dec 18
    P&L     −$1,120.00
    ");
}

#[test]
fn no_word_of_a_narrow_table_is_torn() {
    let held = table(
        &[
            ("Id", false),
            ("Position", false),
            ("State", false),
            ("P&L", true),
            ("Worst loss", true),
        ],
        &[&[
            "…E6KHR7",
            "NVDA bear put spread 142.5/132.5, Apr 10",
            "open",
            "−$8.80",
            "$464.60",
        ]],
    );
    assert_snapshot!(text::table(&held, 34), @r"
    Id                         …E6KHR7
    Position
    NVDA bear put spread 142.5/132.5,
    Apr 10
    State                         open
    P&L                         −$8.80
    Worst loss                 $464.60
    ");
}

#[test]
fn what_is_said_of_each_row_is_text_and_not_a_column() {
    let said = [
        "Ana (Telegram): Ticket …JC6805 confirmed at revision 2.",
        "desk: Closed.",
    ];
    let events = table(
        &[("Time", false), ("Event", false)],
        &[&["10:50", said[0]], &["10:51", said[1]]],
    );
    let rows = text::told(&events, 34).expect("rows of text");
    assert_eq!(rows[0], ("10:50".to_owned(), said[0].to_owned()));
    assert_eq!(rows.len(), 2);
    assert_eq!(text::told(&events, 80), None, "it fits side by side");
    let figures = table(&[("Time", false), ("Price", true)], &[&["10:50", said[0]]]);
    assert_eq!(text::told(&figures, 34), None, "figures stand in columns");
}

#[test]
fn wide_letters_marks_and_other_directions_stay_in_their_column() {
    let names = table(
        &[("Name", false), ("Role", false), ("Tickets", true)],
        &[
            &["平賀源内", "trader", "12"],
            &["Zoe\u{308}", "admin", "3"],
            &["👩‍👩‍👧‍👦 Ana", "viewer", "1"],
            &[
                "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}algo",
                "viewer",
                "1",
            ],
            &["דנה\u{202e}", "viewer", "400"],
        ],
    );
    let drawn = text::table(&names, 34);
    let ends: Vec<usize> = drawn.lines().map(UnicodeWidthStr::width).collect();
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}\n{drawn}");
    assert!(drawn.contains("\u{2066}דנה") && !drawn.contains('\u{202e}'));
    assert!(!drawn.contains('\u{302}'), "a pile of marks");
    assert!(drawn.contains("平賀源内 trader      12"), "{drawn}");
}

fn any_table() -> impl Strategy<Value = Table> {
    let cell = "\\PC{0,30}|[a-zא-ת平和👩\u{200d}\u{301} ]{0,40}|.{0,20}";
    (1_usize..5, 0_usize..4).prop_flat_map(move |(columns, rows)| {
        let columns = prop::collection::vec((cell, any::<bool>()), columns);
        columns.prop_flat_map(move |columns| {
            let width = columns.len();
            let row = prop::collection::vec(cell, width);
            (Just(columns), prop::collection::vec(row, rows)).prop_map(|(columns, rows)| Table {
                title: String::new(),
                columns: columns
                    .into_iter()
                    .map(|(label, figures)| Column { label, figures })
                    .collect(),
                rows,
            })
        })
    })
}

proptest! {
    #[test]
    fn no_line_of_a_narrow_table_is_wider_than_asked(table in any_table(), width in 0_usize..60) {
        let drawn = text::table(&table, width);
        for line in drawn.lines() {
            prop_assert!(line.width() <= width.max(12), "{:?} in {width}", line);
        }
    }
}

fn card(tables: Vec<Table>) -> Card {
    Card {
        tone: Tone::Neutral,
        banner: "PAPER".to_owned(),
        title: "A title".to_owned(),
        lead: Vec::new(),
        fields: Vec::new(),
        notes: vec!["A note".to_owned()],
        tables,
        mention: None,
        countdown: None,
        buttons: Vec::new(),
        footer: String::new(),
    }
}

#[test]
fn pages_have_every_row_once_in_its_order() {
    let rows = |from: usize, to: usize| -> Table {
        let cells: Vec<String> = (from..to).map(|it| it.to_string()).collect();
        let cells: Vec<[&str; 1]> = cells.iter().map(|it| [it.as_str()]).collect();
        let rows: Vec<&[&str]> = cells.iter().map(|it| &it[..]).collect();
        table(&[("Number", true)], &rows)
    };
    for (first, second) in [(0, 0), (3, 0), (3, 4), (4, 4), (9, 1), (1, 9)] {
        let card = card(vec![rows(0, first), rows(first, first + second)]);
        let parts = pages(&card, 4);
        let tables = parts.iter().flat_map(|part| &part.tables);
        let cells: Vec<String> = tables.flat_map(|it| it.rows.concat()).collect();
        let wanted: Vec<String> = (0..first + second).map(|it| it.to_string()).collect();
        assert_eq!(cells, wanted);
        for (index, part) in parts.iter().enumerate() {
            let rows: usize = part.tables.iter().map(|it| it.rows.len()).sum();
            assert!(rows <= 4 && part.title == "A title");
            assert_eq!(part.notes.len(), usize::from(index == 0));
        }
        assert_eq!(parts.len(), (first + second).div_ceil(4).max(1));
    }
}

#[test]
fn a_page_that_is_not_there_is_the_nearest_one() {
    let long = card(vec![table(&[("Number", true)], &[&["1"], &["2"], &["3"]])]);
    let shown = |number| page(&long, 2, number);
    assert_eq!(shown(0).1, Page { number: 1, of: 2 });
    assert_eq!(shown(9).1, Page { number: 2, of: 2 });
    assert_eq!(shown(2).0.tables[0].rows, [["3"]]);
    assert_eq!(page(&card(Vec::new()), 0, 1).1, Page { number: 1, of: 1 });
}
