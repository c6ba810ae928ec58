//! The account's mark: what tells it from another account of the same name.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use super::{PaperError, journal::sync_folder};

/// The mark that is kept in that file, or else `fresh`, which is kept from now on.
///
/// # Errors
///
/// [`PaperError::Io`]; there is a whole mark or none.
pub(super) fn kept(path: &Path, fresh: u128) -> Result<String, PaperError> {
    match fs::read_to_string(path) {
        Ok(text) if !text.trim().is_empty() => return Ok(text.trim().to_owned()),
        Ok(_) => {}
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
        Err(fault) => return Err(PaperError::io("read", path)(fault)),
    }
    let mark = format!("{fresh:032x}");
    let new = path.with_extension("mark.new");
    let written = File::create(&new).and_then(|mut file| {
        file.write_all(mark.as_bytes())?;
        file.sync_all()
    });
    written.map_err(PaperError::io("write", &new))?;
    fs::rename(&new, path).map_err(PaperError::io("replace", path))?;
    sync_folder(path)?;
    Ok(mark)
}
