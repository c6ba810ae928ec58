//! Why a configuration is refused.

use std::path::PathBuf;

use super::{Origin, REAL_MONEY};

/// Why a configuration is refused: one sentence with the fix. Nothing was started and nothing was
/// changed; no message holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read: correct the path or its rights.
    #[error(
        "cannot read the configuration file {}: {why}; name a text file that this user may read with --config FILE",
        path.display()
    )]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The file is not TOML: correct the line.
    #[error("{place} is no valid TOML: {why}")]
    Syntax {
        /// The file and the line.
        place: Origin,
        /// What is wrong with it.
        why: String,
    },
    /// No key has that name: correct it.
    #[error("there is no key {key} ({origin}){}", hint(nearest.as_deref()))]
    Unknown {
        /// The key as written.
        key: String,
        /// Where it stands.
        origin: Origin,
        /// The known key that is spelt most like it.
        nearest: Option<String>,
    },
    /// The value makes no sense: correct it.
    #[error("{key}{} ({origin}): {why}", equals(value))]
    Wrong {
        /// The key.
        key: String,
        /// Its value, without secrets; empty for a section.
        value: String,
        /// Where it stands.
        origin: Origin,
        /// What would be right.
        why: String,
    },
    /// The key was given twice in the environment: remove one.
    #[error("{one} and {other} both say where the database is; remove one of them")]
    Twice {
        /// One variable.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// A secret stands in a file or on the command line: move it to the environment.
    #[error(
        "{key} ({origin}) holds a password; secrets are taken from the environment alone, so remove it there and set {variable}"
    )]
    Secret {
        /// The key.
        key: &'static str,
        /// Where it stands.
        origin: Origin,
        /// The variable that takes it.
        variable: &'static str,
    },
    /// A token cannot be one: it is not shown. Set it again.
    #[error("{name} is no token; it looks like {like}")]
    Token {
        /// The variable.
        name: &'static str,
        /// What a token looks like.
        like: &'static str,
    },
    /// Real money was asked for by one setting alone: set both, or neither.
    #[error(
        "desk.mode = \"live\" ({origin}) needs {REAL_MONEY} set to exactly the account's name, {account}; set it, or write desk.mode = \"paper\""
    )]
    NotMeant {
        /// Where the mode stands.
        origin: Origin,
        /// The account's name.
        account: String,
    },
    /// Real money was asked for, and no broker for it is in this program.
    #[error(
        "desk.mode = \"live\" ({origin}) is not possible: this program has only the paper broker; write desk.mode = \"paper\""
    )]
    NoLiveBroker {
        /// Where the mode stands.
        origin: Origin,
    },
}

fn equals(value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    format!(" = {value}")
}

fn hint(nearest: Option<&str>) -> String {
    match nearest {
        Some(key) => format!("; did you mean {key}?"),
        None => "; `countersign check-config --reference` lists every key".to_owned(),
    }
}
