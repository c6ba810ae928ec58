//! What a test can ask afterwards: which calls came, and what a correct client would not have sent.

use std::time::Duration;

use serde::Serialize;

/// A call as it was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// When it came, since the fake began.
    pub at: Duration,
    /// The method, as the specification spells it where it knows it.
    pub method: String,
    /// The chat that it named.
    pub chat: Option<i64>,
    /// The status of the answer; 0 when there was none.
    pub code: u16,
    /// Why it was refused; empty when it was not.
    pub refusal: String,
    /// Whether a test had ordered what it met.
    pub ordered: bool,
}

/// Something that a correct client never sends, or that the fake itself said wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// When, since the fake began.
    pub at: Duration,
    /// The method, or the type of what the fake said.
    pub method: String,
    /// What was wrong.
    pub what: String,
}
