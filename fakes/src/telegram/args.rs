//! The parameters of one call, checked against the specification.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::body::{Carried, Raw, Upload};
use super::refusal::Refusal;
use super::shape;
use super::spec::{Field, Kind, Method, Spec};

/// Parameters that are what the specification says.
#[derive(Clone, Debug)]
pub(crate) struct Args {
    /// The method's name as the specification spells it.
    pub(crate) method: String,
    values: Map<String, Value>,
    files: BTreeMap<String, Upload>,
}

impl Args {
    /// Checks what a request carries.
    ///
    /// # Errors
    /// The first unknown, missing or wrongly typed parameter is refused.
    pub(crate) fn check(spec: &Spec, method: &Method, carried: Carried) -> Result<Self, Refusal> {
        let mut values = Map::new();
        for (name, raw) in carried.values {
            let field = method.fields.iter().find(|it| it.name == name);
            let field = field.ok_or_else(|| {
                Refusal::wrong(format!("{} has no parameter \"{name}\"", method.name))
            })?;
            let value = value_of(field, raw)?;
            shape::check(spec, &field.kinds, &value, &name).map_err(Refusal::wrong)?;
            values.insert(name, value);
        }
        let mut files = carried.files;
        for field in method.fields.iter().filter(|it| takes_file(it)) {
            // A part that bears the parameter's name is the parameter.
            if files.contains_key(&field.name) {
                let here = Value::String(format!("attach://{}", field.name));
                values.entry(field.name.clone()).or_insert(here);
            }
        }
        let texts = values.values().map(Value::to_string).collect::<String>();
        if let Some(name) = files
            .keys()
            .find(|it| !texts.contains(&format!("attach://{it}")))
        {
            let what = format!("the uploaded file \"{name}\" belongs to no parameter");
            return Err(Refusal::wrong(what));
        }
        if let Some(field) = missing(method, &values) {
            return Err(Refusal::wrong(said_when_missing(&field.name)));
        }
        files.retain(|_, it| !it.bytes.is_empty());
        Ok(Self {
            method: method.name.clone(),
            values,
            files,
        })
    }

    /// The parameter, where it was given.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// A text parameter.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// A whole number.
    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    /// A switch that is off unless given.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The uploaded file that a text such as `attach://chart` means.
    pub(crate) fn upload(&self, meant: &str) -> Option<&Upload> {
        self.files.get(meant.strip_prefix("attach://")?)
    }
}

fn takes_file(field: &Field) -> bool {
    field.kinds.contains(&Kind::File)
}

fn missing<'a>(method: &'a Method, values: &Map<String, Value>) -> Option<&'a Field> {
    let mut required = method.fields.iter().filter(|it| it.required);
    required.find(|it| !values.contains_key(&it.name))
}

fn said_when_missing(name: &str) -> String {
    match name {
        "chat_id" => "chat_id is empty".to_owned(),
        "text" => "message text is empty".to_owned(),
        "photo" => "there is no photo in the request".to_owned(),
        "document" => "there is no document in the request".to_owned(),
        "message_id" => "message identifier is not specified".to_owned(),
        _ => format!("parameter \"{name}\" is required"),
    }
}

/// Makes a parameter what the specification says that it is: the platform takes every one as text too.
fn value_of(field: &Field, raw: Raw) -> Result<Value, Refusal> {
    let has = |kind: &Kind| field.kinds.contains(kind);
    let text = match raw {
        Raw::Json(Value::String(text)) => text,
        Raw::Json(value) => return Ok(value),
        Raw::Text(text) => text,
    };
    if let (true, Ok(number)) = (has(&Kind::Integer), text.parse::<i64>()) {
        return Ok(number.into());
    }
    if has(&Kind::Text) || has(&Kind::File) {
        return Ok(Value::String(text));
    }
    if has(&Kind::Boolean) {
        return match text.to_lowercase().as_str() {
            "true" | "1" | "yes" => Ok(Value::Bool(true)),
            "false" | "0" | "no" => Ok(Value::Bool(false)),
            _ => Err(Refusal::wrong(format!("{} must be a Boolean", field.name))),
        };
    }
    let what = field.name.replace('_', " ");
    serde_json::from_str(&text)
        .map_err(|_| Refusal::wrong(format!("can't parse {what} JSON object")))
}
