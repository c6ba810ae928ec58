//! Discord: cards, buttons and commands in its channels.
//!
//! A [`Line`] is the connection to the platform: it makes the rooms on which the desk draws, and listens,
//! on the gateway or at an address that the platform posts to. Every text is escaped: whatever a headline
//! holds, it is only text. A message is posted with a nonce that derives from its card, so that what a
//! crash interrupts is posted once. A press is decided first; that its answer came too late or twice
//! changes nothing.

mod answer;
mod api;
mod asked;
mod board;
mod commands;
mod config;
mod echo;
mod examine;
mod gateway;
mod hear;
mod keyboard;
mod layout;
mod line;
mod look;
mod messages;
mod nonce;
mod pictures;
mod place;
mod plain;
mod posted;
pub mod preview;
mod room;
#[cfg(test)]
mod stand_tests;
mod standing;
mod threads;

pub use commands::registered;
pub use config::{DiscordConfig, Elsewhere, LineError};
pub use examine::{About, Bot, Spot};
pub use layout::{Embed, Laid, lay};
pub use line::Line;
pub use plain::escaped;
pub use posted::PublicKey;
pub use room::DiscordRoom;
