//! The words of the desk and their state machines: no async, no I/O, no clock, no randomness.
//!
//! Every type here means one thing, and its documentation says which; money is exact, a state
//! carries just what is true in it, and an impossible move is an error that names both sides.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

pub mod calendar;
mod decimal;
pub mod event;
pub mod execution;
pub mod exit;
pub mod export;
pub mod ids;
pub mod increment;
pub mod instrument;
pub mod limits;
pub mod money;
pub mod news;
pub mod notices;
pub mod operator;
pub mod order;
mod osi;
pub mod overrides;
pub mod people;
pub mod position;
pub mod quote;
pub mod refusal;
pub mod scanning;
pub mod signal;
pub mod standing;
pub mod structure;
pub mod ticket;
pub mod trading;
pub mod transition;
pub mod unheard;
pub mod view;

pub use osi::OsiError;
