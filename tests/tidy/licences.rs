//! Every third-party package has a licence that lets this project ship under MIT or Apache-2.0.

use crate::assert_tidy;
use crate::metadata::{Package, packages};

/// Licences that ask for no more than their notice.
const ALLOWED: [&str; 12] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "0BSD",
    "CC0-1.0",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
];

/// Packages under a licence that asks for more, and why they may stay.
const EXCEPTIONS: [(&str, &str, &str); 5] = [
    ("colored", "MPL-2.0", "used unchanged, under `teloxide`"),
    (
        "imbl",
        "MPL-2.0+",
        "used unchanged, for what a unit of work sees",
    ),
    (
        "imbl-sized-chunks",
        "MPL-2.0+",
        "used unchanged, under `imbl`",
    ),
    (
        "option-ext",
        "MPL-2.0",
        "used unchanged, under `directories`",
    ),
    (
        "webdriver",
        "MPL-2.0",
        "used unchanged, by the browser test alone",
    ),
];

/// Packages that state no licence in their manifest: what their licence file is, and words of it.
const CLARIFIED: [(&str, &str, &str); 2] = [
    (
        "implied-vol",
        "MIT",
        "Permission is hereby granted, free of charge",
    ),
    (
        "apalis-postgres",
        "MIT",
        "Permission is hereby granted, free of charge",
    ),
];

/// Whether a licence expression can be met with licences that `may` accepts.
///
/// The grammar of SPDX: `OR` binds less than `AND`, `WITH` adds an exception to the licence before it,
/// and a slash is how `OR` was once written.
fn is_met(expression: &str, may: &impl Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = either(&words, &mut at, may);
    met && at == words.len()
}

fn either(words: &[&str], at: &mut usize, may: &impl Fn(&str) -> bool) -> bool {
    let mut met = both(words, at, may);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= both(words, at, may);
    }
    met
}

fn both(words: &[&str], at: &mut usize, may: &impl Fn(&str) -> bool) -> bool {
    let mut met = one(words, at, may);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, may);
    }
    met
}

fn one(words: &[&str], at: &mut usize, may: &impl Fn(&str) -> bool) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let met = either(words, at, may);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        *at += 2; // an exception only ever permits more
    }
    may(word)
}

fn check(package: &Package) -> Option<String> {
    let named = format!("{} {}", package.name, package.version);
    let excepted = |licence: &str| {
        EXCEPTIONS
            .iter()
            .any(|(name, it, _)| *name == package.name && *it == licence)
    };
    let may = |licence: &str| ALLOWED.contains(&licence) || excepted(licence);
    if let Some(expression) = &package.licence {
        return (!is_met(expression, &may))
            .then(|| format!("{named}: `{expression}` asks for more than a notice"));
    }
    let clarified = CLARIFIED.iter().find(|(name, ..)| *name == package.name);
    let Some((_, licence, words)) = clarified else {
        return Some(format!(
            "{named} states no licence: read its licence file and clarify it here"
        ));
    };
    let says_so = package
        .licence_text
        .as_ref()
        .is_some_and(|text| text.contains(words));
    (!says_so || !may(licence))
        .then(|| format!("{named}: its licence file no longer reads like {licence}"))
}

#[test]
fn every_dependency_may_be_shipped() {
    let packages = packages();
    assert_tidy(&packages.theirs().filter_map(check).collect::<Vec<_>>());
}

#[test]
fn our_own_crates_are_under_mit_or_apache() {
    for package in packages().ours() {
        assert_eq!(
            package.licence.as_deref(),
            Some("MIT OR Apache-2.0"),
            "{}",
            package.name
        );
    }
}

#[test]
fn expressions_are_met_as_their_grammar_says() {
    let may = |licence: &str| ["MIT", "ISC", "Apache-2.0"].contains(&licence);
    for met in [
        "MIT",
        "GPL-3.0-only OR MIT",
        "MIT/GPL-2.0",
        "(GPL-3.0-only OR MIT) AND ISC",
        "GPL-3.0-only AND ISC OR MIT",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
        "MIT AND (ISC OR GPL-2.0-only)",
    ] {
        assert!(is_met(met, &may), "{met}");
    }
    for unmet in [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "GPL-2.0-only OR GPL-3.0-only",
        "(MIT",
        "MIT MIT",
        "MIT OR",
    ] {
        assert!(!is_met(unmet, &may), "{unmet}");
    }
}

#[test]
fn a_licence_that_asks_for_more_and_a_missing_one_are_found() {
    let package = |name: &str, licence: Option<&str>, text: Option<&str>| Package {
        name: name.to_owned(),
        licence: licence.map(str::to_owned),
        licence_text: text.map(str::to_owned),
        ..Package::default()
    };
    assert!(check(&package("a", Some("GPL-3.0-only"), None)).is_some());
    assert!(check(&package("a", Some("MPL-2.0"), None)).is_some());
    assert!(
        check(&package(
            "a",
            None,
            Some("Permission is hereby granted, free of charge")
        ))
        .is_some()
    );
    assert!(check(&package("implied-vol", None, Some("All rights reserved"))).is_some());
    assert!(
        check(&package(
            "implied-vol",
            None,
            Some("Permission is hereby granted, free of charge, ..")
        ))
        .is_none()
    );
    assert!(check(&package("option-ext", Some("MPL-2.0"), None)).is_none());
    assert!(check(&package("a", Some("Unlicense OR MIT"), None)).is_none());
}
