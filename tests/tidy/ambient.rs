//! Time, randomness and sleep come from ports, and nothing outside is called inside a transaction.

use crate::assert_tidy;
use crate::metadata::{Package, packages};
use crate::rust::{Word, flatten, parse, parse_shipped, paths};
use crate::tree::{Text, findings_in_sources, root};
use quote::ToTokens;
use std::collections::BTreeSet;

/// What clippy must go on refusing.
const BANNED: [&str; 6] = [
    "std::time::SystemTime::now",
    "std::time::Instant::now",
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
    "tokio::time::sleep",
    "getrandom::fill",
];

/// Where the real clock and the real source of randomness are plugged in; elsewhere no exception is made.
/// Platforms are called in real time, at their own pace; the fakes are platforms of their own, which
/// have a clock of their own.
const ADAPTERS: [&str; 4] = ["bot/app", "bot/chat", "fakes", "tests"];

/// The ports that reach outside; a unit of work runs between lock and commit and knows none of them.
const OUTSIDE: [&str; 7] = [
    "Broker",
    "Chat",
    "MarketData",
    "News",
    "Sentiment",
    "Ensemble",
    "Analyst",
];

fn check_bans(clippy: &str) -> Vec<String> {
    let told: toml::Table = clippy
        .parse()
        .unwrap_or_else(|error| panic!("clippy.toml: {error}"));
    let listed = told
        .get("disallowed-methods")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten();
    let listed: BTreeSet<&str> = listed
        .filter_map(|it| it.as_str().or_else(|| it.get("path")?.as_str()))
        .collect();
    let missing = BANNED.iter().filter(|it| !listed.contains(**it));
    missing
        .map(|it| format!("clippy.toml no longer refuses `{it}`: it comes from a port"))
        .collect()
}

fn check_exceptions(source: &Text) -> Vec<String> {
    if ADAPTERS.contains(&source.house()) || source.is_test() {
        return Vec::new();
    }
    let tokens = flatten(parse(source).to_token_stream());
    let excepted = tokens.iter().filter(|it| it.word.is("disallowed_methods"));
    excepted
        .map(|it| {
            format!(
                "{}:{}: the ambient world is reached in `bot/app` alone; take a port",
                source.path, it.line
            )
        })
        .collect()
}

/// Decisions are synchronous, so that nothing can be awaited between lock and commit.
fn check_decisions(source: &Text) -> Vec<String> {
    let tokens = flatten(parse_shipped(source).to_token_stream());
    let awaits = tokens
        .windows(3)
        .filter(|it| it[0].word.is("async") && it[1].word.is("fn"));
    let deciding = awaits.filter(|it| matches!(&it[2].word, Word::Ident(name) if name == "decide" || name.starts_with("decide_")));
    deciding
        .map(|it| {
            format!(
                "{}:{}: a decision is pure: it is made between lock and commit",
                source.path, it[2].line
            )
        })
        .collect()
}

/// The store names no port that reaches outside, so that it can call none inside a transaction.
fn check_store(source: &Text) -> Vec<String> {
    if source.house() != "engine/store" || source.is_test() {
        return Vec::new();
    }
    let port = |path: &[String]| match path {
        [.., room, _] if room != "ports" => None,
        [.., name] => OUTSIDE.contains(&name.as_str()).then(|| name.clone()),
        [] => None,
    };
    let paths = paths(&parse_shipped(source)).into_iter();
    let named = paths.filter_map(|(path, line)| port(&path).map(|name| (name, line)));
    // A name in a `use` is met twice: alone, and spelled out.
    let named: BTreeSet<(String, usize)> = named.collect();
    named
        .into_iter()
        .map(|(name, line)| {
            format!(
                "{}:{line}: the store must not know `{name}`: effects go to the outbox",
                source.path
            )
        })
        .collect()
}

/// Every crate takes the lints of the workspace.
fn check_lints(package: &Package, manifest: &str) -> Option<String> {
    let told: toml::Table = manifest
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", package.name));
    let inherits =
        told.get("lints").and_then(|it| it.get("workspace")) == Some(&toml::Value::Boolean(true));
    (!inherits).then(|| {
        format!(
            "`{}` does not take the lints of the workspace",
            package.name
        )
    })
}

#[test]
fn clippy_refuses_the_ambient_world() {
    let clippy = std::fs::read_to_string(root().join("clippy.toml")).expect("clippy.toml");
    assert_tidy(&check_bans(&clippy));
}

#[test]
fn only_the_adapters_of_the_binary_reach_the_ambient_world() {
    assert_tidy(&findings_in_sources(check_exceptions));
}

#[test]
fn nothing_is_sent_inside_a_transaction() {
    let mut findings = findings_in_sources(check_decisions);
    findings.extend(findings_in_sources(check_store));
    assert_tidy(&findings);
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let packages = packages();
    let read = |it: &Package| std::fs::read_to_string(&it.manifest).expect("a manifest");
    assert_tidy(
        &packages
            .ours()
            .filter_map(|it| check_lints(it, &read(it)))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn a_ban_that_was_lifted_is_found() {
    let one = "disallowed-methods = [\"std::time::Instant::now\", { path = \"getrandom::fill\" }]";
    assert_eq!(check_bans(one).len(), BANNED.len() - 2);
}

#[test]
fn an_exception_outside_the_adapters_is_found() {
    let text = "#[expect(clippy::disallowed_methods, reason = \"b\")] fn a() {}";
    assert_eq!(
        check_exceptions(&Text::new("engine/desk/src/a.rs", text)).len(),
        1
    );
    assert_eq!(
        check_exceptions(&Text::new("bot/app/src/clock.rs", text)).len(),
        0
    );
}

#[test]
fn a_decision_that_waits_and_a_store_that_calls_out_are_found() {
    let waits = "impl A { async fn decide(&self) {} }";
    assert_eq!(
        check_decisions(&Text::new("engine/desk/src/a.rs", waits)).len(),
        1
    );
    assert_eq!(
        check_decisions(&Text::new(
            "engine/desk/src/a.rs",
            "fn decide() {} async fn perform() {}"
        ))
        .len(),
        0
    );
    let store = |text: &str| check_store(&Text::new("engine/store/src/a.rs", text)).len();
    assert_eq!(store("fn a(broker: &dyn Broker) {}"), 1);
    assert_eq!(store("use countersign_desk::ports::{Chat, Store};"), 1);
    assert_eq!(store("fn a(by: BrokerId) -> Actor { Actor::Broker }"), 0);
}

#[test]
fn a_crate_without_the_lints_is_found() {
    let package = crate::metadata::ours("countersign-web", &[]);
    assert!(check_lints(&package, "[package]\nname = \"a\"\n").is_some());
    assert!(check_lints(&package, "[lints]\nworkspace = true\n").is_none());
}
