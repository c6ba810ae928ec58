//! Which key it was that made a configuration unreadable.

use serde::Deserialize as _;
use toml::{Table, Value};

use super::{Config, ConfigError, check::must, redact::shown, tree::Tree};

/// The first key that alone makes the defaults unreadable, and why.
pub(super) fn find(tree: &Tree, base: &Table, error: &toml::de::Error) -> ConfigError {
    let keys = tree.origins.iter().map(|(key, _)| key);
    for key in keys.filter(|key| !key.contains('[')) {
        let Some(value) = tree.get(key).filter(|value| !value.is_table()) else {
            continue;
        };
        if let Err(error) = read(base, key, value) {
            return narrowed(tree, base, key, value)
                .unwrap_or_else(|| wrong(tree, key, value, &error));
        }
    }
    ConfigError::Wrong {
        key: "the configuration".to_owned(),
        value: String::new(),
        origin: super::Origin::BuiltIn,
        why: plain(error),
    }
}

/// Reads the defaults with that value in its place.
fn read(base: &Table, key: &str, value: &Value) -> Result<(), toml::de::Error> {
    let mut tried = Tree::of(base.clone());
    tried.set(key, value.clone(), super::Origin::BuiltIn);
    Config::deserialize(Value::Table(tried.table)).map(|_| ())
}

/// The item of a list, and the key in it, that alone makes the list unreadable.
fn narrowed(tree: &Tree, base: &Table, key: &str, value: &Value) -> Option<ConfigError> {
    let items = value.as_array()?;
    for (index, item) in items.iter().enumerate() {
        let alone = Value::Array(vec![item.clone()]);
        let Err(error) = read(base, key, &alone) else {
            continue;
        };
        let path = format!("{key}[{index}]");
        let Some(fields) = item.as_table() else {
            return Some(wrong(tree, &path, item, &error));
        };
        let sample = Tree::of(base.clone());
        let sample = sample.get(key).and_then(|list| list.get(0)).cloned();
        let sample = sample.and_then(|one| one.as_table().cloned());
        for (name, field) in fields {
            let mut tried = sample.clone().unwrap_or_default();
            tried.insert(name.clone(), field.clone());
            let tried = Value::Array(vec![Value::Table(tried)]);
            if let Err(error) = read(base, key, &tried) {
                return Some(wrong(tree, &format!("{path}.{name}"), field, &error));
            }
        }
        return Some(wrong(tree, &path, item, &error));
    }
    None
}

fn wrong(tree: &Tree, key: &str, value: &Value, error: &toml::de::Error) -> ConfigError {
    ConfigError::Wrong {
        key: key.to_owned(),
        value: shown(key, value),
        origin: tree.origins.of(key),
        why: must(key).map_or_else(|| plain(error), |must| format!("it must be {must}")),
    }
}

/// What a reader expected, in plain words.
const PLAIN: [(&str, &str); 11] = [
    ("u16", "a whole number from 0 to 65535"),
    ("u32", "a whole number from 0 to 4294967295"),
    ("u64", "a whole number from 0 to 9223372036854775807"),
    ("f64", "a number, such as 0.5"),
    ("a boolean", "true or false"),
    ("a string", "text in quotes"),
    ("a sequence", "a list, such as [\"SPY\"]"),
    (
        "string or table",
        "one of the words that it knows, in quotes",
    ),
    (
        "a Decimal type representing a fixed-point number",
        "a number in quotes, such as \"0.5\"",
    ),
    ("a borrowed string", "text in quotes"),
    ("struct", "a section of keys"),
];

/// The reason in plain words, on one line.
fn plain(error: &toml::de::Error) -> String {
    let message = error.message().replace('\n', " ");
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("it lacks the key {}", key.replace('`', ""));
    }
    let Some((_, expected)) = message.rsplit_once(", expected ") else {
        return message;
    };
    let known = PLAIN.iter().find(|(said, _)| {
        expected == *said
            || expected
                .strip_prefix(said)
                .is_some_and(|rest| rest.starts_with(' '))
    });
    let must = known.map_or(expected, |(_, words)| words);
    format!("it must be {must}").replace('`', "\"")
}
