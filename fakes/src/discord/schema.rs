//! A validator of JSON against the schemas of the platform's document: the keywords that it uses.

use serde_json::Value;

use super::refusal::Fault;
use super::spec::Spec;

/// Fields that hold a bit set of permissions: the document says integer, the platform's pages and
/// libraries write a string of digits.
const WRITTEN_AS_DIGITS: [&str; 3] = ["default_member_permissions", "allow", "deny"];

/// How strictly an object's names are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// A name that the schema lacks is a fault.
    Known,
    /// Other names may stand beside.
    Any,
}

/// Checks `value` and gathers what is wrong with it.
pub(crate) fn check(spec: &Spec, schema: &Value, value: &Value, names: Names) -> Vec<Fault> {
    let mut checker = Checker {
        spec,
        path: Vec::new(),
        faults: Vec::new(),
    };
    checker.check(schema, value, names);
    checker.faults
}

struct Checker<'a> {
    spec: &'a Spec,
    path: Vec<String>,
    faults: Vec<Fault>,
}

impl<'a> Checker<'a> {
    fn fault(&mut self, code: &'static str, message: String) {
        self.faults.push(Fault {
            path: self.path.clone(),
            code,
            message,
        });
    }

    fn check(&mut self, schema: &'a Value, value: &Value, names: Names) {
        let schema = self.resolve(schema);
        if !self.fits_type(schema, value) {
            let (code, message) = wrong_type(schema, value);
            return self.fault(code, message);
        }
        if value.is_null() && schema.get("type").is_some() {
            return;
        }
        self.check_choices(schema, value);
        for inner in parts(schema, "allOf") {
            self.check(inner, value, Names::Any);
        }
        for union in ["oneOf", "anyOf"] {
            let branches: Vec<&'a Value> = parts(schema, union).collect();
            if !branches.is_empty() {
                self.check_union(&branches, value, names);
            }
        }
        match value {
            Value::String(text) => self.check_text(schema, text, names),
            Value::Number(_) => self.check_number(schema, value),
            Value::Array(items) => self.check_list(schema, items, names),
            Value::Object(_) => self.check_object(schema, value, names),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        while let Some(reference) = schema["$ref"].as_str() {
            schema = self
                .spec
                .document
                .pointer(reference.trim_start_matches('#'))
                .unwrap_or(&Value::Null);
        }
        schema
    }

    fn fits_type(&self, schema: &Value, value: &Value) -> bool {
        let wanted: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one.as_str()],
            Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
            _ => return true,
        };
        wanted.iter().any(|wanted| match (*wanted, value) {
            ("null", Value::Null) | ("boolean", Value::Bool(_)) | ("array", Value::Array(_)) => {
                true
            }
            ("object", Value::Object(_))
            | ("string", Value::String(_))
            | ("number", Value::Number(_)) => true,
            ("integer", Value::Number(number)) => {
                number.is_i64()
                    || number.is_u64()
                    || number.as_f64().is_some_and(|float| float.fract() == 0.0)
            }
            // The platform takes an id that is written as a number.
            ("string", Value::Number(number)) => schema["format"] == "snowflake" && number.is_u64(),
            ("integer", Value::String(text)) => {
                let name = self.path.last().map_or("", String::as_str);
                WRITTEN_AS_DIGITS.contains(&name) && text.parse::<u64>().is_ok()
            }
            _ => false,
        })
    }

    fn check_choices(&mut self, schema: &Value, value: &Value) {
        let outside_enum = schema["enum"]
            .as_array()
            .is_some_and(|all| !all.contains(value));
        let not_const = schema.get("const").is_some_and(|only| only != value);
        if outside_enum || not_const {
            let choices = schema.get("enum").unwrap_or(&schema["const"]);
            self.fault(
                "BASE_TYPE_CHOICES",
                format!("Value must be one of {choices}."),
            );
        }
    }

    /// One branch must fit. When none does, the faults of the branch that was meant are told.
    fn check_union(&mut self, branches: &[&'a Value], value: &Value, names: Names) {
        let mut meant: Option<Vec<Fault>> = None;
        let mut last: Option<Vec<Fault>> = None;
        let mut worth = 0;
        for branch in branches {
            let branch = self.resolve(branch);
            let before = std::mem::take(&mut self.faults);
            self.check(branch, value, names);
            let faults = std::mem::replace(&mut self.faults, before);
            if faults.is_empty() {
                return;
            }
            if branch["type"] != "null" {
                worth += 1;
                if meant.is_none() && names_its_kind(branch, value) {
                    meant = Some(faults);
                } else {
                    last = Some(faults);
                }
            }
        }
        match (meant, last) {
            (Some(faults), _) => self.faults.extend(faults),
            (None, Some(faults)) if worth == 1 => self.faults.extend(faults),
            _ => self.fault(
                "UNION_TYPE_CHOICES",
                "Value fits none of the allowed kinds.".to_owned(),
            ),
        }
    }

    fn check_text(&mut self, schema: &Value, text: &str, names: Names) {
        let length = text.chars().count();
        let (least, most) = (size(schema, "minLength"), size(schema, "maxLength"));
        if least.is_some_and(|least| length < least) && length == 0 {
            self.fault("BASE_TYPE_REQUIRED", "This field is required".to_owned());
        } else if least.is_some_and(|least| length < least)
            || most.is_some_and(|most| length > most)
        {
            self.bad_length(least, most);
        }
        match schema["format"].as_str() {
            Some("snowflake")
                if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                self.fault(
                    "NUMBER_TYPE_COERCE",
                    format!("Value \"{text}\" is not snowflake."),
                );
            }
            Some("date-time") if text.parse::<jiff::Timestamp>().is_err() => {
                self.fault(
                    "DATE_TIME_TYPE_PARSE",
                    format!("Could not parse {text}. Should be ISO8601."),
                );
            }
            // The platform hands out addresses of other kinds, such as `wss://`.
            Some("uri") if names == Names::Known => match text.split_once("://") {
                Some(("http" | "https" | "attachment" | "discord", rest)) if !rest.is_empty() => {}
                Some(_) => self.fault(
                    "URL_TYPE_INVALID_SCHEME",
                    format!("Scheme of \"{text}\" is not supported."),
                ),
                None => self.fault("URL_TYPE_INVALID_URL", "Not a well formed URL.".to_owned()),
            },
            _ => {}
        }
    }

    fn bad_length(&mut self, least: Option<usize>, most: Option<usize>) {
        match (least, most) {
            (None | Some(0), Some(most)) => {
                self.fault(
                    "BASE_TYPE_MAX_LENGTH",
                    format!("Must be {most} or fewer in length."),
                );
            }
            (Some(least), None) => self.fault(
                "BASE_TYPE_MIN_LENGTH",
                format!("Must be {least} or more in length."),
            ),
            (least, most) => {
                let (least, most) = (least.unwrap_or(0), most.unwrap_or(usize::MAX));
                self.fault(
                    "BASE_TYPE_BAD_LENGTH",
                    format!("Must be between {least} and {most} in length."),
                );
            }
        }
    }

    fn check_number(&mut self, schema: &Value, value: &Value) {
        let Some(number) = value.as_f64() else { return };
        if let Some(least) = schema["minimum"].as_f64()
            && number < least
        {
            self.fault(
                "NUMBER_TYPE_MIN",
                format!("int value should be greater than or equal to {least}."),
            );
        }
        if let Some(most) = schema["maximum"].as_f64()
            && number > most
        {
            self.fault(
                "NUMBER_TYPE_MAX",
                format!("int value should be less than or equal to {most}."),
            );
        }
    }

    fn check_list(&mut self, schema: &'a Value, items: &[Value], names: Names) {
        let (least, most) = (size(schema, "minItems"), size(schema, "maxItems"));
        if least.is_some_and(|least| items.len() < least)
            || most.is_some_and(|most| items.len() > most)
        {
            self.bad_length(least, most);
        }
        if schema["uniqueItems"] == true
            && (1..items.len()).any(|at| items[..at].contains(&items[at]))
        {
            self.fault(
                "SET_TYPE_ALREADY_CONTAINS_VALUE",
                "The set already contains this value".to_owned(),
            );
        }
        if let Some(inner) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.path.push(index.to_string());
                self.check(inner, item, names);
                self.path.pop();
            }
        }
    }

    fn check_object(&mut self, schema: &'a Value, value: &Value, names: Names) {
        let Some(object) = value.as_object() else {
            return;
        };
        let required = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        for name in required.filter(|name| !object.contains_key(*name)) {
            self.path.push(name.to_owned());
            self.fault("BASE_TYPE_REQUIRED", "This field is required".to_owned());
            self.path.pop();
        }
        if size(schema, "maxProperties").is_some_and(|most| object.len() > most)
            || size(schema, "minProperties").is_some_and(|least| object.len() < least)
        {
            self.bad_length(size(schema, "minProperties"), size(schema, "maxProperties"));
        }
        let Some(properties) = schema["properties"].as_object() else {
            return self.check_entries(schema, object, names);
        };
        for (name, inner) in object {
            self.path.push(name.clone());
            match properties.get(name) {
                Some(schema) => self.check(schema, inner, names),
                None if names == Names::Known && !self.idle(name, inner) => {
                    self.fault("UNKNOWN_FIELD", "No such field here.".to_owned());
                }
                None => {}
            }
            self.path.pop();
        }
    }

    fn check_entries(
        &mut self,
        schema: &'a Value,
        object: &serde_json::Map<String, Value>,
        names: Names,
    ) {
        if let Some(inner @ Value::Object(_)) = schema.get("additionalProperties") {
            for (name, value) in object {
                self.path.push(name.clone());
                self.check(inner, value, names);
                self.path.pop();
            }
        }
    }

    /// Libraries send fields of a neighbouring kind with nothing in them; that asks for nothing.
    fn idle(&self, name: &str, value: &Value) -> bool {
        let nothing = match value {
            Value::Null | Value::Bool(false) => true,
            Value::Array(items) => items.is_empty(),
            Value::Number(number) => number.as_u64() == Some(0),
            _ => false,
        };
        nothing && self.spec.known_fields.contains(name)
    }
}

