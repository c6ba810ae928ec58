//! The binary: configuration, composition, supervision, drivers.

pub mod absent;
pub mod audit;
pub mod beats;
pub mod clock;
pub mod command;
pub mod compose;
pub mod config;
pub mod gallery;
pub mod home;
pub mod ids;
pub mod interrupt;
pub mod newsroom;
pub mod output;
pub mod own_time;
pub mod platforms;
mod posting;
pub mod session;
pub mod stepper;
pub mod terminal;
