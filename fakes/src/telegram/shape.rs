//! Whether a value is what the specification says: the one check behind every parameter of every
//! method, and behind everything that the fake itself answers and delivers.

use serde_json::Value;

use super::spec::{Field, Kind, Shape, Spec};

/// Checks that a value is of one of these kinds; `path` says where it stands.
///
/// # Errors
/// Says in words what is wrong, and where.
pub(crate) fn check(spec: &Spec, kinds: &[Kind], value: &Value, path: &str) -> Result<(), String> {
    let mut wrong = Vec::new();
    for kind in kinds {
        match check_one(spec, kind, value, path) {
            Ok(()) => return Ok(()),
            Err(what) => wrong.push((likeness(spec, kind, value), what)),
        }
    }
    // What the value looks most like is what its sender meant; the first of several.
    let meant = wrong
        .into_iter()
        .rev()
        .max_by_key(|(likeness, _)| *likeness);
    Err(meant.map_or_else(|| format!("{path} can be nothing"), |(_, what)| what))
}

fn check_one(spec: &Spec, kind: &Kind, value: &Value, path: &str) -> Result<(), String> {
    let fits = match kind {
        Kind::Integer => value.is_i64(),
        Kind::Float => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Text | Kind::File => value.is_string(),
        Kind::List(item) => return check_list(spec, item, value, path),
        Kind::Named(name) => return check_named(spec, name, value, path),
    };
    let told = || format!("{path} must be {}", name_of(kind));
    fits.then_some(()).ok_or_else(told)
}

fn check_list(spec: &Spec, item: &Kind, value: &Value, path: &str) -> Result<(), String> {
    let list = value
        .as_array()
        .ok_or_else(|| format!("{path} must be an Array"))?;
    for (at, value) in list.iter().enumerate() {
        check_one(spec, item, value, &format!("{path}[{at}]"))?;
    }
    Ok(())
}

fn check_named(spec: &Spec, name: &str, value: &Value, path: &str) -> Result<(), String> {
    match spec.shape(name) {
        None => Err(format!("{path}: the specification has no type {name}")),
        Some(Shape::OneOf(types)) => {
            let kinds: Vec<Kind> = types.iter().cloned().map(Kind::Named).collect();
            check(spec, &kinds, value, path)
        }
        Some(Shape::Fields(fields)) => check_fields(spec, (name, fields), value, path),
    }
}

fn check_fields(
    spec: &Spec,
    (name, fields): (&str, &[Field]),
    value: &Value,
    path: &str,
) -> Result<(), String> {
    let object = value
        .as_object()
        .ok_or_else(|| format!("{path} must be {name}"))?;
    let known = |key: &String| fields.iter().any(|field| field.name == *key);
    if let Some(key) = object.keys().find(|key| !known(key)) {
        return Err(format!("{path}.{key}: {name} has no such field"));
    }
    for field in fields {
        let path = format!("{path}.{}", field.name);
        match object.get(&field.name) {
            None if field.required => return Err(format!("{path} is required")),
            None => {}
            Some(value) => {
                check(spec, &field.kinds, value, &path)?;
                if let Some(word) = field.always.as_ref().filter(|it| value != it.as_str()) {
                    return Err(format!("{path} must be {word}"));
                }
            }
        }
    }
    Ok(())
}

/// How much a value looks like a kind: 2 when its distinguishing word is right, 1 when its required
/// fields are there, else 0.
fn likeness(spec: &Spec, kind: &Kind, value: &Value) -> u8 {
    let Kind::Named(name) = kind else {
        return 0;
    };
    let fields = spec.fields(name);
    let word = fields
        .iter()
        .find_map(|it| Some((&it.name, it.always.as_ref()?)));
    if let Some((key, word)) = word {
        return if value[key] == word.as_str() { 2 } else { 0 };
    }
    let mut required = fields.iter().filter(|it| it.required).peekable();
    let there = required.peek().is_some() && required.all(|it| value.get(&it.name).is_some());
    u8::from(there)
}

fn name_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer => "an Integer",
        Kind::Float => "a Float",
        Kind::Boolean => "a Boolean",
        Kind::Text => "a String",
        Kind::File => "an uploaded file, an address or a file_id",
        Kind::List(_) => "an Array",
        Kind::Named(_) => "an Object",
    }
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
