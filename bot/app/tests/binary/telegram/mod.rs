//! The binary on Telegram: a real process, and a strict server that speaks the Bot API.

mod alone;
mod asking;
mod board;
mod copies;
mod deaf;
mod deciding;
mod draining;
mod editing;
mod examining;
mod expiring;
mod faults;
mod hostile;
mod kicked;
mod life;
mod load;
mod moving;
mod notices;
mod offline;
mod people;
mod picturing;
mod posted;
mod restarting;
mod rights;
mod secret;
pub(crate) mod stage;
mod teremock;
mod twice;
