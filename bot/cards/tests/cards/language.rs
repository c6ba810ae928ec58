//! The language files: every key that the code names exists, and every key of a file is named.

use std::{collections::BTreeSet, fs, path::Path};

use countersign_cards::Locale;

/// Folders whose sources may name keys: every sentence for people is in this crate's files.
const SOURCES: [&str; 3] = ["src", "../web/src", "../app/src"];

/// Every file of messages.
fn files() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let mut found = Vec::new();
    collect(&folder, "ftl", &mut found);
    assert!(!found.is_empty(), "no file in {}", folder.display());
    found
}

/// The keys of all files, repeats included.
fn keys() -> Vec<String> {
    let message = |line: &str| {
        let (key, _) = line.split_once(" =")?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (!key.is_empty() && key.chars().all(plain)).then(|| key.to_owned())
    };
    files()
        .iter()
        .flat_map(|file| file.lines().filter_map(message).collect::<Vec<_>>())
        .collect()
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a folder entry").path();
        if path.is_dir() {
            collect(&path, extension, found);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(fs::read_to_string(&path).expect("a text file"));
        }
    }
}

/// Every string literal of one source.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split('"').skip(1).step_by(2))
}

fn read(folders: &[&str]) -> Vec<String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        collect(&here.join(folder), "rs", &mut found);
    }
    found
}

#[test]
fn every_key_of_the_file_is_used_by_the_code() {
    let sources = read(&SOURCES);
    let used: BTreeSet<&str> = sources.iter().flat_map(|source| literals(source)).collect();
    let idle: Vec<String> = keys()
        .into_iter()
        .filter(|key| !used.contains(key.as_str()))
        .collect();
    assert!(idle.is_empty(), "nothing says: {idle:?}");
}

#[test]
fn every_key_that_this_crate_names_exists() {
    let known: BTreeSet<String> = keys().into_iter().collect();
    let sources = read(&["src"]);
    // A key is lower-case words with dashes; the verbs of buttons look alike and are no keys.
    let verbs = ["exit-plan"];
    let named = sources
        .iter()
        .flat_map(|source| literals(source))
        .filter(|literal| {
            let words: Vec<&str> = literal.split('-').collect();
            let plain = |word: &&str| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            words.len() > 1 && words.iter().all(plain)
        });
    let missing: Vec<&str> = named
        .filter(|key| !known.contains(*key) && !verbs.contains(key))
        .collect();
    assert!(missing.is_empty(), "no message for: {missing:?}");
}

/// The first string literal after each call that takes a key.
fn keys_asked_for(source: &str) -> Vec<&str> {
    let after = |call: &'static str| source.split(call).skip(1);
    after("say!(")
        .chain(after(".say("))
        .filter_map(|rest| {
            let (before, rest) = rest.split_once('"')?;
            // The key is the first or second thing in the call, never behind its end.
            (!before.contains([')', ';']))
                .then(|| rest.split('"').next())
                .flatten()
        })
        .collect()
}

#[test]
fn every_key_that_a_surface_asks_for_exists() {
    let known: BTreeSet<String> = keys().into_iter().collect();
    let sources = read(&SOURCES);
    let asked = sources.iter().flat_map(|source| keys_asked_for(source));
    let missing: Vec<&str> = asked.filter(|key| !known.contains(*key)).collect();
    assert!(missing.is_empty(), "no message for: {missing:?}");
    let example = keys_asked_for("say!(\n locale,\n \"a-key\", x = \"y\") locale.say(\"b-key\")");
    assert_eq!(example, ["a-key", "b-key"]);
}

#[test]
fn no_key_stands_twice_and_none_is_unreadable() {
    let keys = keys();
    let once: BTreeSet<&String> = keys.iter().collect();
    assert_eq!(once.len(), keys.len(), "a key stands twice");
    for file in files() {
        let faults = fluent_bundle::FluentResource::try_new(file)
            .err()
            .map(|(_, faults)| faults);
        assert_eq!(faults, None);
    }
}

#[test]
fn no_message_has_an_exclamation_mark_or_a_hyphen_for_a_minus() {
    let files = files();
    let lines = files.iter().flat_map(|file| file.lines());
    for line in lines.filter(|line| !line.starts_with('#')) {
        assert!(!line.contains('!'), "{line}");
        assert!(
            !line.replace("->", "").contains(" -"),
            "a hyphen for a minus or a dash: {line}"
        );
    }
}

#[test]
fn one_locale_serves_every_thread() {
    fn shared<T: Send + Sync>(_: &T) {}
    let english = Locale::english();
    shared(&english);
    assert_eq!(english.say("button-confirm"), "Confirm");
    assert!(format!("{english:?}").contains("en-US"));
}
