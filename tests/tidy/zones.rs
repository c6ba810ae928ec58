//! Every time has its zone: nothing is decided by a civil time alone, or by the zone of the host.

use crate::assert_tidy;
use crate::rust::{parse_shipped, paths};
use crate::tree::{Text, findings_in_sources};
use std::collections::BTreeSet;

/// Where people write a time without its zone; each of them reads it as New York's at once.
const WRITTEN: [&str; 2] = ["bot/app/src/config/mod.rs", "bot/web/src/acts/fields.rs"];

fn check(source: &Text) -> Vec<String> {
    if source.is_test() {
        return Vec::new();
    }
    let complaint = |path: &[String]| {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["chrono", ..] => Some("times are `jiff`'s"),
            [.., "TimeZone", "system" | "try_system"] => {
                Some("the zone of the host decides nothing: take New York's")
            }
            [.., "DateTime"] if !WRITTEN.contains(&source.path.as_str()) => {
                Some("a time without its zone is no time: take a `Timestamp`")
            }
            _ => None,
        }
    };
    let named = paths(&parse_shipped(source)).into_iter();
    let told = |(path, line): (Vec<String>, usize)| {
        let complaint = complaint(&path)?;
        Some(format!("{}:{line}: {complaint}", source.path))
    };
    // A name in a `use` is met twice: alone, and spelled out.
    let found: BTreeSet<String> = named.filter_map(told).collect();
    found.into_iter().collect()
}

// R46
#[test]
fn no_time_is_without_its_zone_and_none_is_in_the_hosts() {
    assert_tidy(&findings_in_sources(check));
}

#[test]
fn a_time_without_a_zone_and_the_hosts_zone_are_found() {
    let found = |path: &str, text: &str| check(&Text::new(path, text)).len();
    for text in [
        "use jiff::civil::DateTime;",
        "fn a() { let _ = jiff::tz::TimeZone::system(); }",
        "use chrono::Utc;",
    ] {
        assert_eq!(found("engine/desk/src/a.rs", text), 1, "{text}");
    }
    let written = "use jiff::{Timestamp, civil::DateTime};";
    assert_eq!(found(WRITTEN[0], written), 0);
    assert_eq!(found("engine/desk/src/a.rs", written), 1);
    let zoned = "fn a() { let _ = jiff::tz::TimeZone::get(\"America/New_York\"); }";
    assert_eq!(found("engine/desk/src/a.rs", zoned), 0);
}
