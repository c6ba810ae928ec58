//! The testkit: a [`World`] to tell whole-desk stories in.
//!
//! ```
//! use countersign_tests::{Button::Confirm, World, secs};
//!
//! let mut world = World::new();
//! world.offer();
//! world.press("ana", Confirm).expect("Ana may");
//! world.advance(secs(6));
//! assert!(world.position().is_some());
//! // Dropped, the world asserts that nothing waits and that every invariant holds.
//! ```

#![expect(clippy::needless_pass_by_value, reason = "a story hands things over")]
#![expect(
    clippy::missing_panics_doc,
    reason = "a testkit panics where a test is to fail"
)]

pub mod broker;
pub mod chat;
mod faulty;
mod journal;
pub mod market;
pub mod news;
pub mod people;
pub mod place;
pub mod power;
pub mod world;

pub use faulty::Outage;
pub use world::{Button, Ending, Offer, Setup, World, secs};
