//! Desks whose time is not the machine's: those of demos and replays. A note in the home folder says
//! so, for commands that find such a desk there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use countersign_domain::ids::DeskId;

use crate::home;

fn note(home: &Path, desk: DeskId) -> PathBuf {
    home.join(format!("own-time-{desk}"))
}

/// Notes that a desk's time is its own.
///
/// # Errors
///
/// When the note cannot be written.
pub fn keep(home: &Path, desk: DeskId) -> Result<()> {
    let path = note(home, desk);
    let words = "This desk was run by a demo or a replay: its time is not the machine's.\n";
    home::make(home)?;
    fs::write(&path, words).with_context(|| format!("cannot write {}", path.display()))
}

/// True for a desk whose time is its own.
pub fn is_kept(home: &Path, desk: DeskId) -> bool {
    note(home, desk).exists()
}
