//! What happened: requests, violations, and mistakes of the fake itself.

use std::time::Duration;

use serde_json::Value;

use super::refusal::Violation;

/// One request to the REST interface.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// When it was complete, microseconds since the Unix epoch by the platform's clock.
    pub at_us: i64,
    /// Its method.
    pub method: String,
    /// Its path after `/api/v10`.
    pub path: String,
    /// The platform's name of the operation; empty where there is none.
    pub operation: String,
    /// What was sent, as JSON; null without a body.
    pub body: Value,
    /// The status of the answer; 0 when it was cut off or lost.
    pub status: u16,
    /// The platform's code in a refusal.
    pub code: Option<u32>,
    /// How long the answer took.
    pub took: Duration,
}

/// The record of one run.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) requests: Vec<Request>,
    pub(crate) violations: Vec<Violation>,
    /// Answers of the fake that do not fit the platform's own document.
    pub(crate) own_mistakes: Vec<String>,
}
