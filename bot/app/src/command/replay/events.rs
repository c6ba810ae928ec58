//! The file that a replay writes its events to.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use countersign_desk::Desk;

/// Events read at once.
const PAGE: u32 = 1000;

/// A file that can be written: asked before the day is played, not after.
pub(super) struct EventsFile {
    file: File,
    path: PathBuf,
}

impl EventsFile {
    /// Opens it, or makes it; what is in it stays until there is something else to write.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|error| {
                anyhow!(
                    "cannot write the events to {}: {error}; name a file in a folder that is there and that this user may write",
                    path.display()
                )
            })?;
        let path = path.to_owned();
        Ok(Self { file, path })
    }

    /// Writes every event of a desk, one JSON object a line.
    pub(super) async fn write(self, desk: &Desk) -> Result<()> {
        let told = || format!("cannot write {}", self.path.display());
        // A pipe has no length.
        if self.file.metadata().with_context(told)?.is_file() {
            self.file.set_len(0).with_context(told)?;
        }
        let mut file = BufWriter::new(&self.file);
        let mut after = 0;
        loop {
            let rows = desk.store().events(desk.id(), after, PAGE).await?;
            let Some(last) = rows.last() else {
                return file.flush().with_context(told);
            };
            after = last.seq;
            for row in &rows {
                serde_json::to_writer(&mut file, row).with_context(told)?;
                file.write_all(b"\n").with_context(told)?;
            }
        }
    }
}
