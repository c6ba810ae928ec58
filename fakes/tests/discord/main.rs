//! The fake of Discord: what it refuses, what it does, and how it fails when it is told to.

mod bot;
mod driving;
mod endpoint;
mod gateway;
mod injected;
mod limits;
mod refused_commands;
mod refused_components;
mod refused_interactions;
mod refused_messages;
mod rights;
mod talking;
