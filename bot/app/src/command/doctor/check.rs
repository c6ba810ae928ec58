//! What one check found.

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// In order.
    Good,
    /// Worth knowing; the desk works.
    Note,
    /// The desk would not work, or not safely.
    Fault,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    /// What was looked at.
    pub(super) name: &'static str,
    /// How bad it is.
    pub(super) state: State,
    /// What was found.
    pub(super) found: String,
    /// What mends it, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fix: Option<String>,
}

impl Check {
    /// It is in order.
    pub(super) fn good(name: &'static str, found: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Good,
            found: found.into(),
            fix: None,
        }
    }

    /// It is worth knowing.
    pub(super) fn note(name: &'static str, found: impl Into<String>) -> Self {
        Self {
            state: State::Note,
            ..Self::good(name, found)
        }
    }

    /// It is wrong, and this mends it.
    pub(super) fn fault(
        name: &'static str,
        found: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            state: State::Fault,
            fix: Some(fix.into()),
            ..Self::good(name, found)
        }
    }

    /// It is wrong as an error's sentence says, which mostly ends with what mends it.
    pub(super) fn sentence(name: &'static str, sentence: &str, otherwise: &str) -> Self {
        match sentence.rsplit_once("; ") {
            Some((found, fix)) => Self::fault(name, found, fix),
            None => Self::fault(name, sentence, otherwise),
        }
    }
}
