//! The pure crates: no `async`, no I/O, no clock, no randomness, no logging.

use crate::assert_tidy;
use crate::rust::{Word, flatten, parse_shipped, paths};
use crate::tree::{Text, findings_in_sources};
use quote::ToTokens;

/// The crates whose code computes and does nothing else.
const PURE: [&str; 4] = [
    "engine/domain",
    "engine/pricing",
    "engine/signals",
    "bot/cards",
];

/// Words that have no place in them.
const WORDS: [(&str, &str); 9] = [
    ("async", "is asynchronous"),
    ("await", "is asynchronous"),
    ("async_trait", "is asynchronous"),
    ("println", "prints"),
    ("print", "prints"),
    ("eprintln", "prints"),
    ("eprint", "prints"),
    ("dbg", "prints"),
    ("thread_rng", "draws at random"),
];

/// Beginnings, or for clocks endings, of paths that have no place in them.
const PATHS: [(&[&str], &str); 20] = [
    (&["std", "fs"], "touches files"),
    (&["std", "net"], "touches the network"),
    (&["std", "env"], "reads the environment"),
    (&["std", "io"], "does input or output"),
    (&["std", "process"], "starts processes"),
    (&["std", "thread"], "starts threads"),
    (&["std", "os"], "asks the system"),
    (&["std", "time", "SystemTime"], "asks the clock"),
    (&["std", "time", "Instant"], "asks the clock"),
    (&["SystemTime"], "asks the clock"),
    (&["Instant", "now"], "asks the clock"),
    (&["jiff", "Timestamp", "now"], "asks the clock"),
    (&["Timestamp", "now"], "asks the clock"),
    (&["jiff", "Zoned", "now"], "asks the clock"),
    (&["Zoned", "now"], "asks the clock"),
    (&["std", "hash", "RandomState"], "draws at random"),
    (
        &["std", "collections", "HashMap"],
        "is iterated in a random order",
    ),
    (
        &["std", "collections", "HashSet"],
        "is iterated in a random order",
    ),
    (&["rand"], "draws at random"),
    (&["getrandom"], "draws at random"),
];

fn check(source: &Text) -> Vec<String> {
    if !PURE.contains(&source.house()) || source.is_test() || source.is_build_script() {
        return Vec::new();
    }
    let file = parse_shipped(source);
    let mut findings = Vec::new();
    let mut note = |line: usize, what: &str, does: &str| {
        findings.push(format!(
            "{}:{line}: `{what}` {does}, and `{}` is pure",
            source.path,
            source.house()
        ));
    };
    for (path, line) in paths(&file) {
        let does = PATHS.iter().find(|(banned, _)| begins_with(&path, banned));
        if let Some((_, does)) = does {
            note(line, &path.join("::"), does);
        }
    }
    for token in flatten(file.to_token_stream()) {
        let Word::Ident(name) = &token.word else {
            continue;
        };
        if let Some((_, does)) = WORDS.iter().find(|(word, _)| word == name) {
            note(token.line, name, does);
        }
    }
    findings.sort();
    findings.dedup();
    findings
}

/// One name alone counts only where something of it is used: a field may be called `rand`.
fn begins_with(path: &[String], banned: &[&str]) -> bool {
    path.len() >= banned.len().max(2) && path.iter().zip(banned).all(|(name, ban)| name == ban)
}

#[test]
fn the_pure_crates_compute_and_do_nothing_else() {
    assert_tidy(&findings_in_sources(check));
}

#[test]
fn each_way_out_of_purity_is_found() {
    let ways = [
        "async fn a() {}",
        "fn a() { let b = async { 1 }; }",
        "use std::{collections::BTreeMap, fs};",
        "fn a() { use std::{env}; }",
        "fn a() -> Option<String> { std::env::var(\"HOME\").ok() }",
        "fn a() { let now = jiff::Timestamp::now(); }",
        "fn a() { b(|| Instant::now()); }",
        "use std::time::SystemTime;",
        "fn a() { assert!(rand::random()); }",
        "fn a() { println!(\"b\"); }",
        "use std::io::Read as _;",
        "use std::collections::{BTreeMap, HashMap};",
    ];
    for way in ways {
        assert_eq!(
            check(&Text::new("engine/signals/src/a.rs", way)).len(),
            1,
            "{way}"
        );
    }
}

#[test]
fn purity_is_asked_of_shipped_code_in_pure_crates_alone() {
    let reads = "fn a() { std::fs::read(\"b\"); }";
    for path in [
        "engine/feeds/src/a.rs",
        "engine/domain/tests/a.rs",
        "engine/domain/src/a_tests.rs",
        "engine/pricing/build.rs",
    ] {
        assert_eq!(
            check(&Text::new(path, reads)),
            Vec::<String>::new(),
            "{path}"
        );
    }
    let harmless = "/// As std::fs does.\nfn a(rand: u8, at: jiff::Timestamp) -> std::time::Duration { b(rand) }";
    assert_eq!(
        check(&Text::new("engine/domain/src/a.rs", harmless)),
        Vec::<String>::new()
    );
}
