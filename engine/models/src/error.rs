//! Why a model cannot be used, and what to do about it.

use std::path::PathBuf;

/// Why a model cannot be used. Each is one sentence for whoever runs the program.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file that has to be there is not, or cannot be read: put it there.
    #[error("cannot read {}: {error}; {fix}", path.display())]
    Missing {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
        /// What to do.
        fix: &'static str,
    },
    /// A file is not the one that its checksum stands for: fetch it anew.
    #[error("{file} has sha256 {found} where {wanted} belongs: it was cut short or changed; {fix}")]
    Checksum {
        /// Which.
        file: String,
        /// What it has.
        found: String,
        /// What it should have.
        wanted: String,
        /// What to do.
        fix: &'static str,
    },
    /// A file is not what it is named after: fetch it anew, or take another model.
    #[error("{file} cannot be used: {why}; {fix}")]
    Content {
        /// Which.
        file: String,
        /// What is wrong with it.
        why: String,
        /// What to do.
        fix: &'static str,
    },
    /// The tokenizer is not the model's: both have to come from one place.
    #[error("{file} cannot be used: {why}; take model and tokenizer from one place")]
    Tokenizer {
        /// Which.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// The engine refuses the model, or it answers in another shape than it should.
    #[error("the model in {file} cannot be run by {engine}: {why}; {fix}")]
    Model {
        /// Which.
        file: String,
        /// By what.
        engine: String,
        /// What is wrong with it.
        why: String,
        /// What to do.
        fix: &'static str,
    },
    /// The program was built without what is to read: build it anew, or take another.
    #[error(
        "this program was built without rust-bert: build it with `--features rust-bert` (docs/NEWS.md says what that needs), or set news.model.use to \"finbert\""
    )]
    NotBuilt,
    /// No thread could be started for it.
    #[error(
        "no thread can be started for reading news: {0}; free some memory or raise the limit of threads"
    )]
    Thread(std::io::Error),
}

/// What to do about a file of a model that was fetched.
pub(crate) const FETCH: &str =
    "fetch it with `countersign models pull finbert`, or set news.model.use to \"embedded\"";

/// What to do about a file of the same model for rust-bert.
#[cfg(feature = "rust-bert")]
pub(crate) const FETCH_TORCH: &str = "fetch it with `countersign models pull finbert --weights torch`, or set news.model.use to \"embedded\"";

/// What to do about the model in the program itself.
pub(crate) const REINSTALL: &str = "install the program anew, or set news.model.use to \"lexicon\"";
