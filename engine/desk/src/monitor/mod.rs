//! The monitor: every open position is marked, and its exits are decided.

pub mod marks;
pub mod rules;
pub(crate) mod tick;
