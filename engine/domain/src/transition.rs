//! The error of every state machine here.

use std::fmt;

/// A pair of state and event that the machine's table does not hold: a bug, ours or the
/// broker's. Nothing was changed; log it and look.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event} cannot happen to {state}")]
pub struct InvalidTransition {
    /// The state that was.
    pub state: String,
    /// What came.
    pub event: String,
}

impl InvalidTransition {
    /// Names both sides.
    pub fn of(state: &impl fmt::Debug, event: &impl fmt::Debug) -> Self {
        Self {
            state: format!("{state:?}"),
            event: format!("{event:?}"),
        }
    }
}
