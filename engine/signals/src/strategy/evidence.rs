//! Figures by name.

use countersign_domain::signal::Evidence;

/// One figure.
pub(crate) fn figure(name: &str, value: f64) -> Evidence {
    Evidence {
        name: name.to_owned(),
        value,
    }
}

/// A count as a figure; beyond four billion it stays there.
pub(crate) fn count(name: &str, value: usize) -> Evidence {
    figure(name, f64::from(u32::try_from(value).unwrap_or(u32::MAX)))
}
