//! The binary on Discord: a real process, and a strict server that speaks REST, the gateway and posts.

mod asking;
mod board;
mod cards;
mod connection;
mod deciding;
mod examining;
mod posted;
mod stage;
mod twin;
