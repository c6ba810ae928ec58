//! Why a recorded day cannot be replayed.

use std::path::PathBuf;

use countersign_domain::instrument::Symbol;
use jiff::civil::Date;

/// Why a recorded day cannot be replayed; each says what to change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The exchange was closed: choose another date.
    #[error("{date} had no session ({why}); choose a trading day")]
    NoSession {
        /// The date asked for.
        date: Date,
        /// Why it was closed.
        why: String,
    },
    /// A folder does not exist: correct the path.
    #[error("{what}: {} is not a folder; give the one that holds the symbol's zips", dir.display())]
    NoFolder {
        /// What it should hold.
        what: &'static str,
        /// The path given.
        dir: PathBuf,
    },
    /// A folder cannot be looked into: mend its rights, or give another.
    #[error("{what}: {} cannot be read: {reason}; give this user the right to, or another folder", dir.display())]
    ClosedFolder {
        /// What it should hold.
        what: &'static str,
        /// The path given.
        dir: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The folder has nothing for that day: choose another date or folder.
    #[error("{what} of {underlying} on {date} are missing: no {} in {}; {have}", wanted.join(" or "), dir.display())]
    NoFile {
        /// What it should hold.
        what: &'static str,
        /// On what.
        underlying: Symbol,
        /// The date asked for.
        date: Date,
        /// The names looked for.
        wanted: Vec<String>,
        /// Where.
        dir: PathBuf,
        /// Which days the folder has instead, in words.
        have: String,
    },
    /// The file is no zip that can be read: fetch it again.
    #[error("{} cannot be read: {reason}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the reader said.
        reason: String,
    },
    /// The zip opens, and nothing in it can be used: it is of another symbol, day or format.
    #[error("{} holds nothing usable: {why}", file.display())]
    NothingUsable {
        /// Which file.
        file: PathBuf,
        /// Why, with the first member's name.
        why: String,
    },
}
