//! What the platform answers when it refuses, and the list of what a correct client never sends.

use serde_json::{Value, json};

/// A refused request: HTTP status, the platform's code and words, and the tree of errors by field.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The platform's error code; 0 is "general".
    pub code: u32,
    /// The platform's words.
    pub message: String,
    /// Errors by field, as the platform nests them.
    pub errors: Option<Value>,
    pub(crate) blame: bool,
}

impl Refusal {
    /// A refusal that can happen to a correct client: a race, a right that was taken away.
    pub(crate) fn luck(status: u16, code: u32, message: &str) -> Self {
        Self {
            status,
            code,
            message: message.to_owned(),
            errors: None,
            blame: false,
        }
    }

    /// A refusal that a correct client never meets.
    pub(crate) fn blame(status: u16, code: u32, message: &str) -> Self {
        Self {
            blame: true,
            ..Self::luck(status, code, message)
        }
    }

    pub(crate) fn form(faults: &[Fault]) -> Self {
        Self {
            errors: Some(tree(faults)),
            ..Self::blame(400, 50035, "Invalid Form Body")
        }
    }

    pub(crate) fn field(path: &str, code: &'static str, message: &str) -> Self {
        Self::form(&[Fault::at(path, code, message)])
    }

    pub(crate) fn missing_access() -> Self {
        Self::luck(403, 50001, "Missing Access")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::luck(403, 50013, "Missing Permissions")
    }

    pub(crate) fn unknown(code: u32, what: &str) -> Self {
        Self::luck(404, code, &format!("Unknown {what}"))
    }

    pub(crate) fn unknown_interaction() -> Self {
        Self::unknown(10062, "interaction")
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// One wrong field: where it is, the platform's code of the error, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) path: Vec<String>,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Fault {
    /// `path` is written with dots: `components.0.components.1.label`.
    pub(crate) fn at(path: &str, code: &'static str, message: &str) -> Self {
        let path = path
            .split('.')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        Self {
            path,
            code,
            message: message.to_owned(),
        }
    }
}

fn tree(faults: &[Fault]) -> Value {
    let mut root = json!({});
    for fault in faults {
        let mut place = &mut root;
        for part in &fault.path {
            place = &mut place[part.as_str()];
        }
        let error = json!({"code": fault.code, "message": fault.message});
        match place["_errors"].as_array_mut() {
            Some(errors) => errors.push(error),
            None => place["_errors"] = json!([error]),
        }
    }
    root
}

/// Something that a correct client would never have sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Where it was sent: `POST /channels/1/messages`, or `gateway op 2`.
    pub place: String,
    /// The platform's code, or the close code of the gateway.
    pub code: u32,
    /// The platform's words.
    pub message: String,
    /// Errors by field where there are some, and what was sent.
    pub detail: Value,
}
