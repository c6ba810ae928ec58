//! Stories of the signals crate, told through its public doors.

mod bars;
mod chain;
mod day;
mod indicators;
mod market;
mod news;
mod price;
mod propose;
mod rank;
mod recorded;
mod recorded_chains;
mod size;
mod trend;
