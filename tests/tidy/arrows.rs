//! Which crate may see which, and who alone may touch a library.

use crate::assert_tidy;
use crate::metadata::{Package, Packages, ours, packages};

/// The arrows of the house: a crate sees those of its row and no others. `domain` is below all.
/// What only a crate's tests see is no arrow: it ships nowhere.
///
/// A new arrow changes the architecture: change `ARCHITECTURE.md` with this table.
const MAY_SEE: [(&str, &[&str]); 18] = [
    ("domain", &[]),
    ("pricing", &[]),
    ("signals", &["domain", "pricing"]),
    ("desk", &["domain", "pricing", "signals"]),
    ("brokers", &["domain", "desk"]),
    ("feeds", &["domain", "pricing", "desk"]),
    ("models", &["domain", "desk"]),
    ("store", &["domain", "desk"]),
    ("cards", &["domain", "pricing"]),
    ("pictures", &["domain", "pricing", "cards"]),
    ("chat", &["domain", "desk", "cards"]),
    ("telegram", &["domain", "desk", "cards", "chat", "pictures"]),
    ("discord", &["domain", "desk", "cards", "chat", "pictures"]),
    ("web", &["domain", "desk", "cards"]),
    ("jobs", &["domain", "desk"]),
    ("app", EVERYTHING),
    ("fakes", &[]),
    ("tests", EVERYTHING),
];

const EVERYTHING: &[&str] = &[
    "domain", "pricing", "signals", "desk", "brokers", "feeds", "models", "store", "cards",
    "pictures", "chat", "telegram", "discord", "web", "jobs", "app", "fakes",
];

/// Libraries that few crates keep to themselves, so that the rest cannot come to depend on them. A `*`
/// stands for the rest of a name. The suites of `tests` look at the stored rows themselves.
const KEPT_BY: [(&str, &[&str]); 14] = [
    ("sqlx*", &["store", "tests"]),
    ("libsqlite3-sys", &["store"]),
    ("apalis*", &["jobs"]),
    ("cron", &["jobs"]),
    ("fluent*", &["cards"]),
    ("teloxide*", &["telegram"]),
    ("serenity", &["discord"]),
    ("resvg", &["pictures"]),
    ("ort*", &["models"]),
    ("tract*", &["models"]),
    ("rust-bert", &["models"]),
    ("tch", &["models"]),
    ("tokenizers", &["models"]),
    ("hf-hub", &["models"]),
];

/// What `desk` may not be linked with, not even through another library: it is driven through ports.
const NOT_BEHIND_THE_DESK: [&str; 30] = [
    "sqlx*",
    "rusqlite",
    "libsqlite3-sys",
    "tokio-postgres",
    "diesel*",
    "sea-orm*",
    "redis*",
    "reqwest",
    "hyper*",
    "ureq",
    "axum*",
    "tower*",
    "tungstenite",
    "tokio-tungstenite",
    "serenity",
    "poise",
    "teloxide*",
    "twilight*",
    "ort*",
    "tract*",
    "rust-bert",
    "tch",
    "candle*",
    "tokenizers",
    "apalis*",
    "cron",
    "ibapi",
    "databento",
    "fluent*",
    "maud",
];

/// What the pure crates may not name: runtimes, clocks, randomness, the world outside.
const NOT_IN_PURE_CRATES: [&str; 17] = [
    "tokio*",
    "async-*",
    "futures*",
    "smol",
    "rand",
    "rand_*",
    "getrandom",
    "fastrand",
    "oorandom",
    "chrono",
    "time",
    "reqwest",
    "sqlx*",
    "tempfile",
    "directories",
    "crossterm",
    "tracing-subscriber",
];

const PURE: [&str; 4] = ["domain", "pricing", "signals", "cards"];

fn short(name: &str) -> &str {
    name.strip_prefix("countersign-").unwrap_or(name)
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern
        .strip_suffix('*')
        .map_or(pattern == name, |start| name.starts_with(start))
}

fn check_arrows<'a>(crates: impl Iterator<Item = &'a Package>) -> Vec<String> {
    let mut findings = Vec::new();
    for package in crates {
        let name = short(&package.name);
        let Some((_, allowed)) = MAY_SEE.iter().find(|(row, _)| *row == name) else {
            findings.push(format!(
                "`{name}` is a new crate: give it a row in the table of arrows"
            ));
            continue;
        };
        let shipped = package.dependencies.iter().filter(|it| !it.for_tests);
        let seen = shipped.filter_map(|it| it.name.strip_prefix("countersign-"));
        findings.extend(seen.filter(|seen| !allowed.contains(seen)).map(|seen| {
            format!("`{name}` must not see `{seen}`: a port in `desk`, or code that moves, does without this arrow")
        }));
    }
    findings
}

