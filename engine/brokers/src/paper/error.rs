//! Why a paper account cannot be opened.

use std::{io, path::PathBuf};

use super::ConfigError;

/// Why a paper account cannot be opened. Nothing of it was changed.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A setting makes no sense: correct it.
    #[error("the paper account's settings: {0}")]
    Config(#[from] ConfigError),
    /// Another broker, of this or another process, holds the account: stop that one first, or open
    /// another account.
    #[error("the paper account is in use: another process holds {}", .0.display())]
    InUse(PathBuf),
    /// The journal was written by a newer program: use that one.
    #[error("{} has version {found}; this program reads up to {known}", path.display())]
    Newer {
        /// The journal.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest that is known here.
        known: u32,
    },
    /// The journal is damaged in a place that no crash explains: restore it from a backup, or move
    /// it away to begin a new account.
    #[error(
        "{}, line {line}: {fault}; restore the file from a backup, or move it away to begin a new account",
        path.display()
    )]
    Unreadable {
        /// The journal.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// The disk refused: mend what it says and try again.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl PaperError {
    pub(super) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl Fn(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            doing,
            path: path.clone(),
            source,
        }
    }
}
