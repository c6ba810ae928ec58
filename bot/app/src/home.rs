//! The home folder: made for its user alone.

use std::{fs::DirBuilder, path::Path};

use anyhow::{Result, anyhow, bail};

/// What somebody can do about a folder that cannot be made or written.
pub const FIX: &str =
    "give this user the right to write there, or name another folder with --home DIR";

/// What somebody can do about a file where the home folder belongs.
pub const NO_FOLDER: &str = "name a folder with --home DIR";

/// The folder, or the nearest thing above it that is there.
pub fn existing(folder: &Path) -> Option<&Path> {
    // An empty path is where we are.
    let mut above = folder.ancestors().map(|one| {
        if one.as_os_str().is_empty() {
            Path::new(".")
        } else {
            one
        }
    });
    above.find(|one| one.symlink_metadata().is_ok())
}

/// Makes the home folder, and what is missing above it, for this user alone: no other account of the
/// machine reads orders and prices there. A folder that is there stays as it is.
///
/// # Errors
///
/// Why it could not be made, and what to do.
pub fn make(home: &Path) -> Result<()> {
    if let Some(file) = existing(home).filter(|there| there.is_file()) {
        bail!("{} is a file, not a folder; {NO_FOLDER}", file.display());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.create(home);
    made.map_err(|error| {
        anyhow!(
            "cannot make the home folder {}: {error}; {FIX}",
            home.display()
        )
    })
}
