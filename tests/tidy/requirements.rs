//! The table of requirements (R1, ...) and faults (F92, ...): each has a test, each test is there, and
//! each was seen to fail.

use crate::assert_tidy;
use crate::tree::{Text, texts};

const TABLE: &str = "tests/REQUIREMENTS.md";

/// The requirements that the table has to list.
const WANTED: [u32; 52] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32, 33, 34, 36, 38, 40, 41, 42, 43, 44, 45, 46, 47, 49, 51, 54, 55, 56, 58,
    59, 64,
];

/// The faults that it has to list.
const FAULTS: [u32; 2] = [92, 93];

/// One line of the table.
struct Row<'a> {
    /// Its name, such as R1.
    name: &'a str,
    /// What it asks for, in a few words.
    asks: &'a str,
    /// The test's file and name.
    test: Option<(&'a str, &'a str)>,
    /// How the code was broken.
    broken: &'a str,
}

/// The lines of the table that begin with a requirement or a fault.
fn rows(text: &str) -> Vec<Row<'_>> {
    let row = |line| -> Option<Row<'_>> {
        let line: &str = line;
        let mut cells = line.strip_prefix('|')?.splitn(4, '|');
        let name = cells.next()?.trim();
        let _: u32 = name.strip_prefix(['R', 'F'])?.parse().ok()?;
        let mut next = || cells.next().unwrap_or_default().trim();
        let (asks, named, broken) = (next(), next().trim_matches('`'), next());
        Some(Row {
            name,
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
    let tags = above.filter_map(|line| line.trim().strip_prefix("// "));
    Some(tags.collect())
}

fn meets(tag: &str, name: &str) -> bool {
    let mut words = tag.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.any(|word| word == name)
}

fn check(table: &str, sources: &[Text]) -> Vec<String> {
    let rows = rows(table);
    let wanted = WANTED.map(|number| format!("R{number}")).into_iter();
    let wanted = wanted.chain(FAULTS.map(|number| format!("F{number}")));
    let missing = wanted.filter(|wanted| rows.iter().all(|row| row.name != *wanted));
    let mut findings: Vec<String> = missing
        .map(|wanted| format!("{wanted} has no row"))
        .collect();
    for row in &rows {
        let name = row.name;
        if row.asks.is_empty() {
            findings.push(format!("{name}: what does it ask for?"));
        }
        if row.broken.is_empty() {
            findings.push(format!("{name}: how was its test seen to fail?"));
        }
        let Some((file, test)) = row.test else {
            findings.push(format!("{name} names no test as `file::name`"));
            continue;
        };
        let source = sources.iter().find(|source| source.path == file);
        match source.and_then(|source| tags(&source.text, test)) {
            None => findings.push(format!("{name}: there is no test {file}::{test}")),
            Some(tags) if !tags.iter().any(|tag| meets(tag, name)) => {
                findings.push(format!("{file}::{test} does not say that it meets {name}"));
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
    let others = WANTED.len() + FAULTS.len() - 1;
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
    // A fault is no requirement of the same number.
    assert_eq!(
        row("| F1 | a | `tests/a.rs::it_holds` | `a` becomes `b` |"),
        others + 2
    );
    assert_eq!(row(""), others + 1);
    // In a macro a test stands further in.
    let inner =
        "proptest! {\n    // R1\n    #[test]\n    fn it_holds(\n        a in 1..2,\n    ) {}\n}\n";
    let inner = Text::new("tests/a.rs", inner);
    let row = "| R1 | a | `tests/a.rs::it_holds` | `a` becomes `b` |";
    assert_eq!(check(row, &[inner]).len(), others);
}
