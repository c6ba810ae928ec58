//! Indicators, strategies, structure selection, sizing and what news means; pure.
//!
//! Three doors. [`Strategy::evaluate`](strategy::Strategy::evaluate) turns minute bars into an
//! [`Idea`](strategy::Idea), or says why not. [`propose`](propose::propose) turns an idea and a
//! chain of quotes into a sized and priced [`Proposal`](propose::Proposal), or says which vetoes
//! stand against it. What lies between them is public, so that a trader's own ticket, an edit and a
//! re-price rest on the same functions. [`news::decide()`] says what was published on an underlying, and
//! what that means for a trade on it.
//!
//! Nothing here reads a clock: `now` is given, and what became visible after it changes nothing.
//! Floats measure (indicators, volatility, delta); money is exact.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

pub mod bars;
pub mod chain;
pub mod exits;
pub mod fault;
pub mod indicators;
pub mod news;
pub mod price;
pub mod propose;
pub mod rank;
pub mod select;
pub mod size;
pub mod strategy;
