//! Documents: links that lead somewhere, and an architecture that can be read in one sitting.

use crate::assert_tidy;
use crate::tree::{Text, texts};
use std::collections::BTreeSet;

const ARCHITECTURE: &str = "ARCHITECTURE.md";
const ARCHITECTURE_LINES: usize = 200;

/// The lines of a document outside its code blocks, with their numbers; inline code is blanked.
fn prose(text: &str) -> Vec<(usize, String)> {
    let mut in_code = false;
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            let pieces = line.split('`').enumerate();
            let outside = pieces.map(|(at, piece)| if at % 2 == 0 { piece } else { "_" });
            lines.push((index + 1, outside.collect::<String>()));
        }
    }
    lines
}

/// The targets of `[text](target)`, `![text](target)`, `[name]: target`, `src="target"` and `href="target"`.
fn targets(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (opening, closing) in [("](", ')'), ("src=\"", '"'), ("href=\"", '"')] {
        let after = line
            .match_indices(opening)
            .map(|(at, _)| &line[at + opening.len()..]);
        found.extend(after.filter_map(|rest| rest.split(closing).next().map(str::to_owned)));
    }
    if let Some((_, target)) = line
        .trim_start()
        .strip_prefix('[')
        .and_then(|it| it.split_once("]: "))
    {
        found.push(target.to_owned());
    }
    let first_word = |it: String| it.split_whitespace().next().unwrap_or_default().to_owned();
    found.into_iter().map(first_word).collect()
}

/// The anchor that a heading gets where documents are shown.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}

fn anchors(text: &str) -> BTreeSet<String> {
    let mut in_code = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        in_code ^= line.trim_start().starts_with("```");
        if !in_code && line.starts_with('#') {
            found.insert(anchor(line.trim_start_matches('#')));
        }
    }
    found
}

/// `from` as a folder and `to` relative to it, with the dots resolved; nothing when it leaves the tree.
fn join(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = if to.starts_with('/') {
        Vec::new()
    } else {
        from.split('/').collect()
    };
    if !to.starts_with('/') {
        parts.pop();
    }
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn check_links(document: &Text, all: &[Text], paths: &BTreeSet<String>) -> Vec<String> {
    let mut findings = Vec::new();
    for (line, text) in prose(&document.text) {
        for target in targets(&text) {
            if target.contains("://") || target.starts_with("mailto:") || target.is_empty() {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let path = if file.is_empty() {
                Some(document.path.clone())
            } else {
                join(&document.path, file)
            };
            let there = path.as_ref().is_some_and(|it| is_there(it, paths));
            let named = anchor.is_empty()
                || all.iter().any(|it| {
                    Some(&it.path) == path.as_ref() && anchors(&it.text).contains(anchor)
                });
            if !there || !named {
                findings.push(format!(
                    "{}:{line}: `{target}` leads nowhere",
                    document.path
                ));
            }
        }
    }
    findings
}

/// A file of the project, or a folder that holds one.
fn is_there(path: &str, paths: &BTreeSet<String>) -> bool {
    let folder = format!("{path}/");
    path.is_empty() || paths.contains(path) || paths.iter().any(|it| it.starts_with(&folder))
}

fn check_architecture(document: &Text) -> Option<String> {
    let lines = document.text.lines().count();
    (lines > ARCHITECTURE_LINES)
        .then(|| format!("{ARCHITECTURE}: {lines} lines, and {ARCHITECTURE_LINES} is the most: it is read in one sitting"))
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let all = texts();
    let paths: BTreeSet<String> = crate::tree::paths().into_iter().collect();
    let documents = all
        .iter()
        .filter(|it| it.path.rsplit('.').next() == Some("md"));
    assert_tidy(
        &documents
            .flat_map(|it| check_links(it, &all, &paths))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn the_architecture_is_read_in_one_sitting() {
    let all = texts();
    let found = all
        .iter()
        .find(|it| it.path == ARCHITECTURE)
        .and_then(check_architecture);
    assert_tidy(&found.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let all = [
        Text::new("README.md", "# How it works\n"),
        Text::new("docs/a.md", ""),
    ];
    let paths: BTreeSet<String> = all.iter().map(|it| it.path.clone()).collect();
    let broken = |text: &str| check_links(&Text::new("docs/a.md", text), &all, &paths).len();
    for text in [
        "[a](b.md)",
        "![a](../picture.png)",
        "[a]: b.md",
        "<img src=\"picture.png\">",
        "[a](../README.md#how-it-fails)",
        "[a](../../outside.md)",
        "[a](#nowhere)",
    ] {
        assert_eq!(broken(text), 1, "{text}");
    }
    for text in [
        "[a](../README.md) [b](a.md \"title\") [c](/README.md)",
        "[a](../README.md#how-it-works)",
        "[a](https://a.example/b) [b](mailto:a@a.example) [c](../docs)",
        "`[a](b.md)`",
        "```\n[a](b.md)\n```",
    ] {
        assert_eq!(broken(text), 0, "{text}");
    }
}

#[test]
fn a_long_architecture_is_found() {
    assert!(check_architecture(&Text::new(ARCHITECTURE, &"a\n".repeat(201))).is_some());
    assert!(check_architecture(&Text::new(ARCHITECTURE, &"a\n".repeat(200))).is_none());
}
