//! The platform's specification: which methods and types there are, read from a file at run time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The file that holds it, in the folder of specifications.
const FILE: &str = "tg-api.min.json";

/// Switches that the platform has told since the specification was written: type and field. Clients
/// that are newer than it miss them.
const LATER: [(&str, &str); 1] = [("ChatMemberAdministrator", "can_send_welcome_messages")];

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number.
    Integer,
    /// Any number.
    Float,
    /// True or false.
    Boolean,
    /// A text.
    Text,
    /// An uploaded file.
    File,
    /// A list of such values.
    List(Box<Kind>),
    /// An object of the named type.
    Named(String),
}

/// A parameter of a method or a field of a type.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: String,
    /// What it may be: any one of these.
    pub(crate) kinds: Vec<Kind>,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// The one text that it may be, where it tells a type from its siblings.
    pub(crate) always: Option<String>,
}

/// A type: its fields, or the types of which it is one.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// An object with these fields.
    Fields(Vec<Field>),
    /// Any of these types.
    OneOf(Vec<String>),
}

/// A method: its name as the specification spells it, and its parameters.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    /// Its name.
    pub(crate) name: String,
    /// Its parameters.
    pub(crate) fields: Vec<Field>,
    /// What it answers: any one of these.
    pub(crate) returns: Vec<Kind>,
}

/// The whole specification.
#[derive(Debug)]
pub(crate) struct Spec {
    methods: HashMap<String, Method>,
    types: HashMap<String, Shape>,
}

impl Spec {
    /// Reads the specification from the folder that `COUNTERSIGN_TEST_SPECS` names; a relative path
    /// starts at the root of the workspace, and the default is `../shared/specs`.
    ///
    /// # Errors
    /// Says which file cannot be read and which variable to set.
    pub(crate) fn load() -> Result<Self, String> {
        let path = folder().join(FILE);
        let read = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        let parsed = read
            .and_then(|it| serde_json::from_str::<Value>(&it).map_err(|error| error.to_string()));
        let told = parsed.map_err(|error| {
            format!(
                "the specification {}: {error}; set COUNTERSIGN_TEST_SPECS to the folder that holds it",
                path.display()
            )
        })?;
        Ok(Self::of(&told))
    }

    fn of(told: &Value) -> Self {
        let methods = entries(&told["methods"]).map(|(name, it)| {
            let method = Method {
                name: name.clone(),
                fields: fields(it),
                returns: kinds(&it["returns"]),
            };
            (name.to_lowercase(), method)
        });
        let types = entries(&told["types"]).map(|(name, it)| {
            let shape = match it["subtypes"].as_array() {
                Some(types) => Shape::OneOf(types.iter().map(text).collect()),
                None => Shape::Fields(fields(it).into_iter().chain(later(name)).collect()),
            };
            (name.clone(), shape)
        });
        Self {
            methods: methods.collect(),
            types: types.collect(),
        }
    }

    /// The method of this name, in whatever case it is written.
    pub(crate) fn method(&self, name: &str) -> Option<&Method> {
        self.methods.get(&name.to_lowercase())
    }

    /// The type of this name.
    pub(crate) fn shape(&self, name: &str) -> Option<&Shape> {
        self.types.get(name)
    }

    /// The fields of a type that is an object.
    pub(crate) fn fields(&self, name: &str) -> &[Field] {
        match self.types.get(name) {
            Some(Shape::Fields(fields)) => fields,
            _ => &[],
        }
    }
}

fn folder() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let wanted = std::env::var_os("COUNTERSIGN_TEST_SPECS").filter(|it| !it.is_empty());
    root.join(wanted.unwrap_or_else(|| "../shared/specs".into()))
}

fn entries(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn later(of: &str) -> impl Iterator<Item = Field> {
    let fields = LATER.iter().filter(move |it| it.0 == of);
    fields.map(|(_, name)| Field {
        name: (*name).to_owned(),
        kinds: vec![Kind::Boolean],
        required: true,
        always: None,
    })
}

fn fields(of: &Value) -> Vec<Field> {
    let list = of["fields"].as_array().into_iter().flatten();
    list.map(|it| Field {
        name: text(&it["name"]),
        kinds: kinds(&it["types"]),
        required: it["required"].as_bool().unwrap_or(false),
        always: always(&text(&it["description"])),
    })
    .collect()
}

fn kinds(list: &Value) -> Vec<Kind> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(kind).collect()
}

fn kind(name: &str) -> Kind {
    match name {
        "Integer" => Kind::Integer,
        "Float" => Kind::Float,
        "Boolean" => Kind::Boolean,
        "String" => Kind::Text,
        "InputFile" => Kind::File,
        _ => match name.strip_prefix("Array of ") {
            Some(item) => Kind::List(Box::new(kind(item))),
            None => Kind::Named(name.to_owned()),
        },
    }
}

/// The word that a description says a field always is: `always "left"`, or `must be photo` at its end.
fn always(description: &str) -> Option<String> {
    if let Some((_, after)) = description.split_once("always ") {
        let word = after.strip_prefix(['"', '“'])?;
        return Some(word.split(['"', '”']).next()?.to_owned());
    }
    let (_, word) = description.rsplit_once(", must be ")?;
    let word = word.trim_end_matches('.').trim_matches(['"', '“', '”']);
    (!word.contains(' ')).then(|| word.to_owned())
}
