//! Settings from text: variables of the environment and `--set` on the command line.

use std::{
    ffi::{OsStr, OsString},
    num::IntErrorKind,
};

use toml::Value;

use super::{
    ConfigError, Origin,
    check::must,
    mode::REAL_MONEY,
    redact::shown,
    schema::{Known, Schema},
    secrets,
    tree::Tree,
};

/// Every variable of ours begins like this.
const OURS: &str = "COUNTERSIGN_";
/// A key: `COUNTERSIGN__LIMITS__DAILY_LOSS` is `limits.daily_loss`.
const KEY: &str = "COUNTERSIGN__";
/// Where the database is, password and all.
pub(super) const STORE_URL: &str = "COUNTERSIGN_STORE_URL";
/// The long way to say the same.
const STORE_URL_KEY: &str = "COUNTERSIGN__STORE__URL";
/// Variables that are no settings: read elsewhere.
const OTHERS: [&str; 9] = [
    "COUNTERSIGN_CONFIG",
    "COUNTERSIGN_HOME",
    STORE_URL,
    REAL_MONEY,
    secrets::TELEGRAM,
    secrets::DISCORD,
    secrets::NEWSAPI,
    secrets::ALPACA_ID,
    secrets::ALPACA_SECRET,
];
/// For our own tests.
const TESTS: &str = "COUNTERSIGN_TEST_";

/// Lays the variables over the settings. Variables that are not ours are not looked at; one of ours
/// that nobody knows is refused, since a misspelt one would be missed silently.
///
/// # Errors
///
/// [`ConfigError`] for the first one, by name.
pub(super) fn lay(
    tree: &mut Tree,
    variables: &[(OsString, OsString)],
    schema: &Schema,
) -> Result<(), ConfigError> {
    let mut ours = Vec::new();
    for (name, value) in variables {
        let name = name.to_string_lossy();
        if name.starts_with(OURS) && !name.starts_with(TESTS) {
            ours.push((name.into_owned(), value));
        }
    }
    ours.sort();
    let has = |wanted: &str| ours.iter().any(|(name, _)| name == wanted);
    if has(STORE_URL) && has(STORE_URL_KEY) {
        let (one, other) = (STORE_URL, STORE_URL_KEY);
        return Err(ConfigError::Twice { one, other });
    }
    for (name, value) in ours {
        let origin = Origin::Environment(name.clone());
        if name == STORE_URL {
            set(tree, ("store.url", value), origin, schema)?;
        } else if let Some(path) = name.strip_prefix(KEY) {
            let key = path.to_ascii_lowercase().replace("__", ".");
            set(tree, (&key, value), origin, schema).map_err(|error| spelt(error, &name))?;
        } else if !OTHERS.contains(&name.as_str()) {
            return Err(stranger(name, schema));
        }
    }
    Ok(())
}

/// Lays `KEY=VALUE` of the command line over the settings.
///
/// # Errors
///
/// [`ConfigError`].
pub(super) fn lay_one(tree: &mut Tree, setting: &str, schema: &Schema) -> Result<(), ConfigError> {
    let wrong = |why: &str| ConfigError::Wrong {
        key: "--set".to_owned(),
        value: format!("{setting:?}"),
        origin: Origin::CommandLine,
        why: format!("{why}write it like --set limits.daily_loss=500"),
    };
    let (key, value) = setting.split_once('=').ok_or_else(|| wrong(""))?;
    let (key, value) = (key.trim(), OsStr::new(value));
    if key.is_empty() {
        return Err(wrong("the key before the = is missing; "));
    }
    set(tree, (key, value), Origin::CommandLine, schema)
}

