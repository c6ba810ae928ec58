//! Which keys there are: what `default.toml` holds, with the optional keys that it shows as
//! `#key = value`.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::DEFAULT;

/// What stands at a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Known {
    /// A table of more keys.
    Section,
    /// A list of tables; their keys stand under `path[]`.
    List,
    /// A value, and one that would do.
    Value(Value),
}

/// Every known key by dotted path; those of tables in lists under `path[]`.
#[derive(Clone, Debug)]
pub(super) struct Schema(BTreeMap<String, Known>);

impl Schema {
    /// The keys of `default.toml`.
    pub(super) fn built_in() -> Result<Self, toml::de::Error> {
        let mut known = BTreeMap::new();
        let sample: Table = toml::from_str(&with_optional(DEFAULT))?;
        insert_all(&mut known, "", &sample);
        Ok(Self(known))
    }

    /// What stands at a path; indices as `[]`.
    pub(super) fn get(&self, path: &str) -> Option<&Known> {
        self.0.get(path)
    }

    /// Every key that takes a value and is not inside a list.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, &Known)> {
        let whole =
            |(path, known): &(&String, &Known)| !path.contains('[') && **known != Known::Section;
        let all = self.0.iter().filter(whole);
        all.map(|(path, known)| (path.as_str(), known))
    }

    /// The known key that is spelt most like `path`, if any is.
    pub(super) fn nearest(&self, path: &str) -> Option<&str> {
        let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
        let name = last(path);
        let likeness = |known: &str| {
            let whole = strsim::normalized_damerau_levenshtein(known, path);
            // A key in the wrong section is found by its name.
            let alone = strsim::normalized_damerau_levenshtein(&last(known), &name);
            whole.max(alone * 0.9 + whole * 0.1)
        };
        let scored = self.0.keys().map(|known| (likeness(known), known.as_str()));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
        best.filter(|(score, _)| *score >= 0.6)
            .map(|(_, known)| known)
    }
}

/// The text with its optional keys switched on.
pub(super) fn with_optional(text: &str) -> String {
    let lines = text.lines().map(|line| optional(line).unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// `key = value` out of `#key = value`; `None` of every other line, comments in words among them.
pub(super) fn optional(line: &str) -> Option<&str> {
    let key = line.strip_prefix('#')?;
    key.starts_with(|first: char| first.is_ascii_lowercase())
        .then_some(key)
}

fn insert_all(known: &mut BTreeMap<String, Known>, at: &str, table: &Table) {
    for (key, value) in table {
        let path = join(at, key);
        match value {
            Value::Table(inner) => {
                known.insert(path.clone(), Known::Section);
                insert_all(known, &path, inner);
            }
            Value::Array(items) if items.iter().any(Value::is_table) => {
                known.insert(path.clone(), Known::List);
                for item in items.iter().filter_map(Value::as_table) {
                    insert_all(known, &format!("{path}[]"), item);
                }
            }
            other => {
                known.insert(path, Known::Value(other.clone()));
            }
        }
    }
}

/// The path of `key` in the table at `path`.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

impl Schema {
    /// A key of a section, as an example.
    pub(super) fn under(&self, section: &str) -> Option<&str> {
        let start = format!("{section}.");
        let mut keys = self.keys().map(|(key, _)| key);
        keys.find(|key| key.starts_with(&start))
    }
}
