//! Habits that the house does not have: silenced lints, skipped tests, unfinished work.

use crate::assert_tidy;
use crate::rust::{Token, Word, flatten, parse};
use crate::tree::{Text, findings_in_sources, texts};
use proc_macro2::Delimiter;
use quote::ToTokens;

/// Marks of unfinished work in any file. Each is put together here, so that this list is not found.
const UNFINISHED: [&str; 3] = [
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("XX", "X"),
];

/// The files in which such a mark may be data of somebody else's.
const DATA: [&str; 1] = ["Cargo.lock"];

fn check_rust(source: &Text) -> Vec<String> {
    let tokens = flatten(parse(source).to_token_stream());
    let mut findings = Vec::new();
    for at in 0..tokens.len() {
        let Word::Ident(name) = &tokens[at].word else {
            continue;
        };
        let complaint = match name.as_str() {
            "allow" if opens(&tokens, at + 1) && in_attribute(&tokens, at) => {
                "silences a lint for good: write `#[expect(.., reason = \"..\")]`"
            }
            "ignore" if in_attribute(&tokens, at) && !has_reason(&tokens, at) => {
                "a test that is skipped says why: `#[ignore = \"..\"]`"
            }
            "should_panic" if in_attribute(&tokens, at) => "test for the error, not for a panic",
            "todo" | "unimplemented" if follows(&tokens, at, '!') => {
                "is not finished: finish it or leave it out"
            }
            _ => continue,
        };
        findings.push(format!(
            "{}:{}: `{name}` {complaint}",
            source.path, tokens[at].line
        ));
    }
    findings
}

fn follows(tokens: &[Token], at: usize, mark: char) -> bool {
    tokens
        .get(at + 1)
        .is_some_and(|it| it.word == Word::Punct(mark))
}

fn opens(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|it| it.word == Word::Open(Delimiter::Parenthesis))
}

fn has_reason(tokens: &[Token], at: usize) -> bool {
    let text = |it: &Token| matches!(&it.word, Word::Text(text) if !text.trim().is_empty());
    follows(tokens, at, '=') && tokens.get(at + 2).is_some_and(text)
}

/// Whether a token stands directly in `#[..]`, `#![..]` or in the `cfg_attr(..)` of one.
fn in_attribute(tokens: &[Token], at: usize) -> bool {
    let mut depth = 0_usize;
    for before in (0..at).rev() {
        match &tokens[before].word {
            Word::Close(_) => depth += 1,
            Word::Open(_) if depth > 0 => depth -= 1,
            Word::Open(Delimiter::Parenthesis) => {
                let owner = before.checked_sub(1).map(|it| &tokens[it].word);
                if !owner.is_some_and(|it| it.is("cfg_attr")) {
                    return false;
                }
            }
            Word::Open(Delimiter::Bracket) => {
                let mut marks = tokens[..before].iter().rev().map(|it| &it.word);
                return marks.find(|it| **it != Word::Punct('!')) == Some(&Word::Punct('#'));
            }
            Word::Open(_) => return false,
            _ => {}
        }
    }
    false
}

fn check_marks(file: &Text) -> Vec<String> {
    if DATA.contains(&file.path.as_str()) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let mut words = line.split(|it: char| !it.is_alphanumeric() && it != '_');
        if let Some(mark) = words.find(|word| UNFINISHED.contains(word)) {
            findings.push(format!(
                "{}:{}: `{mark}`: do it now, or open an issue for it",
                file.path,
                index + 1
            ));
        }
    }
    findings
}

#[test]
fn no_lint_is_silenced_no_test_skipped_without_a_reason_and_nothing_left_unfinished() {
    assert_tidy(&findings_in_sources(check_rust));
}

#[test]
fn no_file_holds_a_mark_of_unfinished_work() {
    assert_tidy(&texts().iter().flat_map(check_marks).collect::<Vec<_>>());
}

#[test]
fn each_bad_habit_is_found() {
    let bad = [
        "#![allow(missing_docs)]",
        "#[allow(dead_code)] fn a() {}",
        "fn a() { #[allow(unused)] let b = 1; }",
        "#[cfg_attr(test, allow(dead_code))] fn a() {}",
        "#[test] #[ignore] fn a() {}",
        "#[test] #[ignore = \"\"] fn a() {}",
        "#[cfg_attr(unix, ignore)] #[test] fn a() {}",
        "#[test] #[should_panic] fn a() {}",
        "#[test] #[should_panic(expected = \"b\")] fn a() {}",
        "fn a() { todo!() }",
        "fn a() { b(|| unimplemented!(\"later\")) }",
    ];
    for text in bad {
        assert_eq!(
            check_rust(&Text::new("tests/a.rs", text)).len(),
            1,
            "{text}"
        );
    }
}

#[test]
fn the_words_themselves_are_no_bad_habit() {
    let good = [
        "#[expect(dead_code, reason = \"read by the derive\")] fn a() {}",
        "#[test] #[ignore = \"needs a recorded day\"] fn a() {}",
        "#[cfg_attr(no_data, ignore = \"needs a recorded day\")] #[test] fn a() {}",
        "fn allow(b: [u8; 1]) { allow([1]); let todo = ignore(b); }",
        "/// To allow (and to ignore) is not to silence.\nfn a() {}",
    ];
    for text in good {
        assert_eq!(
            check_rust(&Text::new("engine/desk/src/a.rs", text)),
            Vec::<String>::new(),
            "{text}"
        );
    }
}

#[test]
fn a_mark_of_unfinished_work_is_found_in_any_file() {
    for mark in UNFINISHED {
        let text = format!("# fine\n# {mark}: later");
        assert_eq!(
            check_marks(&Text::new("config/a.toml", &text)).len(),
            1,
            "{mark}"
        );
    }
    assert_eq!(
        check_marks(&Text::new("a.md", "TODOS and the todo list")).len(),
        0
    );
}