fn check_keepers<'a>(crates: impl Iterator<Item = &'a Package>) -> Vec<String> {
    let mut findings = Vec::new();
    for package in crates {
        let name = short(&package.name);
        for dependency in &package.dependencies {
            let kept = KEPT_BY
                .iter()
                .find(|(pattern, _)| matches(pattern, &dependency.name));
            let Some((_, keepers)) = kept else { continue };
            if !keepers.contains(&name) && !dependency.for_tests {
                findings.push(format!(
                    "`{name}` names `{}`, and only `{}` may",
                    dependency.name,
                    keepers.join("` and `")
                ));
            }
        }
    }
    findings
}

fn check_desk(packages: &Packages) -> Vec<String> {
    let behind = packages.behind("countersign-desk");
    let banned = behind
        .iter()
        .filter(|name| NOT_BEHIND_THE_DESK.iter().any(|it| matches(it, name)));
    banned
        .map(|name| {
            format!("`desk` is linked with `{name}`: it knows the world through its ports alone")
        })
        .collect()
}

fn check_pure<'a>(crates: impl Iterator<Item = &'a Package>) -> Vec<String> {
    let mut findings = Vec::new();
    for package in crates.filter(|it| PURE.contains(&short(&it.name))) {
        let shipped = package.dependencies.iter().filter(|it| !it.for_tests);
        let banned = shipped.filter(|it| {
            NOT_IN_PURE_CRATES
                .iter()
                .any(|pattern| matches(pattern, &it.name))
        });
        findings.extend(banned.map(|it| {
            format!(
                "`{}` names `{}`: it is pure (no async, no I/O, no clock, no randomness)",
                short(&package.name),
                it.name
            )
        }));
    }
    findings
}

#[test]
fn every_crate_sees_only_what_the_design_allows() {
    assert_tidy(&check_arrows(packages().ours()));
}

#[test]
fn every_crate_of_the_table_exists() {
    let packages = packages();
    for (name, _) in MAY_SEE {
        assert!(
            packages.ours().any(|it| short(&it.name) == name),
            "the table has `{name}`, the workspace has not"
        );
    }
}

#[test]
fn heavy_libraries_stay_with_their_keepers() {
    assert_tidy(&check_keepers(packages().ours()));
}

#[test]
fn the_desk_is_linked_with_no_database_http_chat_model_or_job_library() {
    assert_tidy(&check_desk(&packages()));
}

#[test]
fn the_pure_crates_name_no_runtime_clock_or_randomness() {
    assert_tidy(&check_pure(packages().ours()));
}

#[test]
fn a_new_arrow_is_found_and_both_ends_are_named() {
    let web = ours(
        "countersign-web",
        &["countersign-desk", "countersign-store"],
    );
    let stranger = ours("countersign-oracle", &[]);
    let findings = check_arrows([&web, &stranger].into_iter());
    assert_eq!(findings.len(), 2);
    assert!(
        findings[0].starts_with("`web` must not see `store`"),
        "{findings:?}"
    );
    assert!(
        findings[1].starts_with("`oracle` is a new crate"),
        "{findings:?}"
    );
}

#[test]
fn a_library_outside_its_keeper_is_found() {
    let desk = ours("countersign-desk", &["sqlx", "serde"]);
    let tests = ours("countersign-tests", &["sqlx", "apalis-core"]);
    let findings = check_keepers([&desk, &tests].into_iter());
    assert_eq!(
        findings,
        [
            "`desk` names `sqlx`, and only `store` and `tests` may",
            "`tests` names `apalis-core`, and only `jobs` may"
        ]
    );
}

#[test]
fn a_library_behind_a_library_of_the_desk_is_found() {
    let mut packages = Packages::default();
    packages
        .brings
        .insert("countersign-desk".to_owned(), ["nice".to_owned()].into());
    packages
        .brings
        .insert("nice".to_owned(), ["reqwest".to_owned()].into());
    assert_eq!(check_desk(&packages).len(), 1);
}

#[test]
fn randomness_in_a_pure_crate_is_found_and_elsewhere_is_not() {
    let domain = ours("countersign-domain", &["serde", "rand_chacha"]);
    let feeds = ours("countersign-feeds", &["rand_chacha"]);
    let findings = check_pure([&domain, &feeds].into_iter());
    assert_eq!(
        findings,
        ["`domain` names `rand_chacha`: it is pure (no async, no I/O, no clock, no randomness)"]
    );
}
