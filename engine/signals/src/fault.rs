//! What is wrong with a parameter.

use std::fmt::Display;

/// A parameter with an absurd value: which, what it is, and what it must be.
///
/// The text is for whoever wrote the configuration; the key is relative to the section that was
/// checked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} is {value}; it must be {must}")]
pub struct ParamFault {
    /// The parameter, such as `trend.fast`.
    pub key: String,
    /// Its value as given.
    pub value: String,
    /// What would be accepted.
    pub must: &'static str,
}

/// The faults found so far: each check adds one or nothing.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<ParamFault>);

impl Faults {
    /// Notes a fault unless `good`.
    pub(crate) fn need(&mut self, good: bool, key: &str, value: impl Display, must: &'static str) {
        if !good {
            self.0.push(ParamFault {
                key: key.to_owned(),
                value: value.to_string(),
                must,
            });
        }
    }

    /// Takes over the faults of a section.
    pub(crate) fn section(&mut self, name: &str, checked: Result<(), Vec<ParamFault>>) {
        for fault in checked.err().into_iter().flatten() {
            self.0.push(ParamFault {
                key: format!("{name}.{}", fault.key),
                ..fault
            });
        }
    }

    /// Passes when nothing was noted.
    pub(crate) fn into_result(self) -> Result<(), Vec<ParamFault>> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.0)
        }
    }
}
