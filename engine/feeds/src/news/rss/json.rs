//! JSON feeds, versions 1 and 1.1.

use serde_json::Value;

use super::document::{Document, DocumentError, Item};

/// Reads a JSON feed. An item of another shape is counted, and does no harm to the others.
pub(super) fn read(text: &str) -> Result<Document, DocumentError> {
    let feed: Value = serde_json::from_str(text).map_err(|_| DocumentError::Damaged)?;
    let version = feed.get("version").and_then(Value::as_str);
    let items = feed.get("items").and_then(Value::as_array);
    let known = version.is_some_and(|it| it.contains("jsonfeed.org/version/1"));
    let Some(items) = items.filter(|_| known) else {
        return Err(DocumentError::Other);
    };
    let mut document = Document {
        title: text_of(&feed, "title"),
        ..Document::default()
    };
    for item in items {
        match item {
            Value::Object(_) => document.items.push(item_of(item)),
            _ => document.unreadable += 1,
        }
    }
    Ok(document)
}

fn item_of(item: &Value) -> Item {
    let first = |keys: [&str; 2]| {
        let mut texts = keys.iter().map(|key| text_of(item, key));
        texts.find(|text| !text.is_empty()).unwrap_or_default()
    };
    Item {
        id: text_of(item, "id"),
        title: text_of(item, "title"),
        summary: first(["summary", "content_text"]),
        link: first(["url", "external_url"]),
        published: text_of(item, "date_published"),
        updated: text_of(item, "date_modified"),
        publisher: String::new(),
        categories: tags(item),
    }
}

fn tags(item: &Value) -> Vec<String> {
    let tags = item.get("tags").and_then(Value::as_array);
    let tags = tags.into_iter().flatten().filter_map(Value::as_str);
    tags.map(str::to_owned).collect()
}

/// A text, or a number as one: some feeds number their items.
fn text_of(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
