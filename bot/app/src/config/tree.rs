//! Laying one document over another, remembering where each key comes from.

use toml::{
    Spanned, Table, Value,
    de::{DeTable, DeValue},
};

use super::{
    ConfigError, Origin,
    origin::Origins,
    schema::{Known, Schema, join},
};

/// The settings as laid so far. Has no `Debug`: they may hold a password.
#[derive(Clone)]
pub(super) struct Tree {
    pub(super) table: Table,
    pub(super) origins: Origins,
}

impl Tree {
    /// The built-in settings.
    pub(super) fn of(table: Table) -> Self {
        Self {
            table,
            origins: Origins::default(),
        }
    }

    /// Lays a text over it; `at` gives a line of the text its origin.
    ///
    /// # Errors
    ///
    /// [`ConfigError`]; what was laid is then of no use.
    pub(super) fn lay(
        &mut self,
        text: &str,
        schema: &Schema,
        at: impl Fn(usize) -> Origin,
    ) -> Result<(), ConfigError> {
        let line = |offset: usize| {
            let before = text.bytes().take(offset);
            at(1 + before.filter(|byte| *byte == b'\n').count())
        };
        let wrong = |error: &toml::de::Error| ConfigError::Syntax {
            place: line(error.span().map_or(0, |span| span.start)),
            why: said(error),
        };
        let spanned = DeTable::parse(text).map_err(|error| wrong(&error))?;
        let table: Table = toml::from_str(text).map_err(|error| wrong(&error))?;
        let mut origins = Origins::default();
        note(&mut origins, "", spanned.get_ref(), &line);
        let laid = Self { table, origins };
        laid.check(schema)?;
        self.merge("", &laid);
        Ok(())
    }

    /// Sets one key.
    pub(super) fn set(&mut self, key: &str, value: Value, origin: Origin) {
        let mut table = Table::new();
        put(&mut table, key, value);
        let mut origins = Origins::default();
        origins.put(key.to_owned(), origin);
        self.merge("", &Self { table, origins });
    }

    /// The value at a path such as `operators[1].name`.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        let plain = key.replace('[', ".").replace(']', "");
        let mut parts = plain.split('.');
        let first = self.table.get(parts.next()?)?;
        parts.try_fold(first, |value, part| match value {
            Value::Array(items) => items.get(part.parse::<usize>().ok()?),
            other => other.get(part),
        })
    }

    fn merge(&mut self, at: &str, over: &Self) {
        let Self { table, origins } = self;
        merge(table, origins, at, (&over.table, &over.origins));
    }

    /// Refuses keys that are not known, and tables where values belong.
    pub(super) fn check(&self, schema: &Schema) -> Result<(), ConfigError> {
        self.check_table(schema, ("", ""), &self.table)
    }

    /// `at` is the path as known and as shown: `operators[].name`, `operators[1].name`.
    fn check_table(
        &self,
        schema: &Schema,
        at: (&str, &str),
        table: &Table,
    ) -> Result<(), ConfigError> {
        table.iter().try_for_each(|(key, value)| {
            let (path, shown) = (join(at.0, key), join(at.1, key));
            match (schema.get(&path), value) {
                (None, _) => Err(self.unknown(schema, &path, &shown)),
                (Some(Known::Section), Value::Table(inner)) => {
                    self.check_table(schema, (&path, &shown), inner)
                }
                (Some(Known::List), Value::Array(items)) => {
                    let mut tables = items.iter().enumerate();
                    tables.try_for_each(|(index, item)| match item {
                        Value::Table(inner) => {
                            let shown = format!("{shown}[{index}]");
                            self.check_table(schema, (&format!("{path}[]"), &shown), inner)
                        }
                        _ => Ok(()),
                    })
                }
                (Some(Known::Section), other) => {
                    let why = "it is a section of keys, such as";
                    let example = schema.under(&path).unwrap_or_default();
                    Err(self.wrong(shown, other, format!("{why} {example}")))
                }
                (Some(_), Value::Table(_)) => {
                    let why = "it takes a value, not a section of keys".to_owned();
                    Err(self.wrong(shown, value, why))
                }
                (Some(_), _) => Ok(()),
            }
        })
    }

    fn unknown(&self, schema: &Schema, path: &str, shown: &str) -> ConfigError {
        ConfigError::Unknown {
            key: shown.escape_debug().to_string(),
            origin: self.origins.of(shown),
            nearest: schema.nearest(path).map(str::to_owned),
        }
    }

    fn wrong(&self, key: String, value: &Value, why: String) -> ConfigError {
        ConfigError::Wrong {
            origin: self.origins.of(&key),
            value: super::redact::shown(&key, value),
            key,
            why,
        }
    }
}

/// What a reader of TOML says, on one line. A number that is larger than it holds it calls one of
/// another type.
fn said(error: &toml::de::Error) -> String {
    let message = error.message().replace('\n', " ");
    if message.starts_with("invalid type: integer") {
        return format!(
            "a whole number is too large or too small (TOML holds {} to {})",
            i64::MIN,
            i64::MAX
        );
    }
    message
}

/// Lays tables over tables; everything else takes the place of what was there.
fn merge(under: &mut Table, origins: &mut Origins, at: &str, over: (&Table, &Origins)) {
    for (key, value) in over.0 {
        let path = join(at, key);
        if let (Some(Value::Table(inner)), Value::Table(laid)) = (under.get_mut(key), value) {
            merge(inner, origins, &path, (laid, over.1));
        } else {
            under.insert(key.clone(), value.clone());
            origins.replace(&path, over.1);
        }
    }
}

fn put(table: &mut Table, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            table.insert(key.to_owned(), value);
        }
        Some((section, rest)) => {
            let mut inner = Table::new();
            put(&mut inner, rest, value);
            table.insert(section.to_owned(), Value::Table(inner));
        }
    }
}

/// Notes the line of every key.
fn note(origins: &mut Origins, at: &str, table: &DeTable<'_>, line: &impl Fn(usize) -> Origin) {
    for (key, value) in table {
        let path = join(at, key.get_ref());
        origins.put(path.clone(), line(key.span().start));
        note_value(origins, &path, value, line);
    }
}

fn note_value(
    origins: &mut Origins,
    path: &str,
    value: &Spanned<DeValue<'_>>,
    line: &impl Fn(usize) -> Origin,
) {
    match value.get_ref() {
        DeValue::Table(inner) => note(origins, path, inner, line),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}[{index}]");
                origins.put(path.clone(), line(item.span().start));
                note_value(origins, &path, item, line);
            }
        }
        _ => {}
    }
}
