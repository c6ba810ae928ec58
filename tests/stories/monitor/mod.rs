//! The monitor: every exit, every gate that must not hold one, and every quote that must not
//! trigger one.

pub(crate) mod due;
mod gates;
mod hours;
mod news;
mod quotes;
mod reasons;
mod restart;
mod stuck;
