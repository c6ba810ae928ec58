//! Stories of the paper account.

#[path = "../contract/mod.rs"]
mod contract;

mod admission;
mod bench;
mod config;
mod crowd;
mod expiry;
mod fills;
mod properties;
mod reopening;
mod replacing;
mod scripted;
mod torn;
mod world;
