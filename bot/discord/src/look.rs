//! Looks: what a message tells and asks, and how two are compared.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::Value;

/// What a message tells and asks, without what the platform adds.
pub(crate) fn told(message: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
    let mut told = Vec::new();
    for embed in list(&message["embeds"]) {
        told.extend([text(&embed["title"]), text(&embed["description"])]);
        for field in list(&embed["fields"]) {
            told.extend([text(&field["name"]), text(&field["value"])]);
        }
    }
    for row in list(&message["components"]) {
        let buttons = list(&row["components"]);
        told.extend(buttons.iter().map(|it| text(&it["custom_id"])));
    }
    told
}

/// The same for the same look.
pub(crate) fn fingerprint(look: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    look.to_string().hash(&mut hasher);
    hasher.finish()
}

/// A number that the platform writes as text.
pub(crate) fn number(value: &Value) -> Option<u64> {
    value.as_str().and_then(|text| text.parse().ok())
}
