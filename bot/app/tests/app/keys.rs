//! Every key is documented, every documented key is known, and the documented defaults count.

use std::collections::BTreeSet;

use countersign_app::config::{Config, DEFAULT, reference};
use countersign_brokers::paper::PaperConfig;
use countersign_desk::{scan::Screening, settings::DeskSettings};
use countersign_feeds::synthetic::SyntheticConfig;
use serde_json::Value;

use crate::place::{root, with_file};

/// Every dotted path that holds a value; those of lists under `[]`.
fn paths(at: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let dot = if at.is_empty() { "" } else { "." };
                paths(&format!("{at}{dot}{name}"), field, found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for item in items {
                paths(&format!("{at}[]"), item, found);
            }
        }
        _ => {
            found.insert(at.to_owned());
        }
    }
}

fn paths_of(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    paths("", value, &mut found);
    found
}

/// The documented keys, optional ones switched on.
fn documented() -> String {
    let on = |line: &str| match line.strip_prefix('#') {
        Some(key) if key.starts_with(|c: char| c.is_ascii_lowercase()) => key.to_owned(),
        _ => line.to_owned(),
    };
    DEFAULT.lines().map(on).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_key_of_the_configuration_is_documented_and_the_other_way_round() {
    let config = Config::built_in().expect("the defaults are valid");
    let known = paths_of(&serde_json::to_value(config).expect("JSON"));
    let written: toml::Table = toml::from_str(&documented()).expect("TOML");
    let written = paths_of(&serde_json::to_value(written).expect("JSON"));
    let missing: Vec<_> = known.difference(&written).collect();
    let unknown: Vec<_> = written.difference(&known).collect();
    assert!(missing.is_empty(), "not in default.toml: {missing:?}");
    assert!(unknown.is_empty(), "of no use in default.toml: {unknown:?}");
    assert!(known.len() > 110, "{}", known.len());
}

#[test]
fn the_example_of_every_optional_key_is_valid() {
    with_file(&documented()).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_documented_defaults_are_those_of_each_part() {
    let config = Config::built_in().expect("the defaults are valid");
    let watchlist = config.trade.watchlist.clone();
    assert_eq!(
        config.trade,
        DeskSettings {
            watchlist,
            ..DeskSettings::default()
        }
    );
    assert_eq!(config.signals, Screening::default());
    assert_eq!(config.paper, PaperConfig::default());
    assert_eq!(config.synthetic, SyntheticConfig::default());
}

#[test]
fn every_underlying_of_the_watchlist_is_in_the_synthetic_market() {
    let config = Config::built_in().expect("the defaults are valid");
    for symbol in &config.trade.watchlist {
        let there = config
            .synthetic
            .symbols
            .iter()
            .any(|one| one.symbol == *symbol);
        assert!(there, "{symbol}");
    }
}

#[test]
fn every_key_says_what_it_is() {
    let reference = reference();
    for line in reference.lines().filter(|line| line.starts_with("| `")) {
        let about = line
            .rsplit(" | ")
            .next()
            .unwrap_or_default()
            .trim_end_matches(" |");
        assert!(about.len() > 15 && about.contains('.'), "{line}");
    }
}

#[test]
fn the_committed_reference_is_the_one_that_the_program_makes() {
    let path = root().join("docs/CONFIGURATION.md");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == reference(),
        "run `countersign check-config --reference > docs/CONFIGURATION.md`"
    );
}
