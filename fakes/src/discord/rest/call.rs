//! A request as it was heard, and as it is handled.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Query, Request};
use axum::http::{HeaderMap, header};
use serde_json::Value;

use crate::discord::spec::Operation;

/// The most that a request may hold: ten files of 10 MiB.
const MOST_BYTES: usize = 110 * 1024 * 1024;

/// A file that came with a request.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// The number in `files[n]`.
    pub(crate) number: Option<u64>,
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Bytes,
}

/// A request before anything is checked.
pub(crate) struct Heard {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) authorization: Option<String>,
    pub(crate) user_agent: String,
    pub(crate) body: Value,
    /// There is a body, and it is no JSON.
    pub(crate) unreadable: bool,
    pub(crate) files: Vec<Upload>,
}

impl Heard {
    pub(crate) async fn read(path: String, request: Request) -> Result<Self, axum::Error> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, MOST_BYTES).await?;
        let text = |name| header_text(&parts.headers, name);
        let kind = text(header::CONTENT_TYPE).unwrap_or_default();
        let (body, unreadable, files) = if kind.starts_with("multipart/form-data") {
            read_form(&kind, bytes).await
        } else if bytes.is_empty() {
            (Value::Null, false, Vec::new())
        } else {
            let read = serde_json::from_slice(&bytes)
                .ok()
                .filter(|_| kind.starts_with("application/json"));
            (read.clone().unwrap_or_default(), read.is_none(), Vec::new())
        };
        let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map(|query| query.0)
            .unwrap_or_default();
        Ok(Self {
            method: parts.method.as_str().to_owned(),
            path,
            query,
            authorization: text(header::AUTHORIZATION),
            user_agent: text(header::USER_AGENT).unwrap_or_default(),
            body,
            unreadable,
            files,
        })
    }
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// `payload_json` and the files of a form.
async fn read_form(kind: &str, bytes: Bytes) -> (Value, bool, Vec<Upload>) {
    let (mut body, mut unreadable, mut files) = (serde_json::json!({}), false, Vec::new());
    let request = Request::builder()
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(bytes));
    let Ok(mut request) = request else {
        return (body, true, files);
    };
    DefaultBodyLimit::max(MOST_BYTES).apply(&mut request);
    let Ok(mut form) = Multipart::from_request(request, &()).await else {
        return (body, true, files);
    };
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return (body, unreadable, files),
            Err(_) => return (body, true, files),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let filename = field.file_name().map(str::to_owned);
        let content_type = field
            .content_type()
            .unwrap_or("application/octet-stream")
            .to_owned();
        let Ok(bytes) = field.bytes().await else {
            return (body, true, files);
        };
        if name == "payload_json" {
            let read = serde_json::from_slice(&bytes).ok();
            unreadable |= read.is_none();
            body = read.unwrap_or_default();
        } else if let Some(filename) = filename {
            let number = name
                .strip_prefix("files[")
                .and_then(|rest| rest.strip_suffix(']'));
            let number = number.and_then(|number| number.parse().ok());
            files.push(Upload {
                number,
                filename,
                content_type,
                bytes,
            });
        } else {
            unreadable = true;
        }
    }
}

/// A parameter of a query is text: what it would be as JSON by its schema.
pub(super) fn typed(text: &str, schema: &Value) -> Value {
    let wants = |kind: &str| match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|one| one == kind),
        one => one == kind,
    };
    match text {
        "true" | "True" | "1" if wants("boolean") => Value::Bool(true),
        "false" | "False" | "0" if wants("boolean") => Value::Bool(false),
        _ if wants("integer") => text
            .parse::<i64>()
            .map_or_else(|_| Value::from(text), Value::from),
        _ => Value::from(text),
    }
}

/// A request whose form fits the platform's document.
pub(crate) struct Call {
    pub(crate) operation: Operation,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
}

impl Call {
    pub(crate) fn name(&self) -> &str {
        &self.operation.id
    }

    /// An id in the path; 0 where there is none.
    pub(crate) fn id(&self, name: &str) -> u64 {
        self.text(name).parse().unwrap_or(0)
    }

    /// A placeholder of the path.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.operation
            .path
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn asks(&self, name: &str) -> bool {
        self.query(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true") || value == "1")
    }
}

/// An id in a body, written as text or as a number.
pub(crate) fn body_id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
