//! The binary as people meet it: its configuration, its commands, and what it refuses.

mod audit;
mod bad_input;
mod check_config;
mod command_line;
mod commands;
mod doctor;
mod homes;
mod keys;
mod layers;
mod migrate;
mod mode;
mod models;
mod place;
mod refusals;
#[cfg(unix)]
mod running;
mod secrets;
mod sessions;
