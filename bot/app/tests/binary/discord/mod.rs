//! The binary on Discord: a real process, and a strict server that speaks REST, the gateway and posts.

mod alone;
mod asking;
mod board;
mod cards;
mod connection;
mod deaf;
mod deciding;
mod draining;
mod examining;
mod expiring;
mod forms;
mod hostile;
mod life;
mod load;
mod offline;
mod overriding;
mod posted;
mod restarting;
mod rights;
mod secret;
mod stage;
mod twin;