/// Whether a value says by its `type` that it is of this branch.
fn names_its_kind(branch: &Value, value: &Value) -> bool {
    let kinds = branch["properties"]["type"]["enum"].as_array();
    kinds.is_some_and(|kinds| kinds.contains(&value["type"]))
}

fn parts<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    schema[keyword].as_array().into_iter().flatten()
}

fn size(schema: &Value, keyword: &str) -> Option<usize> {
    schema[keyword]
        .as_u64()
        .and_then(|size| usize::try_from(size).ok())
}

fn wrong_type(schema: &Value, value: &Value) -> (&'static str, String) {
    let wanted = match &schema["type"] {
        Value::Array(many) => many
            .iter()
            .filter_map(Value::as_str)
            .find(|one| *one != "null"),
        one => one.as_str(),
    };
    if value.is_null() {
        return ("BASE_TYPE_REQUIRED", "This field is required".to_owned());
    }
    match wanted {
        Some("string") => (
            "STRING_TYPE_CONVERT",
            "Could not interpret value as string.".to_owned(),
        ),
        Some("boolean") => (
            "BOOLEAN_TYPE_CONVERT",
            "Must be either true or false.".to_owned(),
        ),
        Some("array") => (
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType".to_owned(),
        ),
        Some("object") => (
            "DICT_TYPE_CONVERT",
            "Only dictionaries may be used in a DictType".to_owned(),
        ),
        _ => ("NUMBER_TYPE_COERCE", format!("Value {value} is not int.")),
    }
}
