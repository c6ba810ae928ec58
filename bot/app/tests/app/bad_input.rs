//! Whatever is typed: an answer, never a panic, and nothing is changed.

use crate::place::{Place, load, with_file};
use countersign_app::config::{Config, DEFAULT};

/// Command lines that make no sense.
const LINES: [&[&str]; 26] = [
    &["nonsense"],
    &["--nonsense"],
    &["--home"],
    &["--home", "", "migrate"],
    &["--config", "", "check-config"],
    &["--config", "missing.toml", "check-config"],
    &["--config", "missing.toml", "doctor"],
    &["--config", "missing.toml", "migrate"],
    &["--set", "x", "check-config"],
    &["--set", "", "migrate"],
    &["sessions"],
    &["sessions", "2026-01-01"],
    &["sessions", "2026-01-01", "2026-01-02", "2026-01-03"],
    &["sessions", "2026-02-30", "2026-03-01"],
    &["sessions", "today", "tomorrow"],
    &["sessions", "2026-W01-1", "2026-12-31"],
    &["sessions", "-9999-01-01", "9999-12-31"],
    &["sessions", "9999-12-31", "9999-12-31"],
    &["sessions", "２０２６-01-01", "2026-01-02"],
    &["audit"],
    &["audit", "verify", "--desk"],
    &["audit", "verify", "--desk", ""],
    &["audit", "check"],
    &["migrate", "now"],
    &["doctor", "--xml"],
    &["check-config", "--set", "web.port=99999999999999999999"],
];

#[test]
fn no_command_line_panics_and_none_of_these_changes_anything() {
    let place = Place::new();
    for line in LINES {
        let ran = place.run(line);
        assert!(matches!(ran.code, Some(1 | 2)), "{line:?}: {ran:?}");
        let words = if line.contains(&"doctor") && ran.code == Some(1) {
            &ran.out
        } else {
            &ran.err
        };
        assert!(!words.is_empty(), "{line:?}");
        assert!(!ran.err.contains("panicked"), "{line:?}: {ran:?}");
        assert!(place.kept().is_empty(), "{line:?} left {:?}", place.kept());
    }
}

#[cfg(unix)]
#[test]
fn arguments_and_variables_that_are_no_utf8_are_refused() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _, process::Command};
    let odd = OsStr::from_bytes(b"\xff\xfe");
    let place = Place::new();
    let binary = env!("CARGO_BIN_EXE_countersign");
    let mut runs = Vec::new();
    let home = place.home();
    runs.push(
        Command::new(binary)
            .arg("--home")
            .arg(&home)
            .args(["check-config", "--set"])
            .arg(odd)
            .output(),
    );
    runs.push(
        Command::new(binary)
            .arg("--home")
            .arg(&home)
            .arg(odd)
            .output(),
    );
    let variable = Command::new(binary)
        .arg("--home")
        .arg(&home)
        .arg("check-config")
        .env("COUNTERSIGN__DESK__NAME", odd)
        .output();
    runs.push(variable);
    for ran in runs {
        let ran = ran.expect("the binary starts");
        let err = String::from_utf8_lossy(&ran.stderr);
        assert!(!ran.status.success() && !err.contains("panicked"), "{err}");
    }
}

/// Values that some key will not like.
const VALUES: [&str; 16] = [
    "-1",
    "0",
    "9223372036854775807",
    "1e308",
    "nan",
    "-inf",
    "true",
    "\"\"",
    "\"x\"",
    "\"\\u0000\"",
    "\"-1\"",
    "\"99999999999999999999999999999999\"",
    "[]",
    "[[[]]]",
    "[{}]",
    "1979-05-27T07:32:00Z",
];

/// Every key that is not in a list, as a dotted path.
fn keys() -> Vec<String> {
    let mut section = String::new();
    let mut keys = Vec::new();
    for line in DEFAULT.lines() {
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut section);
        } else if let Some((key, _)) = line.trim_start_matches('#').split_once(" = ")
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            && !section.starts_with('[')
        {
            keys.push(format!("{section}.{key}"));
        }
    }
    keys
}

#[test]
fn any_value_of_any_key_is_taken_or_refused_by_the_keys_name_on_one_line() {
    let keys = keys();
    assert!(keys.len() > 90, "{}", keys.len());
    let (mut taken, mut refused) = (0, 0);
    for key in keys
        .iter()
        .map(String::as_str)
        .chain(["operators", "synthetic.symbols"])
    {
        for value in VALUES {
            match with_file(&format!("{key} = {value}")) {
                Ok(_) => taken += 1,
                Err(error) => {
                    refused += 1;
                    let sentence = error.to_string();
                    let section = key.rsplit_once('.').map_or(key, |(section, _)| section);
                    assert_eq!(sentence.lines().count(), 1, "{sentence}");
                    assert!(sentence.contains(section), "{key} = {value}: {sentence}");
                    assert!(
                        sentence.contains("desk.toml, line 1") || sentence.contains("built in"),
                        "{sentence}"
                    );
                }
            }
        }
    }
    assert!(
        taken > 50 && refused > 1_000,
        "{taken} taken, {refused} refused"
    );
}

#[test]
fn any_text_for_any_key_from_the_environment_is_taken_or_refused() {
    for key in keys() {
        for text in [
            "",
            " ",
            "x",
            "-1",
            "1e9",
            "[",
            "[[",
            "{",
            "\n[web]\nport = 1",
            "\u{202e}",
            "null",
        ] {
            let setting = format!("{key}={text}");
            if let Err(error) = load(None, &[], &[&setting]) {
                assert_eq!(error.to_string().lines().count(), 1, "{setting:?}: {error}");
            }
        }
    }
}

#[test]
fn broken_toml_of_many_kinds_is_refused_on_one_line() {
    let deep = format!("a = {}", "[".repeat(5_000));
    let nested = format!("a{} = 1", ".a".repeat(5_000));
    for text in [
        "\u{feff}= 1",
        "=",
        "[",
        "]",
        "[[",
        "a",
        "a =",
        "a = 'x",
        "a = \"\"\"",
        "[a]\n[a]",
        "a = 1\na = 2",
        "\u{0}",
        "a = 0x",
        "a = 99999999999999999999",
        "a.b = 1\na = 2",
        "[[a]]\n[a]",
        deep.as_str(),
        nested.as_str(),
    ] {
        let error = with_file(text).expect_err(&text[..text.len().min(20)]);
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }
}

#[test]
fn the_defaults_survive_being_laid_over_themselves() {
    let loaded = with_file(DEFAULT).expect("valid");
    assert_eq!(loaded.config, Config::built_in().expect("valid"));
}
