//! What is written outside the terminal's own lines. A reader who has seen enough is no error.

use std::io::{self, Write};

use anyhow::{Context as _, Result};

use crate::config::Config;

/// Writes a text to standard output.
///
/// # Errors
///
/// When it cannot be written, save that its reader went away.
pub fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    gone_is_fine(written)
}

/// The result of a write, with a reader who went away as success.
///
/// # Errors
///
/// Every other failure.
pub fn gone_is_fine(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write to standard output"),
    }
}

/// Writes what a configuration warns of to standard error.
pub fn warn(config: &Config) {
    for words in config.warnings() {
        // Nobody can be told that nobody reads.
        let _ = writeln!(io::stderr(), "countersign: warning: {words}");
    }
}
