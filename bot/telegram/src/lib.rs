//! Telegram: cards, buttons and commands in its chats.
//!
//! A [`Line`] is the connection to the Bot API: it makes the rooms on which the desk draws, and listens.
//! Text is sent with entities, never in a markup that Telegram would have to read: whatever a headline
//! holds, it is only text. What is heard is polled for, or posted by the platform: the offset advances, or
//! the post is answered, once the desk has decided, so that what a crash interrupts is delivered again and
//! counts once.

mod again;
mod answer;
mod api;
mod board;
mod config;
mod copies;
mod countdown;
mod drawing;
mod examine;
mod files;
mod hear;
mod how;
mod keyboard;
mod layout;
mod line;
mod menu;
mod photo;
mod place;
mod poll;
mod posted;
pub mod preview;
mod room;
mod silence;
mod topics;
mod turns;

pub use config::{LineError, TelegramConfig, Webhook};
pub use examine::{Bot, Place, Posting};
pub use layout::{LONGEST, Laid, lay};
pub use line::Line;
pub use menu::commands;
pub use room::TelegramRoom;
