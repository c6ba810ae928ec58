//! Why nothing that people press on a surface arrives.

use serde::{Deserialize, Serialize};

/// Why nothing is heard on a surface: what the program knows of it by itself, or somebody else's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unheard {
    /// Something waits at the platform, which answers calls and hands it over to none.
    PassedOver,
    /// Another process listens with the same token.
    Conflict,
    /// Another process has it sent elsewhere, or listens itself.
    Elsewhere,
    /// The platform cannot post what waits.
    Stuck {
        /// How many wait.
        waiting: u32,
        /// What went wrong, in the platform's words.
        said: String,
    },
    /// The bot's token is none.
    Token,
    /// The platform says to wait, for so many seconds.
    Limited(u64),
    /// The platform does not answer in time.
    Silent,
    /// The platform's answer cannot be read.
    Garbled,
    /// There is no connection.
    Unconnected,
    /// There is a connection, and nothing of what is posted comes back on it.
    NothingBack,
    /// No connection may be begun, for so many seconds.
    Spent(u64),
    /// What listens broke again and again.
    Broke,
    /// Something that was heard could not be read.
    Unreadable,
    /// In the platform's words, or the system's.
    #[serde(untagged)]
    Said(String),
}

impl From<String> for Unheard {
    fn from(said: String) -> Self {
        Self::Said(said)
    }
}

#[cfg(test)]
mod tests;
