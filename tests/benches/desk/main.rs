//! What a press and a tick cost: `tests/bench` runs these among others and prints one table.
//!
//! | group | what |
//! |---|---|
//! | `press` | from a confirmed press to the call of the broker, beside a bare sync of as many bytes |
//! | `monitor` | the pure part of a tick on 10,000 positions, and its pieces |
//! | `tick` | a whole tick of a desk that holds 10,000 positions, with and without something to write |
//!
//! Databases lie in the build's own folder for temporary files: on a disk, never in memory.

mod gauge;
mod ground;
mod holdings;
mod monitor;
mod press;
mod stopwatch;
mod tick;

use criterion::{criterion_group, criterion_main};

criterion_group!(benches, monitor::benches, press::benches, tick::benches);
criterion_main!(benches);
