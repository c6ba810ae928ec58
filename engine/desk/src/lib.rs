//! The verbs of the desk, its ports, its units of work and its relay.
//!
//! One shape for everything: load, decide, commit, perform. A unit of work decides, synchronously
//! and purely, on a [`draft::Draft`]; the store commits it; the relay performs its effects through
//! the ports; what comes back enters as another unit.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod alarms;
pub mod alerts;
pub mod audit;
mod compare;
pub mod desk;
mod digest;
pub mod draft;
pub mod effect;
mod export;
pub mod greeks;
pub mod limits;
pub mod manners;
mod missed;
pub mod monitor;
mod moving;
pub mod news;
mod orders;
mod overrides;
pub mod people;
pub mod ports;
pub mod press;
mod reads;
mod reconcile;
mod relay;
pub mod scan;
mod scanning;
pub mod seen;
pub mod settings;
pub mod start;
mod steps;
pub mod strangers;
pub mod ticks;
pub mod trail;
pub mod twice;
mod unwritten;
mod verbs;
pub mod views;
mod watching;
mod whynot;
pub mod work;

pub use desk::{Desk, DeskConfig, Ports};
