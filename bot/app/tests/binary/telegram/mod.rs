//! The binary on Telegram: a real process, and a strict server that speaks the Bot API.

mod asking;
mod deciding;
mod examining;
mod stage;
