//! The table of requirements: each has a test, each test is there, and each was seen to fail.

use crate::assert_tidy;
use crate::tree::{Text, texts};

const TABLE: &str = "tests/REQUIREMENTS.md";

/// What the table has to list.
const WANTED: [u32; 50] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32, 33, 34, 36, 38, 40, 41, 42, 43, 44, 45, 46, 47, 49, 51, 54, 56, 59, 64,
];

/// One line of the table.
struct Row<'a> {
    requirement: u32,
    /// What it asks for, in a few words.
    asks: &'a str,
    /// The test's file and name.
    test: Option<(&'a str, &'a str)>,
    /// How the code was broken.
    broken: &'a str,
}

/// The lines of the table that begin with a requirement.
fn rows(text: &str) -> Vec<Row<'_>> {
    let row = |line| -> Option<Row<'_>> {
        let line: &str = line;
        let mut cells = line.strip_prefix("| R")?.splitn(4, '|');
        let requirement = cells.next()?.trim().parse().ok()?;
        let mut next = || cells.next().unwrap_or_default().trim();
        let (asks, named, broken) = (next(), next().trim_matches('`'), next());
        Some(Row {
            requirement,
            asks,
            test: named.split_once("::"),
            broken: broken.trim_end_matches('|').trim(),
        })
    };
    text.lines().filter_map(row).collect()
}

/// The lines above a test that say which requirements it meets.
fn tags<'a>(source: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let head = format!("fn {name}(");
    let (before, _) = source.split_once(&head)?;
    let above = before.trim_end().lines().rev().take_while(|line| {
        let line = line.trim();
        !line.is_empty() && !line.ends_with('}')
    });
    let tags = above.filter_map(|line| line.trim().strip_prefix("// R"));
    Some(tags.collect())
}

fn meets(tag: &str, requirement: u32) -> bool {
    let wanted = requirement.to_string();
    let words = tag.split(|letter: char| !letter.is_ascii_digit());
    words.into_iter().any(|word| word == wanted)
}

fn check(table: &str, sources: &[Text]) -> Vec<String> {
    let rows = rows(table);
    let missing = WANTED
        .into_iter()
        .filter(|wanted| rows.iter().all(|row| row.requirement != *wanted));
    let mut findings: Vec<String> = missing
        .map(|wanted| format!("R{wanted} has no row"))
        .collect();
    for row in &rows {
        let requirement = row.requirement;
        if row.asks.is_empty() {
            findings.push(format!("R{requirement}: what does it ask for?"));
        }
        if row.broken.is_empty() {
            findings.push(format!("R{requirement}: how was its test seen to fail?"));
        }
        let Some((file, name)) = row.test else {
            findings.push(format!("R{requirement} names no test as `file::name`"));
            continue;
        };
        let source = sources.iter().find(|source| source.path == file);
        match source.and_then(|source| tags(&source.text, name)) {
            None => findings.push(format!("R{requirement}: there is no test {file}::{name}")),
            Some(tags) if !tags.iter().any(|tag| meets(tag, requirement)) => {
                findings.push(format!(
                    "{file}::{name} does not say that it meets R{requirement}"
                ));
            }
            Some(_) => {}
        }
    }
    findings
}

#[test]
fn every_requirement_has_a_test_that_is_there_and_was_seen_to_fail() {
    let sources = texts();
    let table = sources.iter().find(|source| source.path == TABLE);
    let table = table.expect("the table of requirements");
    assert_tidy(&check(&table.text, &sources));
}

#[test]
fn a_row_without_its_test_or_its_break_is_found() {
    let source = Text::new("tests/a.rs", "// R1, R12\n#[test]\nfn it_holds() {}\n");
    let row = |row: &str| check(row, std::slice::from_ref(&source)).len();
    let others = WANTED.len() - 1;
    assert_eq!(
        row("| R1 | a | `tests/a.rs::it_holds` | `a` becomes `b` |"),
        others
    );
    assert_eq!(
        row("| R12 | a | `tests/a.rs::it_holds` | `a` becomes `b` |"),
        others
    );
    assert_eq!(row("| R1 | a | `tests/a.rs::it_holds` | |"), others + 1);
    assert_eq!(
        row("| R1 | a | `tests/a.rs::it_breaks` | `a` becomes `b` |"),
        others + 1
    );
    assert_eq!(
        row("| R1 | a | `tests/b.rs::it_holds` | `a` becomes `b` |"),
        others + 1
    );
    assert_eq!(
        row("| R2 | a | `tests/a.rs::it_holds` | `a` becomes `b` |"),
        others + 1
    );
    assert_eq!(row("| R1 | a | by hand | `a` becomes `b` |"), others + 1);
    assert_eq!(
        row("| R1 | | `tests/a.rs::it_holds` | `a` becomes `b` |"),
        others + 1
    );
    assert_eq!(row(""), others + 1);
    // In a macro a test stands further in.
    let inner =
        "proptest! {\n    // R1\n    #[test]\n    fn it_holds(\n        a in 1..2,\n    ) {}\n}\n";
    let inner = Text::new("tests/a.rs", inner);
    let row = "| R1 | a | `tests/a.rs::it_holds` | `a` becomes `b` |";
    assert_eq!(check(row, &[inner]).len(), others);
}
