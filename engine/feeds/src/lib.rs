//! Quotes, chains and bars: where the desk's market comes from. News: [`news`].
//!
//! | feed | what it shows |
//! |---|---|
//! | [`synthetic`] | a seeded market that needs no file and no network |
//! | [`replay`] | one recorded day, minute by minute |
//! | [`scripted`] | what a test sets |
//!
//! Each is a [`MarketData`](countersign_desk::ports::MarketData) that a driver moves through time
//! ([`Feed`]). None asks a clock: what is visible depends on the last [`Feed::advance`] alone, and
//! nothing is visible before its time.

mod dropped;
mod feed;
pub mod news;
pub mod replay;
pub mod scripted;
pub mod synthetic;

pub use dropped::{Counts, DropReason};
pub use feed::Feed;
