//! The platform's own description of its API, found at run time, and the table of routes in it.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use super::StartError;

/// The platform's document with what is read out of it once.
pub(crate) struct Spec {
    pub(crate) document: Value,
    /// Every name of a property anywhere in the document.
    pub(crate) known_fields: HashSet<String>,
    routes: Vec<Template>,
}

struct Template {
    path: String,
    parts: Vec<String>,
}

/// One method of one route as the document describes it, and the path that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) template: String,
    pub(crate) method: String,
    /// Values of the placeholders in the path, in order.
    pub(crate) path: Vec<(String, String)>,
}

/// Why no operation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoOperation {
    Path,
    Method,
}

static LOADED: OnceLock<Arc<Spec>> = OnceLock::new();

impl Spec {
    /// Reads the document once for the process.
    pub(crate) fn load() -> Result<Arc<Self>, StartError> {
        if let Some(spec) = LOADED.get() {
            return Ok(Arc::clone(spec));
        }
        let path = folder().join("discord-openapi.json");
        let missing = |why: String| StartError::Specs {
            path: path.clone(),
            why,
        };
        let text = std::fs::read_to_string(&path).map_err(|why| missing(why.to_string()))?;
        let document = serde_json::from_str(&text).map_err(|why| missing(why.to_string()))?;
        Ok(Arc::clone(
            LOADED.get_or_init(|| Arc::new(Self::from_document(document))),
        ))
    }

    fn from_document(document: Value) -> Self {
        let mut known_fields = HashSet::new();
        property_names(&document["components"], &mut known_fields);
        let routes = document["paths"]
            .as_object()
            .into_iter()
            .flat_map(|paths| paths.keys())
            .map(|path| Template {
                path: path.clone(),
                parts: split(path).map(str::to_owned).collect(),
            })
            .collect();
        Self {
            document,
            known_fields,
            routes,
        }
    }

    /// The operation that serves a method on a path, which starts after `/api/v10`.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Result<Operation, NoOperation> {
        let asked: Vec<&str> = split(path).collect();
        let mut found: Vec<&Template> = self
            .routes
            .iter()
            .filter(|route| route.fits(&asked))
            .collect();
        if found.is_empty() {
            return Err(NoOperation::Path);
        }
        found.sort_by_key(|route| {
            route
                .parts
                .iter()
                .filter(|part| part.starts_with('{'))
                .count()
        });
        for route in found {
            let described = &self.document["paths"][&route.path][method.to_ascii_lowercase()];
            if let Some(id) = described["operationId"].as_str() {
                return Ok(Operation {
                    id: id.to_owned(),
                    template: route.path.clone(),
                    method: method.to_ascii_lowercase(),
                    path: route.values(&asked),
                });
            }
        }
        Err(NoOperation::Method)
    }

    /// Whether an operation of that name exists.
    pub(crate) fn has_operation(&self, id: &str) -> bool {
        let paths = self.document["paths"].as_object();
        paths
            .into_iter()
            .flat_map(|paths| paths.values())
            .any(|methods| {
                let methods = methods.as_object();
                methods
                    .into_iter()
                    .flat_map(|methods| methods.values())
                    .any(|method| method["operationId"] == id)
            })
    }

    pub(crate) fn described(&self, operation: &Operation) -> &Value {
        &self.document["paths"][&operation.template][&operation.method]
    }

    /// Parameters of one place (`path`, `query`): name, schema, whether it is required.
    pub(crate) fn parameters<'a>(
        &'a self,
        operation: &Operation,
        place: &str,
    ) -> Vec<(&'a str, &'a Value, bool)> {
        let of_path = &self.document["paths"][&operation.template]["parameters"];
        let of_method = &self.described(operation)["parameters"];
        [of_path, of_method]
            .into_iter()
            .filter_map(Value::as_array)
            .flatten()
            .filter(|parameter| parameter["in"] == place)
            .filter_map(|parameter| {
                let name = parameter["name"].as_str()?;
                Some((name, &parameter["schema"], parameter["required"] == true))
            })
            .collect()
    }
}

impl Template {
    fn fits(&self, asked: &[&str]) -> bool {
        self.parts.len() == asked.len()
            && self
                .parts
                .iter()
                .zip(asked)
                .all(|(part, asked)| part.starts_with('{') || part == asked)
    }

    fn values(&self, asked: &[&str]) -> Vec<(String, String)> {
        let named = self.parts.iter().zip(asked).filter_map(|(part, asked)| {
            let name = part.strip_prefix('{')?.strip_suffix('}')?;
            Some((name.to_owned(), (*asked).to_owned()))
        });
        named.collect()
    }
}

/// Where the documents of platforms are: `COUNTERSIGN_TEST_SPECS`, or beside the repository.
fn folder() -> PathBuf {
    match std::env::var_os("COUNTERSIGN_TEST_SPECS") {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/specs")),
    }
}

fn split(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

fn property_names(value: &Value, names: &mut HashSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if key == "properties"
                    && let Some(properties) = inner.as_object()
                {
                    names.extend(properties.keys().cloned());
                }
                property_names(inner, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| property_names(item, names)),
        _ => {}
    }
}