fn set(
    tree: &mut Tree,
    (key, text): (&str, &OsStr),
    origin: Origin,
    schema: &Schema,
) -> Result<(), ConfigError> {
    let wrong = |why: &str| ConfigError::Wrong {
        key: key.to_owned(),
        value: shown(key, &Value::String(text.to_string_lossy().into_owned())),
        origin: origin.clone(),
        why: why.to_owned(),
    };
    let known = schema.get(key).filter(|_| !key.contains('['));
    let Some(known) = known else {
        return Err(ConfigError::Unknown {
            key: key.escape_debug().to_string(),
            origin,
            nearest: schema.nearest(key).map(str::to_owned),
        });
    };
    let Some(plain) = text.to_str() else {
        return Err(wrong("it must be valid UTF-8"));
    };
    let value = match known {
        Known::Section => {
            let example = schema.under(key).unwrap_or_default();
            return Err(wrong(&format!(
                "it is a section of keys, such as {example}"
            )));
        }
        Known::List => list(plain),
        Known::Value(sample) => read(plain, sample),
    };
    let value =
        value.map_err(|kind| wrong(&format!("it must be {}", must(key).unwrap_or(kind))))?;
    if let (Known::List, Value::Array(items)) = (known, &value) {
        let mut alone = Tree::of(toml::Table::new());
        alone.set(key, Value::Array(items.clone()), origin.clone());
        alone.check(schema)?;
    }
    tree.set(key, value, origin);
    Ok(())
}

/// A value of the sample's kind, or what it must be. Nothing is trimmed: an odd value is refused.
fn read(text: &str, sample: &Value) -> Result<Value, &'static str> {
    match sample {
        Value::Integer(_) => {
            let number = text.parse::<i64>().map_err(|error| match error.kind() {
                IntErrorKind::PosOverflow => "a smaller whole number",
                IntErrorKind::NegOverflow => "a larger whole number",
                _ => "a whole number",
            });
            Ok(Value::Integer(number?))
        }
        Value::Float(_) => {
            let number = text.parse().map_err(|_| "a number, such as 0.5")?;
            Ok(Value::Float(number))
        }
        Value::Boolean(_) => match text {
            "true" => Ok(Value::Boolean(true)),
            "false" => Ok(Value::Boolean(false)),
            _ => Err("true or false"),
        },
        Value::Array(_) if text.starts_with('[') => list(text),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim);
            let items = items.filter(|item| !item.is_empty());
            let items = items.map(|item| Value::String(item.to_owned()));
            Ok(Value::Array(items.collect()))
        }
        Value::String(_) | Value::Datetime(_) | Value::Table(_) => {
            Ok(Value::String(text.to_owned()))
        }
    }
}

fn list(text: &str) -> Result<Value, &'static str> {
    match text.parse() {
        Ok(Value::Array(items)) => Ok(Value::Array(items)),
        _ => Err("a list as TOML writes it, such as [{ name = \"ana\" }]"),
    }
}

/// The error in the spelling of the environment.
fn spelt(error: ConfigError, name: &str) -> ConfigError {
    match error {
        ConfigError::Unknown {
            nearest, origin, ..
        } => ConfigError::Unknown {
            key: name.escape_debug().to_string(),
            origin,
            nearest: nearest.map(|key| variable(&key)),
        },
        other => other,
    }
}

/// The variable of a key.
fn variable(key: &str) -> String {
    format!("{KEY}{}", key.to_ascii_uppercase().replace('.', "__"))
}

/// A variable of ours that is none: mostly a key with one underscore where two belong.
fn stranger(name: String, schema: &Schema) -> ConfigError {
    let rest = name.strip_prefix(OURS).unwrap_or_default();
    let key = rest.to_ascii_lowercase().replace('_', ".");
    let key = schema.nearest(&key).filter(|key| !key.contains('['));
    let known = OTHERS.map(str::to_owned);
    let likeness = |other: &String| {
        let plain = other.replace("__", "_");
        strsim::normalized_damerau_levenshtein(&plain, &name)
    };
    let candidates = key.map(variable).into_iter().chain(known);
    let nearest = candidates.max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    ConfigError::Unknown {
        key: name.escape_debug().to_string(),
        nearest,
        origin: Origin::Environment(name),
    }
}
