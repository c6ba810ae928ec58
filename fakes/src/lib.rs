//! Strict fakes of chat platforms, which speak the real protocols over real sockets.

pub mod discord;
pub mod telegram;
