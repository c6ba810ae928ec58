//! Files of a model, and that they are the right ones.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::error::LoadError;

/// SHA-256 of some bytes, as 64 hexadecimal digits.
pub fn sha256(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

/// A whole file.
pub(crate) fn read(path: &Path, fix: &'static str) -> Result<Vec<u8>, LoadError> {
    std::fs::read(path).map_err(|error| LoadError::Missing {
        path: path.to_owned(),
        error,
        fix,
    })
}

/// Refuses content whose hash is another; answers with the hash.
pub(crate) fn checked(
    content: &[u8],
    file: &str,
    wanted: &str,
    fix: &'static str,
) -> Result<String, LoadError> {
    let found = sha256(content);
    if found == wanted {
        return Ok(found);
    }
    Err(LoadError::Checksum {
        file: file.to_owned(),
        found,
        wanted: wanted.to_owned(),
        fix,
    })
}
