//! How a call is refused: the platform's error, and whether a correct client could have met it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// An error as the platform answers it.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// The code, also the status of the answer.
    pub(crate) code: u16,
    /// The sentence that the platform says.
    pub(crate) description: String,
    /// `parameters` of the answer: how long to wait, where the group went.
    pub(crate) parameters: Option<Value>,
    /// Whether a correct client never sends such a call, whatever happened before.
    pub(crate) wrong: bool,
}

impl Refusal {
    /// Something that a correct client can meet: what it names is gone, or it has no right.
    pub(crate) fn bad(what: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", what.as_ref()))
    }

    /// Something that a correct client never sends.
    pub(crate) fn wrong(what: impl AsRef<str>) -> Self {
        Self {
            wrong: true,
            ..Self::bad(what)
        }
    }

    /// The bot is not let in.
    pub(crate) fn forbidden(what: impl AsRef<str>) -> Self {
        Self::new(403, format!("Forbidden: {}", what.as_ref()))
    }

    /// Too much at once; whole seconds to wait.
    pub(crate) fn too_many(seconds: u64) -> Self {
        Self {
            parameters: Some(json!({ "retry_after": seconds })),
            ..Self::new(429, format!("Too Many Requests: retry after {seconds}"))
        }
    }

    /// Somebody else polls.
    pub(crate) fn other_poller() -> Self {
        let what = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
        Self::new(409, what)
    }

    /// Any code, with the sentence as it is.
    pub(crate) fn new(code: u16, description: impl Into<String>) -> Self {
        Self {
            code,
            description: description.into(),
            parameters: None,
            wrong: false,
        }
    }

    /// The body of the answer.
    pub(crate) fn body(&self) -> Value {
        let mut body =
            json!({ "ok": false, "error_code": self.code, "description": self.description });
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code).unwrap_or(StatusCode::BAD_REQUEST);
        (status, axum::Json(self.body())).into_response()
    }
}
