//! Zips of one CSV per member, and zips of such zips.

use std::{
    fs::File,
    io::{BufReader, Cursor, Read, Seek},
    path::Path,
};

use zip::{ZipArchive, result::ZipError};

/// The largest member read: a day of minutes has at most 1,440 rows of about 100 bytes.
const MEMBER_BYTES: u64 = 8 << 20;

/// The largest zip inside a zip.
const NESTED_BYTES: u64 = 64 << 20;

/// Why a member could not be read.
#[derive(Debug)]
pub(super) struct MemberFault {
    /// The line at which reading ended, from 1; 0 when it never began.
    pub(super) line: u64,
    /// In words.
    pub(super) reason: String,
}

/// What is to be done with a member: its name, and its text or why there is none.
pub(super) type Visit<'a> = dyn FnMut(&str, Result<&[u8], MemberFault>) + 'a;

trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// Hands every file of a zip to `visit`, in the zip's order; `Err` when it cannot be opened.
///
/// A member is held in memory whole, one at a time: its checksum is known only at its end, and no
/// row of a member that turns out broken may be used.
pub(super) fn visit(path: &Path, visit: &mut Visit<'_>) -> Result<(), String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut archive = open(Box::new(BufReader::new(file)))?;
    members(&mut archive, "", visit);
    Ok(())
}

fn open(source: Box<dyn Source>) -> Result<ZipArchive<Box<dyn Source>>, String> {
    ZipArchive::new(source).map_err(|error| words(&error))
}

fn members(archive: &mut ZipArchive<Box<dyn Source>>, prefix: &str, visit: &mut Visit<'_>) {
    let mut text = Vec::new();
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("member {index}"),
        };
        if name.ends_with('/') {
            continue;
        }
        let shown = format!("{prefix}{name}");
        let inner = ends_with_zip(&name) && prefix.is_empty();
        let limit = if inner { NESTED_BYTES } else { MEMBER_BYTES };
        match read(archive, index, limit, &mut text) {
            Err(fault) => visit(&shown, Err(fault)),
            Ok(()) if inner => match open(Box::new(Cursor::new(std::mem::take(&mut text)))) {
                Ok(mut archive) => members(&mut archive, &format!("{shown}/"), visit),
                Err(reason) => visit(&shown, Err(MemberFault { line: 0, reason })),
            },
            Ok(()) => visit(&shown, Ok(&text)),
        }
    }
}

fn ends_with_zip(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// Reads one member whole into `text`.
fn read(
    archive: &mut ZipArchive<Box<dyn Source>>,
    index: usize,
    limit: u64,
    text: &mut Vec<u8>,
) -> Result<(), MemberFault> {
    text.clear();
    let member = archive.by_index(index).map_err(|error| MemberFault {
        line: 0,
        reason: words(&error),
    })?;
    let read = member.take(limit + 1).read_to_end(text);
    let line = || text.split(|byte| *byte == b'\n').count();
    match read {
        Ok(length) if u64::try_from(length).is_ok_and(|length| length <= limit) => Ok(()),
        Ok(_) => Err(MemberFault {
            line: 0,
            reason: format!("larger than {} MiB", limit >> 20),
        }),
        Err(error) => Err(MemberFault {
            line: u64::try_from(line()).unwrap_or(u64::MAX),
            reason: error.to_string(),
        }),
    }
}

/// What the zip reader said, in words.
fn words(error: &ZipError) -> String {
    match error {
        ZipError::InvalidArchive(why) => format!("not a complete zip ({why})"),
        other => other.to_string(),
    }
}
