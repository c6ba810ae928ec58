//! The configuration as it counts, for people to read.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::{DEFAULT, Loaded, Origin, redacted, reference::sections, schema::join};

impl Loaded {
    /// Every key with its value, one `key = value` line each, in the order of the reference; behind
    /// what is not as built in stands where it comes from. It is TOML again, but for passwords,
    /// which are hidden.
    pub fn effective(&self) -> String {
        let mut shown = self.config.clone();
        shown.store.url = redacted(&shown.store.url);
        let values = Table::try_from(&shown).unwrap_or_default();
        let mut text = String::new();
        for section in sections(DEFAULT).1 {
            if section.list {
                self.line(&mut text, &section.path, &values);
                continue;
            }
            for key in &section.keys {
                self.line(&mut text, &join(&section.path, &key.name), &values);
            }
        }
        text
    }

    /// How many keys are not as built in.
    pub fn changed(&self) -> usize {
        let changed = self.tree.origins.iter().filter(|(key, origin)| {
            let table = self.tree.get(key).is_some_and(Value::is_table);
            **origin != Origin::BuiltIn && !table && !key.contains('[')
        });
        changed.count()
    }

    fn line(&self, text: &mut String, key: &str, values: &Table) {
        let mut parts = key.split('.');
        let first = parts.next().and_then(|part| values.get(part));
        let value = parts.fold(first, |value, part| value?.get(part));
        let Some(value) = value else {
            return;
        };
        // Writing to a string does not fail.
        let _ = write!(text, "{key} = {}", value.to_string().replace('\n', " "));
        let origin = self.origin(key);
        if origin != Origin::BuiltIn {
            let _ = write!(text, "  # {}", origin.to_string().escape_debug());
        }
        text.push('\n');
    }
}
